package format

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"dateline/timeline"
	"dateline/timeline/export"
	"dateline/timeline/text"
)

// reading prepares to read files in blocks of a length; by the decoder alone if
// it is slow.
func reading(slow bool, length int64, files []File) *ingest {
	in := newIngest(Watch{}, files)
	in.slow, in.firstBlock, in.block = slow, max(8, length/8), length
	return in
}

// lengths are those of blocks whose borders are everywhere, and of long ones.
var lengths = []int64{10, 100, block}

// checkReading holds that files are read alike by the fast scanner and by the
// decoder, in blocks of any length: the same events, problems and exports.
func checkReading(t *testing.T, files ...File) {
	t.Helper()
	for _, length := range lengths {
		checkReadingIn(t, length, files...)
	}
}

func checkReadingIn(t *testing.T, length int64, files ...File) {
	t.Helper()
	want, wantReport, wantErr := reading(true, 1<<30, files).timeline(context.Background())
	got, gotReport, gotErr := reading(false, length, files).timeline(context.Background())
	if wantErr != nil || gotErr != nil {
		t.Fatalf("got error %v, want %v", gotErr, wantErr)
	}
	checkReports(t, gotReport, wantReport)
	checkSame(t, got, want)
	if length == 100 {
		streams := slices.Clone(files)
		for i := range streams {
			streams[i].Data = &trickle{text: files[i].Text, step: length}
		}
		streamed, streamedReport, err := reading(false, length, streams).timeline(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		checkReports(t, streamedReport, wantReport)
		checkSame(t, streamed, want)
	}
	var g, w strings.Builder
	if err := export.WriteJSON(&g, got, all(got.Len()), gotReport.Original()); err != nil {
		t.Fatal(err)
	}
	if err := export.WriteJSON(&w, want, all(want.Len()), wantReport.Original()); err != nil {
		t.Fatal(err)
	}
	if g.String() != w.String() {
		t.Errorf("got %s, want %s", g.String(), w.String())
	}
}

// A trickle is a text that comes as it is waited for, and not much sooner.
type trickle struct {
	mu   sync.Mutex
	text string
	size int64
	step int64
}

func (s *trickle) Await(_ context.Context, least int64) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size < least {
		s.size = min(least, int64(len(s.text))-s.step) + s.step
	}
	return s.size, nil
}

func (s *trickle) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size
}

func (s *trickle) Total() int64 { return 0 }

func (s *trickle) ReadAt(to []byte, at int64) (int, error) {
	return strings.NewReader(s.text[:s.Size()]).ReadAt(to, at)
}

func checkReports(t *testing.T, got, want Report) {
	t.Helper()
	if got.Found != want.Found || got.LeftOut != want.LeftOut || got.Errors() != want.Errors() || got.Warnings() != want.Warnings() {
		t.Errorf("got %d found, %d left out, %d errors, %d warnings, want %d, %d, %d, %d", got.Found, got.LeftOut, got.Errors(), got.Warnings(),
			want.Found, want.LeftOut, want.Errors(), want.Warnings())
	}
	if !reflect.DeepEqual(got.Problems, want.Problems) {
		t.Errorf("got problems\n%v\nwant\n%v", got.Problems, want.Problems)
	}
	if g, w := fmt.Sprint(got.refused), fmt.Sprint(want.refused); g != w {
		t.Errorf("got refusal %s, want %s", g, w)
	}
}

func all(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Every problem of the files that show what is wrong is found in each way of
// reading them.
func TestBrokenFilesAreReadAlikeInEveryWay(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/broken/*.json*")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	texts := append(oddFiles, shippedLines(t)+shippedLines(t))
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	for i, text := range texts {
		if testing.Short() && i%4 != 0 {
			continue
		}
		checkReading(t, File{Name: "a.json", Text: text})
		checkReadingIn(t, 100, File{Name: "a.json", Text: text}, File{Name: "b.jsonl", Text: shippedLines(t)}, File{Name: "c.json", Text: text})
	}
}

func checkSame(t *testing.T, got, want *timeline.Timeline) {
	t.Helper()
	if got.Len() != want.Len() || got.About != want.About {
		t.Fatalf("got %d events of %v, want %d of %v", got.Len(), got.About, want.Len(), want.About)
	}
	for i := range want.Len() {
		if g, w := got.Event(i), want.Event(i); !reflect.DeepEqual(g, w) {
			t.Fatalf("event %d: got %v, want %v", i, g, w)
		}
		if g, w := columns(got, i), columns(want, i); g != w {
			t.Errorf("%q: got %s, want %s", want.Event(i).ID, g, w)
		}
	}
	for i, title := range got.Titles(want.Select(timeline.Query{}).Ordered(true)) {
		if w := want.Event(i).Title; title != w {
			t.Errorf("event %d: got title %q, want %q", i, title, w)
		}
	}
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField} {
		if g, w := got.Tally(f, timeline.Query{}), want.Tally(f, timeline.Query{}); !reflect.DeepEqual(g, w) {
			t.Errorf("%v: got %v, want %v", f, g, w)
		}
	}
	for _, text := range []string{"has:caveat", "has:quote", "has:archive", "has:uncertain", "has:answer", "/w[öo]+rd/", "/[a-z]{7}/", "title:/(t|u)$/", "quote:/the|of/"} {
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		if g, w := got.Select(q), want.Select(q); !reflect.DeepEqual(g, w) {
			t.Errorf("%s: got %v, want %v", text, g, w)
		}
	}
	for i := range min(want.Len(), 20) {
		e := want.Event(i)
		words := strings.Fields(e.Title + " " + e.Summary)
		for _, s := range append(words[:min(len(words), 12)], strings.Join(e.Places, " ")) {
			if text.Fold(s) == "" {
				continue
			}
			q := timeline.Query{}.And(timeline.Is(timeline.TextField, s))
			if g, w := got.Select(q), want.Select(q); !reflect.DeepEqual(g, w) {
				t.Errorf("%q: got %v, want %v", s, g, w)
			}
		}
	}
	if err := got.Err(); err != nil {
		t.Error(err)
	}
}

func columns(t *timeline.Timeline, i int) string {
	from, to := t.Span(i)
	sources, origins := t.Counts(i)
	return fmt.Sprint(t.Day(i), from, to, t.Reach(i), sources, origins, t.Answers(i), t.AnsweredBy(i))
}

// shippedLines are the events that the program ships with as JSON Lines, in
// another order.
func shippedLines(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/frozen.json")
	if err != nil {
		t.Fatal(err)
	}
	tl, r, err := Read(File{Name: "events.json", Text: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := export.WriteJSONLines(&b, tl, slices.Values(rand.New(rand.NewPCG(1, 2)).Perm(tl.Len())), r.Original()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFilesAreReadAlikeInEveryWay(t *testing.T) {
	t.Parallel()
	shipped, err := os.ReadFile("../testdata/frozen.json")
	if err != nil {
		t.Fatal(err)
	}
	lines := shippedLines(t)
	checkReading(t, File{Name: "events.json", Text: string(shipped)})
	checkReading(t, File{Name: "events.jsonl", Text: lines})
	checkReading(t, File{Name: "events.jsonl", Text: "\ufeff" + strings.ReplaceAll(lines, "\n", "\r\n\n")})
	checkReading(t, File{Name: "events.json", Text: "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",\n") + "]"})
	checkReading(t, File{Name: "events.json", Text: "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]"})
	checkReading(t, File{Name: "a.json", Text: string(shipped)}, File{Name: "b.jsonl", Text: lines})
}

// Files longer than many blocks, in each of the forms.
func TestLongFilesAreReadAlikeInEveryWay(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 5_000 {
		fmt.Fprintf(&b, `{"id":"e-%d","date":"20%02d-%02d","title":"Ünder \"%s\"","summary":"%s","actors":["A %d"],"sources":[]}`+"\n",
			r.IntN(1<<30)<<16+i, r.IntN(30), 1+r.IntN(12), strings.Repeat("x", r.IntN(100)), strings.Repeat("wörd ", r.IntN(200)), r.IntN(300))
		if i == 2_500 {
			fmt.Fprintf(&b, `{"id":"long","date":"2000","title":"Long","summary":"%s"}`+"\n", strings.Repeat("long ", 1_000_000))
		}
	}
	lines := b.String()
	checkReadingIn(t, block, File{Name: "long.jsonl", Text: lines})
	checkReadingIn(t, block, File{Name: "long.json", Text: `{"title": "Long", "events": [` + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + `], "license": "MIT"}`})
	checkReadingIn(t, block, File{Name: "long.json", Text: "[\n  " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",\n  ") + "\n]"})
}

// What looks like an event may be part of another: a guess where events begin far
// ahead in an array must never show.
func TestArraysAreReadAheadAlike(t *testing.T) {
	t.Parallel()
	good := func(r *rand.Rand, i int) string {
		return fmt.Sprintf(`{"id":"e-%d","date":"20%02d","title":"T %d","summary":"%s","sources":[{"url":"https://a.example/%d"}]}`, i, r.IntN(30), i, strings.Repeat("x", r.IntN(60)), i)
	}
	odd := []func(r *rand.Rand, i int) string{
		func(r *rand.Rand, i int) string { // events within another
			return fmt.Sprintf(`{"id":"o-%d","date":"2024","title":"Outer","_were":[%s],"sources":[{"url":"https://a.example"}]}`, i, strings.Join([]string{good(r, i), good(r, i+1), good(r, i+2)}, ","))
		},
		func(r *rand.Rand, i int) string { // and within a field that the format does not have
			return fmt.Sprintf(`{"id":"u-%d","date":"2024","title":"Outer","x":{"y":[%s,%s]}}`, i, good(r, i), good(r, i+1))
		},
		func(r *rand.Rand, i int) string {
			return fmt.Sprintf(`{"id":"s-%d","date":"2024","title":"}, {[\"{\\","summary":"},\n{\"id\":\"no\",\"date\":\"2024\",\"title\":\"T\"},{","sources":[]}`, i)
		},
		func(r *rand.Rand, i int) string {
			return fmt.Sprintf(`{"id":"h-%d","date":"2024","title":"Huge","summary":"%s"}`, i, strings.Repeat("{},", r.IntN(2000)))
		},
		func(r *rand.Rand, i int) string {
			return fmt.Sprintf(`{"id":"w-%d","date":"2024","title":"Warned","odd":%d,"sources":[{"url":"https://a b"}]}`, i, i)
		},
		func(r *rand.Rand, i int) string { return strings.Replace(good(r, i), `"date"`, `"date" `, 1) + " " },
		func(r *rand.Rand, i int) string { return strings.Replace(good(r, i), `"20`, `"20-`, 1) },         // no date
		func(r *rand.Rand, i int) string { return good(r, i)[:len(good(r, i))/2] },                        // cut
		func(r *rand.Rand, i int) string { return good(r, i) + good(r, i+1) },                             // no comma
		func(r *rand.Rand, i int) string { return good(r, i) + ",," + good(r, i+1) },                      // two
		func(r *rand.Rand, i int) string { return good(r, i) + "," + good(r, max(0, i-3)) + "\n" + "]," }, // an early end
		func(r *rand.Rand, i int) string { return "// a comment {\n" + good(r, i) },
		func(r *rand.Rand, i int) string { return `"text, {"` },
		func(r *rand.Rand, i int) string { return strings.Replace(good(r, i), `"T `, `"T`+"\n", 1) }, // an open string
	}
	random := rand.New(rand.NewPCG(18, 1))
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	for round := range rounds {
		var events []string
		oddest := 1 + round%len(odd)
		for i := range 40 + random.IntN(60) {
			if random.IntN(12) == 0 {
				events = append(events, odd[random.IntN(oddest)](random, 10*i))
			} else {
				events = append(events, good(random, 10*i))
			}
		}
		text := []string{"[\n", `{"title":"A","events":[`, "["}[round%3] + strings.Join(events, []string{",\n", ",", "\n,  "}[random.IntN(3)]) + []string{"\n]\n", `],"license":"MIT"}`, "", "] x"}[random.IntN(4)]
		for _, length := range []int64{64, 500, 3000} {
			checkReadingIn(t, length, File{Name: "a.json", Text: text})
		}
		if t.Failed() {
			t.Fatal(text)
		}
	}
}

func FuzzIndex(f *testing.F) {
	for _, text := range oddFiles {
		f.Add([]byte(text))
	}
	for _, file := range samples(f) {
		f.Add([]byte(file.Text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkReading(t, File{Name: "fuzzed", Text: string(text)})
	})
}

var oddFiles = []string{
	"", " ", "[", "[]", "{}", "{", "[1]", "null", "[{}]", `[{"id":"a"},]`, "[{\"id\":\"\a\a\a\a\a\aa\"},]",
	`{"id":"a","date":"2024","title":"T","sources":[]}`,
	`{"id":"a","date":"2024","title":"T"} x` + "\n" + `{"id":"b","date":"2024","title":"T"}`,
	`{"id":"a","date":"2024","title":"T"}` + "\n{\n" + `{"id":"b","date":"2024","title":"T"}`,
	`[{"id":"a","date":"2024-13","title":"T"}, {"id":"b","date":"2024","title":"T","status":"odd"}, {"id":"c","date":"2024","title":"T","status":"disputed"}]`,
	`[{"id":"a","date":"2024","title":"T"} {"id":"b","date":"2024","title":"T"}]`,
	"[\n" + `{"id":"a","date":"2024","title":"T` + "\n" + `{"id":"b","date":"2024","title":"T"}` + "\n]",
	"[\n" + `{"id":"a","date":"2024","title":"T"},` + "\n" + `{"id":"b","date":"2024","title":"T"}` + "\n",
	`{"title":"X","actors":[{"name":"A","aliases":["B"]}],"events":[{"id":"a","date":"2024","title":"T","actors":["B"]}],"license":"MIT"}`,
	`{"events":[{"id":"a","date":"2024","title":"T"}],"events":[{"id":"b","date":"2024","title":"T"}]}`,
	`{"events":{"a":1},"title":"T"}`, `{"title":"T","events":[]} x`, `{"\u0065vents":[{"id":"a","date":"2024","title":"T"}]}`,
	`[{"\u0069d":"a","date":"2024","title":"\ud83d\ude00 \ud83d x \"q\" \/ \b\f\n\r\t","summary":"s [1] \u0041"}]`,
	`[{"id":"a","id":"b","date":"2024","title":"T"}]`, `[{"id":"a","date":"2024","title":"T"},{"id":"a","date":"2025","title":"U","answers":["a"]}]`,
	`[{"id":"A b","date":"2024-06-19T12:00:00Z","title":"T","_x":{"y":[1,2.5e3,true,null,{"z":"\u12"}]},"caveat":"c","answers":["b","b"]},{"id":"b","date":"../2024","title":"U"}]`,
	`[{"id":"a","date":"2024","title":"T","sources":[{"url":"https://x.example/1","archived":"http://y","quote":"q","kind":"wire","attributed_to":"Z"},{"publisher":"P"},{"publisher":"P","title":"T"}]}]`,
	`[{"id":"a","date":"2024","title":"T","sources":[{"url":"https:///x"}]},{"id":"b","date":"2024","title":"T","sources":[{"url":"ftp://x"},{"url":""}]}]`,
	"[{\"id\":\"a\x01\",\"date\":\"2024\",\"title\":\"T\xff\"}]", "\ufeff[{\"id\":\"a\",\"date\":\"2024\",\"title\":\"T\"}]",
	`[{"id":"a","date":"2024","title":"T","credibility":3,"confidence":"low","tz":"UTC","reported":"2024-01-01"}]`,
	"[\n  {\"id\":\"a\",\"date\":\"2024\",\"title\":\"T\",},\n  {\"id\":\"b\",\"date\":\"2024\",\"title\":\"T\"}\n]",
}

// A panicking file fails in its second block, which any goroutine may read.
type panicking struct{ *strings.Reader }

func (p panicking) ReadAt(b []byte, at int64) (int, error) {
	if at > Large/2 {
		panic("the disk has gone")
	}
	return p.Reader.ReadAt(b, at)
}

// A panic in a goroutine ended the program with the terminal as it was.
func TestPanicWhileReadingIsTheCallers(t *testing.T) {
	text := strings.Repeat(`{"id":"a","date":"2024","title":"T"}`+"\n", 2*Large/37)
	file := File{Name: "a.jsonl", Data: panicking{strings.NewReader(text)}, Size: int64(len(text))}
	for _, watch := range []Watch{{}, {Ready: make(chan struct{})}} {
		func() {
			defer func() {
				if got := recover(); got != "the disk has gone" {
					t.Errorf("got %v", got)
				}
			}()
			Open(t.Context(), watch, file)
			t.Error("it was read")
		}()
	}
}
