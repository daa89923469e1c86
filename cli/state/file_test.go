package state

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// A faulty disk fails at one operation. If it dies there, as by kill -9 or a power
// cut, nothing works after it, and its locks are gone.
type faulty struct {
	at     int // the operation that fails, from 1; 0: none
	dies   bool
	fault  error
	done   int
	opened []handle
}

func (d *faulty) fails() error {
	d.done++
	if d.at == 0 || d.done < d.at || d.done > d.at && !d.dies {
		return nil
	}
	if d.dies {
		for _, f := range d.opened {
			f.Close()
		}
	}
	return d.fault
}

func (d *faulty) open(path string, flag int, mode fs.FileMode) (handle, error) {
	if err := d.fails(); err != nil {
		return nil, err
	}
	f, err := system{}.open(path, flag, mode)
	if err != nil {
		return nil, err
	}
	d.opened = append(d.opened, f)
	return &faultyFile{f, d}, nil
}

func (d *faulty) rename(from, to string) error {
	return unless(d.fails(), func() error { return os.Rename(from, to) })
}
func (d *faulty) link(from, to string) error {
	return unless(d.fails(), func() error { return os.Link(from, to) })
}
func (d *faulty) remove(path string) error {
	return unless(d.fails(), func() error { return os.Remove(path) })
}

func unless(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

type faultyFile struct {
	handle
	d *faulty
}

// Write writes half of the text when it fails, as on a full disk.
func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.d.fails(); err != nil {
		n, _ := f.handle.Write(p[:len(p)/2])
		return n, err
	}
	return f.handle.Write(p)
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	return unless(f.d.fails(), func() error { return f.handle.Chmod(mode) })
}
func (f *faultyFile) Sync() error { return unless(f.d.fails(), f.handle.Sync) }

const before, after = "as it was\n", "as it should be, which is longer\n"

func put(text string) func([]byte) ([]byte, error) {
	return func([]byte) ([]byte, error) { return []byte(text), nil }
}

// left lists the temporary files in a folder.
func left(dir string) []string {
	names, _ := filepath.Glob(filepath.Join(dir, ".dateline-*"))
	return names
}

// Wherever a change stops, the file is as it was or as it should be, the change
// says so, and the next one leaves nothing behind.
func TestFileIsWholeWhereverAChangeStops(t *testing.T) {
	for _, tt := range []struct {
		name string
		dies bool
		err  error
	}{{"killed", true, syscall.EIO}, {"disk full", false, syscall.ENOSPC}, {"read-only", false, syscall.EROFS}} {
		for at := 1; ; at++ {
			path := filepath.Join(t.TempDir(), "state", "marks.json")
			if err := Change(path, put(before)); err != nil {
				t.Fatal(err)
			}
			d := &faulty{at: at, dies: tt.dies, fault: tt.err}
			err := replace(d, path, put(after))
			if d.done < at {
				t.Logf("%s at each of %d operations: the file was as it was or as it should be, and the next change left nothing behind", tt.name, at-1)
				break
			}
			text, unread := os.ReadFile(path)
			if got := string(text); unread != nil || got != before && got != after || err == nil && got != after {
				t.Errorf("%s at operation %d: %v, the file holds %q, %v", tt.name, at, err, got, unread)
			}
			if !tt.dies && tt.name == "disk full" && err != nil && !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("%s at operation %d: the error is %v", tt.name, at, err)
			}
			if err := Change(path, put("next\n")); err != nil {
				t.Errorf("%s at operation %d: the next change: %v", tt.name, at, err)
			}
			if names := left(filepath.Dir(path)); len(names) > 0 {
				t.Errorf("%s at operation %d: left behind: %v", tt.name, at, names)
			}
		}
	}
}

// What a failing change wrote is removed at once, unless removing fails as well.
func TestFailedChangeLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "marks.json")
	for _, content := range []func(io.Writer) error{
		func(w io.Writer) error { return errors.New("no content") },
		func(w io.Writer) error { fmt.Fprint(w, "half"); return errors.New("no more") },
	} {
		if err := Write(path, 0o600, true, content); err == nil {
			t.Error("no error")
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
	if err := Change(path, func([]byte) ([]byte, error) { return nil, errors.New("broken") }); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(path); !IsMissing(err) {
		t.Errorf("a failed change wrote the file: %v", err)
	}
}

// A temporary file whose writer lives is no litter.
func TestWriterThatLivesKeepsItsTemporaryFile(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, ".dateline-0123456789abcdef")
	for name, text := range map[string]string{other: "", filepath.Join(dir, ".dateline-mine"): ""} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := Write(filepath.Join(dir, "large"), 0o600, true, func(w io.Writer) error {
		if err := Write(filepath.Join(dir, "small"), 0o600, true, func(io.Writer) error { return nil }); err != nil {
			return err
		}
		_, err := fmt.Fprint(w, "content")
		return err
	})
	if text, unread := os.ReadFile(filepath.Join(dir, "large")); err != nil || unread != nil || string(text) != "content" {
		t.Errorf("%v, the file holds %q, %v", err, text, unread)
	}
	if _, err := os.Stat(other); !IsMissing(err) {
		t.Errorf("the litter stays: %v", err)
	}
	if names := left(dir); len(names) != 1 {
		t.Errorf("there are %v; want the file that only looks alike", names)
	}
}

func TestExistingFileIsNotReplacedUnasked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "brief.md")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, 0o600, false, func(io.Writer) error { return nil }); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("it holds %q", text)
	}
	noLinks := &faulty{at: 6, fault: syscall.EPERM}
	if err := write(noLinks, path, 0o600, false, func(io.Writer) error { return nil }); !errors.Is(err, fs.ErrExist) {
		t.Errorf("without links: got %v", err)
	}
}

func TestLinkToAFileStaysOne(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link", "marks.json")
	os.Mkdir(filepath.Dir(link), 0o700)
	if err := os.Symlink(filepath.Join(dir, "real.json"), link); err != nil {
		t.Skip("there are no links here")
	}
	os.WriteFile(filepath.Join(dir, "real.json"), []byte("1"), 0o600)
	if err := Change(link, put("2")); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != filepath.Join(dir, "real.json") {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "real.json")); !bytes.Equal(text, []byte("2")) {
		t.Errorf("the target holds %q", text)
	}
}

// Of changes made at once by goroutines and processes, none is lost.
func TestNoChangeIsLost(t *testing.T) {
	if path := os.Getenv("STATE_COUNTER"); path != "" {
		count(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "counter")
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { count(t, path) })
		all.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestNoChangeIsLost$")
			cmd.Env = append(os.Environ(), "STATE_COUNTER="+path)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	all.Wait()
	text, err := Read(path)
	if want := strconv.Itoa(4 * counts); err != nil || string(text) != want {
		t.Errorf("counted %q, %v; want %s", text, err, want)
	}
}

const counts = 25

func count(t *testing.T, path string) {
	for range counts {
		err := Change(path, func(before []byte) ([]byte, error) {
			n, _ := strconv.Atoi(string(before))
			return strconv.AppendInt(nil, int64(n+1), 10), nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestFolderIsHeldOnce(t *testing.T) {
	dir := t.TempDir()
	letGo, ok := Hold(dir)
	if !ok {
		t.Fatal("it is not held")
	}
	if _, ok := Hold(dir); ok {
		t.Error("it is held twice")
	}
	letGo()
	if _, ok := Hold(dir); !ok {
		t.Error("it is held for ever")
	}
}
