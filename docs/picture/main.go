// Picture draws the screen of a program as an SVG file, for the documentation.
//
//	go run ./docs/picture [-w 120] [-h 36] [-light] [-film] [-keys 'a putin enter'] [-o docs/screen.svg] PROGRAM [ARG...]
//
// It runs PROGRAM in a terminal of w by h cells, types the keys, each once the
// screen has settled, and writes the last screen to the file or to standard output.
// Keys are separated by spaces and named as in termtest: a name ("enter", "ctrl+l",
// "space") or text. With -film it writes all screens, one after another for ever;
// a duration among the keys, such as 1.5s, is how much longer a screen stays.
//
// The environment of PROGRAM is PATH alone; env adds to it:
//
//	go run ./docs/picture -o plain.svg env NO_COLOR=1 ./dateline
//
// Other programs turn SVG into PNG:
//
//	rsvg-convert --zoom 2 -o screen.png screen.svg
//	chromium --headless=new --hide-scrollbars --window-size=1112,680 --screenshot=screen.png file://$PWD/screen.svg
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline/tui/termtest"
)

func main() {
	p, err := parse(os.Args[1:], os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		os.Exit(2) // parse has printed the reason
	}
	if err := p.draw(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

// A picture is a parsed command line.
type picture struct {
	terminal termtest.Options
	keys     []string
	film     bool
	output   string // "" for standard output
	program  []string
}

func parse(args []string, stderr io.Writer) (*picture, error) {
	var p picture
	f := flag.NewFlagSet("picture", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprintln(stderr, "usage: picture [flags] PROGRAM [ARG...]")
		f.PrintDefaults()
	}
	f.IntVar(&p.terminal.Width, "w", 120, "width in `cells`")
	f.IntVar(&p.terminal.Height, "h", 36, "height in `cells`")
	f.BoolVar(&p.terminal.Light, "light", false, "a light terminal instead of a dark one")
	f.BoolVar(&p.film, "film", false, "all screens in turn instead of the last one")
	keys := f.String("keys", "", "`keys` to type, separated by spaces")
	f.StringVar(&p.output, "o", "", "the `file` to write (default standard output)")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	p.keys, p.program = strings.Fields(*keys), f.Args()
	if len(p.program) == 0 || p.terminal.Width < 1 || p.terminal.Height < 1 {
		f.Usage()
		return nil, errors.New("nothing to draw")
	}
	return &p, nil
}

func (p *picture) draw(stdout io.Writer) error {
	frames, err := p.frames()
	if err != nil {
		return err
	}
	if !p.film {
		frames = frames[len(frames)-1:]
	}
	if p.output == "" {
		return termtest.Film(stdout, frames, p.terminal.Light)
	}
	return replace(p.output, func(w io.Writer) error { return termtest.Film(w, frames, p.terminal.Light) })
}

// pace is how long a screen stays at least.
const pace = 200 * time.Millisecond

// frames returns the screens of the program: the first, and that after each key.
func (p *picture) frames() ([]termtest.Frame, error) {
	t, err := termtest.Start(p.terminal, p.program[0], p.program[1:]...)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	frames := []termtest.Frame{{Screen: t.Settle(), Stays: pace}}
	for _, key := range p.keys {
		if longer, err := time.ParseDuration(key); err == nil {
			frames[len(frames)-1].Stays += longer
			continue
		}
		if err := t.Type(key); err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		frames = append(frames, termtest.Frame{Screen: t.Settle(), Stays: pace})
	}
	return frames, nil
}

// replace writes the file in one step, so that it is never half written.
func replace(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".picture-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
