package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/tui"
)

// readsLarge begins to read a file that is indexed.
func (d desk) readsLarge(path string) *load {
	c := &command{env: d.env(), order: "oldest", configure: func() error { return nil }}
	r := c.load([]string{path})
	d.t.Cleanup(func() {
		r.stop()
		<-r.ended
	})
	return r
}

// A brief of a part took the place of what the last brief of all knew, and told of
// all that had not been read as withdrawn. Exports of a part crashed.
func TestPartIsExportedAndComparedWithNothing(t *testing.T) {
	d := newDesk(t)
	path := writeLarge(t, 30_000)
	r := d.readsLarge(path)
	for part := (tui.Part{}); !part.Last; {
		part = <-r.parts
		f := part.File
		if f.Timeline == nil {
			continue
		}
		r.stop()
		if part.Last && !part.Stopped {
			t.Skip("all was read before anybody looked")
		}
		if f.Since != nil || f.Briefed != nil {
			t.Errorf("%d events, stopped %v: they are compared with the last brief", f.Timeline.Len(), part.Stopped)
		}
		for _, form := range f.Exports {
			var b strings.Builder
			if _, err := form.Write(&b, tui.Selection{Timeline: f.Timeline, Events: slices.Values([]int{0})}); err != nil || b.Len() == 0 {
				t.Errorf("%d events, stopped %v, %s: %v, %d bytes", f.Timeline.Len(), part.Stopped, form.Suffix, err, b.Len())
			}
		}
	}
}

// What the last brief knew was put away for events that could no longer be read.
func TestWhatCanNoLongerBeReadIsNotRemembered(t *testing.T) {
	d := newDesk(t)
	path := writeLarge(t, 30_000)
	r := d.readsLarge(path)
	r.shown()
	part := <-r.parts
	for !part.Last {
		part = <-r.parts
	}
	if part.File.Since == nil {
		t.Fatal("nothing is compared with the last brief")
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
