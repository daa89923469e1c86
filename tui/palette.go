package tui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// openPalette lists every action by name, those of this place first. Text that is
// typed also finds events, actors, places, dates and the commands of vi.
func (m *model) openPalette() {
	var items []item
	scopes := m.top().about(m).scopes
	for _, g := range m.keys.groups(scopes) {
		for _, a := range g.actions {
			items = append(items, item{Name: a.name, Aliases: commands[a.name], About: a.Help().Desc, Key: a.Help().Key, Do: func(m *model) tea.Cmd { return m.act(a) }})
		}
	}
	p := &choosing{Menu: pane.NewMenu("do", append(items, m.actionsElsewhere(scopes)...)), palette: true}
	p.narrow(true)
	m.push(p)
}

// commands are what vi and less call actions.
var commands = map[string][]string{
	"quit-now":   {"q", "q!", "qa", "qa!", "wq", "wq!", "x", "xa", "quit", "exit"},
	"save":       {"w", "write"},
	"reload":     {"e", "e!", "edit"},
	"help":       {"h"},
	"undo":       {"u"},
	"redo":       {"red"},
	"end-search": {"noh", "nohlsearch"},
	"theme":      {"set", "colo", "colorscheme", "bg"},
	"go-to":      {"goto"},
	"messages":   {"mes"},
}

// actionsElsewhere lists the actions of other places. Those of the list are done
// there. Choosing another goes to its place and names the key, since nobody has
// seen the cursor there yet.
func (m *model) actionsElsewhere(known []scope) []item {
	var items []item
	for _, place := range []struct {
		in   scope
		name string
		open func(*model) tea.Cmd
	}{
		{inBody, "list", nil},
		{inFacets, "facets", does((*model).openFacets)},
		{inPairs, "who with whom", does((*model).openPairs)},
		{inRange, "selecting time", (*model).openRange},
		{inBrief, "brief", (*model).openBrief},
	} {
		for i := range m.keys {
			a := &m.keys[i]
			if a.in&place.in == 0 || slices.ContainsFunc(known, func(s scope) bool { return a.in&s != 0 }) {
				continue
			}
			items = append(items, item{Name: a.name, Aliases: commands[a.name], About: place.name + ": " + a.Help().Desc, Key: a.Help().Key, Do: func(m *model) tea.Cmd {
				m.home()
				if place.in == inBody {
					return m.act(a)
				}
				cmd := place.open(m)
				if m.notice.failure || !slices.Contains(m.top().about(m).scopes, place.in) {
					return cmd // it asks something first
				}
				return tea.Batch(cmd, m.say(fmt.Sprintf("Press %s to %s.", m.keys.first(a.name), a.Help().Desc)))
			}})
		}
		known = append(known, place.in)
	}
	return items
}

// narrowed has found, in the palette, what the text means besides actions.
func (p *choosing) narrowed(m *model) {
	typed := strings.TrimSpace(p.Typed())
	if !p.palette || typed == "" {
		m.cancel(jobPlaces)
		p.SetPlaces(nil)
		return
	}
	here := m.withArgument(typed)
	if it, ok := m.numbered(typed); ok {
		here = append(here, it)
	}
	if _, _, err := m.typedDays(typed); err == nil {
		here = append(here, item{Name: "go to", About: "the date " + typed, Do: func(m *model) tea.Cmd {
			m.home()
			return m.goToDate(typed)
		}})
	}
	s := m.shown
	m.start(jobPlaces, s.Len(), func(ctx context.Context) func(*model) {
		found := append(here, placesNamed(ctx, s.Timeline, s.Query, typed)...)
		return func(*model) { p.SetPlaces(found) }
	})
}

// numbered is the event of a number, $ or a percentage.
func (m *model) numbered(typed string) (it item, ok bool) {
	n := m.shown.Rows.Len()
	at, err := strconv.Atoi(typed)
	percent, isPercent := strings.CutSuffix(typed, "%")
	switch {
	case typed == "$":
		at = n
	case isPercent:
		at, err = strconv.Atoi(percent)
		at = (n*min(at, 100) + 99) / 100
		fallthrough
	default:
		if err != nil {
			return it, false
		}
	}
	if n == 0 || at < 0 {
		return it, false
	}
	row := max(0, min(at, n)-1)
	return item{Name: "go to", About: fmt.Sprintf("event %s of %s: %s", text.Grouped(row+1), text.Grouped(n), m.shown.Event(m.shown.At(row)).Title), Do: func(m *model) tea.Cmd {
		m.home()
		m.goTo(func(v farMover) {
			v.MoveFar(false)
			v.Move(row)
		})
		return nil
	}}, true
}

// withArgument is a command with what it is to be given: filter actor:kim, w a.csv.
func (m *model) withArgument(typed string) []item {
	word, argument, ok := strings.Cut(typed, " ")
	if !ok {
		return nil
	}
	for name, prompt := range map[string]string{"filter": "", "search": "", "go-to": "", "save": "w"} {
		if word != name && word != prompt && !slices.Contains(commands[name], word) {
			continue
		}
		a := m.keys.named(name)
		return []item{{Name: typed, About: a.Help().Desc, Do: func(m *model) tea.Cmd {
			m.home()
			cmd := m.act(a)
			p, ok := m.top().(prompter)
			if !ok {
				return cmd
			}
			p.line().field.SetValue(strings.TrimSpace(argument))
			p.line().field.CursorEnd()
			p.typed(m)
			return m.act(m.keys.named("accept"))
		}}}
	}
	if word == "theme" || slices.Contains(commands["theme"], word) {
		for _, t := range themes {
			if strings.HasSuffix(typed, string(t)) {
				return []item{{Name: typed, About: "colours", Do: with((*model).setTheme, t)}}
			}
		}
	}
	return nil
}

// How many of each the palette finds, and how many events it looks at.
const (
	mostNames  = 5
	mostEvents = 20
	mostLooked = 2000
)

// placesNamed finds the events whose title has every word of a text, and the actors
// and places that have it in their name, also with letters left out.
func placesNamed(ctx context.Context, t *timeline.Timeline, q timeline.Query, typed string) []item {
	var items []item
	if event, ok := t.Find(typed); ok {
		items = append(items, goingTo(t, event))
	}
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField} {
		items = append(items, valuesNamed(t, f, q, typed)...)
	}
	words := strings.Fields(text.Fold(typed))
	if len(words) == 0 || len(typed) < 2 {
		return items
	}
	titled := q
	for _, word := range words {
		titled = titled.And(timeline.Is(timeline.TextField, word))
	}
	rows, err := t.Search(ctx, titled)
	if err != nil {
		return items
	}
	left := mostEvents
	for k := range min(rows.Len(), mostLooked) {
		event := rows.At(k)
		e := t.Event(event)
		if left == 0 || ctx.Err() != nil {
			break
		}
		if title := text.Fold(e.Title); slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(title, word) }) {
			continue
		}
		items = append(items, goingTo(t, event))
		left--
	}
	return items
}

// goingTo goes to an event.
func goingTo(t *timeline.Timeline, event int) item {
	e := t.Event(event)
	return item{Name: "go to", About: e.Title + " (" + e.Date.Words() + ")", Do: func(m *model) tea.Cmd {
		m.home()
		return m.jumpTo(event)
	}}
}

// valuesNamed finds values of a field by name: those that contain the text, then those
// that have its letters in this order.
func valuesNamed(t *timeline.Timeline, f timeline.Field, q timeline.Query, typed string) []item {
	want := strings.ReplaceAll(text.Fold(typed), " ", "")
	if len(want) < 2 {
		return nil
	}
	var within, scattered []item
	for _, c := range t.Tally(f, q) {
		if text.Fold(c.Value) == "" {
			continue // no filter can ask for it
		}
		names := []string{c.Value}
		if f == timeline.ActorField {
			actor := t.Actor(c.Value)
			names = actor.Names()
		}
		it := item{Name: "filter", About: fmt.Sprintf("%s %s: %s of %s", f, text.Clean(c.Value), text.Grouped(c.Shown), text.Counted(c.All, "event")), Do: func(m *model) tea.Cmd {
			m.home()
			m.setQuery(m.asks().WithoutField(f).And(timeline.Is(f, c.Value)))
			return nil
		}}
		switch {
		case slices.ContainsFunc(names, func(name string) bool { return strings.Contains(strings.ReplaceAll(text.Fold(name), " ", ""), want) }):
			within = append(within, it)
		case len(scattered) < mostNames && hasLetters(text.Fold(c.Value), want):
			scattered = append(scattered, it)
		}
		if len(within) == mostNames {
			break
		}
	}
	return append(within, scattered...)[:min(mostNames, len(within)+len(scattered))]
}

// hasLetters reports whether a name has letters in their order, the first of them
// at the beginning of a word.
func hasLetters(name, want string) bool {
	first := []rune(want)[0]
	begin := -1
	for i, word := 0, true; i < len(name) && begin < 0; i++ {
		if word && strings.HasPrefix(name[i:], string(first)) {
			begin = i
		}
		word = name[i] == ' ' || name[i] == '-'
	}
	if begin < 0 {
		return false
	}
	rest := []rune(want)
	for _, r := range name[begin:] {
		if r == rest[0] {
			if rest = rest[1:]; len(rest) == 0 {
				return true
			}
		}
	}
	return false
}
