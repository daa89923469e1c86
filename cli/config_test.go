package cli

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui"
)

func TestConfigurationIsRead(t *testing.T) {
	for _, tt := range []struct {
		text  string
		flags map[string]string
		keys  tui.Keys
	}{
		{"", nil, nil},
		{"# nothing\n", nil, nil},
		{"[keys]", nil, tui.Keys{}},
		{"theme = \"light\" # not \"dark\"\nascii = true\nmouse = false\norder = 'newest'", map[string]string{"theme": "light", "ascii": "true", "mouse": "false", "order": "newest"}, nil},
		{"\ufefftheme = \"mono\"\r\n[keys]\r\nfilter = \"f9\"\r\n", map[string]string{"theme": "mono"}, tui.Keys{"filter": {"f9"}}},
		{"[keys]\nfilter = \"f9\" # a comment\nsearch = [\"ctrl+s\",\n  '/', # another\n]\nreload = []", nil, tui.Keys{"filter": {"f9"}, "search": {"ctrl+s", "/"}, "reload": nil}},
		{"keys.filter = \"f9\"\nkeys.\"search\" = \"ctrl+s\"", nil, tui.Keys{"filter": {"f9"}, "search": {"ctrl+s"}}},
		{"keys = { filter = \"f9\", search = [\"ctrl+s\"] }", nil, tui.Keys{"filter": {"f9"}, "search": {"ctrl+s"}}},
	} {
		got, err := parseConfig("config.toml", tt.text)
		if err != nil || !maps.Equal(got.flags, tt.flags) || !reflect.DeepEqual(got.keys, tt.keys) {
			t.Errorf("%q: got %v, %v; want %v", tt.text, got, err, tt)
		}
	}
}

// All mistakes in a configuration are reported at once, each with its line and its
// remedy.
func TestMistakesInAConfigurationHaveLines(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"theme = \"dark\"\nascii = \n", "2:9: expected value but found '\\n' instead"},
		{"theme = dark", "1:9: expected value but found \"dark\" instead"},
		{"[keys\nfilter = \"x\"", "1:6: expected '.' or ']' to end table name, but got '\\n' instead"},
		{"theme = \"dark\nascii = true", "1:14: strings cannot contain newlines"},
		{"ascii = true\n\nascii = false", "3:1: key 'ascii' has already been defined"},
		{"theme = \"\\q\"", "1:10: invalid escape in string '\\q'"},
		{"ascii = true\x00", "1:12: TOML files cannot contain control characters: '0x00'"},
		{"ascii = true\n\x80", "2:1: invalid UTF-8 byte: 0x80"},

		{"\n\n# the look\nthem = \"dark\"", "4: unknown setting them; did you mean theme?"},
		{"colour = 3\n[window]\nwidth = 3", "1: unknown setting colour; use ascii, cache-size, mouse, no-cache, order, theme or keys\n2: unknown setting window; use ascii, cache-size, mouse, no-cache, order, theme or keys"},
		{"\nwindow.width = 3", "2: unknown setting window; use ascii, cache-size, mouse, no-cache, order, theme or keys"},
		{"theme = \"drak\"", "1: theme must be \"auto\", \"light\", \"dark\" or \"mono\", not \"drak\""},
		{"theme = 3\norder = [\"newest\"]", "1: theme must be \"auto\", \"light\", \"dark\" or \"mono\", not 3\n2: order must be \"oldest\" or \"newest\", not a list"},
		{"ascii = \"yes\"\nmouse = 2024-06-19", "1: ascii must be true or false, not \"yes\"\n2: mouse must be true or false, not a date"},
		{"cache-size = 3\nno-cache = \"never\"", "1: cache-size must be a size such as \"500M\" or \"8G\", not 3\n2: no-cache must be true or false, not \"never\""},
		{"keys = \"x\"", "1: keys must be a table: [keys], then lines such as filter = \"x\""},
		{"[[keys]]\nfilter = \"x\"", "1: keys must be a table: [keys], then lines such as filter = \"x\""},

		{"[keys]\nfliter = \"x\"", "2: no action is called fliter; did you mean filter?"},
		{"[keys]\nfilter = 3\nsearch = [\"x\", 3]", "2: filter must be a key such as \"x\", a list such as [\"x\", \"ctrl+x\"], or [] for none, not 3\n3: search must be a key such as \"x\", a list such as [\"x\", \"ctrl+x\"], or [] for none, not a list"},
		{"[keys]\n[keys.filter]\nkey = \"x\"", "2: filter must be a key such as \"x\", a list such as [\"x\", \"ctrl+x\"], or [] for none, not a table"},
		{"[keys]\nfilter = \"f9\"\ntheme = \"dark\"", "3: theme is a setting, not an action: move it above [keys]"},
		{"[keys]\nfilter = \"Ctrl-C\"", "2: filter: write \"ctrl+c\" for \"Ctrl-C\""},
		{"[keys]\nfilter = [\n  \"f9\",\n  \"entr\", # the big one\n]", "2: filter: no key is called \"entr\"; did you mean \"enter\"?"},

		{"# mine\n[keys]\nfilter = \"f9\" # m is taken\n\nmark = [\"f10\", \"f9\"]", "3: f9 means both filter and mark (line 5)"},
		{"[keys]\nmark = \"f9\"\nfilter = \"f9\"", "3: f9 means both filter and mark (line 2)"},
		{"keys = { filter = \"f9\", mark = \"f9\" }", "1: f9 means both filter and mark (line 1)"},
		{"keys.filter = \"m\"", "1: m means both filter and mark; it is a default key of mark, which needs another, or []"},
		{"[keys]\nmark = \"f\"", "2: f means both filter and mark; it is a default key of filter, which needs another, or []"},
		{"[keys]\nquit-now = []\nback = 'f9'\nleave-prompt = 'x'", "2: quit-now needs a key: without it some place cannot be left\n4: leave-prompt: x is text in that place; use a key that types nothing, such as \"ctrl+x\""},
	} {
		_, err := parseConfig("config.toml", tt.text)
		var got []string
		if all := (*mistakesError)(nil); errors.As(err, &all) {
			got = all.lines()
		}
		want := strings.Split(tt.want, "\n")
		for i := range want {
			want[i] = "config.toml:" + want[i]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot\n%s\nwant\n%s", tt.text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestFlagsOverrideViewsAndViewsOverrideTheConfiguration(t *testing.T) {
	dir := fixture.Home(t, map[string]string{
		"config.toml": `order = "newest"`,
		"views.toml":  "[start]\nfilter = 'id:a,b'\n\n[back]\norder = 'oldest'\n",
	})
	path := filepath.Join(t.TempDir(), "days.json")
	if err := os.WriteFile(path, []byte(`[{"id":"a","date":"2024-01-01","title":"A"},{"id":"b","date":"2024-01-02","title":"B"},{"id":"c","date":"2024-01-03","title":"C"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ args, want string }{
		{"", "CBA"},
		{"--order oldest", "ABC"},
		{"--view start", "BA"},
		{"--view start --filter -id:b", "A"},
		{"--view back", "ABC"},
		{"--view back --order newest", "CBA"},
		{"--config /dev/null", "ABC"},
	} {
		var out, errs strings.Builder
		args := append([]string{"list", path}, strings.Fields(tt.args)...)
		if code := run(args, env(map[string]string{"HOME": dir}), strings.NewReader(""), &out, &errs); code != exitOK || errs.String() != "" {
			t.Fatalf("%s: exit code %d, errors %q", tt.args, code, errs.String())
		}
		var got string
		for line := range strings.Lines(out.String()) {
			got += string(line[len(line)-2])
		}
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.args, got, tt.want)
		}
	}
}

func TestBrokenConfigurationIsWrongUsage(t *testing.T) {
	dir := fixture.Home(t, map[string]string{"config.toml": "them = 3\n[keys]\nfilter = \"Esc\"\n", "views.toml": "[a]\nfiltr = 3\n"})
	path := filepath.Join(dir, ".config", "dateline")
	config := "dateline: " + path + "/config.toml:1: unknown setting them; did you mean theme?\n" +
		"dateline: " + path + "/config.toml:3: filter: write \"esc\" for \"Esc\"\n"
	for _, tt := range []struct {
		args string
		code int
		errs string
	}{
		{"", exitUsage, config},
		{"list", exitUsage, config},
		{"brief", exitUsage, config},
		{"check", exitUsage, config},
		{"list --config /dev/null", exitOK, ""},
		{"list --config /dev/null --view a", exitUsage, "dateline: --view: " + path + "/views.toml: a.filtr: unknown field filtr; did you mean filter?; see dateline help\n"},
		{"list --config " + path + "/none.toml", exitUsage, "dateline: --config: " + path + "/none.toml: no such file; see dateline help\n"},
		{"schema", exitOK, ""},
		{"help", exitOK, ""},
		{"--version", exitOK, ""},
	} {
		var out, errs strings.Builder
		code := run(strings.Fields(tt.args), env(map[string]string{"HOME": dir}), strings.NewReader(""), &out, &errs)
		if code != tt.code || errs.String() != tt.errs {
			t.Errorf("dateline %s: exit code %d, errors\n%s\nwant %d\n%s", tt.args, code, errs.String(), tt.code, tt.errs)
		}
	}
}

// With HOME=/dev/null, as services have it, every verb was stopped.
func TestHomeThatIsNotAFolderHasNoConfiguration(t *testing.T) {
	for _, verb := range []string{"list", "cite", "export", "brief", "check"} {
		var out, errs strings.Builder
		code := run([]string{verb}, env(map[string]string{"HOME": "/dev/null"}), strings.NewReader(""), &out, &errs)
		want := "dateline: marks, notes and views are not kept: /dev/null is not a folder\n"
		if verb == "check" {
			want = "" // it has nothing to keep
		}
		if code != exitOK || out.Len() == 0 || errs.String() != want {
			t.Errorf("dateline %s: exit code %d, errors %q", verb, code, errs.String())
		}
	}
}

// FuzzConfig checks that any text is either read or refused, that each mistake has a
// line of the file, and that old views survive when another is saved.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"", "theme = \"dark\"\n[keys]\nfilter = [\"x\", 'ctrl+x']\n", "keys.filter = \"m\"\n", "keys = { filter = \"x\", mark = \"x\" }", "keys.filter = [\"ctrl++x\", \"++\", \"+\"]",
		"[a]\nfilter = 'actor:putin'\norder = \"newest\"\n# kept\n[\"b c\"]\nfilter = \"\"\"\nx\n[c]\"\"\"\n", "a = {filter = 'x'}\n", "b.filter = 'x'\n", "[[a]]\n[[a]]\n", "[a.b]\nc = 1\n",
		"\ufeff[a]\r\nfilter='x'", "x = [1,\n{a = 1}\n]\n", "[keys]\n'' = 'x'\n\"\\u0007\" = ''", "a = 2024-06-19\n", "[a", "\xff\xfea", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := 1 + strings.Count(strings.TrimSuffix(text, "\n"), "\n")
		inFile := func(err error) {
			var all *mistakesError
			if err != nil && !errors.As(err, &all) {
				t.Fatalf("%v names no line", err)
			}
			for i := 0; err != nil && i < len(all.mistakes); i++ {
				if line := all.mistakes[i].line; line < 1 || line > lines {
					t.Fatalf("line %d of %d: %s", line, lines, all.mistakes[i].text)
				}
			}
		}
		_, err := parseConfig("config.toml", text)
		inFile(err)
		old := oldViews(t, text)
		views, err := old.read()
		if err != nil {
			return
		}
		saved := tui.View{Name: "saved by the test", Order: "newest"}
		if err := old.save(saved); err != nil {
			t.Fatal(err)
		}
		after, err := old.read()
		if err != nil || len(after) != len(views)+1 {
			t.Fatalf("%d views are %d now: %v", len(views), len(after), err)
		}
		for i, v := range append(views, saved) {
			if got := after[i]; got.Name != v.Name || got.Query.String() != v.Query.String() || got.Order != v.Order || got.Zoom != v.Zoom {
				t.Fatalf("got %v, want %v", got, v)
			}
		}
	})
}
