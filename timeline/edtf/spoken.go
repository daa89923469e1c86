package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// A spoken date is one in words: 19 June 2024, June 19, 2024, spring 2024,
// c. 1914, 44 BC. It is only for advice; Parse reads none.
type spoken struct {
	numbers   []string // a year, or a day and a year in either order
	month     string   // or season, "-06"
	qualifier string
	era, bc   bool
}

// fromWords spells a date in words as EDTF, or returns nothing.
func fromWords(s string) string {
	var d spoken
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return c == ' ' || c == ',' || c == '.'
	})
	for _, word := range words {
		if !d.hear(word) {
			return ""
		}
	}
	return d.spell()
}

// hear adds a word in lower case; it is false for words that mean nothing.
func (d *spoken) hear(word string) bool {
	number := monthNumber(word)
	switch {
	case allDigits(word):
		d.numbers = append(d.numbers, word)
	case number > 0:
		d.month += fmt.Sprintf("-%02d", number)
	case word == "c" || word == "ca" || word == "circa" || word == "about":
		d.qualifier = "~"
	case word == "bc" || word == "bce":
		d.era, d.bc = true, true
	case word == "ad" || word == "ce":
		d.era = true
	default:
		return false
	}
	return true
}

// spell returns d in EDTF, or nothing if it is not plain which number is what.
func (d *spoken) spell() string {
	if d.month == "" && d.qualifier == "" && !d.era {
		return ""
	}
	var year, day string
	switch len(d.numbers) {
	case 1:
		year = d.numbers[0]
		if len(year) < 3 && !d.era {
			return "" // perhaps a day
		}
	case 2:
		day, year = d.numbers[0], d.numbers[1]
		if len(day) > 2 {
			day, year = year, day
		}
		day = "-" + twoDigits(day)
	}
	n, err := strconv.ParseInt(year, 10, 64)
	if err != nil {
		return ""
	}
	if d.bc {
		n = 1 - n
	}
	return string(appendYear(nil, n)) + d.month + day + d.qualifier
}

// monthNumber returns the number of a month by its name or the first three
// letters of it, or of a season. The word is in lower case; others give 0.
func monthNumber(word string) int {
	for n := 1; n <= 12; n++ {
		if name := strings.ToLower(monthName(n)); word == name || word == name[:3] {
			return n
		}
	}
	for n := 21; n <= 24; n++ {
		if word == seasonName(n) {
			return n
		}
	}
	return 0
}
