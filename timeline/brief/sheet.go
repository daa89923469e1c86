package brief

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// The printed sheet. Its type is measured with the widths of Helvetica, which Arial
// and Liberation Sans share, so that a browser breaks lines where they are broken
// here and the sheet is filled. All lengths of its style are in rem.
const (
	pointsPerMillimetre           = 72 / 25.4
	sideMargin                    = 15.0 // millimetres
	topMargin, footMargin         = 13.0, 11.0
	rem                           = 9.0 // points on paper
	wideDate, wideNumber, cellGap = 7.7, 1.5, 0.5
	columnGap, hanging            = 1.6, 0.9 // between columns; of the lines after the first of an item
	bodyLine                      = 1.26
	rowSize, rowLine              = 0.92, 1.12
	smallSize, smallLine          = 0.77, 0.96
	thinRule                      = 0.75 / rem // a pixel
)

// A face is a weight of the type and its size in rem.
type face struct {
	bold bool
	size float64
}

//go:embed helvetica.tsv
var helvetica string

// advances are the widths of characters in thousandths of the size, regular and
// bold, from Liberation Sans 2.1.
var advances = sync.OnceValue(func() map[rune][2]float64 {
	widths := make(map[rune][2]float64)
	for line := range strings.Lines(helvetica) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		first, err := strconv.ParseInt(cells[0], 16, 32)
		if err != nil {
			continue // the heading
		}
		last, _ := strconv.ParseInt(cells[1], 16, 32)
		regular, _ := strconv.ParseFloat(cells[2], 64)
		bold, _ := strconv.ParseFloat(cells[3], 64)
		for r := first; r <= last; r++ {
			widths[rune(r)] = [2]float64{regular, bold}
		}
	}
	return widths
})

// width is the width of a character in rem. One that the table lacks is taken to be
// as wide as it is high, as in Chinese, Japanese and Korean.
func (f face) width(r rune) float64 {
	w, known := advances()[r]
	switch {
	case known && f.bold:
		return w[1] * f.size / 1000
	case known:
		return w[0] * f.size / 1000
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		return 0
	}
	return f.size
}

// slack is by how much text is taken to be wider than it is, since a browser rounds.
const slack = 1.004

// A measured text counts the lines that pieces of text take.
type measured struct {
	width      float64 // of a line
	lines      int
	line, word float64 // of the line, without the word at hand, and of that
	space      float64 // before the word
}

func newMeasured(width float64) *measured { return &measured{width: width / slack, lines: 1} }

// add adds text of a face. A line breaks at blanks, after hyphens between letters,
// and beside characters of scripts that have no blanks.
func (m *measured) add(text string, f face) {
	before := rune(0)
	for _, r := range text {
		w := f.width(r)
		switch {
		case r == ' ':
			m.ended()
			m.space += w
		case before == '-' && unicode.IsLetter(r), isWide(r):
			m.ended()
			m.word += w
		default:
			m.word += w
		}
		for m.word > m.width { // it breaks anywhere
			m.ended()
			m.lines++
			m.line, m.word = 0, m.line-m.width
		}
		before = r
	}
}

// ended ends the word at hand, and puts it on the line or on a new one.
func (m *measured) ended() {
	if m.word == 0 {
		return
	}
	if m.line > 0 && m.line+m.space+m.word > m.width {
		m.lines++
		m.line = m.word
	} else {
		m.line += m.space + m.word
	}
	m.space, m.word = 0, 0
}

// count returns the number of lines, the last one included.
func (m *measured) count() int {
	m.ended()
	return m.lines
}

// width is the width of text on one line, in rem.
func width(text string, f face) float64 {
	wide := 0.0
	for _, r := range text {
		wide += f.width(r)
	}
	return wide
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// sheetHeight is the height of the printed brief in points.
func (b *Brief) sheetHeight() float64 { return newHypertext(b).height * rem }
