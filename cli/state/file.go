// Package state writes files whole, and keeps those that several processes change.
//
// A file is as it was or as it should be, whenever the process or the machine is
// stopped. Change reads, changes and replaces a file while it holds a lock that
// dies with the process, so that no change of another process is lost. What a
// killed process left beside a file is removed by the next write there.
//
// The lock is advisory, as flock(2) has it. Where a file system has none, and on
// Windows, files are whole too, but of two changes at the same moment one may be
// lost.
package state

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"
)

// mostKept is the largest file that is read, in bytes.
const mostKept = 64 << 20

// Read returns the content of a file. It is nil if there is no file, or if its
// folder is no folder: services often have HOME=/dev/null.
func Read(path string) ([]byte, error) {
	switch info, err := os.Stat(path); {
	case IsMissing(err):
		return nil, nil
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: this is no regular file", path)
	}
	return ReadAny(path)
}

// ReadAny reads a file or a stream, which must be there.
func ReadAny(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostKept+1))
	if err == nil && len(text) > mostKept {
		err = fmt.Errorf("%s: this is larger than %d MiB", path, mostKept>>20)
	}
	return text, err
}

// IsMissing reports whether a file does not exist.
func IsMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// Change replaces the content of a file by what change makes of it; there is none
// to begin with if the file is missing. The folder is made if need be, and a link
// to the file stays one. Nothing is written if change fails or changes nothing.
func Change(path string, change func(before []byte) (after []byte, err error)) error {
	return replace(system{}, path, change)
}

func replace(d disk, path string, change func([]byte) ([]byte, error)) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	unlock, err := lock(d, dir)
	if err != nil {
		return err
	}
	defer unlock()
	before, err := Read(path)
	if err != nil {
		return err
	}
	after, err := change(before)
	if err != nil || before != nil && bytes.Equal(before, after) {
		return err
	}
	return write(d, path, 0o600, true, func(w io.Writer) error {
		_, err := w.Write(after)
		return err
	})
}

// patience is how long Change waits for another process to end its own, which
// takes milliseconds unless that process is suspended.
const patience = 5 * time.Second

// lock locks a folder. The lock dies with the process.
func lock(d disk, dir string) (unlock func(), err error) {
	f, err := d.open(dir, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	for late := time.After(patience); ; {
		err := f.lock()
		switch {
		case err == nil, err == errNoLocks:
			return func() { f.Close() }, nil
		case err != errHeld:
			f.Close()
			return nil, err
		}
		select {
		case <-time.After(time.Duration(1+rand.IntN(10)) * time.Millisecond):
		case <-late:
			f.Close()
			return nil, fmt.Errorf("%s: another program holds the lock of this folder", dir)
		}
	}
}

// Write writes a file whole or not at all. If over, it replaces a file that is
// there, and has exactly the permissions of mode; otherwise that is fs.ErrExist,
// and the umask applies.
func Write(path string, mode fs.FileMode, over bool, content func(io.Writer) error) error {
	return write(system{}, path, mode, over, content)
}

// write writes a temporary file, and gives it its name when it is on the disk. The
// temporary file is locked while its writer lives.
func write(d disk, path string, mode fs.FileMode, over bool, content func(io.Writer) error) error {
	dir := filepath.Dir(path)
	f, temporary, err := create(d, dir, mode)
	if err != nil {
		return err
	}
	defer d.remove(temporary)
	defer f.Close()
	sweep(d, dir)
	w := bufio.NewWriter(f)
	if err := content(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if over {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if closesFirst {
		if err := f.Close(); err != nil {
			return err
		}
	}
	if err := name(d, temporary, path, over); err != nil {
		return err
	}
	if folder, err := d.open(dir, os.O_RDONLY, 0); err == nil {
		folder.Sync() // the file has its new name after a power cut too, where folders can be synced
		folder.Close()
	}
	return nil
}

// name gives a temporary file its final name. Unless over, it uses a link, which
// never replaces a file, where the file system has links.
func name(d disk, temporary, path string, over bool) error {
	if !over {
		if err := d.link(temporary, path); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		if _, err := os.Lstat(path); err == nil {
			return fs.ErrExist
		}
	}
	return d.rename(temporary, path)
}

var temporaryName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\.dateline-[0-9a-f]{16}$`) })

// create creates a temporary file and locks it. A sweeper may take it for one that
// was left behind until it is locked; then there is another.
func create(d disk, dir string, mode fs.FileMode) (handle, string, error) {
	for {
		path := filepath.Join(dir, fmt.Sprintf(".dateline-%016x", rand.Uint64()))
		f, err := d.open(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return nil, "", err
		}
		err = f.lock()
		if _, gone := os.Lstat(path); gone == nil && (err == nil || err == errNoLocks) {
			return f, path, nil
		}
		f.Close()
		d.remove(path)
		if err != nil && err != errHeld {
			return nil, "", err
		}
	}
}

// sweep removes the temporary files of processes that were killed: nobody holds
// their locks.
func sweep(d disk, dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !temporaryName().MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		f, err := d.open(path, os.O_RDONLY, 0)
		if err != nil {
			continue
		}
		info, unknown := e.Info()
		switch f.lock() {
		case nil:
			d.remove(path)
		case errNoLocks:
			if unknown == nil && time.Since(info.ModTime()) > 24*time.Hour {
				d.remove(path)
			}
		}
		f.Close()
	}
}

// Hold holds a folder until it is let go of or the process ends; ok is false if
// another process holds it.
func Hold(dir string) (letGo func(), ok bool) {
	f, err := system{}.open(dir, os.O_RDONLY, 0)
	if err != nil {
		return nil, false
	}
	if f.lock() == errHeld {
		f.Close()
		return nil, false
	}
	return func() { f.Close() }, true
}

// A disk is what files are written to: the system's or, in tests, one that fails.
type disk interface {
	open(path string, flag int, mode fs.FileMode) (handle, error)
	rename(from, to string) error
	link(from, to string) error
	remove(path string) error
}

// A handle is an open file or folder. It is locked until it is closed; lock does
// not wait for another handle.
type handle interface {
	io.WriteCloser
	Chmod(fs.FileMode) error
	Sync() error
	lock() error
}

var (
	errHeld    = errors.New("another process holds the lock")
	errNoLocks = errors.New("there are no locks here")
)

// A system is the disk of the operating system.
type system struct{}

func (system) open(path string, flag int, mode fs.FileMode) (handle, error) {
	f, err := os.OpenFile(path, flag, mode)
	if err != nil {
		return nil, err
	}
	return file{f}, nil
}

func (system) rename(from, to string) error { return os.Rename(from, to) }
func (system) link(from, to string) error   { return os.Link(from, to) }
func (system) remove(path string) error     { return os.Remove(path) }

type file struct{ *os.File }
