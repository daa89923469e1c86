package postgres

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"dateline/timeline"
)

// A foreign is a table or a view that dateline did not make. Its rows come as CSV,
// whose columns package format understands.
type foreign struct {
	table   string // quoted
	columns []string
	types   []string
}

// openForeign looks for a table that dateline did not make, where its own are
// missing.
func (s *Store) openForeign(ctx context.Context) (*foreign, error) {
	from := &foreign{table: s.tables.events}
	err := s.rows.use(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, "SELECT * FROM "+from.table+" LIMIT 0")
		if err != nil {
			return err
		}
		defer rows.Close()
		for _, column := range rows.FieldDescriptions() {
			from.columns = append(from.columns, column.Name)
			kind := ""
			if t, known := conn.TypeMap().TypeForOID(column.DataTypeOID); known {
				kind = t.Name
			}
			from.types = append(from.types, kind)
		}
		return rows.Err()
	})
	return from, err
}

// all selects every row: what a column means shows only where the rows arrive.
func (f *foreign) all(*statement, []timeline.Clause) condition { return condition{"TRUE", false} }

// selectRows hands out rows as CSV, after a header.
func (f *foreign) selectRows(ctx context.Context, tx pgx.Tx, b *statement, where condition, take func(int, []byte) error) error {
	rows, err := tx.Query(ctx, fmt.Sprintf("SELECT * FROM %s e WHERE %s", f.table, where.sql), b.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
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
	for rows.Next() {
		for k, value := range rows.RawValues() {
			cells[k] = string(value)
		}
		if err := give(cells); err != nil {
			return err
		}
	}
	return rows.Err()
}
