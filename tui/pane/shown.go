package pane

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Shown is everything that is on screen: the events of a timeline that a filter
// leaves, in an order, with the search's hits among them. It never changes: a new
// one takes its place, and all panes are handed the same one.
type Shown struct {
	*timeline.Timeline // with the reader's marks and notes
	Query              timeline.Query
	Rows               timeline.Selection // the events that the query selects
	Newest             bool               // newest first
	Hides              []timeline.Hidden  // the events that each term hides
	Search             Search
	unchecked          bool // whether the timeline is that of its file is not known yet

	columns    columns // of the list
	intervals  []interval
	separators []separator

	doubts  []uint32   // the events shown that are in doubt, in order
	doubted bool       // the timeline has such events
	hours   [3][]int64 // the hours since 1970 of each count of a tally, if any event states a time

	counted *Counted // of events that are in a store; then there are no rows
	filed   *filing  // of events that are not here: in a store, or behind the first rows
}

// Show selects the events of t to be shown, and searches them for text. It ends
// early, with some of them, when ctx is done.
func Show(ctx context.Context, t *timeline.Timeline, q timeline.Query, newest bool, text string) *Shown {
	s := &Shown{Timeline: t, Query: q, Newest: newest}
	s.Rows, _ = t.Search(ctx, q)
	s.columns = measure(t)
	if days := t.Beyond(); days != nil {
		s.fileByDay(days)
	}
	s.intervals, s.separators = s.findIntervals(), s.findSeparators()
	s.findDoubts()
	s.findHours()
	if ctx.Err() != nil {
		return s
	}
	s.Hides = t.Hides(q)
	s.Search = s.SearchFor(ctx, text)
	return s
}

// doubtful is what the row of doubt counts.
var doubtful = []timeline.Status{timeline.Claimed, timeline.Alleged, timeline.Disputed, timeline.Unverified}

// findDoubts notes the rows in doubt.
func (s *Shown) findDoubts() {
	var is [1 << 8]bool
	for _, status := range doubtful {
		is[status] = true
	}
	doubt := func(i int) bool { return is[s.Status(i)] }
	for k := range s.Rows.Len() {
		if i := s.Rows.At(k); doubt(i) {
			s.doubts = append(s.doubts, uint32(i))
		}
	}
	s.doubted = s.doubted || len(s.doubts) > 0
	for i := 0; i < s.Len() && !s.doubted; i++ {
		s.doubted = doubt(i)
	}
}

// findHours notes the hour of every event: within a day they are in the order of
// their instants, not of the clocks at the places.
func (s *Shown) findHours() {
	first, last, ok := s.Period()
	if !ok || !s.Timed() || first < -1e15 || last > 1e15 {
		return
	}
	hours := make([]int64, s.Timeline.From(edtf.Future))
	for i := 0; i < len(hours); {
		day := s.Day(i)
		for next := s.Timeline.From(day + 1); i < next; i++ {
			hours[i] = int64(day)*24 + int64(s.Hour(i))
		}
	}
	shown, doubts := make([]int64, s.Rows.Rank(len(hours))), make([]int64, rank(s.doubts, len(hours)))
	for k := range shown {
		shown[k] = hours[s.Rows.At(k)]
	}
	for k := range doubts {
		doubts[k] = hours[s.doubts[k]]
	}
	s.hours = [3][]int64{hours, shown, doubts}
	for _, hours := range s.hours {
		slices.Sort(hours)
	}
}

// rank returns how many positions come before one.
func rank(positions []uint32, i int) int {
	k, _ := slices.BinarySearch(positions, uint32(i))
	return k
}

// A tally counts events: all, those shown, and those shown and in doubt.
type tally [3]int

const (
	ofAll = iota
	ofShown
	ofDoubt
)

// before counts the events filed before an hour of a day. One without a time is
// filed under the first hour.
func (s *Shown) before(d edtf.Day, hour int) tally {
	if s.filed != nil {
		return s.filed.tally(d)
	}
	if hour == 0 {
		i := s.Timeline.From(d)
		return tally{i, s.Rows.Rank(i), rank(s.doubts, i)}
	}
	var n tally
	for k, hours := range s.hours {
		n[k], _ = slices.BinarySearch(hours, int64(d)*24+int64(hour))
	}
	return n
}

// With returns the same events with other marks and notes in their margin.
func (s *Shown) With(m timeline.Margin) *Shown { return s.Of(s.Timeline.WithMargin(m)) }

// Of returns the same events of a timeline that differs in the margin alone.
func (s *Shown) Of(t *timeline.Timeline) *Shown {
	other := *s
	other.Timeline = t
	return &other
}

// Checked returns the same events, whose counts are right or may be wrong.
func (s *Shown) Checked(are bool) *Shown {
	if s.unchecked == !are {
		return s
	}
	other := *s
	other.unchecked = !are
	return &other
}

// Number writes a count, unless it may be wrong.
func (s *Shown) Number(n int) string {
	if s.unchecked {
		return "…"
	}
	return text.Grouped(n)
}

// Counted is Number with a noun.
func (s *Shown) Counted(n int, noun string) string {
	if s.unchecked {
		return "… " + noun + "s"
	}
	return text.Counted(n, noun)
}

// Searched returns the same events with another search.
func (s *Shown) Searched(f Search) *Shown {
	other := *s
	other.Search = f
	return &other
}

// turn converts between a place in the order of time and a row on screen.
func (s *Shown) turn(k int) int {
	if s.Newest {
		return s.Rows.Len() - 1 - k
	}
	return k
}

// At returns the position in the timeline of the event on a row.
func (s *Shown) At(row int) int { return s.Rows.At(s.turn(row)) }

// Dated is how many of the events have a day to be filed under. The others come
// last in time.
func (s *Shown) Dated() int {
	if s.filed != nil {
		return s.filed.tally(edtf.Future)[ofShown]
	}
	return s.Rows.Rank(s.From(edtf.Future))
}

// A Search moves among the events that contain a text; it hides nothing.
type Search struct {
	Text   string
	Needle string // folded
	Hits   timeline.Selection
}

// SearchFor searches the events for text.
func (s *Shown) SearchFor(ctx context.Context, typed string) Search {
	needle := text.Fold(typed)
	if needle == "" {
		return Search{}
	}
	hits, _ := s.Timeline.Search(ctx, s.Query.And(timeline.Is(timeline.TextField, typed)))
	return Search{typed, needle, hits}
}

// From returns the hit nearest to an event in the direction of step, around the
// end. The event itself counts if here.
func (f *Search) From(event, step int, here bool) (int, bool) {
	n := f.Hits.Len()
	if n == 0 {
		return 0, false
	}
	k, on := f.Hits.Has(event)
	switch {
	case on && here:
	case on:
		k += step
	case step < 0:
		k--
	}
	return f.Hits.At((k%n + n) % n), true
}

// Status says how many hits there are, and which of them an event is.
func (f *Search) Status(event int, newest bool) string {
	n := f.Hits.Len()
	if n == 0 {
		return fmt.Sprintf("“%s” not found", text.Clean(f.Text))
	}
	if k, on := f.Hits.Has(event); on {
		if newest {
			k = n - 1 - k
		}
		return fmt.Sprintf("“%s” %s/%s", text.Clean(f.Text), text.Grouped(k+1), text.Grouped(n))
	}
	return fmt.Sprintf("“%s” %s found", text.Clean(f.Text), text.Grouped(n))
}

// An interval is days that shown intervals cover without a gap.
//
// An open interval counts as the day it is filed under, or it would cover all that
// follows. A coarse date is no interval: "in June" says when, not how long.
type interval struct{ from, to edtf.Day }

// findIntervals returns them in the order of time.
func (s *Shown) findIntervals() []interval {
	var found []interval
	wide := s.Rows.And(s.Wide())
	for w := range wide.Len() {
		i := wide.At(w)
		if !s.isInterval(i) {
			continue
		}
		from, to := s.Span(i)
		if from == edtf.Past || to == edtf.Future {
			from, to = s.Day(i), s.Day(i)
		}
		if n := len(found) - 1; n >= 0 && from <= found[n].to {
			found[n].to = max(found[n].to, to)
			continue
		}
		found = append(found, interval{from, to})
	}
	return found
}

func (s *Shown) isInterval(i int) bool {
	from, to := s.Span(i)
	return from != to && s.Date(i).Interval()
}

// A separator is a line between rows: a heading, or a gap within the month. A
// heading also tells the gap that ends there.
type separator struct {
	row  int // it stands before this row
	kind separatorKind

	heading heading
	again   bool // it stands further up already, with its count
	events  int  // shown under the heading
	all     int  // the events under the heading, shown or not

	days   int // the length of the gap, if there is one
	hidden int // by the filter, in the gap
}

type separatorKind int

const (
	isGap separatorKind = iota
	isHeading
)

// findSeparators returns the separators from the top, one before a row. Days that
// state nothing but themselves are counted without being looked at, so that the
// work grows with the days and with the dates of more than a day.
func (s *Shown) findSeparators() []separator {
	if s.Rows.Len() == 0 {
		return nil
	}
	all := slices.Concat(s.findHeadings(), s.findGaps())
	slices.SortStableFunc(all, func(a, b separator) int { return cmp.Compare(a.row, b.row) })
	found := all[:1]
	for _, sep := range all[1:] {
		if last := &found[len(found)-1]; last.row == sep.row {
			last.days, last.hidden = sep.days, sep.hidden
			continue
		}
		found = append(found, sep)
	}
	return found
}

func (s *Shown) findHeadings() []separator {
	var found []separator
	at := make(map[heading]int) // where each stands first
	under, first := heading{}, 0
	from, to := edtf.Future, edtf.Past // the days certainly under it
	wide := s.Rows.And(s.Wide())
	for row := 0; row < s.Rows.Len(); {
		i := s.At(row)
		if day := s.Day(i); day < from || day > to || s.Precision(i) != edtf.ToDay {
			if h := s.headingOf(i); row == 0 || h != under {
				n, again := at[h]
				if !again {
					n = len(found)
					at[h] = n
				}
				found = append(found, separator{row: row, kind: isHeading, heading: h, again: again, all: s.under(h)})
				under, first = h, n
				from, to = edtf.Future, edtf.Past
				if h.month != 0 && h.stated == edtf.ToDay {
					from, to = h.days()
				}
			}
		}
		next := s.nextLook(row, from, to, wide)
		found[first].events += next - row
		row = next
	}
	return found
}

// nextLook returns the next row that may not stand under the same heading: it is
// outside the days from..to, or its date is wide.
func (s *Shown) nextLook(row int, from, to edtf.Day, wide timeline.Selection) int {
	i := s.At(row)
	if day := s.Day(i); day < from || day > to {
		return row + 1
	}
	k := s.turn(row)
	if s.Newest {
		least := s.Rows.Rank(s.From(from))
		if w := wide.Rank(i); w > 0 {
			least = max(least, s.Rows.Rank(wide.At(w-1))+1)
		}
		return s.turn(min(least, k) - 1)
	}
	most := s.Rows.RankFrom(k, s.From(to+1))
	if w := wide.Rank(i + 1); w < wide.Len() {
		most = min(most, s.Rows.RankFrom(k, wide.At(w)))
	}
	return max(most, k+1)
}

// findGaps names the gaps worth naming: a week or more, and twice as long as is
// usual between events.
func (s *Shown) findGaps() []separator {
	n := s.Rows.Len()
	usual := 0
	if last := s.Day(s.Rows.At(n - 1)); last != edtf.Future {
		usual = int(last-s.Day(s.Rows.At(0))) / s.all()
	}
	var found []separator
	for k := s.nextDay(0); k < n; k = s.nextDay(k) {
		if gap, hidden := s.gap(s.Rows.At(k-1), s.Rows.At(k)); gap >= 7 && gap >= 2*usual {
			row := k
			if s.Newest {
				row = s.turn(k - 1)
			}
			found = append(found, separator{row: row, kind: isGap, days: gap, hidden: hidden})
		}
	}
	return found
}

// all counts the events shown, with those behind the rows.
func (s *Shown) all() int {
	if s.filed == nil {
		return s.Rows.Len()
	}
	return s.filed.before[ofShown][len(s.filed.starts)]
}

// nextDay returns the first event after the k-th, in the order of time, that is
// filed under another day.
func (s *Shown) nextDay(k int) int {
	day := s.Day(s.Rows.At(k))
	if k+1 < s.Rows.Len() && s.Day(s.Rows.At(k+1)) != day {
		return k + 1 // the usual case, and cheap to test
	}
	if day == edtf.Future {
		return s.Rows.Len()
	}
	return s.Rows.RankFrom(k, s.From(day+1))
}

// gap returns the days between two events without either, the earlier first, and
// how many events the filter hides between them.
func (s *Shown) gap(a, b int) (days, hidden int) {
	end, start := s.Reach(a), s.Day(b)
	if start == edtf.Future {
		return 0, 0
	}
	return int(start - end - 1), b - a - 1
}

// A heading names the month that events are filed under or, where they state no
// day, month or year, the season, year, decade or century they do state. An
// interval stands under the month it begins in, if it states one. The zero
// heading is for events without a date.
//
// A heading may stand in a list twice: an event that states only January comes
// between those of the first and the second.
type heading struct {
	stated      edtf.Precision // ToDay for whole months
	year, month int            // the first of several
}

// headingOf returns the heading of event i.
func (s *Shown) headingOf(i int) heading {
	day := s.Day(i)
	if day == edtf.Future {
		return heading{}
	}
	year, month, _ := day.Civil()
	stated := s.Precision(i)
	switch {
	case stated == edtf.ToMonth && s.Date(i).Interval():
		stated = edtf.ToDay
	case stated == edtf.ToSeason:
		if month < 3 {
			year, month = year-1, 12
		}
		month -= month % 3
	case stated >= edtf.ToYear:
		year, month = firstOf(year, yearsIn(stated)), 1
	}
	return heading{stated, year, month}
}

func yearsIn(stated edtf.Precision) int {
	return [...]int{edtf.ToYear: 1, edtf.ToDecade: 10, edtf.ToCentury: 100}[stated]
}

// firstOf returns the first of the n years that share a year's leading digits:
// 2020 for 202X, -29 for -002X.
func firstOf(year, n int) int {
	if year < 0 {
		return year - year%n - n + 1
	}
	return year - year%n
}

// days returns the first and the last day that the heading names.
func (h heading) days() (from, to edtf.Day) {
	year, month := h.year, h.month
	switch h.stated {
	case edtf.ToDay, edtf.ToMonth:
		month++
	case edtf.ToSeason:
		month += 3
	default:
		year += yearsIn(h.stated)
	}
	return edtf.DayOf(h.year, h.month, 1), edtf.DayOf(year, month, 0)
}

// under counts the events under a heading, shown or not. A date that states no
// day is filed under the first day it may mean, or the last.
func (s *Shown) under(h heading) int {
	if h == (heading{}) {
		return s.Len() - s.From(edtf.Future)
	}
	from, to := h.days()
	n := 0
	if h.stated == edtf.ToDay {
		n = s.From(to+1) - s.From(from)
	}
	wide := s.Wide()
	for _, day := range []edtf.Day{from, to} {
		first, end := wide.Rank(s.From(day)), wide.Rank(s.From(day+1))
		for k := first; k < end; k++ {
			switch is := s.headingOf(wide.At(k)) == h; {
			case is && h.stated != edtf.ToDay:
				n++
			case !is && h.stated == edtf.ToDay:
				n--
			}
		}
	}
	return n
}

func (h heading) String() string {
	switch {
	case h == heading{}:
		return "date not known"
	case h.stated == edtf.ToDay:
		return fmt.Sprintf("%s %s", time.Month(h.month), yearName(h.year))
	case h.stated == edtf.ToMonth:
		return fmt.Sprintf("%s %s, day not stated", time.Month(h.month), yearName(h.year))
	case h.stated == edtf.ToSeason:
		season := [...]string{3: "spring", 6: "summer", 9: "autumn", 12: "winter"}[h.month]
		return fmt.Sprintf("%s %s, month not stated", season, yearName(h.year))
	case h.stated == edtf.ToYear:
		return yearName(h.year) + ", month not stated"
	}
	return fmt.Sprintf("%s–%s, year not stated", yearName(h.year), yearName(h.year+yearsIn(h.stated)-1))
}

func yearName(year int) string {
	if year <= 0 {
		return fmt.Sprintf("%d BC", 1-year)
	}
	return fmt.Sprint(year)
}
