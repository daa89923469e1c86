package cli

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
)

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestEachFileHasItsMarks(t *testing.T) {
	home := t.TempDir()
	for _, vars := range []map[string]string{{"HOME": home}, {"HOME": "/nowhere", "XDG_STATE_HOME": filepath.Join(home, "state")}} {
		one, err := marksOf(nil, env(vars))
		if err != nil {
			t.Fatal(err)
		}
		two, err := marksOf([]string{"events.json"}, env(vars))
		if err != nil || one == two {
			t.Fatal(err, one, two)
		}
		want := map[string]timeline.Tier{"a": timeline.Must, "b": timeline.Could}
		if err := one.write("events.json", timeline.Margin{Marks: want}); err != nil {
			t.Fatal(err)
		}
		if got, err := one.read(); err != nil || !maps.Equal(got.Marks, want) {
			t.Errorf("%v: got %v %v, want %v", vars, got, err, want)
		}
		if got, err := two.read(); err != nil || len(got.Marks) > 0 {
			t.Errorf("%v: the other file has %v %v", vars, got, err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(one.path), ".dateline-*")); len(left) > 0 {
			t.Errorf("%v is left behind", left)
		}
	}
	if _, err := marksOf([]string{"x"}, env(nil)); err == nil {
		t.Error("there is a marks file without a home directory")
	}
}

// Two viewers of one file preserve each other's marks.
func TestMarksOfTwoViewersAreMerged(t *testing.T) {
	s := marksFile{filepath.Join(t.TempDir(), "deep", "marks.json")}
	one, two := s.saver("x", timeline.Margin{}), s.saver("x", timeline.Margin{})
	three := s.saver("x", timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Must}})
	for _, err := range []error{
		one(timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Must}}),
		two(timeline.Margin{Marks: map[string]timeline.Tier{"b": timeline.Could}}),
		one(timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Must, "c": timeline.Should}}),
		two(timeline.Margin{}),
		three(timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Could}}), // while one has it as a must
		one(timeline.Margin{Marks: map[string]timeline.Tier{"a": timeline.Must, "c": timeline.Should, "d": timeline.Must}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]timeline.Tier{"a": timeline.Could, "c": timeline.Should, "d": timeline.Must}
	if got, err := s.read(); err != nil || !maps.Equal(got.Marks, want) {
		t.Errorf("got %v %v, want %v", got, err, want)
	}
}

func TestBrokenMarksAreNotOverwritten(t *testing.T) {
	s := marksFile{filepath.Join(t.TempDir(), "marks.json")}
	if err := os.WriteFile(s.path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.read(); err == nil || !strings.Contains(err.Error(), s.path) {
		t.Errorf("got %v, want an error that names %s", err, s.path)
	}
}

// Text that a crash interrupts is added to what is there, under the state directory.
func TestInterruptedTextIsKept(t *testing.T) {
	home := t.TempDir()
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	for _, text := range []string{"half a note", "actor:kim"} {
		name, err := keepTyped(text, env)
		if want := filepath.Join(home, ".local", "state", "dateline", "typed.txt"); name != want || err != nil {
			t.Fatalf("%q is kept in %s, %v; want %s", text, name, err, want)
		}
	}
	got, err := os.ReadFile(filepath.Join(home, ".local", "state", "dateline", "typed.txt"))
	if want := "half a note\nactor:kim\n"; string(got) != want || err != nil {
		t.Errorf("kept is %q, %v; want %q", got, err, want)
	}
	if _, err := keepTyped("x", func(string) string { return "" }); err == nil {
		t.Error("without a home directory it is said to be kept")
	}
}

func TestStateBelowNoFolderIsNotKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "home")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := &command{env: env(map[string]string{"HOME": file}), order: "oldest", configure: func() error { return nil }, builtIn: fixture.OneEvent}
	o, err := c.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.viewerFile(o).Unkept, "Marks and notes are not saved: "+file+" is not a folder"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every command selects by the reader's marks and notes. The event has the id that
// it had when its date, which its digest follows, was read otherwise.
func TestCommandsSelectByMarks(t *testing.T) {
	dir := t.TempDir()
	state := env(map[string]string{"XDG_STATE_HOME": filepath.Join(dir, "state")})
	path := filepath.Join(dir, "rows.csv")
	if err := os.WriteFile(path, []byte("Date,Event,URL\n03/04/2031,Alpha,https://example.org/alpha\n25/04/2031,Beta,https://example.org/beta\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	printed := func(args ...string) string {
		var stdout, stderr bytes.Buffer
		if code := run(append(args, path), state, strings.NewReader(""), &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
			t.Errorf("%v: exit code %d, errors %q", args, code, &stderr)
		}
		return stdout.String()
	}
	f, err := marksOf([]string{path}, state)
	if err != nil {
		t.Fatal(err)
	}
	var alpha struct{ ID string }
	if err := json.Unmarshal([]byte(printed("export", "--format", "jsonl", "--filter", "alpha")), &alpha); err != nil {
		t.Fatal(err)
	}
	digest, ok := strings.CutPrefix(alpha.ID, "2031-04-03-")
	if !ok {
		t.Fatalf("alpha is %s", alpha.ID)
	}
	for _, id := range []string{alpha.ID, "2031-03-04-" + digest, digest} {
		if err := f.write(path, timeline.Margin{Marks: map[string]timeline.Tier{id: timeline.Must}, Notes: map[string]string{id: "Call them."}}); err != nil {
			t.Fatal(err)
		}
		for _, verb := range []string{"list", "cite", "export", "brief", ""} {
			for _, filter := range []string{"marked", "has:note"} {
				args := slices.DeleteFunc([]string{verb, "--filter", filter}, func(s string) bool { return s == "" })
				out := strings.ToLower(printed(args...))
				if !strings.Contains(out, "alpha") || strings.Contains(out, "beta") {
					t.Errorf("%s, %s %s: printed %s", id, verb, filter, out)
				}
				if verb != "brief" {
					if out := printed(append(args, "--no-state")...); strings.Contains(strings.ToLower(out), "alpha") {
						t.Errorf("%s %s --no-state: printed %s", verb, filter, out)
					}
				}
			}
		}
		if out := printed("--at", id); !strings.Contains(out, "Alpha") {
			t.Errorf("--at %s: printed %s", id, out)
		}
	}
}

// A reader's notes are private: they are exported only with --with-notes.
func TestNotesAreExportedOnlyIfAskedFor(t *testing.T) {
	d := newDesk(t)
	id := fixture.Events(t)[0].ID
	if err := d.file().write("events.json", timeline.Margin{Notes: map[string]string{id: "Ask \"him\"."}}); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"json", "jsonl"} {
		for _, with := range []bool{false, true} {
			args := []string{"export", "--format", format, "--filter", "id:" + id}
			if with {
				args = append(args, "--with-notes")
			}
			var out, errs bytes.Buffer
			if code := run(args, d.env(), strings.NewReader(""), &out, &errs); code != exitOK {
				t.Fatalf("%v: exit code %d, errors %q", args, code, errs.String())
			}
			if got := strings.Contains(out.String(), `"_note": "Ask \"him\"."`) || strings.Contains(out.String(), `"_note":"Ask \"him\"."`); got != with {
				t.Errorf("%v: a note: %v in\n%s", args, got, out.String())
			}
		}
	}
	var out, errs bytes.Buffer
	if code := run([]string{"export", "--format", "csv", "--with-notes"}, d.env(), strings.NewReader(""), &out, &errs); code != exitUsage {
		t.Errorf("exit code %d, errors %q", code, errs.String())
	}
}
