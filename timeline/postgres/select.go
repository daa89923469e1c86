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

// firstPage is how many events are selected first, so that they are on screen while
// the others come.
const firstPage = 1000

// Select hands out the events that a query selects, at most so many: the number of
// the file in Files, and the event as a line of JSON, or as a row of CSV of a table
// that dateline did not make. Those of a file come in its order of dates. With them
// come, last, the events that they answer or that answer them, and those that the
// query names. An event is valid until the next.
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
		n, last := int64(0), [3]int64{}
		beside := 0 // of the files that hold what comes beside
		read := func(condition, end string, args []any) (int, error) {
			rows := conn.query(ctx, fmt.Sprintf("SELECT e.file, e.filed, e.place, e.event FROM %s e WHERE %s %s", b.events, condition, end), args...)
			page := 0
			for rows.next() {
				err := rows.scan(&last[0], &last[1], &last[2], nil)
				if n, page = n+1, page+1; n > most && most > 0 {
					err = &TooManyError{Events: n, Most: most}
				}
				if err == nil {
					err = take(beside+index[int(last[0])], rows.values()[3])
				}
				if err != nil {
					return page, errors.Join(err, rows.close())
				}
			}
			return page, rows.close()
		}
		const order = "ORDER BY e.file, e.filed, e.place"
		page, err := read(where.sql, fmt.Sprintf("%s LIMIT %d", order, firstPage), b.args)
		if err == nil && page == firstPage {
			rest := *b
			after := fmt.Sprintf("(e.file, e.filed, e.place) > (%s, %s, %s)", rest.arg(last[0]), rest.arg(last[1]), rest.arg(last[2]))
			_, err = read(where.sql+" AND "+after, order, rest.args)
		}
		if err != nil || n == 0 || where.sql == always.sql {
			return err
		}
		if most = 0; len(index) > 1 {
			beside = len(index)
		}
		named := b.arg(b.asked)
		_, err = read(fmt.Sprintf(`e.place IN (
 SELECT place FROM %[1]s WHERE id = ANY(%[4]s) UNION
 SELECT o.place FROM %[1]s e JOIN %[2]s a ON a.event = e.place JOIN %[1]s o ON o.id = a.answers WHERE %[3]s UNION
 SELECT a.event FROM %[1]s e JOIN %[2]s a ON a.answers = e.id WHERE %[3]s) AND NOT %[3]s`, b.events, b.answer, where.sql, named), order, b.args)
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
