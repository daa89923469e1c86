package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/timeline"
	"dateline/timeline/export"
	"dateline/timeline/format"
	"dateline/tui/pane"
)

var damages = flag.Int("damages", 400, "how many kept indexes are damaged")

// onDisk writes a file as one that was left alone for long, and opens it as large.
func onDisk(t *testing.T, path, text string) format.File {
	t.Helper()
	write(t, path, text)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return format.File{Name: path, Data: f, Size: int64(len(text))}
}

var longAgo = time.Date(2020, 1, 2, 3, 4, 5, 6, time.UTC)

// write overwrites a file in its place.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
}

// answers are what a timeline tells, all of it that an index holds.
func answers(tl *timeline.Timeline, r format.Report) string {
	var b bytes.Buffer
	fmt.Fprintln(&b, tl.Len(), tl.About, tl.Register(), r.Found, r.LeftOut, r.Errors(), r.Warnings(), r.Problems)
	for _, text := range []string{"", "a", "amber", "the", "лодка", "회담", "actor:\"Kim Jong Un\"", "actor:a", "place:b", "topic:talks", "publisher:p", "origin:p", "said:kim", "kind:wire", "status:disputed", "sources:>1", "origins:0", "since:2024-02", "until:2023", "on:2024-03", "has:quote", "has:answer", "has:caveat", "has:archive", "title:t", "quote:word", "id:e7", "file:f", "-amber", "role:x", "url:example"} {
		q, err := timeline.ParseQuery(text)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(&b, text, tl.Select(q))
	}
	for f := range timeline.TextField {
		switch f {
		case timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.PublisherField, timeline.KindField, timeline.OriginField, timeline.SaidField, timeline.StatusField, timeline.OriginsField, timeline.FileField:
			fmt.Fprintln(&b, f, tl.Tally(f, timeline.Query{}))
		}
	}
	for i := range tl.Len() {
		sources, origins := tl.Counts(i)
		found, ok := tl.Find(tl.Event(i).ID)
		fmt.Fprintln(&b, i, *tl.Event(i), tl.Day(i), tl.Time(i), tl.Date(i), tl.Status(i), tl.Importance(i), tl.Weight(i), sources, origins, tl.Reach(i), tl.Answers(i), tl.AnsweredBy(i), found, ok)
	}
	if err := export.WriteJSON(&b, tl, tl.Select(timeline.Query{}).Ordered(false), r.Original()); err != nil {
		fmt.Fprintln(&b, err)
	}
	fmt.Fprintln(&b, tl.Err())
	return b.String()
}

// samples are files of formats whose index is kept, with something of everything.
func samples() map[string]string {
	var lines, table strings.Builder
	words := []string{"amber", "the", "лодка", "회담", "naïve", `\u0041`, "word"}
	table.WriteString("date,title,actors,place\n")
	for i := range 150 {
		w := words[i%len(words)]
		fmt.Fprintf(&lines, `{"id":"e%d","date":"%d-%02d-%02d","title":"T %s %d","summary":"%s","actors":["Kim Jong Un","A%d"],"places":["B %d, C"],"topics":["talks"],"status":"disputed","sources":[{"publisher":"P%d","title":"s","url":"https://example.com/%d","kind":"wire","quote":"%s","quoteBy":"Kim"}],"answers":["e%d"]}`+"\n",
			i, 2023+i*7%2, 1+i%12, 1+i*3%28, w, i, strings.Repeat(w+" ", i%30), i%40, i%9, i%13, i, w, i*11%170)
		fmt.Fprintf(&table, "2024-%02d-%02d,Title %s %d,Actor %d,Place\n", 1+i%12, 1+i%28, w, i%50, i%20)
	}
	lines.WriteString(`{"id":"broken","date":"2024-13","title":"x"}` + "\n")
	array := `{"schemaVersion":1,"title":"About","x-private":{"a":1},"actors":[{"name":"Kim Jong Un","aliases":["KJU"],"role":"x"}],"events":[` +
		strings.ReplaceAll(strings.TrimSpace(lines.String()), "}\n{", "},\n{") + `]}`
	return map[string]string{"f.jsonl": lines.String(), "f.csv": table.String(), "f.json": array}
}

// A shelf is a folder of indexes and the files that they are of.
type shelf struct {
	c     *command
	files []format.File
	path  string // of the index
}

func newShelf(t *testing.T, name, text string) *shelf {
	dir := t.TempDir()
	s := &shelf{c: &command{env: env(map[string]string{"XDG_CACHE_HOME": filepath.Join(dir, "cache")}), cacheSize: defaultCache}}
	s.files = []format.File{onDisk(t, filepath.Join(dir, name), text)}
	return s
}

// keep reads the files and keeps their index.
func (s *shelf) keep(t *testing.T) {
	t.Helper()
	tl, r, err := format.Read(s.files...)
	if err != nil {
		t.Fatal(err)
	}
	c := s.c.cacheOf(s.files)
	if c == nil {
		t.Fatal("no index can be kept")
	}
	if err := c.keep(tl, r, time.Now()); err != nil {
		t.Fatal(err)
	}
	s.path = c.path
}

func TestKeptIndexAnswersAsItsFile(t *testing.T) {
	for name, text := range samples() {
		s := newShelf(t, name, text)
		if _, _, ok := s.c.openKept(s.files); ok {
			t.Errorf("%s: an index is there before it is kept", name)
		}
		s.keep(t)
		tl, r, ok := s.c.openKept(s.files)
		if !ok {
			t.Errorf("%s: the index is not opened", name)
			continue
		}
		fresh, fr, err := format.Read(s.files...)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := answers(tl, r), answers(fresh, fr); got != want {
			t.Errorf("%s: the index answers\n%.3000s\nwant\n%.3000s", name, got, want)
		}
		if info, err := os.Stat(s.path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: the index has mode %v, %v", name, info.Mode(), err)
		}
	}
}

// Of every format: the index is right, or none is kept.
func TestKeptIndexOfEveryFormat(t *testing.T) {
	paths, _ := filepath.Glob("../timeline/format/testdata/formats/*")
	kept := 0
	for _, path := range paths {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := newShelf(t, filepath.Base(path), string(text))
		fresh, fr, err := format.Read(s.files...)
		if err != nil {
			continue
		}
		if err := s.c.cacheOf(s.files).keep(fresh, fr, time.Now()); err != nil {
			continue
		}
		kept++
		tl, r, ok := s.c.openKept(s.files)
		if !ok {
			t.Errorf("%s: the index is kept, but not opened", path)
		} else if got, want := answers(tl, r), answers(fresh, fr); got != want {
			t.Errorf("%s: the index answers\n%.3000s\nwant\n%.3000s", path, got, want)
		}
	}
	if kept < 10 {
		t.Errorf("the index of only %d formats is kept", kept)
	}
}

// A kept index that is damaged, cut short, of another file or of an older one is
// not used, or answers as the file does.
func TestDamagedIndexNeverAnswersWrong(t *testing.T) {
	r := rand.New(rand.NewPCG(uint64(*damages), 18))
	all := samples()
	names := []string{"f.jsonl", "f.csv", "f.json"}
	used := 0
	type state struct {
		*shelf
		text  string
		index []byte
	}
	var states []state
	for _, name := range names {
		s := newShelf(t, name, all[name])
		s.keep(t)
		index, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state{s, all[name], index})
	}
	fresh := make(map[string]string) // by text
	for n := range *damages {
		k := r.IntN(len(states))
		s := &states[k]
		index, text := slices.Clone(s.index), []byte(s.text)
		touched := longAgo
		at := func(b []byte) int { return r.IntN(len(b)) }
		what := ""
		switch r.IntN(13) {
		case 0:
			what = "a bit of the index"
			index[at(index)] ^= 1 << r.IntN(8)
		case 1:
			what = "the end of the index is gone"
			index = index[:at(index)]
		case 2:
			what = "zeros in the index"
			from := at(index)
			clear(index[from:min(len(index), from+r.IntN(5000))])
		case 3:
			what = "another index"
			index = slices.Clone(states[(k+1)%len(states)].index)
		case 4:
			what = "parts of the index are swapped"
			a, b, size := at(index[:len(index)/2]), len(index)/2+at(index[:len(index)/2]), 1+r.IntN(400)
			for i := range min(size, len(index)-b) {
				index[a+i], index[b+i] = index[b+i], index[a+i]
			}
		case 5:
			what = "more behind the index"
			index = append(index, index[:r.IntN(2000)]...)
		case 6:
			what = "random bytes in the index"
			for range 1 + r.IntN(50) {
				index[at(index)] = byte(r.Uint32())
			}
		case 7:
			what = "a byte of the file, at the same time"
			text[at(text)] = "abc019 \n\",{"[r.IntN(11)]
		case 8:
			what = "a line of the file is gone"
			from := at(text)
			if end := bytes.IndexByte(text[from:], '\n'); end >= 0 {
				text = slices.Delete(text, from, from+end)
			}
		case 9:
			what = "more at the end of the file"
			text = append(text, text[max(0, len(text)-300):]...)
		case 10:
			what = "the file is cut short"
			text = text[:1+at(text)]
		case 11:
			what = "the file has another time"
			touched = longAgo.Add(time.Duration(r.IntN(3)))
		case 12:
			what = "the index is of the middle of itself"
			index = index[at(index):]
		}
		write(t, s.files[0].Name, string(text))
		os.Chtimes(s.files[0].Name, touched, touched)
		if err := os.WriteFile(s.path, index, 0o600); err != nil {
			t.Fatal(err)
		}
		s.files[0].Size = int64(len(text))
		tl, report, ok := s.c.openKept(s.files)
		if !ok {
			continue
		}
		used++
		key := fmt.Sprint(k, string(text))
		if fresh[key] == "" {
			again, fr, err := format.Read(s.files...)
			if err != nil {
				t.Fatalf("damage %d, %s: used, but the file is not read: %v", n, what, err)
			}
			fresh[key] = answers(again, fr)
		}
		if got := answers(tl, report); got != fresh[key] {
			t.Fatalf("damage %d of %s, %s: wrong answers", n, names[k], what)
		}
	}
	if used == 0 || used == *damages {
		t.Errorf("%d of %d damaged indexes were used", used, *damages)
	}
}

// What was appended to a file that was kept is as if all had been read, whatever the
// file and wherever it was cut, or all is read.
func TestAppendedEventsAreAsIfAllWereRead(t *testing.T) {
	r := rand.New(rand.NewPCG(7, uint64(*damages)))
	used, clean := 0, 0
	for n := range *damages / 4 {
		sound := n%2 == 0
		text := randomLines(r, sound)
		cut := 1 + r.IntN(len(text)-1)
		if n%8 != 0 {
			cut = max(1, 1+strings.LastIndexByte(text[:len(text)-1-r.IntN(len(text)/4)], '\n'))
		}
		s := newShelf(t, "f.jsonl", text[:cut])
		if n%5 == 0 {
			other := onDisk(t, filepath.Join(t.TempDir(), "a.jsonl"), strings.NewReplacer(`"e`, `"o`, `"first"`, `"other"`).Replace(randomLines(r, sound)))
			s.files = append([]format.File{other}, s.files...)
		}
		last := &s.files[len(s.files)-1]
		tl, report, err := format.Read(s.files...)
		if err != nil || s.c.cacheOf(s.files).keep(tl, report, time.Now()) != nil {
			continue
		}
		write(t, last.Name, text)
		last.Size = int64(len(text))
		tl, report, ok := s.c.openKept(s.files)
		if sound && n%8 != 0 {
			clean++
		}
		if !ok {
			continue
		}
		used++
		fresh, fr, err := format.Read(s.files...)
		if err != nil {
			t.Fatal(err)
		}
		want := answers(fresh, fr)
		if got := answers(tl, report); got != want {
			t.Fatalf("file %d cut at %d of %d: the answers differ:\n%s", n, cut, len(text), text)
		}
		if err := s.c.cacheOf(s.files).keep(tl, report, time.Now()); err != nil {
			t.Fatal(err)
		}
		if tl, report, ok = s.c.openKept(s.files); !ok || answers(tl, report) != want {
			t.Fatalf("file %d cut at %d of %d: the answers differ when it is kept again", n, cut, len(text))
		}
	}
	if used < clean/4 {
		t.Errorf("only %d indexes of %d were of use", used, clean)
	}
}

// The first frame of a kept index, which has only the first and the last events, is
// that of all of them.
func TestPreviewLooksAsTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for n := range 12 {
		var b strings.Builder
		for i := range 1500 {
			date := fmt.Sprintf("%d-%02d-%02d", 1990+r.IntN(30), 1+r.IntN(12), 1+r.IntN(28))
			switch {
			case r.IntN(30) == 0:
				date = date[:7]
			case n%3 == 0 && r.IntN(3) == 0:
				date += "T12:30:00Z"
			case r.IntN(200) == 0:
				date = ""
			case r.IntN(100) == 0:
				date = "1" + date[1:] + "/2031-01-01"
			}
			status := []string{"confirmed", "claimed", "reported", "disputed"}[min(r.IntN(60), 3)]
			fmt.Fprintf(&b, `{"id":"e%d","date":%q,"title":"Event %d","status":%q,"sources":[%s{"publisher":"P","title":"s"}]}`+"\n",
				i, date, i, status, strings.Repeat(`{"publisher":"Q","title":"s"},`, r.IntN(1+i/99)))
		}
		s := newShelf(t, "f.jsonl", b.String())
		s.keep(t)
		k, err := s.c.cacheOf(s.files).open()
		if err != nil {
			t.Fatal(err)
		}
		preview, err := k.Preview(s.files...)
		if err != nil || preview == nil {
			t.Fatalf("no preview: %v", err)
		}
		whole, _, err := k.Open(s.files...)
		if err != nil {
			t.Fatal(err)
		}
		if preview.Len() >= whole.Len()/2 {
			t.Errorf("%d events of %d are previewed", preview.Len(), whole.Len())
		}
		draw := func(tl *timeline.Timeline, newest bool) string {
			shown := pane.Show(context.Background(), tl, timeline.Query{}, newest, "").Checked(false)
			styles := pane.NewStyles(true, func(string) string { return "" })
			var list pane.List
			list.Show(shown)
			list.Resize(78, 40)
			var h pane.Histogram
			h.Resize(78, 9)
			h.Show(shown, list.Event())
			return strings.Join(append(h.View(styles), list.View(styles, true)...), "\n")
		}
		for _, newest := range []bool{false, true} {
			if got, want := draw(preview, newest), draw(whole, newest); got != want {
				t.Errorf("file %d, newest %v: the preview is\n%s\nthe whole is\n%s", n, newest, got, want)
			}
		}
	}
}

// randomLines are events in JSON Lines whose dates, names, ids and answers meet in many
// ways. Sound ones have no problems.
func randomLines(r *rand.Rand, sound bool) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var b strings.Builder
	b.WriteString(`{"id":"first","date":"2023-01-01","title":"First","sources":[{"publisher":"P","title":"s"}]}` + "\n")
	days := 1 + r.IntN(40)
	n := 20 + r.IntN(120)
	ids := []string{"first"}
	for i := range n {
		day := r.IntN(days)
		if r.IntN(3) > 0 {
			day = i * days / n
		}
		date := fmt.Sprintf("2024-%02d-%02d", 1+day/28, 1+day%28)
		switch r.IntN(12) {
		case 0:
			date = date[:7]
		case 1:
			date = date[:4]
		case 2:
			date += "/2024-12-" + fmt.Sprint(10+r.IntN(20))
		case 3, 4:
			date += fmt.Sprintf("T%02d:%02d:00", r.IntN(24), r.IntN(60)) + pick("", "Z", "+05:00")
		case 5:
			date += pick("?", "~")
		}
		id := fmt.Sprintf("e%d", i)
		title := pick("amber", "The Лодка", "회담", "naïve", "word of T")
		if !sound {
			switch r.IntN(60) {
			case 0:
				id = fmt.Sprintf("e%d", r.IntN(n))
			case 1:
				date = "2024-13"
			case 2:
				title = ""
			case 3:
				b.WriteString("{\n")
			case 4:
				title += `","unheard":"`
			}
		}
		if r.IntN(20) == 0 {
			id = fmt.Sprintf("2024-01-%02d-00000000%02x", 1+r.IntN(9), i)
		}
		fmt.Fprintf(&b, `{"id":%q,"date":%q,"title":%q`, id, date, title)
		if strings.Contains(title, `"`) {
			b.WriteString(`,"_private":1,"unheard":2`)
		}
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, `,"summary":"%s %d"`, strings.Repeat(pick("amber ", "a ", "the "), r.IntN(60)), i)
		}
		if r.IntN(4) == 0 {
			fmt.Fprintf(&b, `,"tz":%q`, pick("Asia/Seoul", "America/New_York", "Nowhere"))
		}
		name := func() string {
			return pick("Kim Jong Un", "KIM JONG UN", "kim jong un", "Ab", "AB", "ÄB", "äb", fmt.Sprintf("A%d", r.IntN(n)), fmt.Sprintf("a%d", i))
		}
		fmt.Fprintf(&b, `,"actors":[%q,%q],"places":["%s, C"],"topics":[%q]`, name(), name(), name(), pick("talks", "Talks", fmt.Sprintf("t%d", i/9)))
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, `,"status":%q`, pick("disputed", "confirmed", "claimed"))
		}
		if r.IntN(9) == 0 {
			fmt.Fprintf(&b, `,"importance":%q,"caveat":"c"`, pick("must", "could"))
		}
		fmt.Fprintf(&b, `,"sources":[{"publisher":%q,"title":"s","kind":%q,"quote":%q,"quote_by":%q}`, name(), pick("wire", "state-media"), pick("", "word"), pick("", name()))
		if r.IntN(4) == 0 {
			fmt.Fprintf(&b, `,{"title":"s","url":"https://%s.example.com/%d"}`, pick("a", "B", "c"), i)
		}
		b.WriteString("]")
		if i > 0 && r.IntN(3) == 0 {
			to := pick(ids...)
			if !sound && r.IntN(4) == 0 {
				to = fmt.Sprintf("e%d", r.IntN(2*n))
			}
			fmt.Fprintf(&b, `,%q:[%q,%q]`, pick("answers", "denies"), to, pick(ids...))
		}
		ids = append(ids, id)
		b.WriteString("}" + pick("\n", "\n", "\r\n", " \n\n"))
	}
	text := b.String()
	if r.IntN(4) == 0 {
		text = strings.TrimSpace(text)
	}
	return text
}

func TestOldestIndexesGoFirst(t *testing.T) {
	dir := t.TempDir()
	for n, name := range []string{"c", "a", "b"} {
		path := filepath.Join(dir, name+cacheEnding)
		write(t, path, strings.Repeat("x", 100))
		at := longAgo.Add(time.Duration(n) * time.Hour)
		os.Chtimes(path, at, at)
	}
	write(t, filepath.Join(dir, "other"), strings.Repeat("x", 1000))
	if err := prune(dir, 250); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if got := len(left); got != 3 || !strings.HasSuffix(left[0], "a"+cacheEnding) {
		t.Errorf("%v are left", left)
	}
}

// A change within a tick of the clock leaves the time of the file as it was.
func TestIndexOfAFileThatIsWrittenIsNotKept(t *testing.T) {
	s := newShelf(t, "f.jsonl", samples()["f.jsonl"])
	now := time.Now()
	os.Chtimes(s.files[0].Name, now, now)
	tl, r, err := format.Open(context.Background(), format.Watch{}, s.files...)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.c.cacheOf(s.files).keep(tl, r, now.Add(time.Millisecond)); err != nil {
		t.Error(err)
	}
	if _, _, ok := s.c.openKept(s.files); ok {
		t.Error("an index was kept")
	}
	c := s.c.cacheOf(s.files)
	write(t, s.files[0].Name, "{}")
	if err := c.keep(tl, r, now.Add(time.Hour)); err == nil {
		t.Error("the index of a file that was cut short is kept")
	}
}
