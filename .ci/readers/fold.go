//go:build ignore

// Fold prints how package text folds each character that a text may hold, one a
// line: its number and what it folds to, both in hexadecimal.
package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		known := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co) // else this Go does not know it yet
		if utf8.ValidRune(r) && known {
			fmt.Fprintf(w, "%x %x\n", r, text.Fold("x"+string(r)+"x"))
		}
	}
}
