package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/tui"
)

// A viewer that had already failed could still draw over the error.
func TestHeldOutputIsWrittenOnlyIfItIsReleased(t *testing.T) {
	for _, c := range []struct {
		steps []string // text is written
		want  string
	}{
		{[]string{"a", "b"}, ""},
		{[]string{"a", "release", "b"}, "ab"},
		{[]string{"release", "a", "release", "b"}, "ab"},
		{[]string{"a", "drop", "release", "b"}, ""},
		{[]string{"a", "drop", "b", "release", "release"}, ""},
		{[]string{"a", "release", "drop", "b"}, "ab"}, // the terminal is restored last
	} {
		path := filepath.Join(t.TempDir(), "terminal")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		h := &heldOutput{File: f, to: f}
		for _, step := range c.steps {
			switch step {
			case "release":
				h.release()
			case "drop":
				h.drop()
			default:
				if n, err := h.Write([]byte(step)); n != len(step) || err != nil {
					t.Errorf("%q: writing %q returns %d, %v", c.steps, step, n, err)
				}
			}
		}
		f.Close()
		if got, err := os.ReadFile(path); err != nil || string(got) != c.want {
			t.Errorf("%q: the terminal has %q, %v; want %q", c.steps, got, err, c.want)
		}
	}
}

// The viewer may take a part late: it must then have the latest timeline and how far
// the load is.
func TestUntakenPartIsReplacedAndKeepsItsTimeline(t *testing.T) {
	first, second := timeline.New(timeline.About{}, nil, nil), timeline.New(timeline.About{}, nil, nil)
	part := func(done int64, tl *timeline.Timeline) tui.Part {
		return tui.Part{Done: done, Total: 1000, File: tui.File{Timeline: tl}}
	}
	failure := errors.New("it ends here")
	for name, c := range map[string]struct {
		sent []tui.Part
		want tui.Part // Done, Err and the timeline count
	}{
		"how far":                  {[]tui.Part{part(100, nil), part(200, nil)}, part(200, nil)},
		"a timeline, then how far": {[]tui.Part{part(100, first), part(200, nil), part(300, nil)}, part(300, first)},
		"another timeline":         {[]tui.Part{part(100, first), part(200, second)}, part(200, second)},
		"hardly further":           {[]tui.Part{part(100, nil), part(109, nil)}, part(100, nil)},
		"a timeline, no further":   {[]tui.Part{part(100, nil), part(109, first)}, part(109, first)},
		"an error":                 {[]tui.Part{part(100, first), {Err: failure, Last: true}}, tui.Part{Err: failure, Last: true}},
	} {
		l := &load{parts: make(chan tui.Part, 1)}
		for _, p := range c.sent {
			l.send(p)
		}
		got := <-l.parts
		if got.Done != c.want.Done || got.File.Timeline != c.want.File.Timeline || got.Err != c.want.Err || got.Last != c.want.Last {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
		select {
		case more := <-l.parts:
			t.Errorf("%s: there is another part: %+v", name, more)
		default:
		}
	}
}

// A panic of the goroutine that loads would end the program with the terminal as the
// viewer has it.
func TestPanicWhileLoadingIsAnError(t *testing.T) {
	c := &command{order: "oldest", builtIn: `[{"id":"a","date":"2024","title":"A"}]`, env: func(string) string { panic("broken") }}
	l := c.load(timeline.Query{}, nil, true)
	if part := <-l.parts; !part.Last || part.Err == nil || part.Err.Error() != "internal error while loading: broken" {
		t.Errorf("got %+v", part)
	}
	if err := l.wait(); err == nil {
		t.Error("the load has no error")
	}
}

// Marks are saved beside a file that has a name, unless nothing is to be saved.
func TestViewerSavesMarksOnlyOfNamedFiles(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		args    []string
		noState bool
		env     func(string) string
		unkept  string
	}{
		{nil, false, d.env(), ""},
		{[]string{"a.json"}, false, d.env(), ""},
		{[]string{"a.json"}, true, d.env(), "Marks and notes are not saved (--no-state)."},
		{[]string{"a.json", "-"}, false, d.env(), "Marks and notes are not saved: standard input has no name; --state FILE keeps them"},
		{[]string{"a.json"}, false, func(string) string { return "" }, "Marks and notes are not saved: there is no home directory"},
	} {
		command := &command{env: c.env, noState: c.noState}
		f := command.viewerFile(&opened{Timeline: timeline.New(timeline.About{}, nil, nil), args: c.args})
		if !strings.HasPrefix(f.Unkept, c.unkept) || (f.Unkept == "") != (c.unkept == "") || (f.SaveMargin == nil) != (c.unkept != "") {
			t.Errorf("%q, --no-state %t: saves %t, says %q; want %q", c.args, c.noState, f.SaveMargin != nil, f.Unkept, c.unkept)
		}
	}
}
