package edtf

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A date is read the same in whatever way people write it.
func TestSpellingsOfADayAreReadAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		day := DayOf(1000+random.IntN(2000), 1, 1) + Day(random.IntN(365))
		y, m, d := day.Civil()
		month := monthName(m)
		weekday := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Weekday().String()
		iso := day.String()
		for _, text := range []string{
			iso,
			fmt.Sprintf("%d/%d/%d", y, m, d),
			fmt.Sprintf("%04d.%02d.%02d", y, m, d),
			fmt.Sprintf("%04d%02d%02d", y, m, d),
			fmt.Sprintf("%d.%d.%d", d, m, y),
			fmt.Sprintf("%d %s %d", d, month, y),
			fmt.Sprintf("%d. %s %d", d, month[:3], y),
			fmt.Sprintf("%s %d, %d", month, d, y),
			fmt.Sprintf("%s. %d %d", month[:3], d, y),
			fmt.Sprintf("%s, %d %s %d", weekday, d, month, y),
			fmt.Sprintf("%s %s %d %d", weekday[:3], month[:3], d, y),
			fmt.Sprintf("%02d-%s-%d", d, strings.ToUpper(month[:3]), y),
			fmt.Sprintf("%d %s %d", y, month, d),
			fmt.Sprintf("the %dth of %s %d", d, month, y),
			fmt.Sprintf("%d %s AD %d", d, month, y),
			fmt.Sprintf("%d %s %d CE", d, strings.ToLower(month), y),
			fmt.Sprintf("%d年%d月%d日", y, m, d),
			fmt.Sprintf("%d-%03d", y, day-DayOf(y, 1, 1)+1),
			fmt.Sprintf("on %s (%s)", iso, weekday),
		} {
			if got, err := ParseLoose(text); err != nil || got.Date.String() != iso || got.Warning != "" {
				t.Errorf("%q is %s, %q, %v; want %s", text, got.Date, got.Warning, err, iso)
			}
			if got, err := ParseLoose("c. " + text); err != nil || got.Date.String() != iso+"~" {
				t.Errorf("c. %q is %s, %v; want %s~", text, got.Date, err, iso)
			}
			if got, err := ParseLoose(text + " 9:05 pm"); err != nil || got.Date.String() != iso+"T21:05:00" {
				t.Errorf("%q 9:05 pm is %s, %v; want %sT21:05:00", text, got.Date, err, iso)
			}
			if got, err := ParseLoose(text + " – 31 December 2999"); err != nil || got.Date.String() != iso+"/2999-12-31" {
				t.Errorf("%q – 31 December 2999 is %s, %v", text, got.Date, err)
			}
		}
		for _, c := range []struct {
			format string
			order  Order
			a, b   int
		}{{"%d/%d/%d", DayFirst, d, m}, {"%02d-%02d-%d", MonthFirst, m, d}} {
			text := fmt.Sprintf(c.format, c.a, c.b, y)
			if got, err := (Convention{Order: c.order}).Parse(text); err != nil || got.Date.String() != iso {
				t.Errorf("%q is %s, %v; want %s", text, got.Date, err, iso)
			}
		}
	}
}

// The words of a date are read as the date, as far as they state it.
func TestWordsAreReadAgain(t *testing.T) {
	for _, line := range lines(t, "valid.txt") {
		d := must(t, firstField(line))
		got, err := ParseLoose(d.Words())
		if err != nil {
			continue // such as "1970s, year not stated"
		}
		if from, to := got.Date.Span(); from != d.from || to != d.to {
			t.Errorf("%s is %q, which is read as %s", d, d.Words(), got.Date)
		}
	}
}

var number = regexp.MustCompile(`[0-9]+`)

// Nothing of a text is dropped: each of its numbers is in the date that it is read
// as, or in what is said beside the date.
func FuzzParseLoose(f *testing.F) {
	for _, s := range []string{
		"2031-06-12 to 2031-06-17", "0044-03-15 BC", "2031-06-19 (approx.)", "September 5, 2024", "5 Jan 24", "2010/12", "March, May 2024",
		"12–17 June 2031", "1914-18", "2020-present", "Wed Jun 19 09:30:00 KST 2024", "2031-06-12 09:00-17:00", "19th century", "1850s",
		"early 1990s", "before 1914", "Q3 2031", "2031-W12-3", "winter 2031/32", "2024-06-19T09:18:56.86+09:00", "12,000 BC", "June 2031 (day unknown)",
		"44 BC – AD 14", "1.5.2024 3 pm", "19/Jun/2024:09:30:00 -0500", "2031年6月19日", "1723474994", "2024-06-19 09:30", "2024-06-19 09:30:15.123+0900", "2024-06-19T09:30Z", "2024-06-19T09:30:15-05", "2024-06-19T09:30:15.5+00:00", "2024-06-19 09:30:15+00", "between 3 and 4 June 2031", "..1985", "1999-00", "2009:30:5T24",
	} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, order uint8) {
		got, err := Convention{Order: Order(order).Without()}.Parse(s)
		if err != nil {
			if e := err.(*Error); e.Reason == "" || e.Input != s || e.Column < 1 {
				t.Errorf("%q: %#v", s, e)
			}
			return
		}
		if plain, ok := plainMoment(s); ok {
			p := looseParser{}
			if found := p.read(s); len(found) != 1 || found[0].Date != plain {
				t.Errorf("%q is %s in short, %v at length", s, plain, found)
			}
		}
		again, bad := Parse(got.Date.String())
		if bad != nil || again.from != got.Date.from || again.to != got.Date.to {
			t.Fatalf("%q is read as %q, which is %v", s, got.Date, bad)
		}
		if strings.ContainsFunc(s, isFullWidth) {
			return
		}
		stated := statedNumbers(got)
		for _, digits := range number.FindAllString(s, -1) {
			if n, err := strconv.ParseInt(digits, 10, 64); err == nil && len(digits) < 5 && !stated[n] && !strings.Contains(got.Warning+got.Time, digits) {
				t.Errorf("%q is read as %s, which does not state %s (%q, %q)", s, got.Date, digits, got.Time, got.Warning)
			}
		}
	})
}

// statedNumbers returns the numbers that people may write for the parts of a date.
func statedNumbers(r Reading) map[int64]bool {
	stated := map[int64]bool{0: true}
	from, to := r.Date.Span()
	for _, d := range [...]Day{from, to, from - 1, to + 1} {
		if d < Past+2 || d > Future-2 {
			continue
		}
		year, month, day := d.civil()
		start := civilDay(year, 1, 1)
		for _, y := range [...]int64{year, 1 - year, year + 1, -year} {
			for _, n := range [...]int64{y, y % 100, y % 10, y / 1000, y % 1000, y / 10, y / 100, (y + 99) / 100, y/100 + 1} {
				stated[n] = true
			}
		}
		for _, n := range [...]int64{int64(month), int64(day), int64(d - start + 1), int64(month+2) / 3, int64(month+5) / 6, 21 + int64(month%12)/3, 24} {
			stated[n] = true
		}
		for week := range 53 {
			if monday := isoWeek(year, week+1); d >= monday && d < monday+7 {
				stated[int64(week+1)], stated[int64(d-monday+1)] = true, true
			}
		}
	}
	if c, ok := r.Date.Clock(); ok {
		s := int64(c.Since / time.Second)
		offset := int64(max(c.Offset, -c.Offset) / time.Minute)
		for _, n := range [...]int64{s / 3600, s / 3600 % 12, 12, 24, s / 60 % 60, s % 60, s/60/60*100 + s/60%60, offset / 60, offset % 60, offset/60*100 + offset%60} {
			stated[n] = true
		}
		for fraction := int64(c.Since % time.Second); fraction > 0; fraction /= 10 {
			stated[fraction] = true
		}
	}
	return stated
}
