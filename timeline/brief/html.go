package brief

import (
	"fmt"
	"html"
	"io"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// WriteHTML writes a brief as a page of HTML that needs nothing else: no script,
// no network, its style inside. What fits one page as text prints on one page
// of that paper, in type of one size; see style.
func WriteHTML(w io.Writer, b *Brief) error {
	h := &hypertext{cited: make(map[int]bool), number: len(b.Sources)}
	h.head(b)
	h.say("<header>\n<h1>%s</h1>\n<p>%s.</p>\n<p>%s</p>\n</header>\n", html.EscapeString(b.Heading()), html.EscapeString(b.Scope), html.EscapeString(b.When()))
	h.section("bottom-line", "Bottom line", func() {
		if b.BottomLine == "" {
			h.say("<p class=\"write\" aria-label=\"a line to write on\"></p>\n")
		} else {
			h.say("<p>%s</p>\n", html.EscapeString(b.BottomLine))
		}
	})
	h.changes(b.Since)
	h.section("events", "Events ("+b.Shown()+")", func() {
		for i := range b.Events {
			h.event(&b.Events[i])
		}
	})
	h.disputes(b.Disputes)
	h.people(b.People)
	if len(b.OneOrigin) > 0 {
		h.section("one-origin", "Rests on one origin only", func() {
			h.say("<ul>\n")
			for _, o := range b.OneOrigin {
				h.say("<li>%s</li>\n", html.EscapeString(o.String()))
			}
			h.say("</ul>\n")
		})
	}
	if left := b.NotShown(); left != "" {
		h.section("left-out", "Left out to fit", func() { h.say("<p>%s</p>\n", html.EscapeString(left)) })
	}
	h.sources(b.Sources)
	h.say("<footer>%s</footer>\n</main>\n</body>\n</html>\n", html.EscapeString(b.Foot()))
	_, err := io.WriteString(w, h.String())
	return err
}

// hypertext is a page as it is written.
type hypertext struct {
	strings.Builder
	cited  map[int]bool // footnotes with a reference
	number int          // of footnotes
}

func (h *hypertext) say(format string, args ...any) { fmt.Fprintf(h, format, args...) }

func (h *hypertext) head(b *Brief) {
	h.say("<!DOCTYPE html>\n<html%s>\n<head>\n<meta charset=\"utf-8\">\n", lang(b.Language))
	h.say("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	h.say("<meta name=\"referrer\" content=\"no-referrer\">\n")
	h.say("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	h.say("<title>%s</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<main>\n", html.EscapeString(b.Heading()), style, sheet(b.Paper))
}

// sheet is the style of a sheet of paper, on which main is as high as its
// margins leave.
func sheet(p Paper) string {
	switch p {
	case A4:
		return "@page { size: A4; margin: 10mm 15mm; }\n@media print { main { height: 276mm; } }\n"
	case Letter:
		return "@page { size: letter; margin: 10mm 15mm; }\n@media print { main { height: 258mm; } }\n"
	}
	return "@page { margin: 10mm 15mm; }\n"
}

// section writes a section that is named by its heading.
func (h *hypertext) section(id, heading string, content func()) {
	h.say("<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, html.EscapeString(heading))
	content()
	h.say("</section>\n")
}

func (h *hypertext) changes(c *Changes) {
	if c == nil || c.Since == "" {
		return
	}
	h.section("changes", c.Heading()+": "+c.Summary(), func() {
		if len(c.List) == 0 {
			return
		}
		h.say("<ul>\n")
		for _, line := range c.Lines() {
			h.say("<li>%s</li>\n", html.EscapeString(line))
		}
		h.say("</ul>\n")
	})
}

func (h *hypertext) event(e *Entry) {
	h.say("<article>\n<h3>")
	if e.New {
		h.say("NEW · ")
	}
	h.say("%s · <span class=\"status\">%s</span> · %s <span class=\"basis\">(%s)", dated(e.Event), strings.ToUpper(e.Status.String()), html.EscapeString(e.Title), e.Rests())
	if e.Text == "" {
		h.see(e)
		h.say("</span></h3>\n")
	} else {
		h.say("</span></h3>\n<p>")
		h.footnoted(e.Text)
		h.see(e)
		h.say("</p>\n")
	}
	if e.Caveat != "" {
		h.say("<p>Caveat: %s</p>\n", html.EscapeString(e.Caveat))
	}
	h.say("</article>\n")
}

// see points at the footnotes that an event's text does not point at.
func (h *hypertext) see(e *Entry) {
	if len(e.Beside) > 0 {
		h.say(" %s", e.See())
		h.notes(e.Beside)
		h.say(".")
	}
}

// dated writes an event's date; a whole day is written for machines too.
func dated(e *timeline.Event) string {
	words := html.EscapeString(e.Date.Words())
	from, known := e.Date.Earliest()
	if known && from.String() == e.Date.String() {
		return fmt.Sprintf("<time datetime=\"%s\">%s</time>", from, words)
	}
	return words
}

func (h *hypertext) disputes(disputes []Dispute) {
	if len(disputes) == 0 {
		return
	}
	h.section("disputes", "Claimed and denied", func() {
		h.say("<table>\n<thead><tr><th scope=\"col\">Claimed</th><th scope=\"col\">Denied or answered</th></tr></thead>\n<tbody>\n")
		for _, d := range disputes {
			h.say("<tr>")
			for _, side := range []Side{d.Claim, d.Denial} {
				h.say("<td>%s, %s: %s", dated(side.Event), side.Status, html.EscapeString(side.Title))
				h.notes(side.Notes)
				h.say("</td>")
			}
			h.say("</tr>\n")
		}
		h.say("</tbody>\n</table>\n")
	})
}

func (h *hypertext) people(people []Mention) {
	if len(people) == 0 {
		return
	}
	h.section("people", "Who is who", func() {
		h.say("<ul>\n")
		for _, m := range people {
			h.say("<li>%s", html.EscapeString(m.Name))
			for i, n := range m.Native {
				h.say("%s<span%s>%s</span>", []string{" (", ", "}[min(i, 1)], lang(n.Language), html.EscapeString(n.Name))
			}
			if len(m.Native) > 0 {
				h.say(")")
			}
			if m.Role != "" {
				h.say(", %s", html.EscapeString(m.Role))
			}
			h.say(": %s</li>\n", text.Counted(m.Events, "event"))
		}
		h.say("</ul>\n")
	})
}

func (h *hypertext) sources(sources []Footnote) {
	if len(sources) == 0 {
		return
	}
	h.section("sources", "Sources", func() {
		h.say("<ol>\n")
		for i := range sources {
			s := &sources[i]
			h.say("<li id=\"source-%d\">[%d] %s", i+1, i+1, html.EscapeString(s.Note))
			if s.URL != "" {
				h.say(" %s", link(s.URL, s.Address))
			}
			if s.Copy != "" {
				h.say(" archived: %s", link(s.Archived, s.Copy))
			}
			if h.cited[i+1] {
				h.say(" <a class=\"back\" href=\"#cited-%d\" aria-label=\"back to where source %d is cited\">↑</a>", i+1, i+1)
			}
			h.say("</li>\n")
		}
		h.say("</ol>\n")
	})
}

// footnoted writes text with links to its footnotes.
func (h *hypertext) footnoted(s string) {
	for seg := range timeline.Segments(s, h.number) {
		h.WriteString(html.EscapeString(seg.Text))
		if seg.Mark != "" {
			h.note(seg.Source)
		}
	}
}

func (h *hypertext) notes(numbers []int) {
	for i, n := range numbers {
		if i == 0 {
			h.say(" ")
		}
		h.note(n)
	}
}

// note points at a footnote, which points back at where it is cited first.
func (h *hypertext) note(n int) {
	id := ""
	if !h.cited[n] {
		h.cited[n] = true
		id = fmt.Sprintf(" id=\"cited-%d\"", n)
	}
	h.say("<a%s class=\"note\" href=\"#source-%d\">[%d]</a>", id, n, n)
}

// link writes an address as it is shown; it can be followed, if it is one of the
// web.
func link(url, shown string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return html.EscapeString(shown)
	}
	return fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(url), html.EscapeString(shown))
}

// lang says of what language something is, if that is known.
func lang(tag string) string {
	if tag == "" {
		return ""
	}
	return fmt.Sprintf(" lang=\"%s\"", html.EscapeString(tag))
}
