package edtf

import "testing"

func TestDateStatesNoMoreThanItIsWrittenWith(t *testing.T) {
	for _, c := range []struct {
		date             string
		year, month, day int
		ok               bool
	}{
		{"1985", 1985, 0, 0, true},
		{"1985-04", 1985, 4, 0, true},
		{"1985-04-12", 1985, 4, 12, true},
		{"1985-04-12T23:20:30Z", 1985, 4, 12, true},
		{"1985-04?", 1985, 4, 0, true},
		{"2001-23~", 2001, 23, 0, true},
		{"1985-04-XX", 1985, 4, 0, true},
		{"1985-XX", 1985, 0, 0, true},
		{"1985-XX-XX", 1985, 0, 0, true},
		{"0000", 0, 0, 0, true},
		{"-0043-03", -43, 3, 0, true},
		{"Y-17000", -17000, 0, 0, true},
		{"198X", 0, 0, 0, false},
		{"19XX", 0, 0, 0, false},
		{"1985/1985", 0, 0, 0, false},
		{"1985/", 0, 0, 0, false},
	} {
		year, month, day, ok := must(t, c.date).Stated()
		if year != c.year || month != c.month || day != c.day || ok != c.ok {
			t.Errorf("%s: got %d %d %d %t, want %d %d %d %t", c.date, year, month, day, ok, c.year, c.month, c.day, c.ok)
		}
	}
	if _, _, _, ok := (Date{}).Stated(); ok {
		t.Error("the zero Date states something")
	}
}

func TestEndsOfAnInterval(t *testing.T) {
	for _, c := range []struct{ date, start, end string }{
		{"1985-04?/2001-21%", "1985-04?", "2001-21%"},
		{"1985/..", "1985", ""},
		{"../1985-04-12~", "", "1985-04-12~"},
		{"1985/", "1985", ""},
		{"/1985", "", "1985"},
		{"1985-XX", "1985-XX", "1985-XX"},
	} {
		start, end := must(t, c.date).Ends()
		if start.String() != c.start || end.String() != c.end {
			t.Errorf("%s: got %q and %q, want %q and %q", c.date, start, end, c.start, c.end)
		}
		if start.String() != "" && start != must(t, c.start) {
			t.Errorf("%s: its start is not what %s is", c.date, c.start)
		}
	}
	start, end := (Date{}).Ends()
	if !start.IsZero() || !end.IsZero() {
		t.Errorf("the zero Date ends in %q and %q", start, end)
	}
}
