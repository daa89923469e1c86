package brief

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"

	"github.com/charmbracelet/x/ansi"
)

// A draft is a brief before it is fitted.
type draft struct {
	t         *timeline.Timeline
	opt       Options
	selection timeline.Selection
	head      Brief           // the part that is the same however much fits
	order     []int           // selected events that could fit or be named, the most important first
	priority  map[int]int     // of each event in order; 0 is the highest
	most      int             // the most events that could fit
	named     map[int]int     // by position in the register: how many selected events name the actor
	fresh     map[string]bool // ids of new events
	citations map[*timeline.Source]*citation
	sentences map[int][]string
}

// mostDropped is the most events that Dropped lists.
const mostDropped = 100

// The longest texts on paper, in cells; longer ones are cut.
const (
	longestTitle   = 240
	longestText    = 600
	longestName    = 60
	longestAddress = 320
	oneLine        = PageWidth - 4 // an address alone on its line
)

func newDraft(t *timeline.Timeline, q timeline.Query, opt Options) *draft {
	d := &draft{
		t: t, opt: opt, selection: t.Select(q),
		priority: make(map[int]int), fresh: make(map[string]bool), citations: make(map[*timeline.Source]*citation), sentences: make(map[int][]string),
	}
	d.opt.Title = d.clip(cmp.Or(opt.Title, t.Title), longestTitle)
	d.opt.BottomLine = d.clip(cmp.Or(opt.BottomLine, t.BottomLine), longestText)
	d.opt.LeftOut = d.clip(opt.LeftOut, longestName)
	if opt.fitted() {
		d.opt.File = clipPath(opt.File, longestName)
	}
	d.head = Brief{
		Query: q, Scope: d.clip(t.Scope(q), longestTitle), Period: period(t, d.selection), Language: t.Language,
		Selected: d.selection.Len(), Total: t.Len(), Uncertain: d.selection.Uncertain,
	}
	d.most = opt.room(d.selection.Len())
	d.order, d.head.Musts = byPriority(t, d.selection, d.most+mostDropped)
	for n, i := range d.order {
		d.priority[i] = n
	}
	if opt.Since != nil {
		for _, c := range opt.Since.List {
			if c.New {
				d.fresh[c.ID] = true
			}
		}
	}
	d.count()
	return d
}

// room is an upper bound on how many of these events fit.
func (o *Options) room(events int) int {
	const fewestWords = 3 // a year, a status, a title
	if lines := o.Paper.Lines(); lines > 0 {
		events = min(events, lines)
	}
	if o.Minutes > 0 {
		events = int(min(float64(events), o.Minutes*aloud/fewestWords+1))
	}
	return events
}

// clip cuts text to a number of cells if the brief is to fit.
func (d *draft) clip(text string, cells int) string {
	if !d.opt.fitted() {
		return text
	}
	return clip(text, cells)
}

// clip cuts text to a number of cells.
func clip(text string, cells int) string { return ansi.Truncate(text, cells, "…") }

// clipPath cuts the path of a file at its start.
func clipPath(path string, cells int) string {
	return ansi.TruncateLeft(path, max(0, ansi.StringWidth(path)-cells), "…")
}

// count counts how many selected events name each actor whose role or native name
// is in the register.
func (d *draft) count() {
	d.named = make(map[int]int)
	register := d.t.Register()
	for _, i := range d.selection.All() {
		for _, n := range d.t.Registered(i) {
			if register[n].Role != "" || len(register[n].Native) > 0 {
				d.named[n]++
			}
		}
	}
}

// brief makes the brief with so much detail.
func (d *draft) brief(of detail) *Brief {
	b := d.head
	b.Options = d.opt
	shown := slices.Sorted(slices.Values(d.order[:of.events]))
	if b.Newest {
		slices.Reverse(shown)
	}
	notes := footnotes{draft: d, of: of, number: make(map[string]int)}
	marked := make(map[string]bool) // new events that are shown
	for _, i := range shown {
		e := d.entry(i, of, &notes)
		if e.New {
			marked[e.ID] = true
		}
		b.Events = append(b.Events, e)
	}
	if b.Since != nil {
		b.Since = b.Since.first(of.changes, marked)
	}
	b.Disputes = d.disputes(shown, b.Events, of.disputes, &notes)
	if of.origins > 0 {
		b.OneOrigin = d.oneOrigin(shown)
	}
	b.People = d.people(shown, of.people)
	b.Sources = notes.list
	for _, i := range d.order[of.events:min(len(d.order), of.events+mostDropped)] {
		b.Dropped = append(b.Dropped, d.t.Event(i))
	}
	b.named, b.dense = min(of.named, len(b.Dropped)), of.blanks == 0
	p := b.lay(PageWidth)
	b.words, b.lines = p.words, len(p.lines)
	return &b
}

// entry makes the entry of an event.
func (d *draft) entry(i int, of detail, notes *footnotes) Entry {
	e := d.t.Event(i)
	entry := Entry{Event: e, Title: d.clip(e.Title, longestTitle), Tier: d.t.Mark(i), New: d.fresh[e.ID]}
	if d.priority[i] < of.caveats || of.whole {
		entry.Caveat = d.clip(e.Caveat, longestText)
	}
	entry.runs, entry.Notes = notes.renumber(e, d.cut(i, of))
	entry.Text = entry.runs.String()
	switch {
	case of.whole:
		for k := range e.Sources {
			if n := notes.cite(&e.Sources[k]); !slices.Contains(entry.Notes, n) {
				entry.Notes, entry.Beside = append(entry.Notes, n), append(entry.Beside, n)
			}
		}
	case len(entry.Notes) == 0 && len(e.Sources) > 0:
		entry.Notes = []int{notes.cite(&e.Sources[0])}
		entry.Beside = entry.Notes
	}
	return entry
}

// cut returns the first sentences of a summary.
func (d *draft) cut(i int, of detail) string {
	summary := d.t.Event(i).Summary
	if of.whole {
		return summary
	}
	sentences, known := d.sentences[i]
	if !known {
		sentences = timeline.Sentences(summary)
		d.sentences[i] = sentences
	}
	n := 0
	if d.priority[i] < of.first {
		n++
	}
	if d.priority[i] < of.second {
		n++
	}
	if n >= len(sentences) {
		return summary
	}
	if n == 0 {
		return ""
	}
	return strings.TrimRight(strings.Join(sentences[:n], ""), " ") + " …"
}

// disputes pairs every shown claim or denial with its counterpart, shown or not.
// Of too many pairs it keeps the most important.
func (d *draft) disputes(shown []int, entries []Entry, most int, notes *footnotes) []Dispute {
	type pair struct{ claim, denial int }
	found := make(map[pair]bool)
	for _, i := range shown {
		for _, j := range d.t.Answers(i) {
			found[pair{j, i}] = true
		}
		for _, j := range d.t.AnsweredBy(i) {
			found[pair{i, j}] = true
		}
	}
	side := func(i int) Side {
		s := Side{Event: d.t.Event(i)}
		s.Title = d.clip(s.Event.Title, longestTitle)
		if k := slices.Index(shown, i); k >= 0 {
			s.Notes = entries[k].Notes[:min(1, len(entries[k].Notes))]
		} else if len(s.Sources) > 0 {
			s.Notes = []int{notes.cite(&s.Sources[0])}
		}
		return s
	}
	byDate := func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.claim, b.claim), cmp.Compare(a.denial, b.denial))
	}
	priority := func(p pair) int {
		first := len(d.order)
		for _, i := range []int{p.claim, p.denial} {
			if priority, known := d.priority[i]; known {
				first = min(first, priority)
			}
		}
		return first
	}
	pairs := slices.SortedFunc(maps.Keys(found), func(a, b pair) int {
		return cmp.Or(cmp.Compare(priority(a), priority(b)), byDate(a, b))
	})
	pairs = pairs[:min(len(pairs), most)]
	slices.SortFunc(pairs, byDate)
	var disputes []Dispute
	for _, p := range pairs {
		disputes = append(disputes, Dispute{side(p.claim), side(p.denial)})
	}
	return disputes
}

// oneOrigin groups the shown events that have a single origin by that origin, the
// largest group first.
func (d *draft) oneOrigin(shown []int) []Origin {
	var origins []Origin
	at := make(map[string]int)
	for _, i := range shown {
		if _, origins := d.t.Counts(i); origins != 1 {
			continue
		}
		e := d.t.Event(i)
		if len(e.Sources) == 0 {
			continue // unreadable now
		}
		name := e.Sources[0].Origin()
		key := cmp.Or(text.Fold(name), name)
		k, known := at[key]
		if !known {
			k = len(origins)
			at[key] = k
			origins = append(origins, Origin{Name: name})
		}
		origins[k].Events = append(origins[k].Events, e)
	}
	slices.SortStableFunc(origins, func(a, b Origin) int { return cmp.Compare(len(b.Events), len(a.Events)) })
	return origins
}

// people lists the actors that the shown events name, the most frequently named
// first, but states, which need no introduction, last.
func (d *draft) people(shown []int, most int) []Mention {
	named := make(map[int]bool)
	for _, i := range shown {
		for _, n := range d.t.Registered(i) {
			if d.named[n] > 0 {
				named[n] = true
			}
		}
	}
	state := func(m Mention) int {
		if m.Kind == "state" {
			return 1
		}
		return 0
	}
	register := d.t.Register()
	var people []Mention
	for n := range named {
		people = append(people, Mention{register[n], d.named[n]})
	}
	slices.SortFunc(people, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(state(a), state(b)), cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name))
	})
	return people[:min(len(people), most)]
}
