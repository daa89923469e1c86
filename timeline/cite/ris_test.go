package cite_test

import (
	"strings"
	"testing"

	"dateline/timeline"
)

// Zotero and EndNote split an author at the first comma.
func TestRISKeepsABodyInOnePiece(t *testing.T) {
	for author, want := range map[string]string{
		"Ministry of Ferries, Republic of Exampleland": "Ministry of Ferries – Republic of Exampleland",
		"Harbour Board, Legal Office, Northport":       "Harbour Board – Legal Office – Northport",
		"Example, Sample & Co":                         "Example – Sample & Co",
		"Example Lines, Inc.":                          "Example Lines – Inc.",
		"Department of Tides":                          "Department of Tides",
		"Ana Example":                                  "Ana Example",
		"Example, Ana":                                 "Example, Ana",
		"van der Example, A. B.":                       "van der Example, A. B.",
		"Example, Ana, Sample, Bo":                     "Example – Ana – Sample – Bo",
		"Example,":                                     "Example",
	} {
		got := ""
		for line := range strings.SplitSeq(cited(t, "ris", timeline.Source{Author: author, Title: "T", Publisher: "P"}), "\r\n") {
			if name, ok := strings.CutPrefix(line, "AU  - "); ok {
				got = name
			}
		}
		if got != want {
			t.Errorf("%s is written %s, want %s", author, got, want)
		}
	}
}
