package main

import (
	"os/exec"
	"runtime"
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
