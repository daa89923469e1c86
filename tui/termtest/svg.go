package termtest

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
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

// A picture collects the parts of an SVG in the order they are painted: backgrounds,
// shapes, lines and text.
type picture struct {
	palette            palette
	paper, fill, lines paths
	text               strings.Builder
}

// SVG draws the screen as a self-contained picture in the colours of a dark or light
// terminal. Every character has its own position, so that no font shifts the
// columns, and borders are lines instead of characters, so that they join.
func (s *Screen) SVG(w io.Writer, light bool) error { return Film(w, []Frame{{Screen: s}}, light) }

// A Frame is a screen of a film, and how long it stays.
type Frame struct {
	*Screen
	Stays time.Duration
}

// Film draws screens of one size as a picture that shows one after another, for
// ever. Each holds only the rows that differ from the screen before. Where motion
// is not wanted, and where styles are not known, the first one stays.
func Film(w io.Writer, frames []Frame, light bool) error {
	var b strings.Builder
	s := frames[0].Screen
	palette := paletteFor(light)
	width, height := s.Width*cellWidth+2*padding, s.Height*cellHeight+2*padding
	back, ink := hexColor(palette.background), hexColor(palette.foreground)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", width, height, width, height)
	if s.Title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", escaped(s.Title))
	}
	writeMotion(&b, frames)
	fmt.Fprintf(&b, `<rect x=".5" y=".5" width="%d" height="%d" rx="8" fill="%s" stroke="%s" stroke-opacity=".3"/>`+"\n", width-1, height-1, back, ink)
	fmt.Fprintf(&b, `<g transform="translate(%d %d)" fill="%s" font-family="%s" font-size="%g">`+"\n", padding, padding, ink, fonts, fontSize)
	for k, frame := range frames {
		p := &picture{palette: palette}
		if k == 0 {
			p.paint(frame.Screen, nil)
			p.write(&b)
			continue
		}
		p.paint(frame.Screen, frames[k-1].Screen)
		fmt.Fprintf(&b, `<g class="f" visibility="hidden" style="animation-name:f%d">`+"\n", k)
		p.write(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</g>\n</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// writeMotion writes when each frame after the first appears; they then stay, one
// upon the other, until all begins again.
func writeMotion(b *strings.Builder, frames []Frame) {
	if len(frames) == 1 {
		return
	}
	var all, shown time.Duration
	for _, f := range frames {
		all += f.Stays
	}
	fmt.Fprintf(b, "<style>.f{animation:%gs step-end infinite}", all.Seconds())
	for k, f := range frames[:len(frames)-1] {
		shown += f.Stays
		fmt.Fprintf(b, "@keyframes f%d{0%%{visibility:hidden}%.2f%%{visibility:visible}}", k+1, 100*shown.Seconds()/all.Seconds())
	}
	b.WriteString("@media (prefers-reduced-motion:reduce){.f{animation:none!important}}</style>\n")
}

// paint paints the rows that differ from the screen before, if there is one.
func (p *picture) paint(s, before *Screen) {
	for y, row := range s.cells {
		if before != nil {
			if slices.Equal(row, before.cells[y]) && s.cursorIn(y) == before.cursorIn(y) {
				continue
			}
			p.paper.add(fmt.Sprintf(`fill="%s"`, hexColor(p.palette.background)), box(-1, y*cellHeight, len(row)*cellWidth+2, cellHeight)) // lines end half a pixel outside
		}
		p.paintPaper(y, row)
		p.paintRow(y, row)
		if x := s.cursorIn(y); x >= 0 {
			p.fill.add(fmt.Sprintf(`fill="%s" fill-opacity=".5"`, hexColor(p.palette.foreground)), box(x*cellWidth, y*cellHeight, cellWidth, cellHeight))
		}
	}
}

// cursorIn returns the column of the cursor if it is seen in a row, or -1.
func (s *Screen) cursorIn(y int) int {
	if !s.CursorVisible || s.CursorY != y {
		return -1
	}
	return s.CursorX
}

func (p *picture) write(b *strings.Builder) {
	p.paper.write(b)
	p.fill.write(b)
	p.lines.write(b)
	b.WriteString(p.text.String())
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

// flows reports whether a character may share a text element with others: a single
// rune of a script that monospaced fonts have. Others are set one by one.
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

// manner returns the attributes that differ from plain text.
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

// colors returns the colours of a cell after reverse video and faintness.
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

// A picture draws borders and blocks as shapes up to the edges of the cell, as
// terminals do, because the characters of fonts seldom meet.

// arms are the strokes of the box-drawing characters from U+2500 on: up,
// right, down, left; 1 is light and 2 heavy. Dots stand for characters
// drawn by other functions or left to the font (double lines, diagonals).
const arms = "" +
	"0101 0202 1010 2020 .... .... .... .... " + // ─━│┃┄┅┆┇
	".... .... .... .... 0110 0210 0120 0220 " + // ┈┉┊┋┌┍┎┏
	"0011 0012 0021 0022 1100 1200 2100 2200 " + // ┐┑┒┓└┕┖┗
	"1001 1002 2001 2002 1110 1210 2110 1120 " + // ┘┙┚┛├┝┞┟
	"2120 2210 1220 2220 1011 1012 2011 1021 " + // ┠┡┢┣┤┥┦┧
	"2021 2012 1022 2022 0111 0112 0211 0212 " + // ┨┩┪┫┬┭┮┯
	"0121 0122 0221 0222 1101 1102 1201 1202 " + // ┰┱┲┳┴┵┶┷
	"2101 2102 2201 2202 1111 1112 1211 1212 " + // ┸┹┺┻┼┽┾┿
	"2111 1121 2121 2112 2211 1122 1221 2212 " + // ╀╁╂╃╄╅╆╇
	"1222 2122 2221 2222 " // ╈╉╊╋

// halfArms are the strokes of the characters from U+2574 on, ╴╵╶╷╸╹╺╻╼╽╾╿.
const halfArms = "0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010 "

// The middle of a cell, on half pixels so that thin lines are sharp.
const (
	middleX = 4.5
	middleY = 9.5
	radius  = 4
)

// paintShape draws n cells of a character that is a shape, and reports whether it
// is one.
func (p *picture) paintShape(x, y, n int, text, ink string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) {
		return false
	}
	left, top := x*cellWidth, y*cellHeight
	switch {
	case strings.ContainsRune("╭╮╯╰", r):
		for i := range n {
			p.stroke(ink, 1, corner(left+i*cellWidth, top, r))
		}
	case strings.ContainsRune("╌╍╎╏┄┅┆┇┈┉┊┋", r):
		p.dash(left, top, n, r, ink)
	case r >= '─' && r <= '╋':
		p.cross(left, top, n, arms[5*(r-'─'):], ink)
	case r >= '╴' && r <= '╿':
		p.cross(left, top, n, halfArms[5*(r-'╴'):], ink)
	case r >= '▀' && r <= '▟':
		p.block(left, top, n, r, ink)
	default:
		return false
	}
	return true
}

func (p *picture) stroke(ink string, weight int, path string) {
	p.lines.add(fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%d" stroke-linecap="square"`, ink, 2*weight-1), path)
}

// cross draws the four arms. Two arms in one straight line are one stroke, and so is
// a row of horizontal lines.
func (p *picture) cross(left, top, n int, arm string, ink string) {
	up, right, down, back := int(arm[0]-'0'), int(arm[1]-'0'), int(arm[2]-'0'), int(arm[3]-'0')
	if up+down == 0 && right == back {
		p.stroke(ink, right, fmt.Sprintf("M%d %gh%d", left, float64(top)+middleY, n*cellWidth))
		return
	}
	for i := range n {
		l := left + i*cellWidth
		x, y := float64(l)+middleX, float64(top)+middleY
		for _, a := range []struct {
			weight int
			path   string
		}{
			{up, fmt.Sprintf("M%g %gV%d", x, y, top)},
			{right, fmt.Sprintf("M%g %gH%d", x, y, l+cellWidth)},
			{down, fmt.Sprintf("M%g %gV%d", x, y, top+cellHeight)},
			{back, fmt.Sprintf("M%g %gH%d", x, y, l)},
		} {
			if a.weight > 0 {
				p.stroke(ink, a.weight, a.path)
			}
		}
	}
}

// corner draws a rounded corner from the row into the column.
func corner(left, top int, r rune) string {
	x, y := float64(left)+middleX, float64(top)+middleY
	toX, alongX := left, x-radius
	if r == '╭' || r == '╰' {
		toX, alongX = left+cellWidth, x+radius
	}
	toY, alongY := top, y-radius
	if r == '╭' || r == '╮' {
		toY, alongY = top+cellHeight, y+radius
	}
	return fmt.Sprintf("M%d %gH%gQ%g %g %g %gV%d", toX, y, alongX, x, y, x, alongY, toY)
}

// dash draws a broken line.
func (p *picture) dash(left, top, n int, r rune, ink string) {
	count := 2
	switch {
	case r >= '┄' && r <= '┇':
		count = 3
	case r >= '┈' && r <= '┋':
		count = 4
	}
	width := 1
	if strings.ContainsRune("╍╏┅┇┉┋", r) {
		width = 3
	}
	vertical := strings.ContainsRune("╎╏┆┇┊┋", r)
	attrs := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%d"`, ink, width)
	for i := range n * count {
		if vertical {
			x := float64(left+i/count*cellWidth) + middleX
			step := float64(cellHeight) / float64(count)
			p.lines.add(attrs, fmt.Sprintf("M%g %gv%.3g", x, float64(top)+step*(float64(i%count)+.2), step*.6))
		} else {
			step := float64(cellWidth) / float64(count)
			p.lines.add(attrs, fmt.Sprintf("M%.5g %gh%.3g", float64(left)+step*(float64(i)+.2), float64(top)+middleY, step*.6))
		}
	}
}

// block draws the block elements, U+2580 to U+259F: halves, eighths, shades
// and quadrants.
func (p *picture) block(left, top, n int, r rune, ink string) {
	const w, h = cellWidth, cellHeight
	attrs := fmt.Sprintf(`fill="%s"`, ink)
	eighths := func(size, k int) int { return (size*k + 4) / 8 }
	switch {
	case r == '▀':
		p.fill.add(attrs, box(left, top, n*w, h/2))
	case r >= '▁' && r <= '█':
		part := eighths(h, int(r-'▁')+1)
		p.fill.add(attrs, box(left, top+h-part, n*w, part))
	case r == '▔':
		p.fill.add(attrs, box(left, top, n*w, eighths(h, 1)))
	case r >= '░' && r <= '▓':
		attrs += fmt.Sprintf(` fill-opacity="%g"`, float64(r-'░'+1)/4)
		p.fill.add(attrs, box(left, top, n*w, h))
	}
	for i := range n {
		l := left + i*w
		switch {
		case r >= '▉' && r <= '▏':
			p.fill.add(attrs, box(l, top, eighths(w, int('▏'-r)+1), h))
		case r == '▐':
			p.fill.add(attrs, box(l+w/2, top, w-w/2, h))
		case r == '▕':
			p.fill.add(attrs, box(l+w-1, top, 1, h))
		case r >= '▖':
			p.quadrants(l, top, r, attrs)
		}
	}
}

// quadrants draws the characters ▖ to ▟. A digit is the sum of the full quarters: 1
// upper left, 2 upper right, 4 lower left, 8 lower right.
func (p *picture) quadrants(left, top int, r rune, attrs string) {
	full := []int{4, 8, 1, 13, 9, 7, 11, 2, 6, 14}[r-'▖']
	const w, h = cellWidth / 2, cellHeight / 2
	for i, quarter := range []string{
		box(left, top, w, h), box(left+w, top, cellWidth-w, h),
		box(left, top+h, w, h), box(left+w, top+h, cellWidth-w, h),
	} {
		if full>>i&1 == 1 {
			p.fill.add(attrs, quarter)
		}
	}
}

// paths gathers shapes that look the same into one path element.
type paths struct {
	order []string
	data  map[string]*strings.Builder
}

func (p *paths) add(attrs, d string) {
	if p.data == nil {
		p.data = map[string]*strings.Builder{}
	}
	if p.data[attrs] == nil {
		p.data[attrs] = new(strings.Builder)
		p.order = append(p.order, attrs)
	}
	p.data[attrs].WriteString(d)
}

func (p *paths) write(b *strings.Builder) {
	for _, attrs := range p.order {
		fmt.Fprintf(b, "<path %s d=\"%s\"/>\n", attrs, p.data[attrs])
	}
}

// box is a filled rectangle.
func box(x, y, w, h int) string { return fmt.Sprintf("M%d %dh%dv%dh-%dz", x, y, w, h, w) }

// A palette is the colours of a terminal's theme.
type palette struct {
	background, foreground color.Color
	basic                  [16]color.Color
}

func paletteFor(light bool) palette {
	if light {
		return palette{rgb(0xffffff), rgb(0x24292f), [16]color.Color{
			rgb(0x24292f), rgb(0xcf222e), rgb(0x116329), rgb(0x7d4e00),
			rgb(0x0550ae), rgb(0x8250df), rgb(0x1b7c83), rgb(0x6e7781),
			rgb(0x57606a), rgb(0xa40e26), rgb(0x1a7f37), rgb(0x9a6700),
			rgb(0x0969da), rgb(0x6639ba), rgb(0x3192aa), rgb(0x8c959f),
		}}
	}
	return palette{rgb(0x1e1e2e), rgb(0xcdd6f4), [16]color.Color{
		rgb(0x45475a), rgb(0xf38ba8), rgb(0xa6e3a1), rgb(0xf9e2af),
		rgb(0x89b4fa), rgb(0xcba6f7), rgb(0x94e2d5), rgb(0xbac2de),
		rgb(0x7f849c), rgb(0xf5a3b9), rgb(0xbbebb6), rgb(0xfbebc6),
		rgb(0xa6c7fb), rgb(0xdabff9), rgb(0xb1eae0), rgb(0xffffff),
	}}
}

// color returns the palette's shade for the first sixteen colours, which the
// terminal chooses, and the program's own colour for others.
func (p palette) color(c color.Color) color.Color {
	switch c := c.(type) {
	case ansi.BasicColor:
		return p.basic[c&15]
	case ansi.IndexedColor:
		if c < 16 {
			return p.basic[c]
		}
	}
	return c
}

func rgb(v uint32) color.Color {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}
}

// hexColor writes a colour as "#rrggbb", without its transparency.
func hexColor(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// mix returns a faint colour: three fifths of it and two fifths of the background.
func mix(fore, back color.Color) color.Color {
	fr, fg, fb, _ := fore.RGBA()
	br, bg, bb, _ := back.RGBA()
	part := func(f, b uint32) uint8 { return uint8((3*f + 2*b) / 5 >> 8) }
	return color.RGBA{part(fr, br), part(fg, bg), part(fb, bb), 0xff}
}
