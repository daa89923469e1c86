package format

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
)

// A Problem is something wrong with a file, said so that it can be mended: where,
// what, and what would be right.
type Problem struct {
	File    string
	Line    int    // from 1; 0 when the problem is with the file as a whole
	Column  int    // in characters, from 1
	Event   string // id, if known
	Field   string // name and value, if the problem is with one field
	Text    string
	Warning bool // what it concerns is kept
}

// String is one line, as compilers write them:
//
//	events.json:41:12: event "kitty-hawk": date "1903-13": there is no month 13
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Warning {
		b.WriteString("warning: ")
	}
	if p.Event != "" {
		fmt.Fprintf(&b, "event %q: ", p.Event)
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Text)
	return timeline.Clean(b.String())
}

// A Report says how reading went.
type Report struct {
	Problems []Problem
	Found    int // events in the files, sound or not
	LeftOut  int // of those, how many the timeline lacks
}

// Errors counts the problems that are not warnings.
func (r Report) Errors() int {
	n := 0
	for _, p := range r.Problems {
		if !p.Warning {
			n++
		}
	}
	return n
}

// A place is a position in a file.
type place struct {
	file *File
	at   int
}

func (p place) position() (line, column int) {
	before := p.file.Text[:min(p.at, len(p.file.Text))]
	line = strings.Count(before, "\n") + 1
	column = utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return line, column
}

func (p place) String() string {
	line, column := p.position()
	return fmt.Sprintf("%s:%d:%d", p.file.Name, line, column)
}
