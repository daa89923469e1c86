package pane

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
)

// titledAtRandom is a timeline of random titles, statuses and sources.
func titledAtRandom(seed uint64) *timeline.Timeline {
	words := []string{"a", "to", "Kim", "treaty,", "Vostochny", "Komsomolsk-on-Amur", "김정은", "北朝鮮とロシアの関係", "e\u0301e\u0301", "“no”", strings.Repeat("long", 30)}
	r := rand.New(rand.NewPCG(seed, 3))
	dates := []string{"2024-06-01", "2024-06-02", "2024-06-02", "2024-06-20?", "2024-06-19T14:30:00", "2024-06", "-0043-03-15", "2024-07-01/2024-07-09", "../.."}
	var events []timeline.Event
	for n := range 1 + r.IntN(60) {
		var title []string
		for range 1 + r.IntN(1+r.IntN(30)) {
			title = append(title, words[r.IntN(len(words))])
		}
		date, err := edtf.Parse(dates[r.IntN(len(dates))])
		if err != nil {
			panic(err)
		}
		e := timeline.Event{ID: fmt.Sprint(n), Date: date, Title: strings.Join(title, " "), Actors: title, Status: timeline.Status(r.IntN(int(timeline.Unverified) + 1))}
		for k := range r.IntN(12) {
			e.Sources = append(e.Sources, timeline.Source{URL: fmt.Sprintf("https://example%d.org/%d", r.IntN(3), k)})
		}
		events = append(events, e)
	}
	return timeline.New(timeline.About{}, nil, events)
}

func TestTitlesAreWholeUnderTheCursor(t *testing.T) {
	for seed := range uint64(8) {
		tl := titledAtRandom(seed)
		for _, w := range []int{30, 46, 59, 60, 73, 77, 78, 80, 87, 88, 90, 121, 200} {
			l := listOf(t, tl, "", false)
			l.Resize(w, 200)
			for row := range l.shown.Rows.Len() {
				l.ToRow(row)
				e := tl.Event(l.Event())
				said := ""
				for _, line := range l.lay(row) {
					said += line.title
				}
				if got, want := strings.ReplaceAll(said, " ", ""), strings.ReplaceAll(e.Title, " ", ""); got != want {
					t.Fatalf("%d wide: the title is %q, want %q", w, got, want)
				}
			}
		}
	}
}

// Whatever gives way to a title, what must not be missed does not, and nothing
// overlaps.
func TestDoubtIsToldAtEveryWidth(t *testing.T) {
	for seed := range uint64(8) {
		tl := titledAtRandom(seed)
		for w := 30; w <= 200; w += 1 + w/20 {
			l := listOf(t, tl, "", seed%2 == 0)
			l.Resize(w, 20)
			for row := range l.shown.Rows.Len() {
				i := l.shown.At(row)
				told, one := false, false
				for n, line := range l.lay(row) {
					x := 2
					if line.title != "" {
						x = l.left(listDate(tl, i)) + line.cells()
					} else if n == 0 {
						t.Fatalf("%d wide: the first line of %q is empty", w, tl.Event(i).Title)
					}
					slices.SortFunc(line.beside, func(a, b piece) int { return a.x - b.x })
					for _, p := range line.beside {
						if p.x <= x {
							t.Fatalf("%d wide: %q stands at %d, but %q ends at %d", w, p.text, p.x, line.title, x)
						}
						x = p.x + width(p.text)
						told = told || p.status
						one = one || strings.HasSuffix(p.text, "1o")
					}
					if x > l.w-1 {
						t.Fatalf("%d wide: a line ends at %d: %q %v", w, x, line.title, line.beside)
					}
				}
				if _, origins := tl.Counts(i); origins == 1 && !one {
					t.Fatalf("%d wide: one origin is not told: %v", w, l.lay(row))
				}
				if status := l.statusOf(i); status != timeline.Confirmed && !told {
					t.Fatalf("%d wide: %s is not told: %v", w, status, l.lay(row))
				}
			}
		}
	}
}

// The list in view is a window of the whole list, under the heading of its month.
func TestViewIsAWindowOfTheList(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 11))
		tl := titledAtRandom(seed)
		if seed%2 == 0 {
			tl = randomTimeline(seed)
		}
		if tl.Len() == 0 {
			continue
		}
		l := listOf(t, tl, "", seed%3 == 0)
		for range 30 {
			switch r.IntN(6) {
			case 0:
				l.Resize([]int{30, 46, 73, 80, 120}[r.IntN(5)], 3+r.IntN(20))
			case 1:
				l.ToRow(r.IntN(tl.Len()))
			case 2:
				l.Move(r.IntN(2*l.Height()+1) - l.Height())
			case 3:
				l.Month(1 - 2*r.IntN(2))
			default:
				l.Move(1 - 2*r.IntN(2))
			}
			var all []string
			var rows []int
			for row := range l.shown.Rows.Len() {
				if sep := l.separator(row); sep != nil {
					all, rows = append(all, l.viewSeparator(look, sep)), append(rows, -1)
				}
				lines := l.viewRow(look, row, l.lay(row), 0, 1000, true)
				for _, line := range lines {
					all, rows = append(all, line), append(rows, row)
				}
			}
			top := slices.Index(rows, max(0, l.top.row)) + l.top.line
			if l.separator(l.top.row) != nil {
				top--
			}
			got := l.View(look, true)
			seen := false
			for y, line := range got {
				if w := ansi.StringWidth(line); w != l.w {
					t.Fatalf("line %d has %d cells of %d", y, w, l.w)
				}
				if y == 0 {
					continue
				}
				at, ok := l.RowAt(y)
				want := strings.Repeat(" ", l.w)
				if top+y < len(all) {
					want = all[top+y]
					if wantRow := rows[top+y]; ok != (wantRow >= 0) || ok && at != wantRow {
						t.Fatalf("line %d is row %d, %t; want %d", y, at, ok, wantRow)
					}
				}
				seen = seen || ok && at == l.cursor && rows[top+y-1] != at
				if cutBelow := y == len(got)-1 && top+y+1 < len(all) && rows[top+y+1] == rows[top+y]; line != want && !cutBelow {
					t.Fatalf("%dx%d line %d is\n%q, want\n%q", l.w, l.h, y, line, want)
				}
			}
			if !seen {
				t.Fatalf("%dx%d: the cursor's row %d does not begin in view", l.w, l.h, l.cursor)
			}
		}
	}
}

// The titles of the timeline that ships fit.
func TestShippedTitlesTakeOneLine(t *testing.T) {
	text, err := os.ReadFile("../../events.json")
	if err != nil {
		t.Fatal(err)
	}
	tl, _, err := format.Read(format.File{Name: "events.json", Text: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	for w, least := range map[int]int{73: 85, 80: 100, 89: 100, 121: 100} {
		l := listOf(t, tl, "", false)
		l.Resize(w, 20)
		one := 0
		for row := range l.shown.Rows.Len() {
			if len(l.lay(row)) == 1 {
				one++
			}
		}
		if one*100 < least*tl.Len() {
			t.Errorf("%d wide: %d of %d titles take one line, want %d%%", w, one, tl.Len(), least)
		}
	}
}

func TestDatesOfRowsAreAlignedAndWhole(t *testing.T) {
	for _, c := range [][2]string{
		{"2024-06-05", " 5"}, {"2024-06-05?", " 5?"}, {"2024-06-11~", "11~"}, {"2024-06-05/2024-06-09", " 5–9"}, {"2024-06-28/2024-07-03", "28–3 Jul"},
		{"2024-06", "06-??"}, {"2024-06~", "06-??~"}, {"2024", "2024-??"}, {"2024-06-05/..", " 5→"}, {"202X", "202X"}, {"2024-21", "spring"}, {"-0043-03-05", " 5"},
		{"2024-06-05T09:05:30", " 5 09:05"}, {"2005/2010", "2005–2010"},
	} {
		tl := onDates(t, c[0])
		if got := listDate(tl, 0); got != c[1] {
			t.Errorf("%s is drawn %q, want %q", c[0], got, c[1])
		}
		if tl := onDates(t, c[0], "2024-06-05"); measure(tl).date < width(c[1]) {
			t.Errorf("%s has %d cells", c[0], measure(tl).date)
		}
	}
}

// A frame costs as much whatever the number of events.
func TestFrameOfManyEventsAllocatesNoMore(t *testing.T) {
	cost := func(n int) float64 {
		var events []timeline.Event
		for i := range n {
			date, _ := edtf.Parse("2024-06-19")
			events = append(events, timeline.Event{ID: fmt.Sprintf("e%06d", i), Date: date, Title: "An event among many"})
		}
		l := listOf(t, timeline.New(timeline.About{}, nil, events), "", false)
		l.Resize(80, 20)
		return testing.AllocsPerRun(20, func() {
			l.Move(n / 3)
			l.View(look, true)
			l.Move(-n / 3)
		})
	}
	if few, many := cost(300), cost(30_000); many > few*1.1 {
		t.Errorf("a frame of 300 events allocates %.0f times, one of 30,000 %.0f times", few, many)
	}
}
