package brief

import (
	"fmt"
	"html"
	"io"
	"strings"

	"dateline/timeline/edtf"
)

// WriteHTML writes a brief as a self-contained page of HTML: no script, no
// network, its style inside. A brief that fits one page as text prints on one
// page of that paper; see style.
func WriteHTML(w io.Writer, b *Brief) error {
	h := &hypertext{cited: make(map[int]bool)}
	h.head(b)
	h.say("<header>\n<h1>%s</h1>\n<p>%s.</p>\n<p>%s</p>\n</header>\n", html.EscapeString(b.Heading()), html.EscapeString(b.Scope), html.EscapeString(b.When()))
	for _, s := range b.sections() {
		h.section(&s)
	}
	h.sources(b.Sources)
	h.say("<footer>%s</footer>\n</main>\n</body>\n</html>\n", html.EscapeString(b.Foot()))
	_, err := io.WriteString(w, h.String())
	return err
}

// hypertext is a page in the making.
type hypertext struct {
	strings.Builder
	cited map[int]bool // footnotes with a reference
}

func (h *hypertext) say(format string, args ...any) { fmt.Fprintf(h, format, args...) }

func (h *hypertext) head(b *Brief) {
	h.say("<!DOCTYPE html>\n<html%s>\n<head>\n<meta charset=\"utf-8\">\n", lang(b.Language))
	h.say("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	h.say("<meta name=\"referrer\" content=\"no-referrer\">\n")
	h.say("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	h.say("<title>%s</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<main>\n", html.EscapeString(b.Heading()), style, sheet(b.Paper))
}

// sheet is the style of a sheet of paper. It makes main as high as the space
// between the margins.
func sheet(p Paper) string {
	switch p {
	case A4:
		return "@page { size: A4; margin: 10mm 15mm; }\n@media print { main { height: 276mm; } }\n"
	case Letter:
		return "@page { size: letter; margin: 10mm 15mm; }\n@media print { main { height: 258mm; } }\n"
	}
	return "@page { margin: 10mm 15mm; }\n"
}

// open begins a section that is named by its heading.
func (h *hypertext) open(id, heading string) {
	h.say("<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, html.EscapeString(heading))
}

func (h *hypertext) close() { h.say("</section>\n") }

func (h *hypertext) section(s *section) {
	heading := s.name + s.aside
	if s.summary != "" {
		heading += ": " + s.summary
	}
	h.open(s.id, heading)
	if s.blank {
		h.say("<p class=\"write\" aria-label=\"a line to write on\"></p>\n")
	}
	h.element("p", s.paragraph)
	for _, e := range s.entries {
		h.say("<article>\n")
		h.element("h3", e.head)
		h.element("p", e.text)
		h.element("p", e.caveat)
		h.say("</article>\n")
	}
	if len(s.items) > 0 {
		h.say("<ul>\n")
		for _, item := range s.items {
			h.element("li", item)
		}
		h.say("</ul>\n")
	}
	if len(s.pairs) > 0 {
		h.say("<table>\n<thead><tr><th scope=\"col\">Claimed</th><th scope=\"col\">Denied or answered</th></tr></thead>\n<tbody>\n")
		for _, pair := range s.pairs {
			h.say("<tr><td>")
			h.runs(pair[0])
			h.say("</td><td>")
			h.runs(pair[1])
			h.say("</td></tr>\n")
		}
		h.say("</tbody>\n</table>\n")
	}
	h.close()
}

// element writes an element on a line of its own, unless it would be empty.
func (h *hypertext) element(name string, rs runs) {
	if len(rs) > 0 {
		h.say("<%s>", name)
		h.runs(rs)
		h.say("</%s>\n", name)
	}
}

func (h *hypertext) runs(rs runs) {
	end := ""
	for _, r := range rs {
		text := html.EscapeString(r.text)
		switch r.role {
		case dateRun:
			h.WriteString(dated(r.date, text))
		case statusRun:
			h.say("<span class=\"status\">%s</span>", text)
		case basisRun:
			h.say("<span class=\"basis\">%s", text)
			end = "</span>"
		case foreignRun:
			h.say("<span%s>%s</span>", lang(r.language), text)
		case noteRun:
			h.note(r.note)
		default:
			h.WriteString(text)
		}
	}
	h.WriteString(end)
}

// dated writes a date in words; a whole day is marked up for machines too.
func dated(d edtf.Date, words string) string {
	from, known := d.Earliest()
	if known && from.String() == d.String() {
		return fmt.Sprintf("<time datetime=\"%s\">%s</time>", from, words)
	}
	return words
}

// note links to a footnote, which links back to where it is cited first.
func (h *hypertext) note(n int) {
	id := ""
	if !h.cited[n] {
		h.cited[n] = true
		id = fmt.Sprintf(" id=\"cited-%d\"", n)
	}
	h.say("<a%s class=\"note\" href=\"#source-%d\">[%d]</a>", id, n, n)
}

func (h *hypertext) sources(sources []Footnote) {
	if len(sources) == 0 {
		return
	}
	h.open("sources", "Sources")
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
	h.close()
}

// link writes an address as it is shown. Only an http or https address becomes a
// link.
func link(url, shown string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return html.EscapeString(shown)
	}
	return fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(url), html.EscapeString(shown))
}

// lang is the attribute of a language, if that is known.
func lang(tag string) string {
	if tag == "" {
		return ""
	}
	return fmt.Sprintf(" lang=\"%s\"", html.EscapeString(tag))
}

// style suits a wide screen, a telephone, a dark screen, and black ink on paper.
//
// On paper no type is smaller than 9 points, whatever the content. The 60 lines
// of a page of text are lower than A4, and 58 lower than Letter; a line of 80
// cells, even in capitals, is narrower than either. So a page of text is a page
// on paper. Only the space between parts shrinks.
const style = `:root { color-scheme: light dark; --ink: #111; --paper: #fff; --faint: #595959; --rule: #bbb; --link: #0b4a8f; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #161616; --faint: #a8a8a8; --rule: #4a4a4a; --link: #8ab4f8; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "Noto Sans CJK KR", sans-serif; }
h1 { font-size: 1.35rem; line-height: 1.25; }
h2 { margin: 1.4rem 0 .3rem; border-bottom: 1px solid var(--rule); font-size: .9rem; text-transform: uppercase; }
h3 { margin-top: .7rem; font-size: 1rem; }
.basis { font-weight: normal; color: var(--faint); }
ul, ol { list-style: none; }
li { padding-left: 1.2em; text-indent: -1.2em; }
.write { height: 2rem; border-bottom: 1px solid var(--ink); }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-weight: normal; color: var(--faint); }
td { padding: .2rem .6rem .2rem 0; vertical-align: top; }
a { color: var(--link); }
.note, .back { text-decoration: none; }
footer { margin-top: 1.4rem; border-top: 1px solid var(--rule); color: var(--faint); }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #000; --rule: #999; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 11.7pt; }
  main { display: flex; flex-direction: column; }
  main * { flex: none; }
  section, article { display: contents; }
  section::before { content: ""; flex: 0 1 12pt; }
  article::before { content: ""; flex: 0 1 5pt; }
  h1 { font-size: 12pt; line-height: 14pt; }
  h2 { margin: 0; border: 0; font-size: 9pt; }
  h3 { margin: 0; font-size: 9.5pt; }
  footer { margin-top: auto; border: 0; }
  td { padding: 0 6pt 0 0; }
  thead, .back { display: none; }
  .write { height: 11.7pt; }
  a { text-decoration: none; }
}
`
