//go:build !unix

package cli

// suspensions are unknown to this system.
func suspensions() (asked <-chan struct{}, before, end func()) { return nil, nil, func() {} }
