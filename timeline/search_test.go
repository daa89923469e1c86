package timeline_test

import (
	"context"
	"fmt"
	"reflect"
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

// A search for a page may end early; what it has found matches.
func TestSearchForAPageFindsSomeOfWhatSelectDoes(t *testing.T) {
	t.Parallel()
	var events []timeline.Event
	for i := range 1800 {
		events = append(events, timeline.Event{ID: fmt.Sprintf("e%d", i), Date: day(fmt.Sprintf("20%02d", i%30)), Title: fmt.Sprintf("number %d", i),
			Summary: strings.Repeat("long ", 500), Actors: []string{fmt.Sprintf("Actor %d", i%7)}, Status: timeline.Status(i % 7)})
	}
	kept := timeline.New(timeline.About{}, nil, events)
	stored, _ := indexed(timeline.About{}, nil, events)
	early := 0
	for _, tl := range []*timeline.Timeline{kept, stored} {
		for _, text := range []string{"number", "2", "99", "long number", "actor status:disputed", "since:2010 1 -actor:3", "-number", "(1 | 2) 3", "nothing", "on:2011 7", "/number 1/"} {
			q := query(t, text)
			want := tl.Select(q)
			s, complete := tl.Search(context.Background(), q, 10)
			if complete && !reflect.DeepEqual(s, want) {
				t.Errorf("%s: got %v, want %v", text, s, want)
			}
			if !complete {
				early++
				if s.Len() < 10 || s.Len() > want.Len() {
					t.Errorf("%s: %d of %d are found", text, s.Len(), want.Len())
				}
			}
			for _, i := range s.All() {
				if _, ok := want.Has(i); !ok {
					t.Errorf("%s: event %d does not match", text, i)
				}
			}
			if s, complete := tl.Search(context.Background(), q, 0); !complete || !reflect.DeepEqual(s, want) {
				t.Errorf("%s: got %v, %t, want %v", text, s, complete, want)
			}
		}
	}
	if early == 0 {
		t.Error("no search ended early")
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tl := again(fixture(), register())
	for _, text := range []string{"treaty", "/treaty/", "status:confirmed", "-(treaty | a)"} {
		for _, atMost := range []int{0, 5} {
			if s, complete := tl.Search(ctx, query(t, text), atMost); complete {
				t.Errorf("%s: %v is said to be complete", text, s)
			}
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
