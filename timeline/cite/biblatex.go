package cite

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

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
