package cite

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A cslItem is a reference of the Citation Style Language, version 1.0.2: see
// csl-data.json of github.com/citation-style-language/schema.
type cslItem struct {
	ID              string    `json:"id"`
	Type            string    `json:"type"`
	Title           string    `json:"title,omitempty"`
	Author          []cslName `json:"author,omitempty"`
	ContainerTitle  string    `json:"container-title,omitempty"`
	Publisher       string    `json:"publisher,omitempty"`
	Issued          *cslDate  `json:"issued,omitempty"`
	Accessed        *cslDate  `json:"accessed,omitempty"`
	URL             string    `json:"URL,omitempty"`
	Archive         string    `json:"archive,omitempty"`
	ArchiveLocation string    `json:"archive_location,omitempty"`
	Language        string    `json:"language,omitempty"`
	Note            string    `json:"note,omitempty"`
}

// A cslName is a name as printed: the file does not say which part is the family
// name.
type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Season  int     `json:"season,omitempty"` // spring is 1
	Circa   bool    `json:"circa,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

func writeCSL(w io.Writer, sources iter.Seq[timeline.Source]) error {
	var item bytes.Buffer
	e := json.NewEncoder(&item)
	e.SetEscapeHTML(false)
	e.SetIndent("  ", "  ")
	before, end := "[\n  ", "[]\n"
	for r := range keyed(sources) {
		item.Reset()
		if err := e.Encode(newCSLItem(r)); err != nil {
			return err
		}
		if _, err := io.WriteString(w, before+strings.TrimRight(item.String(), "\n")); err != nil {
			return err
		}
		before, end = ",\n  ", "\n]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

func newCSLItem(r reference) cslItem {
	g := genreOf(&r.Source)
	item := cslItem{
		ID: r.key, Type: g.csl, Title: r.Title, URL: r.URL, Language: r.Language, Note: carrier(&r.Source),
		Issued: newCSLDate(r.Published), Accessed: newCSLDate(r.Accessed),
		Archive: hostOf(r.Archived), ArchiveLocation: r.Archived,
	}
	if r.Author != "" {
		item.Author = []cslName{{r.Author}}
	}
	if g.contained() {
		item.ContainerTitle = r.Publisher
	} else {
		item.Publisher = r.Publisher
	}
	return item
}

// newCSLDate returns the parts that d states, or else its words: CSL cannot express
// an open or unknown end, a decade, or an interval of seasons.
func newCSLDate(d edtf.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	start, end := d.Ends()
	first, season, ok := cslParts(start)
	last, lastSeason, known := cslParts(end)
	circa := d.Uncertain() || d.Approximate()
	switch {
	case ok && start == end:
		return &cslDate{Parts: [][]int{first}, Season: season, Circa: circa}
	case ok && known && season == 0 && lastSeason == 0:
		return &cslDate{Parts: [][]int{first, last}, Circa: circa}
	}
	return &cslDate{Literal: d.Words()}
}

// cslParts are the year, month and day that d states. 1 BC is 0 in EDTF, but -1 in
// CSL, which has no year 0.
func cslParts(d edtf.Date) (parts []int, season int, ok bool) {
	year, month, day, ok := d.Stated()
	if year <= 0 {
		year--
	}
	parts = []int{year}
	switch {
	case month > 12:
		season = month - 20
	case day > 0:
		parts = append(parts, month, day)
	case month > 0:
		parts = append(parts, month)
	}
	return parts, season, ok
}

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
var bodies = text.Pattern{Expr: `(?i)\b(academy|administration|agency|army|assembly|association|authority|board|bureau|cent(er|re)|commission|committee|company|corporation|council|court|department|directorate|embassy|faculty|federation|foundation|fund|government|group|institut(e|ion)?|laborator(y|ies)|library|ministry|mission|museum|navy|network|news|office|organi[sz]ation|parliament|party|press|project|republic|school|secretariat|senate|service|society|staff|team|times|union|university|co|corp|gmbh|inc|llc|ltd|plc)\b`}

// surnameFirst reports whether a name is a person's, written as "Doe, Jane A.": two
// parts of few words, none of them small but for particles before the surname.
func surnameFirst(name string) bool {
	surname, given, ok := strings.Cut(name, ",")
	words := strings.Fields(given)
	if !ok || strings.Contains(given, ",") || len(words) == 0 || len(words) > 4 || len(strings.Fields(surname)) > 4 || bodies.Regexp().MatchString(name) {
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

// writeBibLaTeX writes a reference as an entry for biber, with only the fields that
// its data model allows for the type of the entry. In place of a missing title,
// which the model requires, it writes the kind of the source; a missing date is
// left out.
func writeBibLaTeX(w io.Writer, r reference) {
	e := entryOf(&r.Source)
	fmt.Fprintf(w, "@%s{%s,\n", e.kind, r.key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %-12s = {%s},\n", name, value)
		}
	}
	// Inner braces keep capitals in titles, and keep a name in one piece.
	whole := func(name, text string) {
		if text != "" {
			field(name, "{"+latex(text)+"}")
		}
	}
	whole("author", e.author)
	whole("title", cmp.Or(r.Title, Bracketed(r.Kind)))
	whole(e.publisher, r.Publisher)
	field("type", e.reportType)
	field("date", bibDate(r.Published))
	field("url", bibAddress(r.URL))
	field("urldate", bibDate(r.Accessed))
	field("note", latex(carrier(&r.Source)))
	if r.Archived != "" {
		field("addendum", "Archived at "+latex(r.Archived))
	}
	field("langid", langid(r.Language))
	io.WriteString(w, "}\n")
}

// An entry is the BibLaTeX type of a source, and the field for its publisher. It is
// never @dataset, which Zotero discards, nor @image, which biber allows no title.
type entry struct{ kind, publisher, author, reportType string }

func entryOf(s *timeline.Source) entry {
	switch g := genreOf(s); {
	case g.csl == "report" && s.Publisher != "":
		return entry{"report", "institution", cmp.Or(s.Author, s.Publisher), "Report"}
	case s.URL != "":
		return entry{"online", "organization", s.Author, ""}
	case g.csl == "article-newspaper" && s.Author != "" && s.Publisher != "":
		return entry{"article", "journaltitle", s.Author, ""}
	}
	return entry{"misc", "organization", s.Author, ""}
}

// latex escapes the special characters of TeX. BibTeX counts escaped braces too, so
// unbalanced ones are written by name.
func latex(text string) string {
	left, right := `\{`, `\}`
	if !balanced(text) {
		left, right = `{\textbraceleft}`, `{\textbraceright}`
	}
	return strings.NewReplacer(
		`\`, `{\textbackslash}`, "{", left, "}", right, "~", `{\textasciitilde}`, "^", `{\textasciicircum}`,
		"#", `\#`, "$", `\$`, "%", `\%`, "&", `\&`, "_", `\_`,
	).Replace(text)
}

// balanced reports whether every brace of text has its counterpart.
func balanced(text string) bool {
	depth := 0
	for _, r := range text {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

// bibAddress escapes only the characters that are not allowed in addresses and
// would end the field or the line; biber reads the others unchanged.
func bibAddress(url string) string {
	return strings.NewReplacer(`\`, "%5C", "{", "%7B", "}", "%7D", "^", "%5E", " ", "%20").Replace(url)
}

// bibDate writes d for biber, which reads EDTF with two exceptions: a zone needs
// minutes, and unspecified digits are allowed only in years AD; other such dates are
// left out.
func bibDate(d edtf.Date) string {
	s := d.String()
	if strings.HasPrefix(s, "-") && strings.Contains(s, "X") {
		return ""
	}
	if _, clock, ok := strings.Cut(s, "T"); ok && strings.ContainsAny(clock, "+-") && len(clock) == len("23:20:30+04") {
		return s + ":00"
	}
	return s
}

// langid is Babel's name of a language, if it is unambiguous and BibLaTeX has a
// translation.
func langid(language string) string {
	switch strings.ToLower(language) {
	case "en":
		return "english"
	case "en-us":
		return "american"
	case "en-gb":
		return "british"
	case "es":
		return "spanish"
	case "fr":
		return "french"
	case "it":
		return "italian"
	case "pl":
		return "polish"
	case "ru":
		return "russian"
	case "uk":
		return "ukrainian"
	}
	return ""
}
