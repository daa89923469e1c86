// Package docs tests what no single package can: that the documentation says
// what the program does, that the tree is what architecture.md draws, and that
// the timeline it ships with is sound.
package docs

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/cli"
	"dateline/timeline/text"
)

// TestShippedTimeline holds events.json to what a reader may expect of it, and
// the pages to its counts. No other test reads that file: the goldens of the
// code rest on timeline/testdata/frozen.json.
func TestShippedTimeline(t *testing.T) {
	shipped := page(t, "../events.json")
	var file shippedFile
	if err := json.Unmarshal([]byte(shipped), &file); err != nil {
		t.Fatal(err)
	}

	t.Run("checks without a warning", func(t *testing.T) {
		out, errs, code := run(shipped, "check", "--strict")
		if code != 0 || errs != "" || !strings.HasSuffix(out, "0 errors, 0 warnings\n") {
			t.Errorf("check --strict exits %d and prints\n%s%s", code, out, errs)
		}
	})

	t.Run("fits the schema", func(t *testing.T) {
		schema, errs, code := run(shipped, "schema")
		if code != 0 {
			t.Fatal(errs)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", document(t, schema)); err != nil {
			t.Fatal(err)
		}
		compiled, err := c.Compile("schema.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(document(t, shipped)); err != nil {
			t.Error(err)
		}
	})

	t.Run("is counted in the pages", func(t *testing.T) {
		sources := 0
		for _, e := range file.Events {
			sources += len(e.Sources)
		}
		if n := len(file.Events); n < 124 || n > 140 {
			t.Errorf("got %d events, want 124 to 140", n)
		}
		for name, want := range map[string]string{
			"../README.md":    fmt.Sprintf("%d events resting on %d sources", len(file.Events), sources),
			"../CHANGELOG.md": fmt.Sprintf("%d events, %d sources", len(file.Events), sources),
		} {
			if !strings.Contains(oneLine(t, name), want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		if file.Title == "" || file.Description == "" || file.License == "" {
			t.Errorf("the file says of itself only %q, %q, %q", file.Title, file.Description, file.License)
		}
	})

	t.Run("is sourced", func(t *testing.T) {
		known := make(map[string]bool)
		for _, e := range file.Events {
			if known[e.ID] {
				t.Errorf("%s: the id is taken", e.ID)
			}
			known[e.ID] = true
		}
		for _, e := range file.Events {
			if len(e.Sources) < 2 {
				t.Errorf("%s: %d sources, want two or more", e.ID, len(e.Sources))
			}
			if e.Status == "" {
				t.Errorf("%s: no status", e.ID)
			}
			for i, s := range e.Sources {
				if s.Kind == "" {
					t.Errorf("%s: source %d has no kind", e.ID, i+1)
				}
			}
			for _, id := range slices.Concat(e.Answers, e.Denies) {
				if !known[id] || id == e.ID {
					t.Errorf("%s: it answers or denies %q, which is no other event", e.ID, id)
				}
			}
			marks := footnote.FindAllStringSubmatch(e.Summary, -1)
			if len(marks) == 0 {
				t.Errorf("%s: the summary cites nothing", e.ID)
			}
			for _, mark := range marks {
				if n, _ := strconv.Atoi(mark[1]); n < 1 || n > len(e.Sources) {
					t.Errorf("%s: the summary cites %s of %d sources", e.ID, mark[0], len(e.Sources))
				}
			}
		}
	})

	t.Run("registers every actor once", func(t *testing.T) {
		owner := make(map[string]string)
		registered := make(map[string]bool)
		var wikidata []string
		for _, a := range file.Actors {
			registered[a.Name] = true
			if !slices.Contains([]string{"person", "state", "organisation"}, a.Kind) {
				t.Errorf("%s: the kind is %q", a.Name, a.Kind)
			}
			for name := range a.names() {
				if other, taken := owner[text.Fold(name)]; taken && other != a.Name {
					t.Errorf("%s is %s as well as %s", name, other, a.Name)
				}
				owner[text.Fold(name)] = a.Name
			}
			if a.Wikidata != "" {
				wikidata = append(wikidata, a.Name+" "+a.Wikidata)
			}
		}
		for _, e := range file.Events {
			for _, name := range e.Actors {
				if !registered[name] {
					t.Errorf("%s: %s is not in the register", e.ID, name)
				}
			}
		}
		slices.Sort(wikidata)
		want := []string{"Kim Jong Un Q56226", "North Korea Q423", "Russia Q159", "South Korea Q884", "Vladimir Putin Q7747"}
		if !slices.Equal(wikidata, want) {
			t.Errorf("got %q, want %q", wikidata, want)
		}
	})
}

// A shippedFile is events.json as the standard library reads it, so that nothing
// our own reader overlooks is taken for right.
type shippedFile struct {
	Title, Description, License string
	Actors                      []shippedActor
	Events                      []shippedEvent
}

type shippedActor struct {
	Name, Kind, Role, Wikidata string
	Aliases                    []string
	Native                     map[string]string
}

type shippedEvent struct {
	ID, Title, Status, Summary, Caveat string
	Actors, Answers, Denies            []string
	Sources                            []struct {
		URL, Publisher, Via, Kind string
		AttributedTo              string `json:"attributed_to"`
	}
}

// names yields the name, the aliases and the native names of an actor.
func (a shippedActor) names() iter.Seq[string] {
	return slices.Values(slices.Concat([]string{a.Name}, a.Aliases, slices.Collect(maps.Values(a.Native))))
}

// naming matches a name of an actor in English text: whole words, capitals as
// spelled, so that "us" is not the United States.
func (a shippedActor) naming() *regexp.Regexp {
	var names []string
	for name := range a.names() {
		names = append(names, regexp.QuoteMeta(name))
	}
	return regexp.MustCompile(`(?:^|[^\pL\pN])(?:` + strings.Join(names, "|") + `)(?:$|[^\pL\pN])`)
}

var footnote = regexp.MustCompile(`\[(\d{1,4})\]`)

// run runs a command of the program with a built-in timeline.
func run(builtIn string, args ...string) (out, errs string, code int) {
	var o, e strings.Builder
	code = cli.Run(builtIn, args, func(string) string { return "" }, strings.NewReader(""), &o, &e)
	return o.String(), e.String(), code
}

func document(t *testing.T, s string) any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func page(t *testing.T, name string) string {
	t.Helper()
	s, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}
