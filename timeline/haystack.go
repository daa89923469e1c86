package timeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync/atomic"
)

// A haystack is the folded text that only one event has: its title, its summary
// and its quotes, a line each. Names, which many events share, are searched
// among the names. Text of a large file lies in a spool, since it is most of an
// index; the text of each event ends with an endOfText.
type haystack struct {
	spool     io.ReaderAt
	blocks    []block
	n         int      // how many records there are
	positions []uint32 // by record: position; nil if they are the same
	fail      func(error)
}

// endOfText is a character that folded text never has.
const endOfText = 0

// A block is the text of records that follow each other.
type block struct {
	first int    // the first record
	at    int64  // where the text lies in the spool
	len   int    // of the text
	text  []byte // nil if the text is in the spool
}

// blockSize is how much text a block has, or more if its last text is longer. It
// fits the cache of a processor.
const blockSize = 1 << 16

// A Spool holds what an index has no room for in memory. Several goroutines use
// it at once.
type Spool interface {
	io.ReaderAt
	io.WriterAt
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

// read returns the text of a block; it may be in buf.
func (h *haystack) read(b *block, buf *[]byte) []byte {
	if b.text != nil || b.len == 0 {
		return b.text
	}
	if cap(*buf) < b.len {
		*buf = make([]byte, max(b.len, blockSize+blockSize/4))
	}
	text := (*buf)[:b.len]
	if n, err := h.spool.ReadAt(text, b.at); n < b.len {
		h.fail(fmt.Errorf("the text to search cannot be read: %w", err))
		return nil
	}
	return text
}

// A search looks for a needle in the passages of a kind.
type search struct {
	needle []byte
	rare   int // index of the byte of the needle that is rarest in the text
	kind   passageKind
	among  *bitset // the positions to look at; nil for all
}

// find adds to found the events in which a needle occurs in a passage of a kind,
// of those among some or, if that is nil, all.
func (h *haystack) find(found bitset, needle string, kind passageKind, among *bitset, ctx context.Context, workers int) {
	s := search{[]byte(needle), 0, kind, among}
	if len(h.blocks) == 0 || bytes.IndexByte(s.needle, endOfText) >= 0 {
		return
	}
	var first []byte
	s.rare = rarest(s.needle, h.read(&h.blocks[0], &first))
	parts := make([]bitset, workers)
	var next atomic.Int64
	share(len(parts), func(w int) {
		parts[w] = newBitset(found.n)
		var buf []byte
		for n := int(next.Add(1)) - 1; n < len(h.blocks) && ctx.Err() == nil; n = int(next.Add(1)) - 1 {
			h.findIn(n, parts[w], &s, &buf)
		}
	})
	for _, part := range parts {
		found.or(part)
	}
}

// findIn adds to found the events of the n-th block that a search finds.
func (h *haystack) findIn(n int, found bitset, s *search, buf *[]byte) {
	b := &h.blocks[n]
	if s.among != nil && !h.anyOf(n, s.among) {
		return
	}
	s.in(h.read(b, buf), func(k int) {
		if i := h.position(b.first + k); i != noPosition && (s.among == nil || s.among.has(int(i))) {
			found.add(int(i))
		}
	})
}

// position returns the position of a record, or noPosition.
func (h *haystack) position(record int) uint32 {
	if h.positions == nil {
		return uint32(record)
	}
	return h.positions[record]
}

// anyOf reports whether any event of the n-th block is in a set.
func (h *haystack) anyOf(n int, set *bitset) bool {
	end := h.n
	if n+1 < len(h.blocks) {
		end = h.blocks[n+1].first
	}
	for r := h.blocks[n].first; r < end; r++ {
		if i := h.position(r); i != noPosition && set.has(int(i)) {
			return true
		}
	}
	return false
}

// sampled is how much of the text is read to learn how common each byte is.
const sampled = 1 << 16

// rarest returns the index of the byte of a needle that is rarest in a text.
// The search looks for that one, since a common byte would stop it all the time.
func rarest(needle, text []byte) int {
	var common [256]int
	for _, b := range text[:min(len(text), sampled)] {
		common[b]++
	}
	rare := 0
	for k := range needle {
		if common[needle[k]] < common[needle[rare]] {
			rare = k
		}
	}
	return rare
}

// in calls hit for each event of a text in which the search finds its needle, in
// order, with the number of the event in the text.
func (s *search) in(text []byte, hit func(k int)) {
	k, start := 0, 0 // the event at hand, and where its text begins
	for at := s.rare; at < len(text); {
		next := bytes.IndexByte(text[at:], s.needle[s.rare])
		if next < 0 {
			return
		}
		at += next
		if !bytes.HasPrefix(text[at-s.rare:], s.needle) {
			at++
			continue
		}
		from := at - s.rare
		if passed := bytes.Count(text[start:from], []byte{endOfText}); passed > 0 {
			k += passed
			start = bytes.LastIndexByte(text[:from], endOfText) + 1
		}
		end := from + bytes.IndexByte(text[from:], endOfText)
		if s.kind == inText || bytes.Contains(s.kind.of(text[start:end]), s.needle) {
			hit(k)
		}
		k, start, at = k+1, end+1, end+1+s.rare
	}
}

// blocksOf divides the text of some records into blocks, the first at 0.
func blocksOf(text []byte) []block {
	var blocks []block
	first := 0
	for at := 0; at < len(text); {
		end := min(at+blockSize, len(text))
		end += bytes.IndexByte(text[end-1:], endOfText)
		blocks = append(blocks, block{first: first, at: int64(at), len: end - at, text: text[at:end:end]})
		first += bytes.Count(text[at:end], []byte{endOfText})
		at = end
	}
	return blocks
}
