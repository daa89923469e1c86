package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui/pane"
	"dateline/tui/termtest"
)

// toValue puts the cursor of the facets on a value.
func toValue(t *testing.T, m *model, field timeline.Field, value string) {
	t.Helper()
	press(m, "g")
	for range m.facets.Lines() {
		if line, ok := m.facets.Line(); ok && line.Field == field && line.Count.Value == value {
			return
		}
		press(m, "j")
	}
	t.Fatalf("no %s %q in the facets", field, value)
}

func TestFacetsWriteTheFilter(t *testing.T) {
	file := inside(t)
	for _, c := range []struct {
		filter string
		field  timeline.Field
		value  string
		key    string
		want   string
	}{
		{"", timeline.StatusField, "disputed", "space", `status:disputed`},
		{"status:disputed", timeline.StatusField, "disputed", "space", ``},
		{"status:disputed", timeline.StatusField, "alleged", "enter", `status:disputed,alleged`},
		{"status:disputed,alleged topic:arms-transfer", timeline.StatusField, "disputed", "space", `topic:arms-transfer status:alleged`},
		{`actor:lavrov,"Sergei Lavrov"`, timeline.ActorField, "Russia", "space", `actor:"Sergei Lavrov",Russia`},
		{"", timeline.ActorField, "Russia", "!", `-actor:Russia`},
		{"-actor:russia", timeline.ActorField, "Russia", "!", ``},
		{"-actor:russia", timeline.ActorField, "Russia", "space", `actor:Russia`},
		{"actor:русский status:disputed", timeline.ActorField, "Russia", "space", `status:disputed actor:Russia`},
		{"place:russia", timeline.PlaceField, "Russia", "space", ``},
		{"", timeline.PlaceField, "Moscow, Russia", "space", `place:"Moscow, Russia"`},
		{"topic:un", timeline.TopicField, "un", "!", `-topic:un`},
		{"", timeline.KindField, "state-media", "space", `kind:state-media`},
		{"", timeline.OriginsField, ">=3", "space", `origins:>=3`},
		{"origins:>=3", timeline.OriginsField, "1", "space", `origins:>=3,1`},
		{"origins:>=2", timeline.OriginsField, ">=3", "space", `origins:2`},
		// Both are included; either can be dropped, and a third can replace the
		// second.
		{`actor:putin actor:"Kim Jong Un"`, timeline.ActorField, "Vladimir Putin", "space", `actor:"Kim Jong Un"`},
		{`actor:putin actor:"Kim Jong Un"`, timeline.ActorField, "Kim Jong Un", "space", `actor:putin`},
		{`actor:putin actor:"Kim Jong Un"`, timeline.ActorField, "Russia", "space", `actor:putin actor:"Kim Jong Un",Russia`},
		{`actor:putin,"Kim Jong Un" actor:Russia`, timeline.ActorField, "Vladimir Putin", "space", `actor:"Kim Jong Un" actor:Russia`},
		{`(actor:putin | topic:un)`, timeline.ActorField, "Russia", "space", `(actor:putin | topic:un) actor:Russia`},
	} {
		m := start(t, file, 120, 70, c.filter)
		press(m, "F")
		toValue(t, m, c.field, c.value)
		press(m, c.key)
		if got := m.query.String(); got != c.want {
			t.Errorf("%q, then %s on %s: got %s, want %s", c.filter, c.key, c.value, got, c.want)
		}
		if line, _ := m.facets.Line(); line.Count.Value != c.value {
			t.Errorf("%q, then %s on %s: the cursor went to %s", c.filter, c.key, c.value, line.Count.Value)
		}
	}
}

// A count says how many events the list would show if its value were the choice of
// its facet and all other terms stayed, whatever the timeline and the filter.
func TestFacetsCountWhatAValueWouldShow(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 3))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	some := func(words ...string) string {
		var list []string
		for range r.IntN(4) {
			list = append(list, `"`+pick(words...)+`"`)
		}
		return strings.Join(list, ",")
	}
	names := []string{"Kim Jong Un", "김정은", "Kim", "Lee", "Leader", "Vladimir Putin", "Putin", "Åsa Ødegård", "North Korea", "DPRK"}
	places := []string{"Seoul", "Jongno, Seoul", "Seoul, South Korea", "Pyongyang, North Korea", "North Korea", "Korea"}
	topics := []string{"treaty", "arms", "arms-transfer", "un"}
	for range 12 {
		var events []string
		for i := range 1 + r.IntN(40) {
			var sources []string
			for range r.IntN(4) {
				sources = append(sources, fmt.Sprintf(`{"publisher":"%s","title":"T","kind":"%s"}`, pick("KCNA", "TASS", "BBC"), pick("wire", "news", "official")))
			}
			status := pick(``, `"status":"disputed",`, `"status":"confirmed",`, `"status":"alleged",`)
			events = append(events, fmt.Sprintf(`{"id":"e%d","date":"2024-%02d-%02d","title":"Event",%s"actors":[%s],"places":[%s],"topics":[%s],"sources":[%s]}`,
				i, 1+r.IntN(12), 1+r.IntN(28), status, some(names...), some(places...), some(topics...), strings.Join(sources, ",")))
		}
		file := read(t, "random.json", `{"actors":[{"name":"Kim Jong Un","aliases":["Kim","Leader"],"native":{"ko":"김정은"}},{"name":"Lee","aliases":["Leader"]},{"name":"North Korea","aliases":["DPRK"]}],
			"events":[`+strings.Join(events, ",")+`]}`)
		for range 8 {
			var terms []string
			for range r.IntN(4) {
				terms = append(terms, pick("", "-")+pick(
					`actor:"`+pick(names...)+`"`, `actor:"`+pick(names...)+`","`+pick(names...)+`"`, `place:"`+pick(places...)+`"`, "topic:"+pick(topics...), "status:disputed,alleged",
					"origins:>=2", "origins:1", "kind:"+pick("wire", "news"), "since:2024-05", `(actor:kim | topic:un)`, "kim", "has:answer"))
			}
			m := start(t, file, 200, 150, strings.Join(terms, " "))
			press(m, "F")
			for _, line := range m.facets.Lines() {
				if line.Kind != pane.FacetValue {
					continue
				}
				f := pane.FacetQuery{Timeline: m.shown.Timeline, Field: line.Field}
				chosen := f.Others(m.query).And(timeline.Is(line.Field, line.Count.Value))
				only := timeline.Query{}.And(timeline.Is(line.Field, line.Count.Value))
				if shown, all := m.shown.Select(chosen).Len(), m.shown.Select(only).Len(); shown != line.Count.Shown || all != line.Count.All {
					t.Fatalf("%q: %s shows %d of %d, the facets say %d of %d\n%s", m.query, chosen, shown, all, line.Count.Shown, line.Count.All, strings.Join(events, "\n"))
				}
			}
		}
	}
}

func TestFacetsMarkWhatTheFilterNames(t *testing.T) {
	m := start(t, inside(t), 200, 60, `actor:DPRK,путин -topic:un origins:<3 actor:Kimsuky`)
	exact(t, m)
	var got []string
	for _, line := range m.facets.Lines() {
		if line.Mark != pane.Unmarked {
			got = append(got, line.Mark.String()+" "+line.Count.Value)
		}
	}
	// Kimsuky, named once, is listed only because it is marked.
	want := []string{"[x] North Korea", "[x] Vladimir Putin", "[x] Kimsuky", "[!] un", "[x] 1", "[x] 2"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("marked are %q, want %q", got, want)
	}
}

func TestFacetsAreCountedOnlyWhenSeenAndOnce(t *testing.T) {
	file := inside(t)
	counts := func(m *model, keys ...string) bool {
		before := m.jobs.started[jobFacets]
		press(m, keys...)
		return m.jobs.started[jobFacets] > before
	}
	m := start(t, file, 120, 36, "")
	if m.facets.Counted() || counts(m, "f", "topic:un", "enter") {
		t.Error("facets that are not on screen are counted")
	}
	if !counts(m, "F") {
		t.Error("F does not have them counted")
	}
	m = start(t, file, 200, 60, "")
	if !m.facets.Counted() {
		t.Fatal("facets on screen are not counted")
	}
	if counts(m, "j", "]", "tab", "J", "/", "kim", "enter", "n", "esc", "esc", "m", "S", "?", "esc") {
		t.Error("a key that changes no filter has the facets counted")
	}
	for _, keys := range [][]string{{"f", "marked", "enter"}, {"m"}, {"esc"}} {
		if !counts(m, keys...) {
			t.Errorf("%v changes what is shown, and nothing is counted", keys)
		}
	}
}

func TestKeysForFacetsWaitUntilTheyAreCounted(t *testing.T) {
	m := start(t, manyEvents(large), 80, 24, "")
	cmd := press(m, "F")
	press(m, "j", "j", "space")
	if !m.query.Empty() {
		t.Fatal("a key acts on facets that are not there")
	}
	settle(m, cmd)
	if got, want := m.query.String(), `actor:Ann`; got != want {
		t.Errorf("F j j Space wrote %s, want %s", got, want)
	}

	m = start(t, inside(t), 80, 24, "")
	press(m, "F", "j", "space")
	if got, want := m.query.String(), "status:reported"; got != want {
		t.Errorf("F j Space wrote %s, want %s", got, want)
	}
}

func TestRowOfMoreOpensThePickerOfItsFacet(t *testing.T) {
	m := start(t, inside(t), 80, 24, "")
	for field, want := range map[timeline.Field]string{
		timeline.ActorField: " actor: ", timeline.PlaceField: " place: ", timeline.TopicField: " topic: ", timeline.KindField: " kind: ",
	} {
		press(m, "F", "g")
		for line, _ := m.facets.Line(); line.Field != field || line.Kind != pane.FacetMore; line, _ = m.facets.Line() {
			press(m, "j")
		}
		press(m, "enter")
		if !is[*picking](m) || !frame(t, m).Contains(want) {
			t.Fatalf("Enter opened no picker with %q", want)
		}
		press(m, "esc", "F")
	}
	press(m, "F", "G", "k", "k", "k", "enter", "research", "enter")
	if got, want := m.query.String(), "kind:research"; got != want {
		t.Errorf("the picker wrote %s, want %s", got, want)
	}
}

func TestFacetsAreLeftByTheWayTheyCame(t *testing.T) {
	m := start(t, inside(t), 80, 24, "topic:un")
	for _, key := range []string{"esc", "q", "F", "l"} {
		press(m, "F")
		if m.top().about(m).name != "facets" || !m.layout.list.empty() {
			t.Fatalf("F shows %s", m.top().about(m).name)
		}
		if cmd := press(m, key); cmd != nil || m.top().about(m).name != "list" || m.query.String() != "topic:un" {
			t.Errorf("%s leads to %s with the filter %s", key, m.top().about(m).name, m.query)
		}
	}
	m = start(t, inside(t), 200, 60, "")
	with := m.layout.list.w
	press(m, "F")
	if m.layout.list.w <= with || m.top().about(m).name != "list" {
		t.Errorf("F left a list of %d cells, %d with facets, in %s", m.layout.list.w, with, m.top().about(m).name)
	}
	press(m, "F")
	if m.layout.list.w != with || m.top().about(m).name != "facets" {
		t.Errorf("F again left a list of %d cells in %s", m.layout.list.w, m.top().about(m).name)
	}
	press(m, "l", "enter", "F")
	if m.reading || m.top().about(m).name != "facets" {
		t.Errorf("F while reading led to %s", m.top().about(m).name)
	}
}

func TestPanesFollowEachOtherBothWays(t *testing.T) {
	for _, c := range []struct {
		w, h int
		tab  string
		back string
	}{
		{200, 60, "detail facets list detail", "facets detail list facets"},
		{120, 36, "detail list detail list", "detail list detail list"},
		{46, 20, "detail list detail list", "detail list detail list"},
	} {
		for key, want := range map[string]string{"tab": c.tab, "shift+tab": c.back} {
			m := start(t, inside(t), c.w, c.h, "")
			var got []string
			for range 4 {
				m.Update(message(key))
				got = append(got, m.top().about(m).name)
			}
			if got := strings.Join(got, " "); got != want {
				t.Errorf("%s at %dx%d goes to %s, want %s", key, c.w, c.h, got, want)
			}
		}
	}
}

func TestFacetsInFocusAreAsDrawn(t *testing.T) {
	m := start(t, inside(t), 200, 60, "status:disputed -actor:Ukraine")
	m.Update(message("shift+tab"))
	toValue(t, m, timeline.TopicField, "missile")
	press(m, "space")
	termtest.Golden(t, "facets-beside-200x60", frame(t, m).Golden())
}

// The help must not promise Space as a page key where it marks a value.
func TestHelpNamesOnlyKeysThatWorkInThePane(t *testing.T) {
	m := start(t, inside(t), 200, 60, "")
	m.Update(message("shift+tab"))
	press(m, "?")
	text := frame(t, m).Text()
	for _, want := range []string{"PgDn Ctrl-F ", "Space Enter ", "include this value (again: stop)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the help:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Space PgDn") {
		t.Errorf("the help says that Space pages:\n%s", text)
	}
}

func TestMouseMovesAndMarksInFacets(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {80, 24}} {
		m := start(t, inside(t), size[0], size[1], "")
		m.Mouse = true
		if size[0] < 160 {
			press(m, "F")
		}
		_, y, _ := frame(t, m).Find("[ ] disputed")
		click := tea.MouseClickMsg{X: 10, Y: y, Button: tea.MouseLeft}
		if m.Update(click); !m.query.Empty() || m.focus != onFacets {
			t.Fatalf("at %v the first click wrote %q, in %s", size, m.query, m.top().about(m).name)
		}
		if m.Update(click); m.query.String() != "status:disputed" {
			t.Errorf("at %v the second click wrote %q", size, m.query)
		}
		m.Update(tea.MouseWheelMsg{X: 10, Y: y, Button: tea.MouseWheelDown})
		m.Update(turnedMsg{})
		if line, _ := m.facets.Line(); line.Field != timeline.ActorField {
			t.Errorf("at %v the wheel went to %s", size, line.Count.Value)
		}
	}
}

func TestFacetsFitAnyHeight(t *testing.T) {
	t.Parallel()
	for h := 8; h < 70; h++ {
		for _, w := range []int{30, 60, 160} {
			m := start(t, inside(t), w, h, "actor:putin")
			press(m, "F", "F", "G")
			if exact(t, m); t.Failed() {
				t.Fatalf("at %dx%d", w, h)
			}
			if line, ok := m.facets.Line(); m.focus == onFacets && (!ok || line.Field != timeline.OriginsField || line.Kind != pane.FacetValue) {
				t.Errorf("at %dx%d G leads to %+v", w, h, line)
			}
		}
	}
}

// Merged files are a facet; a single one is no choice.
func TestFilesAreAFacetWhereSeveralAreMerged(t *testing.T) {
	event := func(id string) string {
		return `{"id":"` + id + `","date":"2024-01-01","title":"T","sources":[{"publisher":"P","title":"T"}]}` + "\n"
	}
	one := format.File{Name: "one.jsonl", Text: event("a") + event("b")}
	other := format.File{Name: "a/folder/with/a/long/name/another.jsonl", Text: event("c")}
	for _, c := range []struct {
		files []format.File
		want  bool
	}{{[]format.File{one, other}, true}, {[]format.File{one}, false}} {
		tl, _, err := format.Read(c.files...)
		if err != nil {
			t.Fatal(err)
		}
		m := start(t, File{Timeline: tl, Name: "merged"}, 200, 60, "")
		if s := frame(t, m); s.Contains(" File ") != c.want || s.Contains("another.jsonl") != c.want {
			t.Errorf("%d files:\n%s", len(c.files), s.Golden())
		}
		if !c.want {
			continue
		}
		press(m, "F", "F")
		toValue(t, m, timeline.FileField, "one.jsonl")
		press(m, "space")
		if got := m.query.String(); got != "file:one.jsonl" || m.shown.Rows.Len() != 2 {
			t.Errorf("Space wrote %s and shows %d", got, m.shown.Rows.Len())
		}
		if s := frame(t, m); !s.Contains("[x] one.jsonl") || !s.Contains("2/2") || !s.Contains("1/1") {
			t.Errorf("it is not marked:\n%s", s.Golden())
		}
	}
}
