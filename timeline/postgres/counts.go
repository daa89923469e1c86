package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// The numbers of a store come on the connection for counts, and each is cancelled on
// the server when its context is.

// Estimate returns about how many events a query selects, without looking at them.
// It is exact for the query that selects all.
func (s *Store) Estimate(ctx context.Context, q timeline.Query) (events int64, exact bool, err error) {
	if q.Empty() && s.own() {
		return int64(s.Events()), true, nil
	}
	b, where, err := s.compile(ctx, q)
	if err != nil {
		return 0, false, err
	}
	if field, value, ok := s.rolledUp(q, b); ok {
		events, err = s.total(ctx, field, value)
		return events, true, err
	}
	var plan []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	var text string
	err = s.counts.use(ctx, func(ctx context.Context, conn *conn) error {
		return conn.row(ctx, []any{&text}, fmt.Sprintf("EXPLAIN (FORMAT JSON) SELECT FROM %s e WHERE %s", b.events, where.sql), b.args...)
	})
	if err != nil {
		return 0, false, err
	}
	if err := json.Unmarshal([]byte(text), &plan); err != nil || len(plan) == 0 {
		return 0, false, fmt.Errorf("%s: this server does not estimate", s.name)
	}
	return int64(plan[0].Plan.Rows), false, nil
}

// Count counts the events that a query selects, up to one more than most; 0 is no
// limit. It counts too many, and is not exact, if a part of the query can only be
// decided where the events are.
func (s *Store) Count(ctx context.Context, q timeline.Query, most int64) (events int64, exact bool, err error) {
	if q.Empty() && s.own() {
		return s.Estimate(ctx, q)
	}
	b, where, err := s.compile(ctx, q)
	if err != nil {
		return 0, false, err
	}
	if field, value, ok := s.rolledUp(q, b); ok {
		events, err = s.total(ctx, field, value)
		return events, true, err
	}
	limit := ""
	if most > 0 {
		limit = "LIMIT " + b.arg(most+1)
	}
	err = s.counts.use(ctx, func(ctx context.Context, conn *conn) error {
		return conn.row(ctx, []any{&events}, fmt.Sprintf("SELECT count(*) FROM (SELECT FROM %s e WHERE %s %s) s", b.events, where.sql, limit), b.args...)
	})
	return events, where.exact, err
}

// total counts the events that have a value, from the rollup.
func (s *Store) total(ctx context.Context, field int, value int32) (events int64, err error) {
	err = s.counts.use(ctx, func(ctx context.Context, conn *conn) error {
		return conn.row(ctx, []any{&events}, fmt.Sprintf("SELECT coalesce(sum(events), 0) FROM %s WHERE field = $1 AND value = $2", s.tables.month), int16(field), value)
	})
	return events, err
}

// Months counts the events that a query selects by the month they are filed in, by its
// first day; edtf.Future has those without a day. The rollup answers for the query that
// selects all, and for one actor, place, topic or status. It is nil for a table that
// dateline did not make, and not exact where Count is not.
func (s *Store) Months(ctx context.Context, q timeline.Query) (months map[edtf.Day]int, exact bool, err error) {
	if !s.own() {
		return nil, false, nil
	}
	b, where, err := s.compile(ctx, q)
	if err != nil {
		return nil, false, err
	}
	err = s.counts.use(ctx, func(ctx context.Context, conn *conn) (err error) {
		if field, value, ok := s.rolledUp(q, b); ok {
			months, err = b.months(ctx, conn, field, value)
			return err
		}
		months, err = readMonths(ctx, conn, fmt.Sprintf("SELECT e.month, count(*) FROM %s e WHERE %s GROUP BY e.month", b.events, where.sql), b.args...)
		return err
	})
	return months, where.exact, err
}

// Outline returns a timeline without events, with the actors of the store's register
// and the names of all events, unless these are too many to read at once.
func (s *Store) Outline(ctx context.Context) (*timeline.Timeline, error) {
	s.mu.Lock()
	resolver, whole, own := s.resolver, s.whole, s.foreign == nil
	s.mu.Unlock()
	var err error
	if own {
		err = s.counts.use(ctx, func(ctx context.Context, conn *conn) error {
			_, _, err := s.tables.readNames(ctx, conn, nil, &whole)
			return err
		})
	}
	return resolver.PartOf(&whole), err
}

// rolledUp returns the value of the rollup that a query asks for, if it asks for no
// more.
func (s *Store) rolledUp(q timeline.Query, b *statement) (field int, value int32, ok bool) {
	if q.Empty() {
		return allEvents, 0, true
	}
	terms := q.Terms()
	f, single := terms[0].Field()
	if len(terms) > 1 || !single || terms[0].Excludes() || len(terms[0].Values()) > 1 {
		return 0, 0, false
	}
	switch {
	case f == timeline.StatusField:
		status, _ := timeline.ParseStatus(terms[0].Values()[0])
		return statusField, int32(status), true
	case isPosted(f):
		if names, _, _, ok := b.wanted(b.clauses[0]); ok && len(names) == 1 {
			return int(f), names[0].id, true
		}
	}
	return 0, 0, false
}

// mostValues is how many values of a field are counted.
const mostValues = 200

// Facet counts the events that a query selects by status, actor, place or topic, the
// most frequent values first.
func (s *Store) Facet(ctx context.Context, q timeline.Query, f timeline.Field) ([]timeline.Count, error) {
	if !s.own() || f != timeline.StatusField && !isPosted(f) {
		return nil, nil
	}
	b, where, err := s.compile(ctx, q)
	if err != nil {
		return nil, err
	}
	var sql string
	switch {
	case f == timeline.StatusField && q.Empty():
		sql = fmt.Sprintf("SELECT value, '', sum(events) FROM %s WHERE field = %s GROUP BY value", b.month, b.arg(int16(f)))
	case f == timeline.StatusField:
		sql = fmt.Sprintf("SELECT status::int, '', count(*) FROM %s e WHERE %s GROUP BY status", b.events, where.sql)
	case q.Empty():
		sql = fmt.Sprintf("SELECT id, written, events FROM %s WHERE field = %s", b.name, b.arg(int16(f)))
	default:
		sql = fmt.Sprintf("SELECT n.id, n.written, count(*) FROM %s e CROSS JOIN unnest(e.names) h JOIN %s n ON n.id = h WHERE n.field = %s AND %s GROUP BY n.id, n.written",
			b.events, b.name, b.arg(int16(f)), where.sql)
	}
	sql += fmt.Sprintf(" ORDER BY 3 DESC, 2 LIMIT %d", mostValues)
	counted := make(map[string]int)
	s.mu.Lock()
	resolver := s.resolver
	s.mu.Unlock()
	err = s.counts.use(ctx, func(ctx context.Context, conn *conn) error {
		var value int32
		var written string
		var n int64
		return conn.each(ctx, sql, b.args, []any{&value, &written, &n}, func() error {
			switch f {
			case timeline.StatusField:
				written = timeline.Status(value).String()
			case timeline.ActorField:
				written = resolver.Actor(written).Name
			}
			counted[written] += int(n)
			return nil
		})
	})
	var counts []timeline.Count
	for value, n := range counted {
		counts = append(counts, timeline.Count{Value: value, Shown: n, All: n})
	}
	slices.SortFunc(counts, func(a, b timeline.Count) int { return cmp.Or(b.Shown-a.Shown, strings.Compare(a.Value, b.Value)) })
	return counts, err
}

// own reports whether dateline made the tables.
func (s *Store) own() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.foreign == nil
}
