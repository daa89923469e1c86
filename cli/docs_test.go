package cli

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline/format"
)

var (
	jsonBlock    = regexp.MustCompile("(?s)```json\n(.*?)```")
	consoleBlock = regexp.MustCompile("(?s)```console\n(.*?)```")
)

// TestExamplesOfTheFormatAreSound reads every example of the documentation as a
// timeline, an event, a source or an actor.
func TestExamplesOfTheFormatAreSound(t *testing.T) {
	for _, name := range []string{"../README.md", "../docs/format.md", "../docs/export.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		blocks := jsonBlock.FindAllStringSubmatch(string(text), -1)
		if len(blocks) == 0 {
			t.Errorf("%s has no example", name)
		}
		for _, block := range blocks {
			if why := unsound(block[1]); why != "" {
				t.Errorf("%s: %s\n%s", name, why, block[1])
			}
		}
	}
}

var tomlBlock = regexp.MustCompile("(?s)```toml\n(.*?)```")

// TestExamplesOfTheConfigurationAreSound reads every example of the page.
func TestExamplesOfTheConfigurationAreSound(t *testing.T) {
	text, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := tomlBlock.FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 1 {
		t.Fatal("there are too few examples")
	}
	seen := make(map[string]string)
	for _, block := range blocks {
		cfg, err := parseConfig("example", block[1])
		if err != nil {
			t.Errorf("%v\n%s", err, block[1])
		}
		maps.Copy(seen, cfg.flags)
	}
	for _, name := range settings() {
		if _, ok := seen[name]; !ok {
			t.Errorf("no example has the setting %s", name)
		}
	}
}

// unsound returns a problem of an example that cannot be read as any of these.
func unsound(example string) string {
	var why string
	for _, as := range []string{
		`%s`,
		`[%s]`,
		`[{"id": "e", "date": "2024-10-07", "title": "T", "sources": [%s]}]`,
		`{"actors": [%s], "events": []}`,
	} {
		_, report, err := format.Read(format.File{Name: "example", Text: fmt.Sprintf(as, example)})
		problems := 0
		for _, p := range report.Problems {
			if p.Text != "the event has no source" && p.Text != "the file has no events" && p.Field != "summary [1]" && p.Field != "summary [3]" {
				problems++
				why = p.String()
			}
		}
		if err == nil && problems == 0 {
			return ""
		}
	}
	return why
}

var citationBlock = regexp.MustCompile("(?s)```(chicago|apa|csl|ris|biblatex|markdown)\n(.*?)```")

// TestExamplesOfCitationsAreWhatCitePrints compares the documentation with the
// program.
func TestExamplesOfCitationsAreWhatCitePrints(t *testing.T) {
	text, err := os.ReadFile("../docs/citations.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := make(map[string]bool)
	for _, block := range citationBlock.FindAllStringSubmatch(string(text), -1) {
		as, example := block[1], block[2]
		out, errs, code := invoke("", "cite", "--format", as)
		if code != exitOK || errs != "" {
			t.Errorf("%s: exit code %d, errors %q", as, code, errs)
		}
		out = "\n" + strings.ReplaceAll(out, "\r\n", "\n")
		// In CSL a comma follows every item but the last.
		if !strings.Contains(out, "\n"+strings.TrimSuffix(example, "\n")) {
			t.Errorf("cite --format %s does not print\n%s", as, example)
		}
		shown[as] = true
	}
	for _, f := range citationFormats() {
		if !shown[f.name] {
			t.Errorf("there is no example of %s", f.name)
		}
	}
}

// TestExamplesOfExportPrintWhatThePageSays runs the commands of the page, in
// order, on the file that the page shows.
func TestExamplesOfExportPrintWhatThePageSays(t *testing.T) {
	text, err := os.ReadFile("../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	t.Chdir(fixture.Write(t, "ferry.json", jsonBlock.FindStringSubmatch(page)[1]))
	blocks := consoleBlock.FindAllStringSubmatch(page, -1)
	if len(blocks) == 0 {
		t.Error("the page has no example")
	}
	for _, block := range blocks {
		for _, example := range strings.Split(block[1], "$ dateline ")[1:] {
			args, want, _ := strings.Cut(example, "\n")
			out, errs, _ := invoke("", strings.Fields(args)...)
			if got := strings.ReplaceAll(out, "\r\n", "\n") + errs; got != want {
				t.Errorf("dateline %s prints\n%s\nthe page says\n%s", args, got, want)
			}
		}
	}
}
