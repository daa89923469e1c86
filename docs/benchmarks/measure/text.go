//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// needles are the words to search for, with the share of events that have them.
var needles = []struct{ text, share string }{
	{"e", "all"}, {"the", "most"}, {"government", "1 in 5"}, {"ministry of defence", "1 in 30"},
	{"amber corridor", "1 in 100"}, {"quicksilver", "1 in 10,000"}, {"lighthouse", "one"},
}

// patterns are regular expressions to search for: one that has a word in every
// match, one that has one of several words, and two without any.
var patterns = []string{`quicks[a-z]+er`, `(amber|copper) corri?dor`, `[aeiou]{4}`, `\d\d:\d\d`}

// mostPattern is the target of a regular expression in seconds.
const mostPattern = 2

// text measures counting the events that have a word, among a million indexed
// ones, and compares it with a whole process of rg.
func (m *measurer) text() (table, error) {
	path := m.file("ev1m.jsonl")
	f, err := os.Open(path)
	if err != nil {
		return table{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return table{}, err
	}
	spool, err := os.Create(filepath.Join(m.scratch, "spool"))
	if err != nil {
		return table{}, err
	}
	defer spool.Close()
	tl, _, err := format.Open(context.Background(), format.Watch{Spool: spool}, format.File{Name: path, Data: f, Size: info.Size()})
	if err != nil {
		return table{}, err
	}
	var searches []search
	for _, needle := range needles {
		searches = append(searches, search{
			what:  fmt.Sprintf("`%s`, in %s", needle.text, needle.share),
			query: timeline.Query{}.And(word(needle.text)), rg: needle.text})
	}
	for _, pattern := range patterns {
		query, err := timeline.ParseQuery("/" + pattern + "/")
		if err != nil {
			return table{}, err
		}
		searches = append(searches, search{what: "`/" + pattern + "/`", query: query, rg: pattern, isPattern: true})
	}
	for range m.rounds(7) {
		for k := range searches {
			s := &searches[k]
			start := time.Now()
			s.found = tl.Select(s.query).Len()
			s.ours = append(s.ours, time.Since(start))
			s.theirs.command = command{label: "`rg -ci`", name: "rg", args: []string{"-ci", s.rg, path}}
			if !s.theirs.installed() || s.found == 0 { // rg fails if it finds nothing
				continue
			}
			if err := m.time(&s.theirs); err != nil {
				return table{}, err
			}
		}
		forget(tl)
	}
	t := compared()
	for _, s := range searches {
		what := fmt.Sprintf("%s (%s)", s.what, text.Grouped(s.found))
		ours := median(s.ours)
		if s.isPattern {
			t.add(strings.ReplaceAll(what, "|", `\|`), shown(ours), "", ours.Seconds(), "s", mostPattern)
			if s.found > 0 {
				t.ratio("", ours, s.theirs.label, s.theirs.median(), 0)
			}
			continue
		}
		t.ratio(what, ours, s.theirs.label, s.theirs.median(), 0.7)
	}
	return t, nil
}

// A search is measured in turn with rg's.
type search struct {
	what      string
	query     timeline.Query
	rg        string
	isPattern bool
	found     int
	ours      []time.Duration
	theirs    record
}

func word(text string) timeline.Term { return timeline.Is(timeline.TextField, text) }

// forget asks a timeline enough other queries to push the earlier ones out of its
// cache.
func forget(tl *timeline.Timeline) {
	for n := range 32 {
		tl.Select(timeline.Query{}.And(word(fmt.Sprintf("nowhere %d", n))))
	}
}
