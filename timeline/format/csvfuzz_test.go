package format

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var csvTexts = []string{
	"a,\"b\nc\",d\r\n\n\"\"\"\",\"\"\nx", "\"a\"b,c\nd", "\"a,b\nc,d\n", "a\"b\nc", "\r\n\r", ",\n,,", "\"a\"\r", "a\rb\n", "a\t\"b\tc\"\td\n\"e\"f\t\"g\n",
	" \"a, b\" ,c\n", "\"a \"b, c\" d\",e\n", "a|b;c\td,e\n",
}

// FuzzRowsInBlocks finds the records of a text that comes in two blocks, and those
// of the whole.
func FuzzRowsInBlocks(f *testing.F) {
	for i, text := range csvTexts {
		f.Add(text, uint8(i), uint(i))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8, cut uint) {
		s := &csvSyntax{comma: separators[kind%4], quotes: quoting(kind / 4 % 3), spaced: kind/16%2 == 1}
		var want, got []span
		for record := range s.records(text, 0) {
			want = append(want, record)
		}
		at := 0
		for block := int(cut % uint(len(text)+1)); at < len(text); {
			record, next := s.next(text[:block], at, block == len(text))
			if next < 0 {
				block = len(text)
				continue
			}
			if record.start < record.end {
				got = append(got, record)
			}
			if at = next; at >= block {
				block = len(text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q in blocks: got %v, want %v", text, got, want)
		}
	})
}

// isAsKept reports whether a text is written in the form in which texts are kept, so
// that its words can be looked for.
func isAsKept(text string) bool { return utf8.ValidString(text) && norm.NFC.IsNormalString(text) }

// FuzzNoTextOfACellIsLost decodes rows of columns that are all read. Each word of a
// row is in its event or in a problem, or an error leaves the row out.
func FuzzNoTextOfACellIsLost(f *testing.F) {
	for i, text := range csvTexts {
		f.Add(text, uint8(i))
	}
	f.Add("A\u0300\u06c0", uint8(0))
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		if strings.ContainsAny(text, "<&\\/") || !isAsKept(text) {
			return // markup, nulls and addresses are not kept as they are written
		}
		s := &csvSyntax{comma: separators[kind%4], quotes: quoting(kind / 4 % 3), header: []string{"date", "title", "summary", "caveat", ""}}
		m, err := guessMapping(s.header, nil)
		if err != nil {
			t.Fatal(err)
		}
		r := newRowDecoder(m, s)
		r.nulls = false
		comma := string(s.comma)
		text = "2031" + comma + "T" + comma + strings.ReplaceAll(text, "\n", "\n2031"+comma+"T"+comma)
		for record := range s.records(text, 0) {
			row := text[record.start:record.end]
			said := r.decode(row)
			if r.rejected && len(r.problems) > 0 {
				continue
			}
			e := &r.event
			kept := e.Date.String() + e.Title + " " + e.Summary + " " + e.Caveat
			for _, p := range r.problems {
				kept += " " + p.Text + " " + p.Field
			}
			for _, word := range strings.FieldsFunc(row, func(c rune) bool { return !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z') }) {
				if !said || !strings.Contains(kept, word) {
					t.Errorf("%q of %q is lost: %q", word, row, kept)
				}
			}
		}
	})
}
