package format_test

import (
	"strings"
	"testing"

	"dateline/timeline/format"
)

// A date of CSV is read if it has one meaning, as exactly as it is stated.
func TestDatesOfCSVHaveOneMeaning(t *testing.T) {
	for text, want := range map[string]string{
		"2024":                       "2024",
		"2024-06~":                   "2024-06~",
		"2024-03-12/2024-03-14":      "2024-03-12/2024-03-14",
		"2024-03-12T09:30:00+09:00":  "2024-03-12T09:30:00+09:00",
		"2024-03-12T09:30:00.123Z":   "2024-03-12",
		"2024-03-12T09:30Z":          "2024-03-12",
		"2024-03-12 09:30":           "2024-03-12",
		"2024-03-12 00:00:00.000":    "2024-03-12",
		"1710203400":                 "this may be a number of days or seconds; write a date, such as 2024-03-12",
		"20241340":                   "this may be a number of days or seconds; write a date, such as 2024-03-12",
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
		"198":                        "a year has four digits",
		"202403":                     "this may be a number of days or seconds; write a date, such as 2024-03-12",
		" 2024-03-12 ":               "2024-03-12",
		"03/04/2024":                 "this may be either of two days; write 2024-04-03 or 2024-03-04",
		"3.4.2024":                   "this may be either of two days; write 2024-04-03 or 2024-03-04",
		"3-4-2024 10:00":             "this may be either of two days; write 2024-04-03 or 2024-03-04",
		"03/03/2024":                 "the year comes first; write 2024-03-03",
		"25/12/2024":                 "the year comes first; write 2024-12-25",
		"12/25/2024 0:00:00":         "the year comes first; write 2024-12-25",
		"31/02/2024":                 "there is no such day",
		"3/4/24":                     "write the year first, in four digits, such as 2024-03-12",
		"123456789":                  "this may be a number of days or seconds; write a date, such as 2024-03-12",
		"45363":                      "this may be a number of days or seconds; write a date, such as 2024-03-12",
		"2023-02-29":                 "February 2023 has 28 days",
		"[1667, 1668]":               "a set of dates is EDTF level 2; write 1667/1668",
		"156X-12-25":                 "a month of an unspecified year is EDTF level 2; write 156X",
		"soon":                       "a date starts with a year of four digits",
		"2024-03-12T09:30:00 or so.": "2024-03-12",
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
