package timeline

// TextOf is the folded text of a timeline of one event.
func TextOf(t *Timeline) string { return string(t.text.passages[0].text) }

// Share and Split do work from several goroutines.
var (
	Share     = share
	Split     = split
	Stretches = stretches
)

// ParallelMin is how many events Split shares out.
const ParallelMin = parallelMin
