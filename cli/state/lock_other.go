//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package state

// closesFirst says whether only a closed file can be renamed, as on Windows.
const closesFirst = true

func (f file) lock() error { return errNoLocks }
