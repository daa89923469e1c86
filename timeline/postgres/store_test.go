//go:build unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/postgres/pgtest"
)

func TestNoErrorOrNameHasThePassword(t *testing.T) {
	const secret = "s3cr%40t/x"
	for _, address := range []string{
		"postgres://user:" + secret + "@127.0.0.1:1/db", "postgres://user@127.0.0.1:1/db?password=" + secret, "postgres://user:" + secret + "@127.0.0.1:port/db",
		"postgres://user:" + secret + "@host/db?sslmode=nonsense", "postgres://user:" + secret + "@[::1/db", "postgres://user:" + secret + "@/db?host=/nowhere&sslpassword=" + secret,
		"postgresql://user:" + secret + "@127.0.0.1:1/db?connect_timeout=never", "postgres://user:" + secret + "@host:1:2/db", "postgres://us er:" + secret + "@host/%zz",
	} {
		_, err := Open(context.Background(), address, Options{})
		if err == nil {
			t.Fatalf("%s opens", address)
		}
		for _, said := range []string{err.Error(), Name(address), fmt.Sprintf("%+v", errors.Unwrap(err))} {
			if strings.Contains(said, "s3cr") {
				t.Errorf("%s: %s", address, said)
			}
		}
	}
}

func TestAWrongPasswordIsAskedForOnce(t *testing.T) {
	address := pgtest.Database(t)
	asked := 0
	_, err := Open(context.Background(), strings.Replace(address, "dateline@", "nobody@", 1), Options{Password: func() (string, error) { asked++; return "wrong", nil }})
	if err == nil || asked > 1 || strings.Contains(err.Error(), "wrong") && strings.Contains(err.Error(), `"wrong"`) {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

func TestLoadingAgainDoublesNothing(t *testing.T) {
	address := pgtest.Database(t)
	first := format.File{Name: "a.jsonl", Text: `{"id": "one", "date": "9999 BC", "title": "x"}` + "\n"}
	first.Text = `{"id": "one", "date": "-9998-01-01", "title": "One", "_private": {"b": 1, "a": "\u0000"}}
{"id": "two", "date": "2024-01-02", "title": "Two", "answers": ["one"], "actors": ["Kim"]}
`
	second := format.File{Name: "b.jsonl", Text: `{"id": "two", "date": "2024-01-02", "title": "Another two"}
{"id": "three", "date": "2024-01-03", "title": "Three", "actors": ["kim"]}
`}
	got := loadInto(t, address, first, first, second, second)
	want := []Loaded{{New: 2}, {Known: 2}, {New: 1, Others: []string{"two"}}, {Known: 1, Others: []string{"two"}}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	s := open(t, address, Options{})
	tl := selected(t, s, timeline.Query{})
	if got := ids(tl, tl.Select(timeline.Query{})); !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Errorf("got %v", got)
	}
	q, _ := timeline.ParseQuery("actor:kim")
	counts, err := s.Facet(context.Background(), timeline.Query{}, timeline.ActorField)
	if err != nil || len(counts) != 1 || counts[0].All != 2 {
		t.Errorf("got the actors %v, %v", counts, err)
	}
	months, exact, err := s.Months(context.Background(), q)
	if err != nil || !exact || len(months) != 1 || months[edtf.DayOf(2024, 1, 1)] != 2 {
		t.Errorf("got the months %v, %t, %v", months, exact, err)
	}
}

// A file that cannot be loaded whole leaves nothing behind, tables included.
func TestAFileIsLoadedWholeOrNotAtAll(t *testing.T) {
	address := pgtest.Database(t)
	ctx, stop := context.WithCancel(context.Background())
	l, err := OpenLoader(ctx, address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var text strings.Builder
	for i := range 3 * batch {
		fmt.Fprintf(&text, `{"id": "e%d", "date": "2024-01-02", "title": "x"}`+"\n", i)
	}
	f := format.File{Name: "a.jsonl", Text: text.String()}
	tl, report, err := format.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(ctx, f, tl, report.Original(), func(int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if _, err := Open(context.Background(), address, Options{}); err == nil || !strings.Contains(err.Error(), "dateline load") {
		t.Errorf("got %v, want advice to load", err)
	}
}

func TestATableOfAnotherMaker(t *testing.T) {
	address := pgtest.Database(t)
	pgtest.Exec(t, address, `CREATE TABLE "odd ""name" (event_id int, event_date date, headline text, who text, "notes;--" text);
INSERT INTO "odd ""name" VALUES (1, '2024-01-02', 'One', 'Kim; Putin', NULL), (2, '2024-03-04', E'Two,\n"said\x1b[31m"', 'Lavrov', 'x')`)
	s := open(t, address+"&table=odd+%22name", Options{})
	for text, want := range map[string]int{"": 2, "since:2024-02": 1, "until:2024-02": 1, "actor:lavrov": 1, "-since:2024-02": 1, "title:said": 1} {
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := selected(t, s, q).Select(q).Len(); got != want {
			t.Errorf("%q selects %d, want %d", text, got, want)
		}
	}
	advice, err := s.Advice(context.Background())
	if err != nil || len(advice) != 2 || !strings.Contains(advice[0], "event_date") {
		t.Errorf("got %q, %v", advice, err)
	}
	if _, err := OpenLoader(context.Background(), address, Options{}); err != nil {
		t.Fatal(err)
	}
}

// Dates come in one style, however the server writes them.
func TestDatesComeInOneStyle(t *testing.T) {
	address := pgtest.Database(t)
	pgtest.Exec(t, address, "CREATE TABLE dated (event_id int, event_date date, headline text); INSERT INTO dated VALUES (1, '2024-02-01', 'One'); ALTER ROLE CURRENT_USER IN DATABASE "+strings.Trim(strings.TrimPrefix(Name(address), "postgres://"), "/")+" SET datestyle = 'SQL, MDY'")
	for _, style := range []string{"", "&datestyle=SQL,DMY", "&options=-c%20datestyle=German%20-c%20work_mem=8MB"} {
		tl := selected(t, open(t, address+"&table=dated"+style, Options{}), timeline.Query{})
		if tl.Len() != 1 || tl.Row(0).Filed != edtf.DayOf(2024, 2, 1) {
			t.Errorf("%q: got %d events", style, tl.Len())
		}
	}
}

// Text comes whole from a database in another encoding, and goes there.
func TestADatabaseMayHaveAnotherEncoding(t *testing.T) {
	name := "latin_" + strings.Trim(strings.TrimPrefix(Name(pgtest.Database(t)), "postgres://"), "/")
	address := pgtest.Database(t)
	pgtest.Exec(t, address, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING LATIN1")
	address = regexp.MustCompile(`/test_\d+`).ReplaceAllString(address, "/"+name)
	pgtest.Exec(t, address, "CREATE TABLE other (event_id int, event_date date, headline text); INSERT INTO other VALUES (1, '2024-02-01', E'M\\u00e1laga'); ALTER DATABASE "+name+" SET client_encoding = LATIN1")
	if tl := selected(t, open(t, address+"&table=other", Options{}), query(t, "title:malaga")); tl.Len() != 1 || tl.Event(0).Title != "Málaga" {
		t.Errorf("got %d events", tl.Len())
	}
	loadInto(t, address, format.File{Name: "a.jsonl", Text: `{"id": "a", "date": "2024-01-02", "title": "Ñandú"}` + "\n"})
	if tl := selected(t, open(t, address, Options{}), query(t, "ñandú")); tl.Len() != 1 || tl.Event(0).Title != "Ñandú" {
		t.Errorf("got %d events", tl.Len())
	}
}

// Queries about what has an index read no table from end to end, and their pages come
// in its order.
func TestPlansReadNoTableFromEndToEnd(t *testing.T) {
	address := load(t, format.File{Name: "a.jsonl", Text: `{"id": "a", "date": "2024-01-02", "title": "x", "actors": ["Kim"], "places": ["Seoul"], "topics": ["war"], "status": "disputed"}` + "\n"})
	pgtest.Exec(t, address, `INSERT INTO events SELECT (1::bigint << 32) + n, 1, 'e' || n, n, CASE WHEN n % 50 = 0 THEN n + 1 END, n - n % 30, n, n, 1, 0, 1, 1, '{}', 'title', '', '{"id":"e' || n || '","date":"2024","title":"x"}' FROM generate_series(1, 60000) n;
INSERT INTO events_name SELECT 1000 + n + 1000 * f, f, 'name ' || n || f, 'Name ' || n || f, 200 FROM generate_series(1, 300) n, generate_series(0, 2) f;
INSERT INTO events_has SELECT 1000 + n % 300, (1::bigint << 32) + n FROM generate_series(1, 60000) n;
ANALYZE events; ANALYZE events_name`)
	pgtest.Exec(t, address, "VACUUM ANALYZE events_has")
	s := open(t, address, Options{Timeout: time.Minute})
	for _, text := range []string{"actor:kim", "place:seoul", "topic:war", "status:disputed", "id:e77", "on:2024-01-02", "since:2030-01 until:2030-01-05", "actor:kim since:2024", "topic:war -status:confirmed", "(actor:kim | topic:war)", "(actor:kim status:disputed | place:seoul topic:war)", "status:disputed,alleged place:seoul"} {
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		b, _, err := s.compile(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		page, byDate := b.page()
		var plan strings.Builder
		if err := s.rows.use(context.Background(), func(ctx context.Context, conn *conn) error {
			var line string
			return conn.each(ctx, "EXPLAIN "+page, b.args,
				[]any{&line}, func() error { plan.WriteString(line + "\n"); return nil })
		}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(plan.String(), "Seq Scan") || strings.Contains(plan.String(), "->  Sort") && !byDate && !strings.Contains(text, "status:disputed") && text != "id:e77" { // which are few
			t.Errorf("%s:\n%s", text, &plan)
		}
	}
}

func TestTooManyIsAnErrorThatCounts(t *testing.T) {
	s := open(t, load(t, builtIn(t)), Options{})
	var many *TooManyError
	err := s.Select(context.Background(), timeline.Query{}, 100, func(int, []byte) error { return nil })
	if !errors.As(err, &many) || many.Events != 136 || !many.Exact {
		t.Errorf("got %v", err)
	}
	q, _ := timeline.ParseQuery("since:2024")
	if err := s.Select(context.Background(), q, 50, func(int, []byte) error { return nil }); !errors.As(err, &many) || many.Events <= 50 {
		t.Errorf("got %v", err)
	}
}

// A query that is given up ends on the server too, and the connection goes on.
func TestCancellingEndsTheQueryOnTheServer(t *testing.T) {
	s := open(t, load(t, builtIn(t)), Options{})
	ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	err := s.rows.use(ctx, func(ctx context.Context, conn *conn) error {
		return conn.exec(ctx, "SELECT pg_sleep(60)")
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
	var sleeping int
	if err := s.rows.use(context.Background(), func(ctx context.Context, conn *conn) error {
		return conn.row(ctx, []any{&sleeping}, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'")
	}); err != nil || sleeping > 0 {
		t.Errorf("%d queries go on: %v", sleeping, err)
	}
}

func TestALostServerIsSaidAndFoundAgain(t *testing.T) {
	server := pgtest.Start(t)
	address := server.Database(t)
	loadInto(t, address, builtIn(t))
	s := open(t, address, Options{})
	server.Stop()
	var lost *LostError
	if err := s.Select(context.Background(), timeline.Query{}, 0, func(int, []byte) error { return nil }); !errors.As(err, &lost) {
		t.Fatalf("got %v", err)
	}
	if err := s.Select(context.Background(), timeline.Query{}, 0, func(int, []byte) error { return nil }); !errors.As(err, &lost) || !strings.Contains(err.Error(), "cannot be reached") {
		t.Fatalf("got %v", err)
	}
	server.Resume(t)
	n := 0
	if err := s.Select(context.Background(), timeline.Query{}, 0, func(int, []byte) error { n++; return nil }); err != nil || n != 136 {
		t.Errorf("got %d events, %v", n, err)
	}
}

func TestAStoreOnlyReads(t *testing.T) {
	s := open(t, load(t, builtIn(t)), Options{})
	err := s.rows.use(context.Background(), func(ctx context.Context, conn *conn) error {
		return conn.exec(ctx, "DELETE FROM events")
	})
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("got %v", err)
	}
}
