package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dateline/cli/internal/fixture"
)

// say returns a function that writes a text.
func say(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func TestEveryVerbWritesToAFileWhatItPrints(t *testing.T) {
	dir := fixture.Write(t, "one.json", fixture.OneEvent)
	path := filepath.Join(dir, "one.json")
	for _, verb := range []string{
		"list", "", "--plain", "brief", "brief --format markdown", "check", "check --format json", "schema",
		"export", "export --format jsonl", "export --format csv", "export --format ics", "export --format timelinejs", "export --format html",
	} {
		args := strings.Fields(verb)
		if verb != "schema" {
			args = append(args, path)
		}
		printed, _, _ := invoke("", args...)
		if dashed, _, _ := invoke("", append(args, "-o", "-")...); dashed != printed || printed == "" {
			t.Errorf("%q with -o -: got %q, want %q", verb, dashed, printed)
		}
		out := filepath.Join(dir, "out")
		alsoPrinted, errs, code := invoke("", append(args, "--output", out)...)
		written, err := os.ReadFile(out)
		if alsoPrinted+errs != "" || code != exitOK || err != nil || string(written) != printed {
			t.Errorf("%q: wrote %q (%v), want %q; exit code %d, %s%s", verb, written, err, printed, code, alsoPrinted, errs)
		}
		if err := os.Remove(out); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExitCodeOfCheckDoesNotDependOnTheOutput(t *testing.T) {
	dir := fixture.Write(t, "three.json", fixture.ThreeEvents)
	out := filepath.Join(dir, "problems.txt")
	if _, errs, code := invoke("", "check", filepath.Join(dir, "three.json"), "-o", out); code != exitFailed || errs != "" {
		t.Errorf("exit code %d, errors %q", code, errs)
	}
	if text, err := os.ReadFile(out); err != nil || !strings.Contains(string(text), "there is no month 13") {
		t.Errorf("wrote %q, %v", text, err)
	}
}

func TestExistingFileIsOverwrittenOnlyWithForce(t *testing.T) {
	dir := fixture.Write(t, "old", "old")
	path := filepath.Join(dir, "old")
	if err := writeOutput(path, false, say("new")); !errors.Is(err, errExists) || err.Error() != path+": file exists; use --force to overwrite" {
		t.Errorf("got %v", err)
	}
	fixture.Holds(t, dir, map[string]string{"old": "old"})
	if err := writeOutput(path, true, say("new")); err != nil {
		t.Error(err)
	}
	fixture.Holds(t, dir, map[string]string{"old": "new"})
}

// Another program may create the file meanwhile.
func TestFileCreatedMeanwhileIsNotOverwritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	err := writeOutput(path, false, func(w io.Writer) error {
		if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
			t.Fatal(err)
		}
		return say("mine")(w)
	})
	if !errors.Is(err, errExists) {
		t.Errorf("got %v", err)
	}
	fixture.Holds(t, dir, map[string]string{"out": "theirs"})
}

func TestFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := fixture.Write(t, "old", "old")
	broken := errors.New("it broke")
	half := func(w io.Writer) error {
		if err := say(strings.Repeat("half", 10000))(w); err != nil {
			return err
		}
		return broken
	}
	for _, name := range []string{"old", "new"} {
		path := filepath.Join(dir, name)
		if err := writeOutput(path, true, half); !errors.Is(err, broken) || err.Error() != path+": it broke" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	fixture.Holds(t, dir, map[string]string{"old": "old"})
}

// A signal does not leave half a file behind.
func TestSignalLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	me, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	err = writeOutput(filepath.Join(dir, "out"), false, func(w io.Writer) error {
		if err := me.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		for { // until the signal arrives
			if err := say("some of it")(w); err != nil {
				return err
			}
		}
	})
	var ended *signalError
	if !errors.As(err, &ended) || ended.Signal != syscall.SIGTERM {
		t.Errorf("got %v", err)
	}
	fixture.Holds(t, dir, nil)
}

func TestPermissionsOfAnExistingFileStay(t *testing.T) {
	dir := fixture.Write(t, "like", "")
	made := filepath.Join(dir, "made")
	if err := os.WriteFile(made, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(dir, "old")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(old, 0o646); err != nil { // more than most umasks allow
		t.Fatal(err)
	}
	mode := func(path string) os.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	for path, want := range map[string]os.FileMode{filepath.Join(dir, "new"): mode(made), old: 0o646} {
		if err := writeOutput(path, true, say("text")); err != nil {
			t.Fatal(err)
		}
		if got := mode(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

func TestLinkIsFollowed(t *testing.T) {
	dir, elsewhere := t.TempDir(), fixture.Write(t, "target", "old")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(elsewhere, "target"), link); err != nil {
		t.Skip("there are no symbolic links here")
	}
	if err := writeOutput(link, false, say("new")); err == nil {
		t.Error("it is overwritten without force")
	}
	fixture.Holds(t, elsewhere, map[string]string{"target": "old"})
	if err := writeOutput(link, true, say("new")); err != nil {
		t.Error(err)
	}
	fixture.Holds(t, elsewhere, map[string]string{"target": "new"})
	if to, err := os.Readlink(link); err != nil || to != filepath.Join(elsewhere, "target") {
		t.Errorf("the link leads to %s, %v", to, err)
	}
}

func TestUnwritableOutputIsReportedInOneLine(t *testing.T) {
	dir := fixture.Write(t, "file", "text")
	t.Chdir(dir)
	for name, to := range map[string]string{"nowhere": "missing", "round": "round"} {
		if err := os.Symlink(to, name); err != nil {
			t.Skip("there are no symbolic links here")
		}
	}
	for path, want := range map[string]string{
		".":           ".: this is a folder; name a file in it",
		"missing/out": "missing/out: folder missing does not exist",
		"missing/":    "missing/: folder missing does not exist",
		"file/out":    "file/out: not a directory",
		"nowhere":     "nowhere: this is a link to missing, which does not exist",
		"round":       "round: too many levels of symbolic links",
		"/dev/full":   "/dev/full: no space left on device",
		"":            "the file needs a name",
	} {
		for _, force := range []bool{false, true} {
			if err := writeOutput(path, force, say("text")); err == nil || err.Error() != want {
				t.Errorf("%q, force %t: got %v, want %s", path, force, err, want)
			}
		}
	}
	if left, err := filepath.Glob(".dateline-*"); len(left) > 0 || err != nil {
		t.Errorf("%v is left behind, %v", left, err)
	}
}

func TestFolderWithoutPermissionIsReported(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "out")
	if f, err := os.Create(path); err == nil {
		f.Close()
		t.Skip("this user may write anywhere")
	}
	if err := writeOutput(path, false, say("text")); err == nil || err.Error() != path+": permission denied" {
		t.Errorf("got %v", err)
	}
}

func TestStreamsAreWrittenTo(t *testing.T) {
	for _, force := range []bool{false, true} {
		if err := writeOutput(os.DevNull, force, say("text")); err != nil {
			t.Errorf("force %t: %v", force, err)
		}
	}
	if info, err := os.Stat(os.DevNull); err != nil || !isStream(info) {
		t.Errorf("%s is %v, %v", os.DevNull, info, err)
	}
}
