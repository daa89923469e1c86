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
	t := l.store.tables
	for _, sql := range []string{"VACUUM ANALYZE " + t.has, "ANALYZE " + t.answer, "ANALYZE " + t.name, "ANALYZE " + t.month,
		"SET default_statistics_target = 30", // enough of days and statuses, and ten times as quick as reading long texts for a hundred
		"ANALYZE " + t.events + " (place, file, first, last, month, public, published, status, has, sources, origins, names, folded)"} {
		if !l.conn.IsClosed() {
			l.conn.script(ctx, sql) // a plan may be worse without
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
	into := loading{tables: l.store.tables, conn: l.conn, t: t, original: original, names: make(map[timeline.Name]*counted), months: make(map[rolled]int64), done: done}
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
	if isPlain(record) {
		return record, nil
	}
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(record)); err != nil {
		return "", fmt.Errorf("a record that was read is not JSON: %w", err)
	}
	return strings.ToValidUTF8(text.EscapeJSON(b.String()), "\ufffd"), nil
}

// isPlain reports whether JSON is in ASCII, in one line, and without spaces between its
// tokens, as programs write it.
func isPlain(record string) bool {
	quoted := false
	for i := 0; i < len(record); i++ {
		switch c := record[i]; {
		case c < ' ' || c >= 0x7f || c == ' ' && !quoted:
			return false
		case c == '"':
			quoted = !quoted
		case c == '\\':
			i++
		}
	}
	return true
}

// A counted name is one of a file's.
type counted struct {
	id      int32
	written string // of a name that the store lacks
	events  int64  // of the file that have it
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
	names    map[timeline.Name]*counted
	lastName int32
	fresh    bool // the tables are made in this transaction, and get their indexes last
	months   map[rolled]int64
	done     func(int)

	file               int
	next               int64 // the next event's place
	first, last, reach edtf.Day
}

// An entry is an event on its way into the store.
type entry struct {
	timeline.Row
	line  string
	names []int32
	err   error
}

const (
	fileShift = 32   // of a place
	batch     = 4096 // events
)

func (l *loading) load(ctx context.Context, name, frame string) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	if err := l.begin(ctx, name); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []entry, 1) // made while others are copied
	go func() {
		defer close(batches)
		for first := 0; first < l.t.Len(); first += batch {
			select {
			case batches <- l.entries(first, min(first+batch, l.t.Len())):
			case <-ctx.Done():
				return
			}
		}
	}()
	read := 0
	for entries := range batches {
		read += len(entries)
		var err error
		if !l.fresh {
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
	if err := l.countNames(ctx); err != nil {
		return err
	}
	if err := l.rollUp(ctx); err != nil {
		return err
	}
	if err := l.conn.exec(ctx, fmt.Sprintf(`UPDATE %s SET frame = $2, events = events + $3, first = least(first, $4), last = greatest(last, $5), reach = greatest(reach, $6) WHERE number = $1`, l.tables.file),
		int32(l.file), frame, int64(l.New), int64(l.first), int64(l.last), int64(l.reach)); err != nil {
		return err
	}
	if l.fresh {
		for _, sql := range l.index() {
			if err := l.conn.script(ctx, sql); err != nil {
				return err
			}
		}
	}
	return nil
}

// prepare makes the tables if they are missing. It refuses tables that dateline did
// not make. Other loads wait until this one ends.
func (l *loading) prepare(ctx context.Context) error {
	exists := func(table string) (is bool, err error) {
		err = l.conn.row(ctx, []any{&is}, "SELECT to_regclass($1) IS NOT NULL", table)
		return is, err
	}
	own, err := exists(l.tables.file)
	if err != nil {
		return err
	}
	if !own {
		if others, err := exists(l.events); err != nil || others {
			return cmp.Or(err, fmt.Errorf("dateline did not make the table %s and does not write to it; name another with table=NAME", l.events))
		}
		for _, sql := range l.create() {
			if err := l.conn.script(ctx, sql); err != nil {
				return err
			}
		}
		l.fresh = true
		return nil
	}
	var made string
	if err := l.conn.row(ctx, []any{&made}, fmt.Sprintf("SELECT name FROM %s WHERE number = 0 FOR UPDATE", l.tables.file)); err != nil || made != version {
		return cmp.Or(err, otherVersion(made))
	}
	var remote int
	err = l.conn.row(ctx, []any{&remote}, "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::text::regclass AND c.relkind = 'f'", l.events)
	if err == nil && remote > 0 {
		err = fmt.Errorf("%s has partitions on other servers, where one transaction does not reach; load into each server instead", l.events)
	}
	return err
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
func (l *loading) entries(first, end int) []entry {
	entries := make([]entry, end-first)
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for k := w; k < len(entries); k += workers {
				e := &entries[k]
				var record string
				if record, e.err = l.original.Event(l.t, first+k); e.err == nil {
					e.line, e.err = oneLine(record)
				}
				e.Row = l.t.Row(first + k)
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
	if err := l.copyInto(ctx, l.events, "place, file, id, first, last, month, public, published, status, has, sources, origins, names, folded, addresses, event", len(entries), func(k int) []any {
		e := &entries[k]
		last := any(int64(e.Last))
		if e.Last == e.First {
			last = nil
		}
		return []any{first + int64(k), int32(l.file), e.ID, int64(e.First), last, int64(monthOf(e.Filed)), int64(e.Public), int64(e.Published),
			int16(e.Status), int32(e.Has), int32(e.Sources), int32(e.Origins), e.names, strings.Join(e.Text[:], "\x01"), e.Addresses, e.line}
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
				has = append(has, []any{e.names[n], first + int64(k)})
				l.months[rolled{int16(name.Field), e.names[n], month}]++
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
	if err := l.copyInto(ctx, l.has, "name, event", len(has), func(k int) []any { return has[k] }); err != nil {
		return err
	}
	if err := l.copyInto(ctx, l.answer, "event, answers", len(answer), func(k int) []any { return answer[k] }); err != nil {
		return err
	}
	l.next += int64(len(entries))
	l.New += len(entries)
	return nil
}

// copyInto copies n rows into columns of a table. Those of a new table need no vacuum
// before an index alone tells what they are.
func (l *loading) copyInto(ctx context.Context, table, columns string, n int, values func(k int) []any) error {
	how := "FORMAT binary"
	if l.fresh && l.conn.ParameterStatus("crdb_version") == "" {
		how += ", FREEZE"
	}
	return l.conn.copy(ctx, fmt.Sprintf("COPY %s (%s) FROM STDIN WITH (%s)", table, columns, how), n, values)
}

// number finds the numbers of the names of entries, gives new names theirs, and counts
// their events.
func (l *loading) number(ctx context.Context, entries []entry) error {
	if !l.fresh {
		var wanted []timeline.Name
		for k := range entries {
			for _, n := range entries[k].Names {
				n.Written = ""
				if l.names[n] == nil {
					wanted = append(wanted, n)
				}
			}
		}
		found, err := l.known(ctx, l.conn, wanted)
		if err != nil {
			return err
		}
		for name, k := range found {
			l.names[name] = &counted{id: k.id}
		}
	}
	for k := range entries {
		e := &entries[k]
		e.names = make([]int32, len(e.Names))
		for i, n := range e.Names {
			written := n.Written
			n.Written = ""
			name := l.names[n]
			if name == nil {
				l.lastName++
				name = &counted{id: l.lastName, written: written}
				l.names[n] = name
			}
			name.events++
			e.names[i] = name.id
		}
	}
	return nil
}

// countNames adds the names that the store lacks, and the new events to those that it
// has.
func (l *loading) countNames(ctx context.Context) error {
	var fresh [][]any
	var ids []int32
	var events []int64
	for n, name := range l.names {
		if name.written != "" {
			fresh = append(fresh, []any{name.id, int16(n.Field), n.Folded, name.written, name.events})
		} else {
			ids, events = append(ids, name.id), append(events, name.events)
		}
	}
	slices.SortFunc(fresh, func(a, b []any) int { return cmp.Compare(a[0].(int32), b[0].(int32)) })
	if err := l.conn.exec(ctx, fmt.Sprintf("UPDATE %s n SET events = n.events + more.events FROM unnest($1::int[], $2::bigint[]) more (id, events) WHERE n.id = more.id", l.name), ids, events); err != nil {
		return err
	}
	return l.copyInto(ctx, l.name, "id, field, folded, written, events", len(fresh), func(k int) []any { return fresh[k] })
}

// rollUp adds the months of the new events to the rollup.
func (l *loading) rollUp(ctx context.Context) error {
	rows := slices.SortedFunc(maps.Keys(l.months), func(a, b rolled) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.value, b.value), cmp.Compare(a.month, b.month))
	})
	if l.fresh {
		return l.copyInto(ctx, l.tables.month, "field, value, month, events", len(rows), func(k int) []any {
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
