package tui

import (
	"io"
	"os/exec"

	"dateline/timeline"
	"dateline/timeline/brief"
)

// Config is what the viewer is given.
type Config struct {
	// Load begins to read the timeline: first beside the drawing of the first
	// frame, when its error ends the viewer, and again whenever it may have changed.
	Load func() Loading
	// Changes tells when that may be. It may be nil.
	Changes <-chan struct{}
	Query   timeline.Query
	Newest  bool   // newest first
	At      string // where to begin: the id of an event, or a date as t takes it
	Today   string // for people: the day a brief is made
	Theme   Theme
	ASCII   bool // draw with ASCII only
	Mouse   bool // take the mouse, which F2 changes
	Keys    Keys // what the reader bound, without faults

	// Edit returns a command that has a text edited, and a function that reads
	// what came of it. It is nil where there is no editor.
	Edit func(text string) (*exec.Cmd, func() (string, error), error)

	// Copy keeps a text for pasting, beside what the terminal does with it. It is
	// nil where there is nothing to keep it.
	Copy func(text string) error

	// KeepTyped keeps the text being typed when the viewer has to end, and says
	// where. It is nil where nothing is kept.
	KeepTyped func(text string) (where string, err error)

	// Save writes a file by whole or not at all, and returns ErrExists rather than
	// write over one, unless told to. It is nil where nothing is written.
	Save func(path string, over bool, write func(io.Writer) error) error

	// Briefs are the forms in which briefs are written.
	Briefs []Writing[*brief.Brief]

	// Forms are the ways to copy sources, as citations.
	Forms []Form

	// Views reads the views that the reader keeps, SaveView keeps another, or the
	// same one changed, and RemoveView drops one. Those that are nil cannot be
	// done, and ViewsUnkept says why.
	Views       func() ([]View, error)
	SaveView    func(View) error
	RemoveView  func(name string) error
	ViewsUnkept string
	// Saved is the view that Query and Newest are of, if any, and then the one that
	// was shown last.
	Saved View

	// Browse opens an address in a browser. It is nil where there is none.
	Browse func(url string) error
}

// A Form is a way to write sources down.
type Form struct {
	Name  string // for people
	About string
	Write func([]timeline.Source) (string, error)
}

// A Theme says what colours are for.
type Theme string

// Auto asks the terminal whether it is dark, and is dark until it answers. Mono
// has no colours: bold, faint and reverse say what there is to say.
const (
	Auto  Theme = "auto"
	Light Theme = "light"
	Dark  Theme = "dark"
	Mono  Theme = "mono"
)

// A File is a timeline and what is known of where it was read.
type File struct {
	Timeline *timeline.Timeline
	Name     string        // for people
	Digest   func() string // hexadecimal SHA-256
	Margin   timeline.Margin
	LeftOut  string   // says what could not be read; empty when all was
	Problems []string // a line each

	// SaveMargin keeps the reader's marks and notes. It is nil when they are not
	// kept, and Unkept says so.
	SaveMargin func(timeline.Margin) error
	Unkept     string

	// Exports are the forms in which its events are written.
	Exports []Writing[Selection]

	// Since says what is new of what a query selects since the last brief that was
	// saved. It may be nil.
	Since func(timeline.Query) (*brief.Changes, error)

	// Briefed is told when a brief of it was saved. It may be nil.
	Briefed func() error
}
