package format_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/format"
)

// A sample is records with the same names, some without a value, written in any
// notation.
type sample struct {
	names   []string
	records [][]string
}

// notations write a sample; each record is a line, or as many as its lines tell.
var notations = map[string]func(sample) string{
	"JSON": func(s sample) string { return "[\n" + strings.Join(s.objects(), ",\n") + "\n]\n" },
	"JSON within objects": func(s sample) string {
		return "{\"result\": {\"history\": [\n" + strings.Join(s.objects(), ",\n") + "\n]}}\n"
	},
	"JSON Lines": func(s sample) string { return strings.Join(s.objects(), "\n") + "\n" },
	"JSON rows": func(s sample) string {
		var rows []string
		for _, r := range append([][]string{s.names}, s.records...) {
			row, _ := json.Marshal(r)
			rows = append(rows, string(row))
		}
		return "{\"values\": [\n" + strings.Join(rows, ",\n") + "\n]}\n"
	},
	"CSV": func(s sample) string { return s.separated(',') },
	"TSV": func(s sample) string { return s.separated('\t') },
	"YAML": func(s sample) string {
		var b strings.Builder
		b.WriteString("history:\n")
		for _, object := range s.objects() {
			b.WriteString("  - " + object + "\n") // JSON is YAML too
		}
		return b.String()
	},
	"YAML in blocks": func(s sample) string {
		var b strings.Builder
		for _, r := range s.records {
			lead := "- "
			for i, value := range r {
				if value != "" {
					b.WriteString(lead + s.names[i] + ": '" + strings.ReplaceAll(value, "'", "''") + "'\n")
					lead = "  "
				}
			}
		}
		return b.String()
	},
	"Markdown": func(s sample) string {
		rows := []string{"| " + strings.Join(s.names, " | ") + " |", strings.Repeat("|---", len(s.names)) + "|"}
		for _, r := range s.records {
			rows = append(rows, "| "+strings.Join(r, " | ")+" |")
		}
		return strings.Join(rows, "\n") + "\n"
	},
}

func (s sample) objects() (all []string) {
	for _, r := range s.records {
		var members []string
		for i, value := range r {
			if value != "" {
				text, _ := json.Marshal(value)
				members = append(members, fmt.Sprintf("%q: %s", s.names[i], text))
			}
		}
		all = append(all, "{"+strings.Join(members, ", ")+"}")
	}
	return all
}

func (s sample) separated(comma rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.Write(s.names)
	w.WriteAll(s.records)
	return b.String()
}

// The same records give the same events in every notation.
func TestRecordsAreTheSameInEveryNotation(t *testing.T) {
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 1))
		s := sample{names: []string{"uuid", "when", "headline", "description", "who", "where", "tags", "link", "outlet", "display_date", "caveat", "score"}}
		for i := range 1 + random.IntN(5) {
			text := func() string {
				words := []string{"Talks", "open.", "Port: a", "said \"yes\"", "it's", "#1", "(twice)", "Łódź", "平壤", "no", "1:30", "a, b", "- x", "100%"}
				random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
				return "Word " + strings.Join(words[:random.IntN(5)], " ")
			}
			r := []string{fmt.Sprintf("id-%d", i), fmt.Sprintf("20%02d-0%d", random.IntN(100), 1+random.IntN(9)), text(), text(), "A; " + text(), text(), "t1; t2",
				fmt.Sprintf("https://a.example/%d", random.IntN(100)), text(), text(), text(), "7"}
			for k := 3; k < len(r); k++ {
				if random.IntN(3) == 0 {
					r[k] = ""
				}
			}
			for k := range r {
				r[k] = strings.TrimSpace(r[k])
			}
			s.records = append(s.records, r)
		}
		var want []timeline.Event
		for _, name := range []string{"CSV", "TSV", "JSON", "JSON within objects", "JSON Lines", "JSON rows", "YAML", "YAML in blocks", "Markdown"} {
			text := notations[name](s)
			tl, report, err := format.Read(format.File{Name: "f", Text: text})
			if err != nil || report.Errors() > 0 {
				t.Fatalf("%d as %s: %s\n%s", seed, name, told(report, err), text)
			}
			var got []timeline.Event
			for i := range tl.Len() {
				got = append(got, *tl.Event(i))
			}
			if want == nil {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%d as %s: got %+v, want %+v\n%s", seed, name, got, want, text)
			}
		}
	}
}

// --map names values in every notation.
func TestMapNamesValuesInEveryNotation(t *testing.T) {
	s := sample{[]string{"nr", "happened", "line"}, [][]string{{"a", "2024-03-12", "Talks"}, {"b", "2024-03-13", "More"}}}
	columns := map[string]string{"id": "nr", "date": "Happened", "title": "line"}
	for name, write := range notations {
		text := write(s)
		tl, report, err := format.Read(format.File{Name: "f", Text: text, Columns: columns})
		if err != nil || tl.Len() != 2 || tl.Event(0).ID != "a" || tl.Event(1).Title != "More" {
			t.Errorf("%s: %s\n%s", name, told(report, err), text)
		}
	}
}

// No text of a file is lost: every value is in a field of an event, in a warning, in
// a record with an error, or has a name that a warning names.
func checkNothingIsLost(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 2))
	pool := []string{"when", "until", "headline", "subject", "description", "notes", "who", "where", "tags", "link", "source", "outlet", "byline", "article", "caveat", "display_date", "score", "year"}
	random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	s := sample{names: append([]string{"event_date", "label"}, pool[:random.IntN(len(pool))]...)}
	n := 0
	for range 1 + random.IntN(5) {
		r := make([]string, len(s.names))
		for k, name := range s.names {
			n++
			switch r[k] = fmt.Sprintf("w%dz", n); {
			case random.IntN(4) == 0:
				r[k] = ""
			case name == "event_date", name == "when":
				r[k] = fmt.Sprintf("%d", 1000+n)
			case random.IntN(4) == 0:
				r[k] += fmt.Sprintf(". And w%dy", n)
			case name == "link" || name == "source":
				r[k] = fmt.Sprintf("w%dy https://w%dz.example/", n, n)
			}
		}
		s.records = append(s.records, r)
	}
	for name, write := range notations {
		text := write(s)
		tl, report, err := format.Read(format.File{Name: "f", Text: text})
		told := told(report, err)
		if err != nil {
			continue
		}
		var kept strings.Builder
		kept.WriteString(told)
		for i := range tl.Len() {
			fmt.Fprintf(&kept, "%+v %s\n", tl.Event(i), tl.Event(i).Date)
		}
		for i, r := range s.records {
			first := slices.IndexFunc(r, func(value string) bool { return value != "" })
			if first < 0 || broken(report, text, r[first]) {
				continue
			}
			for k, value := range r {
				for _, word := range strings.FieldsFunc(value, func(c rune) bool { return !('0' <= c && c <= '9' || 'a' <= c && c <= 'z') }) {
					isToken := word[0] == 'w' && strings.TrimRight(word[1:], "0123456789yz") == "" || word[0] == '1'
					if isToken && !strings.Contains(kept.String(), word) && !named(report, s.names[k]) {
						t.Fatalf("%d as %s: record %d: %s %q is lost\n%s\n%s\n%s", seed, name, i, s.names[k], word, text, told, kept.String())
					}
				}
			}
		}
	}
}

// broken reports whether the record that begins on the line of a value has an error.
func broken(report format.Report, text, value string) bool {
	line := 1 + strings.Count(text[:max(strings.Index(text, value), 0)], "\n")
	return slices.ContainsFunc(report.Problems, func(p format.Problem) bool { return !p.Warning && p.Line >= line && p.Line <= line+30 })
}

// named reports whether a warning says that a column is not read, or not always.
func named(report format.Report, column string) bool {
	return slices.ContainsFunc(report.Problems, func(p format.Problem) bool {
		return p.Warning && strings.Contains(p.Text, column) && (strings.Contains(p.Text, "not read") || strings.Contains(p.Text, "is empty"))
	})
}

func TestNoTextOfRecordsIsLost(t *testing.T) {
	for seed := range uint64(300) {
		checkNothingIsLost(t, seed)
	}
}

func FuzzNoTextOfRecordsIsLost(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkNothingIsLost)
}

// No word of a Markdown file is lost: each is in a field, or in a problem.
func checkMarkdown(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 3))
	var b strings.Builder
	n := 0
	word := func() string { n++; return fmt.Sprintf("w%dz", n) }
	dates := []string{"2024-03-12", "**2024-03-12**", "12 March 2024", "2024", "March 2024", "[2024-03-12]"}
	for range 1 + random.IntN(20) {
		date := dates[random.IntN(len(dates))]
		lead := []string{"- ", "* ", "1. ", "  - ", "    - ", "# ", "## ", "### ", "", "  ", "> "}[random.IntN(11)]
		kind := random.IntN(6)
		if strings.TrimSpace(lead) == "" && (kind == 1 || kind == 2) {
			kind = 4 // a date at the beginning of a line makes the file markwhen
		}
		switch kind {
		case 0:
			b.WriteString("\n")
		case 1:
			fmt.Fprintf(&b, "%s%s: %s\n", lead, date, word())
		case 2:
			fmt.Fprintf(&b, "%s%s: %s. And %s\n", lead, date, word(), word())
		case 3:
			fmt.Fprintf(&b, "- %s\n", date)
		case 4:
			fmt.Fprintf(&b, "%s%s [%s](https://%s.example/)\n", lead, word(), word(), word())
		case 5:
			fmt.Fprintf(&b, "%s*%s* `%s`\n", lead, word(), word())
		}
	}
	text := b.String()
	tl, report, err := format.Read(format.File{Name: "f.md", Text: text})
	if err != nil {
		return
	}
	kept := told(report, err) + tl.Title + tl.Description
	for i := range tl.Len() {
		kept += fmt.Sprintf("%+v\n", tl.Event(i))
	}
	for k := 1; k <= n; k++ {
		if word := fmt.Sprintf("w%dz", k); !strings.Contains(kept, word) && report.LeftOut == 0 {
			t.Fatalf("%d: %s is lost\n%s\n%s", seed, word, text, kept)
		}
	}
}

func TestNoWordOfMarkdownIsLost(t *testing.T) {
	for seed := range uint64(1000) {
		checkMarkdown(t, seed)
	}
}

func FuzzNoWordOfMarkdownIsLost(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkMarkdown)
}

// A mistake in the JSON of one record costs no other.
func TestBrokenRecordCostsNoOther(t *testing.T) {
	const n = 6
	breaks := map[string][2]string{
		"no comma":              {`", "h`, `" "h`},
		"two commas":            {`", "h`, `",, "h`},
		"a comma too many":      {`"}`, `",}`},
		"no colon":              {`e": "W`, `e" "W`},
		"a string without end":  {`one", `, `one, `},
		"a comment":             {`", "h`, `", /* {no} */ "h`},
		"True":                  {`"Word`, `True, "Word`},
		"no brace at the start": {`{`, ``},
		"single marks":          {`"`, `'`},
		"a bracket too many":    {`"}`, `"]}`},
		"curly marks":           {`"headline"`, `“headline”`},
		"no comma behind it":    {`},`, `}`},
		"two commas behind it":  {`},`, `},,`},
	}
	for _, around := range [][2]string{{"[\n", "\n]\n"}, {"{\"result\": {\"history\": [\n", "\n]}}\n"}, {"{\"name\": \"N\", \"items\": [\n", "\n], \"more\": 1}\n"}} {
		for name, change := range breaks {
			for k := range n {
				var records []string
				for i := range n {
					record := fmt.Sprintf(`  {"when": "2024-03-%02d", "note": "one", "headline": "Word %d"}`, i+1, i)
					if i < n-1 {
						record += ","
					}
					if i == k {
						record = strings.ReplaceAll(record, change[0], change[1])
					}
					records = append(records, record)
				}
				text := around[0] + strings.Join(records, "\n") + around[1]
				tl, report, err := format.Read(format.File{Name: "f.json", Text: text})
				if err != nil {
					t.Errorf("%s in %d: %s\n%s", name, k, told(report, err), text)
					continue
				}
				var read []string
				for i := range tl.Len() {
					read = append(read, tl.Event(i).Title)
				}
				for i := range n {
					if title := fmt.Sprintf("Word %d", i); i != k && !slices.Contains(read, title) {
						t.Errorf("%s in %d: %s is lost: %s\n%s", name, k, title, told(report, nil), text)
					}
				}
				if tl.Len() > n || len(report.Problems) == 0 && !(k == n-1 && strings.Contains(name, "behind")) {
					t.Errorf("%s in %d: %d events: %s\n%s", name, k, tl.Len(), told(report, nil), text)
				}
			}
		}
	}
}

// Markdown stays Markdown where one of its lines looks like markwhen, and markwhen
// stays markwhen where a description has items.
func TestMarkdownIsNotMarkwhen(t *testing.T) {
	for _, c := range []struct {
		text, title string
		want        []string
	}{
		{"# History\n\nWords above.\n\n- 2024-03-12: Talks\n- 2024-03-13: More\n\n2025: The end\n", "History", []string{"Talks", "More", "The end"}},
		{"# History\n\n## 2024-03-12\n\nTalks open.\n\n## 2024-03-13\n\nMore.\n\n2025: The end\n", "History", []string{"Talks open.", "More.", "The end"}},
		{"2024: The year\n\n- 2024-03-12: Talks\n- 2024-03-13: More\n", "", []string{"The year", "Talks", "More"}},
		{"# History\n\n2024-03-12: Talks\n- by A\n\n2024-03-13: More\n", "History", []string{"Talks", "More"}},
		{"# One\n\n2024-03-12: Talks\n\n# Two\n2024-03-13: More\n", "", []string{"Talks", "More"}},
	} {
		tl, report, err := format.Read(format.File{Name: "f", Text: c.text})
		if err != nil {
			t.Errorf("%s: %s", c.text, told(report, err))
			continue
		}
		var got []string
		for i := range tl.Len() {
			got = append(got, tl.Event(i).Title)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) || tl.Title != c.title {
			t.Errorf("%s: got %q, %q: %s", c.text, tl.Title, got, told(report, err))
		}
	}
}

// The times of slides are kept, however far they are stated.
func TestTimesOfSlidesAreKept(t *testing.T) {
	for _, c := range []struct{ slide, want string }{
		{`"start_date": {"year": "2024", "month": "3", "day": "12", "hour": "9", "minute": "30", "second": ""}`, "2024-03-12T09:30:00"},
		{`"start_date": {"year": 2024, "month": 3, "day": 12, "hour": 9, "minute": 5, "second": 7}`, "2024-03-12T09:05:07"},
		{`"start_date": {"year": 2024, "month": 3, "day": 12, "hour": ""}`, "2024-03-12"},
		{`"start_date": {"year": 2024, "month": 3, "day": 12, "hour": 9}, "end_date": {"year": 2024, "month": 3, "day": 13, "hour": 17}`, "2024-03-12/2024-03-13"},
	} {
		tl, report, err := format.Read(format.File{Name: "f", Text: `{"events": [{` + c.slide + `, "text": {"headline": "T"}}]}`})
		if err != nil || tl.Len() != 1 || tl.Event(0).Date.String() != c.want {
			t.Errorf("%s: %s", c.slide, told(report, err))
			continue
		}
		if _, timed := tl.Event(0).Date.Clock(); timed == strings.Contains(c.slide, `"hour": ""`) {
			t.Errorf("%s: the time is lost: %+v", c.slide, tl.Event(0))
		}
		if strings.Contains(c.slide, "17") && !strings.Contains(tl.Event(0).Summary, "17:00") {
			t.Errorf("%s: the time of the end is lost: %+v", c.slide, tl.Event(0))
		}
	}
}
