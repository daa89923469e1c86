package main

import (
	"io"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"dateline/tui"
)

// view opens the viewer or, where there is no terminal, prints the list.
func (c *command) view(_ *cobra.Command, args []string) error {
	query, err := c.query()
	if err != nil {
		return err
	}
	load := sync.OnceValues(func() (*opened, error) { return c.open(args) })
	if len(args) > 0 {
		// What is no timeline is said before the screen is touched. The
		// timeline inside is read beside the drawing of the first frame.
		if _, err := load(); err != nil {
			return err
		}
	} else {
		go load()
	}
	out, onTerminal := c.out.(*os.File)
	onTerminal = onTerminal && term.IsTerminal(out.Fd()) && os.Getenv("TERM") != "dumb"
	in, err := keyboard(c.in)
	if !onTerminal || err != nil {
		o, err := load()
		if err != nil {
			return err
		}
		return c.printList(o)
	}
	if in != c.in {
		defer in.Close()
	}
	err = tui.Run(tui.Config{
		Load: func() (tui.File, error) {
			o, err := load()
			if err != nil {
				return tui.File{}, err
			}
			return tui.File{Timeline: o.Timeline, Name: o.name, Digest: o.digest, LeftOut: o.leftOut(), Problems: o.problems()}, nil
		},
		Query:  query,
		Newest: c.order == "newest",
		Today:  c.date(),
		Browse: browse,
	}, in, out, os.Environ())
	if err != nil {
		return fail(err)
	}
	return nil
}

// keyboard returns where keys come from: standard input or, when that is not a
// terminal, the terminal itself.
func keyboard(in io.Reader) (*os.File, error) {
	if f, ok := in.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return f, nil
	}
	return os.Open("/dev/tty")
}
