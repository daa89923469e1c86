package format

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// This file is the end of reading: what stands beside the events, and what is wrong.

// readFrames reads what the files hold beside their events: what they say of
// themselves, and their registers.
func (in *ingest) readFrames() (about timeline.About) {
	w := in.worker()
	in.known = Original{read: in.written}
	for i, f := range in.frames {
		own := about
		if ofTable := in.states[i].about; ofTable != (timeline.About{}) {
			own = ofTable
		}
		if f != nil {
			d := newDecoder(f.text)
			d.readDocument(&own)
			for _, a := range d.actors {
				in.known.actors = append(in.known.actors, f.text[a.at:a.end])
				in.actors = append(in.actors, registered{a.Actor, location{i, f.at(a.at)}})
			}
			in.known.keep(d.further)
			w.state = state{}
			w.take(d, i, f.at)
			w.merge(i)
			if d.refused && in.states[i].refused == nil {
				p := d.problems[len(d.problems)-1]
				p.where = location{i, f.at(int(p.where.at))}
				in.states[i].refused = &p
			}
		}
		if about.Title == "" {
			about = own
		}
	}
	w.indexer.Flush()
	return about
}

// checkEmpty reports files without an event. Dateline writes such files itself; of
// another format they are a mistake, and no timeline if there is no other file.
func (in *ingest) checkEmpty() {
	any := slices.ContainsFunc(in.states, func(s state) bool { return s.good > 0 })
	for i := range in.states {
		s := &in.states[i]
		_, faulty := in.problems.firstError[i]
		if s.found > 0 || s.good > 0 || s.refused != nil || s.malformed || faulty || in.files[i].Frame != "" {
			continue
		}
		p := Problem{Text: "the file has no events", Warning: true, where: location{file: i}}
		if t := in.tables[i]; t != nil {
			p.Warning = t.row.mapping == &ownCSV
			if _, is := t.syntax.(*csvSyntax); is {
				p.Text = "there are no events below the header"
			}
		}
		in.problems.add(p)
		if !p.Warning && !any {
			s.refused = &p
		}
	}
}

// checkRegister warns of names that two actors of the register have.
func (in *ingest) checkRegister() {
	owner := make(map[string]string)
	for _, a := range in.actors {
		for _, name := range a.Names() {
			if of, taken := owner[name]; taken && of != a.Name {
				in.problems.add(Problem{Field: fieldOf("name", name), Text: fmt.Sprintf("%s and %s both have this name", of, a.Name), Warning: true, where: a.where})
			}
			owner[name] = a.Name
			in.names = append(in.names, name)
		}
	}
}

// mostSuggested is for how many unknown actors the most similar name of the
// register is looked up, which takes time.
const mostSuggested = 100

// issue reports what shows only once all files are read.
func (in *ingest) issue(issue timeline.Issue) {
	p := Problem{Event: issue.ID, where: locationOf(issue.Event)}
	switch issue.Kind {
	case timeline.TakenID:
		state := &in.states[issue.Event.File]
		p.Kind, p.Text, p.other = "id "+issue.ID, "this id is taken; ids must be unique", new(locationOf(issue.Other))
		if in.same(issue.Event, issue.Other) {
			state.found--
			return
		}
		if issue.Event.File != issue.Other.File {
			p.Text = "another file has this id with other content"
		}
		state.leftOut++
	case timeline.AnswersItself:
		p.Field, p.Text = fieldOf("answers", issue.Name), "an event does not answer itself"
	case timeline.UnknownAnswer:
		p.Field, p.Text, p.Warning = fieldOf("answers", issue.Name), "there is no event with this id", true
		if issue.Name != "" && in.leftOut[maphash.String(in.seed, issue.Name)] {
			p.Text = "the event with this id is left out"
		}
	case timeline.UnknownActor:
		if in.tables[issue.Event.File] != nil || in.unknown[issue.Name] {
			return // other formats know no register
		}
		in.unknown[issue.Name] = true
		p.Field, p.Text, p.Warning = fieldOf("actors", issue.Name), in.unregistered(issue.Name), true
	}
	if behind, is := in.problems.settled(in.problems.keyOf(&p)); !is || p.where.compare(behind) <= 0 {
		in.point(&p, issue)
	}
	in.problems.add(p)
}

func locationOf(e timeline.Extent) location { return location{e.File, e.At} }

// point makes a problem point at the value that an issue is about.
func (in *ingest) point(p *Problem, issue timeline.Issue) {
	if issue.Kind == timeline.TakenID || in.tables[issue.Event.File] != nil {
		return
	}
	if in.pointed == nil || in.pointedAt != issue.Event { // an event may have many issues
		record, err := in.text(issue.Event)
		if err != nil {
			return
		}
		in.pointed, in.pointedAt = newDecoder(record), issue.Event
		in.pointed.readEvent()
	}
	d := in.pointed
	if len(d.events) != 1 {
		return
	}
	e := &d.events[0]
	if issue.Kind == timeline.UnknownActor {
		k := slices.IndexFunc(e.Actors, func(name string) bool { return text.Clean(name) == issue.Name })
		p.where.at += int64(e.offsets.actors[max(k, 0)])
		return
	}
	field, ids, offsets, k := "answers", e.Answers, e.offsets.answers, issue.Nth
	if k >= len(ids) {
		field, ids, offsets, k = "denies", e.Denies, e.offsets.denies, k-len(ids)
	}
	p.Field = fieldOf(field, ids[k])
	p.where.at += int64(offsets[k])
}

func (in *ingest) unregistered(name string) string {
	if len(in.unknown) <= mostSuggested {
		if near := text.Nearest(name, in.names); near != "" {
			return fmt.Sprintf("the register has no such actor; did you mean %s?", near)
		}
	}
	return "the register has no such actor"
}

// stray says that a file is no timeline.
func stray(p Problem) string {
	if why, ok := strings.CutPrefix(p.Text, "this is not a timeline"); ok {
		return p.File + " is no timeline" + why
	}
	return p.File + " is no timeline: " + p.Text
}

// report says how reading went.
func (in *ingest) report() (Report, error) {
	list := in.problems.list()
	r := Report{errors: in.problems.errors, warnings: in.problems.warnings, original: in.known}
	n := len(list)
	var refused []int // files
	sound := false    // there is another
	for i, s := range in.states {
		r.Found += s.found
		r.LeftOut += s.leftOut
		if p, known := in.problems.firstError[i]; s.refused == nil && s.malformed && s.good == 0 && known {
			s.refused = &p
		}
		if s.refused == nil {
			sound = true
			continue
		}
		list = append(list[:n+len(refused):n+len(refused)], *s.refused)
		refused = append(refused, i)
	}
	located, err := locate(in.files, list)
	if err != nil {
		return r, err
	}
	for k, i := range refused {
		if p := located[n+k]; in.files[i].In == "" || !sound {
			r.refused = cmp.Or(r.refused, errors.New(p.String()))
		} else {
			r.Strays = append(r.Strays, stray(p))
		}
	}
	r.Problems = located[:n:n]
	if n == 0 {
		r.Problems = nil
	}
	return r, nil
}
