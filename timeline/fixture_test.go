package timeline_test

import shared "dateline/timeline/internal/fixture"

var (
	day      = shared.Day
	query    = shared.Query
	ids      = shared.IDs
	register = shared.Register
	fixture  = shared.Timeline
	shipped  = shared.Shipped
)
