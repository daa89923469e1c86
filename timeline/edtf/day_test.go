package edtf

import (
	"testing"
	"time"
)

func TestDaysAgreeWithTheTimePackage(t *testing.T) {
	for day := Day(-1_000_000); day <= 1_000_000; day++ {
		want := time.Unix(int64(day)*24*60*60, 0).UTC()
		year, month, date := day.Civil()
		if year != want.Year() || month != int(want.Month()) || date != want.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %s", day, year, month, date, want)
		}
		if got := DayOf(year, month, date); got != day {
			t.Fatalf("DayOf(%d, %d, %d) is %d, want %d", year, month, date, got, day)
		}
	}
}

func TestDaysRoundTripToTheEndsOfTheCalendar(t *testing.T) {
	for _, year := range []int{-maxYear, -maxYear + 1, -1_000_000_001, -400, -1, 0, 1, 13_800_000_000, maxYear - 1, maxYear} {
		for month := 1; month <= 12; month++ {
			for _, date := range []int{1, 28} {
				day := DayOf(year, month, date)
				if y, m, d := day.Civil(); y != year || m != month || d != date {
					t.Errorf("%d-%d-%d comes back as %d-%d-%d", year, month, date, y, m, d)
				}
			}
		}
	}
}

func TestMonthsAndDaysCarryOver(t *testing.T) {
	for _, test := range []struct {
		year, month, day int
		want             string
	}{
		{2024, 3, 0, "2024-02-29"},
		{2024, 13, 0, "2024-12-31"},
		{2024, 13, 1, "2025-01-01"},
		{2024, 0, 1, "2023-12-01"},
		{2024, -11, 1, "2023-01-01"},
		{2024, -12, 31, "2022-12-31"},
		{2023, 2, 29, "2023-03-01"},
		{2024, 6, 31, "2024-07-01"},
		{0, 0, 1, "-0001-12-01"},
		{9999, 12, 32, "Y10000-01-01"},
		{maxYear + 1, 1, 1, ".."},
		{-maxYear - 1, 1, 1, ".."},
	} {
		if got := DayOf(test.year, test.month, test.day).String(); got != test.want {
			t.Errorf("DayOf(%d, %d, %d) is %s, want %s", test.year, test.month, test.day, got, test.want)
		}
	}
}

func TestDaysPrintTheirYearAsEDTF(t *testing.T) {
	for _, test := range []struct {
		day  Day
		want string
	}{
		{0, "1970-01-01"},
		{-1, "1969-12-31"},
		{DayOf(2024, 6, 19), "2024-06-19"},
		{DayOf(476, 9, 4), "0476-09-04"},
		{DayOf(0, 2, 29), "0000-02-29"},
		{DayOf(-43, 3, 15), "-0043-03-15"},
		{DayOf(17000, 1, 1), "Y17000-01-01"},
		{DayOf(-17000, 12, 31), "Y-17000-12-31"},
		{Past, ".."},
		{Future, ".."},
	} {
		if got := test.day.String(); got != test.want {
			t.Errorf("day %d is %s, want %s", test.day, got, test.want)
		}
	}
	if y, m, d := Past.Civil(); y != 0 || m != 0 || d != 0 {
		t.Errorf("Past is %d-%d-%d, want no date", y, m, d)
	}
}
