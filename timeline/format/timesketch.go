package format

import (
	"strconv"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// What computers log is neither claimed nor confirmed by anybody: no table here
// has a status. Days are as the log has them, in the zone that it states.

// timesketch is the CSV and JSON Lines that Timesketch takes.
// https://timesketch.org/guides/user/import-from-json-csv/
var timesketch = mapping{
	name:  "Timesketch",
	known: func(h *head) bool { return h.has("message", "datetime", "timestamp_desc") && !h.has("source_long") },
	columns: []column{
		{"message", (*rowDecoder).title},
		{"datetime", logged},
		{"timestamp_desc", (*rowDecoder).topic},
		{"tag", logTags},
	},
	finish: tellMoment("datetime"),
}

// plasoDynamic is what plaso's psort writes unless told otherwise.
// https://plaso.readthedocs.io/en/latest/sources/user/Output-and-formatting.html
var plasoDynamic = mapping{
	name:  "plaso",
	known: hasColumns("datetime", "timestamp_desc", "source", "source_long", "message"),
	columns: []column{
		{"datetime", logged},
		{"timestamp_desc", (*rowDecoder).topic},
		{"source", (*rowDecoder).topic},
		{"source_long", nil},
		{"message", (*rowDecoder).title},
		{"display_name", nil},
		{"tag", logTags},
	},
	finish: func(r *rowDecoder) {
		tellMoment("datetime")(r)
		r.artefact("source_long", "display_name")
	},
}

// plasoL2T is plaso's l2tcsv.
var plasoL2T = mapping{
	name:  "plaso l2tcsv",
	known: hasColumns("date", "time", "timezone", "MACB", "desc"),
	columns: []column{
		{"date", monthFirst},
		{"time", nil},
		{"timezone", (*rowDecoder).tz},
		{"source", (*rowDecoder).topic},
		{"sourcetype", nil},
		{"type", (*rowDecoder).topic},
		{"user", func(r *rowDecoder, c cell) { add(&r.event.Actors, unlessDash(c.text)) }},
		{"desc", (*rowDecoder).title},
		{"filename", nil},
	},
	finish: func(r *rowDecoder) {
		r.tell("Logged at " + r.value("time") + " " + r.value("timezone") + ".")
		r.artefact("sourcetype", "filename")
	},
}

// plasoLines is plaso's json_line.
var plasoLines = mapping{
	name:   "plaso json_line",
	known:  hasColumns("timestamp", "data_type", "message"),
	syntax: jsonLineSyntax{},
	columns: []column{
		{"timestamp", microseconds},
		{"timestamp_desc", (*rowDecoder).topic},
		{"message", (*rowDecoder).title},
		{"display_name", nil},
		{"data_type", nil},
		{"username", func(r *rowDecoder, c cell) { add(&r.event.Actors, unlessDash(c.text)) }},
		{"tag.labels", (*rowDecoder).topic},
	},
	finish: func(r *rowDecoder) { r.artefact("data_type", "display_name") },
}

func logged(r *rowDecoder, c cell) { r.event.Date, r.dated = r.isoDay(c), true }

// tellMoment makes what tells the time of day that the date leaves out.
func tellMoment(column string) func(*rowDecoder) {
	return func(r *rowDecoder) {
		if c := r.cell(column); len(c.text) > len("2024-03-12") {
			r.tell("Logged at " + c.text + ".")
		}
	}
}

// monthFirst reads a date as l2tcsv writes it, 03/12/2024, the month first.
func monthFirst(r *rowDecoder, c cell) {
	r.dated = true
	t, err := time.Parse("01/02/2006", c.text)
	if err != nil {
		r.spoil(c, "l2tcsv writes month, day and year, 03/12/2024")
		return
	}
	r.event.Date = r.made(c, t.Format(time.DateOnly))
}

// microseconds reads the day of a moment counted from 1970, which is in UTC.
func microseconds(r *rowDecoder, c cell) {
	r.dated, r.event.TZ = true, "UTC"
	n, err := strconv.ParseInt(c.text, 10, 64)
	if err != nil {
		r.spoil(c, "a timestamp here is a whole number of microseconds since 1970")
		return
	}
	t := time.UnixMicro(n).UTC()
	year, month, day := t.Date()
	r.event.Date = r.made(c, edtf.DayOf(year, int(month), day).String())
	r.tell("Logged at " + t.Format(time.RFC3339Nano) + ".")
}

// artefact adds what an event was read from: the file, and what sort it is.
func (r *rowDecoder) artefact(sort, file string) {
	publisher, title := unlessDash(r.value(sort)), unlessDash(r.value(file))
	if publisher != "" && title != "" {
		r.event.Sources = append(r.event.Sources, source{Publisher: publisher, Title: title, Kind: timeline.Dataset})
	}
}

func logTags(r *rowDecoder, c cell) {
	for _, tag := range strings.FieldsFunc(c.text, func(c rune) bool { return strings.ContainsRune(" ,;|", c) }) {
		add(&r.event.Topics, unlessDash(tag))
	}
}

// unlessDash is text, but for the dash that stands for none.
func unlessDash(text string) string {
	if text == "-" {
		return ""
	}
	return text
}
