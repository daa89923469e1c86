package format_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

func FuzzLoad(f *testing.F) {
	paths, err := filepath.Glob("testdata/broken/*.json*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(paths, "../brief/testdata/brief.json") {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, v := range values {
		f.Add("[" + v + "]")
		f.Add(`{"events":[],"_x":` + v + `}`)
	}
	f.Add("\ufeff" + event("a", "2024") + "\r\n" + event("b", "2023"))
	f.Fuzz(func(t *testing.T, s string) {
		tl, report, err := format.Read(format.File{Name: "fuzz.json", Text: s})
		checkReport(t, report)
		if err != nil {
			if said := err.Error(); !strings.HasPrefix(said, "fuzz.json:") || said != text.Clean(said) {
				t.Errorf("the error reads %q", said)
			}
			return
		}
		if isJSON := strings.ContainsAny(strings.TrimLeft(s, "\ufeff \t\r\n")[:1], "{["); isJSON && len(report.Problems) == 0 && !validJSON(s) {
			t.Error("nothing is wrong with it, encoding/json says otherwise")
		}
		if tl.Len() != report.Found-report.LeftOut {
			t.Errorf("%d found, %d left out, %d there", report.Found, report.LeftOut, tl.Len())
		}
		b := brief.New(tl, timeline.Query{}, brief.Options{})
		b.Page(80)
		if err := brief.WriteMarkdown(io.Discard, b); err != nil {
			t.Error(err)
		}
	})
}

func checkReport(t *testing.T, report format.Report) {
	t.Helper()
	for _, p := range report.Problems {
		if s := p.String(); p.File != "fuzz.json" || p.Line < 1 || p.Column < 1 || p.Text == "" || s != text.Clean(s) {
			t.Errorf("a problem is %#v", p)
		}
	}
	if report.LeftOut > report.Found || report.LeftOut > 0 && report.Errors() == 0 {
		t.Errorf("%d of %d left out for %d reasons", report.LeftOut, report.Found, report.Errors())
	}
}

// validJSON reports whether text is JSON, or JSON Lines if it begins so.
func validJSON(text string) bool {
	text = strings.TrimPrefix(text, "\ufeff")
	return json.Valid([]byte(text)) || strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") && wholeLines(text)
}
