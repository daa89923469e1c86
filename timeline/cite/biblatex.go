package cite

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// writeBibLaTeX writes a reference as an entry for biber, after its data model:
// what that does not allow an entry type, the entry does not have. A title that
// is missing is described by the source's kind, for the model requires one; a
// date that is missing is left out all the same.
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

// An entry says which type of BibLaTeX a source is, and in which field that has
// the publisher. A data set is no @dataset, nor an image an @image: Zotero
// discards the one, and biber allows the other no title.
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

// latex escapes what TeX acts on. BibTeX counts braces that are escaped too:
// where those of the text do not balance they are written by name.
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

// bibAddress leaves an address as it is, for biber takes it so, but for what no
// address has and would end the field or the line.
func bibAddress(url string) string {
	return strings.NewReplacer(`\`, "%5C", "{", "%7B", "}", "%7D", "^", "%5E", " ", "%20").Replace(url)
}

// bibDate writes d as biber reads it, which is EDTF with two exceptions: biber
// wants the minutes of a zone, and reads digits that are not stated only of years
// AD; other such dates are left out.
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

// langid is Babel's name of a language, where there is no doubt about it and
// BibLaTeX has a translation.
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
