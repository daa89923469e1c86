package format_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline/format"
)

// A handful of unknown fields made 3,958 warnings of a real file.
func TestRepeatedProblemIsSaidOnceWithItsNumber(t *testing.T) {
	var lines, csv strings.Builder
	csv.WriteString("id,date,title,reported\n")
	for i := range 4000 {
		fmt.Fprintf(&lines, `{"id": "e-%d", "date": "2024", "title": "T", "titel": "", "sources": []}`+"\n", i)
		fmt.Fprintf(&csv, "e-%d,2024-02,T,2023-01-%02d\n", i, 1+i%31)
	}
	fmt.Fprintf(&lines, `{"id": "e", "date": "2024-13", "title": "T", "sources": [{"url": "https://a.example"}]}`+"\n")
	for _, c := range []struct {
		text string
		want []string
	}{
		{lines.String(), []string{
			`a:1:45: warning: event "e-0": titel: there is no such field; did you mean title? (4,000 times, also on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, …)`,
			`a:1:1: warning: event "e-0": sources: the event has no source (4,000 times, also on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, …)`,
			`a:4001:27: event "e": date "2024-13": there is no month 13`,
		}},
		{csv.String(), []string{
			`a:2:1: warning: event "e-0": reported "2023-01-01": this is before the event's own date, 2024-02 (4,000 times, also on lines 3, 4, 5, 6, 7, 8, 9, 10, 11, …)`,
		}},
	} {
		_, r, err := format.Read(format.File{Name: "a", Text: c.text})
		if err != nil || r.Unlisted() != 0 {
			t.Errorf("%v, %d not listed", err, r.Unlisted())
		}
		var got []string
		for _, p := range r.Problems {
			got = append(got, p.String())
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// Each of a few errors is to be mended, so each is listed; of many, the first.
func TestFewErrorsAreListedEach(t *testing.T) {
	table := func(n int) string {
		var b strings.Builder
		b.WriteString("id,date,title\n")
		for i := range n {
			fmt.Fprintf(&b, "e-%d,2024-02-%d,T\n", i, 30+i%2)
		}
		return b.String()
	}
	for n, want := range map[int]int{2: 2, 10: 10, 11: 1} {
		_, r, err := format.Read(format.File{Name: "a", Text: table(n)})
		if err != nil || len(r.Problems) != want || r.Errors() != n || r.Unlisted() != 0 || r.Problems[0].Line != 2 || r.Problems[0].Column != 5+len("2024-02-") {
			t.Errorf("%d errors: %d listed, %d not, %d counted, %v\n%v", n, len(r.Problems), r.Unlisted(), r.Errors(), err, r.Problems)
		}
	}
}
