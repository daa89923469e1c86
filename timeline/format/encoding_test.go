package format_test

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"

	"dateline/timeline/format"
)

// encoded writes a text in an encoding.
func encoded(t *testing.T, name, text string) string {
	t.Helper()
	e, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	german  = "date,title\n2024-03-12,Straße – „groß“ in Köln\n2024-03-13,Zürich: Café und 20 °C und 3 £\n"
	french  = "date,title\n2024-03-12,«\u00a0Où est l’été\u00a0?\u00a0» créée à Évian, 5 €\n2024-03-13,N° 3…\n"
	russian = "date,title\n2024-03-12,Переговоры в Москве\n2024-03-13,Встреча\n"
	polish  = "date,title\n2024-03-12,Wałęsa, Łódź i miłość\n2024-03-13,Gdańsk żąda wyborów\n"
)

func TestEncodingIsDetected(t *testing.T) {
	for _, c := range []struct{ encoding, text, want string }{ // want is an encoding or an error
		{"utf-8", german, ""},
		{"utf-8", "\ufeff" + russian, ""},
		{"utf-8", "", ""},
		{"utf-16le", german, "utf-16le"},
		{"utf-16be", german, "utf-16be"},
		{"utf-16le", "\ufeff" + russian, "utf-16le"},
		{"utf-16be", "\ufeff" + russian, "utf-16be"},
		{"utf-16le", russian, "utf-16le"},
		{"utf-16le", "[]", "utf-16le"},
		{"windows-1252", german, "windows-1252"},
		{"windows-1252", french, "windows-1252"},
		{"windows-1252", "date,title\n2024,Café\n", "windows-1252"},
		{"windows-1252", "date,title\n2024,Caf\u00e9", "windows-1252"},
		{"macintosh", german, "neither"},
		{"ibm866", russian, "neither"},
		{"windows-1251", russian, "neither"},
		{"koi8-r", russian, "neither"},
		{"windows-1250", polish, "neither"},
		{"windows-1253", "date,title\n2024-03-12,Ένα πλοίο έφυγε από τον Πειραιά\n", "neither"},
		{"shift_jis", `[{"id":"a","date":"2024-03-12","title":"東京で会談","summary":"外相が署名した。"}]`, "neither"},
		{"gb18030", `[{"id":"a","date":"2024-03-12","title":"北京会谈","summary":"外长签字"}]`, "neither"},
		{"euc-kr", "date,title\n2024-03-12,평양에서 회담\n", "neither"},
		{"big5", "date,title\n2024-03-12,台北會談\n", "neither"},
	} {
		text := encoded(t, c.encoding, c.text)
		e, err := format.DetectEncoding(nil, true, text)
		got := ""
		if !e.IsUTF8() {
			got = e.String()
		}
		if c.want == "neither" && (err == nil || !strings.Contains(err.Error(), "neither UTF-8 nor")) || c.want != "neither" && (err != nil || got != c.want) {
			t.Errorf("%s of %q: got %q, %v, want %q", c.encoding, c.text, got, err, c.want)
		}
	}
}

// A stray byte in UTF-8 is a fault of its event: the rest would be spoilt if it
// were read as something else.
func TestStrayByteDoesNotChangeTheEncoding(t *testing.T) {
	for _, text := range []string{german + "2024-03-14,Caf\xe9\n", russian + "2024-03-14,\x96\x96\n"} {
		if e, err := format.DetectEncoding(nil, true, text); err != nil || !e.IsUTF8() {
			t.Errorf("%q: got %v, %v", text, e, err)
		}
		tl, report, err := format.Read(format.File{Name: "a.csv", Text: text})
		if err != nil || report.Errors() != 1 {
			t.Errorf("%q: %d events, %s", text, tl.Len(), told(report, err))
		}
	}
}

// Samples are cut within characters.
func TestSamplesNeedNotEndWithACharacter(t *testing.T) {
	for from := range 4 {
		for to := range 4 {
			sample := russian[30+from : len(russian)-to-3]
			if e, err := format.DetectEncoding(nil, false, russian[:len(russian)-to-3], sample); err != nil || !e.IsUTF8() {
				t.Errorf("%q: got %v, %v", sample, e, err)
			}
		}
	}
}

func TestBinaryDataIsNamed(t *testing.T) {
	for text, want := range map[string]string{"%PDF-1.7\n\xe2\xe3": "a PDF", "\xd0\xcf\x11\xe0\xa1": "Excel", "\x7fELF\x02\x01\x01\x00\xff": "NUL bytes"} {
		if _, err := format.DetectEncoding(nil, true, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestEncodingIsGiven(t *testing.T) {
	for _, c := range []struct{ given, encoding, text, want, note string }{
		{"windows-1251", "windows-1251", russian, russian, ""},
		{"cp1251", "windows-1251", russian, russian, ""},
		{"koi8-r", "koi8-r", russian, russian, ""},
		{"windows-1250", "windows-1250", polish, polish, ""},
		{"macintosh", "macintosh", german[:60], german[:60], ""},
		{"utf-16", "utf-16le", german, german, ""},
		{"windows-1251", "utf-16le", "\ufeff" + russian, russian, ""}, // a mark is surer
		{"shift_jis", "utf-8", "a\x85\n\xff\xff", "a\ufffd\n\ufffd\ufffd", "U+FFFD stands for what is not valid shift_jis: 3 characters"},
	} {
		given, err := format.ParseEncoding(c.given)
		if err != nil {
			t.Fatal(err)
		}
		text := c.text
		if c.encoding != "utf-8" {
			text = encoded(t, c.encoding, c.text)
		}
		e, err := format.DetectEncoding(&given, true, text)
		if err != nil {
			t.Fatal(err)
		}
		d := e.Decode(inPieces(text))
		got, err := io.ReadAll(d)
		if err != nil || string(got) != c.want || d.Note(false) != c.note {
			t.Errorf("%s of %s: got %q, %q, %v, want %q, %q", c.given, c.encoding, got, d.Note(false), err, c.want, c.note)
		}
	}
	if _, err := format.ParseEncoding("windows-1521"); err == nil || !strings.Contains(err.Error(), "did you mean windows-125") {
		t.Errorf("got %v", err)
	}
}

// inPieces reads a text a few bytes at a time.
func inPieces(text string) io.Reader {
	var parts []io.Reader
	for len(text) > 0 {
		n := min(len(text), 5)
		parts = append(parts, strings.NewReader(text[:n]))
		text = text[n:]
	}
	return io.MultiReader(parts...)
}
