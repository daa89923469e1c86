package tui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A Store keeps more events than may be loaded, and counts them itself. A count ends
// early when its context is done, and its error is a line for the reader.
type Store interface {
	Name() string // for people
	Most() int    // how many events may be loaded

	// Outline returns a timeline without events, with the names and actors of the
	// store.
	Outline(context.Context) (*timeline.Timeline, error)
	// Estimate says quickly how many events a query selects, and whether that is exact.
	Estimate(context.Context, timeline.Query) (events int64, exact bool, err error)
	// Count counts them, up to one more than most unless that is 0. It is not exact if
	// a part of the query is decided only where the events are loaded.
	Count(ctx context.Context, q timeline.Query, most int64) (events int64, exact bool, err error)
	// Months counts them by the month they are filed in, by its first day; those
	// without a day are under edtf.Future. It is nil if the store cannot tell.
	Months(context.Context, timeline.Query) (months map[edtf.Day]int, exact bool, err error)
	// Facet counts their most frequent values of a field. It is nil if the store cannot
	// tell.
	Facet(context.Context, timeline.Query, timeline.Field) ([]timeline.Count, error)

	// Open begins to load what a query selects.
	Open(timeline.Query) Loading
}

// ErrTooMuch is what the error of a Part wraps if more is selected in a store than may
// be loaded.
var ErrTooMuch = errors.New("too much to load")

// storing shows what a store holds: how many events by month and by the values of some
// fields. Each choice narrows the query, until what it selects can be loaded.
type storing struct {
	store   Store
	query   timeline.Query
	past    []timeline.Query // to undo
	outline *timeline.Timeline
	counted pane.Counted
	all     map[timeline.Field][]timeline.Count // without a query; nil until they are known
	counts  map[timeline.Field][]timeline.Count // under the query

	shown     *pane.Shown
	histogram pane.Histogram
	columns   []pane.Facets
	column    int // that has the keys

	w, h    int
	said    []string // above the columns
	why     string   // why counting or loading failed
	loading bool
}

// storeFields are the fields that a store counts values of.
var storeFields = []timeline.Field{timeline.StatusField, timeline.ActorField, timeline.PlaceField, timeline.TopicField}

// openStore shows the store, with a query that is not loaded yet.
func (m *model) openStore(q timeline.Query) {
	p := &storing{
		store: m.Store, query: q, outline: timeline.New(timeline.About{}, nil, nil),
		all: make(map[timeline.Field][]timeline.Count), counts: make(map[timeline.Field][]timeline.Count),
	}
	p.counted.Events = -1
	if !m.loaded() {
		m.file.Name = text.Clean(m.Store.Name())
	}
	p.hand()
	m.push(p)
	m.arrange()
	p.count(m)
}

// showStore shows the store because the reader asks.
func (m *model) showStore() tea.Cmd {
	if m.Store == nil {
		return m.say("All events are loaded: they come from no database.")
	}
	m.openStore(m.query)
	return nil
}

// within reports whether a query selects only what is loaded.
func (m *model) within(q timeline.Query) bool {
	terms := make(map[string]bool)
	for _, term := range q.Terms() {
		terms[term.String()] = true
	}
	for _, term := range m.scope.Terms() {
		if !terms[term.String()] {
			return false
		}
	}
	return true
}

// asks is the query of the store on screen or, elsewhere, that of the list.
func (m *model) asks() timeline.Query {
	if p, ok := in[*storing](m); ok {
		return p.query
	}
	return m.query
}

// bars is the histogram on screen.
func (m *model) bars() *pane.Histogram {
	if p, ok := in[*storing](m); ok {
		return &p.histogram
	}
	return &m.histogram
}

// counts is what the histogram on screen counts.
func (m *model) onScreen() *pane.Shown {
	if p, ok := in[*storing](m); ok {
		return p.shown
	}
	return m.shown
}

// narrow asks for another query.
func (p *storing) narrow(m *model, q timeline.Query) {
	if q.String() == p.query.String() {
		return
	}
	p.past = append(p.past, p.query)
	p.ask(m, q)
}

func (p *storing) ask(m *model, q timeline.Query) {
	p.query = q
	p.counted.Events, p.counted.Exact, p.counted.Months = -1, false, nil
	clear(p.counts)
	p.hand()
	m.arrange()
	p.count(m)
}

// undo takes the last choice back.
func (p *storing) undo(m *model) tea.Cmd {
	n := len(p.past) - 1
	if n < 0 {
		return m.say("Nothing to undo.")
	}
	q := p.past[n]
	p.past = p.past[:n]
	p.ask(m, q)
	return nil
}

// hand hands the panes what is known.
func (p *storing) hand() {
	p.shown = pane.ShowCounted(p.outline, p.query, p.counted)
	p.histogram.Show(p.shown, -1)
	for i := range p.columns {
		c := &p.columns[i]
		counts := make([][]timeline.Count, len(c.Fields))
		known := false
		for k, f := range c.Fields {
			counts[k] = p.values(f)
			known = known || p.all[f] != nil
		}
		c.Show(p.shown, true)
		if known {
			c.Fill(counts)
		}
	}
}

// values joins the counts of a field under the query with those of all events. One
// that is not known is -1.
func (p *storing) values(f timeline.Field) []timeline.Count {
	under, known := p.counts[f]
	if p.query.Empty() {
		return p.all[f]
	}
	shown := make(map[string]int)
	for _, c := range under {
		shown[c.Value] = c.Shown
	}
	var joined []timeline.Count
	for _, c := range p.all[f] {
		n, is := shown[c.Value]
		if !known || !is && len(under) >= mostFacetValues {
			n = -1
		}
		joined = append(joined, timeline.Count{Value: c.Value, Shown: n, All: c.All})
		delete(shown, c.Value)
	}
	for _, c := range under {
		if n, rare := shown[c.Value]; rare {
			joined = append(joined, timeline.Count{Value: c.Value, Shown: n, All: n}) // at least
		}
	}
	return joined
}

// name has the outline know the values that were counted: it lacks the names of a store
// that has too many of them.
func (p *storing) name(f timeline.Field, counts []timeline.Count) {
	if f == timeline.StatusField {
		return
	}
	w := new(timeline.Whole)
	for _, c := range counts {
		if named := p.outline.Named(f, c.Value); len(named) != 1 || named[0] != c.Value {
			w.Names[f] = append(w.Names[f], c.Value)
		}
	}
	if w.Names[f] != nil && p.outline.Whole() != nil {
		p.outline = p.outline.PartOf(w)
	}
}

// mostFacetValues is a number of values from which on others may be left out.
const mostFacetValues = 100

// A step asks the store for one number, and returns what puts it on screen.
type step func(context.Context) (put func(*storing), err error)

// count asks the store for all that is not known, what is quick first. The next key
// that narrows cancels what is not there yet.
func (p *storing) count(m *model) {
	store, q, outline := p.store, p.query, p.outline
	var steps []step
	if p.counted.AllMonths == nil {
		steps = append(steps, func(ctx context.Context) (func(*storing), error) {
			n, _, err := store.Estimate(ctx, timeline.Query{})
			return func(p *storing) { p.counted.All = int(n) }, err
		})
	}
	steps = append(steps, func(ctx context.Context) (func(*storing), error) {
		n, exact, err := store.Estimate(ctx, q)
		return func(p *storing) { p.counted.Events, p.counted.Exact = int(n), exact }, err
	})
	if p.counted.AllMonths == nil {
		steps = append(steps, func(ctx context.Context) (func(*storing), error) {
			months, _, err := store.Months(ctx, timeline.Query{})
			return func(p *storing) {
				p.counted.AllMonths = months
				if q.Empty() {
					p.counted.Months = months
				}
			}, err
		})
	}
	for _, f := range storeFields {
		if p.all[f] != nil {
			continue
		}
		steps = append(steps, func(ctx context.Context) (func(*storing), error) {
			counts, err := store.Facet(ctx, timeline.Query{}, f)
			return func(p *storing) {
				p.all[f] = append([]timeline.Count{}, counts...)
				p.name(f, counts)
			}, err
		})
	}
	if outline.Whole() == nil {
		steps = append(steps, func(ctx context.Context) (func(*storing), error) {
			t, err := store.Outline(ctx)
			return func(p *storing) {
				p.outline = t
				for _, f := range storeFields {
					p.name(f, p.all[f])
				}
			}, err
		})
	}
	if q.Empty() {
		if p.counted.AllMonths != nil {
			steps = append(steps, func(context.Context) (func(*storing), error) {
				return func(p *storing) { p.counted.Months = p.counted.AllMonths }, nil
			})
		}
		p.ready(m, steps)
		return
	}
	steps = append(steps, func(ctx context.Context) (func(*storing), error) {
		months, exact, err := store.Months(ctx, q)
		n := int64(0)
		for _, events := range months {
			n += int64(events)
		}
		if months == nil && err == nil {
			n, exact, err = store.Count(ctx, q, 0)
		}
		return func(p *storing) { p.counted.Months, p.counted.Events, p.counted.Exact = months, int(n), exact }, err
	})
	for _, f := range storeFields {
		others := pane.FacetQuery{Timeline: outline, Field: f}.Others(q)
		steps = append(steps, func(ctx context.Context) (func(*storing), error) {
			counts, err := store.Facet(ctx, others, f)
			return func(p *storing) {
				p.counts[f] = append([]timeline.Count{}, counts...)
				p.name(f, counts)
			}, err
		})
	}
	p.ready(m, steps)
}

// ready takes the first step, and the others after it.
func (p *storing) ready(m *model, steps []step) {
	p.why = ""
	if len(steps) == 0 {
		return
	}
	m.start(jobStore, math.MaxInt, func(ctx context.Context) func(*model) {
		put, err := steps[0](ctx)
		return func(m *model) {
			if err != nil {
				p.failed(m, err)
				return
			}
			put(p)
			p.hand()
			m.arrange()
			p.ready(m, steps[1:])
		}
	})
}

// failed says why there is nothing to see.
func (p *storing) failed(m *model, err error) {
	p.loading = false
	p.why = text.Clean(err.Error())
	if errors.Is(err, ErrTooMuch) {
		p.why = ""
		p.counted.Events, p.counted.Exact = max(p.counted.Events, p.store.Most()+1), false
	}
	p.hand()
	m.arrange()
}

// fits reports whether what the query selects can be loaded.
func (p *storing) fits() bool { return 0 < p.counted.Events && p.counted.Events <= p.store.Most() }

// enter loads what the query selects or, while that is too much, includes the value
// under the cursor.
func (p *storing) enter(m *model) tea.Cmd {
	switch c := &p.counted; {
	case p.loading:
		return m.say("This is being loaded already.")
	case m.loading.on():
		return m.say("Something is being loaded already; " + m.keys.first("back") + " in the list stops it.")
	case c.Events < 0 && p.why == "":
		return m.say("Counting still.")
	case c.Events == 0:
		return m.say("There is nothing to load.")
	case p.fits():
		p.load(m)
		return nil
	}
	if line, ok := p.facets().Line(); ok && line.Mark == pane.Unmarked {
		return p.mark(m, pane.Included)
	}
	return m.say(p.tooMuch() + ".")
}

// load begins to load what the query selects.
func (p *storing) load(m *model) {
	m.cancel(jobStore)
	l := p.store.Open(p.query)
	m.loading = loading{Loading: &l, edited: m.unwritten()}
	p.loading, p.why = true, ""
	m.do(m.loading.await())
}

// arriving notes that the events of a query are there, which the list shows from now
// on.
func (p *storing) arriving(m *model) {
	m.scope, m.query = p.query, p.query
	m.past = past{moving: true} // it belongs to other events
}

// mark includes the value under the cursor, or excludes it. The last row of a field
// leads to the filter, which completes all values.
func (p *storing) mark(m *model, as pane.Mark) tea.Cmd {
	line, ok := p.facets().Line()
	switch {
	case !ok || line.Kind == pane.FacetHeading:
	case line.Kind == pane.FacetMore:
		m.openFilter()
		f := m.top().(*filtering)
		f.field.SetValue(f.text() + line.Field.String() + ":")
		f.field.CursorEnd()
		f.typed(m)
	default:
		p.narrow(m, pane.FacetQuery{Timeline: p.outline, Field: line.Field}.Toggle(p.query, line.Count.Value, as))
	}
	return nil
}

func (p *storing) facets() *pane.Facets { return &p.columns[p.column] }

// sideways gives the keys to another column.
func (p *storing) sideways(step int) {
	p.column = (p.column + step + len(p.columns)) % len(p.columns)
}

// back stops loading or, where there is no list to go back to, counting, or drops the
// last term. It reports false if the place is to be left.
func (p *storing) back(m *model) bool {
	switch n := len(p.query.Terms()); {
	case p.loading:
		m.loading.Stop()
	case m.shown.Len() > 0:
		return false
	case m.running(jobStore):
		m.cancel(jobStore)
		p.why = "not counted"
	case n > 0:
		p.narrow(m, p.query.Without(n-1))
	}
	return true
}

// tooMuch says by how much the query selects too much.
func (p *storing) tooMuch() string {
	return fmt.Sprintf("%s events are %s too many: at most %s are loaded", p.events(), text.Grouped(p.counted.Events-p.store.Most()), text.Grouped(p.store.Most()))
}

// events is how many the query selects.
func (p *storing) events() string {
	if !p.counted.Exact {
		return "≈ " + text.Grouped(p.counted.Events)
	}
	return text.Grouped(p.counted.Events)
}

// say writes what stands above the columns.
func (p *storing) say(m *model) []string {
	n, key := p.counted.Events, m.keys.first
	narrow := fmt.Sprintf("Narrow it: %s includes a value, %s excludes it, %s selects a period, %s edits the filter.", key("store-include"), key("exclude-value"), key("select-time"), key("store-filter"))
	switch {
	case p.why != "":
		return []string{p.why + ".", key("reload") + " asks the database again."}
	case p.loading:
		return []string{fmt.Sprintf("Loading %s events…", p.events()), key("back") + " stops."}
	case n < 0:
		return []string{"Counting…", narrow}
	case n == 0 && p.counted.Exact:
		return []string{"No event matches this filter.", key("undo") + " undoes the last choice; " + key("back") + " drops the last term."}
	case p.fits():
		events := "events"
		if n == 1 {
			events = "event"
		}
		return []string{fmt.Sprintf("%s %s: %s loads them.", p.events(), events, key("load")), narrow}
	}
	return []string{"Too much to load. " + p.tooMuch() + ".", narrow}
}

// storeColumns are the fields of each column.
func storeColumns(w int) [][]timeline.Field {
	switch {
	case w >= 150 && w < pane.Unwrapped:
		return [][]timeline.Field{{timeline.StatusField, timeline.TopicField}, {timeline.ActorField}, {timeline.PlaceField}}
	case w >= 90 && w < pane.Unwrapped:
		return [][]timeline.Field{{timeline.StatusField, timeline.TopicField}, {timeline.ActorField, timeline.PlaceField}}
	}
	return [][]timeline.Field{storeFields}
}

// lay lays everything out in the room that there is.
func (p *storing) lay(m *model) {
	if p.said = p.say(m); p.h < 18 && p.why == "" {
		p.said = p.said[:1]
	}
	if fields := storeColumns(p.w); len(fields) != len(p.columns) {
		p.columns, p.column = make([]pane.Facets, len(fields)), min(p.column, len(fields)-1)
		for i := range fields {
			p.columns[i].Fields = fields[i]
		}
		p.hand()
	}
	high := p.h - p.saidHeight()
	if m.Line {
		high = linesAPage * 6
	}
	for i := range p.columns {
		p.columns[i].Resize(p.columnWidth(i), max(1, high))
		p.columns[i].Lay()
	}
}

// columnWidth shares the width, less a rule between columns.
func (p *storing) columnWidth(i int) int {
	n := len(p.columns)
	return (p.w-n+1)*(i+1)/n - (p.w-n+1)*i/n
}

// saidHeight is the height of what is said: a blank row before and one after.
func (p *storing) saidHeight() int {
	n := 2
	for _, said := range p.said {
		n += len(text.Wrap(said, p.w-4))
	}
	return min(n, max(0, p.h-1))
}

func (p *storing) about(m *model) about {
	hints := []hint{{"store-include", "include"}, {"exclude-value", "exclude"}, {"store-filter", "filter"}, {"select-time", "select time"}}
	if p.fits() {
		hints = append([]hint{{"load", "load"}}, hints...)
	}
	if len(p.past) > 0 {
		hints = append(hints, hint{"undo", "undo"})
	}
	hints = append(hints, hint{"help", "help"}, hint{"quit", "quit"})
	return about{"database", []scope{inStore, inPage}, hints}
}

func (*storing) waits(*model, *action) bool { return false }
func (*storing) covers() bool               { return false }
func (p *storing) Resize(w, h int)          { p.w, p.h = w, h }
func (p *storing) Move(n int)               { p.facets().Move(n) }
func (p *storing) MoveFar(down bool)        { p.facets().MoveFar(down) }
func (p *storing) Height() int              { return p.facets().Height() }
func (p *storing) leave(m *model)           { m.cancel(jobStore) }

// renew leaves the store when what it selected is on screen.
func (p *storing) renew(m *model) {
	if p.loading {
		m.drop(p)
	}
}

func (p *storing) View(s *pane.Styles) []string {
	high := p.saidHeight()
	lines := pane.Paragraphs(s, p.said, p.w, high)
	if high >= p.h {
		return lines[:p.h]
	}
	body := p.columns[0].View(s, p.column == 0)
	for i := 1; i < len(p.columns); i++ {
		body = pane.Beside(s, body, p.columns[i].View(s, p.column == i), p.column == i || p.column == i-1)
	}
	return append(lines, body...)
}

func (p *storing) spoken(m *model) string {
	value := ""
	if len(p.columns) > 0 {
		value = p.facets().Spoken()
	}
	return sentences(strings.TrimSuffix(p.say(m)[0], "."), value)
}

func (p *storing) footer(m *model, f *pane.Footer) {
	if f.Note.Text == "" && m.running(jobStore) {
		f.Note = pane.Note{Text: "counting…", Tone: pane.Dim}
	}
}

func (p *storing) click(m *model, x, y int) tea.Cmd {
	y -= p.saidHeight()
	for i := range p.columns {
		if w := p.columnWidth(i); x < w {
			p.column = i
			if p.columns[i].Click(y) {
				return p.mark(m, pane.Included)
			}
			return nil
		}
		x -= p.columnWidth(i) + 1
	}
	return nil
}

// estimate says for the filter prompt what a text would select.
func (p *storing) estimate(m *model, f *filtering, q timeline.Query) {
	store := p.store
	f.told = ""
	m.start(jobCount, math.MaxInt, func(ctx context.Context) func(*model) {
		n, exact, err := store.Estimate(ctx, q)
		return func(*model) {
			if err != nil {
				f.check = text.Clean(err.Error())
				return
			}
			sign := cmp.Or(map[bool]string{false: "≈ "}[exact], "")
			f.told = fmt.Sprintf("%s%s of %s", sign, text.Grouped(int(n)), text.Counted(p.counted.All, "event"))
		}
	})
}
