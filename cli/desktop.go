package cli

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/atotto/clipboard"

	"dateline/timeline"
	"dateline/tui"
)

// editor returns the Edit function of tui.Config, or nil if the environment
// names no editor. VISUAL or EDITOR holds the program and its arguments; the text
// is passed as a file, and no shell is involved. The editor writes to the
// terminal itself, since Bubble Tea would give it the held output.
func editor(env func(string) string, terminal *os.File) func(text string) (*exec.Cmd, func() (string, error), error) {
	words := strings.Fields(cmp.Or(env("VISUAL"), env("EDITOR")))
	if len(words) == 0 {
		return nil
	}
	return func(text string) (*exec.Cmd, func() (string, error), error) {
		if _, err := exec.LookPath(words[0]); err != nil {
			return nil, nil, fmt.Errorf("editor %s not found; set VISUAL or EDITOR", words[0])
		}
		f, err := os.CreateTemp("", "dateline-*.txt")
		if err != nil {
			return nil, nil, err
		}
		path := f.Name()
		if text != "" {
			text += "\n" // editors expect the last line to end
		}
		_, err = f.WriteString(text)
		if err = cmp.Or(err, f.Close()); err != nil {
			os.Remove(path)
			return nil, nil, err
		}
		read := func() (string, error) {
			defer os.Remove(path)
			edited, err := os.ReadFile(path)
			return string(edited), err
		}
		cmd := exec.Command(words[0], append(words[1:], path)...)
		cmd.Stdout = terminal
		return cmd, read, nil
	}
}

// copier returns what takes a copied text beside the terminal, which gets it in
// any case: tmux, which by default drops the clipboard sequences of the programs in
// it, or else the clipboard of this machine, unless the reader is at another.
func copier(env func(string) string) *tui.Clipboard {
	if path, err := exec.LookPath("tmux"); err == nil && env("TMUX") != "" {
		return &tui.Clipboard{Name: "tmux's buffer", Write: func(text string) error {
			cmd := exec.Command(path, "load-buffer", "-w", "-") // which passes it to the terminal
			cmd.Stdin = strings.NewReader(text)
			return cmd.Run()
		}}
	}
	onDesktop := runtime.GOOS == "darwin" || runtime.GOOS == "windows" || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != "" || env("TERMUX_VERSION") != ""
	if clipboard.Unsupported || !onDesktop || env("SSH_CONNECTION") != "" || env("SSH_TTY") != "" {
		return nil
	}
	return &tui.Clipboard{Name: "this machine's clipboard", Write: clipboard.WriteAll}
}

var errNoBrowser = errors.New("no browser found")

// browserWait is how long the program that opens a browser has to fail.
const browserWait = 2 * time.Second

// browse opens a page in the default browser. It opens only http and https
// addresses, and involves no shell.
func browse(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("not a web address")
	}
	name, args := browser()
	if name == "" {
		return errNoBrowser
	}
	cmd := exec.Command(name, append(args, timeline.ASCIIAddress(address))...)
	if err := cmd.Start(); err != nil {
		return errNoBrowser
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return errNoBrowser
		}
	case <-time.After(browserWait):
		// It is still running, as a browser that it started would be.
	}
	return nil
}

// browser returns the program that opens an address on this system and its
// arguments before the address; name is empty if there is none.
func browser() (name string, args []string) {
	switch runtime.GOOS {
	case "darwin":
		return "open", nil
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}
	}
	for _, name := range []string{"xdg-open", "wslview"} {
		if _, err := exec.LookPath(name); err == nil {
			return name, nil
		}
	}
	return "", nil
}
