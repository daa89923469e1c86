package termtest

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// The measures of a picture, in pixels. A cell is a whole number of them, so
// that backgrounds and borders meet without a hair-line; at this size the
// first font's characters are as wide as a cell. Wide characters come from
// another font, whose characters are square and need a size of their own.
const (
	cellWidth, cellHeight = 9, 18
	baseline              = 14
	padding               = 16
	fontSize              = 14.95
	wideFontSize          = 16.5
	fonts                 = "'DejaVu Sans Mono','Noto Sans Mono CJK KR',Menlo,Consolas,monospace"
)

// A picture is a screen on its way to SVG: what lies behind, shapes, lines and
// text, in the order they are painted.
type picture struct {
	palette            palette
	paper, fill, lines paths
	text               strings.Builder
}

// SVG draws the screen as a picture that needs nothing outside itself, with
// the colours of a dark or light terminal. Every character is put at its own
// place, so that no font can shift the columns, and borders are lines and not
// characters, so that they join.
func (s *Screen) SVG(w io.Writer, light bool) error {
	p := &picture{palette: paletteFor(light)}
	for y, row := range s.cells {
		p.paintPaper(y, row)
		p.paintRow(y, row)
	}
	if s.CursorVisible {
		p.fill.add(fmt.Sprintf(`fill="%s" fill-opacity=".5"`, hexColor(p.palette.foreground)),
			box(s.CursorX*cellWidth, s.CursorY*cellHeight, cellWidth, cellHeight))
	}
	_, err := io.WriteString(w, p.String(s))
	return err
}

// String is the whole document. The frame is the palette's foreground, thin.
func (p *picture) String(s *Screen) string {
	w, h := s.Width*cellWidth+2*padding, s.Height*cellHeight+2*padding
	back, ink := hexColor(p.palette.background), hexColor(p.palette.foreground)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", w, h, w, h)
	if s.Title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", escaped(s.Title))
	}
	fmt.Fprintf(&b, `<rect x=".5" y=".5" width="%d" height="%d" rx="8" fill="%s" stroke="%s" stroke-opacity=".3"/>`+"\n", w-1, h-1, back, ink)
	fmt.Fprintf(&b, `<g transform="translate(%d %d)" fill="%s" font-family="%s" font-size="%g">`+"\n", padding, padding, ink, fonts, fontSize)
	p.paper.write(&b)
	p.fill.write(&b)
	p.lines.write(&b)
	b.WriteString(p.text.String())
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

func (p *picture) paintPaper(y int, row []cell) {
	for x := 0; x < len(row); {
		_, paper := p.colors(row[x].style)
		n := 1
		for ; x+n < len(row); n++ {
			if _, next := p.colors(row[x+n].style); next != paper {
				break
			}
		}
		if paper != hexColor(p.palette.background) {
			p.paper.add(fmt.Sprintf(`fill="%s"`, paper), box(x*cellWidth, y*cellHeight, n*cellWidth, cellHeight))
		}
		x += n
	}
}

func (p *picture) paintRow(y int, row []cell) {
	for x := 0; x < len(row); {
		c := row[x]
		if c.style.Attrs&uv.AttrConceal != 0 {
			x++
			continue
		}
		n := alike(row[x:])
		ink, _ := p.colors(c.style)
		switch {
		case c.text == "" || c.text == " ":
		case p.paintShape(x, y, n, c.text, ink):
		case flows(c):
			for n = 1; x+n < len(row) && flows(row[x+n]) && row[x+n].style == c.style; {
				n++
			}
			p.paintText(x, y, row[x:x+n], ink)
		default:
			n = c.width
			p.paintText(x, y, row[x:x+1], ink)
		}
		p.underline(x, y, n, c.style, ink)
		x += n
	}
}

// alike counts the cells at the start of row that look the same.
func alike(row []cell) int {
	n := 1
	for n < len(row) && row[n].width == 1 && row[n].text == row[0].text && row[n].style == row[0].style {
		n++
	}
	return n
}

// flows reports whether the character may stand in a text with others: one
// rune of a script that monospaced fonts have. The rest is set one by one.
func flows(c cell) bool {
	r, size := utf8.DecodeRuneInString(c.text)
	return c.width == 1 && size == len(c.text) && r != ' ' && r < 0x500
}

// paintText sets the characters of cells that share a style.
func (p *picture) paintText(x, y int, cells []cell, ink string) {
	var at, text []string
	for i, c := range cells {
		at = append(at, fmt.Sprint((x+i)*cellWidth))
		text = append(text, c.text)
	}
	bottom := y*cellHeight + baseline
	place := fmt.Sprintf(`x="%s"`, strings.Join(at, " "))
	if w := cells[0].width * cellWidth; !flows(cells[0]) {
		place = fmt.Sprintf(`x="%g" text-anchor="middle"`, float64(x*cellWidth)+float64(w)/2)
		if cells[0].width > 1 {
			bottom++ // their font stands higher in its line
			place += fmt.Sprintf(` textLength="%d" lengthAdjust="spacingAndGlyphs" font-size="%g"`, w, wideFontSize)
		}
	}
	fmt.Fprintf(&p.text, `<text %s y="%d"%s>%s</text>`+"\n", place,
		bottom, p.manner(cells[0].style, ink), escaped(strings.Join(text, "")))
}

// manner is what sets a style apart from plain text.
func (p *picture) manner(s uv.Style, ink string) string {
	m := ""
	if ink != hexColor(p.palette.foreground) {
		m += fmt.Sprintf(` fill="%s"`, ink)
	}
	if s.Attrs&uv.AttrBold != 0 {
		m += ` font-weight="bold"`
	}
	if s.Attrs&uv.AttrItalic != 0 {
		m += ` font-style="italic"`
	}
	return m
}

// underline draws the lines under and through n cells.
func (p *picture) underline(x, y, n int, s uv.Style, ink string) {
	if s.Underline != uv.UnderlineNone {
		color := ink
		if s.UnderlineColor != nil {
			color = hexColor(p.palette.color(s.UnderlineColor))
		}
		p.fill.add(fmt.Sprintf(`fill="%s"`, color), box(x*cellWidth, y*cellHeight+baseline+2, n*cellWidth, 1))
	}
	if s.Attrs&uv.AttrStrikethrough != 0 {
		p.fill.add(fmt.Sprintf(`fill="%s"`, ink), box(x*cellWidth, y*cellHeight+baseline-5, n*cellWidth, 1))
	}
}

// colors are those a cell is painted with, after reverse video and faintness.
func (p *picture) colors(s uv.Style) (ink, paper string) {
	fore, back := p.palette.foreground, p.palette.background
	if s.Fg != nil {
		fore = p.palette.color(s.Fg)
	}
	if s.Bg != nil {
		back = p.palette.color(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		fore, back = back, fore
	}
	if s.Attrs&uv.AttrFaint != 0 {
		fore = mix(fore, back)
	}
	return hexColor(fore), hexColor(back)
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}
