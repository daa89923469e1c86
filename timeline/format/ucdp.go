package format

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// ucdp reads the Georeferenced Event Dataset of the Uppsala Conflict Data Program.
// People code it, so every event is reported. https://ucdp.uu.se/downloads/
var ucdp = mapping{
	status: timeline.Reported,
	columns: []column{
		{"id", func(r *rowDecoder, c cell) { r.event.ID = "ucdp-" + c.text }},
		{"type_of_violence", ucdpViolence},
		{"conflict_name", (*rowDecoder).topic},
		{"dyad_name", nil},
		{"side_a", (*rowDecoder).actor},
		{"side_b", (*rowDecoder).actor},
		{"source_office", nil},
		{"source_date", nil},
		{"source_headline", nil},
		{"source_original", nil},
		{"where_coordinates", nil},
		{"adm_1", nil},
		{"country", nil},
		{"event_clarity", nil},
		{"date_prec", nil},
		{"date_start", nil},
		{"date_end", nil},
		{"best", nil},
		{"high", nil},
		{"low", nil},
	},
	finish: finishUCDP,
}

func finishUCDP(r *rowDecoder) {
	ucdpDate(r)
	where := r.value("where_coordinates")
	addUnique(&r.event.Places, placeWithin(where, r.value("adm_1"), r.value("country")))
	title := r.value("dyad_name")
	if deaths := ucdpDeaths(r); deaths != "" && title != "" {
		title += ": " + deaths
		r.addSummary("UCDP counts " + deaths + ".")
	}
	r.event.Title = title
	if r.value("event_clarity") == "2" {
		r.addCaveat("UCDP could not identify it in full from the reports.")
	}
	ucdpSources(r)
}

// ucdpDate reads the first and last day on which the event may have happened.
func ucdpDate(r *rowDecoder) {
	first, last := r.cell("date_start"), r.cell("date_end")
	if first.text == "" {
		return
	}
	r.dated = true
	start, end := r.isoDay(first), edtf.Date{}
	if last.text != "" {
		end = r.isoDay(last)
	}
	exact := r.value("date_prec") == "1" || r.value("date_prec") == ""
	if r.rejected {
		return
	}
	r.event.Date = r.interval(last, start, end)
	switch {
	case exact:
	case !r.event.Date.Interval():
		r.event.Date = r.parseDate(first, r.event.Date.String()+"~")
	default:
		if whole := wholePeriod(start, end); whole != "" {
			r.event.Date = r.parseDate(first, whole)
		}
	}
	if !exact {
		r.addCaveat("UCDP does not know the day, only that it lies within this time.")
	}
}

// wholePeriod returns the month or year that two days begin and end, or nothing.
func wholePeriod(start, end edtf.Date) string {
	from, _ := start.Earliest()
	to, _ := end.Latest()
	year, month, _ := from.Civil()
	switch {
	case from == edtf.DayOf(year, 1, 1) && to == edtf.DayOf(year, 12, 31):
		return fmt.Sprintf("%04d", year)
	case from == edtf.DayOf(year, month, 1) && to == edtf.DayOf(year, month+1, 0):
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return ""
}

// ucdpDeaths returns the best estimate of deaths, with the lowest and highest if
// they differ.
func ucdpDeaths(r *rowDecoder) string {
	best, low, high := r.value("best"), r.value("low"), r.value("high")
	if best == "" {
		return ""
	}
	said := counted(best, "death", "deaths")
	if low != "" && high != "" && low != high {
		said += fmt.Sprintf(" (%s–%s)", low, high)
	}
	return said
}

// ucdpSources adds the sources that a row has in parallel lists: publishers, days,
// headlines and the sources these cite. Where the lists differ in length nobody can
// tell which entries belong together, and only the publishers are read.
func ucdpSources(r *rowDecoder) {
	offices, headlines := beside(r.value("source_office")), beside(r.value("source_headline"))
	days, originals := beside(r.value("source_date")), beside(r.value("source_original"))
	for i, office := range offices {
		if len(headlines) != len(offices) || headlines[i] == "" || office == "" {
			r.addCited("UCDP", "Event "+strings.TrimPrefix(r.event.ID, "ucdp-"), office)
			continue
		}
		s := source{Publisher: office, Title: headlines[i]}
		if len(days) == len(offices) {
			day, _, _ := splitClock(days[i])
			s.Published, _ = edtf.Parse(day)
		}
		if len(originals) == len(offices) {
			s.AttributedTo = originals[i]
		}
		r.event.Sources = append(r.event.Sources, s)
	}
	if len(originals) > 0 && len(originals) != len(offices) {
		r.addSummary("According to " + strings.Join(originals, "; ") + ".")
	}
}

// beside splits a list at its semicolons and keeps empty entries, so that parallel
// lists match.
func beside(text string) []string {
	if text == "" {
		return nil
	}
	parts := strings.Split(text, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func ucdpViolence(r *rowDecoder, c cell) {
	switch c.text {
	case "1":
		addUnique(&r.event.Topics, "state-based conflict")
	case "2":
		addUnique(&r.event.Topics, "non-state conflict")
	case "3":
		addUnique(&r.event.Topics, "one-sided violence")
	}
}
