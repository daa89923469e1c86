package brief

import (
	"fmt"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A section of a brief's page is a heading and the text under it: a paragraph,
// entries, items or pairs. Text, Markdown and HTML all render these sections;
// the title above them and the sources and foot below them come from the Brief.
type section struct {
	id        string // for links
	name      string
	aside     string // part of the heading, such as (12 of 30)
	summary   string
	paragraph runs
	blank     bool // a line to write on
	entries   []entry
	items     []runs
	pairs     [][2]runs // a claim and its denial
	uncounted bool      // not part of the reading time
}

// An entry is an event. Without text, its footnotes are in the head.
type entry struct{ head, text, caveat runs }

// Runs are a paragraph. A run is text of one role.
type (
	runs []run
	run  struct {
		role     role
		text     string
		date     edtf.Date
		language string
		note     int // the number of a footnote
	}
	role uint8
)

const (
	plainRun   role = iota
	dateRun         // has a date
	statusRun       // of an entry
	titleRun        // of an event
	basisRun        // the sources and origins of an entry; the last in its head but for notes
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

// sections returns the sections of the page in order.
func (b *Brief) sections() []section {
	sections := []section{{id: "bottom-line", name: "Bottom line", blank: true}}
	if b.BottomLine != "" {
		sections[0].paragraph, sections[0].blank = plain(b.BottomLine), false
	}
	if c := b.Since; c != nil && c.Since != "" {
		sections = append(sections, section{id: "changes", name: c.Heading(), summary: c.Summary(), items: each(c.Lines(), plain)})
	}
	sections = append(sections, section{id: "events", name: "Events", aside: " (" + b.Shown() + ")", entries: each(b.Events, Entry.entry)})
	if len(b.Disputes) > 0 {
		sections = append(sections, section{id: "disputes", name: "Claimed and denied", pairs: each(b.Disputes, func(d Dispute) [2]runs {
			return [2]runs{d.Claim.runs(), d.Denial.runs()}
		})})
	}
	if len(b.People) > 0 {
		sections = append(sections, section{id: "people", name: "Who is who", items: each(b.People, Mention.runs)})
	}
	if len(b.OneOrigin) > 0 {
		sections = append(sections, section{id: "one-origin", name: "Rests on one origin only", items: each(b.OneOrigin, Origin.runs)})
	}
	if left := b.NotShown(); left != "" {
		sections = append(sections, section{id: "left-out", name: "Left out to fit", paragraph: plain(left), uncounted: true})
	}
	return sections
}

func (e Entry) entry() entry {
	var head runs
	if e.New {
		head = plain("NEW · ")
	}
	head = append(head, run{role: dateRun, text: e.Date.Words(), date: e.Date}, run{text: " · "},
		run{role: statusRun, text: strings.ToUpper(e.Status.String())}, run{text: " · "},
		run{role: titleRun, text: e.Title}, run{text: " "}, run{role: basisRun, text: "(" + e.Rests() + ")"})
	var see runs
	if len(e.Beside) > 0 {
		verb := " See"
		if len(e.Beside) < len(e.Notes) {
			verb = " See also"
		}
		see = append(withNotes(plain(verb), e.Beside), run{text: "."})
	}
	told := entry{head: head}
	if e.Text == "" {
		told.head = append(head, see...)
	} else {
		told.text = append(e.runs[:len(e.runs):len(e.runs)], see...)
	}
	if e.Caveat != "" {
		told.caveat = plain("Caveat: " + e.Caveat)
	}
	return told
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
	return withNotes(runs{
		{role: dateRun, text: s.Date.Words(), date: s.Date}, {text: ", " + s.Status.String() + ": "}, {role: titleRun, text: s.Title},
	}, s.Notes)
}

// runs introduces an actor by every name that a reader may meet in print, and says
// how many of the selected events name it.
func (m Mention) runs() runs {
	rs := plain(m.Name)
	for i, n := range m.Native {
		rs = append(rs, run{text: []string{" (", ", "}[min(i, 1)]}, run{role: foreignRun, text: n.Name, language: n.Language})
	}
	end := ": " + text.Counted(m.Events, "event")
	if m.Role != "" {
		end = ", " + m.Role + end
	}
	if len(m.Native) > 0 {
		end = ")" + end
	}
	return append(rs, run{text: end})
}

// runs lists the events that rest on the origin, by date.
func (o Origin) runs() runs {
	dates := each(o.Events, func(e *timeline.Event) string { return e.Date.Words() })
	return plain(o.Name + ": " + strings.Join(dates, "; "))
}
