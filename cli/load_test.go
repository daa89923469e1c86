package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
	"dateline/tui"
)

// loadsLarge starts to load a large file.
func (d desk) loadsLarge(path string) *load {
	c := &command{env: d.env(), order: "oldest", configure: func() error { return nil }}
	r := c.load(timeline.Query{}, []string{path}, true)
	d.t.Cleanup(func() {
		r.stop()
		<-r.ended
	})
	return r
}

// A brief of a part of the timeline replaced the record of the last brief, and listed
// every event that was not loaded yet as withdrawn. Exports of a part crashed.
func TestPartOfATimelineIsExportedButNotCompared(t *testing.T) {
	d := newDesk(t)
	path := fixture.WriteLarge(t, 30_000)
	r := d.loadsLarge(path)
	for part := (tui.Part{}); !part.Last; {
		part = <-r.parts
		f := part.File
		if f.Timeline == nil {
			continue
		}
		r.stop()
		if part.Last && !part.Stopped {
			t.Skip("the file was loaded too fast")
		}
		if f.Since != nil || f.Briefed != nil {
			t.Errorf("%d events, stopped %v: the part is compared with the last brief", f.Timeline.Len(), part.Stopped)
		}
		for _, form := range f.Exports {
			var b strings.Builder
			if _, err := form.Write(&b, tui.Selection{Timeline: f.Timeline, Events: slices.Values([]int{0})}); err != nil || b.Len() == 0 {
				t.Errorf("%d events, stopped %v, %s: %v, %d bytes", f.Timeline.Len(), part.Stopped, form.Suffix, err, b.Len())
			}
		}
	}
}

// The record of the last brief was replaced by events that could no longer be read.
func TestUnreadableEventsAreNotRecorded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := fixture.WriteLarge(t, 30_000)
	r := d.loadsLarge(path)
	r.shown()
	part := <-r.parts
	for !part.Last {
		part = <-r.parts
	}
	if part.File.Since == nil {
		t.Fatal("the timeline is not compared with the last brief")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()/2); err != nil {
		t.Fatal(err)
	}
	if err := part.File.Briefed(); err == nil || !strings.HasSuffix(err.Error(), "the file was cut short while it was read") {
		t.Errorf("got error %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(d.state, "*", "*.brief.json")); err != nil || len(left) > 0 {
		t.Errorf("%v: %v is left behind", err, left)
	}
}
