package timeline

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// An Event is something that happened, or is said to have happened, at a date,
// with the sources for it.
type Event struct {
	ID         string
	Date       edtf.Date // local date at the place
	TZ         string    // IANA zone of Date, if it matters
	Reported   edtf.Date // when it became public, if on another day
	Title      string
	Summary    string // [1] points at the first source
	Actors     []string
	Places     []string
	Topics     []string
	Status     Status
	Importance Tier     // as the author sees it; a reader's mark takes its place
	Weight     int      // mentions, deaths or priority, as a format states them: the more, the more important
	Caveat     string   // what could be wrong, in a sentence
	Answers    []string // ids of the events that this one replies to or debates
	Denies     []string // ids of the events whose claim this one rejects
	// Confidence (high, moderate or low, as in ICD 203) and Credibility (1 to 6,
	// as in the Admiralty code) are a person's judgment, and never computed.
	Confidence  string
	Credibility int
	Sources     []Source
}

// A Source is a publication about an event.
type Source struct {
	URL          string
	Title        string
	Publisher    string
	Author       string
	Via          string // the publication that carried it
	AttributedTo string // the origin that the page itself cites
	Kind         Kind
	Published    edtf.Date
	Accessed     edtf.Date
	Archived     string // address of an archived copy
	Language     string // BCP 47
	Supports     string // the fact it supports
	Quote        string
	QuoteBy      string
	Reliability  string // A to F, if a person judged it
}

// Origin is where the source has its information from: the origin that the page
// itself cites, else its publisher, else the host of its address. Five pages that
// repeat one agency have one origin.
func (s *Source) Origin() string {
	return cmp.Or(s.AttributedTo, s.Publisher, s.Host())
}

// Host returns the host of the source's address in lower case, without user and
// port. An address without a scheme has none.
func (s *Source) Host() string {
	_, rest, _ := strings.Cut(s.URL, "://")
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	if strings.Trim(authority, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" {
		return authority // as most are: there may be millions
	}
	u, err := url.Parse("//" + authority)
	if err != nil {
		return strings.ToLower(authority)
	}
	return text.Clean(strings.ToLower(u.Hostname()))
}

// Origins lists the event's origins, each once, in the order of its sources.
// Names that fold to the same text are the same origin.
func (e *Event) Origins() []string {
	var origins []string
	seen := make(map[string]bool)
	for i := range e.Sources {
		origin := e.Sources[i].Origin()
		key := cmp.Or(text.Fold(origin), origin)
		if !seen[key] {
			seen[key] = true
			origins = append(origins, origin)
		}
	}
	return origins
}

// Rests counts the sources and origins that the event rests on.
func (e *Event) Rests() string {
	sources, origins := len(e.Sources), len(e.Origins())
	if sources == 0 {
		return "no sources"
	}
	return text.Counted(sources, "source") + ", " + text.Counted(origins, "origin")
}

// A Segment is part of a summary: text, and the footnote mark that ends it.
type Segment[T string | []byte] struct {
	Text   T
	Mark   T   // as written, such as [2]; empty at the end of the summary
	Source int // the number in the mark; 1 is the first source
}

// Limits of footnote marks. A number below UnsourcedMark that has no source is
// taken for a mistake; one that is not, such as a year, for text.
const (
	HighestMark   = 9999
	UnsourcedMark = 100
)

// Segments splits a summary at its footnote marks: numbers in square brackets of
// sources that the event has. "In May [2024] he said" has none, unless the event
// has 2,024 sources. The last segment has no mark.
func Segments[T string | []byte](summary T, sources int) iter.Seq[Segment[T]] {
	return segments(summary, func(n int) bool { return 1 <= n && n <= sources })
}

// segments splits a summary at the numbers in square brackets that are marks.
func segments[T string | []byte](summary T, isMark func(number int) bool) iter.Seq[Segment[T]] {
	return func(yield func(Segment[T]) bool) {
		rest, at := summary, 0
		for {
			i := indexBracket(rest[at:])
			if i < 0 {
				break
			}
			at += i
			n, length := markAt(rest[at:])
			switch {
			case length == 0 || !isMark(n):
				at++
			case !yield(Segment[T]{rest[:at], rest[at : at+length], n}):
				return
			default:
				rest, at = rest[at+length:], 0
			}
		}
		yield(Segment[T]{Text: rest})
	}
}

func indexBracket[T string | []byte](s T) int {
	if s, ok := any(s).(string); ok {
		return strings.IndexByte(s, '[') // without a copy
	}
	return bytes.IndexByte([]byte(s), '[')
}

// markAt reads a number of up to four digits in brackets at the beginning of a
// text, and returns it with its length, brackets included. The length is 0 if
// there is none.
func markAt[T string | []byte](s T) (number, length int) {
	end := 1
	for end < len(s) && end <= 4 && '0' <= s[end] && s[end] <= '9' {
		number = number*10 + int(s[end]-'0')
		end++
	}
	if end == 1 || end == len(s) || s[end] != ']' {
		return 0, 0
	}
	return number, end + 1
}

// Unsourced lists the numbers in square brackets that look like footnote marks
// but have no source: those below UnsourcedMark.
func Unsourced[T string | []byte](summary T, sources int) []int {
	var numbers []int
	for seg := range segments(summary, func(n int) bool { return n < UnsourcedMark && (n < 1 || n > sources) }) {
		if len(seg.Mark) > 0 {
			numbers = append(numbers, seg.Source)
		}
	}
	return numbers
}

// WithoutMarks returns a summary without its footnote marks and the blanks before
// them.
func WithoutMarks(summary string, sources int) string {
	var b strings.Builder
	for seg := range Segments(summary, sources) {
		switch {
		case seg.Mark != "":
			b.WriteString(strings.TrimRight(seg.Text, " "))
		case b.Len() == 0:
			return seg.Text
		default:
			b.WriteString(seg.Text)
		}
	}
	return b.String()
}

// An Actor is a person, a state or an organisation in events.
type Actor struct {
	Name     string
	Kind     string // person, state or organisation
	Aliases  []string
	Native   []Native
	Role     string
	Wikidata string
}

// Native is a name in its own language, which a BCP 47 tag identifies.
type Native struct{ Language, Name string }

// Names returns every name of the actor: the name itself, its aliases and its
// native names.
func (a *Actor) Names() []string {
	names := append([]string{a.Name}, a.Aliases...)
	for _, n := range a.Native {
		names = append(names, n.Name)
	}
	return names
}

// A Status is the standing of an event's central claim. It is a set, not a
// ladder: no status is above or below another.
type Status uint8

// An event that states no status has NotStated.
const (
	NotStated Status = iota
	Confirmed
	Reported
	Claimed
	Alleged
	Disputed
	Unverified
)

var statuses = [...]struct{ word, short, letter, meaning string }{
	NotStated:  {"not stated", "---", "-", "the file does not say"},
	Confirmed:  {"confirmed", "CNF", "C", "agreed by all sides or by independent evidence"},
	Reported:   {"reported", "RPT", "R", "comes from a credible outlet or state media; nobody disputes it"},
	Claimed:    {"claimed", "CLM", "M", "asserted by one interested party"},
	Alleged:    {"alleged", "ALG", "A", "an accusation that the accused has not answered"},
	Disputed:   {"disputed", "DSP", "D", "rejected outright by the party concerned"},
	Unverified: {"unverified", "UNV", "U", "needs verification, by its source's own words"},
}

// Statuses lists every status that a file can state.
func Statuses() []Status {
	return []Status{Confirmed, Reported, Claimed, Alleged, Disputed, Unverified}
}

// String returns the word that files and queries use.
func (s Status) String() string { return statuses[s].word }

// Short returns three letters for a list: CNF, RPT, CLM, ALG, DSP, UNV.
func (s Status) Short() string { return statuses[s].short }

// Letter returns one letter for a narrow list; claimed is M, since C is
// confirmed.
func (s Status) Letter() string { return statuses[s].letter }

// Meaning says what is true of the central claim, as a clause.
func (s Status) Meaning() string { return statuses[s].meaning }

// ParseStatus finds a status by its word or its short form, in any case.
func ParseStatus(word string) (Status, bool) {
	w := text.Fold(word)
	if w == "" {
		return NotStated, word == statuses[NotStated].short
	}
	for s, row := range statuses {
		if w == row.word || w == text.Fold(row.short) {
			return Status(s), true
		}
	}
	return NotStated, false
}

// MarshalText returns the word.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(word []byte) error {
	status, ok := ParseStatus(string(word))
	if !ok {
		return fmt.Errorf("unknown status %q", word)
	}
	*s = status
	return nil
}

// A Kind is a sort of publication.
type Kind uint8

// A source that states no kind has NoKind.
const (
	NoKind Kind = iota
	Official
	StateMedia
	Wire
	News
	Broadcast
	Research
	UN
	NGO
	Social
	Dataset
	Imagery
	Other
)

var kinds = [...]string{
	NoKind: "not stated", Official: "official", StateMedia: "state-media",
	Wire: "wire", News: "news", Broadcast: "broadcast", Research: "research",
	UN: "un", NGO: "ngo", Social: "social", Dataset: "dataset",
	Imagery: "imagery", Other: "other",
}

// Kinds lists every kind that a file can state.
func Kinds() []Kind {
	var all []Kind
	for k := Official; k <= Other; k++ {
		all = append(all, k)
	}
	return all
}

// String returns the word that files and queries use.
func (k Kind) String() string { return kinds[k] }

// ParseKind finds a kind by its word, in any case.
func ParseKind(word string) (Kind, bool) {
	w := text.Fold(word)
	for k, name := range kinds {
		if w == text.Fold(name) {
			return Kind(k), true
		}
	}
	return NoKind, false
}
