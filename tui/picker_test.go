package tui

import (
	"fmt"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// crowd is a file of so many events that name so many actors. They are made when
// they are asked for.
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
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return event(int(at.At)), nil })
	in := x.Indexer()
	for i := range n {
		e := event(i)
		r := timeline.NewRecord(&e, timeline.Extent{At: int64(i), Len: 1})
		r.Sum = uint32(i)
		if !in.Add(&r) {
			t.Fatalf("%s cannot be indexed", e.ID)
		}
	}
	in.Flush()
	tl := x.Timeline(timeline.About{Title: "A crowd"}, nil)
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
		return testing.AllocsPerRun(10, func() { of[*picking](m).View(m.styles) })
	}
	if few, many := cost(1000), cost(20_000); many > few {
		t.Errorf("drawing a picker of 20,000 names allocates %v times, of 1,000 %v times", many, few)
	}
}

// Letters and Enter typed before the names are counted are not lost.
func TestNamesTypedAheadArePicked(t *testing.T) {
	m := start(t, crowd(t, large, 100), 80, 24, "")
	counted := press(m, "a")
	press(m, "b00001")
	if s := frame(t, m); !s.Contains("counting…") {
		t.Errorf("it is not said that they are being counted:\n%s", s.Golden())
	}
	press(m, "enter")
	settle(m, counted)
	if got, want := m.query.String(), `actor:"Actor B00001 Of Somewhere"`; got != want || !is[*browsing](m) {
		t.Errorf("picked %s in in %s, want %s", got, m.top().about(m).name, want)
	}
}

// People are found by office. Names come before roles.
func TestPickerFindsPeopleByOffice(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	press(m, "a", "foreign", "space", "minister")
	for _, c := range []struct {
		typed string
		want  []string
	}{{"foreign minister", []string{"Sergei Lavrov", "Choe Son Hui"}}, {"minister RUSSIAN forei", []string{"Sergei Lavrov"}}} {
		of[*picking](m).Narrow(c.typed)
		f := frame(t, m)
		for _, name := range c.want {
			if !f.Contains("[ ] " + name) {
				t.Errorf("%s does not find %s:\n%s", c.typed, name, f.Golden())
			}
		}
	}
	press(m, "ctrl+u", "foreign", "space", "minister")
	if got := of[*picking](m).Typed(); got != "foreign minister" {
		t.Errorf("typed %q: Space does not continue a role", got)
	}
	if press(m, "ctrl+u", " ", "space"); of[*picking](m).Empty() {
		t.Error("Space after nothing marks nothing")
	}
	of[*picking](m).Narrow("oreign minister")
	if n := of[*picking](m).Found(); n != 0 {
		t.Errorf("the middle of a word finds %d", n)
	}
	file := read(t, "a.json", `{"actors": [{"name": "Ann", "role": "Envoy of Bob"}, {"name": "Bob"}], "events": [
		{"id": "a", "date": "2024", "title": "A", "actors": ["Ann"]}, {"id": "b", "date": "2024", "title": "B", "actors": ["Ann", "Bob"]}]}`)
	m = start(t, file, 80, 24, "")
	press(m, "a", "bob", "enter")
	if got := m.query.String(); got != "actor:Bob" {
		t.Errorf("a role comes before a name: %s", got)
	}
}

// Before Enter the picker says what it will do, and does that.
func TestPickerSaysWhatAcceptingDoes(t *testing.T) {
	for _, c := range []struct {
		filter string
		keys   []string
		says   string
		want   string
	}{
		{"", []string{"putin"}, "Enter: only Vladimir Putin", `actor:"Vladimir Putin"`},
		{"", []string{"putin", "tab", "ctrl+u", "lavrov", "tab"}, "Enter: only Vladimir Putin or Sergei Lavrov", `actor:"Vladimir Putin","Sergei Lavrov"`},
		{"", []string{"putin", "!"}, "Enter: any actor, not Vladimir Putin", `-actor:"Vladimir Putin"`},
		{"actor:putin", nil, "Enter: no change", `actor:putin`},
		{"actor:putin", []string{"lavrov"}, "Enter: only Sergei Lavrov, instead of Vladimir Putin", `actor:"Sergei Lavrov"`},
		{"actor:putin", []string{"lavrov", "tab"}, "Enter: only Vladimir Putin or Sergei Lavrov", `actor:"Vladimir Putin","Sergei Lavrov"`},
		{"actor:putin", []string{"tab"}, "Enter: any actor", ``},
		{"-actor:putin", []string{"lavrov"}, "Enter: only Sergei Lavrov, not Vladimir Putin", `actor:"Sergei Lavrov" -actor:"Vladimir Putin"`},
		{"actor:putin actor:lavrov", []string{"peskov"}, "Enter: only Vladimir Putin together with Dmitry Peskov, instead of Sergei Lavrov", `actor:putin actor:"Dmitry Peskov"`},
		{"topic:un", []string{"putin", "tab", "tab"}, "Enter: no change", `topic:un`},
	} {
		m := start(t, inside(t), 120, 36, c.filter)
		press(m, "a")
		press(m, c.keys...)
		if s := frame(t, m); !s.Contains(c.says + " ") {
			t.Errorf("%q, then %v: no %q:\n%s", c.filter, c.keys, c.says, s.Golden())
		}
		press(m, "enter")
		if got := m.query.String(); got != c.want {
			t.Errorf("%q, then %v: %s, want %s", c.filter, c.keys, got, c.want)
		}
	}
}

// A picker is not filled with the names of another that was opened before it.
func TestLateNamesFillNoOtherPicker(t *testing.T) {
	m := start(t, crowd(t, large, 100), 80, 24, "")
	actors := press(m, "a")
	press(m, "esc")
	m.pickFrom(timeline.PublisherField)
	settle(m, actors)
	if f := frame(t, m); of[*picking](m).Found() != 1 || !f.Contains("[ ] P ") {
		t.Errorf("the picker of publishers has\n%s", f.Golden())
	}
}

// BenchmarkPickerTyping types into a picker of a hundred thousand names, and draws.
func BenchmarkPickerTyping(b *testing.B) {
	m := start(b, crowd(b, 200_000, 100_000), 120, 36, "")
	settle(m, press(m, "a"))
	for b.Loop() {
		press(m, "a", "backspace")
		m.View()
	}
}
