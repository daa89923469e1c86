package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// crowd is a file of so many events that are not kept but made up again when they
// are asked for; they name so many actors.
func crowd(t testing.TB, n, actors int) File {
	t.Helper()
	first := edtf.DayOf(2014, 1, 1)
	event := func(i int) timeline.Event {
		date, err := edtf.Parse((first + edtf.Day(i%3650)).String())
		if err != nil {
			t.Fatal(err)
		}
		return timeline.Event{ID: fmt.Sprintf("e%07d", i), Date: date, Title: fmt.Sprintf("Event %d", i), Summary: "It was said [1].",
			Actors:  []string{actorNamed(i % actors), actorNamed(i * 7 % actors)},
			Sources: []timeline.Source{{Publisher: "P", Title: fmt.Sprintf("Title %d", i)}}}
	}
	x := timeline.NewIndex(func(at timeline.Place) (timeline.Event, error) { return event(int(at.At)), nil })
	in := x.Indexer()
	for i := range n {
		e := event(i)
		r := timeline.NewRecord(&e, timeline.Place{At: int64(i), Len: 1})
		r.Sum = uint32(i)
		if !in.Add(&r) {
			t.Fatalf("%s cannot be indexed", e.ID)
		}
	}
	in.Flush()
	tl, _ := x.Timeline(timeline.About{Title: "A crowd"}, nil)
	return File{Timeline: tl, Name: "crowd.jsonl", Digest: func() string { return "0123456789abcdef0123" }}
}

func actorNamed(i int) string { return fmt.Sprintf("Actor %c%05d Of Somewhere", 'A'+i%26, i) }

func TestPickerCostsTheSameWithAnyNumberOfNames(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs what is short, has pools of memory forget at random")
	}
	cost := func(names int) float64 {
		m := start(t, crowd(t, 2*names, names), 80, 24, "")
		settle(m, press(m, "a"))
		return testing.AllocsPerRun(10, func() { m.picker.view(m.styles) })
	}
	if few, many := cost(1000), cost(20_000); many > few {
		t.Errorf("drawing a picker of 20,000 names allocates %v times, of 1,000 %v times", many, few)
	}
}

// What is typed before the names are there is not lost, nor is Enter.
func TestNamesTypedAheadArePicked(t *testing.T) {
	m := start(t, crowd(t, large, 100), 80, 24, "")
	counted := press(m, "a")
	press(m, "b00001")
	if s := frame(t, m); !s.Contains("counting…") {
		t.Errorf("it is not said that they are being counted:\n%s", s.Golden())
	}
	press(m, "enter")
	settle(m, counted)
	if got, want := m.query.String(), `actor:"Actor B00001 Of Somewhere"`; got != want || m.mode != browsing {
		t.Errorf("picked %s in mode %d, want %s", got, m.mode, want)
	}
}

// Another picker opened while the first is counted is not filled with its names.
func TestLateNamesFillNoOtherPicker(t *testing.T) {
	m := start(t, crowd(t, large, 100), 80, 24, "")
	actors := press(m, "a")
	press(m, "esc")
	m.pickFrom(timeline.PublisherField)
	settle(m, actors)
	if len(m.picker.all) != 1 || m.picker.all[0].Value != "P" {
		t.Errorf("the picker of publishers has %d choices: %v", len(m.picker.all), m.picker.all[0])
	}
}

func TestNamesAreFoundByAnyLettersOfTheirs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		return strings.Repeat(string("abc"[random.IntN(3)]), 1+random.IntN(2)) + string("abcé"[random.IntN(3)])
	}
	var things [][]string
	for range 60 {
		var names []string
		for range random.IntN(3) {
			names = append(names, word()+" "+word()+"-"+word())
		}
		things = append(things, names)
	}
	l := namesOf(things)
	for range 500 {
		want := solid(word() + word())[:1+random.IntN(3)]
		var begun, within []int
		for k, names := range things {
			begins, has := false, false
			for _, name := range names {
				for rest := text.Fold(name); rest != ""; {
					all := strings.ReplaceAll(rest, " ", "")
					begins, has = begins || strings.HasPrefix(all, want), has || strings.Contains(all, want)
					_, rest, _ = strings.Cut(rest, " ")
				}
			}
			switch {
			case begins:
				begun = append(begun, k)
			case has:
				within = append(within, k)
			}
		}
		if b, w := l.find(want); !slices.Equal(b, begun) || !slices.Equal(w, within) {
			t.Fatalf("%s: got %v and %v, want %v and %v", want, b, w, begun, within)
		}
	}
}

// BenchmarkPickerTyping is a key in a picker of a hundred thousand names, and the
// frame after it.
func BenchmarkPickerTyping(b *testing.B) {
	m := start(b, crowd(b, 200_000, 100_000), 120, 36, "")
	settle(m, press(m, "a"))
	for b.Loop() {
		press(m, "a", "backspace")
		m.View()
	}
}
