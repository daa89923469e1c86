package stories

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

// TestNothingHostileActs pages through the file in a terminal.
func TestNothingHostileActs(t *testing.T) {
	path := eventOfEach(t, hostile(t))
	term := open(t, termtest.Options{Width: 100, Height: 30}, path)
	if _, err := term.WaitText("2024 June"); err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if err := term.Type("pgdown"); err != nil {
			t.Fatal(err)
		}
		screen := term.Settle()
		if !screen.AltScreen || term.Clipboard() != "" || strings.Contains(screen.Title, "owned\a") {
			t.Fatalf("alternate screen %v, clipboard %q, title %q", screen.AltScreen, term.Clipboard(), screen.Title)
		}
	}
}

// hostile is the table of texts that a terminal might act on.
func hostile(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../timeline/testdata/hostile.json")
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

// eventOfEach writes a file with an event for each text, which stands in every
// field of it.
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
