package brief

import (
	"fmt"
	"strings"
	"time"

	"dateline/timeline/edtf"
)

// A strip is the whole time of a timeline in bins, with the key points on it.
type strip struct {
	bins        []bin
	points      []point // by number
	first, last edtf.Day
	monthly     bool
}

// A bin is a month or a year: how many events lie in it, and how many of them the
// brief selects.
type bin struct {
	name          string
	all, selected int
}

// A point is where a key point lies: in which bin, and how far into the strip, from
// 0 to 1.
type point struct {
	bin int
	at  float64
}

// mostBins is how many bins a strip has; a longer time has none.
const mostBins = 66

// bins counts the events by month or, where those are too many, by year. A
// timeline of one bin has no strip, nor has one that is too long.
func (d *draft) bins() *strip {
	t, s := d.t, new(strip)
	var ok bool
	whole := t.Whole()
	if s.first, s.last, ok = t.Period(); whole != nil {
		s.first, s.last, ok = whole.First, whole.Last, true
	}
	if !ok {
		return s
	}
	year, month, _ := s.first.Civil()
	lastYear, lastMonth, _ := s.last.Civil()
	months, years := (lastYear-year)*12+lastMonth-month+1, lastYear-year+1
	switch {
	case months >= 2 && months <= mostBins:
		s.monthly = true
		for k := range months {
			at := month - 1 + k
			s.bins = append(s.bins, bin{name: fmt.Sprintf("%s %d", time.Month(at%12 + 1).String()[:3], year+at/12)})
		}
	case months >= 2 && years <= mostBins && year > 0:
		for k := range years {
			s.bins = append(s.bins, bin{name: fmt.Sprint(year + k)})
		}
	default:
		return s
	}
	if whole == nil {
		for i := range t.Len() {
			if day := t.Day(i); day <= s.last {
				s.bins[s.bin(day)].all++
			}
		}
	} else {
		for month, n := range whole.Months {
			s.bins[s.bin(month)].all += n
		}
	}
	for _, i := range d.selection.All() {
		if day := t.Day(i); day <= s.last {
			s.bins[s.bin(day)].selected++
		}
	}
	return s
}

// bin is the bin in which a day lies.
func (s *strip) bin(day edtf.Day) int {
	year, month, _ := s.first.Civil()
	y, m, _ := day.Civil()
	if s.monthly {
		return (y-year)*12 + m - month
	}
	return y - year
}

// strip returns the strip with the brief's key points.
func (b *Brief) strip() *strip {
	s := *b.draft.time
	s.points = nil
	for _, e := range b.Events {
		if e.Point == 0 || len(s.bins) == 0 {
			continue
		}
		p := point{bin: -1}
		if day, known := e.Date.Filed(); known && day >= s.first && day <= s.last {
			p.bin = s.bin(day)
			within := 0.5
			if s.monthly {
				_, _, d := day.Civil()
				within = (float64(d) - 0.5) / 31
			}
			p.at = (float64(p.bin) + within) / float64(len(s.bins))
		}
		s.points = append(s.points, p)
	}
	return &s
}

// most is the greatest number of events in a bin.
func (s *strip) most() int {
	most := 1
	for _, b := range s.bins {
		most = max(most, b.all)
	}
	return most
}

// text draws the strip in two lines: bars of the events selected, and the numbers
// of the key points under them.
func (s *strip) text(width int) []string {
	if len(s.bins) == 0 {
		return nil
	}
	left, right := s.bins[0].name, s.bins[len(s.bins)-1].name
	each := 1
	if room := width - len(left) - len(right) - 2; room >= 2*len(s.bins) {
		each = 2
	} else if room < len(s.bins) {
		return nil
	}
	most := 1
	for _, b := range s.bins {
		most = max(most, b.selected)
	}
	var bars strings.Builder
	for _, b := range s.bins {
		bar := "·"
		if b.selected > 0 {
			bar = string([]rune("▁▂▃▄▅▆▇█")[(b.selected*8-1)/most])
		}
		bars.WriteString(bar + strings.Repeat(" ", each-1))
	}
	lines := []string{left + " " + strings.TrimRight(bars.String(), " ") + " " + right}
	var numbers strings.Builder
	for k := 0; k < len(s.points); {
		n := k + 1
		for n < len(s.points) && s.points[n].bin == s.points[k].bin {
			n++
		}
		label := fmt.Sprint(k + 1)
		if n > k+1 {
			label = fmt.Sprintf("%d–%d", k+1, n)
		}
		if at := len(left) + 1 + each*s.points[k].bin; s.points[k].bin >= 0 {
			gap := at - len([]rune(numbers.String()))
			if numbers.Len() > 0 {
				gap = max(gap, 1)
			}
			numbers.WriteString(strings.Repeat(" ", max(gap, 0)) + label)
		}
		k = n
	}
	if n := len([]rune(numbers.String())); 0 < n && n <= width {
		lines = append(lines, numbers.String())
	}
	return lines
}
