package format_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/timeline/format"
)

// Reading takes no longer than in proportion to the text, whatever it is made of.
func TestHostileTextIsReadInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const n = 100_000
	slide := func(text string) string {
		return fmt.Sprintf(`{"events": [{"start_date": {"year": 2024}, "text": {"headline": "T", "text": %q}}]}`, text)
	}
	numbered := func(text string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, text, i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"quotation marks":      "date,title\n" + strings.Repeat("\"", n),
		"lines of one mark":    "date,title\n" + strings.Repeat("2024,\"a\n", n),
		"lines of doubled":     "date,title\n" + strings.Repeat("2024,\"\"\"\n", n),
		"a long header":        "date,title" + numbered(",c%d") + "\n",
		"many actors":          "date,title,actors\n2024,T," + numbered("a%d;") + "\n",
		"many addresses":       "date,title,url\n2024,T," + numbered("https://a.example/%d ") + numbered(";https://a.example/%d") + "\n",
		"tags that never end":  slide(strings.Repeat(`<a "`, n)),
		"scripts that do not":  slide(strings.Repeat(`<script>`, n)),
		"links in a slide":     slide(numbered(`<a href='https://a.example/%d'>`)),
		"a folded line":        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240312\nSUMMARY:T" + strings.Repeat("\n a", n) + "\nEND:VEVENT\n",
		"components":           "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\n", n),
		"a long description":   "2024: T\n" + strings.Repeat("word [a](b) #tag\n", n),
		"links in a line":      "2024: T " + numbered("[a](https://a.example/%d)"),
		"brackets":             "2024: T " + strings.Repeat("[", n) + strings.Repeat("](", n),
		"headings":             "2024: T\n" + strings.Repeat("#\n", n),
		"objects in a list":    `{"events": [{"start_date": {"year": 2024}}` + strings.Repeat(`,{}`, n) + "]}",
		"fields of a line":     `{"message": "T", "datetime": "2024", "timestamp_desc": "d"` + numbered(`, "f%d": 1`) + "}",
		"tabs":                 "900000001\t20240312" + strings.Repeat("\t", 59) + "\n" + strings.Repeat("\t", n),
		"rows that are alike":  "date,title\n" + strings.Repeat("2024,T\n", n),
		"rows without a value": "date,title\n" + strings.Repeat(",\n", n),
	} {
		start := time.Now()
		_, report, _ := format.Read(format.File{Name: name, Text: text})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d events, and it took %s", name, report.Found, took)
		}
	}
}
