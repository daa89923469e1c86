package brief

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// A detail is how much a brief includes. Each number may go down to 0.
type detail struct {
	whole bool // whole summaries, and all their sources

	points  int // key points: the most important events
	lines   int // lines of the chronology: those that follow
	first   int // how many events have a sentence that carries their claim
	second  int // … and a second
	caveats int // … and their caveat, whole and whatever their status
	people  int
	// Claims beside denials, statements beside replies, and changes.
	denied, answered, changes int
	// Either 1 or 0.
	blanks, doubts, origins, marks int
}

// Upper limits; on paper they are lower.
const (
	mostPoints     = 7
	fewestPoints   = 3
	enoughPoints   = 5
	enoughLines    = 20
	mostPeople     = 12
	peopleOnPaper  = 8
	changesOnPaper = 8
	pairsOnPaper   = 4
)

// everything is the most detail: all of each event or, in a fitted brief, the
// sentences that carry the claims of key points, and a line for every other event.
func (d *draft) everything() detail {
	points := min(mostPoints, d.selection.Len())
	of := detail{
		points: points, lines: d.selection.Len() - points, first: d.most, second: d.most, caveats: d.most,
		people: peopleOnPaper, denied: pairsOnPaper, answered: pairsOnPaper, changes: changesOnPaper,
		blanks: 1, doubts: 1, origins: 1, marks: 1,
	}
	if !d.opt.fitted() {
		of.points, of.lines = d.selection.Len(), 0
		of.whole, of.people, of.denied, of.answered, of.changes = true, mostPeople, math.MaxInt, math.MaxInt, math.MaxInt
	}
	return of
}

// A cut lowers a number.
type cut struct {
	number *int
	to     int
}

// cuts lists the cuts of a detail in the order in which they are made. Among them, lines are
// dropped down to enough, then points that need not be told, then more lines and
// points; caveats of claims in doubt go last.
func (d *draft) cuts(of *detail) []cut {
	musts := min(max(d.head.Musts, fewestPoints), mostPoints)
	return []cut{
		{&of.answered, 0},
		{&of.blanks, 0},
		{&of.marks, 0},
		{&of.caveats, 0},
		{&of.changes, 3},
		{&of.origins, 0},
		{&of.denied, 0},
		{&of.lines, 2 * enoughLines},
		{&of.second, 0},
		{&of.people, 4},
		{&of.lines, enoughLines},
		{&of.points, max(musts, enoughPoints)},
		{&of.lines, enoughLines * 2 / 5},
		{&of.points, enoughPoints},
		{&of.points, fewestPoints},
		{&of.people, 0},
		{&of.lines, 0},
		{&of.changes, 0},
		{&of.first, 0},
		{&of.doubts, 0},
		{&of.points, 0},
	}
}

// A measure tells whether a brief fits.
type measure func(*Brief) bool

// asText measures a page of plain text, asSheet the printed sheet. Either also
// measures the reading time.
func asText(b *Brief) bool {
	lines := b.Paper.Lines()
	return b.inTime() && (lines == 0 || len(b.Page(PageWidth)) <= lines)
}

func asSheet(b *Brief) bool {
	_, high := b.Paper.room()
	return b.inTime() && (high == 0 || b.sheetHeight() <= high)
}

func (b *Brief) inTime() bool { return b.Minutes == 0 || float64(b.words) <= b.Minutes*aloud }

// fit finds how much detail fits. If not all does, it makes cuts, each only as deep
// as it must be once it is the last; then it takes cuts back in reverse order as
// far as there is room.
func (d *draft) fit(fits measure) detail {
	of := d.everything()
	try := func(of detail) bool {
		return of.points+of.lines <= len(d.order) && fits(d.brief(of))
	}
	if try(of) {
		return of
	}
	var made []cut // with the number before the cut
	for _, c := range d.cuts(&of) {
		if *c.number <= c.to {
			continue
		}
		made = append(made, cut{c.number, *c.number})
		*c.number = c.to
		if try(of) {
			break
		}
	}
	for _, c := range slices.Backward(made) {
		raise(&of, c.number, min(c.to, len(d.order)), try)
	}
	return of
}

// raise raises a number of the detail as long as the brief fits, but not above
// most.
func raise(of *detail, number *int, most int, fits func(detail) bool) {
	least := *number
	n := sort.Search(max(0, most-least), func(k int) bool {
		*number = least + k + 1
		return !fits(*of)
	})
	*number = least + n
}

// A Paper is the paper whose single page a brief has to fit.
type Paper uint8

// NoPaper sets no limit.
const (
	NoPaper Paper = iota
	A4
	Letter
)

// PageWidth is the width of a page of plain text in cells.
const PageWidth = 80

var papers = [...]struct {
	word       string
	lines      int     // of plain text
	wide, high float64 // in millimetres
}{NoPaper: {"none", 0, 210, 0}, A4: {"a4", 60, 210, 297}, Letter: {"letter", 58, 215.9, 279.4}}

// String returns the word that ParsePaper reads: none, a4 or letter.
func (p Paper) String() string { return papers[p].word }

// Lines is how many lines of plain text fit on a page; 0 is no limit.
func (p Paper) Lines() int { return papers[p].lines }

// room is the space within the margins of a printed sheet, in points; a height of
// 0 is no limit.
func (p Paper) room() (wide, high float64) {
	wide = (papers[p].wide - 2*sideMargin) * pointsPerMillimetre
	if papers[p].high > 0 {
		high = (papers[p].high-topMargin-footMargin)*pointsPerMillimetre - 1 // a browser rounds
	}
	return wide, high
}

// ParsePaper finds a paper by its word.
func ParsePaper(word string) (Paper, bool) {
	for p, row := range papers {
		if word == row.word {
			return Paper(p), true
		}
	}
	return NoPaper, false
}

// Words read per minute, silently and aloud: the averages for English in Brysbaert, M. (2019), How many words do we read per minute? A
// review and meta-analysis of reading rate, Journal of Memory and Language, 109,
// 104047.
const (
	silently = 238
	aloud    = 183
)

// MostRead is the most events whose titles a person could read in a working day:
// ten thousand titles of a dozen words take eight and a half hours.
const MostRead = 10_000

// Words counts the words to read: all but the sources and the foot.
func (b *Brief) Words() int { return b.words }

// Seconds is the time to read the brief silently, and aloud.
func (b *Brief) Seconds() (silent, spoken int) {
	return seconds(b.words, silently), seconds(b.words, aloud)
}

func seconds(words, perMinute int) int { return (words*60 + perMinute - 1) / perMinute }

// duration writes seconds as "2 min 10 s".
func duration(seconds int) string {
	switch {
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds%60 == 0:
		return fmt.Sprintf("%d min", seconds/60)
	}
	return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
}

// Pages is the length in pages of the brief's paper, or of A4.
func (b *Brief) Pages() float64 {
	lines := b.Paper.Lines()
	if lines == 0 {
		lines = A4.Lines()
	}
	return float64(len(b.Page(PageWidth))) / float64(lines)
}

// Filled is the part of its sheet that the brief takes when it is printed. A brief
// without paper fills none.
func (b *Brief) Filled() float64 {
	_, high := b.Paper.room()
	if high == 0 {
		return 0
	}
	return b.sheetHeight() / high
}

// Meter is the length in words: "0.6 page, 2 min 10 s to read".
func (b *Brief) Meter() string {
	pages, noun := math.Ceil(10*b.Pages())/10, "page"
	if pages > 1 {
		noun = "pages"
	}
	silent, _ := b.Seconds()
	return fmt.Sprintf("%.1f %s, %s to read", pages, noun, duration(silent))
}
