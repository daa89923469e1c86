package edtf

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
)

// longestAdvised is the length in bytes of the longest text that is worth
// advice. Errors must stay cheap, and no date we read is longer.
const longestAdvised = 64

// advise returns a spelling that works for a text that is no date, or nothing.
// It offers only what has one meaning: nothing for 3/12/2024.
func advise(s string) string {
	if len(s) > longestAdvised {
		return ""
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
		t := rewrite(s)
		if _, bad := read(t); bad == nil {
			return t
		}
	}
	return ""
}

// tidy returns s in plain characters and in the letters of 2019; the draft of
// 2012 had u, y, unknown and open.
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

// plain returns the ASCII character that looks like c. The full-width forms
// stand in the order of ASCII.
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

// isWordLetter reports whether c is a letter with no meaning in any date.
func isWordLetter(c rune) bool {
	return unicode.IsLetter(c) && !strings.ContainsRune("uxyepstzUXYEPSTZ", c)
}

// modern returns a date in the letters of 2019.
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

// fullEnd spells out the end of 2023-09-10/12 or of 2023-10-28/11-03.
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

// hyphen returns the hyphen for what else may stand between year and month.
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

// prefixed gives a long year its Y, takes it from a short one, and takes the
// qualifier from a long year and the plus sign from any.
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

// fullTime gives a time of day the T, colons and seconds that it lacks, drops
// fractions, and moves hour 24 to the next day.
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

// cutQualifier returns s without the qualifier that it ends with.
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
