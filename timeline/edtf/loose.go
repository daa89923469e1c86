package edtf

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// ParseLoose reads a date as Parse does or, failing that, as people and
// spreadsheets write it: 19 June 2024, 20240619, 2024/6/9, c. 1914, 44 BC. It
// reads only texts that have one meaning, so never 3/12/2024, and no EDTF level
// 2, which would become wider. The error is that of Parse.
func ParseLoose(s string) (Date, error) {
	d, err := Parse(s)
	if err != nil && inWordsOrDigits(s) {
		if loose := rewritten(s); !loose.IsZero() {
			return loose, nil
		}
	}
	return d, err
}

// inWordsOrDigits reports whether s is written in words or in digits alone, and
// so not in EDTF.
func inWordsOrDigits(s string) bool {
	switch {
	case strings.ContainsAny(s, "[]{}()"):
		return false
	case allDigits(s):
		return len(s) == len("20240312")
	}
	return strings.Contains(s, " ") || strings.Trim(s, "0123456789/.-") == ""
}

// longestRewritten is the length in bytes of the longest text that is
// rewritten. Errors must stay cheap, and no date is longer.
const longestRewritten = 64

// rewritten returns the date that s means although it is not spelled as one, or
// the zero Date if it has no meaning or several, as 3/12/2024 has.
func rewritten(s string) Date {
	if len(s) > longestRewritten {
		return Date{}
	}
	s = tidy(s)
	for _, rewrite := range [...]func(string) string{
		strings.Clone,
		simpler,
		fullEnd,
		hyphened,
		slashed,
		prefixed,
		fullTime,
		fromWords,
	} {
		if d, bad := read(rewrite(s)); bad == nil {
			return d
		}
	}
	return Date{}
}

// tidy returns s in ASCII, and in the letters of the standard of 2019 where s has
// those of the draft of 2012: u, y, unknown and open.
func tidy(s string) string {
	ends := strings.Split(strings.Map(plain, s), "/")
	for i, end := range ends {
		end = strings.TrimSpace(end)
		switch {
		case len(ends) > 1 && (strings.EqualFold(end, "unknown") || end == "?"):
			end = ""
		case len(ends) > 1 && strings.EqualFold(end, "open"):
			end = ".."
		case !strings.ContainsFunc(end, isWordLetter):
			end = modern(end)
		}
		ends[i] = end
	}
	return strings.Join(ends, "/")
}

// plain returns the ASCII character that looks like c. Full-width forms are in
// the order of ASCII.
func plain(c rune) rune {
	switch {
	case isFullWidth(c):
		return c - '！' + '!'
	case isDash(c):
		return '-'
	case unicode.IsSpace(c):
		return ' '
	}
	return c
}

// isWordLetter reports whether c is a letter that no spelling of EDTF uses.
func isWordLetter(c rune) bool {
	return unicode.IsLetter(c) && !strings.ContainsRune("uxyepstzUXYEPSTZ", c)
}

// modern returns a date in the letters of the standard of 2019.
func modern(s string) string {
	s = strings.ReplaceAll(strings.ToUpper(s), "U", "X")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "?~", "%"), "~?", "%")
	if strings.HasPrefix(s, "Y") {
		s = strings.Replace(s, "P", "S", 1)
	}
	if strings.HasPrefix(s, "-0000") {
		s = s[len("-"):]
	}
	if len(s) == len("1970S") && strings.HasSuffix(s, "0S") {
		s = s[:len("197")] + "X"
	}
	return s
}

// fullEnd completes the end of 2023-09-10/12 or 2023-10-28/11-03.
func fullEnd(s string) string {
	start, end, _ := strings.Cut(s, "/")
	whole, _ := cutQualifier(start)
	rest, _ := cutQualifier(end)
	if len(rest) < 2 || len(rest) >= len(whole) || !allDigits(strings.Replace(rest, "-", "", 1)) {
		return ""
	}
	return start + "/" + whole[:len(whole)-len(rest)] + end
}

// hyphened spells out 20240619, 2024/06/19, 2024.6.9 and 2024-6.
func hyphened(s string) string {
	if allDigits(s) && len(s) == len("20240619") {
		return s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	fields := strings.Split(strings.Map(hyphen, s), "-")
	if len(fields) == 2 && strings.Contains(s, "/") {
		return "" // perhaps two years
	}
	for i, field := range fields {
		if !allDigits(field) {
			return ""
		}
		if i > 0 {
			fields[i] = twoDigits(field)
		}
	}
	return strings.Join(fields, "-")
}

// hyphen returns a hyphen for the other separators of year and month.
func hyphen(c rune) rune {
	if c == '.' || c == '/' || c == ' ' {
		return '-'
	}
	return c
}

// slashed spells the intervals 1914-1918 and 2024-06-19 - 2024-06-21.
func slashed(s string) string {
	if len(s) == len("1914-1918") && s[len("1914")] == '-' {
		return s[:len("1914")] + "/" + s[len("1914-"):]
	}
	return strings.Replace(s, " - ", "/", 1)
}

// prefixed adds the Y of a long year and removes that of a short one, the
// qualifier of a long year and any plus sign.
func prefixed(s string) string {
	bare, qualifier := cutQualifier(s)
	digits := strings.TrimPrefix(bare, "Y")
	year, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err != nil:
		return ""
	case allDigits(s) && (len(s) == len("202406") || len(s) == len("20240619")):
		return "" // perhaps a month or a day
	case year > 9999 || year < -9999:
		return string(appendYear(nil, year))
	case digits == bare && digits[0] != '+':
		return "" // 198 may be a decade
	}
	return string(appendYear(nil, year)) + qualifier
}

// fullTime adds the T, colons and seconds that a time of day lacks, drops
// fractions, and turns hour 24 into hour 0 of the next day.
func fullTime(s string) string {
	if !strings.Contains(s, "T") {
		s = strings.Replace(s, " ", "T", 1)
	}
	date, clock, ok := strings.Cut(strings.ReplaceAll(s, " ", ""), "T")
	if !ok {
		return ""
	}
	date = cmp.Or(hyphened(date), date)
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = clock[:i], strings.ReplaceAll(clock[i:], ":", "")
	}
	if len(zone) == len("+0900") {
		zone = zone[:len("+09")] + ":" + zone[len("+09"):]
	}
	if i := strings.IndexAny(clock, ".,"); i >= 0 {
		clock = clock[:i]
	}
	clock = strings.ReplaceAll(clock, ":", "")
	if len(clock) == len("2320") {
		clock += "00"
	}
	if len(clock) != len("232030") {
		return ""
	}
	if day, bad := read(date); bad == nil && clock == "240000" {
		date, clock = (day.to + 1).String(), "000000"
	}
	return date + "T" + clock[:2] + ":" + clock[2:4] + ":" + clock[4:] + zone
}

// cutQualifier splits s before the qualifier at its end.
func cutQualifier(s string) (bare, qualifier string) {
	bare = strings.TrimRight(s, "?~%")
	return bare, s[len(bare):]
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// A wordedDate is a date in words: 19 June 2024, June 19, 2024, spring 2024,
// c. 1914, 44 BC.
type wordedDate struct {
	numbers   []string // a year, or a day and a year in either order
	month     string   // or season, "-06"
	qualifier string
	era, bc   bool
}

// fromWords spells a date in words as EDTF, or returns nothing.
func fromWords(s string) string {
	var d wordedDate
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return c == ' ' || c == ',' || c == '.'
	})
	for _, word := range words {
		if !d.addWord(word) {
			return ""
		}
	}
	return d.spell()
}

// addWord adds a word in lower case. It is false for unknown words.
func (d *wordedDate) addWord(word string) bool {
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

// spell returns d in EDTF, or nothing if a number may be the day or the year.
func (d *wordedDate) spell() string {
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

// monthNumber returns the number of the month or season that a word in lower
// case names, 0 for other words. A month may be cut to three letters.
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
