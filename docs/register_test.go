package docs

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// TestSpellingsFindTheirActors types every spelling of spellings.tsv into a
// filter. It must select the events of its actor and no others, or offer the
// choice that the table names.
func TestSpellingsFindTheirActors(t *testing.T) {
	file, tl := shipped(t)
	tagged := make(map[string][]string) // ids of the events of an actor
	for _, e := range file.Events {
		for _, name := range e.Actors {
			tagged[name] = append(tagged[name], e.ID)
		}
	}
	rows := table(t, "spellings.tsv", "spelling", "actor", "address", "stands in")
	if len(rows) < 200 {
		t.Errorf("there are %d spellings, want 200 or more", len(rows))
	}
	for _, row := range rows {
		spelling, actor := row[0], row[1]
		if choice, ok := strings.CutPrefix(actor, "choice: "); ok {
			offered := tl.Named(timeline.ActorField, spelling)
			for name := range strings.SplitSeq(choice, "; ") {
				if !slices.Contains(offered, name) {
					t.Errorf("actor:%s offers %q, not %s", spelling, offered, name)
				}
			}
			continue
		}
		got := idsOf(t, tl, `actor:"`+spelling+`"`)
		if want := tagged[actor]; len(want) == 0 || !sameNames(got, want) {
			t.Errorf("actor:%s finds %d events, want the %d of %s", spelling, len(got), len(want), actor)
		}
		if foreign := strings.ContainsFunc(spelling, notLatin); foreign != (row[2] != "") {
			t.Errorf("%s: a spelling in another script has the address of a page, and no other has: got %q", spelling, row[2])
		}
	}
}

// TestSpellingsOfTheRegisterWereSeen wants every name in another script in
// spellings.tsv, which says on which page it stands.
func TestSpellingsOfTheRegisterWereSeen(t *testing.T) {
	file, _ := shipped(t)
	seen := make(map[string]string)
	for _, row := range table(t, "spellings.tsv", "spelling", "actor", "address", "stands in") {
		seen[row[0]] = row[1]
	}
	for _, a := range file.Actors {
		if a.Kind == "person" && a.Role == "" {
			t.Errorf("%s has no role", a.Name)
		}
		for name := range a.names() {
			if strings.ContainsFunc(name, notLatin) && seen[name] != a.Name {
				t.Errorf("%s: %s is not in spellings.tsv", a.Name, name)
			}
		}
	}
}

// TestWhoeverIsNamedIsTagged wants an actor whose name stands in the title or
// the summary of an event among its actors. An outlet named for what it carries
// is an origin; the other exceptions are in tag-exceptions.tsv, with the reason.
func TestWhoeverIsNamedIsTagged(t *testing.T) {
	file, tl := shipped(t)
	outlets := []string{"KCNA", "Rodong Sinmun", "Kyiv Post", "Interfax-Ukraine", "TV Chosun", "Financial Times", "The New York Times"}
	excepted := make(map[string]bool)
	for _, row := range table(t, "tag-exceptions.tsv", "event", "actor", "reason") {
		if row[2] == "" {
			t.Errorf("%s: %s is excepted without a reason", row[0], row[1])
		}
		excepted[row[0]+" "+row[1]] = false
	}
	for _, a := range file.Actors {
		if slices.Contains(outlets, a.Name) {
			continue
		}
		naming := a.naming()
		for _, e := range file.Events {
			if slices.Contains(e.Actors, a.Name) {
				continue
			}
			name := naming.FindString(e.Title + "\n" + e.Summary)
			if _, known := excepted[e.ID+" "+a.Name]; known {
				excepted[e.ID+" "+a.Name] = name != ""
			} else if name != "" {
				t.Errorf("%s: %q stands in it, but %s is not among its actors", e.ID, name, a.Name)
			}
		}
	}
	for exception, needed := range excepted {
		if !needed {
			t.Errorf("tag-exceptions.tsv: %s is not needed", exception)
		}
	}

	for _, body := range []string{"UN Security Council", "UN General Assembly", "1718 Committee Panel of Experts"} {
		for _, e := range file.Events {
			if slices.Contains(e.Actors, body) && !slices.Contains(e.Actors, "United Nations") {
				t.Errorf("%s: it has the %s but not the United Nations", e.ID, body)
			}
		}
	}
	if ids := idsOf(t, tl, "actor:russia on:2023-09-13"); !slices.Contains(ids, "2023-09-13-vostochny-summit") {
		t.Errorf("actor:russia on:2023-09-13 finds %q", ids)
	}
	if got, want := idsOf(t, tl, "actor:russia topic:summit"), idsOf(t, tl, "topic:summit"); !sameNames(got, want) {
		t.Errorf("actor:russia topic:summit finds %d of %d summits", len(got), len(want))
	}
}

// TestOriginsHaveOneName wants no two spellings of one publisher or origin: not
// by case, "The" or "Agency", and not two names of one actor of the register.
func TestOriginsHaveOneName(t *testing.T) {
	file, _ := shipped(t)
	actors := make(map[string]string)
	for _, a := range file.Actors {
		for name := range a.names() {
			actors[text.Fold(name)] = a.Name
		}
	}
	spelled := make(map[string]string)
	for _, e := range file.Events {
		for _, s := range e.Sources {
			for _, origin := range []string{s.Publisher, s.AttributedTo, s.Via} {
				folded := text.Fold(origin)
				key := cmp.Or(actors[folded], noise.ReplaceAllString(folded, ""))
				if other, ok := spelled[key]; ok && other != origin {
					t.Errorf("%s: %q is also spelled %q", e.ID, origin, other)
				}
				spelled[key] = origin
			}
		}
	}
}

var noise = regexp.MustCompile(`^the | (news agency|agency|online|english)$`)

// shipped reads events.json twice: with the standard library, and as the program
// does.
func shipped(t *testing.T) (shippedFile, *timeline.Timeline) {
	t.Helper()
	s := page(t, "../events.json")
	var file shippedFile
	if err := json.Unmarshal([]byte(s), &file); err != nil {
		t.Fatal(err)
	}
	tl, _, err := format.Read(format.File{Name: "events.json", Text: s})
	if err != nil {
		t.Fatal(err)
	}
	return file, tl
}

// idsOf returns the ids of the events that a filter selects.
func idsOf(t *testing.T, tl *timeline.Timeline, filter string) []string {
	t.Helper()
	q, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatalf("%s: %v", filter, err)
	}
	var ids []string
	for _, i := range tl.Select(q).All() {
		ids = append(ids, tl.Event(i).ID)
	}
	return ids
}

// table reads a table of tab-separated values with a heading.
func table(t *testing.T, name string, heading ...string) [][]string {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(page(t, name)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(row) != len(heading) {
			t.Fatalf("%s: %d cells in %q, want %d", name, len(row), line, len(heading))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], heading) {
		t.Fatalf("%s does not begin with %q", name, heading)
	}
	return rows[1:]
}

func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// notLatin reports whether r is a letter of another script.
func notLatin(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }
