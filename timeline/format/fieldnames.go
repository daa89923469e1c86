package format

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A csvField is a field that a value of a record may set, with the names of such
// values, the likeliest first. A field without names is set only if the user maps
// it: the status of a file is seldom a status as defined here.
type csvField struct {
	name  string
	names []string
	sets  func(*rowDecoder, cell) // of a field that every value of these names sets, or nil: the first that is not empty does
}

var csvFields = []csvField{
	{"id", []string{"id", "event_id", "uuid", "identifier"}, nil},
	{"date", []string{"date", "event_date", "date_of_event", "datetime", "date_time", "start", "start_date", "date_start", "start_time", "begin", "begin_date", "when", "occurred", "occurred_at", "occurred_on", "timestamp", "@timestamp", "time", "created_at", "ts", "epoch", "datum", "fecha"}, nil},
	{"end", []string{"end", "end_date", "date_end", "end_time", "finish", "until"}, nil},
	{"time", []string{"time", "event_time", "start_time", "time_of_day", "start"}, nil},
	{"end_time", []string{"end_time"}, nil},
	{"year", []string{"year", "start_year"}, nil},
	{"month", []string{"month", "start_month"}, nil},
	{"day", []string{"day", "start_day"}, nil},
	{"end_year", []string{"end_year"}, nil},
	{"end_month", []string{"end_month"}, nil},
	{"end_day", []string{"end_day"}, nil},
	{"century", []string{"century"}, nil},
	{"tz", []string{"tz", "timezone", "time_zone"}, nil},
	{"display_date", []string{"display_date", "date_text", "date_as_written"}, nil},
	{"reported", []string{"reported", "date_reported", "report_date", "reported_on", "date_added"}, nil},
	{"title", []string{"title", "headline", "event_label", "item_label", "event", "event_title", "event_name", "name", "subject", "what", "label", "message", "titel", "titre", "título", "titolo"}, nil},
	{"summary", []string{"summary", "description", "text", "notes", "note", "details", "body", "content", "abstract", "comment", "comments", "desc"}, nil},
	{"actors", []string{"actors", "actor", "actor1", "actor2", "who", "people", "persons", "participants", "involved", "organizer", "performer", "attendees"}, (*rowDecoder).actors},
	{"places", []string{"places", "place", "location", "where", "venue", "city", "address_locality", "country"}, (*rowDecoder).places},
	{"topics", []string{"topics", "topic", "tags", "tag", "category", "categories", "keywords", "type", "event_type", "group"}, (*rowDecoder).topics},
	{"status", nil, nil},
	{"caveat", []string{"caveat", "caveats"}, nil},
	{"url", []string{"url", "urls", "link", "links", "href", "uri", "source_url", "source_link", "website", "source", "sources", "reference", "references", "citation", "citations", "media"}, cites(citedURL)},
	{"publisher", []string{"publisher", "outlet", "source_name", "source_publisher", "newspaper", "credit"}, cites(citedPublisher)},
	{"source_title", []string{"source_title", "article", "article_title", "caption"}, cites(citedTitle)},
	{"author", []string{"author", "byline", "source_author"}, cites(citedAuthor)},
	{"published", []string{"published", "published_on", "publication_date", "date_published", "pub_date", "source_date", "source_published"}, cites(citedDate)},
}

// ParseColumns reads which columns of a CSV file set which fields, as a user names
// them: date=event_date,title=notes. The column of a date may say how it writes
// them: date=event_date:dmy.
func ParseColumns(s string) (map[string]string, error) {
	columns := make(map[string]string)
	var fields []string
	for _, f := range csvFields {
		fields = append(fields, f.name)
	}
	for _, part := range strings.Split(s, ",") {
		field, name, ok := strings.Cut(part, "=")
		field, name = strings.TrimSpace(field), strings.TrimSpace(name)
		switch {
		case !ok || name == "":
			return nil, fmt.Errorf("%q: write FIELD=COLUMN, such as date=event_date", part)
		case !slices.Contains(fields, field):
			if near := text.Nearest(field, fields); near != "" {
				return nil, fmt.Errorf("there is no field %q; did you mean %s?", field, near)
			}
			return nil, fmt.Errorf("there is no field %q; the fields are %s", field, strings.Join(fields, ", "))
		case columns[field] != "":
			return nil, fmt.Errorf("the field %s is given twice", field)
		}
		columns[field] = name
	}
	return columns, nil
}

// isDate reports whether a date can be made from the field.
func (f *csvField) isDate() bool { return f.name == "date" || f.name == "year" || f.name == "day" }

// guessMapping makes the mapping of records from the names of their values and the
// columns that the user has named. The error says which is missing.
func guessMapping(header []string, columns map[string]string) (*mapping, error) {
	of, given, err := columnsOf(header, columns)
	if err != nil {
		return nil, err
	}
	t := &mapping{joins: true}
	if t.untitled = of["title"] == nil && of["summary"] != nil; t.untitled {
		t.notes = append(t.notes, "no column is named as a title is; the first sentence of "+of["summary"][0]+" is the title")
	}
	for _, required := range []string{"date", "title"} {
		if of[required] == nil && !(required == "title" && t.untitled) {
			return nil, fmt.Errorf("no column looks like a %s; name it with --map %s=COLUMN; the columns are %s", required, required, someOf(header))
		}
	}
	t.given = given
	t.finish = of.addColumns(t).finish
	t.note(header, of)
	return t, nil
}

// FieldColumns returns the columns of a table that set each field, by their names or
// as a user has named them: see ParseColumns.
func FieldColumns(header []string, columns map[string]string) (map[string][]string, error) {
	of, _, err := columnsOf(header, columns)
	return of, err
}

// columnsOf is FieldColumns, with how the user says that columns write their dates.
func columnsOf(header []string, columns map[string]string) (of fieldColumns, given map[string]edtf.Convention, err error) {
	of, given = make(fieldColumns), make(map[string]edtf.Convention)
	free := newHeader(header)
	for i, name := range header {
		if of, isType := strings.CutSuffix(name, ".type"); isType && slices.Contains(header, of+".value") {
			free.take(i) // it is that of the value, as in results of SPARQL
		}
	}
	for _, f := range csvFields {
		if name, ok := columns[f.name]; ok {
			name, style, err := cutStyle(name, header)
			if err != nil {
				return nil, nil, err
			}
			i := newHeader(header).find(name)
			if i < 0 {
				return nil, nil, fmt.Errorf("there is no column %q for the field %s%s", name, f.name, meant(name, header))
			}
			of[f.name], given[header[i]] = []string{header[i]}, style
			free.take(i)
		}
	}
	// What stands in the record itself says more than what stands deeper in it.
	for _, names := range []headerNames{free, free.meanings(header)} {
		for _, f := range csvFields {
			for columns[f.name] == "" {
				i := names.find(f.names...)
				if i < 0 {
					break
				}
				of[f.name] = append(of[f.name], header[i])
				names.take(i)
				free.take(i)
			}
		}
	}
	of.settleDate()
	return of, given, nil
}

// onlyText returns the only column that no field is named as, if there is one.
func onlyText(header []string, columns map[string]string) (only string) {
	if columns["title"] != "" {
		return ""
	}
	for _, name := range header {
		if name == "" || slices.Contains(slices.Collect(maps.Values(columns)), name) || fieldNamed(meaning(strings.Split(name, "."))) != "" {
			continue
		}
		if only != "" {
			return ""
		}
		only = name
	}
	return only
}

// addColumns adds the columns to a mapping, and returns where they are in it. One
// may set several fields.
func (p fieldColumns) addColumns(t *mapping) fieldCells {
	of := make(fieldCells, len(p))
	for _, f := range csvFields {
		for _, name := range p[f.name] {
			i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
			if i < 0 {
				i = len(t.columns)
				t.columns = append(t.columns, column{name, nil})
			}
			of[f.name] = append(of[f.name], i)
			if first, second := t.columns[i].sets, f.sets; first == nil {
				t.columns[i].sets = second
			} else if second != nil {
				t.columns[i].sets = func(r *rowDecoder, c cell) { first(r, c); second(r, c) }
			}
		}
	}
	return of
}

// note notes which columns are not read, or not always.
func (t *mapping) note(header []string, of fieldColumns) {
	var unread []string
	for _, name := range header {
		if name != "" && !slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
			addUnique(&unread, name)
		}
	}
	for _, f := range csvFields {
		if others := of[f.name]; len(others) > 1 && f.sets == nil {
			t.notes = append(t.notes, fmt.Sprintf("where %s is empty, %s is read", others[0], strings.Join(others[1:], " or ")))
		}
	}
	if date, year := of["date"], of["year"]; date != nil && year != nil && date[0] != year[0] {
		t.notes = append(t.notes, fmt.Sprintf("where %s is empty, %s is read", date[0], year[0]))
	}
	if unread != nil {
		t.notes = append(t.notes, "these columns are not read: "+someOf(unread)+"; read one with --map FIELD=COLUMN")
	}
}

// meant suggests the nearest of the names, or lists them.
func meant(name string, names []string) string {
	if near := text.Nearest(name, names); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return "; the columns are " + someOf(names)
}

// someOf lists names, up to a limit.
func someOf(names []string) string {
	const most = 30
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// fieldColumns are the columns of each field, by name.
type fieldColumns map[string][]string

// fieldCells are the columns of each field, by their place in the mapping.
type fieldCells map[string][]int

// cell returns the first cell of a field that is not empty.
func (p fieldCells) cell(r *rowDecoder, field string) cell {
	for _, i := range p[field] {
		if c := r.values[i]; c.text != "" {
			if field == "date" || field == "end" {
				c.text = withoutCommas(c.text)
			}
			return c
		}
	}
	return cell{}
}

// withoutCommas writes a date of numbers, year first, with hyphens: 2024,3,12, as the
// first versions of TimelineJS have it.
func withoutCommas(date string) string {
	if strings.IndexByte(date, ',') < 0 {
		return date
	}
	numbers := strings.Split(date, ",")
	if len(numbers) < 2 || len(numbers) > 3 || len(numbers[0]) != len("2024") {
		return date
	}
	for i, n := range numbers {
		if n = strings.TrimSpace(n); len(n) > 2 && i > 0 || !digits(n) {
			return date
		}
		numbers[i] = padded(n)
	}
	return strings.Join(numbers, "-")
}

// has reports whether a cell is of a field.
func (p fieldCells) has(r *rowDecoder, field string, c cell) bool {
	return slices.ContainsFunc(p[field], func(i int) bool { return r.columns[i].name == c.column })
}

func (p fieldCells) finish(r *rowDecoder) {
	e := &r.event
	e.ID, e.TZ = p.cell(r, "id").text, p.cell(r, "tz").text
	names := r.cite()
	e.Title, e.Summary, e.Caveat = r.plain(p.cell(r, "title")), r.plain(p.cell(r, "summary")), r.plain(p.cell(r, "caveat"))
	if names != "" {
		if e.Title == "" {
			r.borrowTitle()
		}
		r.addSummary("Source: " + names + ".") // a source needs an address, or a publisher and a title
	}
	if c := p.cell(r, "status"); c.text != "" {
		r.setStatus(c)
	}
	if c := p.cell(r, "date"); slices.Contains(r.several, c.column) {
		r.dated = true
		r.reject(c, "these are several dates; write an event for each")
	} else {
		p.date(r)
	}
	if c := p.cell(r, "reported"); c.text != "" {
		e.Reported = r.dateOf("reported", c, edtf.Convention{})
	}
	if c := p.cell(r, "display_date"); c.text != "" {
		r.showDate(c.text)
	}
}

// setStatus reads a status, in dateline's own words.
func (r *rowDecoder) setStatus(c cell) {
	status, ok := timeline.ParseStatus(c.text)
	if !ok {
		var words []string
		for _, s := range timeline.Statuses() {
			words = append(words, s.String())
		}
		r.reject(c, "a status is one of "+strings.Join(words, ", "))
		return
	}
	r.event.Status = status
}

// header is the names of columns, as alike has them, empty for those that are
// taken.
type headerNames []string

func newHeader(names []string) headerNames {
	h := make(headerNames, len(names))
	for i, name := range names {
		h[i] = alike(name)
	}
	return h
}

// meanings returns what the names mean that stand deeper in a record, and are not
// taken: properties.title is a title, location.name a location, start.date a start.
func (h headerNames) meanings(names []string) headerNames {
	deep := make(headerNames, len(names))
	for i, name := range names {
		if h[i] != "" && strings.Contains(name, ".") {
			deep[i] = meaning(strings.Split(name, "."))
		}
	}
	return deep
}

// meaning returns what a nested name means, as alike has it, or nothing if it means
// nothing without the names around it.
func meaning(path []string) string {
	n := len(path) - 1
	last := alike(path[n])
	if n == 0 {
		return last
	}
	around := meaning(path[:n])
	field := fieldNamed(around)
	if field == "url" {
		around = "source"
	}
	if both := around + last; fieldNamed(both) != "" {
		return both
	}
	switch last {
	case "name", "label", "value", "@value", "text", "#text", "rendered", "en":
		if field != "" {
			return around
		}
	case "date", "datetime", "time":
		if field == "end" || field == "reported" || field == "published" {
			return around
		}
	case "id", "type", "group", "country", "status", "uuid":
		if !slices.Contains(wrappers, around) {
			return ""
		}
	}
	return last
}

// wrappers are names of objects that hold a record and say nothing of it.
var wrappers = []string{"properties", "fields", "attributes", "item", "record", "node", "data", "event"}

// fieldNamed returns the field that a name, as alike has it, sets.
func fieldNamed(key string) string { return fieldsByName()[key] }

var fieldsByName = sync.OnceValue(func() map[string]string {
	fields := make(map[string]string)
	for _, f := range csvFields {
		for _, name := range f.names {
			if key := alike(name); fields[key] == "" {
				fields[key] = f.name
			}
		}
	}
	return fields
})

// find returns the column of the first name that has one, or -1.
func (h headerNames) find(names ...string) int {
	for _, name := range names {
		if key := alike(name); key != "" && slices.Index(h, key) >= 0 {
			return slices.Index(h, key)
		}
	}
	return -1
}

// take takes a column, so that find does not return it again.
func (h headerNames) take(i int) { h[i] = "" }

// alike returns what the spellings of a name share: Event Date, event_date,
// eventDate, Event date (UTC), Event date:
func alike(name string) string {
	if i := strings.LastIndexAny(name, "(["); i > 0 && strings.HasSuffix(strings.TrimRight(name, " :*"), closingBracket[name[i]]) {
		name = name[:i]
	}
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" _-.:*", c) {
			return -1
		}
		return c
	}, text.Fold(name))
}

var closingBracket = map[byte]string{'(': ")", '[': "]"}
