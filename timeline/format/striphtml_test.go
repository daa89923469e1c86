package format

import (
	"slices"
	"strings"
	"testing"
)

func TestMarkupBecomesPlainText(t *testing.T) {
	for markup, want := range map[string]string{
		"plain":                                         "plain",
		"a <b>bold</b> word":                            "a bold word",
		"un<b>bro</b>ken":                               "unbroken",
		"<p>one</p><p>two</p>":                          "one two",
		"one<br>two<BR/>three<br />four":                "one two three four",
		"<ul><li>a</li><li>b</li></ul>":                 "a b",
		"1 < 2 and 3 > 2":                               "1 < 2 and 3 > 2",
		"a<3 b":                                         "a<3 b",
		"<3":                                            "<3",
		"a <b":                                          "a <b",
		"a &lt;b&gt; c":                                 "a <b> c",
		"&amp;lt;":                                      "&lt;",
		"caf&eacute; &#8211; &#x41; &nbsp;x":            "café – A x",
		"&bogus; & more":                                "&bogus; & more",
		"a<!-- <b> -->b":                                "a b",
		"a<!-- never closed":                            "a",
		"<script>alert('<b>')</script>x":                "x",
		"<style>p > a {}</style >x":                     "x",
		"<SCRIPT>never closed":                          "",
		"<script></scripting>x</script>y":               "y",
		`<a title="a > b" href="/x">y</a>`:              "y /x",
		`<img src="x" alt="not shown">z`:                "z",
		"<!DOCTYPE html><html>x</html>":                 "x",
		`<a href='https://a.example/'>l</a>`:            "l https://a.example/",
		`<a href=https://a.example/ b>l</a>`:            "l https://a.example/",
		`<A b c HREF = "https://a.example/">`:           " https://a.example/",
		`<a href="https://a.example/?x=1&amp;y=2"></a>`: " https://a.example/?x=1&y=2",
		`<a data-href="no">l</a>`:                       "l",
		`<a href="never closed>l</a>`:                   `<a href="never closed>l</a>`,
	} {
		text, links := stripHTML(markup)
		if got := strings.Join(slices.Insert(links, 0, text), " "); got != want {
			t.Errorf("%s: got %q, want %q", markup, got, want)
		}
	}
}
