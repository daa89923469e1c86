package tui

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// tours are ways to press every key that has much to do where the timeline is
// large.
var tours = []struct {
	name string
	keys []string // names, and text that is typed letter by letter
}{
	{"moving", []string{"jjkk", "pgdown", "pgup", "dddu", "G", "kk", "g", "]]][", "T"}},
	{"filter", []string{"f", "actor:person-1", "tab", "enter", "f", " status:disputed since:2016 until:2018", "enter", "esc", "esc", "esc"}},
	{"filter by text", []string{"f", "government", "enter", "f", " -the", "enter", "esc", "esc", "f", "/minist.*/", "enter", "esc"}},
	{"searching", []string{"/", "amber corridor", "enter", "nnNN", "/", "lighthouse", "enter", "n", "esc"}},
	{"picker", []string{"a", "person-12", "down", "down", "tab", "backspace", "up", "!", "enter", "esc", "a", "person-1", "enter", "esc"}},
	{"facets", []string{"F", "jjjj", "space", "!", "jjj", "space", "G", "g", "F"}},
	{"who with whom", []string{"w", "jj", "ll", "enter", "esc", "esc"}},
	{"histogram", []string{"zzzz", "ZZZZ", "v", "lll", "]]", "G", "g", "h", "enter", "esc"}},
	{"going", []string{"t", "2019-06-01", "enter", "H", "L", "}}{", "999}", "999{", "**#"}},
	{"marks", []string{"m", "jjj", "mm", "G", "m", "'", "\"", "e", "a note", "enter", "f", "marked", "enter", "esc"}},
	{"order", []string{"S", "j", "G", "S"}},
	{"reading", []string{"enter", "JJ", "jj", "esc", "tab", "jj", "s", "esc"}},
	{"a brief of a few", []string{"f", "actor:person-1999 on:2017", "enter", "B", "j", "G", "esc", "esc", "esc"}},
}

// BenchmarkUpdate tells the longest that Update is busy with a key, or with what
// was found because of one, among a million and among five million events; within
// how long it is done with 99 of 100; and the longest that View is.
//
//	go test ./tui -run '^$' -bench Update/1M -benchtime 3x
func BenchmarkUpdate(b *testing.B) {
	for _, size := range []struct {
		name   string
		events int
	}{{"1M", 1_000_000}, {"5M", 5_000_000}} {
		b.Run(size.name, func(b *testing.B) {
			if testing.Short() {
				b.Skip("it takes gigabytes")
			}
			file := madeUp(size.events)
			for _, tour := range tours {
				b.Run(tour.name, func(b *testing.B) {
					var efforts []effort
					for b.Loop() {
						b.StopTimer()
						y := sit(b, file, 160, 40)
						b.StartTimer()
						y.press(tour.keys...)
						efforts = append(efforts, y.efforts...)
					}
					report(b, efforts)
				})
			}
		})
	}
}

// mostBusy is what is promised of Update.
const mostBusy = 8 * time.Millisecond

func report(b *testing.B, efforts []effort) {
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	worst := slices.MaxFunc(efforts, func(s, t effort) int { return cmp.Compare(s.view, t.view) })
	b.ReportMetric(milliseconds(worst.view), "worst-view-ms")
	slices.SortFunc(efforts, func(s, t effort) int { return cmp.Compare(s.update, t.update) })
	b.ReportMetric(milliseconds(efforts[len(efforts)*99/100].update), "p99-ms")
	worst = efforts[len(efforts)-1]
	b.ReportMetric(milliseconds(worst.update), "worst-ms")
	b.ReportMetric(0, "ns/op")
	if worst.update > mostBusy {
		b.Logf("%s takes %v", worst.what, worst.update)
	}
}

// An effort is how long the model took with a message, and to draw the frame then.
type effort struct {
	what         string
	update, view time.Duration
}

// A typist waits after each key for what it brings, and notes what took how long.
type typist struct {
	m       *model
	told    chan tea.Msg
	efforts []effort
}

// sit has a typist begin once all is on a screen of w by h.
func sit(t testing.TB, file File, w, h int) *typist {
	y := &typist{m: start(t, file, leastWidth, h, ""), told: make(chan tea.Msg, 100)} // where no facets are to be counted
	y.update(tea.WindowSizeMsg{Width: w, Height: h})
	y.efforts = nil
	return y
}

// press types keys: a name, or text letter by letter.
func (y *typist) press(keys ...string) {
	for _, k := range keys {
		if msg, ok := named[k]; ok {
			y.update(msg)
			continue
		}
		for _, r := range k {
			y.update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// update has a message seen to, and what comes of it.
func (y *typist) update(msg tea.Msg) {
	y.take(msg, fmt.Sprint(msg))
	for y.m.awaitsAny() {
		y.take(<-y.told, fmt.Sprintf("what came of %v", msg))
	}
}

func (y *typist) take(msg tea.Msg, what string) {
	began := time.Now()
	_, cmd := y.m.Update(msg)
	s := effort{what: what, update: time.Since(began)}
	y.run(cmd)
	began = time.Now()
	y.m.View()
	s.view = time.Since(began)
	y.efforts = append(y.efforts, s)
}

// run has a command done, and tells what comes of it.
func (y *typist) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			y.told <- msg
			return
		}
		for _, cmd := range batch {
			y.run(cmd)
		}
	}()
}

// madeUp is a timeline of made-up events of ten years, that are made up again
// when they are asked for. They name 2,000 actors, a few of them often and most
// hardly ever.
func madeUp(n int) File {
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return madeUpEvent(int(at.At), n), nil })
	const block = 10_000
	var wait sync.WaitGroup
	blocks := make(chan int)
	for range 2 {
		wait.Go(func() {
			in := x.Indexer()
			for from := range blocks {
				for i := from; i < min(from+block, n); i++ {
					e := madeUpEvent(i, n)
					r := timeline.NewRecord(&e, timeline.Extent{At: int64(i), Len: 1})
					in.Add(&r)
				}
				in.Flush()
			}
		})
	}
	for from := 0; from < n; from += block {
		blocks <- from
	}
	close(blocks)
	wait.Wait()
	t := x.Timeline(timeline.About{Title: "Made up"}, nil)
	return File{Timeline: t, Name: "made-up.jsonl", Digest: func() string { return "" }}
}

// words are what made-up texts consist of.
var words = strings.Fields("the the of and to government minister said on a visit treaty talks troops corridor amber sanctions agreement border ship letter embassy of the day after")

func madeUpEvent(i, n int) timeline.Event {
	r := rand.New(rand.NewPCG(1945, uint64(i)))
	text := func(n int) string {
		some := make([]string, n)
		for k := range some {
			some[k] = words[r.IntN(len(words))]
		}
		return strings.Join(some, " ")
	}
	date, err := edtf.Parse(edtf.DayOf(2014, 1, 1+int(int64(i)*3652/int64(n))).String())
	if err != nil {
		panic(err)
	}
	e := timeline.Event{
		ID: fmt.Sprintf("e%07d", i), Date: date, Title: text(7), Summary: text(30),
		Status: timeline.Status(r.IntN(7)), Places: []string{fmt.Sprintf("Place %d", r.IntN(300))}, Topics: []string{words[5+r.IntN(12)]},
	}
	for range 1 + r.IntN(4) {
		name := fmt.Sprintf("Person-%d", int(math.Pow(2000, r.Float64()))-1)
		if !slices.Contains(e.Actors, name) {
			e.Actors = append(e.Actors, name)
		}
	}
	for k := range 1 + r.IntN(2) {
		e.Sources = append(e.Sources, timeline.Source{URL: fmt.Sprintf("https://example.org/%d/%d", i, k), Title: "Page", Publisher: fmt.Sprintf("Paper %d", r.IntN(120)), Kind: timeline.Kind(1 + r.IntN(8))})
	}
	if i == 777 {
		e.Summary += " lighthouse"
	}
	return e
}
