package edtf

import (
	"strings"
	"testing"
	"time"
)

func TestParseLooseReadsDatesWithOneMeaning(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// EDTF itself, and other numbers
		{"2024-06~", "2024-06~"},
		{"20240619", "2024-06-19"},
		{"2024/6/9", "2024-06-09"},
		{"2024.06.09", "2024-06-09"},
		{"2031–06–12", "2031-06-12"},
		{"2024-6-5", "2024-06-05"},
		{"3 / 2031", "2031-03"},
		{"06/2031", "2031-06"},
		{"6.2031", "2031-06"},
		{"13/06/2024", "2024-06-13"},
		{"12/31/2024", "2024-12-31"},
		{"05/05/2024", "2024-05-05"},
		{"1.5.2024", "2024-05-01"},
		{"12.31.2024", "2024-12-31"},
		{"2010/09", "2010-09"},
		{"1888-11-00", "1888-11"},
		{"1888-00-00", "1888"},
		{"00/11/1888", "1888-11"},
		{"2031-145", "2031-05-25"},
		{"2031-W12", "2031-03-17/2031-03-23"},
		{"2031-W12-3", "2031-03-19"},
		{"week 12, 2031", "2031-03-17/2031-03-23"},
		{"KW 1 2025", "2024-12-30/2025-01-05"},
		{"３ June ２０３１", "2031-06-03"},
		{"2031年6月19日", "2031-06-19"},
		{"2031년 6월 19일", "2031-06-19"},

		// Days in words
		{"19 June 2024", "2024-06-19"},
		{"June 19, 2024", "2024-06-19"},
		{"September 5, 2024", "2024-09-05"},
		{"Sept. 12, 2031", "2031-09-12"},
		{"the 5th of June, 2031", "2031-06-05"},
		{"Jul 4 1776", "1776-07-04"},
		{"2031 Jan 5", "2031-01-05"},
		{"05JAN2031", "2031-01-05"},
		{"19-Jun-2024", "2024-06-19"},
		{"Mar 2024", "2024-03"},
		{"Tuesday, 3 June 2031", "2031-06-03"},
		{"3 June 2031 (Tue)", "2031-06-03"},
		{"5 June 476", "0476-06-05"},
		{"19. Juni 2031", "2031-06-19"},
		{"19 juin 2031", "2031-06-19"},
		{"1er août 1914", "1914-08-01"},
		{"19 de junio de 2031", "2031-06-19"},
		{"19 июня 2031 г.", "2031-06-19"},
		{"spring 2024", "2024-21"},
		{"winter 2031/32", "2031-24"},
		{"Q3 2031", "2031-07/2031-09"},
		{"2031-Q3", "2031-07/2031-09"},
		{"third quarter of 2031", "2031-07/2031-09"},
		{"H1 2031", "2031-01/2031-06"},
		{"June 2031 (day unknown)", "2031-06-XX"},

		// Eras, decades, centuries
		{"44 BC", "-0043"},
		{"0044-03-15 BC", "-0043-03-15"},
		{"circa 15 March 44 B.C.", "-0043-03-15~"},
		{"12,000 BC", "Y-11999"},
		{"A.D. 800", "0800"},
		{"24 August AD 79", "0079-08-24"},
		{"476 CE", "0476"},
		{"1850s", "185X"},
		{"the 1850's", "185X"},
		{"440s BC", "-0448/-0439"},
		{"19th century", "18XX"},
		{"5th century BC", "-04XX"},
		{"1st century BC", "-0099/0000"},
		{"19th c.", "18XX"},

		// Doubt
		{"c. 1914", "1914~"},
		{"c.1914", "1914~"},
		{"~1914", "1914~"},
		{"approximately June 1914", "1914-06~"},
		{"2031-06-19 (approx.)", "2031-06-19~"},
		{"1914 or so", "1914~"},
		{"2031-06-19 ?", "2031-06-19?"},
		{"1914 (?)", "1914?"},
		{"perhaps June 1914", "1914-06?"},
		{"1914 [uncertain]", "1914?"},
		{"possibly c. 1914", "1914%"},
		{"c. 1850s", "1850~/1859~"},

		// Ranges
		{"1914-1918", "1914/1918"},
		{"1914–18", "1914/1918"},
		{"1914—1918", "1914/1918"},
		{"2024/25", "2024/2025"},
		{"1999/2000", "1999/2000"},
		{"2031-06-12 to 2031-06-17", "2031-06-12/2031-06-17"},
		{"2024-06-19 - 2024-06-21", "2024-06-19/2024-06-21"},
		{"2031-06-12–2031-06-17", "2031-06-12/2031-06-17"},
		{"2031-09-01 through 2031-09-05", "2031-09-01/2031-09-05"},
		{"12 June 2031 until 17 June 2031", "2031-06-12/2031-06-17"},
		{"from 12 to 17 June 2031", "2031-06-12/2031-06-17"},
		{"between 1914 and 1918", "1914/1918"},
		{"19-25 June 2031", "2031-06-19/2031-06-25"},
		{"8/9 May 1945", "1945-05-08/1945-05-09"},
		{"June 12–17, 2031", "2031-06-12/2031-06-17"},
		{"28 June – 3 July 2031", "2031-06-28/2031-07-03"},
		{"June 28 – July 3, 2031", "2031-06-28/2031-07-03"},
		{"vom 12. bis 17. Juni 2031", "2031-06-12/2031-06-17"},
		{"01.06.–30.06.2024", "2024-06-01/2024-06-30"},
		{"19/06/2031-25/06/2031", "2031-06-19/2031-06-25"},
		{"2023-09-10/12", "2023-09-10/2023-09-12"},
		{"2023-10-28/11-03", "2023-10-28/2023-11-03"},
		{"20240619-20240621", "2024-06-19/2024-06-21"},
		{"January–February 2031", "2031-01/2031-02"},
		{"Nov 2031–Jan 2032", "2031-11/2032-01"},
		{"Q1–Q3 2031", "2031-01/2031-09"},
		{"spring/summer 2031", "2031-21/2031-22"},
		{"1850s–1860s", "1850/1869"},
		{"3rd–5th century AD", "0200/0499"},
		{"44 BC - 43 BC", "-0043/-0042"},
		{"44-43 BC", "-0043/-0042"},
		{"44 BC – AD 14", "-0043/0014"},
		{"14–37 AD", "0014/0037"},
		{"c. 1914–1918", "1914~/1918~"},
		{"1914 – c. 1918", "1914/1918~"},
		{"1914–1918 (approx.)", "1914~/1918~"},

		// Open ends
		{"2020-present", "2020/.."},
		{"1974-now", "1974/.."},
		{"1914 to present day", "1914/.."},
		{"from June 2031 to the present", "2031-06/.."},
		{"since 2020", "2020/.."},
		{"2031-06-19 or later", "2031-06-19/.."},
		{"2020 onwards", "2020/.."},
		{"2020+", "2020/.."},
		{"no earlier than 1914", "1914/.."},
		{"until 2021", "../2021"},
		{"no later than June 2031", "../2031-06"},
		{"1914 or earlier", "../1914"},
		{"1974–", "1974/"},
		{"1914-?", "1914/"},
		{"unknown – 1918", "/1918"},
	} {
		got, err := ParseLoose(c.text)
		if err != nil || got.Date != must(t, c.want) || got.Warning != "" {
			t.Errorf("ParseLoose(%q) is %s, %q, %v; want %s", c.text, got.Date, got.Warning, err, c.want)
		}
	}
}

func TestParseLooseKeepsTimes(t *testing.T) {
	for _, c := range []struct{ text, want, time string }{
		{"2024-06-19 09:30", "2024-06-19T09:30:00", ""},
		{"2024-06-19T9:30", "2024-06-19T09:30:00", ""},
		{"2009-W30-5T23:00", "2009-07-24T23:00:00", ""},
		{"2009-W30-5T24:00", "2009-07-25T00:00:00", ""},
		{"20240619T093000Z", "2024-06-19T09:30:00Z", ""},
		{"20240619093000", "2024-06-19T09:30:00", ""},
		{"6/19/2024 3:30 PM", "2024-06-19T15:30:00", ""},
		{"19 June 2024, 12 a.m.", "2024-06-19T00:00:00", ""},
		{"noon, 19 June 2024", "2024-06-19T12:00:00", ""},
		{"14h30 le 19 juin 2031", "2031-06-19T14:30:00", ""},
		{"Wed, 19 Jun 2024 09:30:00 +0900", "2024-06-19T09:30:00+09:00", ""},
		{"Wed Jun 19 09:30:00 2024", "2024-06-19T09:30:00", ""},
		{"Wed Jun 19 09:30:00 KST 2024", "2024-06-19T09:30:00+09:00", ""},
		{"Wed Jun 19 2024 09:30:00 GMT+0900 (Korean Standard Time)", "2024-06-19T09:30:00+09:00", ""},
		{"19/Jun/2024:09:30:00 -0500", "2024-06-19T09:30:00-05:00", ""},
		{"2024:06:19 09:30:00", "2024-06-19T09:30:00", ""},
		{"2024-06-19 09:30:00 +0000 UTC", "2024-06-19T09:30:00Z", ""},
		{"2031-06-12 09:00:00-05:00", "2031-06-12T09:00:00-05:00", ""},
		{"2031-06-12 24:00", "2031-06-13T00:00:00", ""},
		{"2031-06-12 09:00-17:00", "2031-06-12T09:00:00", "09:00–17:00"},
		{"12 June 2031, 9am–5pm", "2031-06-12T09:00:00", "09:00–17:00"},
		{"2031-06-12T09:00/2031-06-12T17:00", "2031-06-12T09:00:00", "09:00–17:00"},
		{"2031-06-12 09:00 – 2031-06-14 17:00", "2031-06-12/2031-06-14", "09:00 on the first day to 17:00 on the last"},
		{"2031-06-19 09:30 ?", "2031-06-19?", "09:30"},
	} {
		got, err := ParseLoose(c.text)
		if err != nil || got.Date.String() != c.want || got.Time != c.time || got.Warning != "" {
			t.Errorf("ParseLoose(%q) is %s, %q, %q, %v; want %s, %q", c.text, got.Date, got.Time, got.Warning, err, c.want, c.time)
		}
		if _, ok := got.Date.Clock(); !ok {
			t.Errorf("ParseLoose(%q) has no time of day", c.text)
		}
	}
}

// EDTF has no fractions of a second, but they order events.
func TestFractionOfASecondIsKeptBesideTheSpelling(t *testing.T) {
	got, err := ParseLoose("2024-06-19T09:18:56.86")
	clock, _ := got.Date.Clock()
	if want := 9*time.Hour + 18*time.Minute + 56*time.Second + 860*time.Millisecond; err != nil || got.Date.String() != "2024-06-19T09:18:56" || clock.Since != want {
		t.Errorf("got %s at %s, %v", got.Date, clock.Since, err)
	}
}

func TestNamedZoneIsTold(t *testing.T) {
	for _, text := range []string{"2024-06-19T09:30:00[Europe/Berlin]", "2024-06-19 09:30 Europe/Berlin"} {
		got, err := ParseLoose(text)
		if err != nil || got.Date.String() != "2024-06-19T09:30:00" || got.Zone != "Europe/Berlin" {
			t.Errorf("%q is %s in %q, %v", text, got.Date, got.Zone, err)
		}
	}
}

func TestParseLooseWarnsOfWhatItDoesNotKeep(t *testing.T) {
	for _, c := range []struct{ text, want, warning string }{
		{"before 1914", "/1914", "“before 1914” is kept as /1914, with the start unknown"},
		{"pre-1914", "/1914", "“pre-1914” is kept as /1914, with the start unknown"},
		{"by June 1914", "/1914-06", "“by June 1914” is kept as /1914-06, with the start unknown"},
		{"after 1914", "1914/", "“after 1914” is kept as 1914/, with the end unknown"},
		{"early 1914", "1914~", "“early” is not kept"},
		{"mid-June 2031", "2031-06~", "“mid” is not kept"},
		{"end of 2031", "2031~", "“end” is not kept"},
		{"early 1990s", "1990~/1999~", "“early” is not kept"},
		{"evening of 5 June 2031", "2031-06-05", "“evening” is not kept"},
		{"Mon 3 June 2031", "2031-06-03", "2031-06-03 is a Tuesday, not a Monday"},
		{"1900s", "19XX", "this may be the years 1900 to 1909 or 1900 to 1999; the longer time is kept"},
		{"500s BC", "-05XX", "this may be the years 500 to 509 or 500 to 599; the longer time is kept"},
		{"19 June 2024 09:30 XYZ", "2024-06-19T09:30:00", "“time zone XYZ” is not kept"},
		{"28 December – 3 January 2032", "2031-12-28/2032-01-03", "the start is taken to be in 2031"},
	} {
		got, err := ParseLoose(c.text)
		if err != nil || got.Date.String() != c.want || got.Warning != c.warning {
			t.Errorf("ParseLoose(%q) is %s, %q, %v; want %s, %q", c.text, got.Date, got.Warning, err, c.want, c.warning)
		}
	}
}

func TestParseLooseDoesNotGuess(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"03/04/2024", "this may be 2024-04-03 or 2024-03-04"},
		{"01/02/2031-03/02/2031", "this may be 2031-02-01/2031-02-03 or 2031-01-02/2031-03-02"},
		{"2010/12", "this may be 2010/2012 or 2010-12"},
		{"1921-22", "this may be 1921/1922 or 1921-22"},
		{"1998-9", "this may be 1998/1999 or 1998-09"},
		{"1999-00", "this may be 1999/2000 or 1999"},
		{"2031-06-12 09:00-05:00", "this may be 2031-06-12T09:00:00, 09:00–05:00 or 2031-06-12T09:00:00-05:00"},
		{"27 BC – 14", "this may be -0026/0014 or -0026/-0013"},
		{"5 Jan 24", "the year has two digits: 24 may be 1924 or 2024; write four digits"},
		{"3/4/24", "the year has two digits: 24 may be 1924 or 2024; write four digits"},
		{"May 5, 30", "the year has two digits: 30 may be 1930 or 2030; write four digits"},
		{"Jan-24", "the year is missing, or has two digits"},
		{"June", "the year is missing"},
		{"12–17 September", "the year is missing"},
		{"2031-06-19 or 2031-06-20", "this names two dates; write 2031-06-19/2031-06-20"},
		{"12 and 13 June 2031", "this names two dates; write 2031-06-12/2031-06-13"},
		{"March, May 2024", "this names two dates; write 2024-03/2024-05"},
		{"30 February 2024", "February 2024 has 29 days"},
		{"31/02/2024", "February 2024 has 29 days"},
		{"13/13/2024", "neither 13 nor 13 is a month"},
		{"2031-06-19 25:00", "there is no hour 25"},
		{"2031-W54", "there is no week 54"},
		{"2031-W53", "2031 has 52 weeks"},
		{"2031-W30 24:00", "a time of day needs a day"},
		{"2031-30-05 24:00", "30 (summer, southern hemisphere) is EDTF level 2"},
		{"2031-02-30 24:00", "February 2031 has 28 days"},
		{"2031-366", "2031 has no day 366"},
		{"0000-00-00", "no date is stated"},
		{"n.d.", "no date is stated"},
		{"TBD", "no date is stated"},
		{"-", "no date is stated"},
		{"45123", "this may be a day number of a spreadsheet, 2023-07-16 in Excel; show the column as dates there and save it again"},
		{"1723474994", "this may be a time counted from 1970, 2024-08-12T15:03:14Z"},
		{"202406", "six digits may be a month or a day; write a month as 2024-06"},
		{"198", "a year has four digits: 0198; a decade is 198X"},
		{"Easter 1916", "“Easter” is no part of a date"},
		{"June 2024 (month only)", "“month” is no part of a date"},
		{"1st Sunday of June 2031", "“Sunday” does not belong here"},
		{"10 BC to 20 BC", "the interval ends before it starts"},
	} {
		got, err := ParseLoose(c.text)
		if err == nil {
			t.Errorf("ParseLoose(%q) reads %s", c.text, got.Date)
		} else if _, reason, _ := strings.Cut(err.Error(), ": "); reason != c.want {
			t.Errorf("ParseLoose(%q): got %s, want %s", c.text, reason, c.want)
		}
	}
	for _, s := range []string{"", "?", "2024061", "last week", "2024-06-~11", "[1667,1668]", "199u", strings.Repeat(" ", longestLoose) + "19 June 2024"} {
		if d, err := ParseLoose(s); err == nil {
			t.Errorf("ParseLoose(%q) reads %s", s, d.Date)
		}
	}
}

func TestConventionSettlesWhatADateLeavesOpen(t *testing.T) {
	day, month, years, months := Convention{Order: DayFirst}, Convention{Order: MonthFirst}, Convention{Order: YearSpans}, Convention{Order: YearFirst}
	of2024, of20th := Convention{Year: 2024}, Convention{From: 1900}
	column, counted := Convention{Years: true}, Convention{Epoch: true}
	for _, c := range []struct {
		convention Convention
		text, want string
	}{
		{day, "03/04/2024", "2024-04-03"},
		{month, "03/04/2024", "2024-03-04"},
		{month, "3.4.2024", "2024-03-04"},
		{day, "06/13/2024", "the dates here have the day first, and this would be 2024-06-13; write 2024-06-13"},
		{years, "2010/12", "2010/2012"},
		{years, "1910-12", "1910/1912"},
		{years, "1921-22", "1921/1922"},
		{months, "2010/12", "2010-12"},
		{months, "1921-22", "1921-22"},
		{of2024, "5-Aug-24", "2024-08-05"},
		{of2024, "Aug 5, 24", "2024-08-05"},
		{of2024, "13/06/24", "2024-06-13"},
		{of2024, "24/06/05", "2024-06-05"},
		{of2024, "12 June", "2024-06-12"},
		{of2024, "11-Mar-98", "the year 98 is not 2024, the year that the row states"},
		{of20th, "11-Mar-98", "1998-03-11"},
		{column, "79", "0079"},
		{column, "800", "0800"},
		{column, "-44", "-0043"},
		{column, "-1200", "-1199"},
		{column, "-0044", "-0044"},
		{column, "1931.0", "1931"},
		{column, "12000", "Y12000"},
		{column, "c. 800", "0800~"},
		{column, "1914-18", "1914/1918"},
		{column, "0", "there is no year 0; 1 BC is -1, or 0000 in EDTF"},
		{counted, "1723474994", "2024-08-12T15:03:14Z"},
		{counted, "1723474994.349", "2024-08-12T15:03:14Z"},
		{counted, "1723474994349", "2024-08-12T15:03:14Z"},
		{counted, "1723474994349345", "2024-08-12T15:03:14Z"},
		{counted, "1723474994349345678", "2024-08-12T15:03:14Z"},
		{counted, "2024-08-12", "2024-08-12"},
	} {
		got, err := c.convention.Parse(c.text)
		said := got.Date.String()
		if err != nil {
			_, said, _ = strings.Cut(err.Error(), ": ")
		}
		if said != c.want {
			t.Errorf("%+v: %q is %s, want %s", c.convention, c.text, said, c.want)
		}
	}
}

func TestDatesShowTheOrderOfTheirNumbers(t *testing.T) {
	for text, want := range map[string]Order{
		"13/06/2024": DayFirst, "06/13/2024": MonthFirst, "06/12/2024": 0, "05/05/2024": 0,
		"2010/09": YearFirst, "2010/12": 0, "1914/18": YearSpans, "2024-06-19": 0, "19 June 2024": 0, "soon": 0,
		"13/06/2024 09:30": DayFirst, "1/2/2031–14/2/2031": DayFirst,
	} {
		if got := (Convention{}).Shows(text); got != want {
			t.Errorf("%q shows %b, want %b", text, got, want)
		}
	}
	if got := (DayFirst | MonthFirst | YearSpans).Without(); got != YearSpans {
		t.Errorf("of two that contradict each other %b is left", got)
	}
}

func TestIntervalBetweenTwoDates(t *testing.T) {
	for _, c := range []struct{ start, end, want, time string }{
		{"2024-06-19", "2024-06-21", "2024-06-19/2024-06-21", ""},
		{"2024-06-19", "2024-06-19", "2024-06-19", ""},
		{"2024-06-19T09:00:00", "2024-06-19T17:00:00", "2024-06-19T09:00:00", "09:00–17:00"},
		{"2024-06-19T09:00:00Z", "2024-06-21T17:00:00Z", "2024-06-19/2024-06-21", "09:00Z on the first day to 17:00Z on the last"},
		{"2024-06-19", "2024-06-19T17:00:00", "2024-06-19", "until 17:00"},
		{"185X", "186X", "1850/1869", ""},
		{"2024-06~", "2025?", "2024-06~/2025?", ""},
	} {
		got, err := Between(must(t, c.start), must(t, c.end))
		if err != nil || got.Date.String() != c.want || got.Time != c.time {
			t.Errorf("%s to %s is %s, %q, %v; want %s, %q", c.start, c.end, got.Date, got.Time, err, c.want, c.time)
		}
	}
	if got, err := Between(must(t, "2025"), must(t, "2024")); err == nil {
		t.Errorf("2025 to 2024 is %s", got.Date)
	}
}
