package termtest

import (
	"fmt"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Screen is what the terminal shows now.
func (t *Terminal) Screen() *Screen {
	s, _ := t.look()
	return s
}

// look is the screen, and a channel that is closed once it may have changed.
func (t *Terminal) look() (*Screen, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held != nil {
		return t.held, t.changed
	}
	return t.snapshot(), t.changed
}

func (t *Terminal) snapshot() *Screen {
	at := t.emu.CursorPosition()
	return &Screen{
		Width: t.emu.Width(), Height: t.emu.Height(),
		CursorX: at.X, CursorY: at.Y,
		CursorVisible: t.modes[ansi.ModeTextCursorEnable],
		Title:         t.title,
		AltScreen:     t.emu.IsAltScreen(),
		cells:         copyCells(t.emu),
	}
}

// Title is the window title the program set last.
func (t *Terminal) Title() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.title
}

// Clipboard is the text the program put on the clipboard last (OSC 52).
func (t *Terminal) Clipboard() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.clipboard
}

// AltScreen reports whether the program has the screen for itself.
func (t *Terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emu.IsAltScreen()
}

// Written is the number of bytes the program has written so far.
func (t *Terminal) Written() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.written
}

// Wait returns the first screen that is ok. It looks each time something
// arrives. The error, when time runs out or the program ends first, shows the
// last screen; that screen is returned with it.
func (t *Terminal) Wait(timeout time.Duration, ok func(*Screen) bool) (*Screen, error) {
	late := time.NewTimer(timeout)
	defer late.Stop()
	for {
		// Asked before looking, so that a program which is over is looked at
		// once more.
		over := t.isOver()
		s, changed := t.look()
		if ok(s) {
			return s, nil
		}
		if over {
			return s, fmt.Errorf("the program ended with code %d, and the screen is\n%s", t.code(), s.Golden())
		}
		select {
		case <-changed:
		case <-t.over:
		case <-late.C:
			s = t.Screen()
			if ok(s) {
				return s, nil
			}
			return s, fmt.Errorf("after %v the screen is still\n%s", timeout, s.Golden())
		}
	}
}

// WaitText returns the first screen that contains want, within 10 seconds.
func (t *Terminal) WaitText(want string) (*Screen, error) {
	s, err := t.Wait(10*time.Second, func(s *Screen) bool { return s.Contains(want) })
	if err != nil {
		return s, fmt.Errorf("waiting for %q: %w", want, err)
	}
	return s, nil
}

// Exit waits until the program ends by itself and returns its exit code, -1
// if a signal killed it. The error, when time runs out, shows the screen.
func (t *Terminal) Exit(timeout time.Duration) (code int, err error) {
	select {
	case <-t.over:
	case <-time.After(timeout):
	}
	if !t.isOver() {
		return -1, fmt.Errorf("after %v the program still runs; the screen is\n%s", timeout, t.Screen().Golden())
	}
	return t.code(), nil
}

func (t *Terminal) isOver() bool {
	select {
	case <-t.over:
		return true
	default:
		return false
	}
}

func (t *Terminal) code() int { return t.cmd.ProcessState.ExitCode() }

// Settle returns the screen once the program has answered the last key, paste
// or resize and then written nothing for 60 ms. A program that does not answer
// a key within half a second is taken to have nothing to say, and one that
// never stops is not waited for beyond 10 seconds. Prefer WaitText where the
// text to come is known: it cannot be too early.
func (t *Terminal) Settle() *Screen {
	limit := time.Now().Add(10 * time.Second)
	for {
		t.mu.Lock()
		changed, due := t.changed, t.quiet.due()
		t.mu.Unlock()
		if due.After(limit) {
			due = limit
		}
		wait := time.NewTimer(time.Until(due))
		select {
		case <-changed:
			wait.Stop()
			if time.Now().Before(limit) {
				continue
			}
		case <-wait.C:
		case <-t.over:
			wait.Stop()
		}
		return t.Screen()
	}
}

const (
	settling      = 60 * time.Millisecond  // silence that ends a frame
	keyPatience   = 500 * time.Millisecond // for an answer to a key
	startPatience = 10 * time.Second       // for the first output
)

// quiet knows since when nothing has happened.
type quiet struct {
	soonest, latest time.Time // when the last input may and must have its answer
	heard           time.Time // last output
	answered        bool      // there was output after the last input
}

// expect notes an input. The program takes at least so long to answer it, and
// does not answer it if it has not within patience.
func (q *quiet) expect(least, patience time.Duration) {
	now := time.Now()
	q.soonest, q.latest, q.answered = now.Add(least), now.Add(patience), false
}

func (q *quiet) arrived() { q.heard, q.answered = time.Now(), true }

// due is when it will have been quiet for long enough.
func (q *quiet) due() time.Time {
	if !q.answered {
		return q.latest
	}
	if q.heard.Before(q.soonest) {
		return q.soonest.Add(settling)
	}
	return q.heard.Add(settling)
}
