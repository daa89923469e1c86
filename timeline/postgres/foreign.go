package postgres

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
)

// A foreign is a table or a view that dateline did not make. Its rows come as CSV,
// whose columns package format understands. Of a filter, the server decides the
// dates that a column of dates tells, and more widely than dateline does.
type foreign struct {
	table   string // quoted
	columns []string
	date    string // the column of dates that events begin on, quoted; empty if there is none
	ends    bool   // they may end later
}

// openForeign looks for a table that dateline did not make, where its own are
// missing.
func (s *Store) openForeign(ctx context.Context) (*foreign, error) {
	from := &foreign{table: s.tables.events}
	dates := make(map[string]bool)
	err := s.rows.use(ctx, func(ctx context.Context, conn *conn) error {
		rows := conn.query(ctx, "SELECT * FROM "+from.table+" LIMIT 0")
		rows.next()
		for _, column := range rows.result.FieldDescriptions() {
			from.columns = append(from.columns, column.Name)
			switch column.DataTypeOID {
			case typeDate, typeTimestamp, typeTimestampWithTimeZone:
				dates[column.Name] = true
			}
		}
		return rows.close()
	})
	if of, err := format.FieldColumns(from.columns, s.Columns); err == nil && len(of["date"]) == 1 && dates[of["date"][0]] && len(of["display_date"]) == 0 {
		from.date = quoted(of["date"][0])
		for field := range of {
			from.ends = from.ends || strings.HasPrefix(field, "end")
		}
	}
	return from, err
}

// all is the condition that the dates of clauses hold, with a day more at each end
// because of zones.
func (f *foreign) all(b *statement, clauses []timeline.Clause) condition {
	sql := []string{"TRUE"}
	for _, c := range clauses {
		if f.date == "" || c.Not || len(c.Tests) != 1 {
			continue
		}
		if t := c.Tests[0]; isSpan(t.Field) {
			if day, ok := dateOf(t.From - 1); ok && t.From != edtf.Past && !f.ends {
				sql = append(sql, fmt.Sprintf("e.%s >= %s::date", f.date, b.arg(day)))
			}
			if day, ok := dateOf(t.To + 2); ok && t.To < edtf.Future-2 {
				sql = append(sql, fmt.Sprintf("e.%s < %s::date", f.date, b.arg(day)))
			}
		}
	}
	return condition{strings.Join(sql, " AND "), false}
}

// dateOf writes a day as PostgreSQL reads it, if it does.
func dateOf(day edtf.Day) (string, bool) {
	year, _, _ := day.Civil()
	return day.String(), 0 < year && year < 9999
}

// Advice says, a line each, which indexes a store lacks, and what would be quick with
// them.
func (s *Store) Advice(ctx context.Context) ([]string, error) {
	s.mu.Lock()
	from := s.foreign
	s.mu.Unlock()
	leads := make(map[string]bool) // the columns that indexes begin with
	err := s.rows.use(ctx, func(ctx context.Context, conn *conn) error {
		var column string
		return conn.each(ctx, "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indisvalid AND i.indrelid = $1::text::regclass",
			[]any{s.tables.events}, []any{&column}, func() error { leads[column] = true; return nil })
	})
	if err != nil {
		return nil, err
	}
	var advice []string
	if from == nil {
		for _, index := range []struct{ lead, on, quick string }{
			{"place", "(place)", "actor:, place: and topic:"}, {"id", "(id)", "id: and has:answer"}, {"status", "(status, place)", "status:"},
			{"first", "(first, place)", "since: and until:"}, {"last", "(last, first) WHERE last IS NOT NULL", "since:"},
		} {
			if !leads[index.lead] {
				advice = append(advice, fmt.Sprintf("an index is missing; CREATE INDEX ON %s %s makes %s quick", s.tables.events, index.on, index.quick))
			}
		}
		return advice, nil
	}
	switch {
	case from.date == "":
		advice = append(advice, "no column of type date tells when an event begins, so that every filter reads all rows")
	case !leads[strings.Trim(from.date, `"`)]:
		advice = append(advice, fmt.Sprintf("no index begins with %s; CREATE INDEX ON %s (%s) makes since: and until: quick", from.date, from.table, from.date))
	}
	return append(advice, "dateline did not make this table, so filters other than dates read all rows; export it and dateline load the file to make them quick"), nil
}

// selectRows hands out rows as CSV, after a header.
func (f *foreign) selectRows(ctx context.Context, conn *conn, b *statement, where condition, take func(int, []byte) error) error {
	var line strings.Builder
	w := csv.NewWriter(&line)
	give := func(cells []string) error {
		line.Reset()
		w.Write(cells)
		w.Flush()
		return take(0, []byte(strings.TrimSuffix(line.String(), "\n")))
	}
	if err := give(f.columns); err != nil {
		return err
	}
	cells := make([]string, len(f.columns))
	rows := conn.query(ctx, fmt.Sprintf("SELECT * FROM %s e WHERE %s", f.table, where.sql), b.args...)
	for rows.next() {
		for k, value := range rows.values() {
			cells[k] = string(value)
		}
		if err := give(cells); err != nil {
			return errors.Join(err, rows.close())
		}
	}
	return rows.close()
}
