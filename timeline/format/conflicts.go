package format

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// acled reads ACLED's CSV. People code it, so every event is reported.
// https://acleddata.com/knowledge-base
var acled = mapping{
	status: timeline.Reported,
	columns: slices.Concat(kept("event_date", "year", "time_precision", "country", "admin1", "location", "source", "fatalities"), []column{
		{"event_id_cnty", (*rowDecoder).id},
		{"disorder_type", (*rowDecoder).topics},
		{"event_type", (*rowDecoder).topic},
		{"sub_event_type", (*rowDecoder).topic},
		{"actor1", (*rowDecoder).actor},
		{"assoc_actor_1", (*rowDecoder).actors},
		{"ally_actor_1", (*rowDecoder).actors}, // of early versions
		{"actor2", (*rowDecoder).actor},
		{"assoc_actor_2", (*rowDecoder).actors},
		{"ally_actor_2", (*rowDecoder).actors},
		{"civilian_targeting", (*rowDecoder).topic},
		{"notes", (*rowDecoder).summary},
	}),
	leaves: `data_id event_id_no_cnty gwno year inter1 inter2 interaction iso iso3 region admin2 admin3 latitude longitude
		geo_precision geo_precis source_scale tags timestamp population_1km population_2km population_5km population_best`,
	finish: finishACLED,
	same:   sameButForOrder,
}

// sameButForOrder reports whether two events differ at most in the order of their
// actors. Where ACLED lists each actor in a row of its own, an event has two rows,
// with the actors swapped.
func sameButForOrder(a, b *timeline.Event) bool {
	first, second := *a, *b
	first.Actors, second.Actors = slices.Sorted(slices.Values(a.Actors)), slices.Sorted(slices.Values(b.Actors))
	first.Title, second.Title = "", ""
	return reflect.DeepEqual(first, second)
}

func finishACLED(r *rowDecoder) {
	r.event.Date, r.dated = acledDate(r, r.cell("event_date"), r.value("time_precision"))
	addUnique(&r.event.Places, placeWithin(r.value("location"), r.value("admin1"), r.value("country")))

	action := cmp.Or(r.value("sub_event_type"), r.value("event_type"))
	who := r.value("actor1")
	if second := r.value("actor2"); second != "" && who != "" {
		who += " – " + second
	}
	r.event.Title = headline(action, who, r.value("location"))
	r.weigh(r.value("fatalities"))
	if n := r.value("fatalities"); n != "" && n != "0" {
		r.addSummary("ACLED counts " + counted(n, "fatality", "fatalities") + ".")
	}
	for name := range splitList(r.value("source")) {
		r.addCited("ACLED", "Event "+r.event.ID, name)
	}
}

// acledDate reads a date no more exactly than ACLED knows it: the day, the week
// around it, or the month.
func acledDate(r *rowDecoder, c cell, precision string) (date edtf.Date, stated bool) {
	if c.text == "" {
		return edtf.Date{}, false
	}
	known := edtf.Convention{Order: edtf.DayFirst} // 2024-03-12 of the API, 12 March 2024 of the export tool, 12-03-2024 of older files
	known.Year, _ = strconv.ParseInt(r.value("year"), 10, 64)
	date = r.dateOf("date", c, known) // 12-Mar-24, as spreadsheets save it
	if date.IsZero() {
		return date, true
	}
	day := date.String()
	if date.Precision() != edtf.ToDay || len(day) != len("2024-03-12") {
		r.reject(c, "ACLED writes a day, such as 2024-03-12 or 12 March 2024")
		return edtf.Date{}, true
	}
	switch precision {
	case "2":
		r.addCaveat("ACLED knows the week, not the day.")
		return r.parseDate(c, day+"~"), true
	case "3":
		r.addCaveat("ACLED knows the month, not the day.")
		return r.parseDate(c, day[:len("2024-03")]), true
	}
	return date, true
}

// headline makes a title of an action, its actors and a place.
func headline(action, who, where string) string {
	title := action
	if who != "" && action != "" {
		title += ": "
	}
	title += who
	if where != "" && title != "" {
		title += " (" + where + ")"
	}
	return title
}

// ucdp reads the Georeferenced Event Dataset of the Uppsala Conflict Data Program.
// People code it, so every event is reported. https://ucdp.uu.se/downloads/
var ucdp = mapping{
	status: timeline.Reported,
	columns: slices.Concat(kept("dyad_name", "source_article", "source_office", "source_date", "source_headline", "source_original", "where_coordinates",
		"adm_1", "country", "event_clarity", "date_prec", "date_start", "date_end", "best", "high", "low", "best_est", "high_est",
		"low_est"), []column{
		{"id", func(r *rowDecoder, c cell) { r.event.ID = "ucdp-" + c.text }},
		{"type_of_violence", ucdpViolence},
		{"conflict_name", (*rowDecoder).topic},
		{"side_a", (*rowDecoder).actor},
		{"side_b", (*rowDecoder).actor},
	}),
	leaves: `relid year active_year code_status conflict_dset_id conflict_new_id conflict_id dyad_dset_id dyad_new_id dyad_id
		side_a_dset_id side_a_new_id side_a_id side_b_dset_id side_b_new_id side_b_id number_of_sources where_prec where_description adm_2
		latitude longitude geom_wkt priogrid_gid country_id region deaths_a deaths_b deaths_civilians deaths_unknown gwnoa gwnob
		gwno_a gwno_b isocc gwno gwab version`,
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
	start, end := r.ucdpDay(first), edtf.Date{}
	if last.text != "" {
		end = r.ucdpDay(last)
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

// ucdpDay reads a day, behind which UCDP writes a time of zeros.
func (r *rowDecoder) ucdpDay(c cell) edtf.Date {
	if day, clock, _ := strings.Cut(c.text, " "); strings.Trim(clock, "0:.") == "" {
		c.text = day
	}
	return r.looseDate(c)
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
	best := cmp.Or(r.value("best"), r.value("best_est"))
	low, high := cmp.Or(r.value("low"), r.value("low_est")), cmp.Or(r.value("high"), r.value("high_est"))
	if best == "" {
		return ""
	}
	r.weigh(best)
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
	if len(offices) == 0 {
		for _, article := range beside(r.value("source_article")) {
			r.addCited("UCDP", "Event "+strings.TrimPrefix(r.event.ID, "ucdp-"), article)
		}
	}
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

// conflictYears reads the Armed Conflict Dataset of UCDP and PRIO, which has a row
// for each year of a conflict. https://ucdp.uu.se/downloads/
var conflictYears = mapping{
	status: timeline.Reported,
	columns: slices.Concat(kept("territory_name", "incompatibility", "intensity_level", "type_of_conflict"), []column{
		{"location", (*rowDecoder).places},
		{"side_a", (*rowDecoder).actor},
		{"side_b", (*rowDecoder).actor},
		{"year", func(r *rowDecoder, c cell) { r.event.Date, r.dated = r.looseDate(c), true }},
	}),
	leaves: `conflict_id side_a_id side_a_2nd side_b_id side_b_dyad_name side_b_2nd cumulative_intensity start_date start_prec start_date2 start_prec2
		ep_end ep_end_date ep_end_prec gwno_a gwno_a_2nd gwno_b gwno_b_2nd gwno_loc region version`,
	finish: func(r *rowDecoder) {
		who := r.value("side_a")
		if other := r.value("side_b"); other != "" {
			who += " – " + other
		}
		r.event.Title = headline("Armed conflict", who, r.value("location"))
		addUnique(&r.event.Topics, codedAs(r.value("type_of_conflict"), "extrasystemic conflict", "interstate conflict", "intrastate conflict", "internationalised intrastate conflict"))
		over := codedAs(r.value("incompatibility"), "territory", "government", "government and territory")
		if name := r.value("territory_name"); name != "" && over != "" {
			over += " (" + name + ")"
		}
		if over != "" {
			r.addSummary("Over " + over + ".")
		}
		if deaths := codedAs(r.value("intensity_level"), "25 to 999 battle-related deaths", "at least 1,000 battle-related deaths"); deaths != "" {
			r.addSummary("UCDP counts " + deaths + " in the year.")
		}
	},
}

// codedAs returns what a code means, from 1 on, or nothing.
func codedAs(code string, meanings ...string) string {
	if n, err := strconv.Atoi(code); err == nil && 0 < n && n <= len(meanings) {
		return meanings[n-1]
	}
	return ""
}

func isConflictYears(h *head) bool {
	return h.has("conflict_id", "side_a", "side_b", "year", "intensity_level")
}
