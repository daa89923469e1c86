package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui"
)

// oldViews makes a views.toml of the text, and no other file of views.
func oldViews(t *testing.T, text string) viewsFile {
	t.Helper()
	dir := fixture.Write(t, "views.toml", text)
	return viewsFile{filepath.Join(dir, "state", "views.json"), filepath.Join(dir, "views.toml")}
}

func view(t *testing.T, name, filter, order string) tui.View {
	t.Helper()
	query, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	return tui.View{Name: name, Query: query, Order: order}
}

// shown lists the views of a file, one per line.
func (f viewsFile) shown(t *testing.T) string {
	t.Helper()
	views, err := f.read()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, v := range views {
		lines = append(lines, strings.Join([]string{v.Name, v.Query.String(), v.Order, v.Zoom}, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestViewsAreSavedAndRemoved(t *testing.T) {
	f := oldViews(t, "")
	for _, step := range []struct {
		change func() error
		want   string
	}{
		{func() error { return f.save(tui.View{Name: "a", Order: "oldest", Zoom: "week"}) }, "a||oldest|week"},
		{func() error { return f.save(view(t, "one [1]", `actor:"Kim Jong Un"`, "newest")) }, "a||oldest|week\none [1]|actor:\"Kim Jong Un\"|newest|"},
		{func() error { return f.save(view(t, " a", "actor:O'Neill", "")) }, "a|actor:O'Neill||\none [1]|actor:\"Kim Jong Un\"|newest|"},
		{func() error { return f.remove("a") }, "one [1]|actor:\"Kim Jong Un\"|newest|"},
		{func() error { return f.remove("b") }, "one [1]|actor:\"Kim Jong Un\"|newest|"},
		{func() error { return f.remove("one [1]") }, ""},
	} {
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		if got := f.shown(t); got != step.want {
			t.Errorf("got\n%s\nwant\n%s", got, step.want)
		}
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
}

// Views written by hand are used as they are until the first change takes them over.
func TestOldViewsAreTakenOverOnce(t *testing.T) {
	const text = "# before a meeting\n[pre-meeting] # the usual\nfilter = 'topic:treaty'\norder = \"newest\"\n\n[\"a deadline\"]\nfilter = \"topic:un\"\nzoom = 'week'\n"
	const both = "pre-meeting|topic:treaty|newest|\na deadline|topic:un||week"
	f := oldViews(t, text)
	if got := f.shown(t); got != both {
		t.Errorf("got\n%s\nwant\n%s", got, both)
	}
	if _, err := os.Stat(f.path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("views that were only read are written: %v", err)
	}
	if err := f.save(view(t, "c", "actor:kim", "")); err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(f.old + ".bak"); err != nil || string(kept) != text {
		t.Errorf("%v, kept is\n%s", err, kept)
	}
	if _, err := os.Stat(f.old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", f.old, err)
	}
	if got := f.shown(t); got != both+"\nc|actor:kim||" {
		t.Errorf("got\n%s", got)
	}
}

func TestBrokenViewsAreNotOverwritten(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"[a]\nfilter = 'actr:kim'\n", `views.toml: view "a": filter, column 1: unknown field actr; did you mean actor?`},
		{"[a]\nfilter = 3\n", "views.toml: line 2 …incompatible types…"},
		{"[a]\norder = 'sideways'\n", `views.toml: view "a": order must be oldest or newest, not "sideways"`},
		{"[a]\nzoom = 'minute'\n", `views.toml: view "a": zoom must be …, not "minute"`},
		{"[a]\nfiltr = 'x'\n", "views.toml: a.filtr: unknown field filtr; did you mean filter?"},
		{"[a\n", "views.toml: line 2: expected …"},
		{"filter = 'x'\n", "views.toml: line 1 …"},
		{"[' ']\n", `views.toml: view " ": a view needs a name`},
		{"[\"a\\u001b[2J\"]\n", `views.toml: view "a\x1b[2J": the name must be "a[2J"`},
	} {
		f := oldViews(t, tt.text)
		for _, err := range []error{f.save(view(t, "a", "topic:un", "")), f.remove("a")} {
			if err == nil || !like(err.Error(), "…/"+tt.want) {
				t.Errorf("%s: got %v, want %s", tt.text, err, tt.want)
			}
		}
		if got, err := os.ReadFile(f.old); err != nil || string(got) != tt.text {
			t.Errorf("%q has become %q", tt.text, got)
		}
	}
	for _, tt := range []struct{ text, want string }{
		{"{", "views.json: the views cannot be read: unexpected end of JSON input"},
		{`{"version":3,"views":[]}`, "views.json: the views have version 3, not 2"},
		{`{"version":1,"views":[{"name":"a","filter":"actr:kim"}]}`, `views.json: view "a": filter, column 1: unknown field actr; did you mean actor?`},
	} {
		f := viewsFile{path: filepath.Join(fixture.Write(t, "views.json", tt.text), "views.json")}
		for _, err := range []error{f.save(view(t, "a", "topic:un", "")), f.remove("a")} {
			if err == nil || !strings.HasSuffix(err.Error(), "/"+tt.want) {
				t.Errorf("%s: got %v, want %s", tt.text, err, tt.want)
			}
		}
		if got, err := os.ReadFile(f.path); err != nil || string(got) != tt.text {
			t.Errorf("%q has become %q", tt.text, got)
		}
	}
}

func TestViewNamesAreSavedOrRefused(t *testing.T) {
	t.Parallel()
	f := viewsFile{path: filepath.Join(t.TempDir(), "new", "views.json")}
	names := append(fixture.Hostile(t), "]", "[a]", `"`, `'`, `a'b"c`, "a = 1", "#", "a.b", "a\nb", "filter", "김정은", strings.Repeat("x", 80), strings.Repeat("x", 81))
	refusals := 0
	for _, name := range names {
		saved := view(t, name, "topic:un", "newest")
		if query, err := timeline.ParseQuery(name); err == nil {
			saved.Query = query
		}
		if err := f.save(saved); err != nil {
			refusals++
			continue
		}
		views, err := f.read()
		if err != nil {
			t.Fatalf("after saving %q: %v", name, err)
		}
		found := false
		for _, v := range views {
			found = found || v.Name == strings.TrimSpace(text.Clean(name)) && v.Query.String() == saved.Query.String() && v.Order == saved.Order
		}
		if !found {
			t.Errorf("%q is not saved", name)
		}
	}
	if refusals > len(names)/4 {
		t.Errorf("%d of %d names are refused", refusals, len(names))
	}
}

// A file that is a link, as under version control, stays one.
func TestLinkToAFileOfViewsStays(t *testing.T) {
	f := viewsFile{path: filepath.Join(fixture.Write(t, "views.json", `{"version":1}`), "views.json")}
	link := viewsFile{path: filepath.Join(t.TempDir(), "views.json")}
	if err := os.Symlink(f.path, link.path); err != nil {
		t.Skip("there are no links here")
	}
	if err := link.save(view(t, "a", "topic:un", "")); err != nil {
		t.Fatal(err)
	}
	if views, err := f.read(); err != nil || len(views) != 1 {
		t.Errorf("the target of the link has %v, %v", views, err)
	}
}

func TestViewOnTheCommandLine(t *testing.T) {
	dir := fixture.Home(t, map[string]string{"views.toml": "[gift]\nfilter = 'id:2024-02-18-aurus-car-gift'\n[\"the UN\"]\nfilter = 'topic:un'\n"})
	for _, tt := range []struct {
		args []string
		home string
		code int
		out  string
		errs string
	}{
		{[]string{"list", "--view", "gift"}, dir, exitOK, "2024-02-18  …Aurus…\n", ""},
		{[]string{"--view", "gift"}, dir, exitOK, "2024-02-18  …Aurus…\n", ""},
		{[]string{"list", "--view", "gift", "--filter", "actor:putin"}, dir, exitOK, "2024-02-18  …\n", ""},
		{[]string{"list", "--view", "gift", "--filter", "-actor:putin"}, dir, exitOK, "", "dateline: 0 events: no event matches both id:2024-02-18-aurus-car-gift and -actor:putin\n"},
		{[]string{"brief", "--view", "gift"}, dir, exitOK, "…Events called “Putin gives Kim Jong Un a Russian-made Aurus car”…", ""},
		{[]string{"export", "--view", "gift", "--format", "jsonl"}, dir, exitOK, "{…\"2024-02-18-aurus-car-gift\"…}\n", ""},
		{[]string{"cite", "--view", "gift"}, dir, exitOK, "…Aurus…", ""},
		{[]string{"check", "--view", "gift"}, dir, exitOK, "events.json: …", ""},
		{[]string{"list", "--view", "gfit"}, dir, exitUsage, "", "dateline: --view: unknown view \"gfit\"; did you mean gift?; see dateline help\n"},
		{[]string{"check", "--view", "meeting"}, dir, exitUsage, "", "dateline: --view: unknown view \"meeting\"; use gift or the UN; see dateline help\n"},
		{[]string{"--view", "a\x1b[2J"}, dir, exitUsage, "", "dateline: --view: unknown view …; use gift or the UN; see dateline help\n"},
		{[]string{"--view", "gift"}, "/nowhere", exitUsage, "", "dateline: --view: there are no saved views; save one in the viewer; see dateline help\n"},
		{[]string{"--view", "gift"}, "", exitUsage, "", "dateline: --view: there is no home directory; set HOME; see dateline help\n"},
	} {
		var out, errs strings.Builder
		code := run(tt.args, env(map[string]string{"HOME": tt.home}), strings.NewReader(""), &out, &errs)
		if code != tt.code || !like(out.String(), tt.out) || !like(errs.String(), tt.errs) {
			t.Errorf("%q: exit code %d, printed\n%.500s\nerrors %q", tt.args, code, out.String(), errs.String())
		}
		plain(t, errs.String())
	}
}

func TestViewerKnowsWhyViewsAreNotSaved(t *testing.T) {
	for _, tt := range []struct {
		home    string
		noState bool
		want    string
	}{
		{"/somewhere", false, ""},
		{"/somewhere", true, "Views are not saved (--no-state)."},
		{"", false, "Views are not saved: there is no home directory; set HOME"},
	} {
		c := &command{env: env(map[string]string{"HOME": tt.home}), noState: tt.noState}
		var cfg tui.Config
		c.setViews(&cfg)
		keeps := cfg.SaveView != nil && cfg.RemoveView != nil
		if cfg.ViewsUnkept != tt.want || keeps != (tt.want == "") || (cfg.Views != nil) != (tt.home != "") {
			t.Errorf("%+v: got %q, keeps %t", tt, cfg.ViewsUnkept, keeps)
		}
	}
}

func TestUnreadableViewsAreAnError(t *testing.T) {
	f := viewsFile{path: t.TempDir()} // a directory
	if _, err := f.read(); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := f.save(view(t, "a", "", "")); err == nil {
		t.Error("a view was saved over a directory")
	}
}

// In views saved before words became operators, they are searched for.
func TestEarlierViewsKeepTheirMeaning(t *testing.T) {
	f := viewsFile{path: filepath.Join(fixture.Write(t, "views.json", `{"version":1,"views":[{"name":"a","filter":"putin or kim"}]}`), "views.json")}
	views, err := f.read()
	if err != nil || len(views) != 1 || views[0].Query.String() != `putin "or" kim` {
		t.Fatalf("got %v, %v", views, err)
	}
	if err := f.save(views[0]); err != nil {
		t.Fatal(err)
	}
	if again, err := f.read(); err != nil || again[0].Query.String() != `putin "or" kim` {
		t.Errorf("saved again: %v, %v", again, err)
	}
}
