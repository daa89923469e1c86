package brief

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// WriteHTML writes a brief as a self-contained page of HTML: no script, no
// network, its style inside. A brief that is fitted to paper prints on one page
// of it, and fills it if something was left out.
func WriteHTML(w io.Writer, b *Brief) error {
	_, err := io.WriteString(w, newHypertext(b.Printed()).String())
	return err
}

// hypertext is a page in the making. What it writes it also measures as it prints.
type hypertext struct {
	strings.Builder
	cited  map[int]bool // footnotes with a reference
	wide   float64      // of the page within its margins, in rem
	height float64      // so far, in rem
}

func newHypertext(b *Brief) *hypertext {
	wide, _ := b.Paper.room()
	h := &hypertext{cited: make(map[int]bool), wide: wide / rem}
	h.head(b)
	h.say("<header>\n")
	h.block("h1", "", plain(b.Heading()), h.wide, face{true, 1.8}, 2.05)
	h.block("p", "scope", runs{{role: leadRun, text: b.Scope}, {text: " · " + b.When()}}, h.wide, face{size: 1}, bodyLine)
	h.say("</header>\n")
	h.strip(b.strip())
	for _, s := range b.sections() {
		h.section(&s)
	}
	h.sources(b)
	h.height += .9 + thinRule + .25
	h.block("footer", "", plain(b.Foot()), h.wide, face{size: smallSize}, smallLine)
	h.annex(b)
	h.say("</main>\n</body>\n</html>\n")
	return h
}

func (h *hypertext) say(format string, args ...any) { fmt.Fprintf(h, format, args...) }

func (h *hypertext) head(b *Brief) {
	h.say("<!DOCTYPE html>\n<html%s>\n<head>\n<meta charset=\"utf-8\">\n", lang(b.Language))
	h.say("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	h.say("<meta name=\"referrer\" content=\"no-referrer\">\n")
	h.say("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	size := map[Paper]string{A4: "A4", Letter: "letter", NoPaper: "auto"}[b.Paper]
	h.say("<title>%s</title>\n<style>\n%s@page { size: %s; margin: %gmm %gmm %gmm; }\n</style>\n</head>\n<body>\n<main>\n", html.EscapeString(b.Heading()), style, size, topMargin, sideMargin, footMargin)
}

// block writes an element with text of a face, and adds its height.
func (h *hypertext) block(name, class string, rs runs, wide float64, f face, line float64) {
	if len(rs) == 0 {
		return
	}
	attribute := ""
	if class != "" {
		attribute = fmt.Sprintf(" class=%q", class)
	}
	h.say("<%s%s>", name, attribute)
	h.runs(rs)
	h.say("</%s>\n", name)
	h.height += float64(lines(rs, wide, f)) * line
}

// lines counts the lines that runs take.
func lines(rs runs, wide float64, f face) int {
	m := newMeasured(wide)
	for k, r := range rs {
		switch {
		case r.role == noteRun:
			note := strconv.Itoa(r.note)
			if k > 0 && rs[k-1].role == noteRun {
				note = "," + note
			}
			m.add(note, face{size: f.size * noteSize})
		case r.role == leadRun:
			m.add(r.text, face{true, f.size})
		default:
			m.add(trimmed(rs, k), f)
		}
	}
	return m.count()
}

// The sizes of a footnote mark and of a status, beside the text's.
const noteSize, statusSize = .7, .72

// trimmed is the text of run k, without the blank before a raised footnote mark.
func trimmed(rs runs, k int) string {
	if k+1 < len(rs) && rs[k+1].role == noteRun {
		return strings.TrimRight(rs[k].text, " ")
	}
	return rs[k].text
}

// open begins a section that is named by its heading.
func (h *hypertext) open(id, class, heading, aside string) {
	h.say("<section%s aria-labelledby=\"%s\">\n", class, id)
	h.height += .8 + .15 + thinRule + .3
	h.say("<h2 id=\"%s\">%s", id, html.EscapeString(heading))
	if aside != "" {
		h.say(" <span>%s</span>", html.EscapeString(aside))
	}
	h.say("</h2>\n")
	m := newMeasured(h.wide)
	m.add(spaced(strings.ToUpper(heading)), face{true, smallSize})
	m.add(" "+aside, face{size: smallSize})
	h.height += float64(m.count()) * smallLine
}

// spaced stands for text whose letters are spaced by a tenth of their size.
func spaced(text string) string {
	return text + strings.Repeat("i", len([]rune(text))/2)
}

func (h *hypertext) close() { h.say("</section>\n") }

func (h *hypertext) section(s *section) {
	h.open(s.id, "", s.name, s.aside)
	if s.blank {
		h.say("<p class=\"write\" aria-label=\"a line to write on\"></p>\n")
		h.height += 1.3
	}
	body := face{size: 1}
	h.block("p", "", s.paragraph, h.wide, body, bodyLine)
	h.rows("points", s.points, face{size: 1}, bodyLine, .34)
	h.rows("rows", s.rows, face{size: rowSize}, rowLine, .08)
	switch write := func(k int) {
		h.say("<li>")
		h.runs(s.items[k])
		h.say("</li>\n")
	}; {
	case len(s.items) == 0:
	case s.short:
		h.columns("ul", s.items, body, bodyLine, write)
	default:
		h.say("<ul>\n")
		for k, item := range s.items {
			write(k)
			h.height += float64(lines(item, h.wide-hanging, body)) * bodyLine
		}
		h.say("</ul>\n")
	}
	if len(s.pairs) > 0 {
		h.pairs(s)
	}
	h.block("p", "more", s.more, h.wide, body, bodyLine)
	h.close()
}

// rows writes events with number, date and status on the left. Rows are apart by a
// gap.
func (h *hypertext) rows(class string, rows []row, f face, line, gap float64) {
	if len(rows) == 0 {
		return
	}
	numbered := rows[0].number > 0
	left := 3.0
	for _, r := range rows {
		left = max(left, width(r.when, face{numbered, f.size}))
		if numbered {
			left = max(left, width(spaced(strings.ToUpper(r.status)), face{true, statusSize}))
		}
	}
	left = min(left*slack+.1, wideDate)
	wide := h.wide - left - cellGap
	if numbered {
		wide -= wideNumber
	}
	h.say("<ol class=\"%s\" style=\"--when: %.2frem\">\n", class, left)
	for k, r := range rows {
		h.say("<li>")
		if numbered {
			h.say("<b class=\"number\">%d</b>", r.number)
		}
		h.say("<span class=\"when\">%s", dated(r.date, html.EscapeString(r.when)))
		high := float64(lines(plain(r.when), left, face{numbered, f.size})) * line
		told, status := r.text, ""
		if r.status != "" {
			status = fmt.Sprintf("<b class=\"status\">%s</b> ", html.EscapeString(r.status))
		}
		if numbered { // the status stands under the date, else before the title
			h.WriteString(status)
			if status != "" {
				high += smallLine
			}
		}
		h.say("</span> <span class=\"told\">")
		if !numbered && status != "" {
			h.WriteString(status)
			told = append(runs{{role: leadRun, text: spaced(strings.ToUpper(r.status)) + " "}}, told...)
		}
		h.runs(r.text)
		h.say("</span></li>\n")
		h.height += max(high, float64(lines(told, wide, f))*line)
		if k > 0 {
			h.height += gap
		}
	}
	h.say("</ol>\n")
}

// columns writes a list in two or three columns, whichever is lower, which a narrow
// screen joins. Each is about as high as the others. Write writes an item.
func (h *hypertext) columns(name string, items []runs, f face, line float64, write func(k int)) {
	best := divided(items, h.wide, 2, f)
	if three := divided(items, h.wide, 3, f); three.high < best.high {
		best = three
	}
	h.say("<div class=\"columns of-%d\">\n", len(best.ends))
	k := 0
	for _, end := range best.ends {
		h.say("<%s>\n", name)
		for ; k < end; k++ {
			write(k)
		}
		h.say("</%s>\n", name)
	}
	h.say("</div>\n")
	h.height += float64(best.high) * line
}

// A division is a list in columns: where each ends, and how many lines the highest
// has.
type division struct {
	ends []int
	high int
}

// divided divides items into columns as low as they can be in order.
func divided(items []runs, wide float64, count int, f face) division {
	wide = (wide-columnGap*float64(count-1))/float64(count) - hanging
	heights, total := make([]int, len(items)), 0
	for k, item := range items {
		heights[k] = lines(item, wide, f)
		total += heights[k]
	}
	for high := max(slices.Max(heights), total/count); ; high++ {
		d, column := division{high: high}, 0
		for k, n := range heights {
			if column+n > high {
				d.ends, column = append(d.ends, k), 0
			}
			column += n
		}
		for d.ends = append(d.ends, len(items)); len(d.ends) < count; {
			d.ends = append(d.ends, len(items))
		}
		if len(d.ends) == count {
			return d
		}
	}
}

func (h *hypertext) pairs(s *section) {
	wide := (h.wide - columnGap) / 2
	h.say("<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n", s.sides[0], s.sides[1])
	for _, pair := range s.pairs {
		h.say("<tr><td>")
		h.runs(pair[0])
		h.say("</td><td>")
		h.runs(pair[1])
		h.say("</td></tr>\n")
		f := face{size: 1}
		h.height += .15 + float64(max(lines(pair[0], wide, f), lines(pair[1], wide, f)))*bodyLine
	}
	h.say("</tbody>\n</table>\n")
}

func (h *hypertext) runs(rs runs) {
	for k, r := range rs {
		text := html.EscapeString(trimmed(rs, k))
		switch r.role {
		case leadRun:
			h.say("<b>%s</b>", text)
		case caveatRun:
			h.say("<i>%s</i>", text)
		case denialRun:
			h.say("<span class=\"denial\">%s</span>", text)
		case foreignRun:
			h.say("<span%s>%s</span>", lang(r.language), text)
		case noteRun:
			h.note(r.note, k > 0 && rs[k-1].role == noteRun)
		default:
			h.WriteString(text)
		}
	}
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
func (h *hypertext) note(n int, follows bool) {
	id, comma := "", ""
	if !h.cited[n] {
		h.cited[n] = true
		id = fmt.Sprintf(" id=\"cited-%d\"", n)
	}
	if follows {
		comma = ","
	}
	h.say("<sup>%s<a%s href=\"#source-%d\">%d</a></sup>", comma, id, n, n)
}

func (h *hypertext) sources(b *Brief) {
	if len(b.Sources) == 0 {
		return
	}
	h.open("sources", " class=\"sources\"", "Sources", "")
	if !b.fitted() {
		h.say("<ol>\n")
		for i := range b.Sources {
			h.source(i+1, &b.Sources[i])
		}
		h.say("</ol>\n")
		h.close()
		return
	}
	items := each(b.Sources, func(s Footnote) runs { return plain("00 " + s.Short) })
	h.columns("ol", items, face{size: smallSize}, smallLine, func(k int) {
		s := &b.Sources[k]
		number, short := strconv.Itoa(k+1), html.EscapeString(s.Short)
		if h.cited[k+1] {
			number = fmt.Sprintf("<a href=\"#cited-%d\" aria-label=\"back to where source %d is cited\">%d</a>", k+1, k+1, k+1)
		}
		if text.IsWeb(s.URL) {
			short = fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(s.URL), short)
		}
		h.say("<li id=\"source-%d\">%s %s</li>\n", k+1, number, short)
	})
	h.close()
}

// annex writes the sources in full on pages of their own.
func (h *hypertext) annex(b *Brief) {
	if !b.Annex || !b.fitted() || len(b.Sources) == 0 {
		return
	}
	h.say("<section class=\"annex\" aria-labelledby=\"annex\">\n<h2 id=\"annex\">Annex: sources in full</h2>\n<ol>\n")
	for i := range b.Sources {
		h.source(-i-1, &b.Sources[i])
	}
	h.say("</ol>\n</section>\n")
}

// source writes a source in full; a negative number is one of the annex, to which
// no footnote leads.
func (h *hypertext) source(n int, s *Footnote) {
	id := ""
	if n > 0 {
		id = fmt.Sprintf(" id=\"source-%d\"", n)
	}
	h.say("<li%s>%d %s", id, max(n, -n), html.EscapeString(s.Note))
	if s.URL != "" {
		h.say(" %s", link(s.URL))
	}
	if s.Archived != "" {
		h.say(" archived: %s", link(s.Archived))
	}
	h.say("</li>\n")
}

// link writes an address. Only an http or https address becomes a link.
func link(url string) string {
	if !text.IsWeb(url) {
		return html.EscapeString(url)
	}
	return fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(url), html.EscapeString(url))
}

// lang is the attribute of a language, if that is known.
func lang(tag string) string {
	if tag == "" {
		return ""
	}
	return fmt.Sprintf(" lang=\"%s\"", html.EscapeString(tag))
}

// strip draws the whole time: all events pale, those selected darker, and the key
// points as numbers on stems.
func (h *hypertext) strip(s *strip) {
	if len(s.bins) == 0 {
		return
	}
	const wide, high, base, radius = 1780.0, 150.0, 112.0, 15.0
	each, most := wide/float64(len(s.bins)), float64(s.most())
	h.say("<svg viewBox=\"0 0 %g %g\" role=\"img\" aria-label=\"The time from %s to %s, with the key points\">\n", wide, high, s.bins[0].name, s.bins[len(s.bins)-1].name)
	step := 1
	for each*float64(step) < 150 {
		step++
	}
	for k, b := range s.bins {
		x := float64(k) * each
		for _, bar := range []struct {
			class string
			n     int
		}{{"all", b.all}, {"some", b.selected}} {
			if height := 66 * float64(bar.n) / most; bar.n > 0 {
				h.say("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", bar.class, x+2, base-height, each-4, height)
			}
		}
		h.say("<path d=\"M%.1f %gv6\"/>", x, base)
		if k%step == 0 {
			name := b.name
			if month, year, ok := strings.Cut(name, " "); ok && k > 0 && month != "Jan" && !(k < step+12 && k >= 12) {
				name = month
			} else if ok && k > 0 {
				name = month + " " + year
			}
			h.say("<text x=\"%.1f\" y=\"142\">%s</text>", x+3, name)
		}
		h.say("\n")
	}
	h.say("<path d=\"M0 %gH%g\"/>\n", base, wide)
	at := -2 * radius
	centres := make([]float64, len(s.points))
	for k, p := range slices.All(s.points) {
		centres[k] = min(max(p.at*wide, at+2*radius+1, radius), wide-radius)
		if p.bin >= 0 {
			at = centres[k]
		}
	}
	for k := len(centres) - 2; k >= 0; k-- { // those pushed together at the end move back
		if s.points[k].bin >= 0 && centres[k] > centres[k+1]-2*radius-1 {
			centres[k] = centres[k+1] - 2*radius - 1
		}
	}
	for k, p := range s.points {
		if p.bin < 0 {
			continue
		}
		h.say("<path class=\"stem\" d=\"M%.1f %gL%.1f 32\"/><circle cx=\"%.1f\" cy=\"18\" r=\"%g\"/><text class=\"number\" x=\"%.1f\" y=\"26\">%d</text>\n", p.at*wide, base, centres[k], centres[k], radius, centres[k], k+1)
	}
	h.say("</svg>\n")
	h.height += h.wide*high/wide + .5
}

// style suits a wide screen, a telephone, a dark screen, and black ink on paper.
// Its lengths are those that are measured: see sheet.go.
//
//go:embed brief.css
var style string
