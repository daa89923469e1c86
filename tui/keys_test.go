package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

func TestKeysAreNamedAsTheTerminalSendsThem(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"x", "x"}, {"X", "X"}, {"é", "é"}, {"ㅓ", "ㅓ"}, {"+", "+"}, {"-", "-"}, {"<", "<"}, {"^", "^"}, {"#", "#"},
		{"ctrl+c", "ctrl+c"}, {"Ctrl-C", "ctrl+c"}, {"C-c", "ctrl+c"}, {"<c-c>", "ctrl+c"}, {"^C", "ctrl+c"}, {"CTRL+C", "ctrl+c"}, {"Control-c", "ctrl+c"},
		{"alt+x", "alt+x"}, {"M-x", "alt+x"}, {"<A-x>", "alt+x"}, {"alt+X", "alt+shift+x"}, {"shift+alt+x", "alt+shift+x"},
		{"alt+ctrl+x", "ctrl+alt+x"}, {"ctrl++", "ctrl++"}, {"ctrl+-", "ctrl+-"}, {"C--", "ctrl+-"},
		{"shift+g", "G"}, {"Shift-G", "G"}, {"shift+1", ""}, {"shift+tab", "shift+tab"}, {"S-Tab", "shift+tab"}, {"shift+up", "shift+up"},
		{"ctrl+i", "tab"}, {"ctrl+m", "enter"}, {"ctrl+[", "esc"}, {"ctrl+alt+i", "ctrl+alt+i"},
		{"Esc", "esc"}, {"escape", "esc"}, {"<Esc>", "esc"}, {"Return", "enter"}, {"<CR>", "enter"}, {" ", "space"}, {"Space", "space"},
		{"PageDown", "pgdown"}, {"page-up", "pgup"}, {"PgDn", "pgdown"}, {"↑", "up"}, {"Del", "delete"}, {"F5", "f5"}, {"f12", "f12"}, {"f13", ""},
		{"", ""}, {"xy", ""}, {"cmd+x", ""}, {"ctrl+", ""}, {"ctrl+xy", ""}, {"<>", ""}, {"\x1b", ""}, {"\u0301", ""}, {"\xff", ""}, {"\u202e", ""},
	} {
		if got := keyName(c.written); got != c.want {
			t.Errorf("%q: got %q, want %q", c.written, got, c.want)
		}
		if again := keyName(c.want); again != c.want {
			t.Errorf("%q is itself called %q", c.want, again)
		}
	}
}

// Bubble Tea names a key's sequence by the name that is bound.
func TestNamesOfKeysAreThoseOfBubbleTea(t *testing.T) {
	for sent, name := range map[string]string{
		"x": "x", "X": "X", "\x18": "ctrl+x", "\x1bx": "alt+x", "\x1bX": "alt+shift+x", "\x1b[Z": "shift+tab", "\t": "tab", "\r": "enter",
		" ": "space", "\x7f": "backspace", "\x1b[A": "up", "\x1b[1;5A": "ctrl+up", "\x1b[1;2B": "shift+down", "\x1b[5~": "pgup", "\x1b[6~": "pgdown",
		"\x1b[H": "home", "\x1b[F": "end", "\x1b[2~": "insert", "\x1b[3~": "delete", "\x1bOP": "f1", "\x1b[15~": "f5", "\x1b[24~": "f12", "\x00": "ctrl+space",
		"é": "é", "\x1c": `ctrl+\`, "\x1f": "ctrl+_", "\x1b\x18": "ctrl+alt+x",
	} {
		var decoder uv.EventDecoder
		_, event := decoder.Decode([]byte(sent))
		pressed, ok := event.(uv.KeyPressEvent)
		if !ok || tea.KeyPressMsg(pressed).String() != name || keyName(name) != name {
			t.Errorf("%q is sent for %v, want %s; we call it %q", sent, event, name, keyName(name))
		}
	}
	for _, a := range actions() {
		for _, key := range a.Keys() {
			if wrong := misnamed(key); wrong != "" {
				t.Errorf("%s: %s", a.name, wrong)
			}
		}
	}
}

func TestFaultsOfBindings(t *testing.T) {
	for _, c := range []struct {
		keys Keys
		want []string // Action, Other, Text
	}{
		{Keys{"filter": {"f9", "ctrl+x"}, "jump-back": nil}, nil},
		{Keys{"fliter": {"f9"}}, []string{"fliter  no action is called fliter; did you mean filter?"}},
		{Keys{"dance": {"f9"}}, []string{"dance  no action is called dance; docs/configuration.md lists them, and so does the palette"}},
		{Keys{"filter": {"Ctrl-F7", "f9"}}, []string{`filter  filter: write "ctrl+f7" for "Ctrl-F7"`}},
		{Keys{"filter": {"entr"}}, []string{`filter  filter: no key is called "entr"; did you mean "enter"?`}},
		{Keys{"filter": {"hyper"}}, []string{`filter  filter: no key is called "hyper"; a key is a character, or a name such as "enter", "f5", "ctrl+x", "alt+x" or "shift+tab"`}},
		{Keys{"filter": {"m"}}, []string{"filter mark m means both filter and mark"}},
		{Keys{"mark": {"f"}}, []string{"mark filter f means both filter and mark"}},
		{Keys{"filter": {"m"}, "mark": {"f"}}, nil},
		{Keys{"filter": {"f9"}, "mark": {"f9"}}, []string{"filter mark f9 means both filter and mark"}},
		{Keys{"filter": {"down"}, "mark": {"m", "k"}}, []string{"filter down down means both down and filter", "mark up k means both up and mark"}},
		{Keys{"accept": {"tab"}}, []string{"accept complete tab means both accept and complete"}},
		{Keys{"complete": {"ctrl+n"}}, nil}, // the picker's, and nobody is in both
		{Keys{"quit": nil, "close-help": nil}, nil},
		{Keys{"quit-now": {}}, []string{"quit-now  quit-now needs a key: without it some place cannot be left"}},
		{Keys{"leave-choice": nil, "leave-prompt": nil, "back": nil}, []string{
			"back  back needs a key: without it some place cannot be left",
			"leave-choice  leave-choice needs a key: without it some place cannot be left",
			"leave-prompt  leave-prompt needs a key: without it some place cannot be left",
		}},
		{Keys{"accept": {"e"}}, []string{`accept  accept: e is text in that place; use a key that types nothing, such as "ctrl+x"`}},
		{Keys{"suspend": {"W"}}, []string{`suspend  suspend: W is text in that place; use a key that types nothing, such as "ctrl+x"`}},
		{Keys{"pick-mark": {"space", "ctrl+t"}, "pick-exclude": {"!"}}, nil},
		{Keys{"open-numbered": {"1", "2"}, "open-first": {"f9"}, "filter": {"1"}, "search": {"U", "ctrl+r"}}, nil}, // of an earlier version
		{Keys{"open-first": {"f9"}, "filter": {"f9"}}, []string{"open-first filter f9 means both open-source and filter"}},
	} {
		var got []string
		for _, f := range c.keys.Faults() {
			got = append(got, f.Action+" "+f.Other+" "+f.Text)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: got\n%s\nwant\n%s", c.keys, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// Bindings of an earlier version keep their keys, and a notice says what has gone.
func TestBindingsOfAnEarlierVersionWork(t *testing.T) {
	cfg := Config{Keys: Keys{"open-numbered": {"1", "2"}, "open-first": {"f9"}, "filter": {"4"}, "search": {"U"}}}
	m := startWith(t, cfg, inside(t), 80, 24, "")
	m.Init()
	if want := "open-numbered is gone: digits are counts now, and 3o opens source 3."; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
	for key, name := range map[string]string{"f9": "open-source", "4": "filter", "U": "search", "ctrl+_": "undo"} {
		if a := m.keys.find(message(key), []scope{inBody}); a == nil || a.name != name {
			t.Errorf("%s is bound to %v, want %s", key, a, name)
		}
	}
	if press(m, "14"); !is[*filtering](m) {
		t.Errorf("4 after a count leads to %s, want the filter", m.top().about(m).name)
	}
}

// A rebound key works, and the screen names it.
func TestReboundKeysAreShownEverywhere(t *testing.T) {
	cfg := Config{Keys: Keys{"filter": {"f5"}, "pick-actors": {"ctrl+f"}, "back": {"ctrl+x"}, "search": nil, "page-down": {"space"}, "reload": nil}}
	if faults := cfg.Keys.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	m := startWith(t, cfg, inside(t), 120, 36, "")
	shows := func(where, want, unwanted string) {
		t.Helper()
		s := frame(t, m).Golden()
		if got := strings.Join(strings.Fields(s), " "); !strings.Contains(got, want) || unwanted != "" && strings.Contains(got, unwanted) {
			t.Errorf("%s: want %q and no %q in\n%s", where, want, unwanted, s)
		}
	}
	shows("hints", " F5 filter Ctrl-F actors", "/ search")
	press(m, "?")
	shows("help", " F5 filter ", "/ search")
	press(m, "?", ":", "filter")
	shows("palette", ">F5 filter filter", "")
	press(m, "esc", "f5", "actor:putin", "enter")
	shows("chips", "Ctrl-X drops the last term", "Esc")
	m.Update(message("ctrl+x"))
	if !m.query.Empty() {
		t.Error("Ctrl-X does not drop the term")
	}
	press(m, "n")
	if got, want := m.notice.text, "No search yet; press :search to search."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	press(m, ":", "search", "enter")
	if !is[*searching](m) {
		t.Error("the palette has no search")
	}
}
