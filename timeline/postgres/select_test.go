//go:build unix

package postgres

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"slices"
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

func TestAStoreSelectsAsATimelineDoes(t *testing.T) {
	f := builtIn(t)
	url := load(t, f)
	day, _ := today.Filed()
	tl, _, err := format.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	tl = tl.WithToday(day)
	margin := timeline.Margin{Marks: map[string]timeline.Tier{tl.Event(3).ID: timeline.Must, tl.Event(40).ID: timeline.Could}, Notes: map[string]string{tl.Event(3).ID: "ask"}}
	tl = tl.WithMargin(margin)
	s := open(t, url, Options{Today: day, Margin: func() timeline.Margin { return margin }})
	n := 400
	if testing.Short() {
		n = 60
	}
	r := rand.New(rand.NewPCG(16, 1))
	q := queries{r, tl}
	for range n {
		check(t, s, tl, margin, q.query(0))
	}
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
		day, _ := e.Date.Filed()
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
