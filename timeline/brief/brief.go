// Package brief makes the page that a person takes into a meeting. It chooses the
// events that matter most, tells them in whole sentences beside their denials,
// fits them to paper or to a reading time, lists the changes since the last brief,
// and writes text, Markdown, HTML and JSON.
//
//	b := brief.New(t, q, brief.Options{Paper: brief.A4})
//	err := brief.WriteText(os.Stdout, b)
package brief

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Brief is the events that a query selects, or as many as fit, with their
// footnotes. It repeats the file and judges nothing. It holds only what fits, and
// its writers leave nothing out.
type Brief struct {
	Options
	Query    timeline.Query
	Scope    string // the query in words
	Period   string // of the selected events, in words
	Reach    string // how far the data reach, if that is long before the brief is made
	Language string // of the timeline's text (BCP 47), if known

	Events    []Entry // in order: key points, and lines of the chronology
	Denied    []Pair  // claims and denials, unless a key point has both
	Answered  []Pair  // statements and replies to them
	People    []Mention
	Profile   *Profile // of the one person whom the query names, or nil
	Notes     []Note   // the reader's, if they are asked for
	OneOrigin []Origin
	Sources   []Footnote // Sources[0] is footnote 1

	Selected  int               // events that the query selects
	Total     int               // events in the timeline
	Uncertain int               // see Selection
	Musts     int               // selected events of the highest tier
	Dropped   []*timeline.Event // selected but not shown, the most important first; at most 100

	draft *draft
	of    detail
	words int // see Words
}

// Options are the facts and limits that a timeline does not have.
type Options struct {
	Title      string    // else the timeline's
	BottomLine string    // else the timeline's, else a line to write on
	AsOf       edtf.Date // the day it is made
	File       string    // name of the file with the events
	Digest     string    // hexadecimal SHA-256 of that file
	LeftOut    string    // the unreadable part of the file; empty if all was read
	Newest     bool      // newest first
	Paper      Paper     // fit it on one page of this paper
	Minutes    float64   // fit it into this time of reading aloud; 0 is no limit
	WithNotes  bool      // with the reader's notes
	Annex      bool      // with full citations on pages of their own
	Since      *Changes  // nil if not asked for
}

// An Entry is an event in a brief.
type Entry struct {
	*timeline.Event
	Point  int    // its number among the key points; 0 is a line of the chronology
	Title  string // of the event; cut on paper if very long
	Tier   timeline.Tier
	New    bool   // since the last brief
	Text   string // whole sentences of the summary, with the numbers of the brief's footnotes; empty for a line
	Denial string // who denies it, where another event does
	Caveat string // of the event, if it fits
	Notes  []int  // its footnotes
	Beside []int  // footnotes that Text does not mention

	runs, denial runs // Text and Denial
}

// A Pair is an event and the one that denies it or replies to it.
type Pair struct{ Claim, Answer Side }

// A Side is one event of a pair, with a footnote if it has a source.
type Side struct {
	*timeline.Event
	Title string // as in an Entry
	Notes []int
}

// A Mention is an actor and how many selected events name it.
type Mention struct {
	timeline.Actor
	Events int
}

// A Profile is what the selected events say of one person.
type Profile struct {
	timeline.Actor
	Said   []Quotation
	Denied []Side
	Met    []Meeting
}

// A Quotation is words of a person as a source has them.
type Quotation struct {
	Date  edtf.Date // of the event
	Words string
	Note  int
}

// A Meeting is whom a person met, and when last.
type Meeting struct {
	Name string
	Last edtf.Date
}

// A Note is what the reader wrote beside an event.
type Note struct {
	*timeline.Event
	Text string
}

// An Origin is the only origin of some events.
type Origin struct {
	Name   string
	Events []*timeline.Event
}

// A Footnote is a source cited in a brief.
type Footnote struct {
	*timeline.Source
	Short string // publisher, carrier, date, whom it cites, and domain
	Note  string // the full citation: see cite.Note
}

// New makes a brief of the events that q selects. With paper or minutes it holds
// what fits a page of plain text: see fit. Printed fits the printed sheet.
func New(t *timeline.Timeline, q timeline.Query, opt Options) *Brief {
	d := newDraft(t, q, opt)
	if !opt.fitted() {
		return d.brief(d.everything())
	}
	return d.brief(d.fit(asText))
}

// Printed returns the brief that fits the printed sheet, which holds more than a
// page of plain text.
func (b *Brief) Printed() *Brief {
	if !b.fitted() {
		return b
	}
	return b.draft.brief(b.draft.fit(asSheet))
}

func (o *Options) fitted() bool { return o.Paper != NoPaper || o.Minutes > 0 }

// Noted returns the brief with the reader's notes.
func (b *Brief) Noted() *Brief {
	opt := b.Options
	opt.WithNotes = true
	return New(b.draft.t, b.Query, opt)
}

// Points counts the key points.
func (b *Brief) Points() int { return b.of.points }

// DroppedMusts counts the events of the highest tier that do not fit.
func (b *Brief) DroppedMusts() int { return max(0, b.Musts-len(b.Events)) }

// MustsLeft warns that events that must be told do not fit; it is empty if all do.
func (b *Brief) MustsLeft() string {
	switch n := b.DroppedMusts(); n {
	case 0:
		return ""
	case 1:
		return "1 event that must be told does not fit"
	default:
		return text.Grouped(n) + " events that must be told do not fit"
	}
}

// Left says how many of the selected events are not shown; it is empty if all are.
func (b *Brief) Left() string {
	left := b.Selected - len(b.Events)
	if left == 0 {
		return ""
	}
	said := "and " + text.Grouped(left) + " more"
	if musts := b.MustsLeft(); musts != "" {
		said += "; " + musts
	}
	return said
}

// Foot names the file and the filter, and counts the events and words.
func (b *Brief) Foot() string {
	words := b.words
	var parts []string
	if b.File != "" {
		parts = append(parts, b.File)
	}
	if b.Digest != "" {
		parts = append(parts, "sha256 "+b.Digest[:min(len(b.Digest), 16)])
	}
	parts = append(parts, fmt.Sprintf("%s of %s shown", text.Grouped(len(b.Events)), text.Counted(b.Selected, "event")))
	if b.Selected < b.Total {
		parts = append(parts, "of "+text.Grouped(b.Total)+" in all")
	}
	if b.LeftOut != "" {
		parts = append(parts, b.LeftOut)
	}
	if text := text.Clean(b.Query.String()); text != "" {
		if b.fitted() {
			text = clip(text, longestTitle)
		}
		parts = append(parts, "filter "+text)
	}
	if b.Uncertain > 0 {
		parts = append(parts, fmt.Sprintf("%s by uncertain date", text.Grouped(b.Uncertain)))
	}
	parts = append(parts, fmt.Sprintf("%s: %s to read, %s aloud", text.Counted(words, "word"), duration(seconds(words, silently)), duration(seconds(words, aloud))))
	return strings.Join(parts, " · ")
}

// Heading is the title of the page.
func (b *Brief) Heading() string {
	if b.Title == "" {
		return "Brief"
	}
	return b.Title
}

// When gives the period of the events, how far the data reach, and the day of the
// brief.
func (b *Brief) When() string {
	parts := []string{b.Period, text.Counted(b.Selected, "event")}
	switch {
	case b.Reach != "":
		parts = append(parts, b.Reach)
	case !b.AsOf.IsZero():
		parts = append(parts, "as of "+b.AsOf.Words())
	}
	if b.Since != nil && b.Since.Since == "" {
		parts = append(parts, "no earlier brief")
	}
	return strings.Join(parts, " · ")
}

// longestAge is after how many days a brief says how old its data are.
const longestAge = 30

// reach says how far the data reach, if the brief is made long after.
func reach(t *timeline.Timeline, asOf edtf.Date) string {
	made, dated := asOf.Earliest()
	if !dated || t.Total() == 0 {
		return ""
	}
	last := edtf.Past
	if w := t.Whole(); w != nil {
		last = max(last, w.Reach)
	}
	for i := range t.Len() {
		if _, to := t.Span(i); to > last && to != edtf.Future {
			last = to
		}
	}
	if last == edtf.Past || made-last <= longestAge {
		return ""
	}
	end, err := edtf.Parse(last.String())
	if err != nil {
		return ""
	}
	return fmt.Sprintf("data to %s, printed %s, %s later", end.Words(), asOf.Words(), text.Counted(int(made-last), "day"))
}

// period is the period of events in words, no more exact than their dates.
func period(t *timeline.Timeline, s timeline.Selection) string {
	if s.Len() == 0 {
		return "no events"
	}
	latest, end := s.At(0), edtf.Past
	for _, i := range s.All() {
		if _, to := t.Span(i); to > end {
			latest, end = i, to
		}
	}
	first, last := t.Date(s.At(0)), t.Date(latest) // events are ordered by their start
	if first == last {
		return worded(first)
	}
	if strings.HasSuffix(last.String(), "/..") {
		return worded(first.Starting()) + " and on"
	}
	return worded(first.Starting()) + " to " + worded(last.Ending())
}
