package format

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestCellsAreTakenApartIntoSources(t *testing.T) {
	const a, b = "https://a.example/1", "https://b.example/2"
	publisher := func(url, name string) citation { return citation{url: url, name: name} }
	title := func(url, name string) citation { return citation{url: url, name: name, isTitle: true} }
	for text, want := range map[string][]citation{
		a:                            {publisher(a, "")},
		a + " " + b:                  {publisher(a, ""), publisher(b, "")},
		a + ", " + b:                 {publisher(a, ""), publisher(b, "")},
		a + "," + b:                  {publisher(a, ""), publisher(b, "")},
		a + "; " + b:                 {publisher(a, ""), publisher(b, "")},
		a + ";" + b:                  {publisher(a, ""), publisher(b, "")},
		a + " | " + b:                {publisher(a, ""), publisher(b, "")},
		a + " and " + b:              {publisher(a, ""), publisher(b, "")},
		"['" + a + "', '" + b + "']": {publisher(a, ""), publisher(b, "")},
		"Gazette (" + a + ")":        {publisher(a, "Gazette")},
		"Gazette: " + a:              {publisher(a, "Gazette")},
		"Gazette, " + a:              {publisher(a, "Gazette")},
		"Gazette - " + a:             {publisher(a, "Gazette")},
		"Gazette – " + a:             {publisher(a, "Gazette")},
		"Gazette " + a:               {publisher(a, "Gazette")},
		"Gazette <" + a + ">":        {publisher(a, "Gazette")},
		a + " (Gazette)":             {publisher(a, "Gazette")},
		a + " - Gazette":             {publisher(a, "Gazette")},
		"Gazette (" + a + "), Herald (" + b + ")":                {publisher(a, "Gazette"), publisher(b, "Herald")},
		"Gazette, " + a + ", Herald, " + b:                       {publisher(a, "Gazette"), publisher(b, "Herald")},
		a + " (Gazette), " + b + " (Herald)":                     {publisher(a, "Gazette"), publisher(b, "Herald")},
		"Gazette; " + b:                                          {{name: "Gazette"}, publisher(b, "")},
		"Gazette":                                                {{name: "Gazette"}},
		"Board: minutes of the second sitting, " + a:             {title(a, "Board: minutes of the second sitting")},
		"[Minutes](" + a + ")":                                   {title(a, "Minutes")},
		"[Minutes](" + a + "), [More](" + b + ")":                {title(a, "Minutes"), title(b, "More")},
		"[Minutes](" + a + " 3rd page)":                          {title(a, "Minutes"), {name: "3rd page"}},
		"see [Minutes](" + a + ")":                               {title(a, "Minutes")},
		`<a href="` + a + `">Minutes &amp; more</a>`:             {title(a, "Minutes & more")},
		`<a href="` + a + `">A</a><br><a href='` + b + `'>B</a>`: {title(a, "A"), title(b, "B")},
		`<A HREF="` + a + `">` + a + `</A>`:                      {publisher(a, "")},
		"https://a.example/x,y(z).html":                          {publisher("https://a.example/x,y(z).html", "")},
		"HTTPS://a.example/X":                                    {publisher("https://a.example/X", "")},
		"//a.example/x":                                          {{url: "https://a.example/x", guessed: true}},
		"www.a.example":                                          {{url: "https://www.a.example", guessed: true}},
		"Gazette, www.a.example/x":                               {{url: "https://www.a.example/x", name: "Gazette", guessed: true}},
		"a.example/x":                                            {{url: "https://a.example/x", guessed: true}},
		"and/or":                                                 {{name: "and/or"}},
		"p. 12/13":                                               {{name: "p. 12/13"}},
		"https://":                                               {{name: "https://"}},
		"":                                                       nil,
	} {
		if got := slices.Collect(citations(text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

func TestListsInCells(t *testing.T) {
	for text, want := range map[string]string{
		"a; b|c":           `["a" "b" "c"]`,
		"['night','door']": `["night" "door"]`,
		`["a", "b, c"]`:    `["a" "b, c"]`,
		`['it\'s', "b"]`:   `["it's" "b"]`,
		"[a, b]":           `["a" "b"]`,
		"[]":               "[]",
		"[ ]":              "[]",
		"[sic]":            `["[sic]"]`,
		"['open":           `["['open"]`,
		"['a' 'b']":        `["['a' 'b']"]`,
		"['a',]":           `["['a',]"]`,
	} {
		var got []string
		for part := range splitList(text) {
			got = append(got, part)
		}
		if fmt.Sprintf("%q", got) != want {
			t.Errorf("%s: got %q, want %s", text, got, want)
		}
	}
}

func TestTextIsHTMLOnlyWithTagsOrEntitiesOfIt(t *testing.T) {
	for text, want := range map[string]bool{
		"<p>A</p>": true, "A<br/>B": true, "R&amp;D": true, "caf&#233;": true, `<a href="x">y</a>`: true,
		"a < b": false, "<name>": false, "R&D": false, "x <b": false, "if a<b and c>d": false, "": false,
	} {
		if got := isHTML(text); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

// No part of a cell is lost, and what is no address does not become one.
func FuzzCitations(f *testing.F) {
	f.Add("Gazette (https://a.example/x), [Herald](https://b.example/y); www.c.example | 'z'")
	f.Add(`<a href="https://a.example/x">A</a>, ['https://b.example', "c"]`)
	f.Add("https://a.example/x), [Herald](https://b.\tmple/y)")
	f.Fuzz(func(t *testing.T, text string) {
		var kept strings.Builder
		for c := range citations(text) {
			if c.url != "" && !isAddress(c.url) {
				t.Errorf("%q is no address", c.url)
			}
			kept.WriteString(c.url + " " + c.name + "\n")
		}
		if strings.ContainsAny(text, "<&\\'\"") {
			return // tags and quotation marks go
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
			return unicode.IsSpace(c) || c >= 0x80 && !unicode.In(c, unicode.L, unicode.M, unicode.N) || c < 0x80 && !isNameByte(byte(c))
		}) {
			if word != "and" && word != "see" && !strings.Contains(strings.ToLower(kept.String()), word) {
				t.Errorf("%q is lost of %q", word, text)
			}
		}
	})
}

// TestPlainAddress holds the fast way to what citationsOf makes of the same text.
func TestPlainAddress(t *testing.T) {
	for text, plain := range map[string]bool{
		"https://example.org/a/b-c_d?e=f&g=%20#h": true,
		"http://example.org.":                     true,
		"https://example.org/a//b":                true,
		"https://example.org/www.example.net":     true,
		"https://example.org:8080/@a/~b":          true,
		"https://example.org/a:":                  false,
		"https://example.org/a!":                  false,
		"https://example.org/a,b":                 false,
		"https://example.org/?a=1&amp;b=2":        false,
		"https://example.org/a (A)":               false,
		"https://example.org/a_(b)":               false,
		"https://a.org|https://b.org":             false,
		"https://?a":                              false,
		"HTTPS://example.org":                     false,
		"www.example.org":                         false,
		"https://":                                false,
		"":                                        false,
	} {
		if got := isPlainAddress(text); got != plain {
			t.Errorf("isPlainAddress(%q) = %t", text, got)
		}
		if all := citationsOf(text); plain && !slices.Equal(all, []citation{{url: text}}) {
			t.Errorf("citationsOf(%q) = %+v", text, all)
		}
	}
}
