package cli

import (
	"errors"
	"net/url"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/atotto/clipboard"

	"dateline/timeline/text"
	"dateline/tui"
)

// copier returns what takes a copied text beside the terminal, which gets it in
// any case: tmux, which by default drops the clipboard sequences of the programs in
// it, or else the clipboard of this machine, unless the reader is at another.
func copier(env func(string) string) *tui.Clipboard {
	if env("TMUX") != "" {
		if path, err := exec.LookPath("tmux"); err == nil {
			return &tui.Clipboard{Name: "tmux's buffer", Write: func(text string) error {
				cmd := exec.Command(path, "load-buffer", "-w", "-") // which passes it to the terminal
				cmd.Stdin = strings.NewReader(text)
				return cmd.Run()
			}}
		}
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
	cmd := exec.Command(name, append(args, text.ASCIIAddress(address))...)
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
