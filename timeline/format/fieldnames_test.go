package format_test

import (
	"strings"
	"testing"

	"dateline/timeline/format"
)

// readAs reads a file as CSV whose columns the user has named.
func readAs(t *testing.T, text, columns string) (string, string) {
	t.Helper()
	file := format.File{Name: "f.csv", Text: text}
	if columns != "" {
		var err error
		if file.Columns, err = format.ParseColumns(columns); err != nil {
			t.Fatal(err)
		}
	}
	tl, report, err := format.Read(file)
	if err != nil {
		return "", told(report, err)
	}
	return inFull(tl), told(report, err)
}

func TestColumnsAreFoundByCommonNames(t *testing.T) {
	for _, c := range []struct{ header, row, want string }{
		{"date,title", "2024,T", "2024  a\n  title: T"},
		{"Event Date,Event Name", "2024,T", "2024  a\n  title: T"},
		{"eventDate,eventTitle", "2024,T", "2024  a\n  title: T"},
		{"EVENT-DATE,HEADLINE", "2024,T", "2024  a\n  title: T"},
		{"start,end,what", "2024,2025,T", "2024/2025  a\n  title: T"},
		{"date,start,end,title", "2024,9:30,17:00,T", "2024  a\n  title: T\n  summary: Time: 9:30. Time: until 17:00."}, // times of day
		{"year,event", "2024,T", "2024  a\n  title: T"},
		{"year,date,event", "2023,2024,T", "2024  a\n  title: T"}, // a date says more than its year
		{"year,month,day,title", "2024,3,12,T", "2024-03-12  a\n  title: T"},
		{"year,month,day,title", "2024,03,,T", "2024-03  a\n  title: T"},
		{"year,month,day,title", "2024,,12,T", "2024  a\n  title: T"}, // a day of no month is none
		{"year,month,day,title", "2024,March,12,T", "2024-03-12  a\n  title: T"},
		{"day,title", "2024-03-12,T", "2024-03-12  a\n  title: T"},
		{"when,description", "2024,D", "2024  a\n  title: D"}, // a title it must have
		{"when,description,title", "2024,D,T", "2024  a\n  title: T\n  summary: D"},
		{"date,title,actor1,actor2", "2024,T,A,B;C", "2024  a\n  title: T\n  actors: A | B | C"},
		{"date,title,city,country", "2024,T,P,C", "2024  a\n  title: T\n  places: P | C"},
		{"date,title,summary", "2024,T,as in [1]", "2024  a\n  title: T\n  summary: as in (1)"},
		{"date,title,source,publisher", "2024,T,https://a.example/,P", "2024  a\n  title: T\n  source\n    url: https://a.example/\n    publisher: P"},
	} {
		got, problems := readAs(t, "id,"+c.header+"\na,"+c.row+"\n", "")
		if got := strings.TrimSpace(got); got != c.want || !strings.HasSuffix(problems, "0 of 1 events left out\n") {
			t.Errorf("%s: got\n%s\n%s, want\n%s", c.header, got, problems, c.want)
		}
	}
}

func TestMapNamesColumns(t *testing.T) {
	const text = "nr,on,headline,fate\na,2024-03-12,Talks,disputed\n"
	got, problems := readAs(t, text, "id=nr, date=ON,title=headline,status=fate")
	if want := "2024-03-12  a\n  status: disputed\n  title: Talks"; strings.TrimSpace(got) != want || problems != "0 of 1 events left out\n" {
		t.Errorf("got\n%s\n%s, want\n%s", got, problems, want)
	}
	// One column may set two fields.
	got, _ = readAs(t, "id,date,text\na,2024,N\n", "title=text,summary=text")
	if want := "2024  a\n  title: N\n  summary: N"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	// A column named by the user is the only one of its field.
	got, _ = readAs(t, "id,date,title,lead,actor\na,2024,T,A,B\n", "actors=lead")
	if want := "2024  a\n  title: T\n  actors: A"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	// A column named by the user replaces the one of the usual name.
	got, _ = readAs(t, "id,date,title,notes\na,2024,T,N\n", "title=notes")
	if want := "2024  a\n  title: N"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

func TestMissingColumnsAreNamed(t *testing.T) {
	for _, c := range []struct{ text, columns, want string }{
		{"nr,event_date,title\na,2024,T\n", "date=event_dat", `f.csv:1:1: there is no column "event_dat" for the field date; did you mean "event_date"?`},
		{"a,b\n2024,T\n", "date=xyz", `f.csv:1:1: there is no column "xyz" for the field date; the columns are a, b`},
		{"a,b,c\n2024,T,U\n", "date=a", `f.csv:1:1: no column looks like a title; name it with --map title=COLUMN; the columns are a, b, c`},
		{`[{"id": "a", "date": "2024", "title": "T"}]`, "date=a", `f.csv:1:1: there is nothing to map: this is dateline JSON, and dateline knows its fields`},
	} {
		_, problems := readAs(t, c.text, c.columns)
		if !strings.Contains(problems, c.want+"\n") || !strings.Contains(problems, "error: ") {
			t.Errorf("%s of %q: got\n%s, want\n%s", c.columns, c.text, problems, c.want)
		}
	}
}

func TestParseColumnsExplainsMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":                    `"": write FIELD=COLUMN, such as date=event_date`,
		"date":                `"date": write FIELD=COLUMN, such as date=event_date`,
		"date=":               `"date=": write FIELD=COLUMN, such as date=event_date`,
		"titel=a":             `there is no field "titel"; did you mean title?`,
		"date=a,date=b":       `the field date is given twice`,
		"colour=a":            `there is no field "colour"; the fields are id, date, end, time, end_time, year, month, day, end_year, end_month, end_day, century, tz, display_date, reported, title, summary, actors, places, topics, status, caveat, url, publisher, source_title, author, published`,
		"date=a,title=b,,c=d": `"": write FIELD=COLUMN, such as date=event_date`,
	} {
		if _, err := format.ParseColumns(text); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// Neither the built-in timeline nor a text with commas is a table.
func TestProseIsNoTable(t *testing.T) {
	for _, text := range []string{
		"Dear reader,\nhello.\n", "One, two, three\nfour, five\n", "Hello", "a: b\nc: d\n", "# Heading\n\nText, more text.\n", "a, b\nc, d\ne\n", "a,,b\nc,d,e\n",
	} {
		_, report, err := format.Read(format.File{Name: "f.txt", Text: text})
		if err == nil || !strings.Contains(err.Error(), "this is not a timeline but ") {
			t.Errorf("%q: %s", text, told(report, err))
		}
	}
}

func TestHeadersOfKnownFormatsMayBeInAnyCase(t *testing.T) {
	got, problems := readAs(t, "EVENT_ID_CNTY,Event_Date,Event_Type\nCCC1,2024-03-12,Protests\n", "")
	if want := "2024-03-12  CCC1\n  status: reported\n  title: Protests\n  topics: Protests"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%s\n%s, want\n%s", got, problems, want)
	}
}

// A date of CSV is read if it has one meaning, as exactly as it is stated.
func TestDatesOfCSVHaveOneMeaning(t *testing.T) {
	for text, want := range map[string]string{
		"2024":                       "2024",
		"2024-06~":                   "2024-06~",
		"2024-03-12/2024-03-14":      "2024-03-12/2024-03-14",
		"2024-03-12T09:30:00+09:00":  "2024-03-12T09:30:00+09:00",
		"2024-03-12T09:30:00.123Z":   "2024-03-12T09:30:00Z",
		"2024-03-12T09:30Z":          "2024-03-12T09:30:00Z",
		"2024-03-12 09:30":           "2024-03-12T09:30:00",
		"2024-03-12 00:00:00.000":    "2024-03-12T00:00:00",
		"1710203400":                 "this may be a time counted from 1970, 2024-03-12T00:30:00Z; if so, say it with --map date=date:epoch",
		"20241340":                   "there is no month 13",
		"20240312":                   "2024-03-12",
		"2024/3/12":                  "2024-03-12",
		"2024.03.12":                 "2024-03-12",
		"12 March 2024":              "2024-03-12",
		"March 12, 2024":             "2024-03-12",
		"Mar 2024":                   "2024-03",
		"c. 1914":                    "1914~",
		"44 BC":                      "-0043",
		"1914 - 1918":                "1914/1918",
		"1914-1918":                  "1914/1918",
		"198":                        "a year has four digits: 0198; a decade is 198X",
		"202403":                     "six digits may be a month or a day; write a month as 2024-06",
		" 2024-03-12 ":               "2024-03-12",
		"03/04/2024":                 "this may be 2024-04-03 or 2024-03-04; say which with --map date=date:dmy or :mdy",
		"3.4.2024":                   "2024-04-03", // full stops have the day first
		"3-4-2024 10:00":             "this may be 2024-04-03T10:00:00 or 2024-03-04T10:00:00; say which with --map date=date:dmy or :mdy",
		"03/03/2024":                 "2024-03-03",
		"25/12/2024":                 "2024-12-25",
		"12/25/2024 0:00:00":         "2024-12-25T00:00:00",
		"31/02/2024":                 "February 2024 has 29 days",
		"3/4/24":                     "the year has two digits: 24 may be 1924 or 2024; write four digits",
		"123456789":                  "this may be a time counted from 1970, 1973-11-29T21:33:09Z; if so, say it with --map date=date:epoch",
		"45363":                      "this may be a day number of a spreadsheet, 2024-03-12 in Excel; show the column as dates there and save it again",
		"2023-02-29":                 "February 2023 has 28 days",
		"[1667, 1668]":               "a set of dates is EDTF level 2; write 1667/1668",
		"156X-12-25":                 "a month of an unspecified year is EDTF level 2; write 156X",
		"soon":                       "“soon” is no part of a date",
		"2024-03-12T09:30:00 or so.": "2024-03-12~",
	} {
		tl, report, err := format.Read(format.File{Name: "f.csv", Text: "date;title\n" + text + ";T\n"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if tl.Len() == 1 {
			got = tl.Event(0).Date.String()
		} else {
			_, got, _ = strings.Cut(report.Problems[0].String(), `": `)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// An event without a title gets the first sentence of its text as one, and a
// warning.
func TestTitleIsBorrowedFromTheText(t *testing.T) {
	const warning = "f.csv:2:1: warning: event \"a\": title: it is empty; the first sentence of the text is the title\n0 of 1 events left out\n"
	for text, want := range map[string]string{
		"One sentence.":              "title: One sentence.",
		"Mr. A spoke. Nobody heard.": "title: Mr. A spoke.\n  summary: Mr. A spoke. Nobody heard.",
		strings.Repeat("very ", 100): "title: " + strings.Repeat("very ", 59) + "very…\n  summary: " + strings.TrimSpace(strings.Repeat("very ", 100)),
		strings.Repeat("длин", 100):  "title: " + strings.Repeat("длин", 37) + "дл…\n  summary: " + strings.Repeat("длин", 100),
	} {
		got, problems := readAs(t, "id,date,title,summary\na,2024,,"+text+"\n", "")
		if got := strings.TrimSpace(got); got != "2024  a\n  "+want || problems != warning {
			t.Errorf("%s: got\n%s\n%s", text, got, problems)
		}
	}
}
