package postgres

import (
	"context"
	"errors"
	"fmt"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A TooManyError says that a query selects more events than may be loaded.
type TooManyError struct {
	Events int64
	Exact  bool
	Most   int64
}

func (e *TooManyError) Error() string {
	sign := ""
	if !e.Exact {
		sign = "≈ "
	}
	return fmt.Sprintf("the filter selects %s%s events, and at most %s are loaded; narrow it with --filter, or raise --most", sign, text.Grouped(int(e.Events)), text.Grouped(int(e.Most)))
}

// Decides reports whether the server can decide the whole of a query, so that what
// it selects need not be looked through.
func (s *Store) Decides(ctx context.Context, q timeline.Query) (bool, error) {
	_, where, err := s.compile(ctx, q)
	return where.exact, err
}

// pageSize is how many events are selected first, so that they are on screen while
// the others come.
const pageSize = 1000

const pageColumns = "e.file, e.first, e.place, e.event"

// Select hands out the events that a query selects, at most so many: the number of
// the file in Files, and the event as a line of JSON, or as a row of CSV of a table
// that dateline did not make. Events of the same date come in the order of their
// files. With them come, last, the events that they answer or that answer them, and
// those that the query names. An event is valid until the next.
//
// It also selects events of which the query can only be decided where they arrive,
// so that must be done there.
func (s *Store) Select(ctx context.Context, q timeline.Query, most int64, take func(file int, event []byte) error) error {
	if err := s.within(ctx, q, most); err != nil {
		return err
	}
	b, where, err := s.compile(ctx, q)
	if err != nil {
		return err
	}
	s.mu.Lock()
	from := s.foreign
	index := make(map[int]int) // by number
	for i, f := range s.files {
		index[f.number] = i
	}
	s.mu.Unlock()
	reading := func(ctx context.Context, conn *conn) error {
		if from != nil {
			return from.selectRows(ctx, conn, b, where, take)
		}
		type position struct{ first, place int64 }
		n := int64(0)
		read := func(part int, sql string, args []any) (rows int, last, latest position, err error) {
			if len(index) == 1 {
				part = 0
			}
			result := conn.query(ctx, sql, args...)
			for err == nil && result.next() {
				var file int
				before := last.place
				if err = result.scan(&file, &last.first, &last.place, nil); err != nil {
					break
				}
				if rows++; rows > 1 && last.place == before {
					continue // it has two of the names
				}
				if rows == 1 || last.first >= latest.first {
					latest = last
				}
				if n++; n > most && most > 0 {
					err = &TooManyError{Events: n, Most: most}
				} else {
					err = take(part*len(index)+index[file], result.values()[3])
				}
			}
			return rows, last, latest, errors.Join(err, result.close())
		}
		page := *b
		sql, byDate := page.page()
		rows, last, latest, err := read(0, sql, page.args)
		if err == nil && rows == s.page {
			rest := *b
			after := "e.place > " + rest.arg(last.place)
			if byDate {
				after = fmt.Sprintf("(e.first, e.place) > (%s, %s)", rest.arg(latest.first), rest.arg(latest.place))
			}
			_, _, _, err = read(1, fmt.Sprintf("SELECT %s FROM %s e WHERE %s AND %s ORDER BY e.place", pageColumns, b.events, where.sql, after), rest.args)
		}
		if err != nil || n == 0 || where.sql == always.sql {
			return err
		}
		most = 0
		_, _, _, err = read(2, fmt.Sprintf(`SELECT %[5]s FROM %[1]s e WHERE e.place IN (
 SELECT place FROM %[1]s WHERE id = ANY(%[4]s) UNION
 SELECT o.place FROM %[1]s e JOIN %[2]s a ON a.event = e.place JOIN %[1]s o ON o.id = a.answers WHERE %[3]s UNION
 SELECT a.event FROM %[1]s e JOIN %[2]s a ON a.answers = e.id WHERE %[3]s) AND NOT %[3]s
 ORDER BY e.place`, b.events, b.answer, where.sql, b.arg(b.asked), pageColumns), b.args)
		return err
	}
	return s.rows.use(ctx, func(ctx context.Context, conn *conn) error {
		return conn.within(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", func() error { return reading(ctx, conn) })
	})
}

// within refuses a query that selects more events than may be loaded, without
// counting them if they are few by far.
func (s *Store) within(ctx context.Context, q timeline.Query, most int64) error {
	if most <= 0 {
		return nil
	}
	const doubt = 10 // how many times wrong an estimate may be
	events, exact, err := s.Estimate(ctx, q)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !exact && (err != nil || events > most/doubt) {
		var counted int64
		if counted, _, err = s.Count(ctx, q, most); err != nil {
			return err
		}
		if counted <= most {
			return nil
		}
		events, exact = max(events, counted), false
	}
	if events > most {
		return &TooManyError{events, exact, most}
	}
	return nil
}
