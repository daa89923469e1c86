package brief

import (
	"fmt"
	"math"
)

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
