//go:build unix

package cli

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// suspensions watches for SIGTSTP. From another program it is told to asked, so
// that the terminal is given back first. The caller calls before when it is about
// to stop itself by that signal. While the terminal is lent to an editor, the
// program stops with it, as the shell expects.
func suspensions(lent *atomic.Bool) (asked <-chan struct{}, before, end func()) {
	signals, told := make(chan os.Signal, 1), make(chan struct{}, 1)
	var ready atomic.Bool
	signal.Notify(signals, syscall.SIGTSTP)
	go func() {
		for range signals {
			if lent.Load() || ready.Swap(false) {
				// Once watched, SIGTSTP never stops a Go program again.
				syscall.Kill(os.Getpid(), syscall.SIGSTOP)
			} else {
				told <- struct{}{}
			}
		}
	}()
	return told, func() { ready.Store(true) }, func() { signal.Stop(signals) }
}
