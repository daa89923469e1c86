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

// coarse has dates of every precision, intervals with events in them, a gap and a
// burst.
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
	all := slices.Concat(gaps, headings, s.slowBursts())
	slices.SortStableFunc(all, func(a, b separator) int { return cmp.Compare(a.row, b.row) })
	return all
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

func (s *Shown) slowBursts() []separator {
	type run struct {
		k, n int
		day  edtf.Day
	}
	var runs []run
	for k := range s.Rows.Len() {
		from, to := s.Span(s.Rows.At(k))
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
	var bursts []separator
	for _, r := range runs {
		if r.n < unusual {
			continue
		}
		top := min(s.turn(r.k), s.turn(r.k+r.n-1))
		if b := len(bursts) - 1; b >= 0 && bursts[b].first+edtf.Day(bursts[b].days) == r.day {
			bursts[b].row = min(bursts[b].row, top)
			bursts[b].days++
			bursts[b].events += r.n
			continue
		}
		bursts = append(bursts, separator{row: top, kind: isBurst, first: r.day, days: 1, events: r.n})
	}
	return bursts
}

func (s *Shown) slowIntervals() []interval {
	var found []interval
	last := &interval{to: edtf.Past}
	for k := range s.Rows.Len() {
		i := s.Rows.At(k)
		from, to := s.Span(i)
		isInterval := s.isInterval(i)
		if isInterval && (from == edtf.Past || to == edtf.Future) {
			from, to = s.Day(i), s.Day(i)
		}
		switch {
		case isInterval && from > last.to:
			found = append(found, interval{from, to, k, k})
			last = &found[len(found)-1]
		case isInterval:
			last.to, last.last = max(last.to, to), k
		case last.contains(from, to):
			last.last = k
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
		{"2024-06-01 2024-06-30 2024-07-01", "", "2024 June 2/2; 2024 July 1/1"},
		{"2024-06-02 2024-06 2024-06~ 2024-06-XX", "", "2024 June, day not stated 3/3; 2024 June 1/1"},
		{"2024-06-01 2024-06 2024-06-02", "", "2024 June 2/2; 2024 June, day not stated 1/1; 2024 June again"},
		{"2024 2024-XX 2024-01-02", "", "2024, month not stated 2/2; 2024 January 1/1"},
		{"2024-01-01 2024-01 2024 2024-01-02", "", "2024 January 2/2; 2024 January, day not stated 1/1; 2024, month not stated 1/1; 2024 January again"},
		{"2024-21 2024-24 2025-01-01", "", "2024 spring, month not stated 1/1; 2024 winter, month not stated 1/1; 2025 January 1/1"},
		{"2024-06/2024-08 2024-06-12/2024-06-17", "", "2024 June 2/2"},
		{"2024/2026 2024-01-05", "", "2024, month not stated 1/1; 2024 January 1/1"},
		{"../2024 ../2024-06-30 2024-12-31", "", "2024 June 1/1; 2024 December 1/1; 2024, month not stated 1/1"},
		{"197X 19XX -002X", "", "30 BC–21 BC, year not stated 1/1; 1900–1999, year not stated 1/1; 1970–1979, year not stated 1/1"},
		{"-0043-03-15 0000 Y17000", "", "44 BC March 1/1; 1 BC, month not stated 1/1; 17000, month not stated 1/1"},
		{"../.. 2024-06-01", "", "2024 June 1/1; date not known 1/1"},
		{"2024-06-01 2024-06-02 2024-06 2024-06~", "id:e01,e02", "2024 June, day not stated 1/2; 2024 June 1/2"},
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

func TestBurstsAreDaysWithUnusuallyManyEvents(t *testing.T) {
	some := func(date string, n int) string { return strings.Repeat(date+" ", n) }
	for _, c := range []struct{ dates, want string }{
		{some("2024-06-19", 3) + "2024-06-01", ""},
		{some("2024-06-19", 4) + "2024-06-01 2024-06-02", "4 events on 19 June before e00"},
		{some("2024-06-19", 4) + some("2024-06-20", 5) + "2024-06-01 2024-06-02 2024-06-03", "9 events in 2 days before e00"},
		{some("2024-06-19", 4) + some("2024-06-21", 4) + "2024-06-01 2024-06-02 2024-06-03", "4 events on 19 June before e00; 4 events on 21 June before e04"},
		{some("2024-06-19", 4) + some("2024-06-20", 4), ""}, // as usual
		{some("2024-06-19", 6) + some("2024-06-21", 2) + some("2024-07-01", 2), "6 events on 19 June before e00"},
		{some("2024-06-19", 5) + some("2024-06-21", 2) + some("2024-07-01", 2), ""},
		{some("2024-06", 5) + "2024-06-01 2024-06-02", ""},
		{some("2024-06-19/2024-06-20", 5) + "2024-06-01 2024-06-02", ""},
	} {
		l := listOf(t, onDates(t, strings.Fields(c.dates)...), "", false)
		var said []string
		for n, b := range l.shown.separators {
			if b.kind == isBurst {
				said = append(said, strings.Trim(l.viewSeparator(look, n), " │\x1b[0;2m")+" before "+l.shown.Timeline.Event(l.shown.At(b.row)).ID)
			}
		}
		if got := strings.Join(said, "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.dates, got, c.want)
		}
	}
}

func TestBurstStandsAboveItsFirstRowInEitherOrder(t *testing.T) {
	tl := onDates(t, strings.Fields("2024-06-01 2024-06-02 2024-06-03 2024-06-19 2024-06-19 2024-06-19 2024-06-19 2024-06-20 2024-06-20 2024-06-20 2024-06-20")...)
	for want, newest := range map[string]bool{"2024-06-19": false, "2024-06-20": true} {
		s := show(t, tl, "", newest)
		row := s.separators[len(s.separators)-1].row
		if newest {
			row = s.separators[1].row
		}
		if got := s.Event(s.At(row)).Date.String(); got != want {
			t.Errorf("newest first %t: the burst stands above %s, want %s", newest, got, want)
		}
	}
}

// ties draws the spine of a list, a sign a row.
func ties(l *List) string {
	signs := ""
	for row := range l.shown.Rows.Len() {
		signs += cmp.Or(l.shown.tie(row), "├")
	}
	return signs
}

func TestWhatFallsWithinAnIntervalIsTiedToIt(t *testing.T) {
	for _, c := range []struct{ dates, filter, want string }{
		{"2024-06-11 2024-06-12/2024-06-17 2024-06-18", "", "├╟├"},
		{"2024-06-12/2024-06-17 2024-06-12 2024-06-17 2024-06-18", "", "├╓╙├"}, // a day stands before an interval that begins on it
		{"2024-06-12/2024-06-17 2024-06-13 2024-06-14 2024-06-18", "", "╓╟╙├"},
		{"2024-06-12/2024-06-17 2024-06-15/2024-06-20 2024-06-19 2024-06-21/2024-06-22", "", "╓╟╙╟"},
		{"2024-05-28/2024-06-03 2024-06 2024-06-02", "", "╓├╙"}, // in June, but not surely then
		{"2024-05-28/2024-07-03 2024-06 2024-07-04", "", "╓╙├"},
		{"2024-06-12/.. 2024-06-13", "", "╟├"},
		{"2024/ 2024-06-13", "", "╓╙"},
		{"../2024-06-12 2024-06-13", "", "╟├"},
		{"2024-06 2024-06-13", "", "├├"},
		{"../.. 2024-06-13", "", "├╟"},
		{"2024-06-12/2024-06-17 2024-06-13 2024-06-14", "-id:e00", "├├"},
	} {
		l := listOf(t, onDates(t, strings.Fields(c.dates)...), c.filter, false)
		if got := ties(l); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.dates, c.filter, got, c.want)
		}
		l = listOf(t, onDates(t, strings.Fields(c.dates)...), c.filter, true)
		upside := strings.NewReplacer("╓", "╙", "╙", "╓")
		if got := upside.Replace(ties(l)); backwards(got) != c.want {
			t.Errorf("%s %s, newest first: got %s, want %s the other way", c.dates, c.filter, got, c.want)
		}
	}
}

func backwards(s string) string {
	runes := []rune(s)
	slices.Reverse(runes)
	return string(runes)
}

func TestHeadingIsPinnedOverWhateverIsScrolledTo(t *testing.T) {
	for _, width := range []int{46, 120} {
		l := listOf(t, randomTimeline(2), "", false)
		l.Resize(width, 16)
		for range l.shown.Rows.Len() {
			l.Move(1)
			top := ansi.Strip(l.View(look, true)[0])
			if want := l.shown.separators[l.headingOn(l.top)].heading.String(); !strings.Contains(top, want) {
				t.Fatalf("%d wide: the top line is %q, want %s", width, top, want)
			}
		}
		if l.top == 0 {
			t.Fatal("nothing was scrolled")
		}
	}
}
