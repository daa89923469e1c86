package termtest

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Screen returns the current screen.
func (t *Terminal) Screen() *Screen {
	s, _ := t.look()
	return s
}

// look returns the screen, and a channel that is closed once it may have changed.
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

// Title returns the window title that the program set last.
func (t *Terminal) Title() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.title
}

// Clipboard returns the text that the program last put on the clipboard (OSC 52).
func (t *Terminal) Clipboard() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.clipboard
}

// Mode reports whether the program has set a mode.
func (t *Terminal) Mode(m ansi.Mode) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.modes[m]
}

// Frames returns how many frames the program has asked to be shown whole.
func (t *Terminal) Frames() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.frames
}

// Turn makes the terminal light or dark, and tells a program that has asked for it.
func (t *Terminal) Turn(light bool) {
	t.mu.Lock()
	p := paletteFor(light)
	t.emu.SetDefaultBackgroundColor(p.background)
	t.emu.SetDefaultForegroundColor(p.foreground)
	asked := t.modes[ansi.ModeLightDark]
	t.mu.Unlock()
	if asked {
		t.send(ansi.LightDarkReport(!light))
	}
}

// PID returns the process id of the program.
func (t *Terminal) PID() int { return t.cmd.Process.Pid }

// AltScreen reports whether the program uses the alternate screen.
func (t *Terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emu.IsAltScreen()
}

// Written returns the number of bytes the program has written so far.
func (t *Terminal) Written() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.written
}

// Wait returns the first screen that is ok, looking each time output arrives. If
// time runs out or the program ends first, it returns the last screen and an error
// that shows it.
func (t *Terminal) Wait(timeout time.Duration, ok func(*Screen) bool) (*Screen, error) {
	late := time.NewTimer(timeout)
	defer late.Stop()
	for {
		// Read before looking, so that the screen of an ended program is checked
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

// Settle returns the screen once the program has answered the last input (a key, a
// paste, a resize, or the terminal's answer to a query) and then written nothing
// for 60 ms. It waits half a second for an answer to begin, ten seconds for the
// first one, and ten for it to end. Prefer WaitText where the text to come is known:
// it cannot be too early.
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
			if now := time.Now(); t.quiet.due().After(now) && now.Before(limit) {
				continue // the terminal has answered a query
			}
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

// quiet records when something last happened. It has a lock of its own, because the
// emulator, while it draws, waits until its answers are taken.
type quiet struct {
	mu              sync.Mutex
	soonest, latest time.Time // when the last input may and must have its answer
	heard           time.Time // last output
	answered        bool      // there was output after the last input
	drawn           bool      // something visible was drawn
}

// expect notes an input. The program takes at least the given time to answer it, and
// is taken not to answer once patience has passed.
func (q *quiet) expect(least, patience time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	q.soonest, q.latest, q.answered = now.Add(least), now.Add(patience), false
}

// replied notes an answer of the terminal, which the program may answer in turn.
func (q *quiet) replied() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.drawn {
		q.latest, q.answered = time.Now().Add(keyPatience), false
	}
}

// arrived notes output. Queries and modes alone are not an answer.
func (q *quiet) arrived(screen fmt.Stringer) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.drawn = q.drawn || strings.TrimSpace(screen.String()) != ""; q.drawn {
		q.heard, q.answered = time.Now(), true
	}
}

// due returns the time when it will have been quiet for long enough.
func (q *quiet) due() time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.answered {
		return q.latest
	}
	if q.heard.Before(q.soonest) {
		return q.soonest.Add(settling)
	}
	return q.heard.Add(settling)
}
