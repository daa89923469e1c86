package timeline

import (
	"math/bits"

	"dateline/timeline/edtf"
)

// Pairs says who is named with whom, for the actors that most of some events
// name.
type Pairs struct {
	Actors []string // most named first
	Named  int      // how many actors the events name in all
	counts []Pair   // a row for each of Actors, with one for each
}

// A Pair counts the events that name two actors.
type Pair struct {
	Events int
	Last   int // the position of the last that has a day to be filed under, or -1
}

// Pairs counts who is named with whom in the selected events: the n actors that
// most of them name. An event names an actor if asking for that actor finds it.
func (t *Timeline) Pairs(s Selection, n int) Pairs {
	shown := newBitset(t.Len())
	for _, i := range s.rows {
		shown.add(int(i))
	}
	var p Pairs
	var events []bitset // of each actor
	for _, c := range t.tally(ActorField, shown) {
		if c.Shown == 0 {
			break
		}
		p.Named++
		if len(events) == n {
			continue
		}
		p.Actors = append(p.Actors, c.Value)
		events = append(events, t.selectTerm(Is(ActorField, c.Value), byOverlap))
		events[len(events)-1].and(shown)
	}
	dated := t.From(edtf.Future)
	p.counts = make([]Pair, len(events)*len(events))
	for i := range events {
		for j := i; j < len(events); j++ {
			pair := events[i].pair(events[j], dated)
			p.counts[i*len(events)+j], p.counts[j*len(events)+i] = pair, pair
		}
	}
	return p
}

// Of counts the events that name both of two actors, given by their places in
// Actors; of one and the same, the events that name that one.
func (p *Pairs) Of(i, j int) Pair { return p.counts[i*len(p.Actors)+j] }

// pair counts what two sets have in common; its last is looked for below dated.
func (b bitset) pair(other bitset, dated int) Pair {
	p := Pair{Last: -1}
	for w := range b.words {
		both := b.words[w] & other.words[w]
		p.Events += bits.OnesCount64(both)
		if left := dated - w*64; left < 64 {
			both &= 1<<max(0, left) - 1
		}
		if both != 0 {
			p.Last = w*64 + bits.Len64(both) - 1
		}
	}
	return p
}
