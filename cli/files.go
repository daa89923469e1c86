package cli

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/klauspost/compress/zstd"

	"dateline/timeline/format"
	"dateline/timeline/text"
)

// mapColumns is --map.
func (c *command) mapColumns(text string) (err error) {
	c.columns, err = format.ParseColumns(text)
	return err
}

// files reads the files named; none is the timeline inside.
func (c *command) files(args []string) ([]format.File, error) {
	if len(args) == 0 {
		return []format.File{{Name: insideName, Text: c.inside, Columns: c.columns}}, nil
	}
	files, errs := c.readAll(args)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return files, nil
}

// readAll reads the files named; a folder stands for the files in it. It goes on
// after one that cannot be read.
func (c *command) readAll(names []string) (files []format.File, errs []error) {
	for _, name := range names {
		inside := filesIn(name)
		if len(inside) == 0 {
			errs = append(errs, fmt.Errorf("%s: there are no files in this folder", name))
		}
		for _, name := range inside {
			f, err := c.readFile(name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			files = append(files, f)
		}
	}
	return files, errs
}

// filesIn lists the files in a folder; of any other name it lists that.
func filesIn(name string) []string {
	entries, err := os.ReadDir(name)
	if err != nil {
		return []string{name}
	}
	var files []string
	for _, e := range entries {
		path := filepath.Join(name, e.Name())
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, path)
		}
	}
	return files
}

func (c *command) readFile(name string) (format.File, error) {
	var text []byte
	var err error
	if name == "-" {
		name = "standard input"
		text, err = io.ReadAll(c.in)
	} else if f, wrong := os.Open(name); wrong != nil { // once: what is read from a pipe is gone
		err = wrong
	} else {
		if large, ok := c.large(f); ok {
			return large, nil
		}
		text, err = contents(f)
		f.Close()
	}
	var pathErr *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return format.File{}, noSuchFile(name)
	case errors.As(err, &pathErr):
		return format.File{}, fmt.Errorf("%s: %w", name, pathErr.Err)
	case err != nil:
		return format.File{}, fmt.Errorf("%s: %w", name, err)
	}
	if text, err = unpack(text); err != nil {
		return format.File{}, fmt.Errorf("%s: %w", name, err)
	}
	return format.File{Name: name, Text: string(text), Columns: c.columns}, nil
}

// contents reads all that is left of a file.
func contents(f *os.File) ([]byte, error) {
	var text bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		text.Grow(int(info.Size()) + bytes.MinRead)
	}
	_, err := text.ReadFrom(f)
	return text.Bytes(), err
}

// large returns a file that is too large to be read into memory at once. What is
// packed cannot be read but from its beginning, and is none. The file is closed
// when nothing refers to it any more.
func (c *command) large(f *os.File) (large format.File, ok bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < format.Large {
		return large, false
	}
	head := make([]byte, 4)
	if _, err := f.ReadAt(head, 0); err != nil || isGzip(head) || isZstandard(head) {
		return large, false
	}
	return format.File{Name: f.Name(), Data: f, Size: info.Size(), Columns: c.columns}, true
}

// noSuchFile says so; what is almost a verb may have been meant for it.
func noSuchFile(name string) error {
	if verb := text.Nearest(name, []string{"list", "brief", "cite", "export", "check", "schema", "help"}); verb != "" {
		return fmt.Errorf("%q: there is no such file; did you mean dateline %s?", name, verb)
	}
	return fmt.Errorf("%s: there is no such file", cmp.Or(name, `""`))
}

func isGzip(data []byte) bool { return bytes.HasPrefix(data, []byte{0x1f, 0x8b}) }

func isZstandard(data []byte) bool { return bytes.HasPrefix(data, []byte{0x28, 0xb5, 0x2f, 0xfd}) }

// unpack undoes gzip or Zstandard, which data is recognised by.
func unpack(data []byte) ([]byte, error) {
	switch {
	case isGzip(data):
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("this is not whole gzip: %w", err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("this is not whole gzip: %w", err)
		}
		return data, nil
	case isZstandard(data):
		r, err := zstd.NewReader(nil)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		unpacked, err := r.DecodeAll(data, nil)
		if err != nil {
			return nil, fmt.Errorf("this is not whole Zstandard: %w", err)
		}
		return unpacked, nil
	}
	return data, nil
}

// fileNames names the files, or counts them when they are many.
func fileNames(files []format.File) string {
	if len(files) > 3 {
		return text.Counted(len(files), "file")
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// digest is the SHA-256 of the files' contents, one after the other; it is empty
// if one can no longer be read.
func (o *opened) digest() string {
	h := sha256.New()
	for _, f := range o.files {
		if _, err := io.Copy(h, f.Contents()); err != nil {
			return ""
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// leftOut says, in a few words, what of the files could not be read, and how to
// learn why; it is empty when all was.
func (o *opened) leftOut(why string) string {
	said := ""
	switch {
	case o.report.LeftOut > 0:
		said = fmt.Sprintf("%s of %s left out", text.Grouped(o.report.LeftOut), text.Counted(o.report.Found, "event"))
	case o.report.Errors() > 0:
		said = "the file has problems"
	}
	if said != "" && why != "" {
		said += "; " + why
	}
	return said
}

// problemsOf lists what is wrong with files, a line each.
func problemsOf(r format.Report) []string {
	var lines []string
	for _, p := range r.Problems {
		lines = append(lines, p.String())
	}
	if n := r.Unlisted(); n > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", text.Grouped(n)))
	}
	return lines
}

// version is the module's version, or the commit that the program was built
// from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "at " + s.Value[:min(12, len(s.Value))]
		}
	}
	return "(built from source)"
}
