package format

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"dateline/timeline"
)

// The page on formats has this mapping as its example.

// ships is the movement log of Harbour Office H.
var ships = mapping{
	status: timeline.Reported,
	columns: []column{
		{"movement_no", (*rowDecoder).id},
		{"moved_on", func(r *rowDecoder, c cell) { r.event.Date, r.dated = r.isoDay(c), true }},
		{"vessel", (*rowDecoder).actor},
		{"berth", (*rowDecoder).place},
		{"remark", (*rowDecoder).title},
		{"notice", (*rowDecoder).url},
	},
}

func TestFormatIsOneMapping(t *testing.T) {
	known := hasColumns("vessel", "berth", "moved_on")
	h := look("movement_no,moved_on,vessel,berth,remark,notice\nm1,2024-03-12T10:00Z,Vessel V,Berth B,Vessel V leaves,https://example.org/m1\n", 0)
	if !known(h) {
		t.Fatal("it is not known")
	}
	r := newRowDecoder(&ships, h.syntax)
	for s := range h.syntax.records(h.text, h.body) {
		if !r.decode(h.text[s.start:s.end]) || len(r.problems) > 0 {
			t.Fatal(r.problems)
		}
	}
	got := objectJSON(&r.event, eventFields)
	want := `{"id":"m1","date":"2024-03-12","tz":"UTC","title":"Vessel V leaves","actors":["Vessel V"],"places":["Berth B"],"status":"reported","sources":[{"url":"https://example.org/m1"}]}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestThePageOnFormatsHasThemAll(t *testing.T) {
	page := textOf(t, "../../docs/formats.md")
	for _, f := range formats {
		if !strings.Contains(page, f.name) {
			t.Errorf("%s is not on it", f.name)
		}
	}
	for _, f := range csvFields {
		names := strings.Join(f.names, ", ")
		if names == "" {
			names = "none"
		}
		if row := fmt.Sprintf("| `%s` | %s |\n", f.name, names); !strings.Contains(page, row) {
			t.Errorf("it lacks %s", row)
		}
	}
	_, example, _ := strings.Cut(page, "```go\n")
	example, _, _ = strings.Cut(example, "```")
	if example == "" || !strings.Contains(textOf(t, "mapping_test.go"), example) {
		t.Error("its example is not the one above")
	}
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCAMEOCodesHaveNames(t *testing.T) {
	for _, c := range []struct {
		names map[string]string
		count int
		code  string
		want  string
	}{
		{cameoCountries(), 261, "PRK", "North Korea"},
		{cameoRoles(), 39, "GOV", "Government"},
		{cameoEvents(), 316, "020", "Make an appeal or request, not specified below"},
	} {
		if len(c.names) != c.count || c.names[c.code] != c.want {
			t.Errorf("got %d names, %s is %q; want %d and %q", len(c.names), c.code, c.names[c.code], c.count, c.want)
		}
		for code, name := range c.names {
			if strings.TrimSpace(code) != code || strings.TrimSpace(name) == "" {
				t.Errorf("code %q has the name %q", code, name)
			}
		}
	}
	if got := cameoEvent("020"); got != "Make an appeal or request" {
		t.Errorf("020 is %q in a title", got)
	}
	if got := cameoEvent("999"); got != "" {
		t.Errorf("the unknown code 999 is %q", got)
	}
}
