package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// simpler returns the date of level 1 nearest to a date of level 2, mostly with
// the same bounds or wider ones.
func simpler(s string) string {
	if strings.Trim(s, "0123456789XYTZES-+?~%()[]{},.:/ ") != "" || strings.Contains(s, " ") && !strings.ContainsAny(s, "[{") {
		return "" // words: the S and comma of September 5, 2024 are none of level 2
	}
	start, end, slash := strings.Cut(s, "/")
	first, last := simplerEnds(start, slash)
	if slash {
		_, last = simplerEnds(end, slash)
	} else if first == last {
		return first
	}
	return first + "/" + last
}

// simplerEnds returns the first and last date that s may mean, twice the same if
// one date of level 1 covers both. Within an interval level 1 has no unspecified
// digits. A text that is not level 2 comes back unchanged, or nearly.
func simplerEnds(s string, within bool) (first, last string) {
	if s == "" || s == ".." {
		return s, s
	}
	if strings.ContainsAny(s, "[{,") || strings.Contains(s, "..") {
		return setEnds(strings.Trim(s, "[]{}"))
	}
	return memberEnds(s, within)
}

// memberEnds is simplerEnds for a single date.
func memberEnds(s string, within bool) (first, last string) {
	s, qualifier := unqualified(s)
	if within {
		s, _, _ = strings.Cut(s, "T")
	}
	first, last = plainEnds(s, within)
	if strings.ContainsAny(first, "XY") {
		return first, last // these take no qualifier
	}
	return first + qualifier, last + qualifier
}

// setEnds returns the first and last member of a set such as 1667,1670..1672 or
// ..1984, which is in order.
func setEnds(s string) (first, last string) {
	members := strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ' ' })
	if len(members) == 0 {
		return s, s
	}
	before, _, _ := strings.Cut(members[0], "..")
	_, after, ok := strings.Cut(members[len(members)-1], "..")
	if !ok {
		after = members[len(members)-1]
	}
	first, _ = memberEnds(before, true)
	_, last = memberEnds(after, true)
	if before == "" {
		first = ".."
	}
	if after == "" {
		last = ".."
	}
	return first, last
}

// unqualified removes the qualifiers and the parentheses of 2012 from s and
// returns the one qualifier that they amount to.
func unqualified(s string) (bare, qualifier string) {
	question := strings.ContainsAny(s, "?%")
	tilde := strings.ContainsAny(s, "~%")
	switch {
	case question && tilde:
		qualifier = "%"
	case question:
		qualifier = "?"
	case tilde:
		qualifier = "~"
	}
	bare = strings.Map(func(c rune) rune {
		if strings.ContainsRune("?~%()", c) {
			return -1
		}
		return c
	}, s)
	return bare, qualifier
}

// plainEnds is memberEnds for a date without qualifiers.
func plainEnds(s string, within bool) (first, last string) {
	if strings.HasPrefix(s, "Y") || strings.Contains(s, "S") {
		return estimateEnds(s, within)
	}
	bare := strings.TrimPrefix(s, "-")
	sign := s[:len(s)-len(bare)]
	year, rest, _ := strings.Cut(bare, "-")
	month, day, _ := strings.Cut(rest, "-")
	switch number, _ := strconv.Atoi(month); {
	case len(year) != 4:
		return s, s
	case strings.Contains(year, "X"):
		return yearEnds(sign, year, within)
	case strings.Contains(month, "X"):
		return monthEnds(sign+year, month, day, within)
	case strings.Contains(day, "X"):
		return dayEnds(sign+year, month, day, within)
	case number >= 25 && number <= 41:
		return groupingOf(number).ends(sign + year)
	}
	return s, s
}

// yearEnds is plainEnds for a year with unspecified digits. It drops the month
// and day.
func yearEnds(sign, year string, within bool) (first, last string) {
	whole := strings.TrimRight(year, "X")
	switch {
	case whole == "":
		return "", "" // an unknown end
	case !within && len(whole) >= 2 && !strings.Contains(whole, "X"):
		return sign + year, sign + year
	}
	first = sign + strings.ReplaceAll(year, "X", "0")
	last = sign + strings.ReplaceAll(year, "X", "9")
	if sign == "-" {
		return last, first
	}
	return first, last
}

// monthEnds is plainEnds for a month with unspecified digits. It drops the day
// unless both digits of the month are unspecified.
func monthEnds(year, month, day string, within bool) (first, last string) {
	switch {
	case month == "XX" && within:
		return year, year
	case month == "XX" && day == "":
		return year + "-XX", year + "-XX"
	case month == "XX":
		return year + "-XX-XX", year + "-XX-XX"
	}
	low, high := matching(month, 12)
	return fmt.Sprintf("%s-%02d", year, low), fmt.Sprintf("%s-%02d", year, high)
}

// dayEnds is plainEnds for a day with unspecified digits.
func dayEnds(year, month, day string, within bool) (first, last string) {
	whole := year + "-" + month
	switch {
	case day == "XX" && within:
		return whole, whole
	case day == "XX":
		return whole + "-XX", whole + "-XX"
	}
	days := 31
	if d, bad := read(whole); bad == nil {
		days = int(d.to-d.from) + 1
	}
	low, high := matching(day, days)
	return fmt.Sprintf("%s-%02d", whole, low), fmt.Sprintf("%s-%02d", whole, high)
}

// estimateEnds is plainEnds for a year with an exponent or with significant
// digits: Y-17E7, 1950S2, Y3388E2S3. A long year keeps its value, because level 1
// has no intervals of long years.
func estimateEnds(s string, within bool) (first, last string) {
	s, significant, rounded := strings.Cut(strings.TrimPrefix(s, "Y"), "S")
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", rest
	}
	digits, exponent, _ := strings.Cut(s, "E")
	if zeros, err := strconv.Atoi(exponent); err == nil && zeros > 0 && zeros < longestLoose {
		digits += strings.Repeat("0", zeros)
	}
	if len(digits) > 4 {
		s = "Y" + sign + digits
		return s, s
	}
	n, err := strconv.Atoi(significant)
	if rounded && err == nil && n > 0 && n < len(digits) {
		return yearEnds(sign, digits[:n]+strings.Repeat("X", len(digits)-n), within)
	}
	return sign + digits, sign + digits
}

// matching returns the lowest and highest number from 1 to limit that a pattern
// of two characters, X for any digit, matches, or 0 and 0.
func matching(pattern string, limit int) (low, high int) {
	if len(pattern) != 2 {
		return 0, 0
	}
	for n := 1; n <= limit; n++ {
		tens, ones := byte('0'+n/10), byte('0'+n%10)
		if (pattern[0] == 'X' || pattern[0] == tens) && (pattern[1] == 'X' || pattern[1] == ones) {
			if low == 0 {
				low = n
			}
			high = n
		}
	}
	return low, high
}

// A grouping is a part of the year that level 2 numbers 25 to 41.
type grouping struct {
	name        string
	first, last int // months; 13 is January of the next year
	season      int // with the same bounds, or 0
}

// groupingOf returns the grouping of a number from 25 to 41.
func groupingOf(number int) grouping {
	return [...]grouping{
		{"spring, northern hemisphere", 3, 5, 21},
		{"summer, northern hemisphere", 6, 8, 22},
		{"autumn, northern hemisphere", 9, 11, 23},
		{"winter, northern hemisphere", 12, 14, 24},
		{"spring, southern hemisphere", 9, 11, 0},
		{"summer, southern hemisphere", 12, 14, 0},
		{"autumn, southern hemisphere", 3, 5, 0},
		{"winter, southern hemisphere", 6, 8, 0},
		{"first quarter", 1, 3, 0},
		{"second quarter", 4, 6, 0},
		{"third quarter", 7, 9, 0},
		{"fourth quarter", 10, 12, 0},
		{"first third", 1, 4, 0},
		{"second third", 5, 8, 0},
		{"last third", 9, 12, 0},
		{"first half", 1, 6, 0},
		{"second half", 7, 12, 0},
	}[number-25]
}

// ends returns g in a year: twice its season, or its first and last month.
func (g grouping) ends(year string) (first, last string) {
	if g.season > 0 {
		s := fmt.Sprintf("%s-%d", year, g.season)
		return s, s
	}
	first = fmt.Sprintf("%s-%02d", year, g.first)
	if n, err := strconv.ParseInt(year, 10, 64); err == nil && g.last > 12 {
		year = string(appendYear(nil, n+1))
	}
	return first, fmt.Sprintf("%s-%02d", year, (g.last-1)%12+1)
}
