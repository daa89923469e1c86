package tui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/tui/termtest"
)

// A shelved timeline is a store in memory, each of whose events counts for many.
type shelved struct {
	*timeline.Timeline
	times, most int
	mu          sync.Mutex
	err         error             // of every answer
	faulty      func(error) error // makes some answers errors; may be nil
	opened      []timeline.Query
	open        func(timeline.Query) Loading
}

func (s *shelved) Name() string { return "postgres://archive/events" }
func (s *shelved) Most() int    { return s.most }

func (s *shelved) fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faulty != nil {
		return s.faulty(errors.New("the server is gone"))
	}
	return s.err
}

func (s *shelved) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

func (s *shelved) Outline(ctx context.Context) (*timeline.Timeline, error) {
	var w timeline.Whole
	for _, f := range storeFields[1:] {
		for _, c := range s.Tally(f, timeline.Query{}) {
			w.Names[f] = append(w.Names[f], c.Value)
		}
	}
	return timeline.New(timeline.About{}, s.Register(), nil).PartOf(&w), s.fault()
}

func (s *shelved) Estimate(ctx context.Context, q timeline.Query) (int64, bool, error) {
	n, _, err := s.Count(ctx, q, 0)
	if q.Empty() {
		return n, true, err
	}
	return n + 17, false, err
}

func (s *shelved) Count(ctx context.Context, q timeline.Query, most int64) (int64, bool, error) {
	rows, _ := s.Search(ctx, q)
	return int64(rows.Len() * s.times), true, s.fault()
}

func (s *shelved) Months(ctx context.Context, q timeline.Query) (map[edtf.Day]int, bool, error) {
	months := make(map[edtf.Day]int)
	rows, _ := s.Search(ctx, q)
	for k := range rows.Len() {
		month := edtf.Future
		if d := s.Day(rows.At(k)); d < 1e12 && d > -1e12 {
			year, m, _ := d.Civil()
			month = edtf.DayOf(year, m, 1)
		}
		months[month] += s.times
	}
	return months, true, s.fault()
}

func (s *shelved) Facet(ctx context.Context, q timeline.Query, f timeline.Field) ([]timeline.Count, error) {
	var counts []timeline.Count
	for _, c := range s.TallyUnder(f, q) {
		if c.Shown > 0 {
			counts = append(counts, timeline.Count{Value: c.Value, Shown: c.Shown * s.times, All: c.Shown * s.times})
		}
	}
	return counts, s.fault()
}

func (s *shelved) Open(q timeline.Query) Loading {
	s.opened = append(s.opened, q)
	return s.open(q)
}

// loads is how a store loads for a test: at once.
func (s *shelved) loads(q timeline.Query) Loading {
	parts := make(chan Part, 1)
	var kept []timeline.Event
	rows := s.Select(q)
	for k := range rows.Len() {
		kept = append(kept, *s.Event(rows.At(k)))
	}
	parts <- Part{Last: true, File: File{Name: s.Name(), Timeline: timeline.New(timeline.About{Title: "Part"}, s.Register(), kept)}, Err: s.fault()}
	return Loading{Parts: parts, Shown: func() {}, Stop: func() {}}
}

// stored starts a viewer on a store that has more than may be loaded.
func stored(t testing.TB, w, h int, filter string) (*model, *shelved) {
	s := &shelved{Timeline: inside(t).Timeline, times: 100_000, most: 2_000_000}
	s.open = s.loads
	m := newModel(Config{Store: s, Today: today(), Query: query(t, filter), Load: func() Loading {
		parts := make(chan Part, 1)
		parts <- Part{Last: true, Err: fmt.Errorf("postgres: %w", ErrTooMuch)}
		return Loading{Parts: parts, Shown: func() {}, Stop: func() {}}
	}})
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	settleAll(m, m.commands(m.reload()))
	return m, s
}

func query(t testing.TB, filter string) timeline.Query {
	t.Helper()
	q, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// settleAll does commands, and what they lead to, until nothing more comes.
func settleAll(m *model, cmd tea.Cmd) {
	for _, msg := range heard(cmd) {
		switch msg.(type) {
		case nil, expiredMsg, tea.QuitMsg:
			continue
		}
		_, cmd := m.Update(msg)
		settleAll(m, cmd)
	}
}

// pressAll presses keys, and waits for what each leads to.
func pressAll(m *model, keys ...string) {
	for _, key := range keys {
		settleAll(m, press(m, key))
	}
}

// A period is selected in the bars of the store, whatever comes to the list below.
func TestSelectingTimeInAStoreWhileRowsCome(t *testing.T) {
	m, _ := stored(t, 100, 30, "")
	pressAll(m, "v")
	m.open(arrival{file: inside(t)})
	settleAll(m, m.commands(nil))
	if _, ok := m.top().(*ranging); !ok || !m.bars().Selecting() {
		t.Errorf("the selection is gone:\n%s", frame(t, m).Golden())
	}
}

func TestAStoreIsDrawnWhereItHasTooMuch(t *testing.T) {
	scenes := []struct {
		name, filter string
		keys         []string
	}{
		{"store", "", nil},
		{"store-narrowed", "topic:arms-transfer", []string{"j", "space"}},
		{"store-fits", "topic:treaty status:confirmed", []string{"j"}},
		{"store-range", "", []string{"v", "l", "l"}},
		{"store-filter", "status:confirmed", []string{"f", "actor:kim"}},
		{"store-lost", "status:confirmed", nil},
	}
	for _, c := range scenes {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m, s := stored(t, size[0], size[1], c.filter)
					pressAll(m, c.keys...)
					if c.name == "store-lost" {
						s.fail(errors.New("postgres://archive/events: the server cannot be reached: connection refused"))
						pressAll(m, "R")
					}
					m.notice.text = ""
					termtest.Golden(t, name, frame(t, m).Golden())
				})
			})
		}
	}
}

func TestAStoreIsNarrowedUntilItFits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := stored(t, 120, 36, "")
		p := of[*storing](m)
		if got := p.counted.Events; got != s.Len()*s.times || !p.counted.Exact {
			t.Fatalf("the store counts %d, exact %t", got, p.counted.Exact)
		}
		pressAll(m, "enter", "l", "enter") // while it is too much, Enter includes a value
		if len(p.query.Terms()) != 2 {
			t.Fatalf("the query is %q", p.query)
		}
		pressAll(m, "U", "U")
		if !p.query.Empty() {
			t.Fatalf("undone, the query is %q", p.query)
		}
		pressAll(m, "f", "topic:treaty status:confirmed", "enter")
		want := s.Select(p.query).Len()
		if p.query.Empty() || !p.fits() || p.counted.Events != want*s.times {
			t.Fatalf("%q selects %d, want %d; it fits %t", p.query, p.counted.Events, want*s.times, p.fits())
		}
		pressAll(m, "enter")
		if is[*storing](m) || m.shown.Len() != want || m.query.String() != m.scope.String() {
			t.Fatalf("in %T; %d events, want %d", m.top(), m.shown.Len(), want)
		}
		pressAll(m, "f", "actor:putin", "enter") // narrower than what is loaded
		if is[*storing](m) {
			t.Fatal("a narrower filter leads to the store")
		}
		pressAll(m, "esc", "esc") // wider
		if !is[*storing](m) || len(of[*storing](m).query.Terms()) != 1 {
			t.Fatal("a wider filter does not lead to the store")
		}
		if pressAll(m, "esc"); is[*storing](m) || m.shown.Len() != want {
			t.Fatalf("Esc does not lead back: in %T", m.top())
		}
	})
}

func TestALostStoreIsSaidAndAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := stored(t, 120, 36, "")
		lost := errors.New("postgres://archive/events: the server cannot be reached")
		s.fail(lost)
		pressAll(m, "space")
		p := of[*storing](m)
		text := frame(t, m).Golden()
		if !strings.Contains(text, "cannot be reached") || !strings.Contains(text, "R asks") || !strings.Contains(text, "…/") {
			t.Errorf("the screen does not say so, or forgets its counts:\n%s", text)
		}
		if s.fail(nil); p.counted.Events >= 0 {
			t.Errorf("it counts %d events", p.counted.Events)
		}
		if pressAll(m, "R"); p.why != "" || p.counted.Events != s.Select(p.query).Len()*s.times {
			t.Errorf("asked again: %q, %d events", p.why, p.counted.Events)
		}
		pressAll(m, "f", " topic:treaty", "enter")
		s.fail(lost)
		pressAll(m, "enter")
		if is[*browsing](m) || p.loading || !strings.Contains(frame(t, m).Golden(), "cannot be reached") {
			t.Errorf("loading failed, and it shows\n%s", frame(t, m).Golden())
		}
	})
}

// TestKeysDoNotWaitForAStore holds every answer back.
func TestKeysDoNotWaitForAStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := stored(t, 80, 24, "")
		p := of[*storing](m)
		var cancelled []context.Context
		p.store = slow{s, &cancelled}
		for _, cmd := range []tea.Cmd{press(m, "space"), press(m, "j"), press(m, "space")} {
			go heard(cmd)
		}
		synctest.Wait()
		if len(p.query.Terms()) != 1 || len(p.query.Terms()[0].Values()) != 2 || !strings.Contains(frame(t, m).Golden(), "Counting") {
			t.Errorf("the query is %q:\n%s", p.query, frame(t, m).Golden())
		}
		press(m, "esc")
		synctest.Wait()
		if len(cancelled) != 2 || cancelled[0].Err() == nil || cancelled[1].Err() == nil {
			t.Errorf("%d answers were awaited, and not all are cancelled", len(cancelled))
		}
	})
}

// A slow store never answers.
type slow struct {
	Store
	asked *[]context.Context
}

func (s slow) Estimate(ctx context.Context, _ timeline.Query) (int64, bool, error) {
	*s.asked = append(*s.asked, ctx)
	<-ctx.Done()
	return 0, false, ctx.Err()
}

func TestMonthsAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := stored(t, 200, 60, "topic:treaty")
		p := of[*storing](m)
		n := 0
		for events := range maps.Values(p.counted.Months) {
			n += events
		}
		if n != p.counted.Events || p.shown.Dated() > n || n != s.Select(p.query).Len()*s.times {
			t.Errorf("%d in months, %d dated, %d in all", n, p.shown.Dated(), p.counted.Events)
		}
	})
}
