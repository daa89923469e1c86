package text_test

import (
	"strings"
	"testing"

	"dateline/timeline/text"
)

func TestNearestIsTheNameMeant(t *testing.T) {
	fields := []string{"actor", "place", "topic", "kind", "publisher", "status", "since", "until", "on", "sources", "origins", "has", "id"}
	statuses := []string{"confirmed", "reported", "claimed", "alleged", "disputed", "unverified"}
	for _, c := range []struct {
		word  string
		names []string
		want  string
	}{
		{"actr", fields, "actor"},
		{"acotr", fields, "actor"}, // a transposition is one edit
		{"actors", fields, "actor"},
		{"ACTOR", fields, "actor"},
		{"pub", fields, "publisher"}, // what it begins
		{"sou", fields, "sources"},
		{"source", fields, "sources"},
		{"orgins", fields, "origins"},
		{"untill", fields, "until"},
		{"form", fields, ""},
		{"colour", fields, ""},
		{"q", []string{"quote"}, ""}, // one letter begins too much
		{"confimed", statuses, "confirmed"},
		{"conf", statuses, "confirmed"},
		{"denied", statuses, ""},
		{"reproted", statuses, "reported"},
		{"unverifeid", statuses, "unverified"},
		{"dispute", statuses, "disputed"},
		{"Kim Jong-um", []string{"Kim Jong Un", "Kim Yo Jong"}, "Kim Jong Un"},
		{"Ким Чен Ир", []string{"Ким Чен Ын"}, "Ким Чен Ын"},
		{"", fields, ""},
		{"–", fields, ""},
		{"actor", nil, ""},
		{"x", []string{"", "–"}, ""},
		{strings.Repeat("x", 100), fields, ""},
	} {
		if got := text.Nearest(c.word, c.names); got != c.want {
			t.Errorf("%q: got %q, want %q", c.word, got, c.want)
		}
	}
}

func TestFirstOfTwoEquallyNearIsTaken(t *testing.T) {
	if got := text.Nearest("cat", []string{"bat", "rat"}); got != "bat" {
		t.Errorf("got %q, want bat", got)
	}
}

func TestNothingIsNearAnotherLetter(t *testing.T) {
	if got := text.Nearest("X", []string{"A", "B"}); got != "" {
		t.Errorf("got %q, want none", got)
	}
}
