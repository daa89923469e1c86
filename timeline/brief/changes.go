package brief

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Changes are what is new in a timeline since an earlier brief of it or, where
// only dates could be compared, since a day. The zero Changes are those since
// no brief at all: there is no earlier one.
type Changes struct {
	Since string // the day, in words
	Dated bool   // only dates could be compared
	List  []Change
	More  int // changes beyond those listed
	Counts
}

// Counts says how many events changed, and how; an event may have changed in
// several ways.
type Counts struct{ New, Moved, Sources, Text, Withdrawn int }

// A Change is what changed of one event.
type Change struct {
	ID        string
	Date      edtf.Date
	Title     string
	New       bool
	Withdrawn bool            // it is in the timeline no more
	From, To  timeline.Status // they differ if its status moved
	Added     int             // sources that it had not
	Removed   int             // sources that it has no more
	Text      bool            // its text changed, or a date, or what a source says
}

// Since compares dates: the events that q selects and that became public on a
// day or later, as far as their dates tell.
func Since(t *timeline.Timeline, day edtf.Date, q timeline.Query) *Changes {
	c := &Changes{Since: day.Starting().Words(), Dated: true}
	from, _ := day.Span()
	for _, i := range t.Select(q).All() {
		e := t.Event(i)
		public := e.Reported
		if public.IsZero() {
			public = e.Date
		}
		if public.Starting().Overlaps(from, edtf.Future) {
			c.add(Change{ID: e.ID, Date: e.Date, Title: e.Title, New: true, From: e.Status, To: e.Status})
		}
	}
	return c
}

// add takes a change, if it is one.
func (c *Changes) add(change Change) {
	counted := false
	for _, way := range []struct {
		is    bool
		count *int
	}{
		{change.New, &c.New}, {change.Withdrawn, &c.Withdrawn}, {change.From != change.To, &c.Moved},
		{change.Added+change.Removed > 0, &c.Sources}, {change.Text, &c.Text},
	} {
		if way.is {
			*way.count++
			counted = true
		}
	}
	if counted {
		c.List = append(c.List, change)
	}
}

// first returns the changes with the first n listed, without what is new and
// shown already.
func (c Changes) first(n int, shown map[string]bool) *Changes {
	var list []Change
	left := len(c.List)
	for _, change := range c.List {
		if len(list) == n {
			break
		}
		if !change.New || !shown[change.ID] {
			list = append(list, change)
		}
	}
	c.More = left - len(list) - len(shown)
	c.List = list
	return &c
}

// Heading says since when.
func (c *Changes) Heading() string {
	if c.Dated {
		return "Public since " + c.Since
	}
	return "Since the last brief, " + c.Since
}

// Summary counts the changes in a line.
func (c *Changes) Summary() string {
	if c.Dated {
		return text.Counted(c.New, "event") + "; only dates could be compared"
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{c.New, "new"}, {c.Moved, "of another status"}, {c.Sources, "with other sources"}, {c.Text, "with other text"}, {c.Withdrawn, "withdrawn"}} {
		if part.n > 0 {
			parts = append(parts, text.Grouped(part.n)+" "+part.what)
		}
	}
	if len(parts) == 0 {
		return "nothing has changed"
	}
	return strings.Join(parts, ", ")
}

// Lines says what changed, a line an event, and how much more did.
func (c *Changes) Lines() []string {
	var lines []string
	for _, change := range c.List {
		line := change.Date.Words() + " · " + clip(change.Title, longestTitle)
		if !c.Dated {
			line += ": " + change.What()
		}
		lines = append(lines, line)
	}
	if c.More > 0 && len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", text.Grouped(c.More)))
	}
	return lines
}

// What says how the event changed.
func (c Change) What() string {
	var parts []string
	add := func(is bool, format string, args ...any) {
		if is {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(c.New, "new")
	add(c.Withdrawn, "withdrawn")
	add(c.From != c.To, "%s → %s", c.From, c.To)
	add(c.Added > 0, "%s added", text.Counted(c.Added, "source"))
	add(c.Removed > 0, "%s withdrawn", text.Counted(c.Removed, "source"))
	add(c.Text, "text changed")
	return strings.Join(parts, ", ")
}
