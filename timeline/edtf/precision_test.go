package edtf

import "testing"

func TestDateIsAsPreciseAsItIsWritten(t *testing.T) {
	for text, want := range map[string]Precision{
		"2024-06-19":            ToDay,
		"2024-06-19~":           ToDay,
		"2024-06-19T10:00:00Z":  ToDay,
		"2024-06":               ToMonth,
		"2024-06?":              ToMonth,
		"2024-06-XX":            ToMonth,
		"2024-21":               ToSeason,
		"2024":                  ToYear,
		"2024-XX":               ToYear,
		"2024-XX-XX":            ToYear,
		"Y17000":                ToYear,
		"202X":                  ToDecade,
		"20XX":                  ToCentury,
		"2024-06-12/2024-06-17": ToDay,
		"2024-06-12/2024":       ToDay,
		"2024-06/2024-08-01":    ToMonth,
		"2024/..":               ToYear,
		"../2024-06":            ToMonth,
		"/2024":                 ToYear,
		"../..":                 ToDay,
	} {
		if got := must(t, text).Precision(); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}

func TestDaysAreSpelledAsFinelyAsAsked(t *testing.T) {
	for _, test := range []struct {
		day       Day
		precision Precision
		want      string
	}{
		{DayOf(2024, 6, 19), ToDay, "2024-06-19"},
		{DayOf(2024, 6, 19), ToMonth, "2024-06"},
		{DayOf(2024, 6, 19), ToYear, "2024"},
		{DayOf(-43, 3, 15), ToDay, "-0043-03-15"},
		{DayOf(-43, 3, 15), ToMonth, "-0043-03"},
		{DayOf(-43, 3, 15), ToYear, "-0043"},
		{DayOf(17000, 3, 15), ToDay, "Y17000"},
		{DayOf(17000, 3, 15), ToMonth, "Y17000"},
		{DayOf(-17000, 3, 15), ToYear, "Y-17000"},
	} {
		got := test.day.Spell(test.precision)
		if got != test.want {
			t.Errorf("%s to %d: got %s, want %s", test.day, test.precision, got, test.want)
		}
		if from, to := must(t, got).Span(); test.day < from || to < test.day {
			t.Errorf("%s does not lie in %s", test.day, got)
		}
	}
}
