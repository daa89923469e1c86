package brief

import (
	"fmt"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A section of a brief's page is a heading and what stands under it: a paragraph,
// key points, rows, items or pairs. Text, Markdown and HTML all render these
// sections; the title above them and the sources and foot below them come from the
// Brief.
type section struct {
	id        string // for links
	name      string
	aside     string // after the name
	paragraph runs
	blank     bool // a line to write on
	points    []row
	rows      []row
	items     []runs
	short     bool // the items fit columns
	pairs     [][2]runs
	sides     [2]string // what the sides of the pairs are
	more      runs      // what is not shown
}

// A row is an event: its number if it is a key point, its date, its status unless
// that is confirmed or reported, and what is told of it.
type row struct {
	number int
	date   edtf.Date
	when   string // the date in words
	status string
	text   runs
}

// Runs are a paragraph. A run is text of one role.
type (
	runs []run
	run  struct {
		role     role
		text     string
		language string
		note     int // the number of a footnote
	}
	role uint8
)

const (
	plainRun   role = iota
	leadRun         // the title of a key point, a name
	caveatRun       // what could be wrong
	denialRun       // who denies it
	foreignRun      // has a language
	noteRun         // has a note
)

func plain(s string) runs { return runs{{text: s}} }

// String returns the runs as plain text.
func (rs runs) String() string {
	var b strings.Builder
	for _, r := range rs {
		if r.role == noteRun {
			fmt.Fprintf(&b, "[%d]", r.note)
		} else {
			b.WriteString(r.text)
		}
	}
	return b.String()
}

// words counts words; a footnote mark is none, nor is a dash.
func (rs runs) words() int {
	var b strings.Builder
	for _, r := range rs {
		b.WriteString(r.text)
	}
	n := 0
	for word := range strings.FieldsSeq(b.String()) {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// reading counts the words to read: all but the sources and the foot.
func (b *Brief) reading() int {
	n := plain(b.Heading() + " " + b.Scope + " " + b.When()).words()
	for _, s := range b.sections() {
		n += plain(s.name+" "+s.aside).words() + s.paragraph.words() + s.more.words()
		for _, rows := range [][]row{s.points, s.rows} {
			for _, r := range rows {
				n += plain(r.when+" "+r.status).words() + r.text.words()
			}
		}
		for _, item := range s.items {
			n += item.words()
		}
		for _, pair := range s.pairs {
			n += pair[0].words() + pair[1].words()
		}
	}
	return n
}

// sections returns the sections of the page in order.
func (b *Brief) sections() []section {
	sections := []section{{id: "bottom-line", name: "Bottom line", blank: true}}
	add := func(s section) { sections = append(sections, s) }
	if b.BottomLine != "" {
		sections[0].paragraph, sections[0].blank = plain(b.BottomLine), false
	}
	if c := b.Since; c != nil && c.Since != "" {
		add(section{id: "changes", name: c.Heading(), aside: c.Summary(), items: each(c.Lines(), plain)})
	}
	points, lines := b.events()
	if len(points.points) > 0 {
		add(points)
	}
	if len(lines.rows) > 0 || len(lines.more) > 0 {
		add(lines)
	}
	pairs := func(id, name string, sides [2]string, pairs []Pair) {
		if len(pairs) > 0 {
			add(section{id: id, name: name, sides: sides, pairs: each(pairs, func(p Pair) [2]runs { return [2]runs{p.Claim.runs(), p.Answer.runs()} })})
		}
	}
	pairs("denied", "Claimed and denied", [2]string{"Claimed", "Denied"}, b.Denied)
	pairs("answered", "Said and answered", [2]string{"Said", "Answered"}, b.Answered)
	if b.Profile != nil {
		add(section{id: "profile", name: b.Profile.Name, items: b.Profile.items()})
	}
	if len(b.People) > 0 {
		add(section{id: "people", name: "Who is who", short: true, items: each(b.People, Mention.runs)})
	}
	if len(b.Notes) > 0 {
		add(section{id: "notes", name: "Points to make", items: each(b.Notes, func(n Note) runs {
			return plain(short(n.Date) + ": " + n.Text)
		})})
	}
	if len(b.OneOrigin) > 0 {
		add(section{id: "one-origin", name: "Rests on one origin only", items: each(b.OneOrigin, Origin.runs)})
	}
	return sections
}

// events returns the key points and the chronology. A year that all of a column
// share stands in its heading.
func (b *Brief) events() (points, lines section) {
	points, lines = section{id: "points", name: "Key points"}, section{id: "chronology", name: "Chronology"}
	for _, e := range b.Events {
		if e.Point > 0 {
			points.points = append(points.points, e.row())
		} else {
			lines.rows = append(lines.rows, e.row())
		}
	}
	for _, s := range []*section{&points, &lines} {
		if year := sharedYear(append(s.points, s.rows...)); year != "" {
			s.aside = year
			for _, rows := range [][]row{s.points, s.rows} {
				for k := range rows {
					rows[k].when = strings.TrimSuffix(rows[k].when, " "+year)
				}
			}
		}
	}
	last := &points
	if len(lines.rows) > 0 || len(points.points) == 0 {
		last = &lines
	}
	if left := b.Left(); left != "" {
		last.more = plain(left)
	}
	return points, lines
}

// sharedYear returns the year in which all dates of rows end, if there are two or
// more and a month stands before it in each.
func sharedYear(rows []row) string {
	year := ""
	for _, r := range rows {
		words := strings.Fields(r.when)
		last := ""
		if len(words) > 1 {
			last = words[len(words)-1]
		}
		if len(last) != 4 || strings.Trim(last, "0123456789") != "" || strings.Contains(r.when, "–") && strings.Count(r.when, last[:2]) > 1 || year != "" && last != year {
			return ""
		}
		year = last
	}
	if len(rows) < 2 {
		return ""
	}
	return year
}

func (e Entry) row() row {
	r := row{number: e.Point, date: e.Date, when: short(e.Date)}
	switch e.Status {
	case timeline.NotStated, timeline.Confirmed, timeline.Reported:
	default:
		r.status = e.Status.String()
	}
	if e.New {
		r.text = runs{{role: leadRun, text: "New: "}}
	}
	if e.Point == 0 {
		r.text = withNotes(append(r.text, run{text: e.Title}), e.Notes)
		if e.Denial != "" {
			r.text = append(append(r.text, run{text: "; "}), e.denial...)
		}
		return r
	}
	lead := e.Title
	if !strings.ContainsAny(lead[max(0, len(lead)-1):], ".?!") {
		lead += "."
	}
	r.text = append(r.text, run{role: leadRun, text: lead})
	if e.Text != "" {
		r.text = append(append(r.text, run{text: " "}), e.runs...)
	}
	if len(e.Beside) > 0 {
		see := ""
		if e.Text != "" {
			see = " See also"
		}
		r.text = withNotes(append(r.text, plain(see)...), e.Beside)
		if see != "" {
			r.text = append(r.text, run{text: "."})
		}
	}
	for _, d := range e.denial {
		if d.role == plainRun {
			d.role = denialRun
		}
		r.text = append(r.text, d)
	}
	if e.Caveat != "" {
		r.text = append(r.text, run{role: caveatRun, text: " Caveat: " + e.Caveat})
	}
	return r
}

// withNotes appends footnote marks after a space.
func withNotes(rs runs, notes []int) runs {
	for i, n := range notes {
		if i == 0 {
			rs = append(rs, run{text: " "})
		}
		rs = append(rs, run{role: noteRun, note: n})
	}
	return rs
}

func (s Side) runs() runs {
	head := short(s.Date)
	switch s.Status {
	case timeline.NotStated, timeline.Confirmed, timeline.Reported:
	default:
		head += ", " + s.Status.String()
	}
	return withNotes(runs{{role: leadRun, text: head + ": "}, {text: s.Title}}, s.Notes)
}

// runs introduces an actor with office and, if it is a person, by the name that a
// reader may meet in print.
func (m Mention) runs() runs { return introduction(&m.Actor) }

func introduction(a *timeline.Actor) runs {
	rs := runs{{role: leadRun, text: a.Name}}
	if a.Kind == "person" || a.Kind == "" {
		for i, n := range a.Native {
			rs = append(rs, run{text: []string{" (", ", "}[min(i, 1)]}, run{role: foreignRun, text: n.Name, language: n.Language})
		}
		if len(a.Native) > 0 {
			rs = append(rs, run{text: ")"})
		}
	}
	if a.Role != "" {
		rs = append(rs, run{text: ", " + a.Role})
	}
	return rs
}

// items are the lines of a profile.
func (p *Profile) items() []runs {
	items := []runs{introduction(&p.Actor)}
	for _, q := range p.Said {
		items = append(items, withNotes(runs{{role: leadRun, text: "Said, " + short(q.Date) + ": "}, {text: "“" + strings.Trim(q.Words, `"“”`) + "”"}}, []int{q.Note}))
	}
	for _, s := range p.Denied {
		items = append(items, withNotes(runs{{role: leadRun, text: "Denied, " + short(s.Date) + ": "}, {text: s.Title}}, s.Notes))
	}
	if len(p.Met) > 0 {
		met := each(p.Met, func(m Meeting) string { return m.Name + " (last " + short(m.Last) + ")" })
		items = append(items, runs{{role: leadRun, text: "Met: "}, {text: strings.Join(met, "; ")}})
	}
	return items
}

// runs lists the events that rest on the origin, by date.
func (o Origin) runs() runs {
	dates := each(o.Events, func(e *timeline.Event) string { return short(e.Date) })
	return runs{{role: leadRun, text: o.Name + ": "}, {text: strings.Join(dates, "; ")}}
}

// worded returns a date in words to be read aloud: uncertain and approximate dates
// say so, without a sign.
func worded(d edtf.Date) string { return spokenDate(d.Words()) }

// short is worded with the names of months cut to three letters, for a column.
func short(d edtf.Date) string { return shortMonths.Replace(worded(d)) }

var shortMonths = strings.NewReplacer("January", "Jan", "February", "Feb", "March", "Mar", "April", "Apr", "June", "Jun", "July", "Jul",
	"August", "Aug", "September", "Sep", "October", "Oct", "November", "Nov", "December", "Dec")

// spokenDate replaces the signs in the words of a date: "c. June 2024 ?" is
// "perhaps about June 2024".
func spokenDate(words string) string {
	ends := strings.Split(words, " – ")
	for i, end := range ends {
		if about, ok := strings.CutPrefix(end, "c. "); ok {
			end = "about " + about
		}
		if doubted, ok := strings.CutSuffix(end, " ?"); ok {
			end = "perhaps " + doubted
		}
		ends[i] = end
	}
	return strings.Join(ends, " – ")
}
