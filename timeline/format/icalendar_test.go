package format

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// The dates are those that dateutil 2.9 has. Unlike it, RFC 5545 counts the start
// whether or not it follows the rule.
func TestRecurrencesAreThoseOfOtherPrograms(t *testing.T) {
	text, err := os.ReadFile("testdata/recurrences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		rule, ok := parseRecurrence(words[1])
		start, _, valid := calendarTime(words[0])
		if !ok || !valid {
			t.Fatalf("%s is not understood", line)
		}
		want := words[2:]
		var got []string
		for at := range rule.from(start, time.Date(2061, 1, 1, 0, 0, 0, 0, time.UTC)) {
			if at.Year() > 2060 && len(want) < 10 {
				break
			}
			got = append(got, at.Format("20060102T150405"))
			if len(got) > 10 {
				break
			}
		}
		if len(want) == 0 || want[0] != words[0] {
			got = got[1:]
		}
		for len(want) > 0 && want[len(want)-1] > "2061" {
			want = want[:len(want)-1]
		}
		if got = got[:min(len(got), 10)]; !slices.Equal(got, want) {
			t.Errorf("%s from %s: got %v, want %v", words[1], words[0], got, want)
		}
	}
}

// calendar writes a calendar of components, with the line ends of the standard.
func calendar(components ...string) string {
	text := "BEGIN:VCALENDAR\nVERSION:2.0\n" + strings.Join(components, "\n") + "\nEND:VCALENDAR\n"
	return strings.ReplaceAll(text, "\n", "\r\n")
}

// vevent writes an event of some lines.
func vevent(lines ...string) string {
	return "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT"
}

// dated lists the dates, ids and titles of a file's events in order, and what is
// wrong with it.
func dated(t *testing.T, name, text string) (events, problems []string) {
	t.Helper()
	tl, report, err := Read(File{Name: name, Text: text})
	if err != nil {
		return nil, []string{err.Error()}
	}
	for i := range tl.Len() {
		e := tl.Event(i)
		events = append(events, e.Date.String()+" "+e.ID+" "+e.Title)
	}
	for _, p := range report.Problems {
		problems = append(problems, strings.TrimPrefix(p.String(), name+":"))
	}
	return events, problems
}

func TestCalendarSeriesAreReadDateByDate(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
		problem    string // part of the only one
	}{
		{"a rule that ends", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310106", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:T")),
			[]string{"2031-01-06 a T", "2031-01-13 a-20310113 T", "2031-01-20 a-20310120 T"}, ""},
		{"a rule without an end", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310106", "RRULE:FREQ=MONTHLY;INTERVAL=6", "SUMMARY:T")),
			[]string{"2031-01-06 a T", "2031-07-06 a-20310706 T", "2032-01-06 a-20320106 T"}, "3 of its dates are read, the last on 2032-01-06"},
		{"until a moment in another zone", calendar(vevent("UID:a", "DTSTART;TZID=Asia/Seoul:20310106T080000", "RRULE:FREQ=DAILY;UNTIL=20310107T230000Z", "SUMMARY:T")),
			[]string{"2031-01-06T08:00:00 a T", "2031-01-07T08:00:00 a-20310107T080000 T", "2031-01-08T08:00:00 a-20310108T080000 T"}, ""},
		{"excepted and added", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310106", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20310106,20310107", "RDATE;VALUE=DATE:20310201", "SUMMARY:T")),
			[]string{"2031-01-08 a-20310108 T", "2031-02-01 a-20310201 T"}, ""},
		{"added alone", calendar(vevent("UID:a", "DTSTART:20310106T090000Z", "RDATE:20310108T090000Z,20310107T100000Z", "SUMMARY:T")),
			[]string{"2031-01-06T09:00:00Z a T", "2031-01-07T10:00:00Z a-20310107T100000 T", "2031-01-08T09:00:00Z a-20310108T090000 T"}, ""},
		{"the first one moved", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310106", "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:T"),
			vevent("UID:a", "RECURRENCE-ID;VALUE=DATE:20310106", "DTSTART;VALUE=DATE:20310109", "SUMMARY:Moved")),
			[]string{"2031-01-07 a-20310107 T", "2031-01-09 a-20310106 Moved"}, ""},
		{"one moved, told in UTC", calendar(vevent("UID:a", "DTSTART;TZID=Asia/Seoul:20310106T080000", "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:T"),
			vevent("UID:a", "RECURRENCE-ID:20310106T230000Z", "DTSTART;TZID=Asia/Seoul:20310107T100000", "SUMMARY:Later")),
			[]string{"2031-01-06T08:00:00 a T", "2031-01-07T10:00:00 a-20310106T230000Z Later"}, ""},
		{"days of the month", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310131", "DTEND;VALUE=DATE:20310202", "RRULE:FREQ=MONTHLY;COUNT=2", "SUMMARY:T")),
			[]string{"2031-01-31/2031-02-01 a T", "2031-03-31/2031-04-01 a-20310331 T"}, ""},
		{"a rule that nobody knows", calendar(vevent("UID:a", "DTSTART;VALUE=DATE:20310131", "RRULE:D1 #5", "SUMMARY:T")),
			[]string{"2031-01-31 a T"}, "a rule that is not understood, RRULE:D1 #5"},
	} {
		got, problems := dated(t, "a.ics", tt.text)
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		problems = slices.DeleteFunc(problems, func(p string) bool { return strings.Contains(p, "no source") })
		if tt.problem == "" && len(problems) > 0 || tt.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0], tt.problem)) {
			t.Errorf("%s: got problems %q, want %q", tt.name, problems, tt.problem)
		}
	}
}

func TestLongSeriesIsCut(t *testing.T) {
	got, problems := dated(t, "a.ics", calendar(vevent("UID:a", "DTSTART:20310106T000000", "RRULE:FREQ=HOURLY", "SUMMARY:T")))
	if len(got) != mostInstances || len(problems) != 1 || !strings.Contains(problems[0], "1000 of its dates are read, the last on 2031-02-16") {
		t.Errorf("got %d events, %q", len(got), problems)
	}
}

func TestCalendarPropertiesBecomeFields(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string // the event as JSON, in part
		problem    string // part of the first
	}{
		{"folded within a character", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20310312\r\nSUMMARY:T\r\nDESCRIPTION:in \xc5\r\n \x81\xc3\xb3d\xc5\xba \xf0\x9f\r\n \x99\x82\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
			`"summary": "in Łódź 🙂"`, ""},
		{"carriage returns alone", strings.ReplaceAll(calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", "LOCATION:Northport")), "\r\n", "\r"), `"places": ["Northport"]`, ""},
		{"no SUMMARY", calendar(vevent("UID:a", "DTSTART:20310312", `DESCRIPTION:They met. In all\, nine.`)), `"title": "They met."`, "the first sentence of the text is the title"},
		{"only a place", calendar(vevent("UID:a", "DTSTART:20310312", "LOCATION:Northport")), `"title": "Northport"`, "the place is the title"},
		{"only a category", calendar(vevent("UID:a", "DTSTART:20310312", "CATEGORIES:ports")), `"title": "ports"`, "the category is the title"},
		{"nothing", calendar(vevent("UID:a", "DTSTART:20310312")), `"title": "untitled"`, "“untitled”"},
		{"HTML", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", `DESCRIPTION:<p>One<br>two &amp\; <a href="https://a.example/1">three</a></p>`)),
			`"summary": "One two & three", "sources": [{"url": "https://a.example/1"}]`, ""},
		{"what only looks like HTML", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", `DESCRIPTION:5 < 6 <https://a.example/x> <b@c.example>`)),
			`"summary": "5 < 6 <https://a.example/x> <b@c.example>", "sources": [{"url": "https://a.example/x"}]`, ""},
		{"HTML beside nothing", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", `X-ALT-DESC;FMTTYPE=text/html:<b>One</b>`)), `"summary": "One"`, ""},
		{"people", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", `ORGANIZER;CN="A, B":mailto:a@b.example`, "ATTENDEE;CN=C ^'D^':mailto:c@b.example", "ATTENDEE:mailto:e@b.example")),
			`"actors": ["A, B", "C \"D\"", "e@b.example"]`, ""},
		{"addresses", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", "URL:https://a.example/1", "ATTACH:https://a.example/2", "CONFERENCE;VALUE=URI:https://a.example/3")),
			`"sources": [{"url": "https://a.example/1"}, {"url": "https://a.example/2"}, {"url": "https://a.example/3"}]`, ""},
		{"a file inside", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD")), `"title": "T"`, "a file within the calendar is not read"},
		{"hours", calendar(vevent("UID:a", "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20310312T093000", "DURATION:PT1H30M", "SUMMARY:T")),
			`"date": "2031-03-12T09:30:00", "tz": "Europe/Berlin", "title": "T", "summary": "Time: 09:30–11:00."`, ""},
		{"an end in another zone", calendar(vevent("UID:a", "DTSTART;TZID=Europe/Berlin:20310312T093000", "DTEND:20310312T100000Z", "SUMMARY:T")), `"summary": "Time: 09:30–11:00."`, ""},
		{"until midnight", calendar(vevent("UID:a", "DTSTART:20310312T220000", "DTEND:20310313T000000", "SUMMARY:T")), `"date": "2031-03-12T22:00:00", "title": "T", "summary": "Time: 22:00–24:00."`, ""},
		{"an end before the start", calendar(vevent("UID:a", "DTSTART:20310312", "DTEND:20310311", "SUMMARY:T")), `"date": "2031-03-12"`, "its end is not read"},
		{"a line that is not folded", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", "DESCRIPTION:One", "two: three")), `"summary": "One two: three"`, "it is read on from the line above"},
		{"another property", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", "WEATHER:fog")), `"title": "T"`, `WEATHER "fog": this property is not read`},
		{"vCalendar 1.0", calendar(vevent("UID:a", "DTSTART:20310312T093000", "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=\n=A9", "CATEGORIES:ports;ferries")),
			`"title": "Café", "topics": ["ports", "ferries"]`, ""},
		{"a journal", calendar("BEGIN:VJOURNAL\nUID:a\nDTSTART:20310313\nSUMMARY:T\nEND:VJOURNAL"), `"date": "2031-03-13", "title": "T"`, ""},
		{"tasks", calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T"), "BEGIN:VTODO\nSUMMARY:U\nEND:VTODO", "BEGIN:VTODO\nSUMMARY:V\nEND:VTODO"), `"title": "T"`, "2 components are not read: VTODO is no event"},
		{"no END", calendar("BEGIN:VEVENT\nUID:a\nDTSTART:20310312\nSUMMARY:T\nBEGIN:VALARM\nDESCRIPTION:not this"), `"title": "T"`, "the event that begins here has no END"},
	} {
		tl, report, err := Read(File{Name: "a.ics", Text: tt.text})
		if err != nil || tl.Len() != 1 {
			t.Errorf("%s: %v, %v", tt.name, err, report.Problems)
			continue
		}
		plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
		compact := strings.NewReplacer(`": `, `":`, `, "`, `,"`, `}, {`, `},{`)
		if got := plain.Replace(objectJSON(tl.Event(0), eventFields)); !strings.Contains(got, compact.Replace(tt.want)) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		first := ""
		if len(report.Problems) > 0 {
			first = report.Problems[0].String()
		}
		if (first == "") != (tt.problem == "") || !strings.Contains(first, tt.problem) {
			t.Errorf("%s: got problems %q, want %q", tt.name, report.Problems, tt.problem)
		}
	}
}

// No word of a property is lost: it is in a field of the event, or in a problem.
func FuzzCalendarKeepsItsWords(f *testing.F) {
	names := []string{"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "COMMENT", "CONTACT", "ATTENDEE", "ORGANIZER;CN=\"A\"", "URL", "ATTACH", "STATUS", "WEATHER",
		"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "DESCRIPTION;ENCODING=QUOTED-PRINTABLE", "X-ALT-DESC", "lower case"}
	for i, value := range []string{"word", `one\, two\; three\nfour`, "<p>a <b>b</b></p>", "5 < 6 & 7 > 1", "a=3D=\nb", "20310312", "FREQ=DAILY;COUNT=2", "mailto:a@b.example", "https://a.example/x, more", "<https://a.example>",
		"&amp;&lt;", "\r\n c", "\n:", "ü\xff", "[1] and [2]", "a|b;c"} {
		f.Add(uint8(i), value)
		f.Add(uint8(i*7), value)
	}
	f.Add(uint8(13), "20330112")
	f.Fuzz(func(t *testing.T, which uint8, value string) {
		if len(value) > 50 {
			return
		}
		name := names[int(which)%len(names)]
		text := calendar(vevent("UID:a", "DTSTART:20310312", "SUMMARY:T", name+":"+value), vevent("UID:b", "DTSTART:20310313", "SUMMARY:U"))
		file := File{Name: "a.ics", Text: text}
		tl, report, err := reading(false, block, []File{file}).timeline(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var told strings.Builder
		for i := range tl.Len() {
			e := tl.Event(i)
			told.WriteString(objectJSON(e, eventFields) + " " + e.Caveat)
			if _, last := e.Date.Span(); name == "DTEND" {
				told.WriteString(" " + (last + 1).String()) // it is not the last day, but the one after it
			}
		}
		for _, p := range report.Problems {
			told.WriteString(" " + p.String())
		}
		if tl.Err() != nil {
			t.Fatal(tl.Err())
		}
		if strings.ContainsAny(value, "\r\n:=\\&<") || !isAsKept(value) || name == "STATUS" || strings.HasPrefix(name, "ORGANIZER") {
			return // what is another line, markup or an address is not looked for
		}
		folded := strings.ToLower(told.String())
		digits := strings.NewReplacer("-", "", ":", "").Replace(folded) // of dates as calendars spell them
		for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(c rune) bool { return c > unicode.MaxASCII || !isNameByte(byte(c)) }) {
			if !strings.Contains(folded, word) && !strings.Contains(digits, word) {
				t.Errorf("%s:%s: %q is lost; %s", name, value, word, told.String())
			}
		}
	})
}
