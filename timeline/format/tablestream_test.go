package format

import (
	"context"
	"fmt"
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
