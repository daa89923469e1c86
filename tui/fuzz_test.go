package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/format"
)

// FuzzPanes opens every pane on a timeline read from a file of any kind, with its
// register, and moves about in each. The frames must be as large as the screen.
func FuzzPanes(f *testing.F) {
	for name, text := range map[string]string{
		"json": `{"title": "T", "actors": [{"name": "\u2014", "aliases": ["Dash"]}, {"name": "Ann", "aliases": ["A"], "native": {"ko": "안"}, "role": "leader"}],
"events": [{"id": "a", "date": "2024-06-19", "title": "First", "summary": "One [1] two [2].", "actors": ["Dash", "A"], "places": ["Khasan, Russia"], "topics": ["x"],
 "sources": [{"url": "https://a.example/b", "title": "S", "quote": "q", "kind": "official"}]},
{"id": "b", "date": "2024-06-19/..", "title": "Second", "answers": ["a"], "status": "denied", "actors": ["Ann"], "sources": [{"publisher": "P", "title": "T", "published": "2024"}]}]}`,
		"lines":  `{"id": "a", "date": "Y170000002", "title": "T"}` + "\n" + `{"id": "b", "date": "", "title": "T", "actors": [" ", "\u200b"]}`,
		"csv":    "Date,Title,Actors,URL\n2024-01-02,One,\"Ann; Bob\",https://a.example\n,Two,—,\n",
		"ical":   "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20240101\r\nSUMMARY:S\r\nATTENDEE;CN=Ann:mailto:a@b.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"mw":     "2024-01: A @ann #tag\n2023/2024: B\n",
		"nobody": `[{"id": "a", "date": "2024", "title": "T", "actors": ["ʻ", "\u0301"], "sources": [{"url": "https://x.example"}]}]`,
	} {
		f.Add(name, text, uint8(100), uint8(30))
		f.Add(name, text, uint8(40), uint8(9))
	}
	f.Fuzz(func(t *testing.T, name, text string, w, h uint8) {
		if len(text) > 1<<14 {
			return
		}
		tl, _, err := format.Read(format.File{Name: "file." + name, Text: text})
		if err != nil {
			return
		}
		m := startWith(t, Config{Theme: Mono}, File{Timeline: tl, Name: name, Digest: func() string { return "00" }}, int(w), int(h), "")
		for _, keys := range [][]string{
			{"j", "G", "k"}, {"enter", "J", "c", "enter", "G", "esc"}, {"F", "j", "j", "space", "!", "G", "space", "esc", "esc"},
			{"w", "j", "l", "enter", "esc", "esc"}, {"a", "enter", "esc"}, {"a", "tab", "down", "!", "enter", "esc", "esc"}, {"v", "l", "G", "enter", "esc"},
			{"z", "z", "Z"}, {"B", "G", "a", "esc"}, {"s", "down", "esc"}, {"Y", "esc"}, {"?", "G", "esc"}, {"p", "G", "esc"}, {"P", "esc"}, {":", "esc"},
			{"/", "a", "enter", "n", "N"}, {"f", "a", "tab", "tab", "enter", "esc"}, {"t", "2024", "enter"}, {"]", "[", "}", "{", "*", "#", "H", "L"},
			{"m", "e", "x", "enter", "'", "f", "marked", "enter", "esc"}, {"S", "T", "g"},
		} {
			for _, key := range keys {
				press(m, key)
				if m.w > 0 && m.h > 0 {
					exact(t, m)
				}
			}
			if t.Failed() {
				t.Fatalf("after %s", strings.Join(keys, " "))
			}
		}
		m.Update(tea.WindowSizeMsg{Width: int(h), Height: int(w)})
		if m.w > 0 && m.h > 0 {
			exact(t, m)
		}
	})
}
