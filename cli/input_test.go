package cli

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		{"list --map date=happened", exitFailed, "", "dateline: events.json:1:1: there is nothing to map: this is not CSV or TSV with columns of its own\n"},
	} {
		out, errs, code := invoke(table, strings.Split(tt.args, " ")...)
		if code != tt.code || !like(out, tt.out) || !like(errs, tt.errs) {
			t.Errorf("%s: exit code %d, printed\n%s\n%s\nwant %d,\n%s\n%s", tt.args, code, out, errs, tt.code, tt.out, tt.errs)
		}
	}
}
