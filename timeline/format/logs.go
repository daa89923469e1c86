package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// Nobody claims or confirms a line of a log, so no mapping here has a status. Days
// are those of the log, in its zone.

// timesketch reads the CSV and JSON Lines of Timesketch.
// https://timesketch.org/guides/user/import-from-json-csv/
var timesketch = mapping{
	columns: []column{
		{"message", (*rowDecoder).title},
		{"datetime", logged},
		{"timestamp", nil},
		{"timestamp_desc", (*rowDecoder).topic},
		{"tag", logTags},
	},
	finish: func(r *rowDecoder) {
		addTime("datetime")(r)
		r.compareTimestamp(r.cell("timestamp"))
	},
}

// plasoDynamic reads the default output of plaso's psort.
// https://plaso.readthedocs.io/en/latest/sources/user/Output-and-formatting.html
var plasoDynamic = mapping{
	columns: []column{
		{"datetime", logged},
		{"timestamp_desc", (*rowDecoder).topic},
		{"source", (*rowDecoder).topic},
		{"source_long", nil},
		{"message", (*rowDecoder).title},
		{"display_name", nil},
		{"tag", logTags},
	},
	leaves: "parser",
	finish: func(r *rowDecoder) {
		addTime("datetime")(r)
		r.addArtefact("source_long", "display_name")
	},
}

// plasoL2T reads plaso's l2tcsv.
var plasoL2T = mapping{
	columns: slices.Concat(kept("time", "sourcetype", "filename"), []column{
		{"date", monthFirst},
		{"timezone", (*rowDecoder).tz},
		{"source", (*rowDecoder).topic},
		{"type", (*rowDecoder).topic},
		{"user", func(r *rowDecoder, c cell) { addUnique(&r.event.Actors, unlessDash(c.text)) }},
		{"desc", (*rowDecoder).title},
	}),
	leaves: "MACB host short version inode notes format extra",
	finish: func(r *rowDecoder) {
		if clock := r.value("time"); !r.rejected && r.dated && fits(clock, "dd:dd:dd") {
			zone := ""
			if r.event.TZ == "UTC" {
				zone = "Z"
			}
			r.event.Date = r.parseDate(r.cell("time"), r.event.Date.String()+"T"+clock+zone)
		}
		r.addSummary("Logged at " + r.value("time") + " " + r.value("timezone") + ".")
		r.addArtefact("sourcetype", "filename")
	},
}

// plasoLines reads plaso's json_line.
var plasoLines = mapping{
	syntax: jsonLineSyntax{},
	columns: []column{
		{"timestamp", microseconds},
		{"timestamp_desc", (*rowDecoder).topic},
		{"message", (*rowDecoder).title},
		{"display_name", nil},
		{"data_type", nil},
		{"username", func(r *rowDecoder, c cell) { addUnique(&r.event.Actors, unlessDash(c.text)) }},
		{"tag.labels", (*rowDecoder).topic},
	},
	finish: func(r *rowDecoder) { r.addArtefact("data_type", "display_name") },
}

// logged reads the moment of an entry.
func logged(r *rowDecoder, c cell) {
	r.event.Date, r.dated = r.looseDate(c), true
	if _, _, utc := splitClock(c.text); utc {
		r.event.TZ = "UTC"
	}
}

// compareTimestamp warns if the event's date is not the moment of a timestamp, a
// number of seconds, milliseconds or microseconds since 1970, to the second.
func (r *rowDecoder) compareTimestamp(c cell) {
	n, err := strconv.ParseInt(c.text, 10, 64)
	day, dated := r.event.Date.Earliest()
	clock, timed := r.event.Date.Clock()
	if err != nil || !dated || !timed {
		return
	}
	stamp := time.UnixMicro(n)
	switch len(c.text) {
	case len("1710203400"):
		stamp = time.Unix(n, 0)
	case len("1710203400000"):
		stamp = time.UnixMilli(n)
	}
	moment := time.Unix(int64(day-edtf.DayOf(1970, 1, 1))*24*60*60, 0).Add(clock.Since - clock.Offset)
	if moment.Sub(stamp).Abs() >= time.Second {
		r.report(Problem{Field: fieldOf(c.column, c.text), Kind: "timestamp and datetime", Warning: true,
			Text: fmt.Sprintf("this is %s, but datetime is %s; datetime is read", stamp.UTC().Format(time.RFC3339), r.value("datetime"))}, c.at)
	}
}

// addTime returns a finish that adds the time, which the date leaves out, to the
// summary.
func addTime(column string) func(*rowDecoder) {
	return func(r *rowDecoder) {
		if c := r.cell(column); len(c.text) > len("2024-03-12") {
			r.addSummary("Logged at " + c.text + ".")
		}
	}
}

// monthFirst reads a date of l2tcsv, 03/12/2024, which has the month first.
func monthFirst(r *rowDecoder, c cell) {
	r.dated = true
	t, err := time.Parse("01/02/2006", c.text)
	if err != nil {
		r.reject(c, "l2tcsv writes month, day and year, 03/12/2024")
		return
	}
	r.event.Date = r.parseDate(c, t.Format(time.DateOnly))
}

// microseconds reads a time in microseconds since 1970, in UTC.
func microseconds(r *rowDecoder, c cell) {
	r.dated, r.event.TZ = true, "UTC"
	n, err := strconv.ParseInt(c.text, 10, 64)
	if err != nil {
		r.reject(c, "a timestamp in this format is a whole number of microseconds since 1970")
		return
	}
	t := time.UnixMicro(n).UTC()
	logged := t.Format(time.RFC3339Nano)
	if year, month, day := t.Date(); year < 0 || year > 9999 {
		r.event.Date = r.parseDate(c, edtf.DayOf(year, int(month), day).String())
	} else {
		r.event.Date = r.looseDate(cell{c.column, logged, c.at})
	}
	r.addSummary("Logged at " + logged + ".")
}

// addArtefact adds the file that an event was read from, and its kind, as a
// source.
func (r *rowDecoder) addArtefact(sort, file string) {
	publisher, title := unlessDash(r.value(sort)), unlessDash(r.value(file))
	if publisher != "" && title != "" {
		r.event.Sources = append(r.event.Sources, source{Publisher: publisher, Title: title, Kind: timeline.Dataset})
	}
}

// logTags reads tags, as a list in brackets or with blanks, commas or bars between
// them.
func logTags(r *rowDecoder, c cell) {
	tags, ok := bracketed(c.text)
	if !ok {
		tags = strings.FieldsFunc(c.text, func(c rune) bool { return strings.ContainsRune(" ,;|", c) })
	}
	for _, tag := range tags {
		addUnique(&r.event.Topics, unlessDash(tag))
	}
}

// unlessDash returns text, or nothing for the dash that stands for no value.
func unlessDash(text string) string {
	if text == "-" {
		return ""
	}
	return text
}

// Hayabusa and Chainsaw search the event logs of Windows with rules. What they find
// are events titled by the rule. A rule suspects and confirms nothing, so no event
// has a status.

// hayabusa reads the CSV, JSON and JSON Lines of Hayabusa, in any of its profiles.
// https://github.com/Yamato-Security/hayabusa
var hayabusa = mapping{
	columns: slices.Concat(kept("EventID", "RecordID", "EvtxFile"), []column{
		{"Timestamp", logged},
		{"RuleTitle", (*rowDecoder).title},
		{"Level", (*rowDecoder).topic},
		{"Computer", (*rowDecoder).place},
		{"Channel", (*rowDecoder).topic},
		{"Details", (*rowDecoder).detail},
		{"Details.*", (*rowDecoder).detail},
		{"ExtraFieldInfo", (*rowDecoder).detail},
		{"ExtraFieldInfo.*", (*rowDecoder).detail},
		{"MitreTactics", ruleTags},
		{"MitreTags", ruleTags},
		{"OtherTags", ruleTags},
	}),
	leaves: "RuleID RuleFile RuleAuthor RuleCreationDate RuleModifiedDate Status Provider",
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("Timestamp")(r)
		r.addLogRecord("EventID", "RecordID")
		r.addArtefact("Channel", "EvtxFile")
	},
}

// chainsaw reads the CSV of chainsaw hunt.
// https://github.com/WithSecureLabs/chainsaw
var chainsaw = mapping{
	columns: slices.Concat(kept("path", "Event.System.Provider", "Event ID", "Record ID"), []column{
		{"timestamp", logged},
		{"detections", chainsawRules},
		{"Computer", (*rowDecoder).place},
		{"Event Data", (*rowDecoder).detail},
	}),
	leaves: "count",
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("timestamp")(r)
		r.addLogRecord("Event ID", "Record ID")
		r.addArtefact("Event.System.Provider", "path")
	},
}

// chainsawJSON reads the JSON and JSON Lines of chainsaw hunt. Its id is the rule's.
var chainsawJSON = mapping{
	columns: slices.Concat(kept("document.kind", "document.path", "document.data.Event.System.EventID", "document.data.Event.System.EventRecordID"), []column{
		{"timestamp", logged},
		{"name", (*rowDecoder).title},
		{"group", (*rowDecoder).topic},
		{"level", (*rowDecoder).topic},
		{"tags", (*rowDecoder).topic},
		{"references", (*rowDecoder).url},
		{"document.data.Event.System.Computer", (*rowDecoder).place},
		{"document.data.Event.EventData.*", (*rowDecoder).detail},
	}),
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("timestamp")(r)
		r.addLogRecord("document.data.Event.System.EventID", "document.data.Event.System.EventRecordID")
		r.addArtefact("document.kind", "document.path")
	},
}

// detail adds a value, or several with names, to the summary.
func (r *rowDecoder) detail(c cell) {
	if detail := unlessDash(c.text); detail != "" && r.event.Summary != "" {
		r.event.Summary += "; " + detail
	} else {
		r.event.Summary += detail
	}
}

// endSentence ends the details with a stop.
func (r *rowDecoder) endSentence() {
	if s := r.event.Summary; s != "" && !strings.HasSuffix(s, ".") {
		r.event.Summary += "."
	}
}

// addLogRecord adds the numbers that a log gives an event and its record.
func (r *rowDecoder) addLogRecord(event, record string) {
	said := ""
	if n := unlessDash(r.value(event)); n != "" {
		said = "Event ID " + n
	}
	if n := unlessDash(r.value(record)); n != "" {
		if said != "" {
			said += ", "
		}
		said += "record " + n
	}
	if said != "" {
		r.addSummary(said + ".")
	}
}

// ruleTags reads tags, between which Hayabusa writes a broken bar.
func ruleTags(r *rowDecoder, c cell) {
	for tag := range strings.SplitSeq(c.text, "¦") {
		addUnique(&r.event.Topics, unlessDash(strings.TrimSpace(tag)))
	}
}

// chainsawRules reads the rules that an event fits, each behind a bullet.
func chainsawRules(r *rowDecoder, c cell) {
	var rules []string
	for _, rule := range strings.FieldsFunc(c.text, func(c rune) bool { return c == '‣' || c == '•' }) {
		addUnique(&rules, strings.TrimSpace(rule))
	}
	r.event.Title = strings.Join(rules, "; ")
}

func isHayabusa(h *head) bool {
	return h.has("Timestamp", "RuleTitle", "Level") && (h.has("Computer") || h.has("Channel"))
}
