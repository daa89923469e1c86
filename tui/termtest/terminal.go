package termtest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Options describe a terminal. The zero value is a dark one of 80 by 24 cells.
type Options struct {
	Width, Height int
	Light         bool     // a white background instead of a dark one
	Env           []string // "NAME=value", on top of what Start sets
	Dir           string   // where the program runs; here if empty
	NoReplies     bool     // answer no query at all, as some terminals do
	Graphemes     bool     // grant grapheme clusters (mode 2027) when asked
}

// A Terminal is a program and the terminal it runs in. Its methods may be
// called from several goroutines.
type Terminal struct {
	cmd  *exec.Cmd
	pty  *os.File
	home string        // the temporary HOME, "" if the options name one
	over chan struct{} // closed when the program has ended and all it wrote is shown
	work sync.WaitGroup

	typing  sync.Mutex // one key at a time
	escaped time.Time  // when the escape key was last pressed

	mu        sync.Mutex // guards all below
	emu       *emulator
	modes     map[ansi.Mode]bool
	title     string
	clipboard string
	written   int64
	frames    int           // that were written between the sequences of mode 2026
	held      *Screen       // what is shown while the program updates the screen
	changed   chan struct{} // closed, and made anew, when something arrives

	quiet quiet
}

// Start runs a program in a new terminal. Its environment is PATH alone, with TERM
// xterm-256color, COLORTERM truecolor, LANG C.UTF-8 and as HOME an empty folder
// that Close removes, unless opt.Env says otherwise.
func Start(opt Options, name string, args ...string) (*Terminal, error) {
	if opt.Width == 0 && opt.Height == 0 {
		opt.Width, opt.Height = 80, 24
	}
	t := &Terminal{
		over:    make(chan struct{}),
		changed: make(chan struct{}),
		emu:     newEmulator(opt.Width, opt.Height, opt.Light),
		modes:   map[ansi.Mode]bool{ansi.ModeTextCursorEnable: true},
	}
	t.listen(opt)

	t.cmd = exec.Command(name, args...)
	t.cmd.Dir = opt.Dir
	env, err := t.environment(opt.Env)
	if err != nil {
		return nil, err
	}
	t.cmd.Env = env
	t.quiet.expect(0, startPatience)
	t.pty, err = pty.StartWithSize(t.cmd, winsize(opt.Width, opt.Height))
	if err != nil {
		t.removeHome()
		return nil, fmt.Errorf("termtest: %w", err)
	}
	t.work.Go(func() { t.reply(opt.NoReplies) })
	t.work.Go(t.run)
	return t, nil
}

func (t *Terminal) environment(extra []string) ([]string, error) {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
	for _, e := range extra {
		if strings.HasPrefix(e, "HOME=") {
			return append(env, extra...), nil
		}
	}
	home, err := os.MkdirTemp("", "termtest-")
	if err != nil {
		return nil, err
	}
	t.home = home
	return append(append(env, "HOME="+home), extra...), nil
}

// listen registers for events that the emulator's grid does not show. Call it before
// anything is written.
func (t *Terminal) listen(opt Options) {
	t.emu.answer(opt.Graphemes, func(m ansi.Mode) bool { return t.modes[m] })
	t.emu.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { t.setMode(m, true) },
		DisableMode: func(m ansi.Mode) { t.setMode(m, false) },
	})
	setTitle := func(data []byte) bool { t.title = afterSemicolon(data); return true }
	t.emu.RegisterOscHandler(0, setTitle)
	t.emu.RegisterOscHandler(2, setTitle)
	t.emu.RegisterOscHandler(52, func(data []byte) bool {
		_, text, _ := strings.Cut(afterSemicolon(data), ";")
		if b, err := base64.StdEncoding.DecodeString(text); err == nil {
			t.clipboard = string(b)
		}
		return true
	})
}

// setMode notes a mode, and freezes the screen while the program asks for that (mode
// 2026), so that no snapshot shows half a frame. The cursor's visibility is read
// from here, because x/vt keeps one for each screen and terminals keep one.
func (t *Terminal) setMode(m ansi.Mode, on bool) {
	if m == ansi.ModeSynchronizedOutput {
		t.held = nil
		if on {
			t.held = t.snapshot()
			t.frames++
		}
	}
	t.modes[m] = on
}

// reply sends the terminal's answers to the program. They must always be read, or
// the emulator stops at the first.
func (t *Terminal) reply(discard bool) {
	if discard {
		io.Copy(io.Discard, t.emu)
		return
	}
	buf := make([]byte, 4096)
	for {
		n, err := t.emu.Read(buf)
		if err != nil {
			return
		}
		t.quiet.replied()
		t.pty.Write(buf[:n]) // an error means that the program is gone
	}
}

// run draws the program's output until it ends.
func (t *Terminal) run() {
	chunks := make(chan []byte)
	go func() {
		defer close(chunks)
		for {
			buf := make([]byte, 32<<10)
			n, err := t.pty.Read(buf)
			if n > 0 {
				chunks <- buf[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		whole(chunks, t.show)
	}()

	t.cmd.Wait() // its error is the exit code, which the state has too
	select {
	case <-shown:
	case <-time.After(time.Second): // a child of the program holds the terminal
	}
	t.mu.Lock()
	t.held = nil
	t.mu.Unlock()
	close(t.over)
}

func (t *Terminal) show(p []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emu.Write(p)
	t.written += int64(len(p))
	t.quiet.arrived(t.emu)
	close(t.changed)
	t.changed = make(chan struct{})
}

// Close kills the program if it still runs, and releases everything but the screen,
// which can still be read. A second call does nothing.
func (t *Terminal) Close() error {
	t.cmd.Process.Kill() // an error means that it has ended
	<-t.over
	t.emu.InputPipe().(io.Closer).Close() // the emulator's own Close would race with Read
	t.work.Wait()
	if err := t.pty.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return t.removeHome()
}

func (t *Terminal) removeHome() error {
	if t.home == "" {
		return nil
	}
	return os.RemoveAll(t.home)
}

// Resize changes the size of the terminal, and tells the program.
func (t *Terminal) Resize(w, h int) error {
	t.mu.Lock()
	t.held = nil
	t.emu.Resize(w, h)
	t.quiet.expect(0, keyPatience)
	t.mu.Unlock()
	return pty.Setsize(t.pty, winsize(w, h))
}

func winsize(w, h int) *pty.Winsize {
	return &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}
}
