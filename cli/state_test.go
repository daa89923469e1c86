package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/tui"
)

// Marks, notes and views go to another reader, and overwrite nothing unasked.
func TestStateIsCarriedToAnotherReader(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rows.csv")
	if err := os.WriteFile(path, []byte("id,date,title,url\na,2031-01-01,Alpha,https://example.org/a\nb,2031-01-02,Beta,https://example.org/b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	reader := func(name string) func(string) string {
		return env(map[string]string{"XDG_STATE_HOME": filepath.Join(dir, name), "XDG_CONFIG_HOME": filepath.Join(dir, name)})
	}
	carry := func(name, want string, wantCode int, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		code := run(append([]string{"state"}, args...), reader(name), strings.NewReader(""), &out, &errs)
		if code != wantCode || !like(errs.String(), want) {
			t.Errorf("%s, %v: exit code %d, errors\n%s\nwant %d\n%s", name, args, code, &errs, wantCode, want)
		}
	}
	save := func(name string, m timeline.Margin, views ...tui.View) {
		t.Helper()
		f, err := marksOf([]string{path}, reader(name))
		if err == nil {
			err = f.write("rows.csv", m)
		}
		v, _ := viewsOf(reader(name))
		for _, view := range views {
			if err == nil {
				err = v.save(view)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "carried.json")
	save("ann", timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Must, "b": timeline.Could, "gone": timeline.Must}, Notes: map[string]string{"a": "Ask."}}, view(t, "mine", "alpha", ""))
	carry("ann", "dateline: exported 3 marks, 1 note and 1 view\n", exitOK, "export", file, path)
	carry("ann", "…file exists; use --force to overwrite\n", exitFailed, "export", file, path)
	save("bob", timeline.Margin{Marks: map[string]timeline.Tier{"b": timeline.Must}}, view(t, "mine", "beta", ""))
	carry("bob", "dateline: mark on b: \"must\" here, \"could\" in the file\ndateline: view \"mine\": \"beta\" here, \"alpha\" in the file\ndateline: imported 2 marks, 1 note and 0 views; the timeline lacks the events of 1 mark; 2 differences kept as they were; --force takes those of the file\n", exitFailed, "import", file, path)
	f, _ := marksOf([]string{path}, reader("bob"))
	if m, err := f.read(); err != nil || m.Marks["a"] != timeline.Must || m.Marks["b"] != timeline.Must || m.Notes["a"] != "Ask." {
		t.Errorf("bob has %v, %v", m, err)
	}
	carry("bob", "dateline: mark on b: …\ndateline: view …\ndateline: imported 1 mark, 0 notes and 1 view; …\n", exitOK, "import", "--force", file, path)
	if m, err := f.read(); err != nil || m.Marks["b"] != timeline.Could {
		t.Errorf("bob has %v, %v", m, err)
	}
	carry("bob", "dateline: imported 0 marks, 0 notes and 0 views; …\n", exitOK, "import", file, path)
	carry("bob", "dateline: …--no-state…\n", exitUsage, "export", "--no-state", "-", path)
	var out, errs bytes.Buffer
	if code := run([]string{"list", "--state", file, "--filter", "marked:must", path}, reader("cid"), strings.NewReader(""), &out, &errs); code != exitOK || !strings.Contains(out.String(), "Alpha") || strings.Contains(out.String(), "Beta") {
		t.Errorf("--state: exit code %d, printed %s%s", code, &out, &errs)
	}
}
