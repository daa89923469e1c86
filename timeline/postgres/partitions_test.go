//go:build unix

package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/postgres/pgtest"
)

// spread loads a file into a store whose events lie on three servers, a third of the
// time each, and returns its URL and the last server.
func spread(t *testing.T, f format.File) (url string, last *pgtest.Server) {
	url = load(t, f)
	tl, _, err := format.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	n := tl.From(edtf.Future)
	first, _ := tl.Span(n / 3)
	second, _ := tl.Span(2 * n / 3)
	part := tablesOf("part")
	ddl := `ALTER TABLE events RENAME TO whole;
CREATE TABLE events (LIKE whole) PARTITION BY RANGE (first);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (MINVALUE) TO (` + fmt.Sprint(int64(first)) + `);
CREATE EXTENSION postgres_fdw;`
	for i, bounds := range [][2]string{{fmt.Sprint(int64(first)), fmt.Sprint(int64(second))}, {fmt.Sprint(int64(second)), "MAXVALUE"}} {
		last = pgtest.Start(t)
		at := last.Database(t)
		pgtest.Exec(t, at, part.create()[2]+"; CREATE INDEX ON part (place)")
		database := strings.TrimSuffix(strings.TrimPrefix(at, "postgres://dateline@/"), "?host="+last.Dir())
		ddl += fmt.Sprintf(`CREATE SERVER s%[1]d FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '%[2]s', dbname '%[3]s');
CREATE USER MAPPING FOR CURRENT_USER SERVER s%[1]d OPTIONS (user 'dateline');
CREATE FOREIGN TABLE events_%[1]d PARTITION OF events FOR VALUES FROM (%[4]s) TO (%[5]s) SERVER s%[1]d OPTIONS (table_name 'part');`,
			i+2, last.Dir(), database, bounds[0], bounds[1])
	}
	pgtest.Exec(t, url, ddl+"INSERT INTO events SELECT * FROM whole; DROP TABLE whole")
	return url, last
}

// TestAStoreMayLieOnThreeServers tries the queries of one server on three, stops one,
// and starts it again.
func TestAStoreMayLieOnThreeServers(t *testing.T) {
	f := builtIn(t)
	url, last := spread(t, f)
	n := min(*queriesTried, 100) // each asks all three
	if testing.Short() {
		n = 10
	}
	trySelecting(t, url, n, f)

	tl, _, err := format.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s := open(t, url, Options{})
	count := func(q timeline.Query) (n int64, exact bool, err error) { return s.Count(ctx, q, 0) }
	if n, _, err := count(query(t, "title:kim")); err != nil || int(n) != tl.Select(query(t, "title:kim")).Len() {
		t.Fatalf("got %d, %v", n, err)
	}
	last.Stop()
	for _, text := range []string{"title:kim", "status:confirmed", "since:2024-09", "actor:putin topic:treaty", "-place:russia"} {
		q := query(t, text)
		if n, _, err := count(q); text != "status:confirmed" && (err == nil || !strings.Contains(err.Error(), `a server behind this one does not answer: could not connect to server "s3"`)) {
			t.Errorf("%s: counted %d, %v", text, n, err)
		}
		if months, _, err := s.Months(ctx, q); err == nil && text != "status:confirmed" { // which the rollup answers
			t.Errorf("%s: months %v", text, months)
		}
		if err := s.Select(ctx, q, 0, func(int, []byte) error { return nil }); err == nil {
			t.Errorf("%s is selected without a third of the events", text)
		}
	}
	// Whatever is still counted is right.
	q := queries{rand.New(rand.NewPCG(3, 16)), tl}
	answered := 0
	for range n {
		query := q.query(0)
		if n, exact, err := count(query); err == nil && exact {
			if answered++; int(n) != tl.Select(query).Len() {
				t.Errorf("%s: counted %d, want %d", query, n, tl.Select(query).Len())
			}
		}
	}
	t.Logf("%d of %d queries are counted without the server", answered, n)
	last.Resume(t)
	if n, _, err := count(query(t, "title:kim")); err != nil || int(n) != tl.Select(query(t, "title:kim")).Len() {
		t.Errorf("the server is back: got %d, %v", n, err)
	}

	l, err := OpenLoader(ctx, url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	more, report, err := format.Read(randomEvents(10))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(ctx, randomEvents(10), more, report.Original(), func(int) {}); err == nil || !strings.Contains(err.Error(), "has partitions on other servers") {
		t.Errorf("loading says %v", err)
	}
}

func query(t *testing.T, text string) timeline.Query {
	t.Helper()
	q, err := timeline.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
