package cli

import (
	"sync"

	"github.com/charmbracelet/x/term"
)

// A curtain is a terminal that shows nothing until it is raised. The viewer starts
// behind it while its timeline is begun, and what is wrong with that is told on a
// screen that nothing has touched.
type curtain struct {
	term.File
	mu   sync.Mutex
	up   bool   // what is written is shown
	gone bool   // nothing will be shown any more
	held []byte // what was written before it was up
}

func (c *curtain) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.up {
		return c.File.Write(text)
	}
	c.held = append(c.held, text...)
	return len(text), nil
}

// raise shows what was written, unless the curtain was dropped. That the terminal
// cannot be written to, the next writing says.
func (c *curtain) raise() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.up || c.gone {
		return
	}
	c.File.Write(c.held)
	c.up, c.held = true, nil
}

// drop leaves the terminal as it is.
func (c *curtain) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone, c.held = true, nil
}
