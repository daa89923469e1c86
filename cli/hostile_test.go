package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// hostile returns texts that a terminal might act on.
func hostile(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../timeline/testdata/hostile.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []string
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	if len(table) < 60 {
		t.Fatalf("the table has %d texts, want at least 60", len(table))
	}
	return table
}

// eventOfEach writes a file with one event for each text, with the text in every
// field.
func eventOfEach(t *testing.T, texts []string) (path string) {
	t.Helper()
	var events []any
	for i, h := range texts {
		events = append(events, map[string]any{
			"id": string(rune('a'+i%26)) + h, "date": "2024-06-19", "title": h, "summary": h + " [1]", "actors": []string{h}, "places": []string{h},
			"topics": []string{h}, "caveat": h, h: h,
			"sources": []any{map[string]any{"url": "https://example.org/" + strings.Join(strings.Fields(h), "_"), "title": h, "publisher": h, "quote": h, "quote_by": h, "supports": h}},
		})
	}
	text, err := json.Marshal(map[string]any{"title": strings.Join(texts[:12], ""), "events": events})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "hostile.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestNothingHostileIsPrinted checks the output and errors of every verb, with
// hostile texts in the file and on the command line.
func TestNothingHostileIsPrinted(t *testing.T) {
	t.Parallel()
	texts := hostile(t)
	path := eventOfEach(t, texts)
	check := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		run(args, env(nil), strings.NewReader(""), &out, &errs)
		for _, r := range strings.NewReplacer("\r\n", "", "\n", "").Replace(out.String() + errs.String()) {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
				t.Errorf("dateline %.80q prints %U", args, r)
				return
			}
		}
	}
	for _, args := range [][]string{{path}, {"list", path}, {"--plain", path}, {"export", path}, {"export", "--format", "jsonl", path}, {"export", "--format", "csv", path},
		{"export", "--format", "ics", path}, {"export", "--format", "timelinejs", path}, {"brief", path}, {"brief", "--format", "markdown", path},
		{"brief", "--format", "html", path}, {"brief", "--format", "json", path}, {"check", path}, {"check", "--format", "json", path}} {
		check(args...)
	}
	small := eventOfEach(t, texts[:12])
	for _, h := range texts {
		check("list", "--filter", h, small)
		check("list", "--filter", "actor:"+h, small)
		check("list", "--filter", h+":x", small)
		check("list", "--order", h, small)
		check("list", "--output", "missing/"+h, small)
		check("list", "--view", h, small)
		check("list", "--config", h, small)
		check("brief", "--since", h, small)
		check("brief", "--filter", "id:x", "--title", h, "--bottom-line", h, small)
		check("list", strings.ReplaceAll(h, "\x00", ""))
		check(h, "--"+h)
	}
}
