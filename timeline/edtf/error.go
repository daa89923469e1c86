package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Error says why a text is not a date.
type Error struct {
	Input  string // the text
	Column int    // the character at fault, from 1; one past the last if characters are missing
	Reason string // what is wrong there: a clause in lower case
	better string // the right spelling, if the text alone does not give it
	order  Order  // the habits of which one would settle the meaning
}

// Settled returns the orders of which one would settle what the text means: none
// unless it may have several meanings.
func (e *Error) Settled() Order { return e.order }

// shownInput is how many characters of the input an error repeats.
const shownInput = 60

// Error returns one sentence in lower case, such as
//
//	date "199u", column 4: unspecified digits are written X; write 199X
func (e *Error) Error() string {
	s := fmt.Sprintf("date %s, column %d: %s", strconv.Quote(shorten(e.Input)), e.Column, e.Reason)
	if better := e.Suggestion(); better != "" {
		s += "; write " + better
	}
	return s
}

// Suggestion returns a valid spelling of the date, or nothing if none is known.
// For EDTF level 2 it is the nearest date of level 1, which may be wider.
func (e *Error) Suggestion() string {
	if e.better != "" {
		return e.better
	}
	if len(e.Input) > longestLoose {
		return ""
	}
	if !strings.Contains(e.Reason, "EDTF level 2") || strings.HasSuffix(e.Input, "S") {
		p := looseParser{}
		found := p.read(e.Input)
		switch {
		case len(found) == 1 && found[0].Time == "" && (found[0].order&YearSpans == 0 || !strings.Contains(e.Input, "-")):
			return found[0].Date.String()
		case len(found) == 0 && p.bad != nil && p.bad.better != "":
			return p.bad.better
		}
	}
	for _, s := range [...]string{simpler(e.Input), modern(e.Input), simpler(modern(e.Input)), plainYear(e.Input), strings.Map(hyphen, e.Input)} {
		if _, bad := read(s); bad == nil && s != e.Input {
			return s
		}
	}
	return ""
}

func hyphen(c rune) rune {
	if isDash(c) {
		return '-'
	}
	return c
}

// plainYear removes the Y of a short year and a plus sign.
func plainYear(s string) string {
	bare := strings.TrimRight(s, "?~%")
	year, err := strconv.ParseInt(strings.TrimPrefix(bare, "Y"), 10, 64)
	if err != nil || year > 9999 || year < -9999 || strings.Trim(bare, "0123456789-") == "" {
		return ""
	}
	return string(appendYear(nil, year)) + s[len(bare):]
}

// modern returns a date in the letters of the standard of 2019, where s has those
// of the draft of 2012: u, y, unknown and open.
func modern(s string) string {
	ends := strings.Split(s, "/")
	for i, end := range ends {
		switch {
		case len(ends) > 1 && (strings.EqualFold(end, "unknown") || end == "?"):
			end = ""
		case len(ends) > 1 && strings.EqualFold(end, "open"):
			end = ".."
		}
		end = strings.ReplaceAll(strings.ToUpper(end), "U", "X")
		end = strings.ReplaceAll(strings.ReplaceAll(end, "?~", "%"), "~?", "%")
		if strings.HasPrefix(end, "Y") {
			end = strings.Replace(end, "P", "S", 1)
		}
		if strings.HasPrefix(end, "-0000") {
			end = end[len("-"):]
		}
		ends[i] = end
	}
	return strings.Join(ends, "/")
}

func shorten(input string) string {
	n := 0
	for i := range input {
		if n == shownInput {
			return input[:i] + "…"
		}
		n++
	}
	return input
}

// fault returns an error at byte i. Everything read before an error is ASCII, so
// byte i is also character i.
func fault(i int, reason string) *Error {
	return &Error{Column: i + 1, Reason: reason}
}

const (
	draftUnspecified = "unspecified digits are written X"
	unknownIsEmpty   = "an unknown end is left empty"
	fourDigits       = "a year has four digits"
	longDigits       = "a year after Y has five digits or more"
	setOfDates       = "a set of dates is EDTF level 2"
)

// noYear explains why the character at i is not a digit of a year.
func noYear(s string, i int) *Error {
	switch {
	case s == "":
		return fault(0, "the date is missing")
	case i == len(s):
		return fault(i, fourDigits)
	case s == "?" || strings.EqualFold(s, "unknown"):
		return fault(i, unknownIsEmpty)
	case strings.EqualFold(s, "open"):
		return fault(i, "an open end is written ..")
	case s == "..":
		return fault(i, "an open end needs a slash and another end")
	case i == 0 && s[i] == 'y' && strings.ContainsAny(s[1:min(2, len(s))], "-0123456789"):
		return fault(i, "a long year starts with Y, a capital")
	case isDraftX(s[i]):
		return fault(i, draftUnspecified)
	case i == 0:
		return stray(s, i, "a date starts with a year of four digits")
	}
	return stray(s, i, fourDigits)
}

// noPair explains why the character at j is not one of the two digits at i.
func noPair(s string, i, j int, what string) *Error {
	switch {
	case i == len(s):
		return fault(i, "the "+what+" is missing")
	case j < len(s) && isDraftX(s[j]):
		return fault(j, draftUnspecified)
	case j == len(s):
		return fault(j, "the "+what+" has two digits")
	}
	return stray(s, j, "the "+what+" has two digits")
}

// isDraftX reports whether c was an unspecified digit in the draft of 2012.
func isDraftX(c byte) bool { return c == 'u' || c == 'x' || c == 'U' }

// afterDate explains why the character at i cannot follow a date.
func afterDate(s string, i int, f form) *Error {
	c := s[i]
	switch {
	case isDigit(c) && f == wholeYear:
		return fault(i, "a year of more than four digits starts with Y")
	case isDigit(c) && (f == wholeMonth || f == season):
		return fault(i, "the month has two digits")
	case isDigit(c) && f == wholeDay:
		return fault(i, "the day has two digits")
	case c == '-' && f == longYear:
		return fault(i, "a long year has no months")
	case c == 'T' && f != moment:
		return fault(i, "a time of day needs a full date before it")
	case (c == 't' || c == ' ') && f == wholeDay && i+1 < len(s) && isDigit(s[i+1]):
		return fault(i, "the time of day follows a T")
	case c == 'S':
		return fault(i, "significant digits are EDTF level 2")
	case c == 's' && f == wholeYear && i+1 == len(s):
		return fault(i, "a decade is written with an X")
	case strings.HasPrefix(s[i:], ".."):
		return fault(i, setOfDates)
	}
	return stray(s, i, "nothing but a qualifier follows a date")
}

// afterQualifier explains why the character at i cannot follow a qualifier.
func afterQualifier(s string, i int) *Error {
	switch s[i] {
	case '?', '~', '%':
		return fault(i, "a date has one qualifier; both ? and ~ make %")
	case '-':
		return fault(i-1, "a qualifier within a date is EDTF level 2")
	}
	return stray(s, i, "nothing follows a qualifier")
}

// noColon explains why the next part of the time does not start at i.
func noColon(s string, i int, what string) *Error {
	if i == len(s) {
		return fault(i, "the "+what+" is missing")
	}
	return stray(s, i, "a colon comes before the "+what)
}

// afterTime explains why the character at i cannot follow a time or zone.
func afterTime(s string, i int) *Error {
	switch s[i] {
	case '.', ',':
		return fault(i, "fractions of a second are not in EDTF")
	case 'z':
		return fault(i, "the zone is Z, a capital")
	case '?', '~', '%':
		return fault(i, "a time of day takes no qualifier")
	}
	return stray(s, i, "nothing but a zone, Z or +hh:mm, follows a time")
}

// stray explains the character at i if it has a meaning in other dates;
// otherwise it states the rule that the character breaks.
func stray(s string, i int, rule string) *Error {
	c, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case c == '?' || c == '~' || c == '%':
		return fault(i, "a qualifier before a date or part of it is EDTF level 2")
	case c == 'X':
		return fault(i, "unspecified digits here are EDTF level 2")
	case strings.ContainsRune("[]{},", c):
		return fault(i, setOfDates)
	case c == '(' || c == ')':
		return fault(i, "parentheses are from the draft of 2012")
	case c == '^':
		return fault(i, "the sign ^ is from the draft of 2012")
	case c == 'W':
		return fault(i, "weeks are not in EDTF")
	case c == 'P':
		return fault(i, "durations are not in EDTF")
	case unicode.IsSpace(c):
		return fault(i, "a date has no blanks")
	case c == utf8.RuneError && size == 1:
		return fault(i, "the text is not UTF-8")
	case isFullWidth(c):
		return fault(i, "full-width characters are not read")
	case c > unicode.MaxASCII && unicode.IsDigit(c):
		return fault(i, "only the digits 0 to 9 are read")
	case c > unicode.MaxASCII && isDash(c):
		return fault(i, "the dash is a hyphen")
	case !unicode.IsPrint(c):
		return fault(i, fmt.Sprintf("%U is no part of a date", c))
	}
	return fault(i, rule)
}

// isDash reports whether c is a hyphen, dash or minus sign of any kind.
func isDash(c rune) bool { return unicode.Is(unicode.Pd, c) || c == '−' }

// isFullWidth reports whether c is a full-width form of an ASCII character.
func isFullWidth(c rune) bool { return c >= '！' && c <= '～' }
