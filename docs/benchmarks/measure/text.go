//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
	ours := make([][]time.Duration, len(needles))
	theirs := make([]record, len(needles))
	found := make([]int, len(needles))
	for range m.rounds(7) {
		for k, needle := range needles {
			start := time.Now()
			found[k] = tl.Select(timeline.Query{}.And(word(needle.text))).Len()
			ours[k] = append(ours[k], time.Since(start))
			theirs[k].command = command{label: "`rg -ci " + needle.text + "`", name: "rg", args: []string{"-ci", needle.text, path}}
			if !theirs[k].installed() || found[k] == 0 { // rg fails if it finds nothing
				continue
			}
			if err := m.time(&theirs[k]); err != nil {
				return table{}, err
			}
		}
		forget(tl)
	}
	t := compared()
	for k, needle := range needles {
		t.ratio(fmt.Sprintf("`%s`, in %s (%s)", needle.text, needle.share, text.Grouped(found[k])), median(ours[k]), "`rg -ci`", theirs[k].median(), 0.7)
	}
	return t, nil
}

func word(text string) timeline.Term { return timeline.Is(timeline.TextField, text) }

// forget asks a timeline enough other queries to push the earlier ones out of its
// cache.
func forget(tl *timeline.Timeline) {
	for n := range 32 {
		tl.Select(timeline.Query{}.And(word(fmt.Sprintf("nowhere %d", n))))
	}
}
