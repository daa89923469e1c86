package timeline_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"dateline/timeline"
)

// needles are texts as a person types them on, letter by letter, and others.
func needles() []string {
	var all []string
	for _, text := range []string{"north korea", "treaty said", "kremlin", "e", "the", "김정은", "putin"} {
		for i := range text {
			if i > 0 {
				all = append(all, strings.TrimSpace(text[:i]))
			}
		}
		all = append(all, text)
	}
	return all
}

// Typing on looks only among what was found before; it finds the same.
func TestTextIsFoundAgainAsAtFirst(t *testing.T) {
	t.Parallel()
	for _, tl := range []*timeline.Timeline{shipped(t), again(shipped(t), shippedRegister(shipped(t)))} {
		for _, needle := range needles() {
			q := timeline.Query{}.And(timeline.Is(timeline.TextField, needle))
			checkSelect(t, tl, q)
			checkSelect(t, tl, q)
		}
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tl := again(fixture(), register())
	for _, text := range []string{"treaty", "/treaty/", "status:confirmed", "-(treaty | a)"} {
		if s, err := tl.Search(ctx, query(t, text)); err == nil {
			t.Errorf("%s: %v is said to be complete", text, s)
		}
		checkSelect(t, tl, query(t, text)) // and nothing false is remembered
	}
}

// Panes and searches share a timeline.
func TestTimelineIsSharedWithoutLocks(t *testing.T) {
	t.Parallel()
	tl := again(shipped(t), nil)
	want := tl.Select(query(t, "korea")).Len()
	var wait sync.WaitGroup
	for n := range 4 {
		wait.Go(func() {
			for i := range tl.Len() {
				if tl.Event((i+n*7)%tl.Len()).ID == "" {
					t.Error("an event has no id")
				}
				if i%10 == 0 {
					if got := tl.Select(query(t, "korea")).Len(); got != want {
						t.Errorf("got %d, want %d", got, want)
					}
				}
			}
		})
	}
	wait.Wait()
}

// A text that begins each event's is found in each.
func TestTextAtTheBeginningOfAnEventIsFound(t *testing.T) {
	var events []timeline.Event
	for n, title := range []string{"Alpha", "alpha beta", "Beta", "Alpha", "a", "alphabet"} {
		events = append(events, timeline.Event{ID: fmt.Sprintf("e%d", n), Date: day("2024"), Title: title})
	}
	stored, _ := indexed(timeline.About{}, nil, events)
	for _, tl := range []*timeline.Timeline{timeline.New(timeline.About{}, nil, events), stored} {
		for text, want := range map[string]string{"alpha": "e0 e1 e3 e5", "a": "e0 e1 e2 e3 e4 e5", "beta": "e1 e2", "alphabet": "e5"} {
			if got := ids(tl, tl.Select(timeline.Query{}.And(timeline.Is(timeline.TextField, text)))); got != want {
				t.Errorf("%s is found in %s, want %s", text, got, want)
			}
		}
	}
}

// A regular expression finds less than its text does, which folds: its events were
// no narrower search for that.
func TestRegexpDoesNotNarrowASearch(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture(), again(fixture(), register())} {
		if n := tl.Select(query(t, "/cafe/")).Len(); n != 0 {
			t.Fatalf("/cafe/ finds %d events, want none", n)
		}
		if got := ids(tl, tl.Select(query(t, "cafe"))); got != "denial" {
			t.Errorf("cafe is found in %q, want denial", got)
		}
	}
}
