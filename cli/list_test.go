package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline/format"
)

// moments has odd titles and dates, and values that the fast scanner cannot read.
const moments = `{"id":"a","date":"2024-06-19T10:20:30Z","title":"Caf\u00e9 \ud83d\ude00 \u202eodd\ttitle","status":"disputed"}
{"date":"2024-06-19/2024-06-21","sources":[{"publisher":"P","title":"T"}],"title":"Later","_title":"private","id":"b"}
{"id":"c","date":"156X","title":"Twice","title":"Twice"}
{"id":"d","date":"2024-06~","title":"With a status of its own","status":"settled"}
`

// The list of a large file is made from its index. The file is large because of the
// blanks at its end.
func TestListOfALargeFileIsThatOfASmallOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	lines, _, _ := invoke("", "export", "--format", "jsonl")
	blanks := strings.Repeat(" ", format.Large)
	for _, path := range []string{"../timeline/testdata/frozen.json", write("shipped.jsonl", lines), write("moments.jsonl", moments)} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		large := write("large", string(text)+blanks)
		want, _, _ := invoke("", "list", path)
		if got, errs, _ := invoke("", "list", large); got != want || want == "" {
			t.Errorf("%s: printed\n%s\n%s\nwant\n%s", path, got, errs, want)
		}
	}
}

func TestListShowsTimes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.json")
	text := `[{"id":"z","date":"2024-06-19T09:00:00Z","title":"Second"},{"id":"y","date":"2024-06-19","title":"First"},
{"id":"x","date":"2024-06-19T18:00:05+09:00","title":"Third"},{"id":"a","date":"2024-06-19T09:00:06","tz":"UTC","title":"Fourth"}]`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _, _ := invoke("", "list", path)
	want := `2024-06-19           ---  0s/0o   First
2024-06-19 09:00     ---  0s/0o   Second
2024-06-19 18:00:05  ---  0s/0o   Third
2024-06-19 09:00:06  ---  0s/0o   Fourth
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
