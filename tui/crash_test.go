package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A panic in Update, in View or in a command ends the program, and the reader's
// work is saved first.
func TestCrashSavesWhatTheReaderWrote(t *testing.T) {
	for name, fail := range map[string]func(g *guarded){
		"Update": func(g *guarded) {
			g.Load = func() Loading { panic("no such file\nat all") }
			g.Update(changedMsg{})
		},
		"View": func(g *guarded) {
			g.styles = nil
			g.View()
		},
		"a command": func(g *guarded) {
			g.do(func() tea.Msg { panic("in a command") })
			g.do(func() tea.Msg { return nil })
			_, cmd := g.Update(nil)
			runAll(cmd)
		},
	} {
		file := events(t, 1, "a")
		saved := savedMargin{err: errors.New("the disk is full")}
		file.SaveMargin = saved.save
		ctx, end := context.WithCancelCause(t.Context())
		g := &guarded{model: start(t, file, 100, 30, ""), ctx: ctx, end: end}
		kept := ""
		g.KeepDraft = func(id, text string) (string, error) { kept = text; return "/state/note.txt", nil }
		press(g.model, "m", "e", "a note")
		before := g.View()
		saved.err = nil
		fail(g)
		var fault *crash
		if !errors.As(context.Cause(ctx), &fault) {
			t.Fatalf("a panic in %s goes unnoticed", name)
		}
		g.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
		if typed(g.model) != "a note" || g.View().Content != before.Content {
			t.Errorf("after a panic in %s the viewer goes on", name)
		}
		err := g.rescue(fault)
		if len(saved.now.Marks) != 1 || kept != "a note" {
			t.Errorf("a panic in %s: saved %v and %q", name, saved.now.Marks, kept)
		}
		if got := err.Error(); !strings.HasPrefix(got, "internal error in tui") || !strings.HasSuffix(got, "; marks and notes are saved; your note on a is in /state/note.txt") || strings.ContainsAny(got, "\n") {
			t.Errorf("a panic in %s is told as %q", name, got)
		}
	}
}

func runAll(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, cmd := range batch {
			runAll(cmd)
		}
	}
}

// Where the text being typed cannot be saved, the error has it.
func TestCrashTellsTheTextThatCannotBeKept(t *testing.T) {
	m := start(t, events(t, 1, "a"), 100, 30, "")
	press(m, "f", "actor:x")
	if got, want := m.rescue(&crash{where: "here", why: "why"}).Error(), "internal error in here: why; you were typing “actor:x”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A screen keeps the output, and tells when the viewer has begun.
type screen struct {
	bytes.Buffer
	shown chan struct{}
	once  sync.Once
}

func (s *screen) Write(p []byte) (int, error) {
	n, err := s.Buffer.Write(p)
	if strings.Contains(s.String(), "\x1b[?1049h") {
		s.once.Do(func() { close(s.shown) })
	}
	return n, err
}

// A crash printed a stack with the paths of the building machine over the screen.
func TestCrashRestoresTheTerminalAndIsOneLine(t *testing.T) {
	parts := make(chan Part, 1)
	parts <- Part{File: events(t, 1, "a"), Last: true}
	cfg := Config{
		Load: func() Loading { return Loading{Parts: parts, Shown: func() {}, Stop: func() {}} },
		Copy: &Clipboard{Write: func(string) error { var none []int; return errors.New(string(rune(none[2]))) }},
	}
	in, keyboard := io.Pipe()
	out := screen{shown: make(chan struct{})}
	go func() {
		<-out.shown
		io.WriteString(keyboard, "y")
	}()
	err := Run(t.Context(), cfg, in, &out, []string{"TERM=xterm-256color"})
	if err == nil || !strings.HasPrefix(err.Error(), "internal error in tui.TestCrash") || !strings.HasSuffix(err.Error(), "index out of range [2] with length 0") || strings.Contains(err.Error(), "/") {
		t.Errorf("the error is %q", err)
	}
	if on, off := strings.LastIndex(out.String(), "\x1b[?1049h"), strings.LastIndex(out.String(), "\x1b[?1049l"); on < 0 || off < on {
		t.Errorf("the terminal is left in its other screen: %q", out.String())
	}
}
