package postgres

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// A conn is a connection that sends and reads text, but for COPY: parameters and
// values as PostgreSQL writes them. Package pgx, which turns them into Go's types and back,
// would make the program a sixth larger. Each query is one round trip and leaves no
// state that a pooler would lose.
type conn struct {
	*pgconn.PgConn
}

// query sends a query with parameters. The rows must be closed.
func (c *conn) query(ctx context.Context, sql string, args ...any) *rows {
	values, types := make([][]byte, len(args)), make([]uint32, len(args))
	for i, arg := range args {
		values[i], types[i] = appendText(nil, arg), typeOf(arg)
	}
	return &rows{result: c.ExecParams(ctx, sql, values, types, nil, nil)}
}

// each calls do for each row, with its values in the variables that dest points to.
func (c *conn) each(ctx context.Context, sql string, args, dest []any, do func() error) error {
	rows := c.query(ctx, sql, args...)
	for rows.next() {
		if err := rows.scan(dest...); err != nil {
			return errors.Join(err, rows.close())
		}
		if err := do(); err != nil {
			return errors.Join(err, rows.close())
		}
	}
	return rows.close()
}

// errNoRow says that a query which asks for a row has none.
var errNoRow = errors.New("no row")

// row puts the values of the only row into the variables that dest points to.
func (c *conn) row(ctx context.Context, dest []any, sql string, args ...any) error {
	found := false
	err := c.each(ctx, sql, args, dest, func() error { found = true; return nil })
	if err == nil && !found {
		return errNoRow
	}
	return err
}

// exec sends a statement with parameters.
func (c *conn) exec(ctx context.Context, sql string, args ...any) error {
	return c.query(ctx, sql, args...).close()
}

// script sends statements without parameters, parted by semicolons.
func (c *conn) script(ctx context.Context, sql string) error {
	return c.Exec(ctx, sql).Close()
}

// within calls do in a transaction, which begins with the statement begin. What it
// did holds if it returns no error.
func (c *conn) within(ctx context.Context, begin string, do func() error) error {
	if err := c.script(ctx, begin); err != nil {
		return err
	}
	if err := do(); err != nil {
		if c.script(context.WithoutCancel(ctx), "ROLLBACK") != nil {
			c.Close(context.WithoutCancel(ctx)) // nobody knows what state it is in
		}
		return err
	}
	return c.script(ctx, "COMMIT")
}

// copy sends n rows to a statement of COPY, which reads its binary format.
func (c *conn) copy(ctx context.Context, sql string, n int, values func(k int) []any) error {
	if n == 0 {
		return nil
	}
	_, err := c.CopyFrom(ctx, &copying{n: n, values: values, made: []byte("PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00")}, sql)
	return err
}

// A copying makes rows as they are sent, so that the server works on some while others
// are made.
type copying struct {
	n, next int
	values  func(k int) []any
	made    []byte // and not yet read
	sent    int    // of these
}

func (c *copying) Read(p []byte) (n int, err error) {
	if c.sent == len(c.made) {
		c.made, c.sent = c.made[:0], 0
	}
	for ; len(c.made) < len(p) && c.next < c.n; c.next++ {
		values := c.values(c.next)
		c.made = binary.BigEndian.AppendUint16(c.made, uint16(len(values)))
		for _, value := range values {
			c.made = appendBinary(c.made, value)
		}
		if c.next == c.n-1 {
			c.made = append(c.made, 0xff, 0xff) // the end
		}
	}
	n = copy(p, c.made[c.sent:])
	if c.sent += n; n == 0 {
		err = io.EOF
	}
	return n, err
}

// rows are the rows of a query, as they come.
type rows struct {
	result *pgconn.ResultReader
}

func (r *rows) next() bool { return r.result.NextRow() }

// values are those of the row, valid until the next.
func (r *rows) values() [][]byte { return r.result.Values() }

// scan puts the values of the row into the variables that dest points to; nil skips
// one.
func (r *rows) scan(dest ...any) error {
	for i, value := range r.values() {
		if dest[i] == nil {
			continue
		}
		var err error
		var n int64
		text := string(value)
		switch to := dest[i].(type) {
		case *string:
			*to = text
		case *bool:
			*to = text == "t"
		case *int:
			n, err = strconv.ParseInt(text, 10, strconv.IntSize)
			*to = int(n)
		case *int16:
			n, err = strconv.ParseInt(text, 10, 16)
			*to = int16(n)
		case *int32:
			n, err = strconv.ParseInt(text, 10, 32)
			*to = int32(n)
		case *int64:
			*to, err = strconv.ParseInt(text, 10, 64)
		default:
			panic(fmt.Sprintf("postgres: no value of a row is read as %T", to))
		}
		if err != nil {
			return fmt.Errorf("the server sent %q where a number is expected", text)
		}
	}
	return nil
}

// close reads what is left, and returns the error that ended the query.
func (r *rows) close() error {
	_, err := r.result.Close()
	return err
}

// The numbers of types, as every PostgreSQL has them in pg_type.
const (
	typeInt8, typeInt2, typeInt4, typeText             = 20, 21, 23, 25
	typeInt2s, typeInt4s, typeTexts, typeInt8s         = 1005, 1007, 1009, 1016
	typeDate, typeTimestamp, typeTimestampWithTimeZone = 1082, 1114, 1184
)

func typeOf(arg any) uint32 {
	switch arg.(type) {
	case string:
		return typeText
	case int16:
		return typeInt2
	case int32:
		return typeInt4
	case int64:
		return typeInt8
	case []string:
		return typeTexts
	case []int16:
		return typeInt2s
	case []int32:
		return typeInt4s
	case []int64:
		return typeInt8s
	}
	panic(fmt.Sprintf("postgres: %T is no type of a parameter", arg))
}

// appendText appends a value as PostgreSQL writes it.
func appendText(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return append(b, v...)
	case int16:
		return strconv.AppendInt(b, int64(v), 10)
	case int32:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case []string:
		return appendArray(b, v, func(b []byte, s string) []byte {
			return append(append(append(b, '"'), inArray.Replace(s)...), '"')
		})
	case []int16:
		return appendArray(b, v, func(b []byte, n int16) []byte { return appendText(b, n) })
	case []int32:
		return appendArray(b, v, func(b []byte, n int32) []byte { return appendText(b, n) })
	case []int64:
		return appendArray(b, v, func(b []byte, n int64) []byte { return appendText(b, n) })
	}
	panic(fmt.Sprintf("postgres: %T is no type of a value", value))
}

func appendArray[T any](b []byte, values []T, appendOne func([]byte, T) []byte) []byte {
	b = append(b, '{')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendOne(b, value)
	}
	return append(b, '}')
}

// appendBinary appends a value as COPY reads it in its binary format: its length, and
// its bytes with the highest first.
func appendBinary(b []byte, value any) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	switch v := value.(type) {
	case nil:
		return append(b[:at], 0xff, 0xff, 0xff, 0xff)
	case string:
		b = append(b, v...)
	case int16:
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	case int32:
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	case int64:
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	case []int32:
		for _, n := range []int{1, 0, typeInt4, len(v), 1} { // dimensions, no nulls, type, length, first index
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
		for _, n := range v {
			b = appendBinary(b, n)
		}
	default:
		panic(fmt.Sprintf("postgres: %T is no type of a value", value))
	}
	binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

var inArray = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// quoted quotes the parts of a name, such as a schema and a table.
func quoted(parts ...string) string {
	for i, part := range parts {
		parts[i] = `"` + strings.ReplaceAll(strings.ReplaceAll(part, "\x00", ""), `"`, `""`) + `"`
	}
	return strings.Join(parts, ".")
}
