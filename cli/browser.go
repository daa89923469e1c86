package cli

import (
	"errors"
	"net/url"
	"os/exec"
	"runtime"
	"time"
)

// browser returns the program that opens an address on this system, and its
// arguments before the address; none if there is none.
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

var errNoBrowser = errors.New("no browser here")

// browserTime is how long the program that opens a browser has to say that there
// is none.
const browserTime = 2 * time.Second

// browse opens a page in the reader's browser. Only http and https are
// opened, and no shell is asked.
func browse(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("not an address that a browser opens")
	}
	name, args := browser()
	if name == "" {
		return errNoBrowser
	}
	cmd := exec.Command(name, append(args, u.String())...)
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
	case <-time.After(browserTime):
		// It runs on, as a browser that it started does.
	}
	return nil
}
