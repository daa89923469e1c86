package tui

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
)

// The random test is a reader who types, clicks, pastes and resizes at random
// while the file changes and jobs come back late and in any order. After each
// step the frame and the state of the model must hold what invariants says. Each
// seed is one such reader; a failure shows the steps that led to it.
//
//	go test ./tui -run 'Random/seed=17$'
//	go test ./tui -run Random -seeds 20000

var seeds = flag.Int("seeds", 200, "how many readers TestRandomReaders has")

func TestRandomReaders(t *testing.T) {
	n := *seeds
	if testing.Short() {
		n = min(n, 40)
	}
	for seed := range n {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { newReader(t, uint64(seed)).read(60) })
		})
	}
}

// A reader drives a model as the program would, with commands run beside it.
// Time is the bubble's.
type reader struct {
	t    *testing.T
	rand *rand.Rand
	m    *model
	line *speaker // prints lines in place of frames; may be nil
	said bytes.Buffer
	log  []string // the steps taken

	story   story        // the file
	reading *fakeReading // of the file, by the model
	changes chan struct{}
	views   []View
	keeps   bool                     // marks and notes
	disk    timeline.Margin          // as they are saved
	others  map[string]timeline.Tier // of it, what another viewer changed
	healthy bool                     // nothing fails any more
	first   scene                    // what was shown when the viewer began

	commands sync.WaitGroup
	mu       sync.Mutex // guards what commands bring back
	begun    int        // commands
	back     []reply
	keys     []string // of all actions
}

// A reply is the messages of the n-th command.
type reply struct {
	n    int
	msgs []tea.Msg
}

// heard gives the messages of a command in the order in which they come of it.
func heard(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		var all []tea.Msg
		for i := range v.Len() {
			all = append(all, heard(v.Index(i).Interface().(tea.Cmd))...)
		}
		return all
	}
	return []tea.Msg{msg}
}

// A fakeReading is a reading of the file, which the reader's steps move on.
type fakeReading struct {
	parts   chan Part
	stopped bool
	sent    int
}

func newReader(t *testing.T, seed uint64) *reader {
	r := &reader{t: t, rand: rand.New(rand.NewPCG(seed, 0)), changes: make(chan struct{}, 1), others: make(map[string]timeline.Tier)}
	r.keeps = !r.one(4)
	r.story = r.newStory()
	r.open()
	return r
}

// open begins a viewer, as if the program were run again.
func (r *reader) open() {
	cfg := Config{
		Load: r.load, Changes: r.changes, Newest: r.one(3), Today: today(), ASCII: r.one(4), Mouse: r.one(2),
		Query: r.query(), At: r.pick("", "", "", "e3", "2020", "2024-06"),
		Save: func(string, bool, func(io.Writer) error) error { return r.fault(ErrExists) },
		Forms: []Form{{Name: "plain", Write: func([]timeline.Source) (string, error) {
			return "a source", r.fault(errors.New("no source here has it"))
		}}},
		Briefs: []Writing[*brief.Brief]{{Suffix: ".txt", Write: func(io.Writer, *brief.Brief) (int, error) { return 0, nil }, ForReaders: true}},
		Views: func() ([]View, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			return slices.Clone(r.views), nil
		},
		SaveView:   r.saveView,
		RemoveView: func(string) error { return r.fault(errors.New("the views are broken")) },
		Browse:     func(string) error { return r.fault(errors.New("no browser here")) },
	}
	if r.one(3) {
		cfg.Store = &shelved{Timeline: r.story.file(r, r.story.events).Timeline, times: 1, most: 5 + r.rand.IntN(20), faulty: r.fault, open: func(timeline.Query) Loading { return r.load() }}
	}
	if r.one(2) {
		cfg.Copy = &Clipboard{"the clipboard", func(string) error { return r.fault(errors.New("no clipboard")) }}
	}
	if r.one(3) {
		cfg.Edit = func(string, string) (string, error) { return "edited", r.fault(errors.New("exit status 1")) }
	}
	if cfg.Line = r.one(4); cfg.Line {
		cfg.Plain = export.Plain
	}
	r.m, r.line = newModel(cfg), nil
	if cfg.Line {
		r.line = newSpeaker(r.m, &r.said, r.one(3))
	}
	if !r.one(4) {
		r.m.jobs.large = 0 // all jobs take their time
	}
	r.keys = []string{"1", "2", "3", "0", "%", "backspace", "delete", "left", "right", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+w", "alt+d", "alt+delete", "alt+b", "alt+f", "ctrl+t", "~", "é", "김"}
	for _, a := range r.m.keys {
		for _, key := range a.Keys() {
			if !slices.Contains([]string{"q", "Q", "ctrl+c", "ctrl+z"}, key) {
				r.keys = append(r.keys, key)
			}
		}
	}
	if !r.one(5) {
		r.update(r.size())
	}
	r.start(r.shown().Init())
	r.first = r.m.scene()
}

// read takes steps, then lets all that is on its way arrive, and looks at the end.
func (r *reader) read(steps int) {
	defer func() {
		if fault := recover(); fault != nil {
			r.t.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
		if r.t.Failed() {
			r.t.Logf("%d events; the steps were\n%s", r.m.shown.Len(), strings.Join(r.log, "\n"))
		}
		close(r.changes)
		r.leave()
		r.commands.Wait()
	}()
	for range steps {
		r.step()
		if r.check(); r.t.Failed() {
			return
		}
	}
	r.note("settle")
	if r.m.w == 0 {
		r.update(tea.WindowSizeMsg{Width: 100, Height: 30})
	}
	r.settle()
	if r.check(); !r.t.Failed() {
		r.checkSettled()
	}
	if !r.t.Failed() {
		r.checkUndo()
	}
	if !r.t.Failed() {
		r.checkSaved()
	}
}

// step does one thing that may happen next.
func (r *reader) step() {
	switch n := r.rand.IntN(100); {
	case n < 40:
		for range 1 + r.rand.IntN(3) {
			r.press(r.pick(r.keys...))
		}
	case n < 50:
		r.type_()
	case n < 58:
		r.mouse()
	case n < 61:
		text := r.pick("actor:ann", "a\nb\tc", "  ", "\x1b[2J", "김정은", strings.Repeat("long ", 100), "Ann")
		r.note("paste %q", text)
		r.update(tea.PasteMsg{Content: text})
	case n < 65:
		r.update(r.size())
	case n < 70:
		r.story.change(r)
		r.note("the file changes: %s", r.story.outline())
		select {
		case r.changes <- struct{}{}:
		default:
		}
	case n < 72:
		r.another()
	case n < 80:
		r.progress(false)
	case n < 90:
		wait := pick(r, 1*time.Millisecond, 20*time.Millisecond, time.Second, 5*time.Second)
		r.note("wait %v", wait)
		time.Sleep(wait)
	default:
		r.deliver(false)
	}
	if r.one(2) {
		r.deliver(false)
	}
}

// type_ opens a prompt or a list and types into it.
func (r *reader) type_() {
	opener := r.pick("f", "/", "t", "e", "x", "a", "Y", "V", ":", "F", "w", "v", "B", "M", "s", "?", "f1", "p", "P")
	r.press(opener)
	for range r.rand.IntN(3) {
		text := r.pick("ann", "actor:", "act", "bob", "-", "status:disputed", "on:2024", "/[k-\u212a]/", "since:2020 until:2024", "y", "j", " ", "(", "e", "2024-06-19", "+3", "out.txt", "note", "zz", "actor:—", "has:note", "marked")
		r.note("type %q", text)
		for _, c := range text {
			r.update(tea.KeyPressMsg{Code: c, Text: string(c)})
		}
		if r.one(3) {
			r.press(r.pick("tab", "space", "!", "down", "ctrl+u", "backspace"))
		}
	}
	if r.one(2) {
		r.press(r.pick("enter", "enter", "esc"))
	}
}

func (r *reader) press(name string) {
	r.note("press %s", name)
	l := r.line
	at, first := r.said.Len(), l != nil && l.announced && !l.owed && l.settled() && !l.open
	r.update(message(name))
	if first && l == r.line && l.settled() && !l.open {
		if said := r.said.String()[at:]; strings.Count(said, "\n") != 1 {
			r.t.Errorf("%s is answered with %q", name, said)
		}
	}
}

func (r *reader) mouse() {
	at := tea.Mouse{X: r.rand.IntN(r.m.w + 2), Y: r.rand.IntN(r.m.h + 2), Button: tea.MouseLeft}
	wheel := at
	wheel.Button = pick(r, tea.MouseWheelUp, tea.MouseWheelDown)
	r.note("mouse at %d, %d", at.X, at.Y)
	switch r.rand.IntN(4) {
	case 0:
		for range 1 + r.rand.IntN(5) {
			r.update(tea.MouseWheelMsg(wheel))
		}
	case 1:
		r.update(tea.MouseClickMsg(at))
		at.X = r.rand.IntN(r.m.w + 2)
		r.update(tea.MouseMotionMsg(at))
		r.update(tea.MouseReleaseMsg(at))
	default:
		r.update(tea.MouseClickMsg(at))
	}
}

func (r *reader) size() tea.WindowSizeMsg {
	size := tea.WindowSizeMsg{Width: 1 + r.rand.IntN(130), Height: 1 + r.rand.IntN(40)}
	if r.one(3) {
		usual := sizes[r.rand.IntN(3)]
		size = tea.WindowSizeMsg{Width: usual[0], Height: usual[1]}
	}
	r.note("size %dx%d", size.Width, size.Height)
	return size
}

// update gives the model a message, as the program would.
func (r *reader) update(msg tea.Msg) {
	_, cmd := r.shown().Update(msg)
	r.start(cmd)
}

// shown is what shows the model.
func (r *reader) shown() tea.Model {
	if r.line != nil {
		return r.line
	}
	return r.m
}

// start runs a command beside the model.
func (r *reader) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	r.mu.Lock()
	n := r.begun
	r.begun++
	r.mu.Unlock()
	r.commands.Go(func() {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, cmd := range batch {
				r.start(cmd)
			}
			return
		}
		all := heard(func() tea.Msg { return msg }) // those of a sequence, in order
		r.mu.Lock()
		r.back = append(r.back, reply{n, all})
		r.mu.Unlock()
	})
}

// deliver takes a message that a command brought back, or all there are. It returns
// false if there was none.
func (r *reader) deliver(all bool) (delivered bool) {
	synctest.Wait()
	for {
		r.mu.Lock()
		if len(r.back) == 0 {
			r.mu.Unlock()
			return delivered
		}
		delivered = true
		slices.SortFunc(r.back, func(a, b reply) int { return a.n - b.n })
		i := r.rand.IntN(len(r.back))
		msgs := r.back[i].msgs
		r.back = slices.Delete(r.back, i, i+1)
		r.mu.Unlock()
		for _, msg := range msgs {
			switch msg := msg.(type) {
			case nil:
			case tea.QuitMsg:
				r.note("the viewer ends and begins again")
				r.abandon()
				r.open()
			default:
				r.note("message %T", msg)
				r.update(msg)
			}
		}
		if !all {
			return delivered
		}
		synctest.Wait()
	}
}

// leave ends the reading of the file without its last part.
func (r *reader) leave() {
	if r.reading != nil {
		close(r.reading.parts)
		r.reading = nil
	}
}

// abandon lets what is on its way to a viewer come to nothing.
func (r *reader) abandon() {
	r.leave()
	for range 3 {
		time.Sleep(10 * time.Second)
		synctest.Wait()
		r.mu.Lock()
		r.back = nil
		r.mu.Unlock()
	}
}

// quiet reports whether nothing is on its way that the model waits for.
func (r *reader) quiet() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.back) == 0 && r.reading == nil && !r.m.awaitsAny()
}

// load is the model's Load.
func (r *reader) load() Loading {
	now := &fakeReading{parts: make(chan Part, 1)}
	r.reading = now
	return Loading{Parts: now.parts, Shown: func() {}, Stop: func() { now.stopped = true }}
}

// progress has the reading of the file bring a part, if the last was taken; the
// last part if it is to end.
func (r *reader) progress(end bool) {
	now := r.reading
	if now == nil {
		return
	}
	synctest.Wait()
	if len(now.parts) > 0 {
		if !end {
			return
		}
		r.deliver(true) // the part may wait to be taken by a message that is not delivered
		if r.reading != now {
			return
		}
		select {
		case <-now.parts:
		default:
		}
	}
	part := Part{Done: int64(now.sent), Total: 5}
	now.sent++
	switch {
	case now.stopped:
		part.Last, part.Stopped, part.File = true, true, r.story.file(r, r.story.events[:len(r.story.events)/2])
	case !end && r.one(15):
		part.Last, part.Err = true, errors.New("events.json:1:9: it ends here")
	case r.m.Store != nil && !r.m.loaded() && now.sent == 1 && r.one(2):
		part.Last, part.Err = true, fmt.Errorf("postgres: %w", ErrTooMuch)
	case end || now.sent > 4 || r.one(2):
		part.Last, part.File = true, r.story.file(r, r.story.events)
	case r.one(2):
		part.File = r.story.file(r, r.story.events[:len(r.story.events)*now.sent/5])
	}
	r.note("a part of the file: last %t, stopped %t, %v", part.Last, part.Stopped, part.Err)
	now.parts <- part
	if part.Last {
		close(now.parts)
		r.reading = nil
	}
}

// A story is the file as another program keeps changing it.
type story struct {
	events []timeline.Event
	actors []timeline.Actor
}

func (r *reader) newStory() story {
	s := story{actors: []timeline.Actor{
		{Name: "Ann", Aliases: []string{"A. N. N.", "안"}, Role: "leader"}, {Name: "—", Aliases: []string{"Dash"}},
		{Name: "Bob", Native: []timeline.Native{{Language: "ko", Name: "밥"}}},
	}}
	for range r.rand.IntN(25) {
		s.events = append(s.events, r.event())
	}
	return s
}

// change takes events out, puts others in, or changes some.
func (s *story) change(r *reader) {
	s.events = slices.Clone(s.events)
	for range 1 + r.rand.IntN(4) {
		switch n := len(s.events); {
		case n == 0 || r.one(3) && n < 40:
			s.events = append(s.events, r.event())
		case r.one(12):
			s.events = nil
		case r.one(2):
			i := pick(r, 0, n-1, r.rand.IntN(n))
			s.events = slices.Delete(s.events, i, i+1)
		default:
			s.events[r.rand.IntN(n)] = r.event()
		}
	}
}

func (s *story) outline() string {
	var b strings.Builder
	for _, e := range s.events {
		fmt.Fprintf(&b, "%s@%s ", e.ID, e.Date)
	}
	return b.String()
}

// event makes up one of forty events. Its id says nothing of the rest.
func (r *reader) event() timeline.Event {
	date, _ := edtf.Parse(r.pick("2024-06-19", "2024-06-19", "2024-06", "2024", "2020-01-01/2024-12-31", "../2019", "2024-06-19?", "-0100", "19XX", "2024-06-20T10:00:00Z", "2023-07~", "Y170000002"))
	e := timeline.Event{ID: fmt.Sprintf("e%d", r.rand.IntN(40)), Title: r.pick("A meeting", "조약 서명", "Missile test", "é̂", strings.Repeat("A long title ", 20), "x"), Status: timeline.Status(r.rand.IntN(len(timeline.Statuses())))}
	if !r.one(6) {
		e.Date = date
	}
	for range r.rand.IntN(4) {
		e.Actors = append(e.Actors, r.pick("Ann", "Bob", "A. N. N.", "밥", "Dash", "—", "Cid", "Dee of the many names", "d e e"))
	}
	for range r.rand.IntN(3) {
		e.Sources = append(e.Sources, timeline.Source{URL: r.pick("https://a.example/x", "https://b.example/y", ""), Title: "T", Publisher: r.pick("KCNA", "TASS", "P"), Kind: timeline.Kind(r.rand.IntN(3))})
	}
	if r.one(2) {
		e.Answers = append(e.Answers, fmt.Sprintf("e%d", r.rand.IntN(40)))
	}
	e.Places, e.Topics = []string{r.pick("Khasan, Russia", "Russia", "—")}, []string{r.pick("treaty", "visit", "")}
	e.Summary = r.pick("", "They met [1] and signed [2].", strings.Repeat("They met. ", 60))
	return e
}

// file makes a timeline of events as reading them does: the first of each id.
func (s *story) file(r *reader, events []timeline.Event) File {
	var kept []timeline.Event
	seen := make(map[string]bool)
	for _, e := range events {
		if !seen[e.ID] {
			seen[e.ID] = true
			kept = append(kept, e)
		}
	}
	f := File{Name: "events.json", Digest: func() string { return "0123456789abcdef0123" }}
	if r.one(3) {
		f.Timeline = s.stored(r, kept)
	} else {
		f.Timeline = timeline.New(timeline.About{Title: "A story"}, s.actors, kept)
	}
	if r.one(3) {
		f.Problems, f.LeftOut = []string{"events.json:3:1: an event needs a title"}, "1 event left out"
	}
	if r.keeps {
		f.Margin, f.SaveMargin = r.saved(), r.save
	}
	if r.one(2) {
		f.Exports = []Writing[Selection]{{Suffix: ".txt", Write: func(_ io.Writer, s Selection) (int, error) {
			return len(slices.Collect(iter.Seq[int](s.Events))), nil
		}}}
	}
	if r.one(2) {
		f.Since = func(timeline.Query) (*brief.Changes, error) {
			return nil, r.fault(errors.New("the last brief cannot be read"))
		}
	}
	return f
}

// stored makes a timeline whose events are read when they are asked for; reading
// one may fail, as when the file was changed under it.
func (s *story) stored(r *reader, events []timeline.Event) *timeline.Timeline {
	broken := -1
	if r.one(3) && len(events) > 0 {
		broken = r.rand.IntN(len(events))
	}
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) {
		if int(at.At) == broken {
			return timeline.Event{}, errors.New("the file is not as it was")
		}
		return events[at.At], nil
	})
	in := x.Indexer()
	for i := range events {
		record := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 100})
		in.Add(&record)
	}
	in.Flush()
	t := x.Timeline(timeline.About{Title: "A story"}, s.actors)
	return t
}

func (r *reader) query() timeline.Query {
	q, _ := timeline.ParseQuery(r.pick("", "", "", "actor:ann", "status:alleged", "since:2024", "zz", "has:note"))
	return q
}

func (r *reader) note(format string, args ...any) {
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

// saveView saves a view, as a file would.
func (r *reader) saveView(v View) error {
	if err := r.fault(errors.New("the disk is full")); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.views = append(r.views, v)
	return nil
}

// save saves marks and notes where another viewer changes them too.
func (r *reader) save(e timeline.MarginEdit) (timeline.Margin, error) {
	if err := r.fault(errors.New("the disk is full")); err != nil {
		return timeline.Margin{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.disk = r.disk.With(e)
	return r.disk, nil
}

func (r *reader) saved() timeline.Margin {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.disk
}

// another viewer marks an event, or removes the mark.
func (r *reader) another() {
	id := fmt.Sprintf("e%d", r.rand.IntN(40))
	r.note("another viewer changes the mark of %s", id)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.others[id] = pick(r, timeline.NoTier, timeline.NoTier, timeline.Could)
	r.disk = r.disk.With(r.disk.EditTo(timeline.Margin{Marks: changed(r.disk.Marks, id, r.others[id]), Notes: r.disk.Notes}))
}

// checkSaved ends the viewer, and reports what its reader wrote and is not saved.
func (r *reader) checkSaved() {
	if !r.keeps {
		return
	}
	r.mu.Lock()
	r.healthy = true
	r.mu.Unlock()
	if said := r.m.finish(); len(said) > 0 {
		r.t.Errorf("at the end it says %q", said)
	}
	disk, screen := r.saved(), r.m.margin
	for id, s := range disk.EditTo(screen).Marks {
		if _, theirs := r.others[id]; !theirs {
			r.t.Errorf("%s is saved as %s, the screen has %s", id, s.From, s.To)
		}
	}
	if !maps.Equal(disk.Notes, screen.Notes) {
		r.t.Errorf("saved are the notes %q, the screen has %q", disk.Notes, screen.Notes)
	}
}

// one is true once in so many times.
func (r *reader) one(in int) bool { return r.rand.IntN(in) == 0 }

// fault is an error once in four times. It may be asked by commands.
func (r *reader) fault(err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun%4 == 0 && !r.healthy {
		return err
	}
	return nil
}

func (r *reader) pick(from ...string) string { return pick(r, from...) }

func pick[T any](r *reader, from ...T) T { return from[r.rand.IntN(len(from))] }

// check reports what does not hold after a step.
func (r *reader) check() {
	m := r.m
	wrong := func(format string, args ...any) { r.t.Errorf(format, args...) }
	unread := m.shown.Err()
	v := m.View()
	if r.line != nil {
		r.checkSaid()
	} else if m.w > 0 && m.h > 0 {
		lines := strings.Split(v.Content, "\n")
		if len(lines) != m.h {
			wrong("the frame has %d rows, want %d", len(lines), m.h)
		}
		for y, line := range lines {
			if w := ansi.StringWidth(line); w != m.w {
				wrong("row %d has %d cells, want %d: %q", y, w, m.w, ansi.Strip(line))
			}
		}
		if c := v.Cursor; c != nil && (c.X < 0 || c.X >= m.w || c.Y < 0 || c.Y >= m.h) {
			wrong("the cursor is at %d, %d of %dx%d", c.X, c.Y, m.w, m.h)
		}
		if again := m.View().Content; again != v.Content && m.shown.Err() == unread { // an event may turn out to be unreadable
			for y, line := range strings.Split(again, "\n") {
				if y < len(lines) && line != lines[y] {
					wrong("a second View differs in row %d:\n%q\n%q", y, lines[y], line)
				}
			}
		}
	}
	for name, pane := range map[string]any{"list": m.list, "detail": m.detail, "histogram": m.histogram, "facets": m.facets} {
		if reflect.ValueOf(pane).FieldByName("shown").Pointer() != reflect.ValueOf(m.shown).Pointer() {
			wrong("the %s shows other events", name)
		}
	}
	at := m.list.Event()
	for name, pane := range map[string]any{"detail": m.detail, "histogram": m.histogram} {
		if is := reflect.ValueOf(pane).FieldByName("event").Int(); int(is) != at {
			wrong("the list is at event %d, the %s at %d", at, name, is)
		}
	}
	if rows, row, l := m.shown.Rows.Len(), m.list.Row(), m.layout.list; rows > 0 {
		seen := false
		for y := range l.h {
			on, ok := m.list.RowAt(y)
			seen = seen || ok && on == row
		}
		switch {
		case row < 0 || row >= rows:
			wrong("the list's cursor is on row %d of %d", row, rows)
		case l.h > 2 && l.w > 0 && !seen:
			wrong("the list's cursor is on row %d, which is not in view", row)
		}
	}
	for _, stale := range []struct {
		name   string
		events []int
	}{{"list", m.shown.Rows.All()}, {"search", m.shown.Search.Hits.All()}, {"jumps back", m.jumps.back}, {"jumps ahead", m.jumps.ahead}} {
		for _, event := range stale.events {
			if event < 0 || event >= m.shown.Len() {
				wrong("%s: there is no event %d of %d", stale.name, event, m.shown.Len())
			}
		}
	}
	if p, ok := in[*searching](m); ok && p.origin >= m.shown.Len() {
		wrong("a search began on event %d of %d", p.origin, m.shown.Len())
	}
}

// checkSaid reports what was printed and should not have been.
func (r *reader) checkSaid() {
	lines := strings.SplitAfter(r.said.String(), "\n")
	for _, line := range lines[:len(lines)-1] {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if why := unspeakable(line); why != "" && !(r.line.echo && line == strings.Repeat(" ", len(line)) && line != "") { // blanks may be typed
			r.t.Errorf("%s: %q", why, line)
		}
	}
	r.said.Reset()
	r.said.WriteString(lines[len(lines)-1]) // letters may stand there
}

// settle lets all that is on its way arrive.
func (r *reader) settle() {
	for range 100 {
		r.progress(true)
		time.Sleep(10 * time.Second)
		if !r.deliver(true) && r.quiet() {
			return
		}
	}
}

// checkUndo undoes all that was done, which must bring back what was shown at
// first, and redoes it.
func (r *reader) checkUndo() {
	m := r.m
	if m.Store != nil {
		return // what is loaded changes with the filter
	}
	m.home()
	r.start(m.commands(nil))
	r.settle()
	last, margin := m.scene(), m.margin
	again := m.past.done
	for m.past.done > 0 {
		r.press("U")
		r.settle()
		r.check()
	}
	now := m.scene()
	if !now.shows(&r.first) {
		r.t.Errorf("all is undone, and it shows %q, newest first %t; at first it was %q, %t", now.query, now.newest, r.first.query, r.first.newest)
	}
	for m.past.done < again {
		r.press("ctrl+r")
		r.settle()
		r.check()
	}
	now = m.scene()
	edit := margin.EditTo(m.margin)
	maps.DeleteFunc(edit.Marks, func(id string, _ timeline.Swap[timeline.Tier]) bool { _, theirs := r.others[id]; return theirs })
	if !now.shows(&last) || !edit.Empty() {
		r.t.Errorf("all is redone, and it shows %q, newest first %t, %v; it was %q, %t, %v", now.query, now.newest, m.margin, last.query, last.newest, margin)
	}
	r.checkSettled()
}

// checkSettled reports what does not hold when nothing is on its way any more.
func (r *reader) checkSettled() {
	m := r.m
	if !r.quiet() {
		r.t.Error("something is on its way for ever")
		return
	}
	if r.line != nil && (r.line.owed || r.line.running > 0) && !m.editing { // no editor runs here, so none ends
		r.t.Errorf("a key is owed its line: %t; %d of its commands run", r.line.owed, r.line.running)
	}
	if m.waiting || m.arriving != nil || len(m.ahead) > 0 {
		r.t.Errorf("it waits for nothing: waiting %t, arriving %t, %d keys wait", m.waiting, m.arriving != nil, len(m.ahead))
	}
	if got, want := m.shown.Rows.All(), m.shown.Select(m.query).All(); !slices.Equal(got, want) {
		r.t.Errorf("%q shows events %v, want %v", m.query, got, want)
	}
}
