package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks text at spaces into lines of at most width cells, so a date is not
// broken at its hyphens, nor an address. A word wider than a line is broken where
// the line ends. There is at least one line.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(s) {
		w := ansi.StringWidth(word)
		if used > 0 && used+1+w <= width {
			line += " " + word
			used += 1 + w
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for w > width {
			n, cells := Head(word, width)
			lines = append(lines, word[:n])
			word, w = word[n:], w-cells
		}
		line, used = word, w
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// Head returns how many bytes of a word fit into width cells, and how many cells
// they take: at least one cluster, however wide.
func Head(word string, width int) (n, cells int) {
	for n < len(word) {
		cluster, w := ansi.FirstGraphemeCluster(word[n:], ansi.GraphemeWidth)
		if n > 0 && cells+w > width {
			break
		}
		n, cells = n+len(cluster), cells+w
	}
	return n, cells
}
