package brief

import (
	"math"
	"slices"
	"sort"
)

// A detail says how much a brief holds. Each number may go down to 0.
type detail struct {
	whole bool // whole summaries, and all their sources

	events  int // how many, the most important first
	first   int // of those, how many have a first sentence
	second  int // of those, how many have a second one
	caveats int // of those, how many have their caveat
	people  int
	// Disputes, changes, and dropped events that are named.
	disputes, changes, named int
	// 1, or 0 for none.
	blanks, archived, addresses, headlines, marks, origins int
}

// The most of each that a brief has; on paper, less.
const (
	mostPeople     = 12
	mostNamed      = 12
	peopleOnPaper  = 5
	changesOnPaper = 8
	pairsOnPaper   = 5
)

// everything is all of a brief. When it is to fit, that is two sentences an
// event, and the sources that those point at.
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

// A cut takes a number of a detail down.
type cut struct {
	of func(*detail) *int
	to int
}

// cuts lists what a brief gives up to fit, in order: before any event is
// dropped and, when only what must be said is left, before any of that is.
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

// fit finds how much of the brief fits. If not all does, it gives up the first
// cuts; then events, the least important first, but for those that must be said,
// or one if none must; then the deep cuts; then those events too. What room is
// left it gives back in the opposite order, and the last of it to the names of
// what was dropped.
func (d *draft) fit() detail {
	of := d.everything()
	if d.fits(of) {
		return of
	}
	var given []cut // with what each number was before
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

// lower takes a number of the detail down, no further than to least, until the
// brief fits.
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

// raise takes a number of the detail up, no further than to most, as long as the
// brief fits.
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
