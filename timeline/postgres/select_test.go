//go:build unix

package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// load loads files into a new store, and returns its URL.
func load(t testing.TB, files ...format.File) string {
	t.Helper()
	url := pgtest.Database(t)
	loadInto(t, url, files...)
	return url
}

func loadInto(t testing.TB, url string, files ...format.File) (all []Loaded) {
	t.Helper()
	ctx := context.Background()
	l, err := OpenLoader(ctx, url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, f := range files {
		tl, report, err := format.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := l.Load(ctx, f, tl, report.Original(), func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, loaded)
	}
	return all
}

func open(t testing.TB, url string, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// selected reads what a store selects, as a part of the store.
func selected(t testing.TB, s *Store, q timeline.Query) *timeline.Timeline {
	t.Helper()
	files := s.Files()
	lines := make([]bytes.Buffer, len(files))
	if err := s.Select(context.Background(), q, 0, func(file int, event []byte) error {
		lines[file].Write(event)
		lines[file].WriteByte('\n')
		return nil
	}); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	for i := range files {
		files[i].Text = lines[i].String()
	}
	tl, report, err := format.Read(files...)
	if err != nil {
		t.Fatal(err)
	}
	if report.Errors() > 0 {
		t.Fatalf("%s: %v", q, report.Problems)
	}
	whole, err := s.Whole(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return tl.PartOf(whole).WithToday(s.Today)
}

func ids(t *timeline.Timeline, s timeline.Selection) []string {
	var ids []string
	for _, i := range s.All() {
		ids = append(ids, t.Event(i).ID)
	}
	return ids
}

func builtIn(t testing.TB) format.File {
	t.Helper()
	text, err := os.ReadFile("../../events.json")
	if err != nil {
		t.Fatal(err)
	}
	return format.File{Name: "events.json", Text: string(text)}
}

var today, _ = edtf.Parse("2024-10-08")

// queriesTried is how many random queries are tried on each timeline.
var queriesTried = flag.Int("queries", 300, "try so many random queries on each timeline")

func TestAStoreSelectsAsATimelineDoes(t *testing.T) {
	for name, files := range map[string][]format.File{"the timeline inside": {builtIn(t)}, "random events": {randomEvents(400)}, "two files": {randomEvents(100), builtIn(t)}} {
		t.Run(name, func(t *testing.T) { trySelecting(t, load(t, files...), *queriesTried, files...) })
	}
}

// trySelecting tries queries on a store that holds files, with pages of every size.
func trySelecting(t *testing.T, url string, n int, files ...format.File) {
	t.Helper()
	day, _ := today.Filed()
	tl, _, err := format.Read(files...)
	if err != nil {
		t.Fatal(err)
	}
	margin := timeline.Margin{Marks: map[string]timeline.Tier{tl.Event(3).ID: timeline.Must, tl.Event(40).ID: timeline.Could}, Notes: map[string]string{tl.Event(3).ID: "ask"}}
	tl = tl.WithToday(day).WithMargin(margin)
	s := open(t, url, Options{Today: day, Margin: func() timeline.Margin { return margin }})
	if testing.Short() {
		n = min(n, 50)
	}
	q := queries{rand.New(rand.NewPCG(16, uint64(n))), tl}
	for k := range n {
		s.page = 1 + k%9*k%41
		check(t, s, tl, margin, q.query(0))
	}
}

// randomEvents are events with dates, names and texts of every kind.
func randomEvents(n int) format.File {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	dates := []string{"-9998-03", "Y-17000", "0476", "19XX", "1985/..", "../1985", "/1985-04", "1985/", "2023-24", "2024-06~", "2024-06-19?", "2024-XX-05", "9999-12-31", "2023-12/2024-02", "../..", "2024-06-19T23:30:00+09:00"}
	names := []string{"Kim Jong Un", "Kim Jong-un", "KIM JONG UN", "김정은", "Łódź", "lodz", "Khasan, Russia", "New York", "newyork", "100%", "under_score", `back\slash`, `"quoted"`, "O'Brien", "名古屋", "Ñandú", "a b", "a", "Kim"}
	list := func() []string {
		all := []string{}
		for range r.IntN(4) {
			all = append(all, pick(names...))
		}
		return all
	}
	var text strings.Builder
	text.WriteString(`{"title": "Random", "actors": [{"name": "Kim Jong Un", "kind": "person", "role": "leader of the North", "aliases": ["김정은", "Marshal Kim"]}, {"name": "Lodz", "kind": "state"}], "events": [`)
	for i := range n {
		date := dates[r.IntN(len(dates))]
		if r.IntN(2) == 0 {
			date = fmt.Sprintf("2024-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
		}
		e := map[string]any{"id": fmt.Sprintf("e%d", i), "date": date, "title": pick(names...) + " meets " + pick(names...), "summary": "Of " + pick(names...) + " [1].", "actors": list(), "places": list(), "topics": list(), "_private": i}
		if r.IntN(2) == 0 {
			e["status"] = pick("confirmed", "reported", "claimed", "disputed")
		}
		if r.IntN(3) == 0 {
			e["answers"] = []string{fmt.Sprintf("e%d", r.IntN(n+5))}
		}
		if r.IntN(4) == 0 {
			e["caveat"] = "perhaps"
		}
		if r.IntN(5) == 0 {
			e["reported"] = fmt.Sprintf("2024-%02d", 1+r.IntN(12))
		}
		var sources []any
		for range r.IntN(4) {
			s := map[string]any{"publisher": pick(names...), "url": "https://" + pick("Example.org", "kcna.kp", "100%25.net") + "/" + pick("a_b", "A%20B", "x"), "kind": pick("news", "official", "wire")}
			if r.IntN(2) == 0 {
				s["published"] = fmt.Sprintf("2024-%02d", 1+r.IntN(12))
			}
			if r.IntN(3) == 0 {
				s["quote"], s["quote_by"] = "Said "+pick(names...), pick(names...)+", via "+pick(names...)
			}
			if r.IntN(3) == 0 {
				s["attributed_to"] = pick(names...)
			}
			sources = append(sources, s)
		}
		e["sources"] = sources
		line, err := json.Marshal(e)
		if err != nil {
			panic(err)
		}
		if i > 0 {
			text.WriteString(",\n")
		}
		text.Write(line)
	}
	text.WriteString("]}")
	return format.File{Name: "random.json", Text: text.String()}
}

// check holds SELECT, and Select of what came, to Select of the whole.
func check(t *testing.T, s *Store, whole *timeline.Timeline, margin timeline.Margin, q timeline.Query) {
	t.Helper()
	part := selected(t, s, q).WithMargin(margin)
	want := whole.Select(q)
	got := part.Select(q)
	if a, b := ids(part, got), ids(whole, want); !slices.Equal(a, b) || got.Uncertain != want.Uncertain {
		t.Fatalf("%s: got %d events (%d uncertain), want %d (%d)\ngot  %v\nwant %v", q, len(a), got.Uncertain, len(b), want.Uncertain, a, b)
	}
	n, exact, err := s.Count(context.Background(), q, 0)
	if err != nil {
		t.Fatal(err)
	}
	if exact && int(n) != want.Len() || int(n) < want.Len() {
		t.Fatalf("%s: counted %d (exact: %t), want %d", q, n, exact, want.Len())
	}
	if a, b := part.Scope(q), whole.Scope(q); a != b && want.Len() > 0 {
		t.Fatalf("%s: got the scope %q, want %q", q, a, b)
	}
}

// queries makes queries at random, of every field, about a timeline.
type queries struct {
	*rand.Rand
	of *timeline.Timeline
}

func (r queries) query(depth int) timeline.Query {
	text := ""
	for range 1 + r.IntN(3) {
		text += r.term(depth) + " "
	}
	q, err := timeline.ParseQuery(text)
	if err != nil {
		panic(text + ": " + err.Error())
	}
	return q
}

func (r queries) term(depth int) string {
	not := ""
	if r.IntN(4) == 0 {
		not = "-"
	}
	if depth < 2 && r.IntN(8) == 0 {
		return not + "(" + r.query(depth+1).String() + " | " + r.query(depth+1).String() + ")"
	}
	e := r.of.Event(r.IntN(r.of.Len()))
	one := func(of []string) string {
		if len(of) == 0 {
			return "nobody"
		}
		return of[r.IntN(len(of))]
	}
	part := func(s string) string {
		runes := []rune(s)
		if len(runes) < 3 || r.IntN(3) == 0 {
			return s
		}
		from := r.IntN(len(runes) - 2)
		return string(runes[from : from+2+r.IntN(len(runes)-from-2)])
	}
	var sources []timeline.Source
	sources = append(sources, e.Sources...)
	sources = append(sources, timeline.Source{Publisher: "nobody", URL: "nowhere", Quote: "nothing", QuoteBy: "nobody"})
	s := sources[r.IntN(len(sources))]
	date := func() string {
		day, ok := e.Date.Filed()
		if !ok || day < 0 {
			day = 19900
		}
		return []string{day.String(), day.Spell(edtf.ToMonth), day.Spell(edtf.ToYear), e.Date.String(), "-30d", "june", "2024-06..2024-08", "today"}[r.IntN(8)]
	}
	actor := func() string {
		name := one(e.Actors)
		return one(func() []string { a := r.of.Actor(name); return a.Names() }())
	}
	quoted := func(field, value string) string {
		return timeline.Query{}.And(is(field, value)).String()
	}
	field := []string{"actor", "place", "topic", "kind", "publisher", "origin", "said", "status", "since", "until", "before", "after", "on", "known", "sources", "origins",
		"has", "title", "quote", "role", "url", "file", "marked", "id", ""}[r.IntN(25)]
	value := ""
	switch field {
	case "actor":
		value = part(actor())
	case "place":
		value = part(one(e.Places))
	case "topic":
		value = part(one(e.Topics))
	case "kind":
		value = []string{"official", "news", "wire", "state-media", "research"}[r.IntN(5)]
	case "publisher":
		value = part(s.Publisher)
	case "origin":
		value = part(s.Origin())
	case "said":
		value = part(s.QuoteBy)
	case "status":
		value = []string{"confirmed", "reported", "disputed", "alleged", "claimed"}[r.IntN(5)]
	case "since", "until", "before", "after", "on", "known":
		return not + field + ":\"" + date() + "\""
	case "sources", "origins":
		return not + field + ":" + []string{"<2", ">=3", "1", "1..2", ">0", "0"}[r.IntN(6)]
	case "has":
		value = []string{"answer", "caveat", "quote", "archive", "note", "uncertain"}[r.IntN(6)]
	case "title", "":
		if r.IntN(6) == 0 {
			return not + map[string]string{"title": "title:", "": ""}[field] + []string{"/kim|putin/", "/^north.*missile/", `/\d{4}/`}[r.IntN(3)]
		}
		value = part([]string{e.Title, e.Summary, actor(), one(e.Places), s.Publisher, s.Quote}[r.IntN(6)])
	case "quote":
		value = part(s.Quote)
	case "role":
		value = []string{"president", "minister", "leader"}[r.IntN(3)]
	case "url":
		value = part(s.URL)
	case "file":
		value = []string{"events.json", "events", "other"}[r.IntN(3)]
	case "marked":
		value = []string{"must", "should", "could"}[r.IntN(3)]
	case "id":
		value = e.ID
	}
	return not + quoted(field, value)
}

// is writes a term, or one that selects nothing where the value folds to nothing.
func is(field, value string) timeline.Term {
	text := field
	if field != "" {
		text += ":"
	}
	quote := func(s string) string {
		out := `"`
		for _, r := range s {
			if r == '"' || r == '\\' {
				out += `\`
			}
			out += string(r)
		}
		return out + `"`
	}
	q, err := timeline.ParseQuery(text + quote(value))
	if err != nil {
		if q, err = timeline.ParseQuery("id:none"); err != nil {
			panic(err)
		}
	}
	return q.Terms()[0]
}
