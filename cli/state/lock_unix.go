//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package state

import (
	"errors"
	"syscall"
)

// closesFirst says whether only a closed file can be renamed.
const closesFirst = false

func (f file) lock() error {
	for {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		case err != nil:
			return errNoLocks // the file system has none
		default:
			return nil
		}
	}
}
