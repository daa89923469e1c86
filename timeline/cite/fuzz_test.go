package cite_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

var (
	// risLine is the grammar of a line of RIS, and what no value may hold.
	risLine = regexp.MustCompile(`^[A-Z][A-Z0-9]  - (\S.*)?$`)
	risTag  = regexp.MustCompile(`[A-Z0-9]  -`)
	// bibLine is every line that an entry may have.
	bibLine = regexp.MustCompile(`^(@[a-z]+\{[a-z0-9-]+,|  ([a-z]+) += \{(.*)\},|\})$`)
	// bibActive is what TeX acts on, once all that is escaped is taken out.
	bibActive  = regexp.MustCompile(`[#$%&_~^\\]`)
	bibEscaped = regexp.MustCompile(`\\[#$%&_{}]|\{\\text[a-z]+\}`)
)

// FuzzCite holds every format to its own grammar, whatever a source says.
func FuzzCite(f *testing.F) {
	f.Add("Treaty Signed", "KCNA", "A. Writer", "KCNA Watch", "https://x.example/a_b%20c", "https://a.example/1", "ko", "2024-10-08", "2024-11-02", uint8(2))
	f.Add(`{}%&_#$~^\ "quoted"`, "P & Q", "", "", "", "", "", "2024-06~", "", uint8(0))
	f.Add("a\r\nER  - \r\nTY  - NEWS", "}{", `\`, "  - ", "x y{", "", "en", "../2024", "", uint8(11))
	f.Add("북러 조약", "ТАСС", "", "", "", "https://a.example/%}", "ru", "-004X", "2024-10-08T23:20:30+09", uint8(7))
	f.Fuzz(func(t *testing.T, title, publisher, author, via, url, archived, language, published, accessed string, kind uint8) {
		s := timeline.Source{Title: title, Publisher: publisher, Author: author, Via: via, URL: url, Archived: archived, Language: language,
			Kind: timeline.Kind(kind % uint8(timeline.Other+1))}
		s.Published, _ = edtf.Parse(published)
		s.Accessed, _ = edtf.Parse(accessed)
		for _, as := range []string{"chicago", "apa", "markdown"} {
			if out := checkPlain(t, as, cited(t, as, s), "\n"); strings.Count(out, "\n") != 1 {
				t.Errorf("%s is not one line: %q", as, out)
			}
		}
		csl := checkPlain(t, "csl", cited(t, "csl", s), "\n")
		var items []struct{ ID, Type string }
		if err := json.Unmarshal([]byte(csl), &items); err != nil || len(items) != 1 || items[0].ID == "" || items[0].Type == "" {
			t.Errorf("CSL is not one item with an id and a type: %v\n%s", err, csl)
		}
		checkRIS(t, checkPlain(t, "ris", cited(t, "ris", s), "\r\n"))
		checkBibLaTeX(t, checkPlain(t, "biblatex", cited(t, "biblatex", s), "\n"))
	})
}

// checkPlain checks that out has no control character but for the ends of its
// lines, and returns it.
func checkPlain(t *testing.T, as, out, end string) string {
	for _, r := range strings.ReplaceAll(out, end, "") {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
			t.Errorf("%s has %U in %q", as, r, out)
		}
	}
	return out
}

func checkRIS(t *testing.T, out string) {
	lines := strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n")
	for i, line := range lines {
		if !risLine.MatchString(line) || risTag.MatchString(line[len("TY  - "):]) {
			t.Errorf("RIS line %q is not a tag and one value", line)
		}
		if strings.HasPrefix(line, "TY") != (i == 0) || (line == "ER  - ") != (i == len(lines)-1) {
			t.Errorf("RIS begins or ends within:\n%s", out)
		}
	}
}

func checkBibLaTeX(t *testing.T, out string) {
	depth := 0
	for _, r := range out {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 {
		t.Errorf("braces do not balance:\n%s", out)
	}
	for line := range strings.Lines(out) {
		field := bibLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		switch {
		case field == nil:
			t.Errorf("%q is no line of an entry", line)
		case field[2] == "url":
			if strings.ContainsAny(field[3], `{}\ `) {
				t.Errorf("the address ends the field: %q", line)
			}
		case strings.HasSuffix(field[2], "date"):
			if field[3] != strings.Trim(field[3], "{} ") {
				t.Errorf("this is no date: %q", line)
			}
		case bibActive.MatchString(bibEscaped.ReplaceAllString(field[3], "")):
			t.Errorf("TeX acts on %q", line)
		}
	}
}
