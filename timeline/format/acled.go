package format

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"

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
