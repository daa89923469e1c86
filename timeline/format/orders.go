package format

import (
	"fmt"
	"strings"
	"sync"

	"dateline/timeline/edtf"
)

// columnOrders are the orders in which the columns of a table write the numbers of
// a date. They are learned from the beginning of the file, when a date is met
// that only they can settle, so that a row has the same meaning whenever it is
// decoded.
type columnOrders struct {
	mapping *mapping
	syntax  syntax
	body    int                              // where the records begin
	start   func() (text string, whole bool) // the beginning of the records

	mu    sync.Mutex
	known map[string]edtf.Order
}

// learnedFrom is how much of a file shows the orders of its columns.
const learnedFrom = 4 << 20

// enoughShown is how many dates of a column settle its order, so that few rows of
// a large file are read twice.
const enoughShown = 1000

// of returns the order of a column; none if its dates show none, or several. A
// nil columnOrders knows none.
func (o *columnOrders) of(column string) edtf.Order {
	if o == nil {
		return 0
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	order, ok := o.known[column]
	if !ok {
		if o.known == nil {
			o.known = make(map[string]edtf.Order)
		}
		order = o.learn(column)
		o.known[column] = order
	}
	return order
}

// learn returns the order that the dates of a column show.
func (o *columnOrders) learn(name string) edtf.Order {
	plain := &mapping{columns: []column{{name, nil}}}
	r := newRowDecoder(plain, o.syntax)
	text, whole := o.start()
	if _, ok := o.syntax.(lineSyntax); ok && !whole {
		text = text[:strings.LastIndexAny(text, "\r\n")+1]
	}
	shown, count := edtf.Order(0), 0
	for record, fault := range o.syntax.records(text, 0) {
		if fault != nil || count == enoughShown {
			break
		}
		clear(r.values)
		r.at = int64(o.body + record.start)
		r.cells, r.next, r.record, r.decoded = r.cells[:0], 0, text[record.start:record.end], r.decoded.cleared(true)
		o.syntax.values(r)
		if s := (edtf.Convention{}).Shows(r.values[0].text); s != 0 {
			shown |= s
			count++
		}
	}
	return shown.Without()
}

// A dateStyle is how a user says that a column writes its dates, after its name:
// --map date=When:dmy.
type dateStyle struct {
	name  string
	means edtf.Convention
}

var dateStyles = []dateStyle{
	{"dmy", edtf.Convention{Order: edtf.DayFirst}},
	{"mdy", edtf.Convention{Order: edtf.MonthFirst}},
	{"ymd", edtf.Convention{Order: edtf.YearFirst}},
	{"years", edtf.Convention{Order: edtf.YearSpans}},
	{"epoch", edtf.Convention{Epoch: true}},
}

// cutStyle cuts the style of its dates from the name of a column, as a user gives
// both. A column whose name ends so is found by its whole name.
func cutStyle(name string, header []string) (string, edtf.Convention, error) {
	column, style, ok := cutLast(name, ":")
	if !ok || newHeader(header).find(name) >= 0 {
		return name, edtf.Convention{}, nil
	}
	var names []string
	for _, s := range dateStyles {
		if strings.EqualFold(strings.TrimSpace(style), s.name) {
			return strings.TrimSpace(column), s.means, nil
		}
		names = append(names, s.name)
	}
	return name, edtf.Convention{}, fmt.Errorf("there is no way %q to write dates; the ways are %s", style, strings.Join(names, ", "))
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
