// Package postgres opens timelines in a database that speaks PostgreSQL's protocol,
// fills such databases, and counts in them.
//
// A store holds more events than fit one machine, so a filter goes to the store: it
// is compiled to SQL, by parameters only, and what it selects comes as dateline's own
// JSON Lines, which package format reads like any file. What SQL cannot decide as
// dateline does is selected more widely, and decided where the events arrive.
//
//	s, err := postgres.Open(ctx, "postgres://host/db?table=events", postgres.Options{})
//	err = s.Select(ctx, query, most, func(file int, line []byte) error { … })
//
// It needs plain SQL and B-trees, and no extension, so that Citus, CockroachDB and
// YugabyteDB serve as well. It never writes, but for Load.
package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// Options say how a store is opened.
type Options struct {
	Timeout  time.Duration          // of a statement; 0 is none
	Columns  map[string]string      // of a table that dateline did not make: see format.ParseColumns
	Password func() (string, error) // asks for one where the server wants it, or nil
	Margin   func() timeline.Margin // the reader's marks and notes, or nil
	Today    edtf.Day               // from which the dates of queries are reckoned
}

// A Store is a timeline in a database. Its methods may be called at once: counting
// has a connection of its own.
type Store struct {
	Options
	name    string // as messages call it: without a password
	config  *pgconn.Config
	secrets []string
	page    int // how many events are selected first
	tables  tables

	ctx          context.Context // ends when the store is closed
	stop         context.CancelFunc
	rows, counts session

	mu       sync.Mutex
	foreign  *foreign // a table that dateline did not make, or nil
	files    []stored
	whole    timeline.Whole
	resolver *timeline.Timeline      // has the register and the names of the store, and no events
	names    map[timeline.Name]known // all, or nil where they were not read or are too many
}

// A stored is a file in a store.
type stored struct {
	number int
	name   string
	frame  string // what it holds beside its events, as JSON
}

// IsURL reports whether an argument names a store rather than a file.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// HasPassword reports whether a URL holds a password, which the system's list of
// processes shows to everybody.
func HasPassword(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	_, has := u.User.Password()
	return has || u.Query().Has("password")
}

// Name returns the URL of a store as messages and titles show it: without user,
// password and settings.
func Name(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the store"
	}
	shown := url.URL{Scheme: "postgres", Host: u.Host, Path: u.Path}
	name := shown.String()
	for _, key := range []string{"service", "table"} {
		if value := u.Query().Get(key); value != "" {
			sign := "?"
			if strings.Contains(name, "?") {
				sign = "&"
			}
			name += sign + key + "=" + value
		}
	}
	return text.Clean(name)
}

// parse reads the URL of a store. Its errors tell nothing of a password.
func parse(address string, o Options) (*Store, error) {
	s := &Store{Options: o, name: Name(address), page: pageSize}
	s.ctx, s.stop = context.WithCancel(context.Background())
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("this URL of a store is not valid; write postgres://user@host/database?table=events")
	}
	settings := u.Query()
	table := cmp.Or(settings.Get("table"), "events")
	settings.Del("table")
	for _, key := range []string{"password", "sslpassword"} {
		s.secrets = append(s.secrets, settings.Get(key))
	}
	u.RawQuery = strings.ReplaceAll(settings.Encode(), "+", "%20") // which PostgreSQL's URLs have for a space
	password, _ := u.User.Password()
	s.secrets = append(s.secrets, password, url.QueryEscape(password), url.PathEscape(password))
	s.config, err = pgconn.ParseConfig(u.String())
	if err != nil {
		return nil, fmt.Errorf("%s: %s", s.name, s.plain(errors.Unwrap(err)))
	}
	s.secrets = append(s.secrets, s.config.Password)
	s.tables = tablesOf(table)
	s.config.RuntimeParams["client_encoding"] = "UTF8" // of a database in another too
	s.config.RuntimeParams["datestyle"] = "ISO"        // dates come as text, where 01/02 may be either
	s.config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: 2 * time.Second}
	}
	if s.config.ConnectTimeout == 0 {
		s.config.ConnectTimeout = 10 * time.Second
	}
	s.rows, s.counts = session{store: s}, session{store: s}
	return s, nil
}

// Open connects to a store, and learns what it holds.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	s, err := parse(address, o)
	if err != nil {
		return nil, err
	}
	if err := s.Refresh(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Name is the store's, as messages and titles show it.
func (s *Store) Name() string { return s.name }

// Events counts the events of the store; it is 0 of a table that dateline did not
// make.
func (s *Store) Events() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.whole.Events
}

// Close cancels what the server still does, and closes the connections.
func (s *Store) Close() {
	s.stop()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		s.rows.close()
		s.counts.close()
	}()
	select {
	case <-closed:
	case <-time.After(closing):
	}
}

// closing is how long Close waits for a query to end.
const closing = 200 * time.Millisecond

// A session is a connection that is made when it is needed, and again when it is
// lost.
type session struct {
	store *Store
	mu    sync.Mutex
	conn  *conn
}

// use calls do with the connection. Its errors are for the reader.
func (c *session) use(ctx context.Context, do func(context.Context, *conn) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	defer context.AfterFunc(c.store.ctx, stop)()
	if c.conn == nil || c.conn.IsClosed() {
		conn, err := c.store.connect(ctx, true)
		if err != nil {
			return err
		}
		c.conn = conn
	}
	err := do(ctx, c.conn)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return c.store.explain(err, c.conn.IsClosed())
}

func (c *session) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		c.conn.Close(context.Background())
		c.conn = nil
	}
}

const (
	wrongPassword = "28P01"
	noPassword    = "28000"
	canceled      = "57014"
	noTable       = "42P01"
	denied        = "42501"
	unreachable   = "08" // begins such a code
)

// connect makes a connection. One that only reads is told so, and gets the timeout.
func (s *Store) connect(ctx context.Context, reading bool) (*conn, error) {
	s.config.RuntimeParams["application_name"] = cmp.Or(s.config.RuntimeParams["application_name"], "dateline")
	made, err := pgconn.ConnectConfig(ctx, s.config)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && (refused.Code == wrongPassword || refused.Code == noPassword) && s.config.Password == "" && s.Password != nil {
		if s.config.Password, err = s.Password(); err != nil {
			return nil, err
		}
		s.secrets = append(s.secrets, s.config.Password)
		made, err = pgconn.ConnectConfig(ctx, s.config)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, s.explain(err, true)
	}
	c := &conn{PgConn: made}
	if reading {
		err = c.script(ctx, fmt.Sprintf("SET default_transaction_read_only = on; SET statement_timeout = %d", s.Timeout.Milliseconds()))
	}
	if err != nil {
		c.Close(context.Background())
		return nil, s.explain(err, true)
	}
	c.script(ctx, "SET random_page_cost = 1.1") // of a page by its index; a server without this setting plans as it likes
	return c, nil
}

// A LostError says that the server cannot be reached, or went away.
type LostError struct{ error }

func (e *LostError) Unwrap() error { return e.error }

// explain says what went wrong, and what to do about it, without a password.
func (s *Store) explain(err error, lost bool) error {
	var from *pgconn.PgError
	var known *LostError
	var many *TooManyError
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &many):
		return err
	case errors.As(err, &from):
		why := from.Message
		switch from.Code {
		case wrongPassword, noPassword:
			why += "; give the password in ~/.pgpass, in PGPASSWORD or at the prompt"
		case canceled:
			why = fmt.Sprintf("this took the store longer than %s; narrow the filter, or raise --timeout", s.Timeout)
		case noTable:
			why += fmt.Sprintf("; dateline load '%s' makes the tables, and table=NAME names another", s.name)
		case denied:
			why += "; dateline needs the right to SELECT"
		default:
			if strings.HasPrefix(from.Code, unreachable) && !lost {
				why = "a server behind this one does not answer: " + why
			}
		}
		if lost && from.Severity == "FATAL" {
			return &LostError{fmt.Errorf("%s: %s", s.name, s.plain(errors.New(why)))}
		}
		return fmt.Errorf("%s: %s", s.name, s.plain(errors.New(why)))
	case lost:
		return &LostError{fmt.Errorf("%s: the server cannot be reached: %s", s.name, s.plain(cause(err)))}
	}
	return fmt.Errorf("%s: %s", s.name, s.plain(err))
}

// cause returns the innermost error, which alone tells the reader something.
func cause(err error) error {
	for {
		if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) > 0 {
			err = joined.Unwrap()[0]
			continue
		}
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// plain is the text of an error, fit for a terminal and without a password.
func (s *Store) plain(err error) string {
	if err == nil {
		return "this URL of a store is not valid"
	}
	said := err.Error()
	for _, secret := range s.secrets {
		if secret != "" {
			said = strings.ReplaceAll(said, secret, "…")
		}
	}
	first, _, _ := strings.Cut(said, "\n")
	return text.Clean(first)
}

// Refresh learns again what the store holds.
func (s *Store) Refresh(ctx context.Context) error {
	var files []stored
	var whole timeline.Whole
	var missing *pgconn.PgError
	err := s.rows.use(ctx, func(ctx context.Context, conn *conn) (err error) {
		files, whole, err = s.tables.read(ctx, conn)
		errors.As(err, &missing)
		return err
	})
	var from *foreign
	if missing != nil && missing.Code == noTable {
		from, err = s.openForeign(ctx)
	}
	if err != nil {
		return err
	}
	var frames []format.File
	for _, f := range files {
		frames = append(frames, format.File{Name: f.name, Text: f.frame})
	}
	resolver := timeline.New(timeline.About{}, nil, nil)
	if len(frames) > 0 {
		if resolver, _, err = format.Read(frames...); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files, s.whole, s.foreign, s.names = files, whole, from, nil
	s.resolver = resolver.WithToday(s.Today)
	return nil
}

// mostNames is how many names of a store are read at once. Of a store that has
// more, only those that a query may mean are.
const mostNames = 50_000

// Whole returns what is known of the store for a query: see timeline.Whole.
func (s *Store) Whole(ctx context.Context, q timeline.Query) (*timeline.Whole, error) {
	whole, _, err := s.wholeOf(ctx, q)
	return whole, err
}

// wholeOf returns also all names that the query may mean.
func (s *Store) wholeOf(ctx context.Context, q timeline.Query) (*timeline.Whole, map[timeline.Name]known, error) {
	s.mu.Lock()
	whole, names, resolver, own := s.whole, s.names, s.resolver, s.foreign == nil
	s.mu.Unlock()
	if names != nil || !own || q.Empty() {
		return &whole, names, nil
	}
	all := false
	err := s.rows.use(ctx, func(ctx context.Context, conn *conn) (err error) {
		names, all, err = s.tables.readNames(ctx, conn, resolver.Sought(q), &whole)
		return err
	})
	if err == nil && all {
		s.mu.Lock()
		s.whole, s.names = whole, names
		s.mu.Unlock()
	}
	return &whole, names, err
}

// Files returns the files that the store was loaded from. If they are several, each
// comes three times: for the first events that are selected, for the others, and for
// those that come beside them. Of a table that dateline did not make, the file is the table.
func (s *Store) Files() []format.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.foreign != nil {
		return []format.File{{Name: s.name, Columns: s.Columns}}
	}
	var files []format.File
	for _, f := range s.files {
		files = append(files, format.File{Name: f.name, Frame: f.frame})
	}
	if len(files) > 1 {
		for _, f := range slices.Concat(files, files) {
			files = append(files, format.File{Name: f.Name, Frame: `{"events": []}`})
		}
	}
	return files
}
