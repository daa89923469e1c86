package timeline

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"sync/atomic"
)

// A haystack is the folded text that only one event has: its title, its summary
// and its inQuotes, a line each. Names, which many events share, are searched
// among the names.
type haystack struct {
	passages  []passages
	positions []uint32 // by record: position; nil if they are the same
	order     []uint32 // by position: record; nil if they are the same
}

// of returns the text of the event at a position.
func (h *haystack) of(i uint32) []byte {
	r := int(i)
	if h.order != nil {
		r = int(h.order[i])
	}
	n := sort.Search(len(h.passages), func(n int) bool { return h.passages[n].first > r }) - 1
	return h.passages[n].of(r)
}

// of returns the text of a record.
func (p *passages) of(r int) []byte {
	start := uint32(0)
	if r > p.first {
		start = p.end[r-p.first-1]
	}
	return p.text[start:p.end[r-p.first]]
}

// A passageKind is a part of an event's text.
type passageKind uint8

const (
	inText passageKind = iota
	inTitle
	inQuotes
)

// kindOf returns the passages that a field searches.
func kindOf(f Field) passageKind {
	return map[Field]passageKind{TitleField: inTitle, QuoteField: inQuotes}[f]
}

// of returns the passages of a kind in the text of an event.
func (kind passageKind) of(text []byte) []byte {
	title, rest, _ := bytes.Cut(text, []byte{'\n'})
	switch kind {
	case inTitle:
		return title
	case inQuotes:
		_, quotes, _ := bytes.Cut(rest, []byte{'\n'})
		return quotes
	}
	return text
}

// passages are the texts of events that follow each other.
type passages struct {
	first int // number of events in the passages before
	text  []byte
	end   []uint32 // by event: where its text ends
}

// narrow adds to found the candidates in whose passages of a kind a needle occurs.
func (h *haystack) narrow(found, candidates bitset, needle string, kind passageKind) {
	for _, i := range candidates.rows() {
		if bytes.Contains(kind.of(h.of(i)), []byte(needle)) {
			found.add(int(i))
		}
	}
}

// find adds to found the events in whose passages of a kind a needle occurs.
func (h *haystack) find(found bitset, needle string, kind passageKind, ctx context.Context, workers int) {
	rare := h.rarest(needle)
	parts := make([]bitset, workers)
	var next atomic.Int64
	share(len(parts), func(w int) {
		parts[w] = newBitset(found.n)
		for n := int(next.Add(1)) - 1; n < len(h.passages) && ctx.Err() == nil; n = int(next.Add(1)) - 1 {
			h.findIn(n, parts[w], needle, kind, rare)
		}
	})
	for _, part := range parts {
		found.or(part)
	}
}

// findIn adds to found the events of the n-th passages in whose text a needle
// occurs in a passage of a kind.
func (h *haystack) findIn(n int, found bitset, needle string, kind passageKind, rare int) {
	p := &h.passages[n]
	p.find([]byte(needle), rare, func(r int) {
		if kind != inText && !bytes.Contains(kind.of(p.of(r)), []byte(needle)) {
			return
		}
		if h.positions == nil {
			found.add(r)
		} else if i := h.positions[r]; i != noPosition {
			found.add(int(i))
		}
	})
}

// sampled is how much of the text is read to learn how common each byte is.
const sampled = 1 << 16

// rarest returns the index of the byte of a needle that is rarest in the text.
// The search looks for that one, since a common byte would stop it all the time.
func (h *haystack) rarest(needle string) int {
	if len(h.passages) == 0 {
		return 0
	}
	var common [256]int
	text := h.passages[0].text
	for _, b := range text[:min(len(text), sampled)] {
		common[b]++
	}
	rare := 0
	for k := range len(needle) {
		if common[needle[k]] < common[needle[rare]] {
			rare = k
		}
	}
	return rare
}

// find calls hit for each event in whose text needle occurs, in order. It looks
// for the byte needle[rare].
func (p *passages) find(needle []byte, rare int, hit func(i int)) {
	k := 0 // the current event
	for at := rare; at < len(p.text); {
		next := bytes.IndexByte(p.text[at:], needle[rare])
		if next < 0 {
			return
		}
		at += next
		if !bytes.HasPrefix(p.text[at-rare:], needle) {
			at++
			continue
		}
		k += passed(p.end[k:], uint32(at-rare))
		hit(p.first + k)
		at = int(p.end[k]) + rare
	}
}

// passed returns how many of the ascending ends lie at or before at. It is fast
// if they are few.
func passed(ends []uint32, at uint32) int {
	n := 1
	for n < len(ends) && ends[n-1] <= at {
		n *= 2
	}
	n, _ = slices.BinarySearch(ends[:min(n, len(ends))], at+1)
	return n
}
