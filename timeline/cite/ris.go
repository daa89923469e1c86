package cite

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"dateline/timeline/edtf"
)

// writeRIS writes a reference as RIS, with the tags of the specification of 2011 as
// Zotero and EndNote read them: a line is a tag, two spaces, a dash, a space and one
// value, and ends with CR LF.
func writeRIS(w io.Writer, r reference) {
	line := func(tag, value string) {
		// Two spaces and a dash within a value would be read as a tag.
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			fmt.Fprintf(w, "%s  - %s\r\n", tag, value)
		}
	}
	g := genreOf(&r.Source)
	line("TY", g.ris)
	line("ID", r.key)
	line("AU", risName(r.Author))
	line("TI", r.Title)
	if g.contained() {
		line("T2", r.Publisher)
	} else {
		line("PB", r.Publisher)
	}
	date, year := risDate(r.Published)
	line("DA", date)
	line("PY", year)
	line("UR", r.URL)
	accessed, _ := risDate(r.Accessed)
	line("Y2", accessed)
	line("DB", hostOf(r.Archived))
	line("AN", r.Archived)
	line("LA", r.Language)
	line("N1", carrier(&r.Source))
	io.WriteString(w, "ER  - \r\n")
}

// risName writes an author. Programs take what is before a comma for the surname, so
// a name whose comma does not end a surname gets dashes instead.
func risName(author string) string {
	if surnameFirst(author) {
		return author
	}
	parts := strings.FieldsFunc(author, func(r rune) bool { return r == ',' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, " – ")
}

// bodies are words of the names of bodies.
var bodies = regexp.MustCompile(`(?i)\b(academy|administration|agency|army|assembly|association|authority|board|bureau|cent(er|re)|commission|committee|company|corporation|council|court|department|directorate|embassy|faculty|federation|foundation|fund|government|group|institut(e|ion)?|laborator(y|ies)|library|ministry|mission|museum|navy|network|news|office|organi[sz]ation|parliament|party|press|project|republic|school|secretariat|senate|service|society|staff|team|times|union|university|co|corp|gmbh|inc|llc|ltd|plc)\b`)

// surnameFirst reports whether a name is a person's, written as "Doe, Jane A.": two
// parts of few words, none of them small but for particles before the surname.
func surnameFirst(name string) bool {
	surname, given, ok := strings.Cut(name, ",")
	words := strings.Fields(given)
	if !ok || strings.Contains(given, ",") || len(words) == 0 || len(words) > 4 || len(strings.Fields(surname)) > 4 || bodies.MatchString(name) {
		return false
	}
	return !strings.ContainsAny(name, "&0123456789()/") && !slices.ContainsFunc(strings.Fields(name), func(word string) bool {
		return slices.Contains([]string{"of", "for", "the", "and", "in", "on", "at", "to"}, strings.ToLower(word))
	})
}

// risDate writes d as YYYY/MM/DD/, or as YYYY/MM/DD/words if that is not the whole
// date: an interval is the year and month that its ends share, and its words.
// Without a year of four digits there are only the words.
func risDate(d edtf.Date) (date, year string) {
	if d.IsZero() {
		return "", ""
	}
	start, end := d.Ends()
	y, m, day, ok := start.Stated()
	lastYear, lastMonth, _, known := end.Stated()
	switch {
	case !ok && known:
		y, m, day = lastYear, 0, 0
	case start != end && (y != lastYear || m != lastMonth):
		m, day = 0, 0
	case start != end:
		day = 0
	}
	words := ""
	if d.Interval() || d.Uncertain() || d.Approximate() || m > 12 || y < 1 || y > 9999 {
		words = d.Words()
	}
	if y < 1 || y > 9999 {
		return "///" + words, ""
	}
	year = fmt.Sprintf("%04d", y)
	if m > 12 {
		m = 0 // a season
	}
	return year + "/" + twoDigits(m) + "/" + twoDigits(day) + "/" + words, year
}

// twoDigits writes a month or a day, or nothing if it is 0.
func twoDigits(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%02d", n)
}
