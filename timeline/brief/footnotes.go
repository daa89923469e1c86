package brief

import (
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/cite"
)

// footnotes numbers sources in the order they are cited. A source that several
// events cite has one number.
type footnotes struct {
	*draft
	of     detail
	number map[string]int // by key
	list   []Footnote
}

// A citation is the printed form of a source; bare omits the headline if there is
// an address to find the source by.
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

// renumber returns an event's text with the numbers of the brief's footnotes, and
// those numbers. It drops marks without a source, whose numbers other sources
// have in the brief, and, to save space, marks that follow another.
func (f *footnotes) renumber(e *timeline.Event, summary string) (rs runs, cited []int) {
	kept := false // the mark before this one was
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
		if !slices.Contains(cited, n) {
			cited = append(cited, n)
		}
	}
	return rs, cited
}
