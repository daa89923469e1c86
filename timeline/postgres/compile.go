package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A statement is SQL that is being written. What a query says is in its arguments
// alone.
type statement struct {
	tables
	args    []any
	names   map[timeline.Name]known
	files   map[string][]int32 // their numbers, by name
	asked   []string           // ids that the query names
	whole   int                // how many events the store has
	size    int                // of a page
	clauses []timeline.Clause
	each    []condition // of a clause
}

// arg adds an argument, and returns what stands for it. A nil slice would be NULL.
func (b *statement) arg(value any) string {
	b.args = append(b.args, value)
	return fmt.Sprintf("$%d", len(b.args))
}

// A condition selects rows of the events e. One that is not exact selects more than
// the query does, never less.
type condition struct {
	sql   string
	exact bool
}

var (
	always = condition{"TRUE", true}
	never  = condition{"FALSE", true}
)

// compile writes the condition of a query.
func (s *Store) compile(ctx context.Context, q timeline.Query) (*statement, condition, error) {
	whole, names, err := s.wholeOf(ctx, q)
	if err != nil {
		return nil, condition{}, err
	}
	s.mu.Lock()
	resolver, from, files := s.resolver, s.foreign, s.files
	s.mu.Unlock()
	var m timeline.Margin
	if s.Margin != nil && q.AsksMargin() {
		m = s.Margin()
	}
	clauses := resolver.PartOf(whole).Clauses(q, m)
	b := &statement{tables: s.tables, files: make(map[string][]int32), asked: []string{}, names: names, whole: whole.Events, size: s.page, clauses: clauses}
	if from != nil {
		return b, from.all(b, clauses), nil
	}
	for _, f := range files {
		b.files[f.name] = append(b.files[f.name], int32(f.number))
	}
	var all []condition
	for _, c := range clauses {
		one := b.clause(c)
		b.each, all = append(b.each, one), append(all, one)
		if names, _, exact, ok := b.wanted(c); ok && !exact {
			all = append(all, condition{b.named(idsOf(names), nil), true}) // which has an index
		}
	}
	return b, joined(all, " AND ", always), nil
}

// all is the condition that all clauses hold.
func (b *statement) all(clauses []timeline.Clause) condition {
	var each []condition
	for _, c := range clauses {
		each = append(each, b.clause(c))
	}
	return joined(each, " AND ", always)
}

// clause is the condition that a clause holds.
func (b *statement) clause(c timeline.Clause) condition {
	if names, _, exact, ok := b.wanted(c); ok && exact {
		return condition{b.named(idsOf(names), nil), true}
	}
	before := len(b.args)
	var any []condition
	for _, g := range c.Groups {
		any = append(any, b.all(g))
	}
	ids := []string{}
	var posted, listed []int32
	exact := true
	byID, byName := false, false
	for _, t := range c.Tests {
		switch {
		case t.Field == timeline.IDField, t.Field == timeline.MarkedField, t.Feature == "note":
			byID = true
			ids = append(ids, t.IDs...)
			if t.Field == timeline.IDField {
				b.asked = append(b.asked, t.IDs...)
			}
		case t.Field <= timeline.SaidField, t.Field == timeline.RoleField:
			byName, exact = true, exact && !t.Limited
			p, l := b.numbered(t.Names)
			posted, listed = append(posted, p...), append(listed, l...)
		default:
			any = append(any, b.test(t))
		}
	}
	if byID {
		any = append(any, condition{"e.id = ANY(" + b.arg(ids) + ")", true})
	}
	if byName {
		any = append(any, condition{b.named(posted, listed), exact})
	}
	either := joined(any, " OR ", never)
	switch {
	case !c.Not:
		return either
	case !either.exact:
		b.args = b.args[:before]
		return condition{"TRUE", false}
	}
	return condition{"NOT " + either.sql, true}
}

// joined joins conditions with AND or OR; none of them is as empty says.
func joined(each []condition, with string, empty condition) condition {
	if len(each) == 0 {
		return empty
	}
	var sql []string
	exact := true
	for _, c := range each {
		sql, exact = append(sql, c.sql), exact && c.exact
	}
	if len(sql) == 1 {
		return condition{sql[0], exact}
	}
	return condition{"(" + strings.Join(sql, with) + ")", exact}
}

// numbered returns the numbers of names that the store has: of fields whose events
// are listed by name, and of others.
func (b *statement) numbered(names []timeline.Name) (posted, listed []int32) {
	for _, n := range names {
		name, found := b.names[timeline.Name{Field: n.Field, Folded: n.Folded}]
		switch {
		case !found:
		case isPosted(n.Field):
			posted = append(posted, name.id)
		default:
			listed = append(listed, name.id)
		}
	}
	return posted, listed
}

// isPosted reports whether the store lists the events of each name of a field.
func isPosted(f timeline.Field) bool {
	return f == timeline.ActorField || f == timeline.PlaceField || f == timeline.TopicField
}

// isSpan reports whether the values of a field are days that an event's date is to share.
func isSpan(f timeline.Field) bool { return timeline.SinceField <= f && f <= timeline.OnField }

// named is the SQL that an event has any of the names.
func (b *statement) named(posted, listed []int32) string {
	var any []string
	switch len(posted) {
	case 0:
	case 1: // a join, which may begin at either side
		any = append(any, fmt.Sprintf("EXISTS (SELECT FROM %s h WHERE h.event = e.place AND h.name = %s)", b.has, b.arg(posted[0])))
	default:
		any = append(any, fmt.Sprintf("EXISTS (SELECT FROM %s h WHERE h.event = e.place AND h.name = ANY(%s))", b.has, b.arg(posted)))
	}
	if len(listed) > 0 {
		any = append(any, "e.names && "+b.arg(listed))
	}
	switch len(any) {
	case 0:
		return "FALSE"
	case 1:
		return any[0]
	}
	return "(" + strings.Join(any, " OR ") + ")"
}

// test is the condition that one value matches.
func (b *statement) test(t timeline.Test) condition {
	exact := !t.Limited
	if isSpan(t.Field) {
		return condition{b.overlap(t.From, t.To), true}
	}
	switch t.Field {
	case timeline.StatusField:
		return condition{"e.status = " + b.arg(int16(t.Status)), true}
	case timeline.KnownField:
		day := b.arg(int64(min(t.To, edtf.Future-1)))
		return condition{fmt.Sprintf("(e.public <= %s AND e.published <= %s)", day, day), true}
	case timeline.SourcesField, timeline.OriginsField:
		if t.Limited {
			return condition{"TRUE", false}
		}
		column := "e." + t.Field.String()
		return condition{fmt.Sprintf("%s BETWEEN %s AND %s", column, b.arg(int32(t.Least)), b.arg(int32(t.Most))), true}
	case timeline.HasField:
		if t.Feature == "answer" {
			return condition{fmt.Sprintf(`(EXISTS (SELECT FROM %[1]s a JOIN %[2]s o ON o.id = a.answers WHERE a.event = e.place AND o.place <> e.place)
 OR EXISTS (SELECT FROM %[1]s a WHERE a.answers = e.id AND a.event <> e.place))`, b.answer, b.events), true}
		}
		return condition{fmt.Sprintf("e.has & %s <> 0", b.arg(int32(t.Has))), exact}
	case timeline.FileField:
		numbers := []int32{}
		for _, name := range t.Files {
			numbers = append(numbers, b.files[name]...)
		}
		slices.Sort(numbers)
		return condition{"e.file = ANY(" + b.arg(slices.Compact(numbers)) + ")", true}
	case timeline.URLField:
		return condition{"e.addresses LIKE " + b.arg(like(t.Folded)), false}
	}
	if t.Regexp != nil {
		return condition{"TRUE", false} // of another flavour
	}
	switch t.Field {
	case timeline.TitleField:
		return condition{"split_part(e.folded, chr(1), 1) LIKE " + b.arg(like(t.Folded)), true}
	case timeline.QuoteField:
		return condition{"split_part(e.folded, chr(1), 3) LIKE " + b.arg(like(t.Folded)), exact}
	}
	within := "e.folded LIKE " + b.arg(like(t.Folded))
	posted, listed := b.numbered(t.Names)
	if len(posted)+len(listed) == 0 {
		return condition{within, true}
	}
	return condition{"(" + within + " OR " + b.named(posted, listed) + ")", true}
}

// overlap is the SQL that a date shares a day with others.
func (b *statement) overlap(from, to edtf.Day) string {
	return "(" + strings.Join(b.overlaps(from, to), " OR ") + ")"
}

// overlaps are the two ways in which a date shares a day with others, of which an
// event has one at most: it begins among them, or it has begun before and not ended,
// for which few rows have to be looked at.
func (b *statement) overlaps(from, to edtf.Day) []string {
	last := b.arg(int64(to))
	if from == edtf.Past {
		return []string{"e.first <= " + last}
	}
	first := b.arg(int64(from))
	return []string{fmt.Sprintf("e.first BETWEEN %s AND %s", first, last),
		fmt.Sprintf("e.first < %[1]s AND e.first <= %[2]s AND e.last IS NOT NULL AND e.last >= %[1]s", first, last)}
}

// mostBranches is how many names a page is put together from.
const mostBranches = 32

// page writes the statement of the first rows, in the order of an index, which hence
// reads few more than these: that of the rarest names that a clause wants, else that
// of a time, else that of places. They come in the order of their places. An event
// may come once for each of its names.
func (b *statement) page() (sql string, byDate bool) {
	named, dated := -1, -1
	var names []known
	fewest, exact := 0, false
	for i, c := range b.clauses {
		if wanted, events, whole, ok := b.wanted(c); ok && 0 < len(wanted) && len(wanted) <= mostBranches && (named < 0 || events < fewest) {
			named, names, fewest, exact = i, wanted, events, whole
		}
		if !c.Not && len(c.Groups) == 0 && len(c.Tests) == 1 && isSpan(c.Tests[0].Field) && (dated < 0 || c.Tests[0].From > b.clauses[dated].Tests[0].From) {
			dated = i
		}
	}
	from, order, lead := b.events+" e", "e.place", -1
	ways := []string{always.sql}
	switch {
	case named >= 0 && (dated < 0 || fewest*fewest < b.size*b.whole): // else enough of them are soon found in that time
		var each []string
		for _, n := range names {
			each = append(each, fmt.Sprintf("(SELECT event FROM %s WHERE name = %s ORDER BY event)", b.has, b.arg(n.id)))
		}
		from, order, lead = fmt.Sprintf("(%s) h JOIN %s e ON e.place = h.event", strings.Join(each, " UNION ALL "), b.events), "h.event", named
		if !exact {
			lead = -1
		}
	case dated >= 0:
		t := b.clauses[dated].Tests[0]
		ways, order, lead, byDate = b.overlaps(t.From, t.To), "e.first, e.place", dated, true
	}
	rest := slices.Clone(b.each)
	if lead >= 0 {
		rest = slices.Delete(rest, lead, lead+1)
	}
	where := joined(rest, " AND ", always).sql
	for i, way := range ways {
		ways[i] = fmt.Sprintf("(SELECT %s FROM %s WHERE %s AND %s ORDER BY %s LIMIT %d)", pageColumns, from, way, where, order, b.size)
	}
	sql = strings.Join(ways, " UNION ALL ")
	if byDate {
		sql = fmt.Sprintf("SELECT * FROM (SELECT * FROM (%s) e ORDER BY first, place LIMIT %d) e ORDER BY place", sql, b.size)
	}
	return sql, byDate
}

func idsOf(names []known) []int32 {
	ids := make([]int32, len(names))
	for i, n := range names {
		ids[i] = n.id
	}
	return ids
}

// wanted returns the names one of which every event has that a clause selects, if the
// store lists the events of each, and how many events these are at most. Exact says
// that every event with one of them is selected.
func (b *statement) wanted(c timeline.Clause) (names []known, events int, exact, ok bool) {
	if exact = true; c.Not {
		return nil, 0, false, false
	}
	for _, t := range c.Tests {
		if !isPosted(t.Field) && t.Field != timeline.RoleField {
			return nil, 0, false, false
		}
		for _, n := range t.Names {
			if name, found := b.names[timeline.Name{Field: n.Field, Folded: n.Folded}]; found {
				names = append(names, name)
			}
		}
	}
	for _, g := range c.Groups {
		var rarest []known
		fewest, any := 0, false
		for _, c := range g {
			if all, events, whole, ok := b.wanted(c); ok && (!any || events < fewest) {
				rarest, fewest, any = all, events, true
				exact = exact && whole && len(g) == 1
			}
		}
		if !any {
			return nil, 0, false, false
		}
		names = append(names, rarest...)
	}
	slices.SortFunc(names, func(a, b known) int { return cmp.Compare(a.id, b.id) })
	names = slices.Compact(names)
	for _, n := range names {
		events += int(n.events)
	}
	return names, events, exact, true
}

// like is a pattern of LIKE for texts in which another occurs.
func like(needle string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(needle) + "%"
}
