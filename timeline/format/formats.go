package format

import (
	"slices"
	"strings"

	"dateline/timeline/edtf"
)

// An inputFormat is a format that files come in.
type inputFormat struct {
	name    string           // as people call it
	in      form             // the forms it comes in; 0 is any text
	known   func(*head) bool // reports whether a file in such a form is in this format
	mapping *mapping         // how its records become events; nil for dateline's own JSON
	guess   bool             // the mapping is guessed from the names of the columns
	advice  string           // for a format that is not read: the rest of "this is NAME, …"
}

// formats are the formats that files are compared with, in this order: a file is
// in the first that knows it. It lies in none if it is dateline's own JSON without
// a version, or nothing that dateline reads.
//
// To add a format, add a line here and a mapping; docs/formats.md shows a small
// one.
var formats = []inputFormat{
	{name: "dateline JSON", in: objects, known: hasColumns("schemaVersion", "events")}, // whatever private fields it has
	{name: "dateline CSV", in: tables, known: hasColumns("id", "date", "earliest", "latest", "status", "title", "origins", "urls"), mapping: &ownCSV},
	{name: "ACLED", in: tables | objects, known: hasColumns("event_id_cnty", "event_date"), mapping: &acled},
	{name: "UCDP GED", in: tables | objects, known: hasColumns("dyad_name", "type_of_violence", "date_start"), mapping: &ucdp},
	{name: "UCDP/PRIO", in: tables | objects, known: isConflictYears, mapping: &conflictYears},
	{name: "GDELT", in: tables | objects, known: hasColumns("GLOBALEVENTID", "SQLDATE", "EventCode"), mapping: &gdelt},
	{name: "plaso", in: tables, known: hasColumns("datetime", "timestamp_desc", "source", "source_long", "message"), mapping: &plasoDynamic},
	{name: "plaso l2tcsv", in: tables, known: hasColumns("date", "time", "timezone", "MACB", "desc"), mapping: &plasoL2T},
	{name: "plaso json_line", in: objects, known: func(h *head) bool { return h.has("timestamp", "data_type", "message") && !h.has("datetime") }, mapping: &plasoLines},
	{name: "Timesketch", in: tables | objects, known: isTimesketch, mapping: &timesketch},
	{name: "Hayabusa", in: tables | objects, known: isHayabusa, mapping: &hayabusa},
	{name: "Chainsaw", in: tables, known: hasColumns("timestamp", "detections", "path"), mapping: &chainsaw},
	{name: "Chainsaw", in: objects, known: hasColumns("group", "kind", "name", "timestamp", "document.path"), mapping: &chainsawJSON},
	{name: "TimelineJS", in: objects, known: isTimelineJS, mapping: &timelineJS},
	{name: "TimelineJS", in: tables, known: hasColumns("Year", "Headline"), mapping: &timelineJSSheet},
	{name: "iCalendar", known: func(h *head) bool { return h.begins("BEGIN:VCALENDAR") }, mapping: &iCalendar},

	{name: "GDELT GKG", in: tables, known: isGKG, advice: "which lists what articles mention, not events; open GDELT's event files, whose names end in export.CSV"},
	{name: "GDELT Mentions", in: tables, known: isMentions, advice: "which lists where events are mentioned; open the event file of the same time, whose name ends in export.CSV"},
	{name: "ICEWS", in: tables, known: hasColumns("Event ID", "Event Date", "Source Name", "CAMEO Code"), advice: "which is not read; rename its columns Event Date, Event Text and Source Name to date, title and actors, and save it as UTF-8"},
	{name: "POLECAT", in: tables, known: hasColumns("Event ID", "Event Date", "Event Type", "Event Mode"), advice: "which is not read; rename its columns Event Date, Event Type and Actor Name to date, title and actors"},
	{name: "plaso's l2ttln", known: func(h *head) bool { return h.begins("Time|Source|Host|User|Description") }, advice: "which is not read; have psort write the format dynamic, l2tcsv or json_line"},
	{name: "TimeMap", in: objects, known: func(h *head) bool { return h.has("events", "associations") && !h.has("events.title") }, advice: "which is not read; save its events as CSV, with dates such as 2024-03-12"},
	{name: "JSON Feed", in: objects, known: isJSONFeed, advice: "which lists articles by the day they were published, not events; write an event for each, with the article as its source"},
	{name: "FollowTheMoney", in: objects, known: hasColumns("schema", "properties"), advice: "which is not read; write its events as dateline's JSON: see docs/format.md"},
	{name: "a spreadsheet", known: isSpreadsheet, advice: "or another packed file; save it as CSV"},
	{name: "a web page or XML", known: func(h *head) bool { return h.begins("<") }, advice: "which is not read; dateline opens JSON, CSV and iCalendar, among others: see docs/formats.md"},

	{name: "YAML", known: isYAML, guess: true},
	{name: "markwhen", known: isMarkwhen, mapping: &markwhen},
	{name: "JSON", in: objects, known: isOtherJSON, guess: true},
	{name: "Markdown", known: isMarkdown, guess: true},
	{name: "CSV", in: tables, known: isTabular, guess: true},
}

// knows reports whether a file is in the format.
func (f *inputFormat) knows(h *head) bool {
	return (f.in == 0 || f.in&h.form != 0) && f.known(h)
}

func isTimesketch(h *head) bool {
	return h.has("message", "datetime", "timestamp_desc") && !h.has("source_long")
}

// isSpreadsheet reports whether a file is a zip archive, but not of another document.
func isSpreadsheet(h *head) bool {
	return h.begins("PK\x03\x04") && !slices.ContainsFunc(otherKinds, func(k otherKind) bool { return k.known(h.text[:min(headSize, len(h.text))]) && k.name != "binary data" })
}

func isTimelineJS(h *head) bool {
	return h.has("events.start_date.year") || h.has("events.start_date", "events.text.headline")
}

func isJSONFeed(h *head) bool {
	return h.has("version", "items") && strings.Contains(h.text[:min(headSize, len(h.text))], "https://jsonfeed.org/version/")
}

// isGKG reports whether a file is of GDELT's Global Knowledge Graph: version 1.0
// has a header, and version 2.1 numbers its records by the time.
func isGKG(h *head) bool {
	return h.has("DATE", "NUMARTS", "COUNTS", "THEMES") || h.has("GKGRECORDID") || h.any(func(line string) bool {
		cells := strings.Split(line, "\t")
		time, number, ok := strings.Cut(cells[0], "-")
		return ok && len(cells) == 27 && isPackedTime(time) && digits(strings.TrimPrefix(number, "T"))
	})
}

func isMentions(h *head) bool {
	return h.has("GLOBALEVENTID", "MentionTimeDate") || h.any(func(line string) bool {
		cells := strings.Split(line, "\t")
		return len(cells) == 16 && digits(cells[0]) && isPackedTime(cells[1]) && isPackedTime(cells[2])
	})
}

// isPackedTime reports whether text is YYYYMMDDHHMMSS.
func isPackedTime(text string) bool {
	_, err := edtf.Parse(unpackedDay(text))
	return err == nil && len(text) == len("20240312001500") && digits(text)
}

// isTabular reports whether a file is CSV or TSV of no particular format: it has
// a header, and the user has named columns, or one is named as dates are, or the
// first two rows have as many cells as the header.
func isTabular(h *head) bool {
	s, ok := h.syntax.(*csvSyntax)
	switch {
	case !ok:
		return false
	case h.columns != nil || slices.ContainsFunc(csvFields, func(f csvField) bool { return f.isDate() && newHeader(s.header).find(f.names...) >= 0 }):
		return true
	case slices.Contains(s.header, ""):
		return false
	}
	rows := 0
	for record := range s.records(h.text, h.body-h.from) {
		cells, doubt := s.cells(h.text[record.start:record.end], nil, marksClose)
		if doubt != nil || len(cells) != len(s.header) {
			return false
		}
		if rows++; rows == 2 {
			break
		}
	}
	return rows > 0
}
