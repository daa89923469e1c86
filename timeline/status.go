package timeline

import (
	"fmt"

	"dateline/timeline/text"
)

// A Status is the standing of an event's central claim. It is a set, not a
// ladder: no status is above or below another.
type Status uint8

// The zero Status is that of an event which states none.
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

// Statuses lists every status a file can state, in the order of the table
// above.
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

// Meaning says what holds of the central claim, as a clause.
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

// A Kind says what sort of publication a source is.
type Kind uint8

// The zero Kind is that of a source which states none.
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

// Kinds lists every kind a file can state.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds)-1)
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
