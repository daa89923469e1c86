package brief

import (
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/text"
)

// footnotes numbers sources in the order they are cited. A source that several
// events cite has one number.
type footnotes struct {
	*draft
	of     detail
	number map[string]int // by key
	list   []Footnote
}

// A citation is the printed forms of a source.
type citation struct{ key, short, full string }

func (d *draft) citation(s *timeline.Source) *citation {
	c, known := d.citations[s]
	if known {
		return c
	}
	c = &citation{short: shortNote(s), full: cite.Note(s)}
	c.key = s.URL + " " + c.full
	d.citations[s] = c
	return c
}

// shortNote is a source in a few words: who published it, who carried it, when,
// whom it cites, and the domain where it is.
func shortNote(s *timeline.Source) string {
	var parts []string
	add := func(before, text string) {
		if text != "" && !slices.Contains(parts, before+text) {
			parts = append(parts, before+text)
		}
	}
	add("", s.Publisher)
	if s.Publisher == "" {
		add("", s.Author)
		add("", s.Title)
	}
	add("via ", s.Via)
	add("", short(s.Published))
	if s.AttributedTo != s.Publisher {
		add("citing ", s.AttributedTo)
	}
	if host := strings.TrimPrefix(s.Host(), "www."); !names(host, s.Publisher) && !names(host, s.Via) {
		add("", host)
	}
	if s.Archived != "" {
		add("", "archived")
	}
	return strings.Join(parts, ", ")
}

// names reports whether a domain is a name written as one word, such as
// themoscowtimes.com.
func names(host, name string) bool {
	word := strings.ReplaceAll(text.Fold(name), " ", "")
	return len(word) > 2 && strings.Contains(strings.ReplaceAll(host, "-", ""), word)
}

// cite returns the number of a source.
func (f *footnotes) cite(s *timeline.Source) int {
	c := f.citation(s)
	n, known := f.number[c.key]
	if known {
		return n
	}
	f.list = append(f.list, Footnote{Source: s, Short: f.clip(c.short, longestTitle), Note: c.full})
	f.number[c.key] = len(f.list)
	return len(f.list)
}

// first returns the number of the first source of an event, if it has one.
func (f *footnotes) first(e *timeline.Event) []int {
	if len(e.Sources) == 0 {
		return nil
	}
	return []int{f.cite(&e.Sources[0])}
}

// renumber returns an event's text with the numbers of the brief's footnotes, and
// those numbers. It drops marks without a source, whose numbers other sources
// have in the brief, and, to save space, marks that follow another.
func (f *footnotes) renumber(e *timeline.Event, summary string) (rs runs, cited []int) {
	kept := false // the mark before this one was
	isCited := make(map[int]bool)
	for seg := range timeline.Segments(summary, max(len(e.Sources), timeline.UnsourcedMark-1)) {
		text := seg.Text
		follows := kept && strings.Trim(text, " ") == ""
		dropped := seg.Source > len(e.Sources) || seg.Mark != "" && follows && f.of.marks == 0
		if dropped {
			text = strings.TrimRight(text, " ")
		}
		if text != "" {
			rs = append(rs, run{text: text})
		}
		if seg.Mark == "" {
			break
		}
		if dropped {
			kept = follows
			continue
		}
		n := f.cite(&e.Sources[seg.Source-1])
		rs = append(rs, run{role: noteRun, note: n})
		kept = true
		if !isCited[n] {
			isCited[n] = true
			cited = append(cited, n)
		}
	}
	return rs, cited
}
