package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

// Stretches that did not begin at a multiple of 64 selected 25,000 wrong rows.
func TestStretchesShareNoWordOfABitset(t *testing.T) {
	for workers := 1; workers < 20; workers++ {
		for _, n := range []int{0, 1, 63, 64, 65, 127, 128, 129, 1000, 1 << 15, 1<<15 + 1, 40_001, 41_760} {
			end, count := 0, 0
			for from, to := range timeline.Stretches(n, workers) {
				if from != end || from%64 != 0 || to <= from {
					t.Errorf("%d events, %d workers: a stretch is %d to %d, after %d", n, workers, from, to, end)
				}
				end = to
				count++
			}
			if end != n || count > workers {
				t.Errorf("%d events, %d workers: %d stretches end at %d", n, workers, count, end)
			}
		}
	}
}

func TestSplitIsParallelOnlyForManyEvents(t *testing.T) {
	setWorkers(t, 3)
	for n, want := range map[int]int{0: 1, timeline.ParallelMin - 1: 1, timeline.ParallelMin: 3} {
		calls := make(chan int, 10)
		timeline.Split(n, func(from, to int) { calls <- to - from })
		close(calls)
		got, sum := 0, 0
		for size := range calls {
			got++
			sum += size
		}
		if got != want || sum != n {
			t.Errorf("%d events: %d calls for %d in all, want %d for all", n, got, sum, want)
		}
	}
}

func setWorkers(t *testing.T, n int) {
	t.Helper()
	before := runtime.GOMAXPROCS(n)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// copies is how often the copied timeline has each event of the original: enough
// for the parallel paths, and for a last word of a bitset that is not full.
const copies = 87

// originals are 480 events: those of the fixture at each of 40 dates.
func originals() []timeline.Event {
	var events []timeline.Event
	for k := range 40 {
		date := fmt.Sprintf("2023-%02d-%02d", 1+k%12, 1+k%28)
		switch k % 8 {
		case 1:
			date = date[:7]
		case 3:
			date += "/2024-05"
		case 5:
			date += "~"
		case 7:
			date += "/.."
		}
		tl := fixture.Timeline()
		for i := range tl.Len() {
			e := *tl.Event(i)
			e.ID, e.Date = fmt.Sprintf("%s-%d", e.ID, k), fixture.Day(date)
			e.Answers = slices.Clone(e.Answers)
			for j := range e.Answers {
				e.Answers[j] += fmt.Sprintf("-%d", k)
			}
			events = append(events, e)
		}
	}
	return events
}

// copied repeats events under other ids, which mix them within each date.
func copied(events []timeline.Event) []timeline.Event {
	random := rand.New(rand.NewPCG(7, 9))
	var all []timeline.Event
	for c := range copies {
		key := make(map[string]string)
		for i := range events {
			key[events[i].ID] = fmt.Sprintf("%04x-%d=%s", random.IntN(1<<16), c, events[i].ID)
		}
		for _, e := range events {
			e.ID = key[e.ID]
			e.Answers = slices.Clone(e.Answers)
			for j, id := range e.Answers {
				e.Answers[j] = key[id]
			}
			all = append(all, e)
		}
	}
	return all
}

// margins marks three of four events, and notes some, alike for an event and its
// copies.
func margins(tl *timeline.Timeline) *timeline.Timeline {
	m := timeline.Margin{Marks: make(map[string]timeline.Tier), Notes: make(map[string]string)}
	for i := range tl.Len() {
		id := tl.Event(i).ID
		name := originalID(id)
		m.Marks[id] = timeline.Tier(len(name) % 4)
		if strings.HasSuffix(name, "7") {
			m.Notes[id] = "a note"
		}
	}
	return tl.WithMargin(m)
}

func originalID(id string) string { return id[strings.Index(id, "=")+1:] }

// A timeline of 41,760 events, 87 copies of each of 480, selects the copies of
// the events that match; what it counts, it counts 87 times. With that many it
// works on several goroutines.
func TestManyEventsAreSelectedAsFewAre(t *testing.T) {
	events := originals()
	few := margins(timeline.New(timeline.About{}, fixture.Register(), events))
	many, _ := indexed(timeline.About{}, fixture.Register(), copied(events))
	many = margins(many)
	position := make(map[string]int)
	for i := range few.Len() {
		position[few.Event(i).ID] = i
	}
	original := make([]int, many.Len()) // by position: that of the original
	for i := range original {
		original[i] = position[originalID(many.Event(i).ID)]
	}
	type expected struct {
		query     timeline.Query
		match     []bool // by position in few
		uncertain int
	}
	var all []expected
	for _, text := range scaledQueries(few) {
		x := expected{query: fixture.Query(t, text)}
		x.uncertain = copies * few.Select(x.query).Uncertain
		for i := range few.Len() {
			x.match = append(x.match, x.query.Match(few, i))
		}
		all = append(all, x)
	}
	for _, workers := range []int{2, 3, 8} {
		setWorkers(t, workers)
		for _, x := range all {
			s := many.Select(x.query)
			rows, wrong := s.All(), 0
			for i, o := range original {
				selected := len(rows) > 0 && rows[0] == i
				if selected {
					rows = rows[1:]
				}
				if selected != x.match[o] {
					wrong++
				}
			}
			if wrong > 0 || len(rows) > 0 || s.Uncertain != x.uncertain {
				t.Errorf("%s, %d workers: %d rows are wrong, %d out of order; %d uncertain, want %d", x.query, workers, wrong, len(rows), s.Uncertain, x.uncertain)
			}
		}
	}
	checkCountsScale(t, few, many)
}

// scaledQueries are queries of every field; they are more than the cache of
// results holds, so that each is evaluated anew. Of what is slow, regular expressions
// and terms that read every event, there is little.
func scaledQueries(tl *timeline.Timeline) []string {
	texts := []string{"/[aeiou]t/", "has:note", "-has:note marked:must", "has:answer -has:caveat", "has:archive has:quote", "url:kcna known:2024-06 sources:1"}
	add := func(text string) {
		if !strings.Contains(text, "id:") && !strings.Contains(text, "/") && !strings.Contains(text, "known:") && !strings.Contains(text, "url:") {
			texts = append(texts, text)
		}
	}
	for _, c := range queries {
		add(c.text)
	}
	speaker := newSpeaker(tl)
	for range 60 {
		add(speaker.query(0))
	}
	return texts
}

// checkCountsScale holds that a timeline counts 87 times what the original does.
func checkCountsScale(t *testing.T, few, many *timeline.Timeline) {
	t.Helper()
	scaled := func(counts []timeline.Count) []timeline.Count {
		for k := range counts {
			counts[k].Shown *= copies
			counts[k].All *= copies
		}
		return counts
	}
	for _, text := range []string{``, `actor:korea -topic:missile`, `since:2023-06 origins:>=2`} {
		q := fixture.Query(t, text)
		for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField, timeline.OriginsField} {
			if got, want := many.Tally(f, q), scaled(few.Tally(f, q)); !slices.Equal(got, want) {
				t.Errorf("%s under %q: got %v, want %v", f, q, got, want)
			}
		}
		for k, hidden := range few.Hides(q) {
			if got := many.Hides(q)[k].N; got != copies*hidden.N {
				t.Errorf("%q: term %d hides %d, want %d", q, k, got, copies*hidden.N)
			}
		}
		s, original := many.Select(q), few.Select(q)
		for _, actor := range []string{"", "North Korea"} {
			got, want := many.Companions(t.Context(), s, actor, nil), few.Companions(t.Context(), original, actor, nil)
			if len(got) != len(want) {
				t.Fatalf("%q: %d named with %q, want %d", q, len(got), actor, len(want))
			}
			for i, w := range want {
				if g := got[i]; g.Name != w.Name || g.Events != copies*w.Events {
					t.Errorf("%q: %q with %s %d times, want %s %d times", q, actor, g.Name, g.Events, w.Name, copies*w.Events)
				}
			}
		}
		for from := edtf.DayOf(2022, 12, 1); from < edtf.DayOf(2024, 7, 1); from += 40 {
			if g, w := many.Overlapping(s, from, from+20), copies*few.Overlapping(original, from, from+20); g != w {
				t.Errorf("%q from %s: %d overlap, want %d", q, from, g, w)
			}
		}
	}
}
