package timeline_test

import (
	"slices"
	"testing"

	"dateline/timeline"
)

func TestStatusIsReadByWordAndShortForm(t *testing.T) {
	for word, want := range map[string]timeline.Status{
		"confirmed": timeline.Confirmed, "CNF": timeline.Confirmed, "Reported": timeline.Reported, "rpt": timeline.Reported,
		"claimed": timeline.Claimed, "CLM": timeline.Claimed, "alleged": timeline.Alleged, "ALG": timeline.Alleged,
		"disputed": timeline.Disputed, "DSP": timeline.Disputed, "unverified": timeline.Unverified, "UNV": timeline.Unverified,
		"not stated": timeline.NotStated, "Not-Stated": timeline.NotStated,
	} {
		if got, ok := timeline.ParseStatus(word); !ok || got != want {
			t.Errorf("%s: got %s, %t, want %s", word, got, ok, want)
		}
	}
	for _, word := range []string{"denied", "C", "conf", "confirmed!"} {
		if got, ok := timeline.ParseStatus(word); ok {
			t.Errorf("%s: got %s, want none", word, got)
		}
	}
}

func TestEveryStatusIsToldApartInEveryWidth(t *testing.T) {
	var words, shorts, letters []string
	for _, s := range append(timeline.Statuses(), timeline.NotStated) {
		words, shorts, letters = append(words, s.String()), append(shorts, s.Short()), append(letters, s.Letter())
		if len(s.Short()) != 3 || len(s.Letter()) != 1 || s.Meaning() == "" {
			t.Errorf("%s: %q, %q, %q", s, s.Short(), s.Letter(), s.Meaning())
		}
	}
	for _, names := range [][]string{words, shorts, letters} {
		slices.Sort(names)
		if got := len(slices.Compact(names)); got != 7 {
			t.Errorf("%q: %d are different, want 7", names, got)
		}
	}
}

func TestKindIsReadByItsWord(t *testing.T) {
	for _, k := range timeline.Kinds() {
		if got, ok := timeline.ParseKind(k.String()); !ok || got != k {
			t.Errorf("%s: got %s, %t", k, got, ok)
		}
	}
	if got, ok := timeline.ParseKind("State Media"); !ok || got != timeline.StateMedia {
		t.Errorf("State Media: got %s, %t", got, ok)
	}
	if got, ok := timeline.ParseKind("blog"); ok {
		t.Errorf("blog: got %s, want none", got)
	}
}
