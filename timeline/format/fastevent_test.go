package format

import (
	"bytes"
	"slices"
	"testing"
)

// The fast scanner would silently take one field for another.
func TestFastScannerNumbersFieldsAsTheTablesDo(t *testing.T) {
	for _, tt := range []struct {
		of    string
		names []string // by the fast scanner's number
		table []string
	}{
		{"an event", []string{
			idField: "id", eventDateField: "date", tzField: "tz", reportedField: "reported", titleField: "title", summaryField: "summary",
			actorsField: "actors", placesField: "places", topicsField: "topics", statusField: "status", caveatField: "caveat",
			answersField: "answers", confidenceField: "confidence", credibilityField: "credibility", sourcesField: "sources",
		}, eventFieldNames},
		{"a source", []string{
			urlField: "url", headlineField: "title", publisherField: "publisher", authorField: "author", viaField: "via",
			attributedField: "attributed_to", kindField: "kind", publishedField: "published", accessedField: "accessed",
			archivedField: "archived", languageField: "language", supportsField: "supports", quoteField: "quote", quoteByField: "quote_by", reliabilityField: "reliability",
		}, sourceFieldNames},
	} {
		if !slices.Equal(tt.names, tt.table) {
			t.Errorf("%s: the fast scanner has %q, the table %q", tt.of, tt.names, tt.table)
		}
	}
}

// A backslash was once passed over: escapes of large files were indexed as they
// are written.
func TestStringEndsAtAQuotationMarkABackslashOrAControlCharacter(t *testing.T) {
	const long = 40 // as many bytes as are looked at together, twice, and some
	for c := range 256 {
		for at := range long {
			text := bytes.Repeat([]byte("a"), long)
			text[at] = byte(c)
			want := long
			if c == '"' || c == '\\' || c < ' ' {
				want = at
			}
			if got := stringEnd(text, 0); got != want {
				t.Errorf("%q: got %d, want %d", text, got, want)
			}
		}
	}
}
