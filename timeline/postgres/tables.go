package postgres

import (
	"context"
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// tables are the tables of a store, by their quoted names. The first is named by the
// user, and the others after it.
type tables struct {
	schema, base                           string // not quoted
	events, name, has, answer, month, file string
}

func tablesOf(named string) tables {
	t := tables{base: named}
	if schema, base, ok := strings.Cut(named, "."); ok {
		t.schema, t.base = schema, base
	}
	with := func(suffix string) string {
		if t.schema == "" {
			return quoted(t.base + suffix)
		}
		return quoted(t.schema, t.base+suffix)
	}
	t.events, t.name, t.has, t.answer, t.month, t.file = with(""), with("_name"), with("_has"), with("_answer"), with("_month"), with("_file")
	return t
}

// version is that of the tables. The file of number 0 has it for a name, and is what
// a load locks.
const version = "dateline 2"

// create makes the tables. Days count from 1970, as edtf.Day does, because date has
// no 9999 BC; texts are compared by their bytes; an event is text, because jsonb
// reorders it and refuses some.
func (t tables) create() []string {
	return []string{
		fmt.Sprintf(`CREATE TABLE %s (
	number int PRIMARY KEY,
	name text COLLATE "C" NOT NULL UNIQUE,
	frame text NOT NULL, -- the file without its events
	events bigint NOT NULL, first bigint NOT NULL, last bigint NOT NULL, reach bigint NOT NULL)`, t.file),
		fmt.Sprintf(`INSERT INTO %s VALUES (0, '%s', '', 0, 0, 0, 0)`, t.file, version),
		fmt.Sprintf(`CREATE TABLE %s (
	place bigint NOT NULL, -- the file's number, times 2^32, and which of its events, in the order of their dates
	file int NOT NULL,
	id text COLLATE "C" NOT NULL,
	first bigint NOT NULL, last bigint, month bigint NOT NULL, -- the last day is NULL if it is the first
	public bigint NOT NULL, published bigint NOT NULL,
	status smallint NOT NULL, has int NOT NULL, sources int NOT NULL, origins int NOT NULL,
	names int[] NOT NULL,
	folded text COLLATE "C" NOT NULL, -- title, summary and quotations, parted by chr(1)
	addresses text COLLATE "C" NOT NULL,
	event text COLLATE "C" NOT NULL)`, t.events),
		fmt.Sprintf(`CREATE TABLE %s (id int NOT NULL, field smallint NOT NULL, folded text COLLATE "C" NOT NULL, written text COLLATE "C" NOT NULL, events bigint NOT NULL)`, t.name),
		fmt.Sprintf(`CREATE TABLE %s (name int NOT NULL, event bigint NOT NULL)`, t.has),
		fmt.Sprintf(`CREATE TABLE %s (event bigint NOT NULL, answers text COLLATE "C" NOT NULL)`, t.answer),
		fmt.Sprintf(`CREATE TABLE %s (field smallint NOT NULL, value int NOT NULL, month bigint NOT NULL, events bigint NOT NULL)`, t.month),
	}
}

// index makes the indexes, which a first load does after it has filled the tables.
// Each has rows in the order in which they are asked for, so that a page reads no
// more than its rows.
func (t tables) index() []string {
	return []string{
		fmt.Sprintf(`ALTER TABLE %s ADD PRIMARY KEY (place)`, t.events),
		fmt.Sprintf(`CREATE UNIQUE INDEX ON %s (id)`, t.events),
		fmt.Sprintf(`CREATE INDEX ON %s (status, place)`, t.events),
		fmt.Sprintf(`CREATE INDEX ON %s (first, place)`, t.events),
		fmt.Sprintf(`CREATE INDEX ON %s (last, first) WHERE last IS NOT NULL`, t.events),
		fmt.Sprintf(`ALTER TABLE %s ADD PRIMARY KEY (id)`, t.name),
		fmt.Sprintf(`CREATE UNIQUE INDEX ON %s (field, folded)`, t.name),
		fmt.Sprintf(`CREATE INDEX ON %s (field, events)`, t.name),
		fmt.Sprintf(`ALTER TABLE %s ADD PRIMARY KEY (name, event)`, t.has),
		fmt.Sprintf(`CREATE INDEX ON %s (event)`, t.answer),
		fmt.Sprintf(`CREATE INDEX ON %s (answers)`, t.answer),
		fmt.Sprintf(`ALTER TABLE %s ADD PRIMARY KEY (field, value, month)`, t.month),
	}
}

// Schema is the SQL that makes the tables of a store, for an administrator.
func Schema(address string) (string, error) {
	s, err := parse(address, Options{})
	if err != nil {
		return "", err
	}
	return strings.Join(append(append([]string{"BEGIN"}, append(s.tables.create(), s.tables.index()...)...), "COMMIT;\n"), ";\n"), nil
}

// The fields of the rollup beside those of names: all events of a month, and those
// of a status.
const (
	allEvents   = -1
	statusField = int(timeline.StatusField)
)

// read reads what a store holds, without its events and names.
func (t tables) read(ctx context.Context, conn *conn) (files []stored, whole timeline.Whole, err error) {
	whole = timeline.Whole{First: edtf.Future, Last: edtf.Past, Reach: edtf.Past, Months: make(map[edtf.Day]int)}
	made := ""
	var f stored
	var events, first, last, reach int64
	sql := fmt.Sprintf("SELECT number, name, frame, events, first, last, reach FROM %s ORDER BY number", t.file)
	err = conn.each(ctx, sql, nil, []any{&f.number, &f.name, &f.frame, &events, &first, &last, &reach}, func() error {
		if f.number == 0 {
			made = f.name
			return nil
		}
		files = append(files, f)
		whole.Events += int(events)
		whole.First, whole.Last, whole.Reach = min(whole.First, edtf.Day(first)), max(whole.Last, edtf.Day(last)), max(whole.Reach, edtf.Day(reach))
		return nil
	})
	if err != nil {
		return nil, whole, err
	}
	if made != version {
		return nil, whole, otherVersion(made)
	}
	months, err := t.months(ctx, conn, allEvents, 0)
	for month, n := range months {
		if month != edtf.Future {
			whole.Months[month] = n
		}
	}
	return files, whole, err
}

func otherVersion(made string) error {
	return fmt.Errorf("another version of dateline made these tables (%q); load the files again, into another table=NAME", made)
}

// months reads the rollup of a value: how many events are filed in each month.
func (t tables) months(ctx context.Context, conn *conn, field int, value int32) (map[edtf.Day]int, error) {
	return readMonths(ctx, conn, fmt.Sprintf("SELECT month, events FROM %s WHERE field = $1 AND value = $2", t.month), int16(field), value)
}

// readMonths reads rows of a month and how many events it has.
func readMonths(ctx context.Context, conn *conn, sql string, args ...any) (map[edtf.Day]int, error) {
	months := make(map[edtf.Day]int)
	var month int64
	var n int
	err := conn.each(ctx, sql, args, []any{&month, &n}, func() error {
		months[edtf.Day(month)] += n
		return nil
	})
	return months, err
}

// readNames adds to whole the names of the store: all or, if they are many, those
// that contain a text that is sought.
func (t tables) readNames(ctx context.Context, conn *conn, sought []string, whole *timeline.Whole) (names map[timeline.Name]known, all bool, err error) {
	read := func(where string, args ...any) (n int, err error) {
		clear(whole.Names[:])
		names = make(map[timeline.Name]known)
		var k known
		var field int16
		var folded, written string
		sql := fmt.Sprintf("SELECT id, field, folded, written, events FROM %s %s LIMIT %d", t.name, where, mostNames+1)
		err = conn.each(ctx, sql, args, []any{&k.id, &field, &folded, &written, &k.events}, func() error {
			if n++; int(field) < len(whole.Names) {
				whole.Names[field] = append(whole.Names[field], written)
				names[timeline.Name{Field: timeline.Field(field), Folded: folded}] = k
			}
			return nil
		})
		return n, err
	}
	n, err := read("ORDER BY id")
	if err != nil || n <= mostNames {
		return names, err == nil, err
	}
	var patterns []string
	for _, s := range sought {
		patterns = append(patterns, like(strings.ReplaceAll(s, " ", "")))
	}
	if n, err = read("WHERE replace(folded, ' ', '') LIKE ANY($1) ORDER BY id", patterns); err == nil && n > mostNames {
		err = fmt.Errorf("the filter means more than %d names; write more of the name", mostNames)
	}
	return names, false, err
}

// A known name is one that the store has.
type known struct {
	id     int32
	events int64 // that have it
}

// known finds names, by field and folded.
func (t tables) known(ctx context.Context, conn *conn, names []timeline.Name) (map[timeline.Name]known, error) {
	byField := make(map[timeline.Field][]string)
	for _, n := range names {
		byField[n.Field] = append(byField[n.Field], n.Folded)
	}
	found := make(map[timeline.Name]known)
	for field, folded := range byField {
		var k known
		var name string
		sql := fmt.Sprintf("SELECT id, folded, events FROM %s WHERE field = $1 AND folded = ANY($2)", t.name)
		if err := conn.each(ctx, sql, []any{int16(field), folded}, []any{&k.id, &name, &k.events}, func() error {
			found[timeline.Name{Field: field, Folded: name}] = k
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// monthOf returns the first day of the month of a day.
func monthOf(day edtf.Day) edtf.Day {
	if day == edtf.Past || day == edtf.Future {
		return day
	}
	year, month, _ := day.Civil()
	return edtf.DayOf(year, month, 1)
}
