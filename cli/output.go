package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"dateline/cli/state"
)

// Output goes to standard output or, with --output, to a file. A file is written
// whole or not at all, and nothing is overwritten without --force.

// standardOutput is the value of --output for standard output.
const standardOutput = "-"

// write writes to the output.
func (c *command) write(content func(io.Writer) error) error {
	var err error
	if c.output == standardOutput {
		err = buffered(c.out, content)
	} else {
		err = writeOutput(c.output, c.force, content)
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// checkOutput checks --output before anything is read.
func (c *command) checkOutput() error {
	switch c.output {
	case "":
		return errors.New("--output needs a file, or - for standard output")
	case standardOutput:
		return nil
	}
	if err := checkPath(c.output, c.force); err != nil {
		return fail(err)
	}
	return nil
}

// writesFile reports whether the output was written to a regular file.
func (c *command) writesFile() bool {
	if c.output == standardOutput {
		return false
	}
	info, err := os.Stat(c.output)
	return err == nil && info.Mode().IsRegular()
}

func buffered(to io.Writer, content func(io.Writer) error) error {
	w := bufio.NewWriterSize(to, 1<<16)
	err := content(w)
	if flushed := w.Flush(); err == nil {
		err = flushed
	}
	return err
}

// errExists refuses to overwrite a file without force.
var errExists = errors.New("file exists")

// checkPath finds, before any work is done, reasons why path cannot be written.
func checkPath(path string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case path == "":
		return errors.New("the file needs a name")
	case errors.Is(err, fs.ErrNotExist):
		return missing(path)
	case err != nil:
		return aboutFile(path, err)
	case info.IsDir():
		return fmt.Errorf("%s: this is a folder; name a file in it", path)
	case info.Mode().IsRegular() && !force:
		return fmt.Errorf("%s: %w; use --force to overwrite", path, errExists)
	case !info.Mode().IsRegular() && !isStream(info):
		return fmt.Errorf("%s: not a file that can be written", path)
	}
	return nil
}

// missing returns an error if a path that does not exist is a dangling link or
// lies in a folder that does not exist.
func missing(path string) error {
	if to, err := os.Readlink(path); err == nil {
		return fmt.Errorf("%s: this is a link to %s, which does not exist", path, to)
	}
	if dir := filepath.Dir(path); !isDir(dir) {
		return fmt.Errorf("%s: folder %s does not exist", path, dir)
	}
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isStream reports whether a file is a device or a pipe, such as /dev/stdout, which
// holds nothing that could be overwritten.
func isStream(info fs.FileInfo) bool {
	return info.Mode()&(fs.ModeCharDevice|fs.ModeNamedPipe) != 0
}

// writeOutput writes a file, all or nothing. Without force, an existing file is
// errExists; with it, the file keeps its permissions, and a symbolic link to it
// stays one. Errors name the path.
func writeOutput(path string, force bool, content func(io.Writer) error) error {
	if err := checkPath(path, force); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return aboutFile(path, writeFile(path, 0o666, false, content))
	case isStream(info):
		return aboutFile(path, writeStream(path, content))
	}
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return aboutFile(path, err)
	}
	return aboutFile(path, writeFile(file, info.Mode().Perm(), true, content))
}

// writeStream writes without a temporary file.
func writeStream(path string, content func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = buffered(f, content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// aboutFile names the file in an error, in place of a temporary file.
func aboutFile(path string, err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	var signalled *signalError
	switch {
	case err == nil || errors.As(err, &signalled):
		return err
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: %w; use --force to overwrite", path, errExists)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: permission denied", path)
	case errors.As(err, &pathErr):
		err = pathErr.Err
	case errors.As(err, &linkErr):
		err = linkErr.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// writeFile writes a file atomically. If over, it replaces any existing file and
// has exactly the permissions of mode; otherwise the umask applies to them.
func writeFile(path string, mode fs.FileMode, over bool, content func(io.Writer) error) error {
	w := &interruptible{signals: make(chan os.Signal, 1)}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // by nohup, for example
			signal.Notify(w.signals, s)
		}
	}
	defer signal.Stop(w.signals)
	return state.Write(path, mode, over, func(to io.Writer) error {
		w.to = to
		if err := buffered(w, content); err != nil {
			return err
		}
		return w.interrupted()
	})
}

// An interruptible writer fails once a signal has arrived, so that the temporary
// file is removed before the program ends.
type interruptible struct {
	to      io.Writer
	signals chan os.Signal
}

func (w *interruptible) Write(p []byte) (int, error) {
	if err := w.interrupted(); err != nil {
		return 0, err
	}
	return w.to.Write(p)
}

func (w *interruptible) interrupted() error {
	select {
	case s := <-w.signals:
		number, _ := s.(syscall.Signal)
		return &signalError{number}
	default:
		return nil
	}
}
