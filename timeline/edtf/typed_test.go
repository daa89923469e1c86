package edtf_test

import (
	"testing"

	"dateline/timeline/edtf"
)

func TestParseTypedReadsADayAsAPersonTypesIt(t *testing.T) {
	here := edtf.DayOf(2024, 6, 19) // a Wednesday
	for _, c := range []struct{ text, want string }{
		{"2024-06", "2024-06-01"},
		{"2023", "2023-01-01"},
		{" 2024-10-08 ", "2024-10-08"},
		{"2024-06-12/2024-06-17", "2024-06-12"},
		{"../2021", "2021-12-31"},
		{"-30d", "2024-05-20"},
		{"+2w", "2024-07-03"},
		{"1m", "2024-07-19"},
		{"-1y", "2023-06-19"},
		{"fri", "2024-06-21"},
		{"Wednesday", "2024-06-26"},
		{"tue", "2024-06-25"},
	} {
		day, err := edtf.ParseTyped(c.text, here)
		if err != nil || day.String() != c.want {
			t.Errorf("%q: got %s %v, want %s", c.text, day, err, c.want)
		}
	}
	for _, text := range []string{"", "yesterday", "2024-13", "1000001d", "-1000001d", "d", "12", "we", "../.."} {
		if day, err := edtf.ParseTyped(text, here); err == nil {
			t.Errorf("%q is read as %s", text, day)
		}
	}
}

// A month or a year on, a day that the month lacks is its last.
func TestDistanceStaysWithinTheMonth(t *testing.T) {
	for _, c := range []struct{ from, by, want string }{
		{"2024-03-31", "-1m", "2024-02-29"},
		{"2024-01-31", "1m", "2024-02-29"},
		{"2024-02-29", "1y", "2025-02-28"},
		{"2024-12-31", "+2m", "2025-02-28"},
	} {
		from, err := edtf.Parse(c.from)
		if err != nil {
			t.Fatal(err)
		}
		here, _ := from.Filed()
		if got, err := edtf.ParseTyped(c.by, here); err != nil || got.String() != c.want {
			t.Errorf("%s %s: got %s %v, want %s", c.from, c.by, got, err, c.want)
		}
	}
}
