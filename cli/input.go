package cli

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/postgres"
	"dateline/timeline/text"
)

// mapColumns parses --map.
func (c *command) mapColumns(text string) (err error) {
	c.columns, err = format.ParseColumns(text)
	return err
}

// parseEncoding parses --encoding.
func (c *command) parseEncoding(name string) error {
	e, err := format.ParseEncoding(name)
	c.encoding = &e
	return err
}

// files opens the named files, or the built-in timeline if there are none. Those
// of folders that cannot be opened are strays.
func (c *command) files(ctx context.Context, q timeline.Query, args []string) (files []format.File, strays []string, err error) {
	if len(args) == 0 {
		return []format.File{{Name: "events.json", Text: c.builtIn, Columns: c.columns}}, nil, nil
	}
	files, errs := c.openAll(ctx, q, args)
	for _, e := range errs {
		if !e.inFolder || len(files) == 0 {
			return nil, nil, e
		}
		strays = append(strays, e.Error())
	}
	return files, strays, nil
}

// warnUnread says that there are bytes on standard input that nothing reads,
// since the built-in timeline is shown. It takes none of them: a loop of a shell
// may be reading them.
func (c *command) warnUnread() {
	if f, ok := c.in.(*os.File); ok && !c.toldUnread && bytesWait(f) {
		c.toldUnread = true
		c.say("standard input is not read; name - to read it")
	}
}

// bytesWait reports whether a file has bytes that have not been read, or a pipe
// any now.
func bytesWait(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	if info.Mode().IsRegular() {
		at, err := f.Seek(0, io.SeekCurrent)
		return err == nil && at < info.Size()
	}
	return info.Mode()&fs.ModeNamedPipe != 0 && pipeWaits(f)
}

// An openError says why a file cannot be opened.
type openError struct {
	error
	inFolder bool // it was found in a folder that was named
}

func (e openError) Unwrap() error { return e.error }

// openAll opens the named files; a folder stands for the files in it, and a URL for
// what a query selects in a database. Each file
// that cannot be opened adds an error.
func (c *command) openAll(ctx context.Context, q timeline.Query, names []string) (files []format.File, errs []openError) {
	for _, name := range names {
		if postgres.IsURL(name) {
			s, err := c.database(ctx, name, names)
			var selected []format.File
			if err == nil {
				selected, err = c.fromDatabase(ctx, s, q)
			}
			if err != nil {
				errs = append(errs, openError{error: err})
			}
			files = append(files, selected...)
			continue
		}
		found, isFolder := filesIn(name)
		if len(found) == 0 {
			errs = append(errs, openError{error: fmt.Errorf("%s: this folder has no files", name)})
		}
		for _, path := range found {
			f, err := c.openFile(path)
			if err != nil {
				errs = append(errs, openError{err, isFolder})
				continue
			}
			if isFolder {
				f.In = name
			}
			files = append(files, f)
		}
	}
	return files, errs
}

// filesIn lists the files in a folder; any other name is listed itself.
func filesIn(name string) (files []string, isFolder bool) {
	entries, err := os.ReadDir(name)
	if err != nil {
		return []string{name}, false
	}
	for _, e := range entries {
		path := filepath.Join(name, e.Name())
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, path)
		}
	}
	return files, true
}

func (c *command) openFile(name string) (format.File, error) {
	f := format.File{Name: name, Columns: c.columns}
	if name == "-" {
		f.Name = "standard input"
		if c.piped == nil {
			if err := c.read(&f, io.NopCloser(c.in), 0); err != nil {
				return f, named(f.Name, err)
			}
			c.piped = &f
		}
		return *c.piped, nil
	}
	from, info, err := openFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return f, noSuchFile(name)
	}
	if err != nil {
		return f, named(name, err)
	}
	size := int64(0)
	if info.Mode().IsRegular() {
		if size = info.Size(); size >= format.Large {
			samples, err := samplesOf(from, size)
			if err != nil {
				return f, named(name, err)
			}
			if packingOf([]byte(samples[0][:6])) == nil {
				encoding, err := format.DetectEncoding(c.encoding, false, samples[0], samples[1:]...)
				if err != nil {
					return f, named(name, err)
				}
				if encoding.IsUTF8() {
					f.Data, f.Size = from, size // closed when it is garbage
					return f, nil
				}
			}
		}
	}
	return f, named(name, c.read(&f, from, size))
}

// named is an error that begins with the name of a file.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, pathless(err))
}

// openFile opens a file or a pipe, and nothing else.
func openFile(name string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	what := ""
	switch mode := info.Mode(); {
	case mode.IsDir():
		what = "folder"
	case mode&fs.ModeDevice != 0:
		what = "device"
	case mode&fs.ModeSocket != 0:
		what = "socket"
	}
	if what != "" {
		return nil, nil, fmt.Errorf("this is a %s, not a file", what)
	}
	f, err := os.Open(name) // only once: a pipe cannot be reopened
	return f, info, err
}

// samplesOf reads samples of a large file: its beginning and fifteen other places.
func samplesOf(f io.ReaderAt, size int64) (samples []string, err error) {
	const n, first, length = 16, 1 << 16, 1 << 14
	buf := make([]byte, first)
	for i := range int64(n) {
		k, err := f.ReadAt(buf, size/n*i)
		if err != nil && err != io.EOF {
			return nil, err
		}
		samples = append(samples, string(buf[:k]))
		buf = buf[:length]
	}
	return samples, nil
}

// headSize is how much of what comes as a stream is waited for. What is no longer
// is kept as a text.
const headSize = 1 << 18

// read reads the content of a file from its beginning, unpacked and as UTF-8. It
// leaves what is long to a stream, which closes r at its end. Size is that of a
// regular file, else 0.
func (c *command) read(f *format.File, r io.ReadCloser, size int64) error {
	packed := &countedReader{Reader: r}
	u, err := unpack(packed)
	close := func() { u.close(); r.Close() }
	defer func() {
		if f.Data == nil {
			close()
		}
	}()
	if err != nil {
		return err
	}
	most, length := int64(c.maxSize), int64(headSize)
	if u.name == "" && size > 0 {
		most, length = max(most, size), format.Large
	}
	var b bytes.Buffer
	b.Grow(int(min(size, length)))
	n, err := io.Copy(&b, io.LimitReader(u, min(length, most+1)))
	if err != nil {
		return u.damaged(err)
	}
	whole := n < length
	encoding, err := format.DetectEncoding(c.encoding, whole, b.String())
	switch {
	case err != nil:
		return err
	case n > most:
		return c.tooMuch(u)
	case encoding.IsUTF8() && whole:
		f.Text = b.String()
		return nil
	}
	text := &decodedReader{Reader: io.MultiReader(&b, u), encoding: encoding}
	text.known = c.encoding != nil || !encoding.IsUTF8() || beyondASCII(b.Bytes()) >= 0
	if text.known {
		text.decode()
	}
	f.Note = func() string { return text.note(c.encoding == nil) }
	if whole {
		all, err := io.ReadAll(io.LimitReader(text, most+1))
		if f.Text = string(all); err == nil && int64(len(all)) > most {
			return c.tooMuch(u)
		}
		return err
	}
	s := newStream(text, most)
	s.close, s.explain = close, func(err error) error {
		if err == errTooMuch {
			return c.tooMuch(u)
		}
		return u.damaged(err)
	}
	if size > 0 {
		s.total = func(n int64) int64 { return int64(float64(n) / float64(packed.n.Load()) * float64(size)) }
	}
	f.Data = s
	return nil
}

// A countedReader counts the bytes that are read.
type countedReader struct {
	io.Reader
	n atomic.Int64
}

func (r *countedReader) Read(to []byte) (int, error) {
	n, err := r.Reader.Read(to)
	r.n.Add(int64(n))
	return n, err
}

// A decodedReader reads text as UTF-8. What is ASCII at first shows its encoding
// only where it is no longer.
type decodedReader struct {
	io.Reader
	encoding format.Encoding
	known    bool
	decoded  *format.Decoded // nil if it is UTF-8
}

func (r *decodedReader) decode() {
	if !r.encoding.IsUTF8() {
		r.decoded = r.encoding.Decode(r.Reader)
		r.Reader = r.decoded
	}
}

// tellingSize is how much of a text tells its encoding.
const tellingSize = 1 << 20

func (r *decodedReader) Read(to []byte) (int, error) {
	n, err := r.Reader.Read(to)
	if r.known {
		return n, err
	}
	i := beyondASCII(to[:n])
	if i < 0 {
		return n, err
	}
	sample := bytes.NewBuffer(bytes.Clone(to[i:n]))
	more := int64(0)
	if err == nil {
		more, err = io.Copy(sample, io.LimitReader(r.Reader, tellingSize))
	}
	if err != nil && err != io.EOF {
		return i, err
	}
	r.encoding, err = format.DetectEncoding(nil, more < tellingSize, " "+sample.String()) // it does not begin the text
	if err != nil {
		return i, err
	}
	r.known, r.Reader = true, io.MultiReader(sample, r.Reader)
	r.decode()
	if i > 0 {
		return i, nil
	}
	return r.Reader.Read(to)
}

func (r *decodedReader) note(guessed bool) string {
	if r.decoded == nil {
		return ""
	}
	return r.decoded.Note(guessed)
}

// beyondASCII returns where the first byte beyond ASCII is, or -1.
func beyondASCII(text []byte) int {
	i := 0
	for ; i+8 <= len(text) && binary.NativeEndian.Uint64(text[i:])&0x8080808080808080 == 0; i += 8 {
	}
	if k := bytes.IndexFunc(text[i:], func(r rune) bool { return r >= utf8.RuneSelf }); k >= 0 {
		return i + k
	}
	return -1
}

func (c *command) tooMuch(u *unpacked) error {
	verb := "holds"
	if u.name != "" {
		verb = "unpacks to"
	}
	return fmt.Errorf("this %s more than %s; --max-size SIZE reads more", verb, &c.maxSize)
}

// noSuchFile is the error of a missing file, whose name may be a misspelt verb.
func noSuchFile(name string) error {
	if verb := text.Nearest(name, []string{"list", "brief", "cite", "export", "check", "schema", "state", "serve", "help"}); verb != "" {
		return fmt.Errorf("%q: no such file; did you mean dateline %s?", name, verb)
	}
	return fmt.Errorf("%s: no such file", cmp.Or(name, `""`))
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
	case len(o.strays) > 0:
		return o.strayed()
	case o.report.Errors() > 0:
		message = "the file has problems"
	}
	if message != "" && why != "" {
		message += "; " + why
	}
	return message
}

// strayed says which files of a folder are not shown, or how many.
func (o *opened) strayed() string {
	if len(o.strays) == 1 {
		return o.strays[0]
	}
	return text.Counted(len(o.strays), "file") + " left out"
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
