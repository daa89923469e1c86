package pane

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// look is the look of all tests.
var look = NewStyles(true, func(action string) string { return action })

// onDates is a timeline of events that have a date each.
func onDates(t testing.TB, dates ...string) *timeline.Timeline {
	t.Helper()
	var events []timeline.Event
	for i, text := range dates {
		date, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, timeline.Event{ID: fmt.Sprintf("e%02d", i), Date: date, Title: "On " + text, Actors: []string{"Anna", "Boris"}})
	}
	return timeline.New(timeline.About{}, nil, events)
}

// coarse has dates of every precision, intervals with events in them and a gap.
func coarse(t testing.TB) *timeline.Timeline {
	return onDates(t, "2023-12-30/2024-01-03", "2024-01-01", "2024-01", "2024", "2024-01-02", "2024-01-15/2024-01-19", "2024-01-17", "2024-01-18/2024-01-22",
		"2024-01-22", "2024-02~", "2024-02-28/2024-03-04", "2024-03-02", "2024-03-XX", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-06",
		"2024-03-06", "2024-03-06", "2024-03-06", "2024-21", "2024-06/2024-08", "2024-06-03", "2025/2026", "2025-06-11/..", "2025-06-30", "202X", "../2025-12")
}

// randomTimeline has up to 120 events with dates of all kinds.
func randomTimeline(seed uint64) *timeline.Timeline {
	spellings := []string{
		"2024-02-%02d", "2024-02-%02d", "2024-02-%02d", "2024-0%d", "2024-02-%02d/2024-03-05", "2024-01-%02d/..", "../2024-02-%02d", "202%d", "2024-02-%02d~",
		"2024-2%d", "2023-1%d", "2024-02-1%d/2024-02-20", "2024-02", "2024", "", "20XX", "2023-12-%02d", "/2024-02-%02d",
	}
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
	return timeline.New(timeline.About{}, nil, events)
}

// show shows the events of a timeline that a filter leaves.
func show(t testing.TB, tl *timeline.Timeline, filter string, newest bool) *Shown {
	t.Helper()
	q, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	return Show(t.Context(), tl, q, newest, "")
}

// listOf is a list of them.
func listOf(t testing.TB, tl *timeline.Timeline, filter string, newest bool) *List {
	t.Helper()
	var l List
	l.Resize(80, 24)
	l.Show(show(t, tl, filter, newest))
	return &l
}

// Separators and intervals are found without a look at every event. Here they are
// found with one.
func TestSeparatorsAreThoseThatALookAtEveryEventFinds(t *testing.T) {
	for seed := range uint64(300) {
		tl := randomTimeline(seed)
		for _, q := range []timeline.Query{{}, timeline.Query{}.And(timeline.Is(timeline.ActorField, "C"))} {
			for _, newest := range []bool{false, true} {
				s := Show(t.Context(), tl, q, newest, "")
				if got, want := s.separators, s.slowSeparators(); !slices.Equal(got, want) {
					t.Fatalf("seed %d, newest %t: separators\n%+v, want\n%+v", seed, newest, got, want)
				}
				if got, want := s.intervals, s.slowIntervals(); !slices.Equal(got, want) {
					t.Fatalf("seed %d: intervals %v, want %v", seed, got, want)
				}
			}
		}
	}
}

func (s *Shown) slowSeparators() []separator {
	n := s.Rows.Len()
	if n == 0 {
		return nil
	}
	var gaps, headings []separator
	usual := 0
	if last := s.Day(s.Rows.At(n - 1)); last != edtf.Future {
		usual = int(last-s.Day(s.Rows.At(0))) / n
	}
	at := make(map[heading]int)
	under, first := heading{}, 0
	for row := range n {
		if row > 0 {
			a, b := s.At(row-1), s.At(row)
			if gap, hidden := s.gap(min(a, b), max(a, b)); gap >= 7 && gap >= 2*usual {
				gaps = append(gaps, separator{row: row, kind: isGap, days: gap, hidden: hidden})
			}
		}
		if h := s.headingOf(s.At(row)); row == 0 || h != under {
			n, again := at[h]
			if !again {
				n = len(headings)
				at[h] = n
			}
			headings = append(headings, separator{row: row, kind: isHeading, heading: h, again: again, all: s.slowUnder(h)})
			under, first = h, n
		}
		headings[first].events++
	}
	for _, gap := range gaps {
		n, heads := slices.BinarySearchFunc(headings, gap.row, func(s separator, row int) int { return cmp.Compare(s.row, row) })
		if heads {
			headings[n].days, headings[n].hidden = gap.days, gap.hidden
			continue
		}
		headings = slices.Insert(headings, n, gap)
	}
	return headings
}

func (s *Shown) slowUnder(h heading) int {
	n := 0
	for i := range s.Len() {
		if s.headingOf(i) == h {
			n++
		}
	}
	return n
}

func (s *Shown) slowIntervals() []interval {
	var found []interval
	for k := range s.Rows.Len() {
		i := s.Rows.At(k)
		from, to := s.Span(i)
		if from == edtf.Past || to == edtf.Future {
			from, to = s.Day(i), s.Day(i)
		}
		switch n := len(found) - 1; {
		case !s.isInterval(i):
		case n < 0 || from > found[n].to:
			found = append(found, interval{from, to})
		default:
			found[n].to = max(found[n].to, to)
		}
	}
	return found
}

// headings writes the headings of a list, each with its counts.
func headings(l *List) string {
	var said []string
	for _, b := range l.shown.separators {
		switch {
		case b.kind == isHeading && b.again:
			said = append(said, b.heading.String()+" again")
		case b.kind == isHeading:
			said = append(said, fmt.Sprintf("%s %d/%d", b.heading, b.events, b.all))
		}
	}
	return strings.Join(said, "; ")
}

func TestHeadingsSayNoMoreThanDatesDo(t *testing.T) {
	for _, c := range []struct{ dates, filter, want string }{
		{"2024-06-01 2024-06-30 2024-07-01", "", "June 2024 2/2; July 2024 1/1"},
		{"2024-06-02 2024-06 2024-06~ 2024-06-XX", "", "June 2024, day not stated 3/3; June 2024 1/1"},
		{"2024-06-01 2024-06 2024-06-02", "", "June 2024 2/2; June 2024, day not stated 1/1; June 2024 again"},
		{"2024 2024-XX 2024-01-02", "", "2024, month not stated 2/2; January 2024 1/1"},
		{"2024-01-01 2024-01 2024 2024-01-02", "", "January 2024 2/2; January 2024, day not stated 1/1; 2024, month not stated 1/1; January 2024 again"},
		{"2024-21 2024-24 2025-01-01", "", "spring 2024, month not stated 1/1; winter 2024, month not stated 1/1; January 2025 1/1"},
		{"2024-06/2024-08 2024-06-12/2024-06-17", "", "June 2024 2/2"},
		{"2024/2026 2024-01-05", "", "2024, month not stated 1/1; January 2024 1/1"},
		{"../2024 ../2024-06-30 2024-12-31", "", "June 2024 1/1; December 2024 1/1; 2024, month not stated 1/1"},
		{"197X 19XX -002X", "", "30 BC–21 BC, year not stated 1/1; 1900–1999, year not stated 1/1; 1970–1979, year not stated 1/1"},
		{"-0043-03-15 0000 Y17000", "", "March 44 BC 1/1; 1 BC, month not stated 1/1; 17000, month not stated 1/1"},
		{"../.. 2024-06-01", "", "June 2024 1/1; date not known 1/1"},
		{"2024-06-01 2024-06-02 2024-06 2024-06~", "id:e01,e02", "June 2024, day not stated 1/2; June 2024 1/2"},
	} {
		l := listOf(t, onDates(t, strings.Fields(c.dates)...), c.filter, false)
		if got := headings(l); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.dates, got, c.want)
		}
	}
}

func TestHeadingsCountEveryEventOnce(t *testing.T) {
	for n, tl := range []*timeline.Timeline{coarse(t), randomTimeline(2)} {
		for _, filter := range []string{"", "id:e01,e02,e05,e09,e23", "since:2024-03"} {
			for _, newest := range []bool{false, true} {
				l := listOf(t, tl, filter, newest)
				shown, all := 0, 0
				for _, b := range l.shown.separators {
					if b.kind == isHeading && !b.again {
						shown, all = shown+b.events, all+b.all
					}
				}
				if shown != l.shown.Rows.Len() || filter == "" && all != l.shown.Len() {
					t.Errorf("%d %q: the headings count %d of %d events, want %d of %d", n, filter, shown, all, l.shown.Rows.Len(), l.shown.Len())
				}
			}
		}
	}
}

func TestHeadingIsPinnedOverWhateverIsScrolledTo(t *testing.T) {
	for _, width := range []int{46, 120} {
		l := listOf(t, randomTimeline(2), "", false)
		l.Resize(width, 16)
		for range l.shown.Rows.Len() {
			l.Move(1)
			view := l.View(look, true)
			row, ok := l.RowAt(1)
			if at := (Spot{row, 0}); !ok && !l.top.before(at) {
				continue // a separator stands there
			}
			if want := l.heading(row).heading.String(); ok && !strings.Contains(ansi.Strip(view[0]), want) {
				t.Fatalf("%d wide: the top line is %q, want %s", width, ansi.Strip(view[0]), want)
			}
		}
		if l.top == (Spot{}) {
			t.Fatal("nothing was scrolled")
		}
	}
}
