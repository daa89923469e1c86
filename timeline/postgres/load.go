package postgres

import (
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// A Loader copies files into a store, and makes its tables where they are missing.
type Loader struct {
	store *Store
	conn  *conn
}

// OpenLoader connects to a store to load files into it.
func OpenLoader(ctx context.Context, address string, o Options) (*Loader, error) {
	s, err := parse(address, o)
	if err != nil {
		return nil, err
	}
	conn, err := s.connect(ctx, false)
	if err != nil {
		return nil, err
	}
	return &Loader{s, conn}, nil
}

// Name is the store's, as messages show it.
func (l *Loader) Name() string { return l.store.name }

// Close closes the connection, and has the server learn what the tables hold, for its
// plans.
func (l *Loader) Close() {
	ctx := context.Background()
	for _, table := range []string{l.store.tables.events, l.store.tables.has, l.store.tables.answer, l.store.tables.name, l.store.tables.month} {
		if !l.conn.IsClosed() {
			l.conn.script(ctx, "ANALYZE "+table) // a plan may be worse without
		}
	}
	l.conn.Close(ctx)
}

// A Loaded says what came of a file.
type Loaded struct {
	New    int
	Known  int      // that the store had already
	Others []string // ids of events that the store has with other content, and so are left out
}

// Load copies the events of a file that the store lacks, all in one transaction. Done
// is told how many have been copied.
func (l *Loader) Load(ctx context.Context, f format.File, t *timeline.Timeline, original *format.Original, done func(events int)) (Loaded, error) {
	frame, err := frameOf(t, original)
	if err != nil {
		return Loaded{}, err
	}
	into := loading{tables: l.store.tables, conn: l.conn, t: t, original: original, numbers: make(map[timeline.Name]int32), months: make(map[rolled]int64), done: done}
	err = l.conn.within(ctx, "BEGIN", func() error { return into.load(ctx, cmp.Or(f.Name, "events"), frame) })
	if ctx.Err() != nil {
		return into.Loaded, ctx.Err()
	}
	return into.Loaded, l.store.explain(err, l.conn.IsClosed())
}

// frameOf writes a file without its events: what it says of itself, and its register.
func frameOf(t *timeline.Timeline, original *format.Original) (string, error) {
	var b strings.Builder
	b.WriteString(`{"schemaVersion": "1.0"`)
	for _, field := range []struct{ name, value string }{
		{"title", t.Title}, {"description", t.Description}, {"language", t.Language}, {"bottom_line", t.BottomLine}, {"updated", t.Updated}, {"license", t.License},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, ", %s: %s", text.QuoteJSON(field.name), text.QuoteJSON(field.value))
		}
	}
	for name, value := range original.Members() {
		line, err := oneLine(value)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, ", %s: %s", text.QuoteJSON(name), line)
	}
	b.WriteString(`, "actors": [`)
	for i, actor := range original.Actors() {
		line, err := oneLine(actor)
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(line)
	}
	b.WriteString(`], "events": []}`)
	return b.String(), nil
}

// oneLine writes JSON in one line, in characters that PostgreSQL takes.
func oneLine(record string) (string, error) {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(record)); err != nil {
		return "", fmt.Errorf("a record that was read is not JSON: %w", err)
	}
	return strings.ToValidUTF8(text.EscapeJSON(b.String()), "\ufffd"), nil
}

// A rolled is a row of the rollup.
type rolled struct {
	field int16
	value int32
	month edtf.Day
}

// A loading is the transaction of one file.
type loading struct {
	Loaded
	tables
	conn     *conn
	t        *timeline.Timeline
	original *format.Original
	numbers  map[timeline.Name]int32
	lastName int32
	months   map[rolled]int64
	done     func(int)

	file               int
	next               int64 // the next event's place
	first, last, reach edtf.Day
}

// An entry is an event on its way into the store.
type entry struct {
	timeline.Row
	line    string
	numbers []int32
	err     error
}

const (
	fileShift = 32   // of a place
	batch     = 4096 // events
)

func (l *loading) load(ctx context.Context, name, frame string) error {
	fresh, err := l.prepare(ctx)
	if err != nil {
		return err
	}
	if err := l.begin(ctx, name); err != nil {
		return err
	}
	order := make([]int, l.t.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.t.Extent(a).At, l.t.Extent(b).At) })
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []entry) // the next is made while one is copied
	go func() {
		defer close(batches)
		for events := range slices.Chunk(order, batch) {
			select {
			case batches <- l.entries(events):
			case <-ctx.Done():
				return
			}
		}
	}()
	read := 0
	for entries := range batches {
		read += len(entries)
		if !fresh {
			if entries, err = l.unknown(ctx, entries); err != nil {
				return err
			}
		}
		if err := l.copy(ctx, entries); err != nil {
			return err
		}
		l.done(read)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := l.rollUp(ctx, fresh); err != nil {
		return err
	}
	if err := l.conn.exec(ctx, fmt.Sprintf(`UPDATE %s SET frame = $2, events = events + $3, first = least(first, $4), last = greatest(last, $5), reach = greatest(reach, $6) WHERE number = $1`, l.tables.file),
		int32(l.file), frame, int64(l.New), int64(l.first), int64(l.last), int64(l.reach)); err != nil {
		return err
	}
	if fresh {
		for _, sql := range l.index() {
			if err := l.conn.script(ctx, sql); err != nil {
				return err
			}
		}
	}
	return nil
}

// prepare makes the tables if they are missing, and reports whether they were. It
// refuses tables that dateline did not make. Other loads wait until this one ends.
func (l *loading) prepare(ctx context.Context) (fresh bool, err error) {
	exists := func(table string) (is bool, err error) {
		err = l.conn.row(ctx, []any{&is}, "SELECT to_regclass($1) IS NOT NULL", table)
		return is, err
	}
	own, err := exists(l.tables.file)
	if err != nil {
		return false, err
	}
	if !own {
		if others, err := exists(l.events); err != nil || others {
			return false, cmp.Or(err, fmt.Errorf("dateline did not make the table %s and does not write to it; name another with table=NAME", l.events))
		}
		for _, sql := range l.create() {
			if err := l.conn.script(ctx, sql); err != nil {
				return false, err
			}
		}
		return true, nil
	}
	var made string
	if err := l.conn.row(ctx, []any{&made}, fmt.Sprintf("SELECT name FROM %s WHERE number = 0 FOR UPDATE", l.tables.file)); err != nil || made != version {
		return false, cmp.Or(err, fmt.Errorf("these tables are of another version of dateline: %q", made))
	}
	var remote int
	err = l.conn.row(ctx, []any{&remote}, "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::text::regclass AND c.relkind = 'f'", l.events)
	if err == nil && remote > 0 {
		err = fmt.Errorf("%s has partitions on other servers, where one transaction does not reach; load into each server instead", l.events)
	}
	return false, err
}

// begin finds the file's number, or gives it one.
func (l *loading) begin(ctx context.Context, name string) error {
	l.first, l.last, l.reach = edtf.Future, edtf.Past, edtf.Past
	err := l.conn.row(ctx, []any{&l.file}, fmt.Sprintf("SELECT number FROM %s WHERE name = $1 AND number > 0", l.tables.file), name)
	switch {
	case errors.Is(err, errNoRow):
		err = l.conn.row(ctx, []any{&l.file}, fmt.Sprintf("INSERT INTO %[1]s SELECT max(number) + 1, $1, '', 0, $2, $3, $3 FROM %[1]s RETURNING number", l.tables.file),
			name, int64(edtf.Future), int64(edtf.Past))
	case err == nil:
		err = l.conn.row(ctx, []any{&l.next}, fmt.Sprintf("SELECT coalesce(max(place) + 1, 0) FROM %s WHERE file = $1", l.events), int32(l.file))
	}
	l.next = max(l.next, int64(l.file)<<fileShift)
	if err == nil {
		err = l.conn.row(ctx, []any{&l.lastName}, fmt.Sprintf("SELECT coalesce(max(id), 0) FROM %s", l.name))
	}
	return err
}

// entries makes entries of events, with every processor.
func (l *loading) entries(events []int) []entry {
	entries := make([]entry, len(events))
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for k := w; k < len(events); k += workers {
				e := &entries[k]
				var record string
				if record, e.err = l.original.Event(l.t, events[k]); e.err == nil {
					e.line, e.err = oneLine(record)
				}
				e.Row = l.t.Row(events[k])
			}
		})
	}
	wait.Wait()
	return entries
}

// unknown returns the entries whose ids the store lacks.
func (l *loading) unknown(ctx context.Context, entries []entry) ([]entry, error) {
	ids := make([]string, len(entries))
	for k := range entries {
		ids[k] = entries[k].ID
	}
	sums := make(map[string]string)
	var id, sum string
	sql := fmt.Sprintf("SELECT id, md5(event) FROM %s WHERE id = ANY($1)", l.events)
	if err := l.conn.each(ctx, sql, []any{ids}, []any{&id, &sum}, func() error { sums[id] = sum; return nil }); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(entries, func(e entry) bool {
		sum, known := sums[e.ID]
		if !known {
			return false
		}
		if own := md5.Sum([]byte(e.line)); sum == hex.EncodeToString(own[:]) {
			l.Known++
		} else {
			l.Others = append(l.Others, e.ID)
		}
		return true
	}), nil
}

// copy copies entries into the tables.
func (l *loading) copy(ctx context.Context, entries []entry) error {
	if len(entries) == 0 {
		return nil
	}
	if err := l.number(ctx, entries); err != nil {
		return err
	}
	for k := range entries {
		if entries[k].err != nil {
			return entries[k].err
		}
	}
	first := l.next
	columns := []string{"place", "file", "id", "filed", "first", "last", "month", "public", "published", "status", "has", "sources", "origins", "names", "folded", "addresses", "event"}
	if err := l.conn.copy(ctx, l.events, columns, len(entries), func(k int) []any {
		e := &entries[k]
		return []any{first + int64(k), int32(l.file), e.ID, int64(e.Filed), int64(e.First), int64(e.Last), int64(monthOf(e.Filed)), int64(e.Public), int64(e.Published),
			int16(e.Status), int32(e.Has), int32(e.Sources), int32(e.Origins), e.numbers, strings.Join(e.Text[:], "\x01"), e.Addresses, e.line}
	}); err != nil {
		return err
	}
	var has, answer [][]any
	for k := range entries {
		e := &entries[k]
		month := monthOf(e.Filed)
		l.months[rolled{allEvents, 0, month}]++
		l.months[rolled{int16(statusField), int32(e.Status), month}]++
		for n, name := range e.Names {
			if isPosted(name.Field) {
				has = append(has, []any{e.numbers[n], first + int64(k)})
				l.months[rolled{int16(name.Field), e.numbers[n], month}]++
			}
		}
		for _, id := range e.Answers {
			answer = append(answer, []any{first + int64(k), id})
		}
		if e.Filed != edtf.Future {
			l.first, l.last = min(l.first, e.Filed), max(l.last, e.Filed)
		}
		if e.Last != edtf.Future {
			l.reach = max(l.reach, e.Last)
		}
	}
	if err := l.conn.copy(ctx, l.has, []string{"name", "event"}, len(has), func(k int) []any { return has[k] }); err != nil {
		return err
	}
	if err := l.conn.copy(ctx, l.answer, []string{"event", "answers"}, len(answer), func(k int) []any { return answer[k] }); err != nil {
		return err
	}
	l.next += int64(len(entries))
	l.New += len(entries)
	return nil
}

// number finds the numbers of the names of entries, and gives new names theirs.
func (l *loading) number(ctx context.Context, entries []entry) error {
	written := make(map[timeline.Name]string)
	var wanted []timeline.Name
	for k := range entries {
		for _, n := range entries[k].Names {
			name := timeline.Name{Field: n.Field, Folded: n.Folded}
			if _, known := l.numbers[name]; known {
				continue
			}
			if _, again := written[name]; !again {
				written[name] = n.Written
				wanted = append(wanted, name)
			}
		}
	}
	found, err := l.tables.numbers(ctx, l.conn, wanted)
	if err != nil {
		return err
	}
	var fresh [][]any
	for _, name := range wanted {
		id, known := found[name]
		if !known {
			l.lastName++
			id = l.lastName
			fresh = append(fresh, []any{id, int16(name.Field), name.Folded, written[name]})
		}
		l.numbers[name] = id
	}
	if err := l.conn.copy(ctx, l.name, []string{"id", "field", "folded", "written"}, len(fresh), func(k int) []any { return fresh[k] }); err != nil {
		return err
	}
	for k := range entries {
		e := &entries[k]
		e.numbers = make([]int32, len(e.Names))
		for i, n := range e.Names {
			e.numbers[i] = l.numbers[timeline.Name{Field: n.Field, Folded: n.Folded}]
		}
	}
	return nil
}

// rollUp adds the months of the new events to the rollup, which is empty if the
// tables are fresh.
func (l *loading) rollUp(ctx context.Context, fresh bool) error {
	rows := slices.Collect(maps.Keys(l.months))
	if fresh {
		return l.conn.copy(ctx, l.tables.month, []string{"field", "value", "month", "events"}, len(rows), func(k int) []any {
			return []any{rows[k].field, rows[k].value, int64(rows[k].month), l.months[rows[k]]}
		})
	}
	for some := range slices.Chunk(rows, batch) {
		var fields []int16
		var values []int32
		var months, events []int64
		for _, r := range some {
			fields, values, months, events = append(fields, r.field), append(values, r.value), append(months, int64(r.month)), append(events, l.months[r])
		}
		if err := l.conn.exec(ctx, fmt.Sprintf(`INSERT INTO %s AS m SELECT * FROM unnest($1::smallint[], $2::int[], $3::bigint[], $4::bigint[])
 ON CONFLICT (field, value, month) DO UPDATE SET events = m.events + excluded.events`, l.tables.month), fields, values, months, events); err != nil {
			return err
		}
	}
	return nil
}
