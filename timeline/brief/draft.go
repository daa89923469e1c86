package brief

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"

	"github.com/charmbracelet/x/ansi"
)

// A draft is a brief before it is fitted.
type draft struct {
	t         *timeline.Timeline
	opt       Options
	selection timeline.Selection
	head      Brief // the part that is the same however much fits
	ranking   *ranking
	time      *strip          // without key points
	order     []int           // selected events that could fit or be named, the most important first
	priority  map[int]int     // of each event in order; 0 is the highest
	most      int             // the most events that could fit
	named     map[int]int     // by position in the register: how many selected events name the actor
	person    int             // the position in the register of the one person whom the query names, or -1
	fresh     map[string]bool // ids of new events
	citations map[*timeline.Source]*citation
	sentences map[int][]string
}

// mostDropped is the most events that Dropped lists.
const mostDropped = 100

// The longest texts on paper, in cells; longer ones are cut.
const (
	longestTitle = 240
	longestText  = 600
	longestName  = 60
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
		Query: q, Scope: d.clip(t.Scope(q), longestTitle), Period: period(t, d.selection), Reach: reach(t, opt.AsOf), Language: t.Language,
		Selected: d.selection.Len(), Total: t.Total(), Uncertain: d.selection.Uncertain, draft: d,
	}
	d.most = opt.room(d.selection.Len())
	d.ranking = newRanking(t, q)
	d.order, d.head.Musts = d.ranking.first(d.selection, d.most+mostDropped)
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
	d.person, d.time = d.personAsked(q), d.bins()
	return d
}

// room is an upper bound on how many of these events fit.
func (o *Options) room(events int) int {
	const fewestWords = 3 // a year, a status, a title
	if lines := o.Paper.Lines(); lines > 0 {
		events = min(events, 2*lines) // a printed sheet has smaller type
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
	b.Options, b.of = d.opt, of
	shown := slices.Sorted(slices.Values(d.order[:of.points+of.lines]))
	if b.Newest {
		slices.Reverse(shown)
	}
	notes := footnotes{draft: d, of: of, number: make(map[string]int)}
	marked := make(map[string]bool) // new events that are shown
	told := make(map[pair]bool)     // claims and denials that a key point has
	point := 0
	b.Events = make([]Entry, len(shown))
	for _, points := range []bool{true, false} { // footnotes are numbered in the order of the page
		for k, i := range shown {
			if points != (d.priority[i] < of.points) {
				continue
			}
			var e Entry
			if points {
				point++
				e = d.point(i, of, &notes, told)
				e.Point = point
			} else {
				e = d.line(i, of, &notes)
			}
			if e.New {
				marked[e.ID] = true
			}
			b.Events[k] = e
		}
	}
	if b.Since != nil {
		b.Since = b.Since.first(of.changes, marked)
	}
	b.Denied, b.Answered = d.pairs(shown, of, &notes, told)
	if of.origins > 0 {
		b.OneOrigin = d.oneOrigin(shown)
	}
	if d.person >= 0 {
		b.Profile = d.profile(of.people, &notes)
	}
	b.People = d.people(shown, of)
	if b.WithNotes {
		for _, i := range shown {
			if note := d.t.Note(i); note != "" {
				b.Notes = append(b.Notes, Note{d.t.Event(i), d.clip(note, longestText)})
			}
		}
	}
	b.Sources = notes.list
	for _, i := range d.order[len(shown):min(len(d.order), len(shown)+mostDropped)] {
		b.Dropped = append(b.Dropped, d.t.Event(i))
	}
	b.words = b.reading()
	return &b
}

// point makes the entry of a key point.
func (d *draft) point(i int, of detail, notes *footnotes, told map[pair]bool) Entry {
	e := d.t.Event(i)
	entry := Entry{Event: e, Title: d.clip(e.Title, longestTitle), Tier: d.t.Mark(i), New: d.fresh[e.ID]}
	if of.whole || d.doubted(e) && of.doubts > 0 || d.priority[i] < of.caveats {
		entry.Caveat = d.clip(e.Caveat, longestText)
		if !of.whole && d.priority[i] >= of.caveats {
			entry.Caveat = strings.TrimRight(timeline.Sentences(entry.Caveat + " ")[0], " ")
		}
	}
	entry.runs, entry.Notes = notes.renumber(e, d.claim(i, of))
	entry.Text = entry.runs.String()
	switch {
	case of.whole:
		isNoted := make(map[int]bool)
		for _, n := range entry.Notes {
			isNoted[n] = true
		}
		for k := range e.Sources {
			if n := notes.cite(&e.Sources[k]); !isNoted[n] {
				isNoted[n] = true
				entry.Notes, entry.Beside = append(entry.Notes, n), append(entry.Beside, n)
			}
		}
	case len(entry.Notes) == 0:
		entry.Notes = notes.first(e)
		entry.Beside = entry.Notes
	}
	for _, j := range d.denials(i, mostDenials) {
		told[pair{i, j}] = true
		entry.denial = append(entry.denial, d.denied(j, notes)...)
	}
	entry.Denial = strings.TrimSpace(entry.denial.String())
	return entry
}

// line makes the entry of a line of the chronology.
func (d *draft) line(i int, of detail, notes *footnotes) Entry {
	e := d.t.Event(i)
	entry := Entry{Event: e, Title: d.clip(e.Title, longestTitle), Tier: d.t.Mark(i), New: d.fresh[e.ID], Notes: notes.first(e)}
	entry.Beside = entry.Notes
	for _, j := range d.denials(i, 1) {
		by := d.t.Event(j)
		entry.denial = withNotes(plain("denied by "+d.speaker(j)+", "+short(by.Date)), notes.first(by))
	}
	entry.Denial = entry.denial.String()
	return entry
}

// doubted reports whether the claim of an event must not stand without its caveat.
func (d *draft) doubted(e *timeline.Event) bool {
	return e.Status == timeline.Disputed || e.Status == timeline.Alleged || e.Status == timeline.Unverified
}

// claim returns the sentences of a summary that carry its claim.
func (d *draft) claim(i int, of detail) string {
	e := d.t.Event(i)
	if of.whole {
		return e.Summary
	}
	sentences, known := d.sentences[i]
	if !known {
		sentences = timeline.Sentences(e.Summary)
		d.sentences[i] = sentences
	}
	n := 0
	if d.priority[i] < of.first {
		n++
		if e.Status == timeline.Disputed && len(d.denials(i, 1)) == 0 {
			n++ // the denial is in the summary, if anywhere
		}
	}
	if d.priority[i] < of.second {
		n = max(n, 2)
	}
	return strings.TrimRight(strings.Join(chosen(sentences, e, n), ""), " ")
}

// mostDenials is how many denials a key point tells: the most important.
const mostDenials = 1

// denials lists the most important of the events that deny event i, by date.
func (d *draft) denials(i, most int) []int {
	denials := slices.DeleteFunc(d.t.AnsweredBy(i), func(j int) bool { return !d.t.Denies(j, i) })
	slices.SortStableFunc(denials, func(a, b int) int {
		return cmp.Or(d.ranking.rank(a).compare(d.ranking.rank(b)), cmp.Compare(b, a))
	})
	denials = denials[:min(len(denials), most)]
	slices.Sort(denials)
	return denials
}

// denied tells a denial: when, who, and its title.
func (d *draft) denied(j int, notes *footnotes) runs {
	e := d.t.Event(j)
	head := " Denied, " + short(e.Date) + ": "
	if who := d.speaker(j); who != "" && !d.titleNames(j, who) {
		head += who + ": "
	}
	return append(withNotes(runs{{text: head}, {text: d.clip(e.Title, longestTitle)}}, notes.first(e)), run{text: "."})
}

// speaker is the actor that leads an event: for a denial, the one who denies.
func (d *draft) speaker(i int) string {
	return cmp.Or(d.t.Actor(d.t.First(timeline.ActorField, i)).Name, "another party")
}

// titleNames reports whether the title of an event has a name of an actor, or the
// last word of one.
func (d *draft) titleNames(i int, actor string) bool {
	title := " " + text.Fold(d.t.Event(i).Title) + " "
	a := d.t.Actor(actor)
	for _, name := range a.Names() {
		words := strings.Fields(text.Fold(name))
		if len(words) > 0 && (strings.Contains(title, " "+words[len(words)-1]) || strings.Contains(title, " "+words[0])) {
			return true
		}
	}
	return false
}

// A pair is a claim and its answer.
type pair struct{ claim, answer int }

// pairs lists claims and their denials, and statements and their replies, of which
// one is shown, and the key points do not tell. Of too many it keeps the most
// important.
func (d *draft) pairs(shown []int, of detail, notes *footnotes, told map[pair]bool) (denied, answered []Pair) {
	found := make(map[pair]bool) // whether it is a denial
	for _, i := range shown {
		for _, j := range d.t.Answers(i) {
			found[pair{j, i}] = d.t.Denies(i, j)
		}
		for _, j := range d.t.AnsweredBy(i) {
			found[pair{i, j}] = d.t.Denies(j, i)
		}
	}
	side := func(i int) Side {
		e := d.t.Event(i)
		return Side{e, d.clip(e.Title, longestTitle), notes.first(e)}
	}
	priority := func(p pair) int {
		first := len(d.order)
		for _, i := range []int{p.claim, p.answer} {
			if priority, known := d.priority[i]; known {
				first = min(first, priority)
			}
		}
		return first
	}
	list := func(denials bool, most int) []Pair {
		pairs := slices.SortedFunc(maps.Keys(found), func(a, b pair) int {
			return cmp.Or(cmp.Compare(priority(a), priority(b)), cmp.Compare(a.claim, b.claim), cmp.Compare(a.answer, b.answer))
		})
		pairs = slices.DeleteFunc(pairs, func(p pair) bool { return found[p] != denials || told[p] && !of.whole })
		pairs = pairs[:min(len(pairs), most)]
		slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.claim, b.claim), cmp.Compare(a.answer, b.answer)) })
		var list []Pair
		for _, p := range pairs {
			list = append(list, Pair{side(p.claim), side(p.answer)})
		}
		return list
	}
	return list(true, of.denied), list(false, of.answered)
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

// earliest is the day a date is filed under, for comparison.
func earliest(d edtf.Date) edtf.Day {
	day, _ := d.Filed()
	return day
}
