package tui

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/text"
)

// hostile is a table of texts that a terminal might act on, or that break a frame
// that trusts them.
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
	return table
}

// hostileFile holds a text in every field that takes any.
func hostileFile(t *testing.T, h string) File {
	t.Helper()
	path := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '_' // an address has no blanks
		}
		return r
	}, h)
	source := map[string]any{"url": "https://example.org/" + path, "title": h, "publisher": h, "author": h, "via": h, "attributed_to": h,
		"supports": h, "quote": h, "quote_by": h, "archived": "https://example.net/" + path, "language": h}
	title := h
	if strings.TrimSpace(text.Clean(h)) == "" {
		title = "t" // an event needs one
	}
	event := func(id string) map[string]any {
		return map[string]any{"id": id, "date": "2024-06-19", "tz": h, "title": title, "summary": h + " [1]", "actors": []string{h + "a", h}, "places": []string{h},
			"topics": []string{h}, "caveat": h, "sources": []any{source}}
	}
	second := event("b" + h)
	second["answers"] = []string{"a" + h}
	text, err := json.Marshal(map[string]any{"title": h, "actors": []any{map[string]any{"name": h + "a", "aliases": []string{h + "b"}, "native": map[string]string{"ko": h + "c"}, "role": h}},
		"events": []any{event("a" + h), second}})
	if err != nil {
		t.Fatal(err)
	}
	file := read(t, "f"+h+".json", string(text))
	if file.Timeline.Len() == 0 {
		t.Fatalf("no event is left: %s", file.Problems)
	}
	return file
}

// The only sequences that a frame may have are styles and links, and our own.
var ownSequences = regexp.MustCompile("\x1b\\[[0-9;:]*m|\x1b\\]8;[^\x07\x1b]*(\x07|\x1b\\\\)")

func TestNothingHostileReachesTheScreen(t *testing.T) {
	t.Parallel()
	for i, h := range hostile(t) {
		file := hostileFile(t, h)
		size := [][2]int{{46, 20}, {120, 36}}[i%2]
		for name, way := range map[string][]string{
			"browsing": nil, "reading": {"enter"}, "dispute": {"enter", "c"}, "picking": {"a"}, "brief": {"B"}, "problems": {"p"},
			"facets": {"F"}, "who": {"w"},
		} {
			m := start(t, file, size[0], size[1], "")
			press(m, way...)
			checkSafe(t, m, fmt.Sprintf("%s, %.40q", name, h))
		}
		for name, key := range map[string]string{"search": "/", "filter": "f", "pick": "a"} {
			m := start(t, file, size[0], size[1], "")
			press(m, key)
			m.Update(tea.PasteMsg{Content: h})
			checkSafe(t, m, fmt.Sprintf("pasted in %s, %.40q", name, h))
			press(m, "enter")
			checkSafe(t, m, fmt.Sprintf("entered in %s, %.40q", name, h))
		}
		m := start(t, file, size[0], size[1], "")
		if text.Fold(h) != "" {
			m.setQuery(m.query.And(timeline.Is(timeline.TextField, h), timeline.Is(timeline.ActorField, h+"?")))
			checkSafe(t, m, fmt.Sprintf("filtered, %.40q", h))
		}
		m.say(h)
		checkSafe(t, m, fmt.Sprintf("said, %.40q", h))
	}
}

func checkSafe(t *testing.T, m *model, where string) {
	t.Helper()
	content := exact(t, m)
	view := m.View()
	for _, text := range []string{strings.ReplaceAll(ownSequences.ReplaceAllString(content, ""), "\n", ""), view.WindowTitle} {
		for _, r := range text {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
				t.Errorf("%s: %U reaches the terminal", where, r)
				break
			}
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// TestClipboardGetsCleanText looks at the text that y copies.
func TestClipboardGetsCleanText(t *testing.T) {
	for _, h := range hostile(t) {
		file := hostileFile(t, h)
		note := cite.Chicago(&file.Timeline.Event(0).Sources[0])
		if note != text.Clean(note) {
			t.Errorf("%.40q: y sends %.80q", h, note)
		}
	}
}
