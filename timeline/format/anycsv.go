package format

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A csvField is a field that a column of a CSV or TSV file may set, with the names
// of such columns, the likeliest first. A field without names is set only if the
// user maps it: the status of a file is seldom a status as defined here.
type csvField struct {
	name  string
	names []string
	many  bool // set by all columns of these names, not the first alone
	sets  func(*rowDecoder, cell)
}

var csvFields = []csvField{
	{"id", []string{"id", "event_id", "uuid", "identifier"}, false, (*rowDecoder).id},
	{"date", []string{"date", "event_date", "datetime", "date_time", "start", "start_date", "date_start", "begin", "begin_date", "when", "timestamp", "time", "start_time", "created_at", "ts", "epoch"}, false, nil},
	{"end", []string{"end", "end_date", "date_end", "finish", "until"}, false, nil},
	{"time", []string{"time", "event_time", "start_time", "time_of_day", "start"}, false, nil},
	{"end_time", []string{"end_time"}, false, nil},
	{"year", []string{"year", "start_year"}, false, nil},
	{"month", []string{"month", "start_month"}, false, nil},
	{"day", []string{"day", "start_day"}, false, nil},
	{"end_year", []string{"end_year"}, false, nil},
	{"end_month", []string{"end_month"}, false, nil},
	{"end_day", []string{"end_day"}, false, nil},
	{"century", []string{"century"}, false, nil},
	{"tz", []string{"tz", "timezone", "time_zone"}, false, (*rowDecoder).tz},
	{"reported", []string{"reported", "date_reported", "report_date", "reported_on", "date_added"}, false, (*rowDecoder).reported},
	{"title", []string{"title", "headline", "event", "event_title", "event_name", "name", "subject", "what", "label", "message", "summary", "description", "text", "notes"}, false, (*rowDecoder).title},
	{"summary", []string{"summary", "description", "text", "notes", "note", "details", "body", "content", "abstract", "comment", "comments"}, false, (*rowDecoder).summary},
	{"actors", []string{"actors", "actor", "actor1", "actor2", "who", "people", "persons", "participants", "involved"}, true, (*rowDecoder).actors},
	{"places", []string{"places", "place", "location", "where", "city", "country"}, true, (*rowDecoder).places},
	{"topics", []string{"topics", "topic", "tags", "tag", "category", "categories", "keywords", "type", "event_type", "group"}, true, (*rowDecoder).topics},
	{"status", nil, false, (*rowDecoder).setStatus},
	{"caveat", []string{"caveat", "caveats"}, false, (*rowDecoder).caveat},
	{"url", []string{"url", "urls", "link", "links", "href", "source_url", "website", "source", "sources"}, true, nil},
	{"publisher", []string{"publisher", "outlet", "source_name", "newspaper"}, false, nil},
	{"source_title", []string{"source_title", "article", "article_title"}, false, nil},
	{"author", []string{"author", "byline"}, false, nil},
	{"published", []string{"published", "published_on", "publication_date", "date_published", "pub_date"}, false, nil},
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

// guessMapping makes the mapping of a CSV or TSV file from its header and the
// columns that the user has named. The error says which column is missing.
func guessMapping(header []string, columns map[string]string) (*mapping, error) {
	of, free := make(fieldColumns), newHeader(header)
	given := make(map[string]edtf.Convention)
	for _, f := range csvFields {
		if name, ok := columns[f.name]; ok {
			name, style, err := cutStyle(name, header)
			if err != nil {
				return nil, err
			}
			i := newHeader(header).find(name)
			if i < 0 {
				return nil, fmt.Errorf("there is no column %q for the field %s%s", name, f.name, meant(name, header))
			}
			of[f.name], given[header[i]] = []string{header[i]}, style
			free.take(i)
		}
	}
	for _, f := range csvFields {
		for len(of[f.name]) == 0 || f.many && columns[f.name] == "" {
			i := free.find(f.names...)
			if i < 0 {
				break
			}
			of[f.name] = append(of[f.name], header[i])
			free.take(i)
		}
	}
	of.settleDate()
	for _, required := range []string{"date", "title"} {
		if of[required] == nil {
			return nil, fmt.Errorf("no column looks like a %s; name it with --map %s=COLUMN; the columns are %s", required, required, someOf(header))
		}
	}
	m := of.mapping()
	m.given = given
	return m, nil
}

// mapping returns the mapping that reads the columns. A column may set several
// fields.
func (p fieldColumns) mapping() *mapping {
	t := &mapping{finish: p.finish}
	for _, f := range csvFields {
		for _, name := range p[f.name] {
			i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
			if i < 0 {
				t.columns = append(t.columns, column{name, f.sets})
				continue
			}
			if first, second := t.columns[i].sets, f.sets; first == nil {
				t.columns[i].sets = second
			} else if second != nil {
				t.columns[i].sets = func(r *rowDecoder, c cell) { first(r, c); second(r, c) }
			}
		}
	}
	return t
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

// fieldColumns are the columns of each field.
type fieldColumns map[string][]string

// cell returns the cell of the first column of a field, empty if there is none.
func (p fieldColumns) cell(r *rowDecoder, field string) cell {
	if len(p[field]) == 0 {
		return cell{}
	}
	return r.cell(p[field][0])
}

func (p fieldColumns) finish(r *rowDecoder) {
	p.date(r)
	p.sources(r)
}

// sources makes sources of the cells: one of each address. Publisher, title,
// author and date belong to the first.
func (p fieldColumns) sources(r *rowDecoder) {
	var names []string
	for _, column := range p["url"] {
		for part := range splitList(r.value(column)) {
			if isAddress(part) {
				r.addLink(part)
			} else {
				addUnique(&names, part)
			}
		}
	}
	s := source{Publisher: p.cell(r, "publisher").text, Title: p.cell(r, "source_title").text, Author: p.cell(r, "author").text}
	if published := p.cell(r, "published"); published.text != "" {
		s.Published = r.dateOf("published", published, edtf.Convention{})
	}
	e := &r.event
	switch {
	case len(e.Sources) > 0:
		if s.Publisher == "" && len(e.Sources) == 1 && len(names) == 1 {
			s.Publisher, names = names[0], nil
		}
		s.URL = e.Sources[0].URL
		e.Sources[0] = s
	case s.Publisher != "" && s.Title != "":
		e.Sources = []source{s}
	default:
		addUnique(&names, s.Publisher, s.Title, s.Author)
	}
	if len(names) > 0 {
		r.addSummary("Source: " + strings.Join(names, "; ") + ".") // a source needs an address, or a publisher and a title
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
