package format

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dateline/timeline/export"
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

// checkFed holds that files with tables among them are read alike in both ways:
// what is read, and all that is said of it.
func checkFed(t *testing.T, files ...File) {
	t.Helper()
	for _, block := range lengths(files) {
		want, wantReport, wantErr := Read(files...)
		got, gotReport, gotErr := large(block, files).timeline(context.Background())
		if wantErr != nil || gotErr != nil {
			t.Fatalf("got error %v, want %v", gotErr, wantErr)
		}
		checkSame(t, got, want)
		checkReports(t, gotReport, wantReport)
		checkCheckedIn(t, block, files...)
		var g, w strings.Builder
		if err := export.WriteJSON(&g, got, all(got.Len()), gotReport.Original()); err != nil {
			t.Fatal(err)
		}
		if err := export.WriteJSON(&w, want, all(want.Len()), wantReport.Original()); err != nil {
			t.Fatal(err)
		}
		if g.String() != w.String() {
			t.Errorf("got %s, want %s", g.String(), w.String())
		}
	}
}

func checkReports(t *testing.T, got, want Report) {
	t.Helper()
	if got.Found != want.Found || got.LeftOut != want.LeftOut || got.Errors() != want.Errors() || got.Warnings() != want.Warnings() {
		t.Errorf("got %d found, %d left out, %d errors, %d warnings, want %d, %d, %d, %d", got.Found, got.LeftOut, got.Errors(), got.Warnings(),
			want.Found, want.LeftOut, want.Errors(), want.Warnings())
	}
	if !reflect.DeepEqual(got.Problems, want.Problems) {
		t.Errorf("got problems\n%v\nwant\n%v", got.Problems, want.Problems)
	}
}

func all(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Every table with a record a line is indexed, and no other format.
func TestTablesAreIndexedAsTheyAreRead(t *testing.T) {
	t.Parallel()
	indexed := 0
	for _, file := range samples(t) {
		t.Run(file.Name, func(t *testing.T) {
			f, ok := newFeed(0, &file)
			_, _, err := Read(file)
			isTable := strings.Contains(strings.ToLower(file.Name), "sv") || strings.HasSuffix(file.Name, ".jsonl")
			if want := err == nil && isTable; (ok && f != nil) != want {
				t.Fatalf("it is indexed: %t", !want)
			}
			if err != nil || !isTable {
				return
			}
			indexed++
			checkFed(t, file)
			checkFed(t, File{Name: "crlf", Text: "\ufeff\n" + strings.ReplaceAll(strings.TrimPrefix(file.Text, "\ufeff"), "\n", "\r\n")})
			twice := file
			twice.Name = "again"
			checkFed(t, file, twice, File{Name: "own.jsonl", Text: `{"id":"a","date":"2024","title":"T","sources":[{"url":"https://a.example"}]}`})
			twice.Text = strings.TrimRight(file.Text, "\n") + strings.TrimPrefix(file.Text, strings.SplitAfter(file.Text, "\n")[0])
			checkFed(t, twice)
		})
	}
	if indexed < 15 {
		t.Errorf("%d files were indexed", indexed)
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
		checkFed(t, File{Name: "blank", Text: text})
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
	want, wantReport, err := Read(files...)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		got, report, err := large(5_000, files).timeline(context.Background())
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
			_, report, err := large(block, files).timeline(context.Background())
			if err != nil || report.LeftOut != 1 || report.Errors() != 1 || report.Problems[0].Line != 2 {
				t.Errorf("%v: %d left out, %v", err, report.LeftOut, report.Problems)
			}
		}
	}
}
