package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"

	"dateline/timeline/format"
)

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t *testing.T, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

func TestUnpackingAndPipesHaveALimit(t *testing.T) {
	long := `[{"id":"a","date":"2024","title":"` + strings.Repeat("long ", 1<<18) + `"}]`
	for _, c := range []struct {
		name, text, limit, errs string
		code                    int
	}{
		{"a.json.gz", gzipped(t, long), "1M", "dateline: a.json.gz: this unpacks to more than 1 MiB; --max-size SIZE reads more\n", exitFailed},
		{"a.json.zst", zstandard(t, long), "1000 kB", "dateline: a.json.zst: this unpacks to more than 1 MB; --max-size SIZE reads more\n", exitFailed},
		{"a.gz.zst", zstandard(t, gzipped(t, long)), "1MiB", "dateline: a.gz.zst: this unpacks to more than 1 MiB; --max-size SIZE reads more\n", exitFailed},
		{"a.json.gz", gzipped(t, long), "2M", "", exitOK},
		{"a.gz.zst.gz", gzipped(t, zstandard(t, gzipped(t, long))), "0.002G", "", exitOK},
		{"a.json", long, "1M", "", exitOK}, // it is no packed file
		{"-", long, "1M", "dateline: standard input: this holds more than 1 MiB; --max-size SIZE reads more\n", exitFailed},
		{"-", long, "2M", "", exitOK},
		{"-", gzipped(t, long), "1M", "dateline: standard input: this unpacks to more than 1 MiB; --max-size SIZE reads more\n", exitFailed},
		{"blank.zst", zstandard(t, strings.Repeat(" ", 40<<20)), "20M", "dateline: blank.zst: this unpacks to more than 20 MiB; --max-size SIZE reads more\n", exitFailed},
		{"five.gz", gzipped(t, gzipped(t, gzipped(t, gzipped(t, gzipped(t, "[]"))))), "1M", "dateline: five.gz: this is packed more than 4 times\n", exitFailed},
		{"cut.gz", gzipped(t, long)[:1000], "2M", "dateline: cut.gz: damaged gzip: the file ends too early\n", exitFailed},
		{"a.json.xz", "\xfd7zXZ\x00\x00", "1M", "dateline: a.json.xz: this is packed with xz, which is not read; unpack it, or pack it with gzip or zstd\n", exitFailed},
		{"a.json.gz", gzipped(t, long), "much", "dateline: --max-size much: write a number of bytes, such as 500M or 8G; see dateline help\n", exitUsage},
	} {
		in := c.text
		if c.name != "-" {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(c.name, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			in = ""
		}
		out, errs, code := invoke(in, "list", "--max-size", c.limit, c.name)
		if code != c.code || errs != c.errs || (out != "") != (c.code == exitOK) {
			t.Errorf("%s, at most %s: exit code %d, printed %.80q, %q; want %d, %q", c.name, c.limit, code, out, errs, c.code, c.errs)
		}
	}
}

func TestSizesAreReadAndWritten(t *testing.T) {
	for s, want := range map[string]string{"8G": "8 GiB", "8GiB": "8 GiB", "8 gib": "8 GiB", "8GB": "8 GB", "1024": "1 KiB", "1.5m": "1536 KiB", "2T": "2 TiB", "7": "7 bytes", "7B": "7 bytes"} {
		var b byteSize
		if err := b.Set(s); err != nil || b.String() != want {
			t.Errorf("%s: got %s, %v, want %s", s, &b, err, want)
		}
	}
	for _, s := range []string{"", "G", "-1", "0", "8X", "8KM", "8GG", "8IB", "1e30", "NaN", "Inf", "99999999T"} {
		var b byteSize
		if err := b.Set(s); err == nil {
			t.Errorf("%s: got %d", s, b)
		}
	}
}

// A stream keeps in memory what is little or repeats itself, and the rest in a file
// without a name. Several goroutines read it while it is filled.
func TestStreamReadsWhatHasCome(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	varied := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(i * i >> 8 * i >> 16)
		}
		return b
	}
	blank := bytes.Repeat([]byte(" "), mostInMemory+pieceSize+1)
	for _, c := range []struct {
		text   []byte
		onDisk bool
	}{
		{nil, false},
		{varied(10), false},
		{varied(2*pieceSize + 5), false},
		{blank, false},
		{slices.Concat(blank, varied(2*mostInMemory), blank, varied(7)), true},
	} {
		s := newStream(iotest.HalfReader(bytes.NewReader(c.text)), int64(len(c.text)))
		file := format.File{Data: s}
		var wait sync.WaitGroup
		for n := range 3 {
			wait.Go(func() {
				buf := make([]byte, 3000*(n+1))
				for at := int64(0); ; at += int64(len(buf)) {
					size, err := s.Await(t.Context(), at+int64(len(buf)))
					k, _ := s.ReadAt(buf, at)
					if err != nil || !bytes.Equal(buf[:k], c.text[min(at, size):min(at+int64(len(buf)), size)]) {
						t.Errorf("%d bytes: %v, other bytes at %d", len(c.text), err, at)
						return
					}
					if k < len(buf) {
						return
					}
				}
			})
		}
		wait.Wait()
		got, err := io.ReadAll(file.Contents())
		if err != nil || !bytes.Equal(got, c.text) || s.file != nil != c.onDisk || s.Total() != int64(len(c.text)) {
			t.Errorf("%d bytes: %v, other bytes are read, on disk %t", len(c.text), err, s.file != nil)
		}
		if s.file != nil {
			s.file.Close()
		}
		if left, err := os.ReadDir(dir); err != nil || runtime.GOOS != "windows" && len(left) > 0 {
			t.Errorf("%v is left behind, %v", left, err)
		}
	}
}

// A stalled writer hands out what it likes, and then nothing until it is let go.
type stalled struct {
	text string
	wait chan struct{}
}

func (s *stalled) Read(to []byte) (int, error) {
	if s.text == "" {
		<-s.wait
		return 0, io.EOF
	}
	n := copy(to, s.text)
	s.text = s.text[n:]
	return n, nil
}

// Events are shown while a program still writes them, and whoever no longer waits
// is not kept.
func TestEventsOfAPipeAreShownWhileTheyCome(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, `{"id":"e-%d","date":"2024","title":"T %d","summary":"The quick brown fox"}`+"\n", i, i)
	}
	from := &stalled{b.String(), make(chan struct{})}
	c := &command{maxSize: defaultMost, in: from}
	file, err := c.openFile("-")
	if err != nil || file.Data == nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ready := make(chan struct{})
	close(ready)
	shown := 0
	tl, _, err := format.Open(ctx, format.Watch{Ready: ready, Progress: func(p format.Progress) {
		if p.Timeline != nil {
			shown = p.Timeline.Len()
		}
		if p.Done > int64(b.Len())/2 {
			cancel()
		}
	}}, file)
	if !errors.Is(err, context.Canceled) || shown == 0 || tl.Len() < shown {
		t.Errorf("%d events were shown, %d read, %v", shown, tl.Len(), err)
	}
	close(from.wait)
	again, err := c.openFile("-") // it cannot be read twice, but is kept
	if err != nil {
		t.Fatal(err)
	}
	if tl, _, err = format.Read(again); err != nil || tl.Len() != 10_000 || tl.Event(9_999).Title != "T 9999" {
		t.Errorf("%d events, %v", tl.Len(), err)
	}
}

// A text that is ASCII for long shows its encoding where it is no longer.
func TestEncodingShowsLate(t *testing.T) {
	plain := "date,title\n" + strings.Repeat("2024,Plain\n", headSize/8)
	for _, c := range []struct{ row, want, note string }{
		{"2024,Caf\xe9 \x96 au lait\n", "Café – au lait", "this is not UTF-8; it is read as Windows-1252; --encoding names another"},
		{"2024,Café\n", "Café", ""},
		{"2024,Plain\n", "Plain", ""},
		{"2024,Caf\xe9 and \"“Café”\"\n", "", ""}, // it is a fault of its row
	} {
		var f format.File
		if err := (&command{maxSize: defaultMost}).read(&f, io.NopCloser(strings.NewReader(plain+c.row)), 0); err != nil {
			t.Fatal(err)
		}
		tl, report, err := format.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		notes := ""
		for _, p := range report.Problems {
			if p.Line == 1 && p.Column == 1 {
				notes += p.Text
			}
		}
		if got := tl.Event(tl.Len() - 1).Title; notes != c.note || c.want != "" && got != c.want || (report.LeftOut > 0) != (c.want == "") {
			t.Errorf("%q: got %q, %q, %d left out", c.row, got, notes, report.LeftOut)
		}
	}
}

// Whatever the bytes of a file, it is read within its limit, and a file without
// events says so.
func FuzzBytes(f *testing.F) {
	const most = 1 << 16
	text := `[{"id":"a","date":"2024","title":"Café"}]`
	utf16 := "\xff\xfe"
	for _, r := range text {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for _, s := range []string{"", "[]", text, utf16, utf16[2:], "date,title\n2024,Caf\xe9 \x96\n", "date,title\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "\x1f\x8b", "BZh9", "\x28\xb5\x2f\xfd", "\xff\xfe\x00\x00", strings.Repeat(" ", most+1)} {
		f.Add([]byte(s))
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &command{maxSize: most}
		file := format.File{Name: "fuzz"}
		if err := c.read(&file, io.NopCloser(bytes.NewReader(data)), 0); err != nil {
			return
		}
		if len(file.Text) > most || file.Data != nil {
			t.Errorf("%d bytes are read", len(file.Text))
		}
		tl, report, err := format.Read(file)
		if err == nil && tl.Len() == 0 && report.Errors()+report.Warnings() == 0 {
			t.Errorf("%q is read as no event, without a word", file.Text)
		}
	})
}
