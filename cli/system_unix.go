//go:build unix && !aix

package cli

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// pipeWaits reports whether there are bytes in a pipe, without waiting for any.
func pipeWaits(f *os.File) bool {
	fds := []unix.PollFd{{Fd: int32(f.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0 && fds[0].Revents&unix.POLLIN != 0
}

// writable says why no file can be made in a folder.
func writable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

// interruptGroup interrupts this program and those started with it.
func interruptGroup() bool { return syscall.Kill(0, syscall.SIGINT) == nil }
