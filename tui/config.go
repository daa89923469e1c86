package tui

import (
	"io"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
)

// Config is all that the viewer is given.
type Config struct {
	// Load begins to read the timeline: the first time while the first frame is
	// drawn, when an error ends the viewer, and again whenever it may have changed.
	Load func() Loading
	// Store is where the events come from, if more may be there than are loaded; else
	// it is nil.
	Store Store
	// Changes tells when that is. It may be nil.
	Changes <-chan struct{}
	Query   timeline.Query
	Newest  bool      // newest first
	At      string    // where to begin: the id of an event, or a date as the go-to prompt takes it
	Today   edtf.Date // the day of a brief
	Theme   Theme
	ASCII   bool // draw with ASCII only
	Mouse   bool // enable the mouse (F2 toggles)
	Line    bool // answer each key with a line of text, and draw nothing
	Keys    Keys // the reader's bindings, without faults

	// Stops tells that another program asks the viewer to suspend itself, as
	// "kill -TSTP" does. Suspending is called before it does so, whoever asked. Each
	// may be nil.
	Stops      <-chan struct{}
	Suspending func()

	// Plain writes an event as paragraphs of plain text, the sources last and the
	// claims and answers before them. Line needs it.
	Plain func(t *timeline.Timeline, event int) []string

	// Edit has the reader edit the note on an event in an editor, which has the
	// terminal, and returns its text. After an error the text is a draft. It is nil
	// where there is no editor.
	Edit func(id, note string) (string, error)

	// Draft finds a note on an event that was written but not saved, KeepDraft keeps
	// one and says where, and DropDraft removes it. They may be nil.
	Draft     func(id string) (note string, ok bool)
	KeepDraft func(id, note string) (where string, err error)
	DropDraft func(id string)

	// Copy takes a copied text in addition to the terminal. It may be nil.
	Copy *Clipboard

	// KeepTyped saves the text being typed when the viewer has to end, and says
	// where. It may be nil.
	KeepTyped func(text string) (where string, err error)

	// History reads what was typed in prompts before, by kind of prompt, the last
	// entry last. Remember keeps another entry, and does not wait until it is
	// written. Each may be nil.
	History  func() map[string][]string
	Remember func(kind, typed string)

	// Save writes a file completely or not at all. It returns ErrExists instead of
	// overwriting one, unless over is set. It is nil where nothing is written.
	Save func(path string, over bool, write func(io.Writer) error) error

	// Briefs are the formats of briefs.
	Briefs []Writing[*brief.Brief]

	// Forms are the ways to copy sources as citations.
	Forms []Form

	// Views reads the saved views, SaveView adds or replaces one, and RemoveView
	// removes one. Each may be nil, and ViewsUnkept says why.
	Views       func() ([]View, error)
	SaveView    func(View) error
	RemoveView  func(name string) error
	ViewsUnkept string
	// Saved is the view of Query and Newest, if any, and later the one shown last.
	Saved View

	// Browse opens an address in a browser. Where it is nil, the address is copied.
	Browse func(url string) error

	// Remote is the terminal, if it is at another machine, or nil.
	Remote *Remote
	// Shared is what this viewer shares with others in the process. It may be nil.
	Shared *Shared
}

// A Clipboard keeps the text copied last.
type Clipboard struct {
	Name  string // for people
	Write func(text string) error
}

// A Form is a way to write sources.
type Form struct {
	Name  string // for people
	About string
	Write func([]timeline.Source) (string, error)
}

// A Theme chooses the colours.
type Theme string

// Auto asks the terminal whether it is dark, and is dark until it answers. Mono
// has no colours, only bold, faint and reverse.
const (
	Auto  Theme = "auto"
	Light Theme = "light"
	Dark  Theme = "dark"
	Mono  Theme = "mono"
)

// A File is a timeline with what is known about its source.
type File struct {
	Timeline *timeline.Timeline
	Name     string        // for people
	Digest   func() string // hexadecimal SHA-256
	Margin   timeline.Margin
	LeftOut  string   // what could not be read; empty when everything was
	Problems []string // a line each
	Faults   int      // of those, how many are errors
	Fault    string   // the first of them
	Lost     int      // how many events they cost

	// SaveMargin saves changes of the reader's marks and notes, and returns all that
	// are saved then, those of other viewers included. It is nil when they are not
	// saved, and Unkept says so.
	SaveMargin func(timeline.MarginEdit) (timeline.Margin, error)
	Unkept     string

	// Exports are the formats of its events.
	Exports []Writing[Selection]

	// Since returns what is new among a query's events since the last saved brief.
	// It may be nil.
	Since func(timeline.Query) (*brief.Changes, error)

	// Briefed is called when a brief of it was saved. It may be nil.
	Briefed func() error
}
