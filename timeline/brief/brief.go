// Package brief makes the page that a person takes into a meeting. It chooses the
// most important events, fits them to paper or to a reading time, lists the changes
// since the last brief, and writes text, Markdown, HTML and JSON.
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
	Language string // of the timeline's text (BCP 47), if known

	Events    []Entry
	Disputes  []Dispute
	People    []Mention
	OneOrigin []Origin
	Sources   []Footnote // Sources[0] is footnote 1

	Selected  int               // events that the query selects
	Total     int               // events in the timeline
	Uncertain int               // see Selection
	Musts     int               // selected events marked must
	Dropped   []*timeline.Event // selected but not shown, the most important first; at most 100

	named        int  // how many of Dropped NotShown names
	dense        bool // there is no room for blank lines
	words, lines int  // see Words; lines of PageWidth
}

// Options are the facts and limits that a timeline does not have.
type Options struct {
	Title      string   // else the timeline's
	BottomLine string   // else the timeline's, else a line to write on
	AsOf       string   // the day it is made, in words
	File       string   // name of the file with the events
	Digest     string   // hexadecimal SHA-256 of that file
	LeftOut    string   // the unreadable part of the file; empty if all was read
	Newest     bool     // newest first
	Paper      Paper    // fit it on one page of this paper
	Minutes    float64  // fit it into this time of reading aloud; 0 is no limit
	Since      *Changes // nil if not asked for
}

// An Entry is an event in a brief.
type Entry struct {
	*timeline.Event
	Title  string // of the event; cut on paper if very long
	Tier   timeline.Tier
	New    bool   // since the last brief
	Text   string // of the summary, with the numbers of the brief's footnotes; ends in … if cut
	Caveat string // of the event, if it fits
	Notes  []int  // its footnotes
	Beside []int  // footnotes that Text does not mention

	runs runs // Text
}

// A Dispute is a claim and the event that denies it or replies to it.
type Dispute struct{ Claim, Denial Side }

// A Side is one event of a dispute, with a footnote if it has a source.
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

// An Origin is the only origin of some events.
type Origin struct {
	Name   string
	Events []*timeline.Event
}

// A Footnote is a source cited in a brief.
type Footnote struct {
	*timeline.Source
	Note    string // see cite.Note; without the headline if it does not fit and there is an address
	Address string // its URL as printed; cut on paper if very long
	Copy    string // address of the archived copy, if it fits
}

// New makes a brief of the events that q selects. With paper or minutes it holds
// what fits: see fit.
func New(t *timeline.Timeline, q timeline.Query, opt Options) *Brief {
	d := newDraft(t, q, opt)
	if !opt.fitted() {
		return d.brief(d.everything())
	}
	return d.brief(d.fit())
}

func (o *Options) fitted() bool { return o.Paper != NoPaper || o.Minutes > 0 }

// DroppedMusts counts the events marked must that do not fit.
func (b *Brief) DroppedMusts() int { return max(0, b.Musts-len(b.Events)) }

// MustsLeft warns that events marked must do not fit; it is empty if all do.
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

// Shown says how many of the selected events are shown: "12 of 30".
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

// NotShown names the selected events that did not fit, as far as there is room. It
// is empty if all fit.
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

// Foot names the file and the filters, and counts the events and words.
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

// Heading is the heading of the page.
func (b *Brief) Heading() string {
	if b.Title == "" {
		return "Brief"
	}
	return "Brief: " + b.Title
}

// When gives the period of the events and the day of the brief.
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
	first, last := t.Event(s.At(0)).Date, t.Event(latest).Date // events are ordered by their start
	if first == last {
		return first.Words()
	}
	if strings.HasSuffix(last.String(), "/..") {
		return first.Starting().Words() + " and on"
	}
	return first.Starting().Words() + " to " + last.Ending().Words()
}
