package tui

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// Headings, gaps, bursts and stretches are found without a look at every event.
// Here they are found with one.
func TestBreaksAreWhatALookAtEveryEventFinds(t *testing.T) {
	spellings := []string{
		"2024-02-%02d", "2024-02-%02d", "2024-02-%02d", "2024-0%d", "2024-02-%02d/2024-03-05", "2024-01-%02d/..", "../2024-02-%02d", "202%d", "2024-02-%02d~",
		"2024-2%d", "2023-1%d", "2024-02-1%d/2024-02-20", "2024-02", "2024", "", "20XX", "2023-12-%02d", "/2024-02-%02d",
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		var events []timeline.Event
		for n := range r.IntN(120) {
			spelling := spellings[r.IntN(1+r.IntN(len(spellings)))]
			text := spelling
			if slices.Contains([]rune(spelling), '%') {
				text = fmt.Sprintf(spelling, 1+r.IntN(9))
			}
			date, err := edtf.Parse(text)
			if err != nil {
				continue
			}
			actors := []string{"A", "B", "C"}[:1+r.IntN(3)]
			events = append(events, timeline.Event{ID: fmt.Sprint(n), Date: date, Title: "T", Actors: actors})
		}
		tl := timeline.New(timeline.About{}, nil, events)
		for _, q := range []timeline.Query{{}, timeline.Query{}.And(timeline.Is(timeline.ActorField, "C"))} {
			for _, newest := range []bool{false, true} {
				l := list{t: tl, rows: tl.Select(q), newest: newest}
				if got, want := l.findBreaks(), l.slowBreaks(); !slices.Equal(got, want) {
					t.Fatalf("seed %d, newest %t: breaks\n%+v, want\n%+v", seed, newest, got, want)
				}
				if got, want := l.findStretches(), l.slowStretches(); !slices.Equal(got, want) {
					t.Fatalf("seed %d: stretches %v, want %v", seed, got, want)
				}
			}
		}
	}
}

func (l *list) slowBreaks() []listBreak {
	n := l.rows.Len()
	if n == 0 {
		return nil
	}
	var gaps, headings []listBreak
	usual := 0
	if last := l.t.Day(l.rows.At(n - 1)); last != edtf.Future {
		usual = int(last-l.t.Day(l.rows.At(0))) / n
	}
	at := make(map[heading]int)
	under, first := heading{}, 0
	for row := range n {
		if row > 0 {
			a, b := l.at(row-1), l.at(row)
			if gap, hidden := l.gap(min(a, b), max(a, b)); gap >= 7 && gap >= 2*usual {
				gaps = append(gaps, listBreak{row: row, kind: isGap, days: gap, hidden: hidden})
			}
		}
		if h := l.headingOf(l.at(row)); row == 0 || h != under {
			n, again := at[h]
			if !again {
				n = len(headings)
				at[h] = n
			}
			headings = append(headings, listBreak{row: row, kind: isHeading, heading: h, again: again, all: l.slowUnder(h)})
			under, first = h, n
		}
		headings[first].events++
	}
	breaks := slices.Concat(gaps, headings, l.slowBursts())
	slices.SortStableFunc(breaks, func(a, b listBreak) int { return cmp.Compare(a.row, b.row) })
	return breaks
}

func (l *list) slowUnder(h heading) int {
	n := 0
	for i := range l.t.Len() {
		if l.headingOf(i) == h {
			n++
		}
	}
	return n
}

func (l *list) slowBursts() []listBreak {
	type run struct {
		k, n int
		day  edtf.Day
	}
	var runs []run
	for k := range l.rows.Len() {
		from, to := l.t.Span(l.rows.At(k))
		switch n := len(runs); {
		case from != to:
		case n > 0 && runs[n-1].k+runs[n-1].n == k && runs[n-1].day == from:
			runs[n-1].n++
		default:
			runs = append(runs, run{k, 1, from})
		}
	}
	var counts []int
	for _, r := range runs {
		counts = append(counts, r.n)
	}
	if len(counts) == 0 {
		return nil
	}
	slices.Sort(counts)
	unusual := max(4, 3*counts[(len(counts)-1)/2])
	var bursts []listBreak
	for _, r := range runs {
		if r.n < unusual {
			continue
		}
		top := min(l.row(r.k), l.row(r.k+r.n-1))
		if b := len(bursts) - 1; b >= 0 && bursts[b].first+edtf.Day(bursts[b].days) == r.day {
			bursts[b].row = min(bursts[b].row, top)
			bursts[b].days++
			bursts[b].events += r.n
			continue
		}
		bursts = append(bursts, listBreak{row: top, kind: isBurst, first: r.day, days: 1, events: r.n})
	}
	return bursts
}

func (l *list) slowStretches() []stretch {
	var found []stretch
	last := &stretch{to: edtf.Past}
	for k := range l.rows.Len() {
		i := l.rows.At(k)
		from, to := l.t.Span(i)
		interval := l.interval(i)
		if interval && (from == edtf.Past || to == edtf.Future) {
			from, to = l.t.Day(i), l.t.Day(i)
		}
		switch {
		case interval && from > last.to:
			found = append(found, stretch{from, to, k, k})
			last = &found[len(found)-1]
		case interval:
			last.to, last.last = max(last.to, to), k
		case last.holds(from, to):
			last.last = k
		}
	}
	return found
}
