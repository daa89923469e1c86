package format_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/timeline/format"
)

// datesOf returns the dates of a CSV file with a column date, in order, and the
// problems.
func datesOf(t *testing.T, columns, text string) (dates, problems string) {
	t.Helper()
	file := format.File{Name: "f.csv", Text: text}
	if columns != "" {
		var err error
		if file.Columns, err = format.ParseColumns(columns); err != nil {
			t.Fatal(err)
		}
	}
	tl, r, err := format.Read(file)
	if err != nil {
		return "", told(r, err)
	}
	var all []string
	for i := range tl.Len() {
		all = append(all, tl.Event(i).Date.String())
	}
	return strings.Join(all, " "), told(r, nil)
}

func TestColumnSettlesDayAndMonth(t *testing.T) {
	for _, c := range []struct{ columns, cells, want, problem string }{
		{"", "03/01/1946 14/02/1946 02/03/1946", "1946-01-03 1946-02-14 1946-03-02", ""},
		{"", "01/03/1946 02/14/1946 03/02/1946", "1946-01-03 1946-02-14 1946-03-02", ""},
		{"", "2010/09 2010/10 2010/12", "2010-09 2010-10 2010-12", ""},
		{"", "1914-18 1939-45 1910-12", "1910/1912 1914/1918 1939/1945", ""},
		{"", "1921-22 1922-23 1945-46", "1945/1946 1921/1922 1922/1923", ""},
		{"", "03/01/1946 02/03/1946", "", "this may be 1946-01-03 or 1946-03-01; say which with --map date=date:dmy or :mdy"},
		{"", "13/01/1946 01/13/1946 02/03/1946", "1946-01-13 1946-01-13", "this may be 1946-03-02 or 1946-02-03"},
		{"date=date:dmy", "03/01/1946 02/03/1946", "1946-01-03 1946-03-02", ""},
		{"date=date:mdy", "03/01/1946 02/03/1946", "1946-02-03 1946-03-01", ""},
		{"date=date:dmy", "03/01/1946 02/13/1946", "1946-01-03", "the dates here have the day first, and this would be 1946-02-13"},
		{"date=date:ymd", "2010/12", "2010-12", ""},
		{"date=date:years", "2010/12", "2010/2012", ""},
		{"date=date:epoch", "1723474994", "2024-08-12T15:03:14Z", ""},
	} {
		got, problems := datesOf(t, c.columns, "date,title\n"+strings.ReplaceAll(c.cells, " ", ",T\n")+",T\n")
		if c.want == "1945/1946 1921/1922 1922/1923" {
			c.want = "1921/1922 1922/1923 1945/1946"
		}
		if got != c.want || !strings.Contains(problems, c.problem) || c.problem == "" && strings.Contains(problems, "warning") {
			t.Errorf("%s %s: got %s\n%s", c.columns, c.cells, got, problems)
		}
	}
}

// A large file is settled by its beginning; a later contradiction is an error.
func TestLaterDatesDoNotContradictTheBeginning(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,title\n")
	for i := range 60_000 {
		fmt.Fprintf(&b, "%02d/%02d/2024,%s\n", i%28+1, i%12+1, strings.Repeat("T", 80))
	}
	b.WriteString("01/31/2024,T\n")
	tl, r, err := format.Read(format.File{Name: "f.csv", Text: b.String()})
	if err != nil || tl.Len() != 60_000 || r.Errors() != 1 || !strings.Contains(r.Problems[0].String(), "the dates here have the day first") {
		t.Errorf("%d events, %v, %v", tl.Len(), r.Problems, err)
	}
}

func TestStyleOfDatesIsNamedOrExplained(t *testing.T) {
	if _, problems := datesOf(t, "date=date:american", "date,title\n2024,T\n"); !strings.Contains(problems, `there is no way "american" to write dates; the ways are dmy, mdy, ymd, years, epoch`) {
		t.Error(problems)
	}
	if got, problems := datesOf(t, "date=a:b", "a:b,title\n2024,T\n"); got != "2024" {
		t.Error(problems) // a name with a colon
	}
}

func TestDateOfSeveralColumns(t *testing.T) {
	for _, c := range []struct{ header, row, want string }{
		{"date,time,title", "2024-03-12,09:30,T", "2024-03-12T09:30:00  a\n  title: T"},
		{"date,time,title", "12/03/2024 ; 13/03/2024,09:30,T", ""},
		{"date,time,title", "March 2024,09:30,T", "2024-03  a\n  title: T\n  summary: Time: 09:30."},
		{"date,time,title", "2024-03-12,morning,T", "2024-03-12  a\n  title: T\n  summary: time: morning."},
		{"date,start_time,end_time,title", "2024-03-12,09:30,17:00,T", "2024-03-12T09:30:00  a\n  title: T\n  summary: Time: 09:30–17:00."},
		{"start,end,title", "2024-03-12 09:30,2024-03-14 17:00,T", "2024-03-12/2024-03-14  a\n  title: T\n  summary: Time: 09:30 on the first day to 17:00 on the last."},
		{"start,end,title", "2024-03-12,ongoing,T", "2024-03-12/..  a\n  title: T"},
		{"start,end,title", "2024-03-12,unknown,T", "2024-03-12/  a\n  title: T"},
		{"start,end,title", "12 March 2024,14 March,T", "2024-03-12/2024-03-14  a\n  title: T"},
		{"year,month,day,title", "1850,0,0,T", "1850  a\n  title: T"},
		{"year,month,day,title", "1850.0,3.0,14.0,T", "1850-03-14  a\n  title: T"},
		{"year,month,day,title", "-44,3,15,T", "-0043-03-15  a\n  title: T"},
		{"year,month,day,title", "-44,March,15,T", "-0043-03-15  a\n  title: T"},
		{"year,month,day,title", "79,aug,24,T", "0079-08-24  a\n  title: T"},
		{"year,end_year,title", "-44,-43,T", "-0043/-0042  a\n  title: T"},
		{"year,month,end_year,end_month,title", "1914,7,1918,11,T", "1914-07/1918-11  a\n  title: T"},
		{"date,year,title", "5-Aug-24,2024,T", "2024-08-05  a\n  title: T"},
		{"date,century,title", "5-Aug-24,20th century,T", "1924-08-05  a\n  title: T"},
		{"created_at,title", "1723474994,T", "2024-08-12T15:03:14Z  a\n  title: T"},
	} {
		got, problems := readAs(t, "id,"+c.header+"\na,"+c.row+"\n", "")
		if got := strings.TrimSpace(got); got != c.want || (c.want == "") != strings.Contains(problems, "1 of 1") {
			t.Errorf("%s, %s: got\n%s\n%s, want\n%s", c.header, c.row, got, problems, c.want)
		}
	}
}

func TestDateThatContradictsItsYearIsAWarning(t *testing.T) {
	if _, problems := readAs(t, "id,date,year,title\na,2024-03-12,2023,T\n", ""); !strings.Contains(problems, `warning: event "a": year "2023": the date is of 2024`) {
		t.Error(problems)
	}
}
