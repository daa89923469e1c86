package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dateline/timeline"
)

var (
	tableRow = regexp.MustCompile("(?m)^\\| (`.*?`) \\|")
	inCode   = regexp.MustCompile("`([^`]+)`")
)

// TestFiltersOfTheirPageParse parses every filter in docs/filter.md's table, and
// wants each field of the language to be there.
func TestFiltersOfTheirPageParse(t *testing.T) {
	filters := page(t, "filter.md")
	rows := tableRow.FindAllStringSubmatch(filters, -1)
	if len(rows) < 10 {
		t.Fatalf("the table has %d rows of filters", len(rows))
	}
	for _, row := range rows {
		for _, code := range inCode.FindAllStringSubmatch(row[1], -1) {
			filter := strings.ReplaceAll(code[1], `\|`, "|")
			q, err := timeline.ParseQuery(filter)
			if err != nil {
				t.Errorf("%s: %v", filter, err)
			} else if again, err := timeline.ParseQuery(q.String()); err != nil || again.String() != q.String() {
				t.Errorf("%s is printed as %s, which is not parsed as the same", filter, q)
			}
		}
	}
	for f := timeline.Field(0); f < timeline.TextField; f++ {
		if name := f.String(); name != "" && !strings.Contains(filters, "`"+name+":") && !strings.Contains(filters, " "+name+":") {
			t.Errorf("the field %s is not explained", name)
		}
	}
}

// The film loads with the README.
func TestFilmIsSmall(t *testing.T) {
	const most = 300_000
	if n := len(page(t, "film.svg")); n > most {
		t.Errorf("film.svg has %d bytes, want at most %d", n, most)
	}
}

var link = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)\s]*)?\)`)

// TestLinksOfThePagesLeadSomewhere follows every link within the repository.
func TestLinksOfThePagesLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, name := range append(pages, more...) {
		for _, m := range link.FindAllStringSubmatch(page(t, name), -1) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if links < 20 {
		t.Errorf("found only %d links", links)
	}
}

var requirement = regexp.MustCompile(`(?m)^\t(\S+) v\S+(?: //.*)?$`)

// TestLibrariesAreNamed wants each module that the code uses in the README.
func TestLibrariesAreNamed(t *testing.T) {
	readme, named := page(t, "../README.md"), 0
	for _, m := range requirement.FindAllStringSubmatch(page(t, "../go.mod"), -1) {
		if strings.HasSuffix(m[0], "// indirect") {
			continue
		}
		module := majorVersion.ReplaceAllString(strings.TrimPrefix(m[1], "github.com/"), "")
		if named++; !strings.Contains(readme, "`"+module) {
			t.Errorf("README.md does not name %s", module)
		}
	}
	if named < 15 {
		t.Errorf("go.mod requires %d modules, want at least 15", named)
	}
}

var majorVersion = regexp.MustCompile(`/v\d+$`)
