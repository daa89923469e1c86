package format

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// samples are the files of every format in testdata, sound and not.
func samples(t testing.TB) []File {
	t.Helper()
	paths, err := filepath.Glob("testdata/formats*/*.*")
	if err != nil {
		t.Fatal(err)
	}
	var files []File
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) != ".golden" {
			files = append(files, File{Name: filepath.Base(path), Text: string(text)})
		}
	}
	return files
}

// Every format with a record a line is read in stretches, and no other.
func TestTablesAreReadAlikeInEveryWay(t *testing.T) {
	t.Parallel()
	tables := 0
	for _, file := range samples(t) {
		t.Run(file.Name, func(t *testing.T) {
			in := newIngest(Watch{}, []File{file})
			if err := in.recogniseAll(); err != nil {
				t.Fatal(err)
			}
			hasLines := strings.Contains(strings.ToLower(file.Name), "sv") || strings.HasSuffix(file.Name, ".jsonl")
			if table := in.tables[0]; in.states[0].refused == nil && (table != nil && table.lines != nil) != hasLines {
				t.Fatalf("it is read in stretches: %t", !hasLines)
			}
			checkReading(t, file)
			checkReading(t, File{Name: "crlf", Text: "\ufeff\n" + strings.ReplaceAll(strings.TrimPrefix(file.Text, "\ufeff"), "\n", "\r\n")})
			twice := file
			twice.Name = "again"
			checkReading(t, file, twice, File{Name: "own.jsonl", Text: `{"id":"a","date":"2024","title":"T","sources":[{"url":"https://a.example"}]}`})
			if !hasLines {
				return
			}
			tables++
			twice.Text = strings.TrimRight(file.Text, "\n") + strings.TrimPrefix(file.Text, strings.SplitAfter(file.Text, "\n")[0])
			checkReading(t, twice)
		})
	}
	if tables < 15 {
		t.Errorf("%d files were read in stretches", tables)
	}
}

// The records of other programs' JSON are found as they come, whatever is wrong with
// them and wherever the text is cut.
func TestListsInJSONAreReadAlikeInEveryWay(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(18, 2))
	record := func() string {
		return fmt.Sprintf(`{"start_date":{"year":"20%02d"},"text":{"headline":"T %d","text":"]}, {%s"}}`, r.IntN(30), r.IntN(1000), strings.Repeat("x", r.IntN(40)))
	}
	odd := []func() string{
		record,
		func() string { return strings.Replace(record(), `"text":{`, `"text":{,`, 1) },
		func() string { return record()[:20] },
		func() string { return record() + " " + record() },
		func() string { return record() + ",," + record() },
		func() string { return record() + "]," + record() },
		func() string { return "1" },
		func() string { return strings.Replace(record(), `"headline":"`, `"headline":"`+"\n", 1) },
		func() string { return "/* { */" + record() },
	}
	for round := range 40 {
		var records []string
		for range 2 + r.IntN(30) {
			of := record
			if r.IntN(10) == 0 {
				of = odd[r.IntN(1+round%len(odd))]
			}
			records = append(records, of())
		}
		frame := [][2]string{{`{"title":{"text":{"headline":"A"}},"events":[`, "]}"}, {"\n[\n  ", "\n]\n"}, {`{"events": [`, `], "scale":"human"} x`}, {`{"events": [`, ""}, {`{"events":[`, `],"eras":[{"a":1},]}`}}[round%5]
		text := frame[0] + strings.Join(records, []string{",", ",\n  ", "\n,"}[r.IntN(3)]) + frame[1]
		for _, length := range []int64{30, 100, 700} {
			checkReadingIn(t, length, File{Name: "other.json", Text: text})
		}
		if t.Failed() {
			t.Fatal(text)
		}
	}
}

// A stream of other programs' JSON waited for its end.
func TestListsInJSONShowWhileTheyCome(t *testing.T) {
	t.Parallel()
	for _, frame := range [][2]string{{`{"type":"FeatureCollection","features":[`, `]}`}, {`{"a":1,"results":{"records":[`, `],"n":2}}`}} {
		record := `{"start_date":{"year":"2024"},"date":"2024","name":"T","text":{"headline":"T"},"properties":{"date":"2024","title":"T"}},`
		text := frame[0] + strings.TrimSuffix(strings.Repeat(record, 3*learnedFrom/len(record)), ",") + frame[1]
		s := &trickle{text: text, step: firstBlock}
		before := 0
		watch := Watch{Progress: func(p Progress) {
			if p.Timeline != nil && s.Size() < int64(len(text)) {
				before = p.Timeline.Len()
			}
		}}
		tl, _, err := Open(t.Context(), watch, File{Name: "other.json", Data: s})
		if err != nil || before == 0 || tl.Len() <= before {
			t.Errorf("%s: %d events before the end of the stream: %v", frame[0], before, err)
		}
	}
}

// What shows nothing is no title and no id, however it is written.
func TestBlankTitlesAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"id,date,title\na,2024,\u00a0\n", "id,date,title\n\u2003,2024,\u200b\n", "Year,Headline\n2024,&#x200b;\n2025,<b>&#xa0;</b>\n"} {
		_, report, err := Read(File{Name: "blank", Text: text})
		if err != nil || report.Found != report.LeftOut || report.Found == 0 {
			t.Errorf("%q: %v, %v", text, err, report)
		}
		checkReading(t, File{Name: "blank", Text: text})
	}
}

// Rows that are the same are told apart as when they are read at once, whichever
// goroutine comes first.
func TestRowsThatAreTheSameGetTheirIDsInOrder(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("date,title,url\n")
	for i := range 3_000 {
		fmt.Fprintf(&b, "2024-06-%02d,Title %d,%s\n", 1+i%3, i%7, []string{"https://a.example", "nowhere"}[i%2])
	}
	files := []File{{Name: "same.csv", Text: b.String()}}
	want, wantReport, err := reading(true, 1<<30, files).timeline(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		got, report, err := reading(false, 5_000, files).timeline(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		checkSame(t, got, want)
		checkReports(t, report, wantReport)
	}
}

// A quotation mark that is never closed spoils its own row alone, however far the
// next one is.
func TestStrayQuotationMarkDoesNotSwallowAFile(t *testing.T) {
	t.Parallel()
	row := "2024-06-19," + strings.Repeat("long ", 10_000) + "\n"
	for _, next := range []string{"", "2024,\"Quoted\"\n"} {
		text := "date,title\n2024,\"Stray\n" + strings.Repeat(row, longestQuotation/len(row)+1) + next
		for _, block := range []int64{1 << 20, 1 << 26} {
			files := []File{{Name: "stray.csv", Text: text}}
			_, report, err := reading(false, block, files).timeline(context.Background())
			if err != nil || report.LeftOut != 1 || report.Errors() != 1 || report.Problems[0].Line != 2 {
				t.Errorf("%v: %d left out, %v", err, report.LeftOut, report.Problems)
			}
		}
	}
}
