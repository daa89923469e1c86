//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// The size of the terminal that programs are measured in.
const width, height = 120, 40

// A terminal runs a program on a terminal that answers its queries. Each chunk of
// output is stamped when it is read and drawn afterwards, so drawing costs the
// measurement nothing.
type terminal struct {
	cmd     *exec.Cmd
	file    *os.File
	screen  *vt.Emulator
	started time.Time
	chunks  chan chunk // closed when the program has ended
}

type chunk struct {
	at   time.Time
	text []byte
}

// open starts a program with an environment of PATH, HOME and what a terminal
// sets.
func open(home string, w int, c command) (*terminal, error) {
	t := &terminal{cmd: exec.Command(c.name, c.args...), screen: vt.NewEmulator(w, height), chunks: make(chan chunk, 1<<12)}
	t.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8"}
	t.screen.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(params ansi.Params) bool {
		mode, _, _ := params.Param(0, 0)
		if ansi.DECMode(mode) != ansi.ModeSynchronizedOutput {
			return false
		}
		io.WriteString(t.screen.InputPipe(), ansi.ReportMode(ansi.ModeSynchronizedOutput, ansi.ModeReset))
		return true
	})
	t.started = time.Now()
	var err error
	if t.file, err = pty.StartWithSize(t.cmd, &pty.Winsize{Rows: height, Cols: uint16(w)}); err != nil {
		return nil, err
	}
	go io.Copy(t.file, t.screen) // the answers of the terminal
	go t.read()
	return t, nil
}

func (t *terminal) read() {
	defer close(t.chunks)
	for {
		buf := make([]byte, 1<<16)
		n, err := t.file.Read(buf)
		if n > 0 {
			t.chunks <- chunk{time.Now(), buf[:n]}
		}
		if err != nil {
			return
		}
	}
}

// close ends the program.
func (t *terminal) close() {
	t.cmd.Process.Kill()
	for range t.chunks {
	}
	t.cmd.Wait()
	t.file.Close()
	t.screen.InputPipe().(io.Closer).Close()
}

// shows waits until a text is on the screen, and returns the time from the start
// of the program to the chunk that completed the text.
func (t *terminal) shows(text string) (time.Duration, error) {
	late := time.After(time.Minute)
	for {
		select {
		case c, ok := <-t.chunks:
			if !ok {
				return 0, fmt.Errorf("%s ended before it showed %q:\n%s", t.cmd, text, t.screen)
			}
			t.screen.Write(c.text)
			if strings.Contains(t.screen.String(), text) {
				return c.at.Sub(t.started), nil
			}
		case <-late:
			return 0, fmt.Errorf("%s never showed %q:\n%s", t.cmd, text, t.screen)
		}
	}
}

// settle waits until nothing has been written for a while, and returns the number
// of bytes written before.
func (t *terminal) settle(quiet time.Duration) (written int) {
	for {
		select {
		case c, ok := <-t.chunks:
			if !ok {
				return written
			}
			t.screen.Write(c.text)
			written += len(c.text)
		case <-time.After(quiet):
			return written
		}
	}
}

// press types a key into a program at rest, and returns the time until it writes
// anything.
func (t *terminal) press(key string) (time.Duration, error) {
	pressed := time.Now()
	if _, err := t.file.WriteString(key); err != nil {
		return 0, err
	}
	select {
	case c, ok := <-t.chunks:
		if ok {
			t.screen.Write(c.text)
			return c.at.Sub(pressed), nil
		}
	case <-time.After(10 * time.Second):
	}
	return 0, fmt.Errorf("%s did not answer the key %q:\n%s", t.cmd, key, t.screen)
}
