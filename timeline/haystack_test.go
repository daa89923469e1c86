package timeline_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A pad is a spool in memory that takes so many bytes.
type pad struct {
	mu     sync.Mutex
	text   []byte
	room   int
	broken bool
}

var errPad = errors.New("the pad is torn")

func (p *pad) WriteAt(b []byte, at int64) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	end := int(at) + len(b)
	if end > p.room {
		return 0, errPad
	}
	if end > len(p.text) {
		p.text = append(p.text, make([]byte, end-len(p.text))...)
	}
	return copy(p.text[at:], b), nil
}

func (p *pad) ReadAt(b []byte, at int64) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken {
		return 0, errPad
	}
	if at >= int64(len(p.text)) {
		return 0, io.EOF
	}
	return copy(b, p.text[at:]), nil
}

// spooled makes a timeline of events whose text is kept in a spool.
func spooled(events []timeline.Event, spool timeline.Spool) *timeline.Timeline {
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return events[at.At], nil })
	x.Spool = spool
	in := x.Indexer()
	for i := range events {
		r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1})
		if in.Add(&r); i%1000 == 999 {
			in.Flush()
		}
	}
	in.Flush()
	return x.Timeline(timeline.About{}, nil)
}

// wordy returns events with much text, some of it odd, and not in order.
func wordy(n int) []timeline.Event {
	words := []string{"amber", "Corridor", "the", "лодка", "회담", "a\x00b", "e", "\u0000", "q"}
	events := make([]timeline.Event, n)
	for i := range events {
		date, _ := edtf.Parse(fmt.Sprintf("20%02d-03-%02d", i*7%50, 1+i%28))
		e := timeline.Event{ID: fmt.Sprint("e", i), Date: date, Title: "T " + words[i%len(words)], Summary: strings.Repeat(words[i*5%len(words)]+" ", i%40)}
		if i%11 == 0 {
			e.Sources = []timeline.Source{{Publisher: "P", Quote: words[i%7] + fmt.Sprint(" quote ", i)}}
		}
		if i%997 == 0 {
			e.Summary = strings.Repeat("long ", 1<<15) + words[i%5]
		}
		events[i] = e
	}
	return events
}

func TestSpooledTextIsFoundAsTextInMemory(t *testing.T) {
	events := wordy(5000)
	memory := spooled(events, nil)
	for name, spool := range map[string]*pad{"all": {room: 1 << 30}, "some": {room: 1 << 20}, "none": {}} {
		got := spooled(events, spool)
		for _, text := range []string{"a", "am", "amb", "amber", "corridor", "лодка", "лод", "회담", "title:e", "quote:amber", "quote:\"the quote 1\"", "quote 4", "\"t amber\"", "ab", "\"a\x00b\"", "long amber", "nowhere", "-the"} {
			q, err := timeline.ParseQuery(text)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := fmt.Sprint(got.Select(q).All()), fmt.Sprint(memory.Select(q).All()); g != w {
				t.Errorf("%s spooled: %q selects %.200s, want %.200s", name, text, g, w)
			}
		}
		if err := got.Err(); err != nil {
			t.Errorf("%s spooled: %v", name, err)
		}
	}
}

// Otherwise a search would just find less.
func TestTextThatCannotBeReadIsAnError(t *testing.T) {
	spool := &pad{room: 1 << 30}
	tl := spooled(wordy(100), spool)
	spool.broken = true
	q, _ := timeline.ParseQuery("amber")
	if tl.Select(q); !errors.Is(tl.Err(), errPad) {
		t.Errorf("the error is %v", tl.Err())
	}
}
