package cli

import (
	"io"
	"testing"

	"dateline/cli/internal/fixture"
)

var (
	builtIn       = fixture.BuiltIn
	builtInEvents = fixture.Events
	involving     = fixture.Involving
	write         = fixture.Write
	writeLarge    = fixture.WriteLarge
	home          = fixture.Home
	holds         = fixture.Holds
	hostile       = fixture.Hostile
	eventOfEach   = fixture.EventOfEach
)

const (
	threeEvents = fixture.ThreeEvents
	oneEvent    = fixture.OneEvent
)

type builtInEvent = fixture.Event

func run(args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	return Run(builtIn, args, env, in, out, errs)
}

// plain fails the test if text does more to a terminal than print.
func plain(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if r < ' ' && r != '\n' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			t.Fatalf("%q is in plain output:\n%s", r, text)
		}
	}
}
