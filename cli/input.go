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
	"strings"

	"github.com/klauspost/compress/zstd"

	"dateline/timeline/format"
	"dateline/timeline/text"
)

// mapColumns parses --map.
func (c *command) mapColumns(text string) (err error) {
	c.columns, err = format.ParseColumns(text)
	return err
}

// files opens the named files, or the built-in timeline if there are none.
func (c *command) files(args []string) ([]format.File, error) {
	if len(args) == 0 {
		return []format.File{{Name: "events.json", Text: c.builtIn, Columns: c.columns}}, nil
	}
	files, errs := c.openAll(args)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return files, nil
}

// openAll opens the named files; a folder stands for the files in it. Each file
// that cannot be opened adds an error.
func (c *command) openAll(names []string) (files []format.File, errs []error) {
	for _, name := range names {
		names := filesIn(name)
		if len(names) == 0 {
			errs = append(errs, fmt.Errorf("%s: this folder has no files", name))
		}
		for _, name := range names {
			f, err := c.openFile(name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			files = append(files, f)
		}
	}
	return files, errs
}

// filesIn lists the files in a folder; any other name is listed itself.
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

func (c *command) openFile(name string) (format.File, error) {
	var text []byte
	var err error
	if name == "-" {
		name = "standard input"
		text, err = io.ReadAll(c.in)
	} else if f, wrong := os.Open(name); wrong != nil { // only once: a pipe cannot be reopened
		err = wrong
	} else {
		if large, ok := c.large(f); ok {
			return large, nil
		}
		text, err = readAll(f)
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
	if text, err = decompress(text); err != nil {
		return format.File{}, fmt.Errorf("%s: %w", name, err)
	}
	return format.File{Name: name, Text: string(text), Columns: c.columns}, nil
}

// readAll reads the rest of a file.
func readAll(f *os.File) ([]byte, error) {
	var text bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		text.Grow(int(info.Size()) + bytes.MinRead)
	}
	_, err := text.ReadFrom(f)
	return text.Bytes(), err
}

// large returns f if it is too large to be read into memory. A compressed file
// can only be read from its beginning, and so is never large. A large file is
// closed when it is garbage.
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

// noSuchFile is the error of a missing file, whose name may be a misspelt verb.
func noSuchFile(name string) error {
	if verb := text.Nearest(name, []string{"list", "brief", "cite", "export", "check", "schema", "help"}); verb != "" {
		return fmt.Errorf("%q: no such file; did you mean dateline %s?", name, verb)
	}
	return fmt.Errorf("%s: no such file", cmp.Or(name, `""`))
}

func isGzip(data []byte) bool { return bytes.HasPrefix(data, []byte{0x1f, 0x8b}) }

func isZstandard(data []byte) bool { return bytes.HasPrefix(data, []byte{0x28, 0xb5, 0x2f, 0xfd}) }

// decompress decompresses gzip and Zstandard; other data is returned as it is.
func decompress(data []byte) ([]byte, error) {
	switch {
	case isGzip(data):
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("damaged gzip: %w", err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("damaged gzip: %w", err)
		}
		return data, nil
	case isZstandard(data):
		r, err := zstd.NewReader(nil)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		text, err := r.DecodeAll(data, nil)
		if err != nil {
			return nil, fmt.Errorf("damaged Zstandard: %w", err)
		}
		return text, nil
	}
	return data, nil
}

// fileNames lists the names of files, or counts them if they are many.
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

// digest is the SHA-256 of the contents of all files in order; it is empty if one
// can no longer be read.
func (o *opened) digest() string {
	h := sha256.New()
	for _, f := range o.files {
		if _, err := io.Copy(h, f.Contents()); err != nil {
			return ""
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// leftOut counts the events that could not be read, and adds how to learn why; it
// is empty if the files have no errors.
func (o *opened) leftOut(why string) string {
	message := ""
	switch {
	case o.report.LeftOut > 0:
		message = fmt.Sprintf("%s of %s left out", text.Grouped(o.report.LeftOut), text.Counted(o.report.Found, "event"))
	case o.report.Errors() > 0:
		message = "the file has problems"
	}
	if message != "" && why != "" {
		message += "; " + why
	}
	return message
}

// problemLines lists the problems of files, one per line.
func problemLines(r format.Report) []string {
	var lines []string
	for _, p := range r.Problems {
		lines = append(lines, p.String())
	}
	if n := r.Unlisted(); n > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", text.Grouped(n)))
	}
	return lines
}
