package brief

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/cite"
)

// footnotes numbers sources as they come to be cited: one that several events
// cite has one number.
type footnotes struct {
	*draft
	of     detail
	number map[string]int // by key
	list   []Footnote
}

// A citation is what there is to print of a source; bare is without the
// headline, if there is an address to find it by.
type citation struct{ key, full, bare string }

func (d *draft) citation(s *timeline.Source) *citation {
	c, known := d.citations[s]
	if known {
		return c
	}
	c = &citation{full: cite.Note(s)}
	c.key, c.bare = s.URL+" "+c.full, c.full
	if s.URL != "" {
		without := *s
		without.Title = ""
		c.bare = cite.Note(&without)
	}
	d.citations[s] = c
	return c
}

// cite returns the number of a source.
func (f *footnotes) cite(s *timeline.Source) int {
	c := f.citation(s)
	n, known := f.number[c.key]
	if known {
		return n
	}
	note := Footnote{Source: s, Note: f.clip(c.full, longestTitle), Address: f.clip(s.URL, longestAddress)}
	if f.of.addresses == 0 {
		note.Address = f.clip(s.URL, oneLine)
	}
	if f.of.headlines == 0 {
		note.Note = f.clip(c.bare, longestTitle)
	}
	switch {
	case s.Archived == "":
	case f.of.archived > 0:
		note.Copy = f.clip(s.Archived, longestAddress)
	default:
		note.Note += " (archived)"
	}
	f.list = append(f.list, note)
	f.number[c.key] = len(f.list)
	return len(f.list)
}

// renumber rewrites the footnote marks of an event's text for the brief, and lists
// the footnotes. It drops marks without a source, since their numbers are those of
// other sources on the brief, and, to save space, marks that follow another.
func (f *footnotes) renumber(e *timeline.Event, summary string) (renumbered string, cited []int) {
	var b strings.Builder
	kept := false // the mark before this one was
	for seg := range timeline.Segments(summary, max(len(e.Sources), timeline.UnsourcedMark-1)) {
		follows := kept && strings.Trim(seg.Text, " ") == ""
		switch {
		case seg.Mark == "":
			b.WriteString(seg.Text)
		case seg.Source > len(e.Sources) || follows && f.of.pointers == 0:
			b.WriteString(strings.TrimRight(seg.Text, " "))
			kept = follows
		default:
			n := f.cite(&e.Sources[seg.Source-1])
			fmt.Fprintf(&b, "%s[%d]", seg.Text, n)
			kept = true
			if !slices.Contains(cited, n) {
				cited = append(cited, n)
			}
		}
	}
	return b.String(), cited
}
