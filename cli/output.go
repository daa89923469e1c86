package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

// Output goes to standard output or, with --output, to a file. A file is written
// whole or not at all, and none is put away that the user has not said may go.

// standardOutput is what --output calls it.
const standardOutput = "-"

// write has something written to the output.
func (c *command) write(what func(io.Writer) error) error {
	var err error
	if c.output == standardOutput {
		err = buffered(c.out, what)
	} else {
		err = writeOutput(c.output, c.force, what)
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// checkOutput looks at --output before anything is read.
func (c *command) checkOutput() error {
	switch c.output {
	case "":
		return errors.New("--output is a file, or - for standard output")
	case standardOutput:
		return nil
	}
	if err := mayWrite(c.output, c.force); err != nil {
		return fail(err)
	}
	return nil
}

func buffered(to io.Writer, what func(io.Writer) error) error {
	w := bufio.NewWriter(to)
	err := what(w)
	if flushed := w.Flush(); err == nil {
		err = flushed
	}
	return err
}

// errExists is why a file is not written over without force.
var errExists = errors.New("there is such a file")

// mayWrite says why nothing can be written to path, as far as that shows before
// it is tried.
func mayWrite(path string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case path == "":
		return errors.New("a file to write to needs a name")
	case errors.Is(err, fs.ErrNotExist):
		return leadsNowhere(path)
	case err != nil:
		return aboutFile(path, err)
	case info.IsDir():
		return fmt.Errorf("%s: this is a folder; name a file in it", path)
	case info.Mode().IsRegular() && !force:
		return fmt.Errorf("%s: %w; --force writes over it", path, errExists)
	case !info.Mode().IsRegular() && !isStream(info):
		return fmt.Errorf("%s: this is not a file that can be written to", path)
	}
	return nil
}

// leadsNowhere says so of a path that exists only as a symbolic link, or whose
// folder does not exist at all.
func leadsNowhere(path string) error {
	if to, err := os.Readlink(path); err == nil {
		return fmt.Errorf("%s: this is a link to %s, which does not exist", path, to)
	}
	if dir := filepath.Dir(path); !isDir(dir) {
		return fmt.Errorf("%s: there is no folder %s", path, dir)
	}
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isStream reports whether what is written to a file goes on elsewhere, as with
// /dev/stdout and pipes: nothing is lost by it.
func isStream(info fs.FileInfo) bool {
	return info.Mode()&(fs.ModeCharDevice|fs.ModeNamedPipe) != 0
}

// writeOutput has a file written, all or nothing. What exists is written over only
// by force, and else is errExists; its permissions stay, and a symbolic link to it
// stays one. Errors name the path.
func writeOutput(path string, force bool, what func(io.Writer) error) error {
	if err := mayWrite(path, force); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return aboutFile(path, writeFile(path, 0o666, false, what))
	case isStream(info):
		return aboutFile(path, writeStream(path, what))
	}
	// Behind the link, if it is one.
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return aboutFile(path, err)
	}
	return aboutFile(path, writeFile(file, info.Mode().Perm(), true, what))
}

// writeStream writes at once: a stream cannot be had whole.
func writeStream(path string, what func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = buffered(f, what)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// aboutFile names the file that an error is about, whatever other the error
// names: that one is temporary.
func aboutFile(path string, err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	var signalled *signalled
	switch {
	case err == nil || errors.As(err, &signalled):
		return err
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: %w; --force writes over it", path, errExists)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: you may not write here", path)
	case errors.As(err, &pathErr):
		err = pathErr.Err
	case errors.As(err, &linkErr):
		err = linkErr.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// writeFile has a file written atomically: it is there whole, or as it was. Over
// says that it may be there already; it then gets the permissions given, which
// else are less what the user's mask takes from new files.
func writeFile(path string, mode fs.FileMode, over bool, what func(io.Writer) error) error {
	w := &untilSignalled{signals: make(chan os.Signal, 1)}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // as nohup has it
			signal.Notify(w.signals, s)
		}
	}
	defer signal.Stop(w.signals)
	temporary := filepath.Join(filepath.Dir(path), fmt.Sprintf(".dateline-%016x", rand.Uint64()))
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	w.to = f
	err = buffered(w, what)
	if err == nil && over {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = w.signalled()
	}
	if err != nil {
		return err
	}
	return place(temporary, path, over)
}

// place gives a file its name. If that may not be another's, it is linked, which
// takes no name away; where there are no links, what mayWrite saw must do.
func place(temporary, path string, over bool) error {
	if !over {
		if err := os.Link(temporary, path); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return os.Rename(temporary, path)
}

// An untilSignalled writer goes on until a signal tells the program to end; it
// then ends in order, and leaves nothing temporary behind.
type untilSignalled struct {
	to      io.Writer
	signals chan os.Signal
}

func (u *untilSignalled) Write(p []byte) (int, error) {
	if err := u.signalled(); err != nil {
		return 0, err
	}
	return u.to.Write(p)
}

func (u *untilSignalled) signalled() error {
	select {
	case s := <-u.signals:
		number, _ := s.(syscall.Signal)
		return &signalled{number}
	default:
		return nil
	}
}
