//go:build !unix || aix

package cli

import "os"

// pipeWaits is not known here.
func pipeWaits(*os.File) bool { return false }

// writable is not known here.
func writable(dir string) error { return nil }

// interruptGroup is unknown to this system.
func interruptGroup() bool { return false }
