package brief

import (
	"cmp"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// personAsked returns the position in the register of the person whom the query
// names, if it is one; else -1.
func (d *draft) personAsked(q timeline.Query) int {
	selected, _ := q.Values(timeline.ActorField)
	if len(selected) != 1 {
		return -1
	}
	names := d.t.Named(timeline.ActorField, selected[0])
	if len(names) != 1 {
		return -1
	}
	return slices.IndexFunc(d.t.Register(), func(a timeline.Actor) bool { return a.Name == names[0] && a.Kind == "person" })
}

// people lists the people and bodies that the key points name, and those whom the
// query names: those in most key points first. States need no introduction, and
// the person who has a profile has been introduced.
func (d *draft) people(shown []int, of detail) []Mention {
	register := d.t.Register()
	in := make(map[int]int) // key points, by position in the register
	for _, i := range shown {
		if d.priority[i] >= of.points && !of.whole {
			continue
		}
		for _, n := range d.t.Registered(i) {
			if d.named[n] > 0 && register[n].Kind != "state" && n != d.person {
				in[n]++
			}
		}
	}
	selected, _ := d.head.Query.Values(timeline.ActorField)
	for _, value := range selected {
		for _, name := range d.t.Named(timeline.ActorField, value) {
			n := slices.IndexFunc(register, func(a timeline.Actor) bool { return a.Name == name })
			if n >= 0 && register[n].Kind != "state" && register[n].Role != "" && n != d.person {
				in[n] += len(shown)
			}
		}
	}
	var people []Mention
	for n := range in {
		people = append(people, Mention{register[n], d.named[n]})
	}
	body := func(m Mention) int {
		if m.Kind == "person" {
			return 0
		}
		return 1
	}
	slices.SortFunc(people, func(a, b Mention) int {
		position := func(m Mention) int {
			return slices.IndexFunc(register, func(r timeline.Actor) bool { return r.Name == m.Name })
		}
		return cmp.Or(cmp.Compare(body(a), body(b)), cmp.Compare(in[position(b)], in[position(a)]), cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name))
	})
	return people[:min(len(people), of.people)]
}

// meetings are the words in a title by which people meet.
var meetings = []string{"meet", "met", "talk", "visit", "receiv", "host", "summit", "greet", "welcom"}

// profile collects what the selected events say of the person asked for: words,
// denials, and whom the person met. Each list has as many as most, the last ones.
func (d *draft) profile(most int, notes *footnotes) *Profile {
	p := &Profile{Actor: d.t.Register()[d.person]}
	register := d.t.Register()
	last := make(map[int]edtf.Date)
	type saying struct {
		date   edtf.Date
		source *timeline.Source
	}
	var said []saying
	for _, i := range d.selection.All() {
		e := d.t.Event(i)
		for k := range e.Sources {
			s := &e.Sources[k]
			by, _, _ := strings.Cut(s.QuoteBy, ",")
			again := func(other saying) bool { return other.source.Quote == s.Quote }
			if s.Quote != "" && d.t.Actor(by).Name == p.Name && !slices.ContainsFunc(said, again) {
				said = append(said, saying{e.Date, s})
			}
		}
		leads := d.t.First(timeline.ActorField, i) == p.Name
		if leads && len(e.Denies) > 0 {
			p.Denied = append(p.Denied, Side{Event: e, Title: d.clip(e.Title, longestTitle)})
		}
		title := " " + text.Fold(e.Title)
		if !slices.ContainsFunc(meetings, func(stem string) bool { return strings.Contains(title, " "+stem) }) {
			continue
		}
		if e.Status != timeline.Confirmed && e.Status != timeline.Reported && e.Status != timeline.NotStated {
			continue
		}
		for _, n := range d.t.Registered(i) {
			if register[n].Kind == "person" && n != d.person && d.titleNames(i, register[n].Name) && (leads || d.titleNames(i, p.Name)) {
				last[n] = e.Date
			}
		}
	}
	for _, q := range lastOf(said, most) {
		p.Said = append(p.Said, Quotation{q.date, d.clip(q.source.Quote, longestTitle), notes.cite(q.source)})
	}
	p.Denied = lastOf(p.Denied, most)
	for k := range p.Denied {
		p.Denied[k].Notes = notes.first(p.Denied[k].Event)
	}
	for n, date := range last {
		p.Met = append(p.Met, Meeting{register[n].Name, date})
	}
	slices.SortFunc(p.Met, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(earliest(b.Last), earliest(a.Last)), cmp.Compare(a.Name, b.Name))
	})
	p.Met = p.Met[:min(len(p.Met), 2*most)]
	return p
}

// lastOf returns the last n of a list.
func lastOf[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }
