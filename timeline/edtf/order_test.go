package edtf

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// ordered lists dates in the order of Compare; those on one line are equal.
var ordered = [][]string{
	{"Y-13800000000"},
	{"-1234"},
	{"-0044-03-15"},
	{"0000"},
	{"1914-06-28/1914-07-01"},
	{"1914-06-28/1918"},
	{"1914-06-28/.."},
	{"201X"},
	{"2019", "2019/", "2019?", "2019-XX", "2019-XX-XX", "2019/2019-12"},
	{"2019-01-02"},
	{"2021-12-31", "/2021-12-31"},
	{"/2021"},
	{"../2021"},
	{"2023-09-12/2023-09-13"},
	{"2023-09-12/2023-09-17"},
	{"2024-06-01"},
	{"2024-06-01/2024-06-29"},
	{"2024-06", "2024-06~", "2024-06-XX", "2024-06/"},
	{"2024-06/2024-07"},
	{"2024-22"},
	{"2024-06-01/.."},
	{"2024-06-02"},
	{"2024-06-19", "2024-06-19T00:30:00+09:00", "2024-06-19T23:59:59Z", "2024-06-19%"},
	{"Y17000"},
	{"../..", "/..", "../"},
}

func TestOrder(t *testing.T) {
	for i, these := range ordered {
		for j, those := range ordered {
			want := compareInts(i, j)
			for _, a := range these {
				for _, b := range those {
					if got := Compare(must(t, a), must(t, b)); got != want {
						t.Errorf("Compare(%s, %s) is %d, want %d", a, b, got, want)
					}
				}
			}
		}
	}
	if Compare(Date{}, must(t, "Y17000")) != 1 || Compare(Date{}, must(t, "../..")) != 0 {
		t.Error("the zero Date does not come last")
	}
}

func compareInts(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	}
	return 0
}

func TestSortingIsTheSameFromAnyStart(t *testing.T) {
	var dates []Date
	for _, line := range lines(t, "valid.txt") {
		dates = append(dates, must(t, firstField(line)))
	}
	slices.SortFunc(dates, Compare)
	want := slices.Clone(dates)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(dates), func(i, j int) { dates[i], dates[j] = dates[j], dates[i] })
		slices.SortFunc(dates, Compare)
		for i := range dates {
			if Compare(dates[i], want[i]) != 0 {
				t.Fatalf("place %d has %s, once %s", i, dates[i], want[i])
			}
		}
	}
}

func TestDatesAreFiledUnderTheDayTheySortBy(t *testing.T) {
	for _, test := range []struct {
		date        string
		year, month int
	}{
		{"2024-06-19", 2024, 6},
		{"2024-06", 2024, 6},
		{"2024", 2024, 1},
		{"2024-24", 2024, 12},
		{"201X", 2010, 1},
		{"2023-12-30/2024-01-02", 2023, 12},
		{"2024-06-01/..", 2024, 6},
		{"2024-06-19/", 2024, 6},
		{"../2021", 2021, 12},
		{"/2021-06", 2021, 6},
		{"-1234", -1234, 1},
		{"Y170000002", 170000002, 1},
		{"../..", 0, 0},
		{"/..", 0, 0},
	} {
		year, month := 0, 0
		if day, ok := must(t, test.date).Filed(); ok {
			year, month, _ = day.Civil()
		}
		if year != test.year || month != test.month {
			t.Errorf("%s is filed under %d-%02d, want %d-%02d", test.date, year, month, test.year, test.month)
		}
	}
}
