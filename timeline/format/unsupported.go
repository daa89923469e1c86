package format

import (
	"strings"

	"dateline/timeline/edtf"
)

// unread are formats that are known and not read, with what would be right.
var unread = []*mapping{
	{name: "GDELT GKG", known: isGKG, instead: "which lists what articles mention and no events; open GDELT's event files, whose names end in export.CSV"},
	{name: "GDELT Mentions", known: isMentions, instead: "which lists where events are mentioned; open the event file of the same time, whose name ends in export.CSV"},
	{name: "ICEWS", known: hasColumns("Event ID", "Event Date", "Source Name", "CAMEO Code"), instead: "which is not read; rename its columns Event Date, Event Text and Source Name to date, title and actors, and save it as UTF-8"},
	{name: "POLECAT", known: hasColumns("Event ID", "Event Date", "Event Type", "Event Mode"), instead: "which is not read; rename its columns Event Date, Event Type and Actor Name to date, title and actors"},
	{name: "plaso's l2ttln", known: isTLN, instead: "which is not read; have psort write the formats dynamic, l2tcsv or json_line"},
	{name: "TimeMap", known: isTimeMap, instead: "which is not read; save its events as CSV, with dates such as 2024-03-12"},
	{name: "JSON Feed", known: isJSONFeed, instead: "which lists articles by the day they were published, not events; write an event for each, with the article as its source"},
	{name: "JSON-LD", known: func(h *head) bool { return h.has("@context") && !h.has("events") }, instead: "which is not read; write its events as dateline's JSON: see docs/format.md"},
	{name: "FollowTheMoney", known: hasColumns("schema", "properties"), instead: "which is not read; write its events as dateline's JSON: see docs/format.md"},
	{name: "GeoJSON", known: isGeoJSON, instead: "which is not read; save the properties of its features as CSV, with a column date"},
	{name: "a spreadsheet", known: func(h *head) bool { return h.begins("PK\x03\x04") }, instead: "or another packed file; save it as CSV"},
	{name: "a web page or XML", known: func(h *head) bool { return h.begins("<") }, instead: "which is not read; dateline opens JSON, CSV and iCalendar, among others: see docs/formats.md"},
}

func isTLN(h *head) bool {
	return h.begins("Time|Source|Host|User|Description")
}

func isTimeMap(h *head) bool {
	return h.has("events", "associations") && !h.has("events.title")
}

func isJSONFeed(h *head) bool {
	return h.has("version", "items") && strings.Contains(h.text[:min(looked, len(h.text))], "https://jsonfeed.org/version/")
}

func isGeoJSON(h *head) bool {
	return h.has("type", "features")
}

// isMoment reports whether text is YYYYMMDDHHMMSS.
func isMoment(text string) bool {
	_, err := edtf.Parse(unpackedDay(text))
	return err == nil && len(text) == len("20240312001500") && digits(text)
}

// isGKG reports whether a file is one of GDELT's Global Knowledge Graph: of 2.1,
// whose records are numbered by the moment, or of 1.0, which has a header.
func isGKG(h *head) bool {
	return h.has("DATE", "NUMARTS", "COUNTS", "THEMES") || h.has("GKGRECORDID") || h.any(func(line string) bool {
		cells := strings.Split(line, "\t")
		moment, number, ok := strings.Cut(cells[0], "-")
		return ok && len(cells) == 27 && isMoment(moment) && digits(strings.TrimPrefix(number, "T"))
	})
}

func isMentions(h *head) bool {
	return h.has("GLOBALEVENTID", "MentionTimeDate") || h.any(func(line string) bool {
		cells := strings.Split(line, "\t")
		return len(cells) == 16 && digits(cells[0]) && isMoment(cells[1]) && isMoment(cells[2])
	})
}
