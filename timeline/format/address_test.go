package format_test

import (
	"strings"
	"testing"

	"dateline/timeline/format"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"HTTP://X.EXAMPLE/":                           "",
		"Https://example.org/@name":                   "",
		"http://х.рф/п":                               "",
		"https://user:pw@bank.example@Evil.example:1": "warning: the host is evil.example",
		"https://bank.example@evil.example/":          "warning: the host is evil.example",
		"ftp://example.org/":                          "error: an address begins with http:// or https://",
		"HTTPS://":                                    "error: the address has no host",
	} {
		text := `[{"id":"a","date":"2031-01-01","title":"A","sources":[{"url":"` + address + `"}]}]`
		level, said, _ := strings.Cut(want, ": ")
		for _, text := range []string{text, text + strings.Repeat(" ", format.Large)} {
			_, report, err := format.Read(format.File{Name: "a.json", Text: text})
			if err != nil && report.Errors() == 0 {
				t.Fatal(err)
			}
			got := ""
			for _, p := range report.Problems {
				if p.Event != "a" {
					continue
				}
				kind := "error: "
				if p.Warning {
					kind = "warning: "
				}
				got += kind + p.Text
			}
			if want == "" && got != "" || !strings.HasPrefix(got, level) || !strings.HasSuffix(got, said) {
				t.Errorf("%s: got %q, want %q", address, got, want)
			}
		}
		csv := "Date,Event,URL\n2031-01-01,A," + address + "\n"
		_, report, _ := format.Read(format.File{Name: "a.csv", Text: csv})
		if warned := report.Warnings() > 0; warned != (want != "") && level != "error" {
			t.Errorf("%s in a row: %v", address, report.Problems)
		}
	}
}
