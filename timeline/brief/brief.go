// Package brief makes the page that a person takes into a meeting: it chooses
// the events that matter, fits them to paper or to minutes, and says what has
// changed since the last one.
package brief

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Brief is what a person takes into a meeting: the events that a query
// selects, or as many of them as fit, with their footnotes. It says what the
// file says and judges nothing.
//
// What it holds is what there is room for; those who write it down leave
// nothing out.
type Brief struct {
	Options
	Query    timeline.Query
	Scope    string // the query in words
	Period   string // from when to when the selected events are
	Language string // of the timeline's text, as BCP 47 has it, if it says

	Events    []Entry
	Disputes  []Dispute
	People    []Mention
	OneOrigin []Origin
	Sources   []Footnote // Sources[0] is footnote 1

	Selected  int               // events that the query selects
	Total     int               // events in the timeline
	Uncertain int               // see Selection
	Musts     int               // of those selected, the events marked must
	Dropped   []*timeline.Event // those selected but not shown that matter most, the first first; 100 at most

	named        int  // of Dropped, how many are named
	dense        bool // there is no room for blank lines
	words, lines int  // see Words; lines of PageWidth
}

// Options is what a brief is told, since a timeline does not know it.
type Options struct {
	Title      string   // else the timeline's
	BottomLine string   // else the timeline's; if neither says, there is a line to write on
	AsOf       string   // the day it is made, for people
	File       string   // the name of the file the events come from
	Digest     string   // hexadecimal SHA-256 of that file
	LeftOut    string   // what of the file could not be read; empty when all was
	Newest     bool     // newest first
	Paper      Paper    // fit it on one page of this
	Minutes    float64  // fit it into as many minutes, read aloud; 0 is no limit
	Since      *Changes // what is new; nil when nobody asks
}

// A Entry is an event as a brief tells it.
type Entry struct {
	*timeline.Event
	Title  string // the event's own; on paper, cut if it is very long
	Tier   timeline.Tier
	New    bool   // since the last brief
	Text   string // of the summary, its pointers renumbered to footnotes; it ends in … if the summary goes on
	Caveat string // the event's own, if there is room
	Notes  []int  // its footnotes
	Beside []int  // those of its footnotes that Text does not point at

	runs runs // Text
}

// A Dispute is a claim beside the event that denies it or replies to it.
type Dispute struct{ Claim, Denial Side }

// A Side is one event of a dispute, with a footnote if it has a source.
type Side struct {
	*timeline.Event
	Title string // as of a Entry
	Notes []int
}

// A Mention is an actor and the number of the selected events that name it.
type Mention struct {
	timeline.Actor
	Events int
}

// An Origin is what events rest on that rest on nothing else.
type Origin struct {
	Name   string
	Events []*timeline.Event
}

// A Footnote is a source as a brief cites it.
type Footnote struct {
	*timeline.Source
	Note    string // see Source.Note; without a headline where there is no room and an address
	Address string // its URL, to be printed: on paper, cut if it is very long
	Copy    string // address of the archived copy, if there is room
}

// New makes a brief of the events that q selects. On paper, or for so many
// minutes, it holds what fits: see fit.
func New(t *timeline.Timeline, q timeline.Query, opt Options) *Brief {
	d := newDraft(t, q, opt)
	if !opt.fitted() {
		return d.brief(d.everything())
	}
	return d.brief(d.fit())
}

func (o *Options) fitted() bool { return o.Paper != NoPaper || o.Minutes > 0 }

// DroppedMusts counts the events marked must that are not shown.
func (b *Brief) DroppedMusts() int { return max(0, b.Musts-len(b.Events)) }

// MustsLeft says that events marked must do not fit; it is empty when all do.
func (b *Brief) MustsLeft() string {
	switch n := b.DroppedMusts(); n {
	case 0:
		return ""
	case 1:
		return "1 event marked must does not fit"
	default:
		return text.Grouped(n) + " events marked must do not fit"
	}
}

// Shown says in a few words how much of what was selected is shown.
func (b *Brief) Shown() string {
	if len(b.Events) == b.Selected {
		return text.Grouped(b.Selected)
	}
	shown := fmt.Sprintf("%s of %s", text.Grouped(len(b.Events)), text.Grouped(b.Selected))
	if left := b.MustsLeft(); left != "" {
		shown += "; " + left
	}
	return shown
}

// NotShown names what was selected and did not fit, as far as there is room; it
// is empty when all did.
func (b *Brief) NotShown() string {
	left := b.Selected - len(b.Events)
	if left == 0 {
		return ""
	}
	if b.named == 0 {
		return text.Counted(left, "event")
	}
	var parts []string
	for _, e := range b.Dropped[:b.named] {
		parts = append(parts, e.Date.Words()+": "+clip(e.Title, longestTitle))
	}
	if more := left - b.named; more > 0 {
		parts = append(parts, fmt.Sprintf("and %s more", text.Grouped(more)))
	}
	return strings.Join(parts, " · ")
}

// Foot says what the brief was made from and what it does not show.
func (b *Brief) Foot() string { return b.foot(b.words) }

func (b *Brief) foot(words int) string {
	var parts []string
	if b.File != "" {
		parts = append(parts, b.File)
	}
	if b.Digest != "" {
		parts = append(parts, "sha256 "+b.Digest[:min(len(b.Digest), 16)])
	}
	parts = append(parts, fmt.Sprintf("%s of %s events shown", text.Grouped(len(b.Events)), text.Grouped(b.Total)))
	if b.LeftOut != "" {
		parts = append(parts, b.LeftOut)
	}
	if text := text.Clean(b.Query.String()); text != "" {
		if b.fitted() {
			text = clip(text, longestTitle)
		}
		parts = append(parts, "filters: "+text)
	}
	if b.Uncertain > 0 {
		parts = append(parts, fmt.Sprintf("%s by uncertain date", text.Grouped(b.Uncertain)))
	}
	parts = append(parts, fmt.Sprintf("%s: %s to read, %s aloud", text.Counted(words, "word"), duration(seconds(words, silently)), duration(seconds(words, aloud))))
	return strings.Join(parts, " · ")
}

// Heading says that it is a brief, and of what.
func (b *Brief) Heading() string {
	if b.Title == "" {
		return "Brief"
	}
	return "Brief: " + b.Title
}

// When says of what time the brief is, and as of what day.
func (b *Brief) When() string {
	parts := []string{b.Period}
	if b.AsOf != "" {
		parts = append(parts, "as of "+b.AsOf)
	}
	if b.Since != nil && b.Since.Since == "" {
		parts = append(parts, "no earlier brief")
	}
	return strings.Join(parts, " · ")
}

// period says in words from when to when events are, no more exactly than they
// do.
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
	first, last := t.Event(s.At(0)).Date, t.Event(latest).Date // the first by their order
	if first == last {
		return first.Words()
	}
	if strings.HasSuffix(last.String(), "/..") {
		return first.Starting().Words() + " and on"
	}
	return first.Starting().Words() + " to " + last.Ending().Words()
}
