package format

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// What @markwhen/parser 1.2.0 takes for an event is one here, of the same days, or
// an error: where a date depends on another event or on the day of reading.
func TestMarkwhenDatesAreThoseOfItsOwnParser(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"3000 BC: T", "-2999"},
		{"50 AD: T", "0050"},
		{"50: T", "0050"},
		{"800: T", "0800"},
		{"12345: T", "Y12345"},
		{"300-200 BCE: T", "-0299/-0199"},
		{"300–200 BC: T", "-0299/-0199"},
		{"50 BC - 50 AD: T", "-0049/0050"},
		{"1974-now:T", "1974/.."},
		{"1993 - now: T", "1993/.."},
		{"2024 - 2026: T", "2024/2026"},
		{"2024 to 2025: T", "2024/2025"},
		{"1817-06/1929: T", "1817-06/1929"},
		{"03/2032 - 05/2032: T", "2032-03/2032-05"},
		{"03/2032 to 2033: T", "2032-03/2033"},
		{"2024-01 / 2024-03: T", "2024-01/2024-03"},
		{"2024-03-12/2024-03-14: T", "2024-03-12/2024-03-14"},
		{"16 April 1971: T", "1971-04-16"},
		{"Nov 25 2031 - Nov 26 2031: T", "2031-11-25/2031-11-26"},
		{"November 1992: T", "1992-11"},
		{"December 2025 - Feb 2026: T", "2025-12/2026-02"},
		{"1989-March 1991: T", "1989/1991-03"},
		{"12/2012: T", "2012-12"},
		{"13/2/2024: T", "2024-02-13"},
		{"2/2/2024: T", "2024-02-02"},
		{"2031-W12: T", "2031-03-17/2031-03-23"},
		{"2031-W12-3: T", "2031-03-19"},
		{"2024-03-12 10am: T", "2024-03-12T10:00:00"},
		{"2024-03-12 18:30: T", "2024-03-12T18:30:00"},
		{"2024-03-12T10:00:00Z: T", "2024-03-12T10:00:00Z"},
		{"1 December 2025, 10am: T", "2025-12-01T10:00:00"},
		{"2/2/2024 2:30 pm: T", "2024-02-02T14:30:00"},
		{"2024-01-01 / 2 weeks: T", "2024-01-01/2024-01-14"},
		{"2024-01-01 / 1 week 2 days: T", "2024-01-01/2024-01-09"},
		{"2024-01 / 3 months: T", "2024-01/2024-03"},
		{"2024 / 2 years: T", "2024/2025"},
		{"2024-01-05 / 2 week days: T", "2024-01-05/2024-01-08"},
		{"  2024: T", "2024"},
		// Its own parser does not read these; they have one meaning.
		{"19th June 2024: T", "2024-06-19"},
		{"2024-01-01 - 3 days: T", "2024-01-01/2024-01-03"},
		{"2024/3/12: T", "2024-03-12"},
		{"c. 1950: T", "1950~"},
		// These are errors.
		{"10am: T", "a time alone"},
		{"18:30: T", "a time alone"},
		{"5: T", "a time alone"},
		{"now: T", "“now” is the day of reading"},
		{"tomorrow: T", "depends on another event"},
		{"3 days: T", "depends on another event"},
		{"after !first 3 days: T", "depends on another event"},
		{"!first.end / 1 week: T", "depends on another event"},
		{"every other week: T", "depends on another event"},
		{"Dec 1: T", "the year is missing"},
		{"5/6: T", "the year is missing"},
		{"1/2/24: T", "the year is too short"},
		{"2024-13: T", "there is no month 13"},
		{"2024-02-30: T", "February 2024 has 29 days"},
		{"2031-W54: T", "2031 has no week 54"},
		{"2024 / 3 days: T", "the duration is finer than the date"},
		// These are events with a warning.
		{"1/2/2024: T", "2024-01-02 read as month/day/year"},
		{"2024-03-12 every 2 weeks for 10 times: T", "2024-03-12 “every 2 weeks for 10 times”"},
	} {
		events, problems := dated(t, "a.mw", "2001-01-01: First\n"+tt.line+"\n2001-01-03: Last\n")
		problems = slices.DeleteFunc(problems, func(p string) bool { return strings.Contains(p, "no source") })
		var dates []string
		for _, e := range events {
			if date, _, _ := strings.Cut(e, " "); strings.HasSuffix(e, " T") {
				dates = append(dates, date)
			}
		}
		date, warning, warned := strings.Cut(tt.want, " ")
		switch isError := strings.Contains("abdtFt“", tt.want[:1]) || strings.Contains(tt.want, " has "); {
		case len(events)+min(1, len(problems)) < 3:
			t.Errorf("%s: got %q, %q", tt.line, events, problems)
		case isError && (len(dates) > 0 || len(problems) != 1 || !strings.Contains(problems[0], tt.want)):
			t.Errorf("%s: got %q, %q, want an error: %s", tt.line, dates, problems, tt.want)
		case !isError && (len(dates) != 1 || dates[0] != date):
			t.Errorf("%s: got %q, %q, want %s", tt.line, dates, problems, date)
		case !isError && !warned && len(problems) > 0 && !strings.HasPrefix(tt.line, "c."):
			t.Errorf("%s: got problems %q", tt.line, problems)
		case warned && !isError && (len(problems) != 1 || !strings.Contains(problems[0], warning)):
			t.Errorf("%s: got problems %q, want %s", tt.line, problems, warning)
		}
	}
}

// Lines vanished into headers and summaries.
func TestMarkwhenLinesAreEventsOrSaid(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string // dates and titles
		problems   []string // parts
	}{
		{"BC first", "3000 BC: A\n260 BC: B\n", []string{"-0259 B", "-2999 A"}, nil},
		{"a header without hyphens", "title: T\ndateFormat: d/M/y\ntimezone: Asia/Seoul\n\n07/03/2033 - 10/03/2033: A\n", []string{"2033-03-07/2033-03-10 A"}, nil},
		{"a header between hyphens", "---\ntitle: T\n2020: not an event\n---\n2024: A\n", []string{"2024 A"}, nil},
		{"hyphens that do not close", "---\n2024: A\n", []string{"2024 A"}, []string{`belongs to no event and is not read: "---"`}},
		{"a comment", "2024: A\n// 2031-06-01: B\n2025: C\n", []string{"2024 A", "2025 C"}, nil},
		{"text before the events", "title: T\n\nSome words\nand more\n2024: A\n", []string{"2024 A"}, []string{`is not read: "Some words and more"`}},
		{"text in a group", "# Early\nstyle: group\nSome words\n2024: A\n# Late\n2025: B\n", []string{"2024 A", "2025 B"}, []string{`"Some words"`}},
		{"properties", "2024: A\nid: x\nmood: fair\nText\n", []string{"2024 A"}, []string{`mood "fair": this property is not read`}},
		{"the day first for all", "dateFormat: d/M/y\n1/2/2024: A\n2/13/2024: B\n", []string{"2024-02-01 A"}, []string{"there is no month 13"}},
		{"hours in a title", "2024-03-12 18:30: A at 19:00: late\n", []string{"2024-03-12T18:30:00 A at 19:00: late"}, nil},
		{"a checklist", "2024: A\n- [x] done: yes\n- [ ] not\n", []string{"2024 A"}, nil},
	} {
		events, problems := dated(t, "a.mw", tt.text)
		var got []string
		for _, e := range events {
			words := strings.SplitN(e, " ", 3)
			got = append(got, words[0]+" "+words[2])
		}
		slices.Sort(got)
		problems = slices.DeleteFunc(problems, func(p string) bool { return strings.Contains(p, "no source") })
		if !slices.Equal(got, tt.want) || len(problems) != len(tt.problems) {
			t.Errorf("%s: got %q, %q, want %q, %q", tt.name, got, problems, tt.want, tt.problems)
			continue
		}
		for i := range problems {
			if !strings.Contains(problems[i], tt.problems[i]) {
				t.Errorf("%s: got problem %q, want %q", tt.name, problems[i], tt.problems[i])
			}
		}
	}
}

// No word below the header is lost, but for those of comments and headings: it is
// in a field of an event, or in a problem.
func FuzzMarkwhenKeepsItsWords(f *testing.F) {
	for _, text := range []string{"every other week: more", "1974-now:no blank", "2031-W12: week", "c. 1950: about", "key: value\ntext", "18:30: late", "- [x] one\n- two", "a [b](https://c.example) #d !e",
		"---\nx", "  indented: yes", "2024-01-01 / 2 weeks: T", "Dec 1 - Dec 5 2025: both", ": empty", "12:30:45: odd", "title: T"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 50 || !isAsKept(text) || strings.ContainsAny(text, "/#!()[]\x00") {
			return // what is a comment, a heading, markup or a link is not looked for
		}
		file := File{Name: "a.mw", Text: "2001-01-01: First\n" + text + "\n2001-01-03: Last\n"}
		tl, report, err := reading(false, block, []File{file}).timeline(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var told strings.Builder
		for i := range tl.Len() {
			e := tl.Event(i)
			told.WriteString(objectJSON(e, eventFields) + " ")
		}
		if tl.Err() != nil {
			t.Fatal(tl.Err())
		}
		if report.Errors() > 0 {
			return // an error says which line it is of
		}
		for _, p := range report.Problems {
			told.WriteString(p.String() + " ")
		}
		folded := strings.ToLower(told.String())
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return c > unicode.MaxASCII || c < 'a' || c > 'z' }) {
			known := strings.Contains(" id tz timezone location locations source url section group endsection endgroup now to until till every am pm bc ad ce bce "+whenWords, " "+word+" ")
			if len(word) > 2 && !known && !strings.Contains(folded, word) {
				t.Errorf("%q: %q is lost; %s", text, word, told.String())
			}
		}
	})
}

// whenWords are words that a date may be told with.
const whenWords = " jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december " +
	"day days week weeks month months year years hour hours min mins minute minutes sec secs second seconds millisecond milliseconds work business "
