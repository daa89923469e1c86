package format

import (
	"cmp"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// acled is ACLED's CSV. People code it, so that every event is reported.
// https://acleddata.com/knowledge-base
var acled = mapping{
	name:   "ACLED",
	known:  hasColumns("event_id_cnty", "event_date"),
	status: timeline.Reported,
	columns: []column{
		{"event_id_cnty", (*rowDecoder).id},
		{"event_date", nil},
		{"time_precision", nil},
		{"disorder_type", (*rowDecoder).topics},
		{"event_type", (*rowDecoder).topic},
		{"sub_event_type", (*rowDecoder).topic},
		{"actor1", (*rowDecoder).actor},
		{"assoc_actor_1", (*rowDecoder).actors},
		{"actor2", (*rowDecoder).actor},
		{"assoc_actor_2", (*rowDecoder).actors},
		{"civilian_targeting", (*rowDecoder).topic},
		{"country", nil},
		{"admin1", nil},
		{"location", nil},
		{"source", nil},
		{"notes", (*rowDecoder).summary},
		{"fatalities", nil},
	},
	finish: finishACLED,
}

func finishACLED(r *rowDecoder) {
	r.event.Date, r.dated = acledDate(r, r.cell("event_date"), r.value("time_precision"))
	add(&r.event.Places, within(r.value("location"), r.value("admin1"), r.value("country")))

	what := cmp.Or(r.value("sub_event_type"), r.value("event_type"))
	who := r.value("actor1")
	if second := r.value("actor2"); second != "" && who != "" {
		who += " – " + second
	}
	r.event.Title = headline(what, who, r.value("location"))
	if n := r.value("fatalities"); n != "" && n != "0" {
		r.tell("ACLED counts " + numbered(n, "fatality", "fatalities") + ".")
	}
	for name := range list(r.value("source")) {
		r.cites("ACLED", "Event "+r.event.ID, name)
	}
}

// acledDate reads a date as exactly as ACLED knows it: a day, a day of the week
// around it, or the month.
func acledDate(r *rowDecoder, c cell, precision string) (date edtf.Date, stated bool) {
	if c.text == "" {
		return edtf.Date{}, false
	}
	day := ""
	for _, layout := range []string{time.DateOnly, "2 January 2006", "02-01-2006"} { // of the API, the export tool, older files
		if t, err := time.Parse(layout, c.text); err == nil {
			day = t.Format(time.DateOnly)
		}
	}
	if day == "" {
		r.spoil(c, "this is no day as ACLED writes one: 2024-03-12, 12 March 2024 or 12-03-2024")
		return edtf.Date{}, true
	}
	switch precision {
	case "2":
		r.doubt("ACLED knows the week, not the day.")
		return r.made(c, day+"~"), true
	case "3":
		r.doubt("ACLED knows the month, not the day.")
		return r.made(c, day[:len("2024-03")]), true
	}
	return r.made(c, day), true
}

// headline is a title made of what happened, to whom, and where.
func headline(what, who, where string) string {
	title := what
	if who != "" && what != "" {
		title += ": "
	}
	title += who
	if where != "" && title != "" {
		title += " (" + where + ")"
	}
	return title
}
