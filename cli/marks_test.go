package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
)

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

// homed is the environment of a reader with nothing saved.
func homed() func(string) string { return env(map[string]string{"HOME": os.TempDir()}) }

// write makes the marks and notes those of m.
func (f marksFile) write(of string, m timeline.Margin) error {
	is, err := f.read()
	if err == nil {
		_, err = f.edit(of, timeline.New(timeline.About{}, nil, nil), is.EditTo(m))
	}
	return err
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

// A viewer changes the marks and notes that its reader changes, and no others. A
// note that two viewers change holds both texts.
func TestMarksAndNotesOfTwoViewersAreMerged(t *testing.T) {
	f := marksFile{filepath.Join(t.TempDir(), "deep", "marks.json")}
	none := timeline.New(timeline.About{}, nil, nil)
	mark := func(id string, from, to timeline.Tier) timeline.MarginEdit {
		return timeline.MarginEdit{Marks: map[string]timeline.Swap[timeline.Tier]{id: {From: from, To: to}}}
	}
	note := func(id, from, to string) timeline.MarginEdit {
		return timeline.MarginEdit{Notes: map[string]timeline.Swap[string]{id: {From: from, To: to}}}
	}
	for _, step := range []struct {
		edit        timeline.MarginEdit
		marks, note string
	}{
		{mark("a", timeline.NoTier, timeline.Must), "a:must", ""},
		{mark("b", timeline.NoTier, timeline.Could), "a:must b:could", ""},
		{mark("a", timeline.Must, timeline.NoTier), "b:could", ""},
		{mark("c", timeline.NoTier, timeline.Should), "b:could c:should", ""}, // of a viewer that still shows a
		{mark("b", timeline.NoTier, timeline.Must), "b:must c:should", ""},
		{note("n", "", "Ask Ann."), "b:must c:should", "Ask Ann."},
		{note("n", "", "Ask Bob."), "b:must c:should", "Ask Ann.\nAsk Bob."},
		{note("n", "Ask Bob.", ""), "b:must c:should", "Ask Ann.\nAsk Bob."}, // the remover had not seen it all
		{note("n", "Ask Ann.\nAsk Bob.", "Ask both."), "b:must c:should", "Ask both."},
		{note("n", "Ask both.", ""), "b:must c:should", ""},
	} {
		now, err := f.edit("x", none, step.edit)
		read, unread := f.read()
		if err != nil || unread != nil || !now.Equal(read) {
			t.Fatalf("%v: %v, %v; returned %v, saved %v", step.edit, err, unread, now, read)
		}
		var marks []string
		for _, id := range slices.Sorted(maps.Keys(now.Marks)) {
			marks = append(marks, id+":"+now.Marks[id].String())
		}
		if got := strings.Join(marks, " "); got != step.marks || now.Notes["n"] != step.note {
			t.Errorf("%v: marks %s, note %q; want %s, %q", step.edit, got, now.Notes["n"], step.marks, step.note)
		}
	}
}

// What a later version wrote stays, also where it is not understood.
func TestUnknownFieldsAndMarksSurvive(t *testing.T) {
	const text = `{"of":"x","later":{"a":[1,2]},"marks":{"a":"maybe","b":{"tier":"must"},"c":"must"},"notes":{"a":["rich"],"c":"Ask."}}`
	f := marksFile{filepath.Join(fixture.Write(t, "marks.json", text), "marks.json")}
	if err := f.write("x", timeline.Margin{Marks: map[string]timeline.Tier{"d": timeline.Could}}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(f.path)
	var is, want any
	if err := cmp.Or(err, json.Unmarshal(got, &is), json.Unmarshal([]byte(`{"of":"x","later":{"a":[1,2]},"marks":{"a":"maybe","b":{"tier":"must"},"d":"could"},"notes":{"a":["rich"]}}`), &want)); err != nil || !reflect.DeepEqual(is, want) {
		t.Errorf("%v, the file holds\n%s", err, got)
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
	var errs bytes.Buffer
	c.errs = &errs
	o, err := c.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	c.sayUnkept()
	if got, want := errs.String(), "dateline: marks, notes and views are not kept: "+file+" is not a folder\n"; got != want {
		t.Errorf("it says %q, want %q", got, want)
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
		if code := run(append(args, path), state, strings.NewReader(""), &stdout, &stderr); code != exitOK || stderr.Len() > 0 && !strings.HasPrefix(stderr.String(), "dateline: 0 events: you have ") {
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
