package format

import (
	"slices"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
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

// An otherKind is a kind of file that is no timeline.
type otherKind struct {
	name   string // as people call it
	known  func(text string) bool
	advice string
}

const (
	saveTable = "save the table in it as CSV"
	writeList = "write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title"
)

// otherKinds are compared with a file in no known format, in this order.
var otherKinds = []otherKind{
	{"a PDF document", begins("%PDF-"), saveTable},
	{"a Word document", zipWith("word/"), saveTable},
	{"a presentation", zipWith("ppt/"), saveTable},
	{"a text document of OpenDocument", zipWith("opendocument.text"), saveTable},
	{"a book", zipWith("epub+zip"), ""},
	{"an old Office document", begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), saveTable},
	{"an RTF document", begins(`{\rtf`), saveTable},
	{"an image", begins("\x89PNG", "\xff\xd8\xff", "GIF87a", "GIF89a", "BM6", "II*\x00", "MM\x00*"), ""},
	{"an image", riff("WEBP"), ""},
	{"a sound or a film", begins("ID3", "OggS", "fLaC", "\x1aE\xdf\xa3"), ""},
	{"a sound or a film", riff("WAVE", "AVI "), ""},
	{"a sound or a film", func(text string) bool { return len(text) > 8 && text[4:8] == "ftyp" }, ""},
	{"an SQLite database", begins("SQLite format 3\x00"), "export the table of events as CSV"},
	{"a Parquet file", begins("PAR1"), "export it as CSV"},
	{"an Arrow file", begins("ARROW1"), "export it as CSV"},
	{"a program", begins("\x7fELF", "MZ\x90\x00", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe"), ""},
	{"a packed file", begins("7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "BZh", "\xfd7zXZ\x00", "PK\x05\x06"), "unpack it first"},
	{"a tar archive", func(text string) bool { return len(text) > 262 && text[257:262] == "ustar" }, "unpack it first"},
	{"binary data", isBinary, ""},

	{"a script", begins("#!"), ""},
	{"an e-mail", matches(`(?i)^(return-path|delivered-to|received|from|date|message-id|mime-version|x-[a-z-]+): .*\n([\w-]+:|[ \t])`), ""},
	{"a contact card", begins("BEGIN:VCARD"), ""},
	{"part of a calendar", begins("BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL"), "write BEGIN:VCALENDAR above it and END:VCALENDAR below"},
	{"a BibTeX bibliography", matches(`^@[A-Za-z]+\s*\{`), ""},
	{"an RIS bibliography", matches(`^TY  - `), ""},
	{"subtitles", matches(`^(WEBVTT|\d+\s*\n\d\d:\d\d:\d\d)`), ""},
	{"SQL", matches(`(?i)^(--.*\n\s*|/\*.*\*/;?\s*)*(create|insert into|select|begin|set|drop|pragma)\s`), "export the table of events as CSV"},
	{"LaTeX", matches(`^(%.*\n)*\\(documentclass|begin|section)`), writeList},
	{"JavaScript", matches(`^(//.*\n|/\*(?s:.*?)\*/\s*)*(["']use strict|(var|let|const|export|import|function|window|module|define)\b|[\w.$]+\s*\(\s*[{\[]|[\w.$]+\s*=\s*[{\[])`), "save the part in brackets as JSON"},
	{"Python", matches(`^(#.*\n)*(import|from|def|class) \w+`), ""},
	{"Org", matches(`(?i)^(#\+\w+:|\*+ TODO )`), writeList},
	{"Markdown", matches(`^(#{1,6} |[-*+] |> |\*\*|!?\[[^\]\n]+\]\(|.+\n(=+|-{3,})\s*\n)`), writeList},
	{"YAML", matches(`^(---\s*\n|#.*\n)*[\w-]+:( .*)?\n([\w-]+:|[ \t]|- )`), writeList},
	{"a file of settings", matches(`^(\[[\w .-]+\]\s*\n|[\w.-]+\s*=\s*\S)`), ""},
}

// notATimeline says what a file in no known format is, or nothing if it seems to be
// JSON.
func (h *head) notATimeline() string {
	start := h.text[:min(headSize, len(h.text))]
	if isBracket := start[0] == '{' || start[0] == '['; isBracket {
		if rest := strings.TrimLeft(start[1:], " \t\r\n"); rest == "" || rest[0] != '\\' && !isLetter(rest[0]) {
			return ""
		}
	}
	if i := slices.IndexFunc(otherKinds, func(k otherKind) bool { return k.known(start) }); i >= 0 {
		k := &otherKinds[i]
		reason := "this is not a timeline but " + k.name
		if k.advice != "" {
			reason += "; " + k.advice
		}
		return reason
	}
	if start[0] == '{' || start[0] == '[' {
		return ""
	}
	if s := (scanner{text: h.text}); len(start) == len(h.text) {
		if s.skip(); s.fault == nil && s.peek() == 0 && s.at == len(s.text) {
			return "" // a string or a number
		}
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(start, "\r", "\n"), "\n")
	if mark := h.otherSeparator(line); mark != "" {
		return "this is a table with " + mark + " between its cells; write sep=" + mark + " on a line above the header"
	}
	if name := strings.TrimSpace(line); name != "" && fieldOfColumn(name) {
		return "this is a table with one column, " + name + "; an event needs a date and a title"
	}
	return "this is not a timeline but plain text; " + writeList
}

// otherSeparator returns the separator of a header that no other table has.
func (h *head) otherSeparator(line string) string {
	for _, mark := range []string{"^", "~", ":", "#", "\x1f"} {
		if names := strings.Split(line, mark); len(names) > 1 {
			for i := range names {
				names[i] = strings.TrimSpace(names[i])
			}
			if h.isHeader(names) {
				return mark
			}
		}
	}
	return ""
}

// fieldOfColumn reports whether a column of this name is read.
func fieldOfColumn(name string) bool {
	return slices.ContainsFunc(csvFields, func(f csvField) bool { return newHeader([]string{name}).find(f.names...) >= 0 })
}

func begins(texts ...string) func(string) bool {
	return func(text string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return strings.HasPrefix(text, t) })
	}
}

func matches(pattern string) func(string) bool {
	p := &text.Pattern{Expr: pattern}
	return func(text string) bool { return p.Regexp().MatchString(text) }
}

// zipWith returns a function that reports whether a file is a zip archive with a
// text in one of its first names.
func zipWith(name string) func(string) bool {
	return func(text string) bool { return strings.HasPrefix(text, "PK\x03\x04") && strings.Contains(text, name) }
}

func riff(kinds ...string) func(string) bool {
	return func(text string) bool {
		return len(text) > 12 && text[:4] == "RIFF" && slices.Contains(kinds, text[8:12])
	}
}

// isBinary reports whether a text has characters that no text has.
func isBinary(text string) bool {
	odd := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1a' {
			odd++
		}
	}
	return odd > 0 && odd*50 > len(text)
}
