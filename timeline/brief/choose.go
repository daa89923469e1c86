package brief

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A rank is how much an event matters for a brief, and why. Its fields are
// compared in this order.
type rank struct {
	tier    timeline.Tier // the reader's mark, else the author's importance
	marked  bool          // it is the reader's
	weight  int           // see timeline.Event
	leads   bool          // an actor, a place or a topic that the filter names comes first in it
	links   int           // events that it answers or that answer it
	origins int
	dated   bool
}

func (r rank) compare(other rank) int {
	return cmp.Or(
		cmp.Compare(other.tier, r.tier), compareBool(other.marked, r.marked), cmp.Compare(other.weight, r.weight), compareBool(other.leads, r.leads),
		cmp.Compare(other.links, r.links), cmp.Compare(other.origins, r.origins), compareBool(other.dated, r.dated),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// reasons says why an event has its rank, the strongest reason first.
func (r rank) reasons() string {
	var parts []string
	add := func(is bool, format string, args ...any) {
		if is {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(r.tier != timeline.NoTier && r.marked, "you marked it %s", r.tier)
	add(r.tier != timeline.NoTier && !r.marked, "its author says %s", r.tier)
	add(r.weight > 0, "its format gives it the weight %s", text.Grouped(r.weight))
	add(r.leads, "it is mainly about what the filter names")
	add(r.links > 0, "claims or answers link it with %s", text.Counted(r.links, "event"))
	add(true, "%s", text.Counted(r.origins, "origin"))
	add(!r.dated, "it has no date")
	return strings.Join(parts, "; ")
}

// A ranking ranks the events that a query selects.
type ranking struct {
	t     *timeline.Timeline
	asked [3]map[string]bool // actors, places and topics that the query names
}

func newRanking(t *timeline.Timeline, q timeline.Query) *ranking {
	k := &ranking{t: t}
	for n, f := range [...]timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField} {
		k.asked[n] = make(map[string]bool)
		selected, _ := q.Values(f)
		for _, value := range selected {
			for _, name := range t.Named(f, value) {
				k.asked[n][name] = true
			}
		}
	}
	return k
}

func (k *ranking) rank(i int) rank {
	t := k.t
	r := rank{tier: t.Mark(i), marked: true, weight: t.Weight(i), dated: t.Day(i) != edtf.Future}
	if r.tier == timeline.NoTier {
		r.tier, r.marked = t.Importance(i), false
	}
	r.links = len(t.Answers(i)) + len(t.AnsweredBy(i))
	_, r.origins = t.Counts(i)
	for n, asked := range k.asked {
		if lead := t.First([...]timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField}[n], i); len(asked) > 0 && asked[lead] {
			r.leads = true
		}
	}
	return r
}

// first lists the n most important of the selected events, the most important
// first; of equals, the newer. It counts those of the highest tier, listed or not.
func (k *ranking) first(s timeline.Selection, n int) (events []int, musts int) {
	type candidate struct {
		event int
		rank  rank
	}
	var best []candidate
	keep := func() {
		slices.SortFunc(best, func(a, b candidate) int { return cmp.Or(a.rank.compare(b.rank), cmp.Compare(b.event, a.event)) })
		best = best[:min(n, len(best))]
	}
	for _, i := range s.All() {
		r := k.rank(i)
		if r.tier == timeline.Must {
			musts++
		}
		if best = append(best, candidate{i, r}); len(best) >= 2*n+1000 {
			keep() // keeps sorting cheap, however many there are
		}
	}
	keep()
	for _, c := range best {
		events = append(events, c.event)
	}
	return events, musts
}

// WriteWhy writes Why, a line each.
func WriteWhy(w io.Writer, b *Brief) error {
	_, err := io.WriteString(w, strings.Join(append(b.Why(), ""), "\n"))
	return err
}

// Why says of each event of the brief and of those that did not fit, the most
// important first, where it stands on the page and why.
func (b *Brief) Why() []string {
	d := b.draft
	at := make(map[string]string)
	for _, e := range b.Events {
		at[e.ID] = "line"
		if e.Point > 0 {
			at[e.ID] = fmt.Sprintf("point %d", e.Point)
		}
	}
	var lines []string
	for n, i := range d.order[:min(len(d.order), len(b.Events)+mostDropped)] {
		e := d.t.Event(i)
		lines = append(lines, fmt.Sprintf("%3d  %-8s  %s  %s: %s", n+1, cmp.Or(at[e.ID], "left out"), short(e.Date), e.Title, d.ranking.rank(i).reasons()))
	}
	return lines
}

// Chosen returns the n sentences of a summary that carry the claim of its title,
// in the order of the summary: the one that shares most with the title, then
// those that say who denies it if it is disputed, then those that share most of
// what is left. A sentence that leans on the one before it brings that with it.
func chosen(sentences []string, e *timeline.Event, n int) []string {
	title := keywords(e.Title)
	score := make([]int, len(sentences))
	for k, s := range sentences {
		for word := range keywords(timeline.WithoutMarks(s, timeline.HighestMark)) {
			if title[word] {
				score[k] += 4
			}
		}
		score[k] *= 2
		if k == 0 {
			score[k]++ // between equals, the first
		}
	}
	taken := make([]bool, len(sentences))
	count := 0
	take := func(k int) {
		for ; k >= 0 && !taken[k]; k-- {
			taken[k] = true
			count++
			if k == 0 || !leans(sentences[k]) {
				return
			}
		}
	}
	best := func(fits func(string) bool) int {
		at := -1
		for k, s := range sentences {
			if !taken[k] && fits(s) && (at < 0 || score[k] > score[at]) {
				at = k
			}
		}
		return at
	}
	for count < min(n, len(sentences)) {
		k := -1
		if count > 0 && e.Status == timeline.Disputed {
			k = best(denies)
		}
		if k < 0 {
			k = best(func(string) bool { return true })
		}
		take(k)
	}
	var list []string
	for k, s := range sentences {
		if taken[k] {
			list = append(list, s)
		}
	}
	return list
}

// keywords are the words of a text that tell it from another, folded: those of four
// letters or more, cut to their stems, and numbers.
func keywords(s string) map[string]bool {
	words := make(map[string]bool)
	for word := range strings.FieldsFuncSeq(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(word)
		if len(letters) >= 4 || unicode.IsDigit(letters[0]) || letters[0] > unicode.MaxASCII {
			words[string(letters[:min(len(letters), 5)])] = true
		}
	}
	return words
}

// leaning are words at the head of a sentence that refer to the one before.
var leaning = []string{"he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those", "but", "however", "both", "such", "the two", "the former", "the latter", "another", "others", "neither"}

// leans reports whether a sentence cannot stand without the one before it.
func leans(sentence string) bool {
	head := text.Fold(strings.TrimLeft(sentence, " \"“„«‘"))
	return slices.ContainsFunc(leaning, func(word string) bool {
		rest, ok := strings.CutPrefix(head, word)
		return ok && (rest == "" || rest[0] == ' ' || rest[0] == ',')
	})
}

// denial are the stems of the words by which a claim is rejected.
var denial = []string{"deny", "denie", "denial", "reject", "dismiss", "refut", "fake", "baseless", "groundless", "false", "no evidence", "absurd", "rumour", "rumor"}

// denies reports whether a sentence tells of a denial.
func denies(sentence string) bool {
	folded := text.Fold(sentence)
	return slices.ContainsFunc(denial, func(stem string) bool {
		at := strings.Index(folded, stem)
		return at == 0 || at > 0 && folded[at-1] == ' '
	})
}
