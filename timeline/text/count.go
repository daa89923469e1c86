package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Counted writes a number of things: "1 event", "2 events", "40,000 events".
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Grouped(n) + " " + noun + "s"
}

// Grouped writes a number with separated thousands: 40,000.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	var s []byte
	for i := range len(digits) {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			s = append(s, ',')
		}
		s = append(s, digits[i])
	}
	return string(s)
}

// Sentence makes a clause a sentence, with a capital and a full stop.
func Sentence(clause string) string {
	first, size := utf8.DecodeRuneInString(clause)
	if size == 0 {
		return ""
	}
	clause = string(unicode.ToUpper(first)) + clause[size:]
	if !strings.ContainsAny(clause[len(clause)-1:], ".?!") {
		clause += "."
	}
	return clause
}
