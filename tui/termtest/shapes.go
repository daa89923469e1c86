package termtest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Terminals draw borders and blocks themselves, to the edges of the cell, as
// a font's characters seldom meet. So does a picture.

// arms are the strokes of the box-drawing characters from U+2500 on: up,
// right, down, left; 1 is light and 2 heavy. Dots are for those drawn below,
// or left to the font (double lines, diagonals).
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

// halfArms are the same for U+2574 on, ╴╵╶╷╸╹╺╻╼╽╾╿.
const halfArms = "0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010 "

// The middle of a cell, on half pixels so that thin lines are sharp.
const (
	middleX = 4.5
	middleY = 9.5
	radius  = 4
)

// paintShape draws n cells of a character that is a shape; it reports whether
// the text is one.
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

// cross draws the four arms. Two that make one straight line are one stroke,
// and a row of horizontal lines is one too.
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

// corner is a rounded corner: in along the row, round, and out along the
// column.
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

// quadrants draws the characters ▖ to ▟. A digit says which quarters are full:
// 1 upper left, 2 upper right, 4 lower left, 8 lower right.
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
