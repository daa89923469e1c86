package edtf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseTyped reads a day as a person types it: an EDTF date, and then
// the day it is filed under; a distance from the day here, such as -30d, +2w, 1m
// or -1y; or a weekday, the next one after here.
func ParseTyped(text string, here Day) (Day, error) {
	text = strings.TrimSpace(text)
	if day, ok := distance(text, here); ok {
		return day, nil
	}
	if day, ok := weekday(text, here); ok {
		return day, nil
	}
	date, err := Parse(text)
	switch wrong := new(Error); {
	case errors.As(err, &wrong) && looksLikeADate(text):
		return 0, err
	case err != nil:
		return 0, errors.New("go to a date, 2024-06 or 2024-06-19; a distance, -30d, +2w, 1m, -1y; or a weekday, fri")
	}
	if day, ok := date.Filed(); ok {
		return day, nil
	}
	return 0, fmt.Errorf("%s has neither a start nor an end", text)
}

// looksLikeADate reports whether text was meant as a date, so that the mistake in
// it is worth explaining.
func looksLikeADate(text string) bool {
	return len(text) > 4 && strings.Trim(text[:4], "0123456789") == "" && text[4] == '-'
}

func distance(text string, here Day) (Day, bool) {
	if len(text) < 2 || here == Past || here == Future {
		return 0, false
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || n > 1e6 || n < -1e6 {
		return 0, false
	}
	year, month, day := here.Civil()
	switch text[len(text)-1] {
	case 'd':
		return here + Day(n), true
	case 'w':
		return here + Day(7*n), true
	case 'm':
		return within(year, month+n, day), true
	case 'y':
		return within(year+n, month, day), true
	}
	return 0, false
}

// within returns a day of a month, or the last day if the month is shorter.
func within(year, month, day int) Day {
	first := DayOf(year, month, 1)
	return first + min(Day(day-1), DayOf(year, month+1, 1)-first-1)
}

func weekday(text string, here Day) (Day, bool) {
	if len(text) < 3 || here == Past || here == Future {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(strings.ToLower(d.String()), strings.ToLower(text)) {
			return here + Day((d-here.weekday()+6)%7+1), true
		}
	}
	return 0, false
}
