package format

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The content lines of iCalendar: RFC 5545, 3.1.

// calendarLine returns where a line ends and where the next begins. A line ends
// with a line feed, a carriage return, or both.
func calendarLine(text string, at int) (end, next int) {
	n := strings.IndexAny(text[at:], "\r\n")
	if n < 0 {
		return len(text), len(text)
	}
	end = at + n
	if strings.HasPrefix(text[end:], "\r\n") {
		return end, end + 2
	}
	return end, end + 1
}

// unfolded reads a line with its continuation lines, which begin with a blank.
func unfolded(text string, at int) (line string, next int) {
	end, next := calendarLine(text, at)
	goesOn := func() bool { return next < len(text) && (text[next] == ' ' || text[next] == '\t') }
	if !goesOn() {
		return text[at:end], next
	}
	var b strings.Builder
	b.WriteString(text[at:end])
	for goesOn() {
		from := next + 1
		end, next = calendarLine(text, from)
		b.WriteString(text[from:end])
	}
	return b.String(), next
}

func isQuotedPrintable(parameters [][2]string) bool {
	return slices.ContainsFunc(parameters, func(p [2]string) bool {
		return strings.EqualFold(p[1], "QUOTED-PRINTABLE") || strings.EqualFold(p[0], "QUOTED-PRINTABLE")
	})
}

// fromQuotedPrintable decodes a value of vCalendar 1.0. Bytes that are not UTF-8
// are taken for ISO 8859-1.
func fromQuotedPrintable(value string) string {
	var b []byte
	for i := 0; i < len(value); i++ {
		if value[i] == '=' && i+2 < len(value) {
			if n, err := strconv.ParseUint(value[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, value[i])
	}
	if utf8.Valid(b) {
		return string(b)
	}
	var runes []rune
	for _, c := range b {
		runes = append(runes, rune(c))
	}
	return string(runes)
}

// property splits NAME;PARAMETER=value;…:value, and puts the names in capitals.
func property(line string) (name string, parameters [][2]string, value string, ok bool) {
	quoted, from := false, 0
	add := func(end int) {
		if from == 0 {
			name = strings.ToUpper(line[:end])
			return
		}
		key, value, _ := strings.Cut(line[from:end], "=")
		parameters = append(parameters, [2]string{strings.ToUpper(key), strings.Trim(value, `"`)})
	}
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			add(i)
			from = i + 1
		case c == ':':
			add(i)
			return name, parameters, line[i+1:], name != ""
		}
	}
	return "", nil, "", false
}

// commaSeparated splits values that are lists at the commas that are not escaped.
func commaSeparated(name, value string) []string {
	if name != "CATEGORIES" {
		return []string{value}
	}
	if !strings.Contains(value, ",") && strings.Contains(value, ";") && !strings.Contains(value, `\;`) {
		return strings.Split(value, ";") // vCalendar 1.0
	}
	var parts []string
	from := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ',':
			parts = append(parts, value[from:i])
			from = i + 1
		}
	}
	return append(parts, value[from:])
}

// unescapedParameter is RFC 6868.
var unescapedParameter = strings.NewReplacer("^n", " ", "^^", "^", "^'", `"`)

var unescaped = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n")
