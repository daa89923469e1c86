package edtf

import (
	"strings"
	"testing"
)

func TestParseLooseReadsDatesWithOneMeaning(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2024-06~", "2024-06~"},
		{"19 June 2024", "2024-06-19"},
		{"June 19, 2024", "2024-06-19"},
		{"Mar 2024", "2024-03"},
		{"spring 2024", "2024-21"},
		{"20240619", "2024-06-19"},
		{"2024/6/9", "2024-06-09"},
		{"2024.06.09", "2024-06-09"},
		{"c. 1914", "1914~"},
		{"44 BC", "-0043"},
		{"1914-1918", "1914/1918"},
		{"2024-06-19 - 2024-06-21", "2024-06-19/2024-06-21"},
		{"2024-06-19 09:30", "2024-06-19T09:30:00"},
	} {
		got, err := ParseLoose(c.text)
		if err != nil || got != must(t, c.want) {
			t.Errorf("ParseLoose(%q) is %s, %v; want %s", c.text, got, err, c.want)
		}
	}
}

func TestParseLooseDoesNotGuess(t *testing.T) {
	for _, s := range []string{
		"", "3/12/2024", "12.03.2024", "31/12/2024", "12 13 2024", "2024/6", "2024061", "202406199", "June", "last week", // no meaning, or two
		"202406", "2024-06-~11", "[1667,1668]", " (2011)-06-04", "1985-04-12?~", "199u", "1950S2", // would get wider, or is EDTF with a mistake
		strings.Repeat(" ", longestRewritten) + "19 June 2024",
	} {
		d, err := ParseLoose(s)
		if err == nil {
			t.Errorf("ParseLoose(%q) reads %s", s, d)
			continue
		}
		if _, want := Parse(s); err.Error() != want.Error() {
			t.Errorf("ParseLoose(%q): got %v, want %v", s, err, want)
		}
	}
}
