package cli

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
)

func TestFormatsAreDetectedUnderAnyNameAndCompression(t *testing.T) {
	paths, err := filepath.Glob("../timeline/format/testdata/formats/*")
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no files:", err)
	}
	dir := t.TempDir()
	for _, path := range paths {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		w.Write(text)
		w.Close()
		want, errs, code := invoke("", "list", path)
		if code != exitOK || want == "" {
			t.Errorf("%s: exit code %d, printed %q, %q", path, code, want, errs)
		}
		for name, content := range map[string][]byte{"events.json": text, "notes.txt": text, "export.CSV.gz": packed.Bytes(), "none": packed.Bytes()} {
			copied := filepath.Join(dir, name)
			if err := os.WriteFile(copied, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, _, _ := invoke("", "list", copied); got != want {
				t.Errorf("%s as %s: printed\n%s\nwant\n%s", path, name, got, want)
			}
		}
		if got, _, _ := invoke(string(text), "list", "-"); got != want {
			t.Errorf("%s on standard input: printed\n%s\nwant\n%s", path, got, want)
		}
	}
}

func TestMapNamesTheColumnsOfCSV(t *testing.T) {
	const table = "nr,happened,headline,fate\na,2024-03-12,Talks open,disputed\n"
	for _, tt := range []struct {
		args      string // parted by blanks
		code      int
		out, errs string // "…" stands for anything
	}{
		{"list --map date=happened -", exitOK, "2024-03-12  ---  0s/0o   Talks open\n", ""},
		{"list --map date=happened,status=fate -", exitOK, "2024-03-12  DSP  0s/0o   Talks open\n", ""},
		{"--map date=happened -", exitOK, "2024-03-12  ---  0s/0o   Talks open\n", ""},
		{"check --map date=happened -", exitOK, "standard input:1:1: warning: these columns are not read: nr, fate; read one with --map FIELD=COLUMN\nstandard input: 1 event, 0 errors, 1 warning\n", ""},
		{"list -", exitFailed, "", "dateline: standard input:1:1: no column looks like a date; name it with --map date=COLUMN; the columns are nr, happened, headline, fate\n"},
		{"list --map date=happend -", exitFailed, "", "dateline: standard input:1:1: there is no column \"happend\" for the field date; did you mean \"happened\"?\n"},
		{"list --map dat=happened -", exitUsage, "", "dateline: …there is no field \"dat\"; did you mean date?; see dateline help\n"},
		{"list --map date -", exitUsage, "", "dateline: …\"date\": write FIELD=COLUMN, such as date=event_date; see dateline help\n"},
		{"list --map date=happened", exitFailed, "", "dateline: events.json:1:1: there is nothing to map: this is dateline JSON, and dateline knows its fields\n"},
	} {
		out, errs, code := invoke(table, strings.Split(tt.args, " ")...)
		if code != tt.code || !like(out, tt.out) || !like(errs, tt.errs) {
			t.Errorf("%s: exit code %d, printed\n%s\n%s\nwant %d,\n%s\n%s", tt.args, code, out, errs, tt.code, tt.out, tt.errs)
		}
	}
}

// One stray file hid a folder of timelines.
func TestStrayFileOfAFolderIsNamedAndTheRestOpens(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"d/a.json": fixture.OneEvent, "d/b.jsonl": `{"id": "b", "date": "1904", "title": "Second flight"}`, "d/notes.rtf": `{\rtf1 notes}`, "d/.hidden": "?", "d/inner/c.json": "?",
		"none/notes.rtf": `{\rtf1 notes}`, "cut/a.json": fixture.OneEvent, "cut/b.gz": gzipped(t, fixture.OneEvent)[:30],
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const both = "1903-12-17  CNF  1s/1o   First flight\n1904        ---  0s/0o   Second flight\n"
	for _, tt := range []struct {
		args      string
		code      int
		out, errs string // "…" stands for anything
	}{
		{"list d", exitOK, both, "dateline: d/notes.rtf is no timeline…\n"},
		{"d", exitOK, both, "dateline: d/notes.rtf is no timeline…\n"},
		{"list d d/a.json", exitOK, both, "dateline: d/notes.rtf is no timeline…\n"},
		{"list --strict d", exitFailed, "", "…d/notes.rtf:1:…\n"},
		{"check d", exitFailed, "d/b.jsonl:1:1: warning: …d/notes.rtf:1:…2 events, 1 error, 1 warning\n", ""},
		{"list d d/notes.rtf", exitFailed, "", "dateline: d/notes.rtf:1:…\n"},
		{"list none", exitFailed, "", "dateline: none/notes.rtf:1:…\n"},
		{"list cut", exitOK, both[:strings.Index(both, "\n")+1], "dateline: cut/b.gz: damaged gzip: the file ends too early\n"},
		{"list --strict cut", exitFailed, "", "dateline: cut/b.gz: damaged gzip: the file ends too early\n"},
		{"check cut", exitFailed, "cut/a.json: 1 event, 0 errors, 0 warnings\n", "dateline: cut/b.gz: damaged gzip: the file ends too early\n"},
	} {
		out, errs, code := invoke("", strings.Split(tt.args, " ")...)
		if code != tt.code || !like(out, tt.out) || !like(errs, tt.errs) {
			t.Errorf("%s: exit code %d, printed\n%s\n%s\nwant %d,\n%s\n%s", tt.args, code, out, errs, tt.code, tt.out, tt.errs)
		}
	}
}

// A pipe to a command that names no file was ignored without a word. It still is
// not read, since a loop of a shell may be reading it.
func TestUnreadStandardInputIsNamed(t *testing.T) {
	const said = "dateline: standard input is not read; name - to read it\n"
	file := filepath.Join(t.TempDir(), "lines")
	if err := os.WriteFile(file, []byte("a\nb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (in, w *os.File){
		"bytes in a pipe": func() (*os.File, *os.File) {
			in, w, err := os.Pipe()
			if err == nil {
				_, err = w.WriteString("a\nb\n")
			}
			if err != nil {
				t.Fatal(err)
			}
			return in, w
		},
		"a file": func() (*os.File, *os.File) {
			in, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			return in, nil
		},
		"an open pipe": func() (*os.File, *os.File) {
			in, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			return in, w
		},
		"an empty file": func() (*os.File, *os.File) {
			in, err := os.Open(os.DevNull)
			if err != nil {
				t.Fatal(err)
			}
			return in, nil
		},
	} {
		for _, args := range []string{"list", "", "brief", "cite", "export", "check", "list " + file + ".json"} {
			in, w := open()
			var out, errs strings.Builder
			run(strings.Fields(args), homed(), in, &out, &errs)
			want := ""
			if (name == "bytes in a pipe" && runtime.GOOS != "windows" || name == "a file") && !strings.HasSuffix(args, ".json") {
				want = said
			}
			if got := errs.String(); !strings.HasSuffix(args, ".json") && got != want || strings.Contains(got, said) != (want != "") {
				t.Errorf("%s, %s: printed %q, want %q", name, args, got, want)
			}
			if want != "" {
				left := make([]byte, 4)
				if n, err := in.Read(left); n != 4 {
					t.Errorf("%s, %s: %d bytes are left: %v", name, args, n, err)
				}
			}
			in.Close()
			if w != nil {
				w.Close()
			}
		}
	}
}

func TestFilesOfOtherEncodingsAreRead(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"1252.csv":  "date,title\n1904-02-30,Sp\xe4t\n1904,Caf\xe9 \x96 \x84gro\xdf\x93\n",
		"utf16.csv": "\xff\xfed\x00a\x00t\x00e\x00,\x00t\x00i\x00t\x00l\x00e\x00\n\x001\x009\x000\x004\x00,\x00\x1f\x04\n\x00",
		"1251.csv":  "date,title\n1904,\xcf\xe5\xf0\xe5\xe3\xee\xe2\xee\xf0\xfb\n",
		"large.csv": "date,title\n" + strings.Repeat("1904,Caf\xe9"+strings.Repeat(" bar", 1000)+"\n", 5_000),
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		args      string
		code      int
		out, errs string // "…" stands for anything
	}{
		{"list 1252.csv", exitOK, "1904  ---  0s/0o   Café – „groß“\n", "dateline: 1 of 2 events left out; …\n"},
		{"check 1252.csv", exitFailed, "1252.csv:1:1: warning: this is not UTF-8; it is read as Windows-1252; --encoding names another\n1252.csv:2:9: …", ""},
		{"list utf16.csv", exitOK, "1904  ---  0s/0o   П\n", ""},
		{"check utf16.csv", exitOK, "utf16.csv: 1 event, 0 errors, 0 warnings\n", ""},
		{"list 1251.csv", exitFailed, "", "dateline: 1251.csv: this is neither UTF-8 nor, by its letters, Windows-1252; name its encoding with --encoding, …\n"},
		{"list --encoding windows-1251 1251.csv", exitOK, "1904  ---  0s/0o   Переговоры\n", ""},
		{"list --encoding koi9-r 1251.csv", exitUsage, "", "dateline: …there is no encoding \"koi9-r\"; did you mean koi8-r?; see dateline help\n"},
		{"list --filter nothing large.csv", exitOK, "", "dateline: 0 events: no event contains “nothing”\n"},
	} {
		out, errs, code := invoke("", strings.Split(tt.args, " ")...)
		if code != tt.code || !like(out, tt.out) || !like(errs, tt.errs) {
			t.Errorf("%s: exit code %d, printed\n%s\n%s\nwant %d,\n%s\n%s", tt.args, code, out, errs, tt.code, tt.out, tt.errs)
		}
	}
	if out, _, _ := invoke("", "check", "large.csv"); !strings.Contains(out, "large.csv: 5,000 events, 0 errors, 1 warning\n") {
		t.Errorf("printed %.300q", out)
	}
}
