package main

import (
	"sync"

	"github.com/charmbracelet/x/term"
)

// A curtain is a terminal that shows nothing until it is raised. The viewer starts
// behind it while its timeline is begun, and what is wrong with that is told on a
// screen that nothing has touched.
type curtain struct {
	term.File
	mu     sync.Mutex
	raised bool
	held   []byte // what was written before
}

func (c *curtain) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.raised {
		return c.File.Write(text)
	}
	c.held = append(c.held, text...)
	return len(text), nil
}

// raise writes what was held. That the terminal cannot be written to, the next
// writing says.
func (c *curtain) raise() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.held) > 0 {
		c.File.Write(c.held)
	}
	c.raised, c.held = true, nil
}
