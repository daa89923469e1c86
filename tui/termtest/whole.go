package termtest

import (
	"regexp"
	"time"
)

// whole passes on what comes in chunks, joined where a grapheme cluster might
// lie across two of them: reads of a pty end anywhere.
func whole(chunks <-chan []byte, show func([]byte)) {
	for p := range chunks {
		for endsInText(p) && len(p) < 1<<20 {
			more, ok := nextChunk(chunks)
			if !ok {
				break
			}
			p = append(p, more...)
		}
		show(p)
	}
}

// nextChunk waits for as long as a program needs to go on with its write.
func nextChunk(chunks <-chan []byte) ([]byte, bool) {
	late := time.NewTimer(5 * time.Millisecond)
	defer late.Stop()
	select {
	case p, ok := <-chunks:
		return p, ok
	case <-late.C:
		return nil, false
	}
}

// endsInControl matches what ends in a control character or a whole escape
// sequence, after which a new cluster must begin.
var endsInControl = regexp.MustCompile(`(?:[\x00-\x1f]|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[\]])$`)

func endsInText(p []byte) bool {
	return !endsInControl.Match(p[max(0, len(p)-64):])
}
