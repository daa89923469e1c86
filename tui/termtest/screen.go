package termtest

import (
	"image/color"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A Screen is a copy of a terminal's screen at one moment; it never changes. Positions are cells, counted from 0 at the top
// left. A position outside the screen reads as a blank cell.
type Screen struct {
	Width, Height    int
	CursorX, CursorY int
	CursorVisible    bool
	Title            string
	AltScreen        bool

	cells [][]cell // Height rows of Width cells
}

// A cell is one place of the grid. The right half of a wide character is a
// cell of width 0 that has its left half's style and link.
type cell struct {
	text  string
	width int
	style uv.Style
	link  string
}

// copyCells reads the emulator's grid, and repairs the two places where its
// row would not be exactly as wide as the screen: a wide character cut in half
// by the right edge, and a combining mark without a base.
func copyCells(e *emulator) [][]cell {
	rows := make([][]cell, e.Height())
	for y := range rows {
		row := make([]cell, e.Width())
		for x := 0; x < len(row); {
			c := e.CellAt(x, y)
			row[x] = cell{c.Content, c.Width, c.Style, unguard(c.Link.URL)}
			if c.Width < 1 || x+c.Width > len(row) {
				row[x].text, row[x].width = " ", 1
			}
			for i := 1; i < row[x].width; i++ {
				row[x+i] = cell{style: c.Style, link: row[x].link}
			}
			x += row[x].width
		}
		rows[y] = row
	}
	return rows
}

// Row returns the text of row y: exactly Width cells, including blanks at the end.
func (s *Screen) Row(y int) string {
	if y < 0 || y >= len(s.cells) {
		return strings.Repeat(" ", s.Width)
	}
	var b strings.Builder
	for _, c := range s.cells[y] {
		b.WriteString(c.text)
	}
	return b.String()
}

// Text returns every row, joined by newlines.
func (s *Screen) Text() string {
	rows := make([]string, s.Height)
	for y := range rows {
		rows[y] = s.Row(y)
	}
	return strings.Join(rows, "\n")
}

// Golden returns the text for golden files. Each row ends in │, so that no editor
// trims its blanks and a misplaced border is easy to see.
func (s *Screen) Golden() string {
	return strings.ReplaceAll(s.Text(), "\n", "│\n") + "│\n"
}

// Contains reports whether text is on the screen. Text that spans rows must have
// the newline, and the blanks before it.
func (s *Screen) Contains(text string) bool {
	return strings.Contains(s.Text(), text)
}

// Find returns the cell where text first begins, reading row by row. The text must
// lie in one row.
func (s *Screen) Find(text string) (x, y int, ok bool) {
	for y, row := range s.cells {
		at := strings.Index(s.Row(y), text)
		if at < 0 {
			continue
		}
		for x, c := range row {
			if at < len(c.text) {
				return x, y, true
			}
			at -= len(c.text)
		}
	}
	return 0, 0, false
}

// Reversed reports whether the cell is drawn in reverse video.
func (s *Screen) Reversed(x, y int) bool { return s.has(x, y, uv.AttrReverse) }

// Faint reports whether the cell is drawn faint.
func (s *Screen) Faint(x, y int) bool { return s.has(x, y, uv.AttrFaint) }

// Bold reports whether the cell is drawn bold.
func (s *Screen) Bold(x, y int) bool { return s.has(x, y, uv.AttrBold) }

// Underlined reports whether the cell is underlined in any style.
func (s *Screen) Underlined(x, y int) bool {
	return s.at(x, y).style.Underline != uv.UnderlineNone
}

// Foreground returns the cell's text colour as the program set it: "" for the
// terminal's own, "0" to "255" for a palette index, else "#rrggbb".
func (s *Screen) Foreground(x, y int) string { return colorName(s.at(x, y).style.Fg) }

// Background returns the colour behind the cell, written as in Foreground.
func (s *Screen) Background(x, y int) string { return colorName(s.at(x, y).style.Bg) }

// HasColor reports whether any cell, its underline included, has a colour of
// its own.
func (s *Screen) HasColor() bool {
	for _, row := range s.cells {
		for _, c := range row {
			if c.style.Fg != nil || c.style.Bg != nil || c.style.UnderlineColor != nil {
				return true
			}
		}
	}
	return false
}

// Link returns the address of the cell's link (OSC 8), "" for none.
func (s *Screen) Link(x, y int) string { return s.at(x, y).link }

func (s *Screen) has(x, y int, attr uint8) bool { return s.at(x, y).style.Attrs&attr != 0 }

func (s *Screen) at(x, y int) cell {
	if y < 0 || y >= len(s.cells) || x < 0 || x >= len(s.cells[y]) {
		return cell{text: " ", width: 1}
	}
	return s.cells[y][x]
}

func colorName(c color.Color) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		return strconv.Itoa(int(c))
	case ansi.IndexedColor:
		return strconv.Itoa(int(c))
	}
	return hexColor(c)
}
