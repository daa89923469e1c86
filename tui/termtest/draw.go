package termtest

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Draw shows one frame in a terminal of w by h cells and returns the screen.
// The frame is the content of a Bubble Tea view: lines joined by newlines,
// with their styles (SGR) and links (OSC 8). Like Bubble Tea, it clips lines
// that are too long and leaves out lines that are too many; a test that cares
// measures the frame itself.
func Draw(frame string, w, h int, light bool) *Screen {
	e := newEmulator(w, h, light)
	// Nobody reads what this terminal answers. With the pipe closed an answer
	// is dropped; with it open the first one would block for ever.
	e.InputPipe().(io.Closer).Close()

	// Truncate takes the same bytes amiss as x/vt does, so it gets them guarded.
	frame = string(e.osc.guard([]byte(frame)))
	for y, line := range strings.Split(frame, "\n") {
		if y == h {
			break
		}
		e.Emulator.WriteString(ansi.CursorPosition(1, y+1))
		e.Emulator.WriteString(ansi.Truncate(strings.TrimSuffix(line, "\r"), w, ""))
	}
	at := e.CursorPosition()
	return &Screen{Width: w, Height: h, CursorX: at.X, CursorY: at.Y, cells: copyCells(e)}
}
