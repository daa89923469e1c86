package text_test

import (
	"testing"

	"dateline/timeline/text"
)

func TestNumbersHaveTheirThousandsApart(t *testing.T) {
	for n, want := range map[int]string{0: "0 events", 1: "1 event", 2: "2 events", 999: "999 events", 1000: "1,000 events", 40000: "40,000 events", 1234567: "1,234,567 events", -1234: "-1,234 events", -123: "-123 events"} {
		if got := text.Counted(n, "event"); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestClauseBecomesASentence(t *testing.T) {
	for clause, want := range map[string]string{"no event": "No event.", "is it?": "Is it?", "ärger.": "Ärger.", "": "", "“x”": "“x”."} {
		if got := text.Sentence(clause); got != want {
			t.Errorf("%q: got %q, want %q", clause, got, want)
		}
	}
}
