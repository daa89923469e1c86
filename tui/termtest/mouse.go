package termtest

import (
	"errors"
	"fmt"

	"github.com/charmbracelet/x/ansi"
)

// A Gesture is what is done with a mouse, as terminals report it (SGR, mode
// 1006).
type Gesture int

const (
	Press   Gesture = 0
	Drag    Gesture = 32
	Release Gesture = -1
	Up      Gesture = 64 // a turn of the wheel
	Down    Gesture = 65
)

// Mouse does something with the left button or the wheel over a cell. It is an
// error when the program has not taken the mouse: the terminal would select text.
func (t *Terminal) Mouse(g Gesture, x, y int) error {
	t.mu.Lock()
	taken := t.modes[ansi.ModeMouseButtonEvent] && t.modes[ansi.ModeMouseExtSgr]
	t.mu.Unlock()
	if !taken {
		return errors.New("termtest: the program has not taken the mouse")
	}
	if g == Release {
		return t.send(fmt.Sprintf("\x1b[<0;%d;%dm", x+1, y+1))
	}
	return t.send(fmt.Sprintf("\x1b[<%d;%d;%dM", g, x+1, y+1))
}
