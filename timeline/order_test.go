package timeline_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

// TestOrderEqualsTheSlowTruth sorts random events of several files, which several
// goroutines index in pieces and out of order, and compares the whole and each
// timeline so far.
func TestOrderEqualsTheSlowTruth(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 7))
		days := 1 + random.IntN(5)
		timed := random.IntN(3) > 0
		var places []placed
		for file := range 1 + random.IntN(3) {
			for at := range random.IntN(120) {
				e := timeline.Event{ID: fmt.Sprintf("%d-%d-%d", random.IntN(1e6), file, at), Title: "t"}
				date := dates(random, days, timed)
				e.Date, e.TZ = fixture.Day(date), []string{"", "", "Asia/Pyongyang", "America/New_York", "Nowhere/Land"}[random.IntN(5)]
				places = append(places, placed{e, timeline.Extent{File: file, At: int64(at) * 10, Len: 1}})
			}
		}
		x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) {
			k := slices.IndexFunc(places, func(p placed) bool { return p.at == at })
			return places[k].event, nil
		})
		var wait sync.WaitGroup
		var mu sync.Mutex
		next := 0
		for range 1 + random.IntN(3) {
			in := x.Indexer()
			wait.Go(func() {
				for {
					mu.Lock()
					from, to := next, min(next+1+int(seed)%17, len(places))
					next = to
					mu.Unlock()
					if from == to {
						return
					}
					for k := from; k < to; k++ {
						if seed%5 == 4 {
							k := from + to - 1 - k // backwards
							in.Add(record(&places[k]))
							continue
						}
						in.Add(record(&places[k]))
					}
					in.Flush()
				}
			})
		}
		wait.Wait()
		for name, tl := range map[string]*timeline.Timeline{"so far": x.SoFar(timeline.About{}, nil), "whole": x.Timeline(timeline.About{}, nil)} {
			want := slices.Clone(places)
			slices.SortFunc(want, slowly)
			for i := range want {
				if got := tl.Event(i); got.ID != want[i].event.ID {
					t.Fatalf("seed %d, %s: event %d is %s %s %s, want %s %s %s", seed, name, i, got.ID, got.Date, got.TZ, want[i].event.ID, want[i].event.Date, want[i].event.TZ)
				}
				if got, want := tl.Time(i), slowTime(want[i].event.Date.String()); got != want {
					t.Errorf("%s is at %s, want %s", tl.Event(i).Date, got, want)
				}
			}
		}
	}
}

// A placed event knows where it is.
type placed struct {
	event timeline.Event
	at    timeline.Extent
}

func record(p *placed) *timeline.Record { r := timeline.NewRecord(&p.event, p.at); return &r }

func dates(random *rand.Rand, days int, timed bool) string {
	day := fmt.Sprintf("2024-03-%02d", 9+random.IntN(days)) // New York changes its clocks on the tenth
	if !timed || random.IntN(2) == 0 {
		return []string{day, day, day + "/2024-04", "2024-03", "2024", day + "?", "../" + day, day + "/.."}[random.IntN(8)]
	}
	hour := 3 + random.IntN(21) // in New York there is no time from two to three
	clock := fmt.Sprintf("T%02d:%02d:%02d", hour, 30*random.IntN(2), random.IntN(2))
	return day + clock + []string{"", "", "Z", "+09:00", "-05:00", "+05:45"}[random.IntN(6)]
}

// slowly compares events as the documentation of Timeline says.
func slowly(a, b placed) int {
	day := func(p placed) int64 {
		day, ok := p.event.Date.Earliest()
		if !ok {
			day, _ = p.event.Date.Latest()
		}
		return int64(day)
	}
	instant := func(p placed) (time.Time, bool) {
		text := p.event.Date.String()
		if !strings.Contains(text, "T") {
			return time.Time{}, false
		}
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at, true
		}
		zone, err := time.LoadLocation(p.event.TZ)
		if err != nil {
			zone = time.UTC
		}
		at, err := time.ParseInLocation("2006-01-02T15:04:05", text, zone)
		return at, err == nil
	}
	if c := cmp.Compare(day(a), day(b)); c != 0 {
		return c
	}
	x, timedX := instant(a)
	y, timedY := instant(b)
	if timedX != timedY {
		if timedY {
			return -1
		}
		return 1
	}
	if c := x.Compare(y); c != 0 {
		return c
	}
	_, endA := a.event.Date.Span()
	_, endB := b.event.Date.Span()
	fromA, _ := a.event.Date.Span()
	fromB, _ := b.event.Date.Span()
	return cmp.Or(cmp.Compare(endA, endB), cmp.Compare(fromB, fromA), a.at.File-b.at.File, cmp.Compare(a.at.At, b.at.At))
}

func slowTime(date string) string {
	_, clock, ok := strings.Cut(date, "T")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(clock[:len("15:04:05")], ":00")
}

func TestNewestIsOldestBackwards(t *testing.T) {
	tl := dated("a@2024-06-19", "b@2024-06-19", "c@2024-06-19T09:00:00", "d@2024-06-18")
	var got []string
	for i := range tl.Select(timeline.Query{}).Ordered(true) {
		got = append(got, tl.Event(i).ID)
	}
	if want := "c b a d"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestZones(t *testing.T) {
	for name, known := range map[string]bool{"Asia/Pyongyang": true, "UTC": true, "": false, "Local": false, "Nowhere": false, "../etc/passwd": false} {
		if got := timeline.Zone(name) != nil; got != known {
			t.Errorf("%q is known: %t", name, got)
		}
	}
}
