package brief

import (
	"math"
	"slices"
	"sort"
)

// A detail is how much a brief includes. Each number may go down to 0.
type detail struct {
	whole bool // whole summaries, and all their sources

	events  int // the most important ones
	first   int // how many of those have a first sentence
	second  int // … and a second
	caveats int // … and their caveat
	people  int
	// Disputes, changes, and dropped events that are named.
	disputes, changes, named int
	// Either 1 or 0.
	blanks, archived, addresses, headlines, marks, origins int
}

// Upper limits; on paper they are lower.
const (
	mostPeople     = 12
	mostNamed      = 12
	peopleOnPaper  = 5
	changesOnPaper = 8
	pairsOnPaper   = 5
)

// everything is the most detail: all of each event or, in a fitted brief, two
// sentences and the sources that they cite.
func (d *draft) everything() detail {
	of := detail{
		events: d.selection.Len(), first: d.most, second: d.most, caveats: d.most,
		people: peopleOnPaper, disputes: pairsOnPaper, changes: changesOnPaper, named: 1,
		blanks: 1, archived: 1, addresses: 1, headlines: 1, marks: 1, origins: 1,
	}
	if !d.opt.fitted() {
		of.whole, of.people, of.disputes, of.changes = true, mostPeople, math.MaxInt, math.MaxInt
	}
	return of
}

// A cut lowers a number of a detail.
type cut struct {
	of func(*detail) *int
	to int
}

// cuts lists the cuts in order: the first ones come before any event is dropped,
// the deep ones before an event marked must is.
func cuts() (first, deep []cut) {
	first = []cut{
		{func(d *detail) *int { return &d.archived }, 0},
		{func(d *detail) *int { return &d.addresses }, 0},
		{func(d *detail) *int { return &d.blanks }, 0},
		{func(d *detail) *int { return &d.changes }, 3},
		{func(d *detail) *int { return &d.marks }, 0},
		{func(d *detail) *int { return &d.headlines }, 0},
		{func(d *detail) *int { return &d.people }, 3},
		{func(d *detail) *int { return &d.disputes }, 2},
		{func(d *detail) *int { return &d.second }, 0},
		{func(d *detail) *int { return &d.caveats }, 0},
	}
	deep = []cut{
		{func(d *detail) *int { return &d.changes }, 0},
		{func(d *detail) *int { return &d.people }, 0},
		{func(d *detail) *int { return &d.origins }, 0},
		{func(d *detail) *int { return &d.disputes }, 0},
		{func(d *detail) *int { return &d.named }, 0},
		{func(d *detail) *int { return &d.first }, 0},
	}
	return first, deep
}

// fit finds how much detail fits. If not all does, it makes the first cuts; then
// drops the least important events, down to those marked must, or to one if none
// is; then makes the deep cuts; then drops the remaining events. It then undoes
// cuts in reverse order as far as they fit, and names dropped events in the
// remaining space.
func (d *draft) fit() detail {
	of := d.everything()
	if d.fits(of) {
		return of
	}
	var given []cut // with the number before the cut
	give := func(cuts []cut) bool {
		for _, c := range cuts {
			at := c.of(&of)
			given = append(given, cut{c.of, *at})
			*at = min(*at, c.to)
		}
		return d.fits(of)
	}
	first, deep := cuts()
	keep := min(of.events, d.most, max(1, d.head.Musts))
	if !give(first) && !d.lower(&of, &of.events, keep) && !give(deep) {
		d.lower(&of, &of.events, 0)
	}
	dropped := min(mostNamed, len(d.order)-of.events)
	d.raise(&of, &of.named, min(dropped, 3))
	for _, c := range slices.Backward(given) {
		d.raise(&of, c.of(&of), c.to)
	}
	d.raise(&of, &of.named, dropped)
	return of
}

// lower lowers a number of the detail until the brief fits, but not below least.
func (d *draft) lower(of *detail, number *int, least int) bool {
	*number = min(*number, d.most)
	most := *number
	n := sort.Search(most-least+1, func(k int) bool {
		*number = most - k
		return d.fits(*of)
	})
	*number = max(least, most-n)
	return n <= most-least
}

// raise raises a number of the detail as long as the brief fits, but not above
// most.
func (d *draft) raise(of *detail, number *int, most int) {
	least := *number
	n := sort.Search(max(0, most-least), func(k int) bool {
		*number = least + k + 1
		return !d.fits(*of)
	})
	*number = least + n
}

func (d *draft) fits(of detail) bool {
	if of.events > d.most {
		return false
	}
	b := d.brief(of)
	lines, minutes := d.opt.Paper.Lines(), d.opt.Minutes
	return (lines == 0 || b.lines <= lines) && (minutes == 0 || float64(b.words) <= minutes*aloud)
}

// A Paper is the paper whose single page a brief has to fit, as plain text in type
// of one size.
type Paper uint8

// NoPaper sets no limit.
const (
	NoPaper Paper = iota
	A4
	Letter
)

// PageWidth is the width of a page in cells.
const PageWidth = 80

var papers = [...]struct {
	word  string
	lines int
}{NoPaper: {"none", 0}, A4: {"a4", 60}, Letter: {"letter", 58}}

// String returns the word that ParsePaper reads: none, a4 or letter.
func (p Paper) String() string { return papers[p].word }

// Lines is how many lines of text fit on a page; 0 is no limit.
func (p Paper) Lines() int { return papers[p].lines }

// ParsePaper finds a paper by its word.
func ParsePaper(word string) (Paper, bool) {
	for p, row := range papers {
		if word == row.word {
			return Paper(p), true
		}
	}
	return NoPaper, false
}
