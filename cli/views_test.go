package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui"
)

// viewsWith makes a file of views.
func viewsWith(t *testing.T, text string) viewsFile {
	t.Helper()
	return viewsFile{filepath.Join(write(t, "views.toml", text), "views.toml")}
}

func view(t *testing.T, name, filter, order string) tui.View {
	t.Helper()
	query, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	return tui.View{Name: name, Query: query, Order: order}
}

func TestViewsAreChangedWhereTheyStand(t *testing.T) {
	const both = "# before a meeting\n[pre-meeting] # the usual\nfilter = 'topic:treaty'\n# the newest matter\norder = \"newest\"\n\n# for the paper\n[\"the deadline\"]\nfilter = \"topic:un\"\n\n# the end\n"
	for _, tt := range []struct {
		name, text string
		change     func(viewsFile) error
		want       string
	}{
		{"the first", "", func(f viewsFile) error { return f.save(tui.View{Name: "a", Order: "oldest", Zoom: "week"}) },
			"[a]\nfilter = ''\norder = \"oldest\"\nzoom = \"week\"\n"},
		{"another", both, func(f viewsFile) error { return f.save(view(t, "one [1]", `actor:"Kim Jong Un"`, "newest")) },
			both + "\n[\"one [1]\"]\nfilter = 'actor:\"Kim Jong Un\"'\norder = \"newest\"\n"},
		{"the same changed", both, func(f viewsFile) error { return f.save(view(t, " pre-meeting", "actor:O'Neill", "oldest")) },
			"# before a meeting\n[pre-meeting]\nfilter = \"actor:O'Neill\"\norder = \"oldest\"\n\n# for the paper\n[\"the deadline\"]\nfilter = \"topic:un\"\n\n# the end\n"},
		{"the last changed", both, func(f viewsFile) error { return f.save(view(t, "the deadline", "topic:un", "")) },
			strings.Replace(both, "filter = \"topic:un\"", "filter = 'topic:un'", 1)},
		{"one removed", both, func(f viewsFile) error { return f.remove("pre-meeting") },
			"# before a meeting\n# for the paper\n[\"the deadline\"]\nfilter = \"topic:un\"\n\n# the end\n"},
		{"one of another form", "a = { filter = 'x' }\n", func(f viewsFile) error { return f.save(view(t, "a", "y", "")) }, "[a]\nfilter = 'y'\n"},
		{"the last removed", "[a]\n", func(f viewsFile) error { return f.remove("a") }, ""},
	} {
		f := viewsWith(t, tt.text)
		if err := tt.change(f); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if got, _ := f.text(); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestWhatCannotBeChangedInAFileOfViewsStays(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"[a]\nfilter = 'actr:kim'\n", "views.toml:2: filter, column 1: unknown field actr; did you mean actor?"},
		{"[a]\nfilter = 3\norder = 'sideways'\nzom = 1\n", "views.toml:2: filter is text in quotes, not 3 (and 2 more)"},
		{"[a]\nzoom = 'hour'\n", `views.toml:2: zoom is "day", "week", "month", "quarter" or "year", not "hour"`},
		{"[a\n", "views.toml:1:3: expected '.' or ']' to end table name, but got '\\n' instead"},
		{"filter = 'x'\n", `views.toml:1: filter is no view: a view is a table, [filter], with filter, order and zoom`},
		{"[' ']\n", "views.toml:1: a view needs a name"},
		{"[\"a\\u001b[2J\"]\n", "views.toml:1: a view cannot be called \"a\\x1b[2J\"; call it \"a[2J\""},
		{"a.filter = 'x'\nb.filter = 'y'\na.order = 'newest'\n", "views.toml: a is not written as [a] with its lines below: change it by hand"},
	} {
		f := viewsWith(t, tt.text)
		for _, err := range []error{f.save(view(t, "a", "topic:un", "")), f.remove("a")} {
			if err == nil || !strings.HasSuffix(err.Error(), "/"+tt.want) {
				t.Errorf("%s: got %v, want %s", tt.text, err, tt.want)
			}
		}
		if got, err := f.text(); err != nil || got != tt.text {
			t.Errorf("%q has become %q", tt.text, got)
		}
	}
}

func TestAnyNameOfAViewComesBackOrIsRefused(t *testing.T) {
	f := viewsFile{filepath.Join(t.TempDir(), "new", "views.toml")}
	names := append(hostile(t), "]", "[a]", `"`, `'`, `a'b"c`, "a = 1", "#", "a.b", "a\nb", "filter", "김정은", strings.Repeat("x", 80), strings.Repeat("x", 81))
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
			t.Errorf("%q does not come back", name)
		}
	}
	if refusals > len(names)/4 {
		t.Errorf("%d of %d names are refused", refusals, len(names))
	}
}

// A file of views that is a link, as those have who keep their configuration
// under version control, stays one.
func TestLinkToAFileOfViewsStays(t *testing.T) {
	f := viewsWith(t, "")
	link := viewsFile{filepath.Join(t.TempDir(), "views.toml")}
	if err := os.Symlink(f.path, link.path); err != nil {
		t.Skip("there are no links here")
	}
	if err := link.save(view(t, "a", "topic:un", "")); err != nil {
		t.Fatal(err)
	}
	if views, err := f.read(); err != nil || len(views) != 1 {
		t.Errorf("what the link leads to has %v, %v", views, err)
	}
}

func TestViewOnTheCommandLine(t *testing.T) {
	dir := home(t, map[string]string{"views.toml": "[gift]\nfilter = 'id:2024-02-18-aurus-car-gift'\n[\"the UN\"]\nfilter = 'topic:un'\n"})
	for _, tt := range []struct {
		args []string
		home string
		code int
		out  string
		errs string
	}{
		{[]string{"list", "--view", "gift"}, dir, done, "2024-02-18  …Aurus…\n", ""},
		{[]string{"--view", "gift"}, dir, done, "2024-02-18  …Aurus…\n", ""},
		{[]string{"list", "--view", "gift", "--filter", "actor:putin"}, dir, done, "2024-02-18  …\n", ""},
		{[]string{"list", "--view", "gift", "--filter", "-actor:putin"}, dir, done, "", ""},
		{[]string{"brief", "--view", "gift"}, dir, done, "…Events called “Putin gives Kim Jong Un a Russian-made Aurus car”…", ""},
		{[]string{"export", "--view", "gift", "--format", "jsonl"}, dir, done, "{…\"2024-02-18-aurus-car-gift\"…}\n", ""},
		{[]string{"cite", "--view", "gift"}, dir, done, "…Aurus…", ""},
		{[]string{"check", "--view", "gift"}, dir, done, "events.json: …", ""},
		{[]string{"list", "--view", "gfit"}, dir, misused, "", "dateline: --view: there is no view \"gfit\"; did you mean gift?; see dateline help\n"},
		{[]string{"check", "--view", "meeting"}, dir, misused, "", "dateline: --view: there is no view \"meeting\"; there are gift, the UN; see dateline help\n"},
		{[]string{"--view", "a\x1b[2J"}, dir, misused, "", "dateline: --view: there is no view …; there are gift, the UN; see dateline help\n"},
		{[]string{"--view", "gift"}, "/nowhere", misused, "", "dateline: --view: there are no views in /nowhere/.config/dateline/views.toml; the viewer saves them; see dateline help\n"},
		{[]string{"--view", "gift"}, "", misused, "", "dateline: --view: there is no home directory; see dateline help\n"},
	} {
		var out, errs strings.Builder
		code := run(tt.args, env(map[string]string{"HOME": tt.home}), strings.NewReader(""), &out, &errs)
		if code != tt.code || !like(out.String(), tt.out) || !like(errs.String(), tt.errs) {
			t.Errorf("%q: exit code %d, printed\n%.500s\nerrors %q", tt.args, code, out.String(), errs.String())
		}
		plain(t, errs.String())
	}
}

func TestViewerIsToldWhyViewsAreNotKept(t *testing.T) {
	for _, tt := range []struct {
		home    string
		noState bool
		want    string
	}{
		{"/somewhere", false, ""},
		{"/somewhere", true, "Views are not kept, as --no-state says."},
		{"", false, "Views are not kept: there is no home directory"},
	} {
		c := &command{env: env(map[string]string{"HOME": tt.home}), noState: tt.noState}
		var cfg tui.Config
		c.giveViews(&cfg)
		keeps := cfg.SaveView != nil && cfg.RemoveView != nil
		if cfg.ViewsUnkept != tt.want || keeps != (tt.want == "") || (cfg.Views != nil) != (tt.home != "") {
			t.Errorf("%+v: got %q, keeps %t", tt, cfg.ViewsUnkept, keeps)
		}
	}
}

func TestUnreadableViewsAreToldAsTheyAre(t *testing.T) {
	f := viewsFile{t.TempDir()} // a directory
	if _, err := f.read(); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := f.save(view(t, "a", "", "")); err == nil {
		t.Error("a view was saved over a directory")
	}
}
