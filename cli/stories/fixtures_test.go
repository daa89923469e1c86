package stories

import "dateline/cli/internal/fixture"

var (
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
