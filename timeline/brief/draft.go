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

// A draft is a brief of which it is not yet known how much fits.
type draft struct {
	t         *timeline.Timeline
	opt       Options
	selection timeline.Selection
	head      Brief           // what does not depend on that
	order     []int           // selected events, the most important first; of many, as many as could fit or be named
	rank      map[int]int     // their places in that order
	most      int             // how many could fit at most
	named     map[int]int     // by place in the register: how many of the selected events name the actor
	fresh     map[string]bool // ids of events that are new
	citations map[*timeline.Source]*citation
	sentences map[int][]string
}

// mostDropped is how many of the events that did not fit a brief knows.
const mostDropped = 100

// On paper, longer text is cut, in cells.
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
		rank: make(map[int]int), fresh: make(map[string]bool), citations: make(map[*timeline.Source]*citation), sentences: make(map[int][]string),
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
	d.order, d.head.Musts = foremost(t, d.selection, d.most+mostDropped)
	for place, i := range d.order {
		d.rank[i] = place
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

// room is how many of so many events could fit at the very most.
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

// clip cuts text to a number of cells on paper.
func (d *draft) clip(text string, cells int) string {
	if !d.opt.fitted() {
		return text
	}
	return clip(text, cells)
}

// clip cuts text to a number of cells.
func clip(text string, cells int) string { return ansi.Truncate(text, cells, "…") }

// clipPath cuts the path of a file, which is known by its end.
func clipPath(path string, cells int) string {
	return ansi.TruncateLeft(path, max(0, ansi.StringWidth(path)-cells), "…")
}

// count counts how many of the selected events name each actor of which the
// register says something.
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

// brief makes the brief with as much as a detail allows.
func (d *draft) brief(of detail) *Brief {
	b := d.head
	b.Options = d.opt
	shown := slices.Sorted(slices.Values(d.order[:of.events]))
	if b.Newest {
		slices.Reverse(shown)
	}
	notes := footnotes{draft: d, of: of, number: make(map[string]int)}
	marked := make(map[string]bool) // events shown as new
	for _, i := range shown {
		e := d.tell(i, of, &notes)
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

// tell tells of an event as much as there is room for.
func (d *draft) tell(i int, of detail, notes *footnotes) Entry {
	e := d.t.Event(i)
	told := Entry{Event: e, Title: d.clip(e.Title, longestTitle), Tier: d.t.Mark(i), New: d.fresh[e.ID]}
	if d.rank[i] < of.caveats || of.whole {
		told.Caveat = d.clip(e.Caveat, longestText)
	}
	told.runs, told.Notes = notes.renumber(e, d.cut(i, of))
	told.Text = told.runs.String()
	switch {
	case of.whole:
		for k := range e.Sources {
			if n := notes.cite(&e.Sources[k]); !slices.Contains(told.Notes, n) {
				told.Notes, told.Beside = append(told.Notes, n), append(told.Beside, n)
			}
		}
	case len(told.Notes) == 0 && len(e.Sources) > 0:
		told.Notes = []int{notes.cite(&e.Sources[0])}
		told.Beside = told.Notes
	}
	return told
}

// cut cuts a summary at the end of a sentence.
func (d *draft) cut(i int, of detail) string {
	summary := d.t.Event(i).Summary
	if of.whole {
		return summary
	}
	sentences, known := d.sentences[i]
	if !known {
		sentences = Sentences(summary)
		d.sentences[i] = sentences
	}
	n := 0
	if d.rank[i] < of.first {
		n++
	}
	if d.rank[i] < of.second {
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

// disputes pairs every event shown that is answered, or answers, with its
// counterpart, whether or not the counterpart is shown too. When they are too
// many, it pairs the most important.
func (d *draft) disputes(shown []int, told []Entry, most int, notes *footnotes) []Dispute {
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
			s.Notes = told[k].Notes[:min(1, len(told[k].Notes))]
		} else if len(s.Sources) > 0 {
			s.Notes = []int{notes.cite(&s.Sources[0])}
		}
		return s
	}
	byDate := func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.claim, b.claim), cmp.Compare(a.denial, b.denial))
	}
	matter := func(p pair) int {
		place := len(d.order)
		for _, i := range []int{p.claim, p.denial} {
			if rank, known := d.rank[i]; known {
				place = min(place, rank)
			}
		}
		return place
	}
	pairs := slices.SortedFunc(maps.Keys(found), func(a, b pair) int {
		return cmp.Or(cmp.Compare(matter(a), matter(b)), byDate(a, b))
	})
	pairs = pairs[:min(len(pairs), most)]
	slices.SortFunc(pairs, byDate)
	var disputes []Dispute
	for _, p := range pairs {
		disputes = append(disputes, Dispute{side(p.claim), side(p.denial)})
	}
	return disputes
}

// oneOrigin gathers the events shown that rest on one origin only, by that
// origin: the one that most rest on first.
func (d *draft) oneOrigin(shown []int) []Origin {
	var origins []Origin
	at := make(map[string]int)
	for _, i := range shown {
		if _, origins := d.t.Counts(i); origins != 1 {
			continue
		}
		e := d.t.Event(i)
		if len(e.Sources) == 0 {
			continue // it can no longer be read
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

// people introduces the actors that the events shown name, those that most of
// the selected events name first; but states last, which need it least.
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
