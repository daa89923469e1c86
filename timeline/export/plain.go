// Package export writes the events of a timeline for other programs, and as plain
// text.
package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/cite"
)

// Plain describes event i in plain sentences, a line each: the content of the screen
// for a screen reader or a pipe.
func Plain(t *timeline.Timeline, i int) []string { return plain(t, i, t.Event(i)) }

// plain is Plain for event i as Events has it.
func plain(t *timeline.Timeline, i int, e *timeline.Event) []string {
	date := e.Date.Words()
	if e.TZ != "" {
		date += " (" + e.TZ + ")"
	}
	if !e.Reported.IsZero() && e.Reported != e.Date {
		date += ", reported " + e.Reported.Words()
	}
	lines := []string{
		date + ": " + sentence(e.Title),
		fmt.Sprintf("Status %s: %s. Rests on %s.", e.Status, e.Status.Meaning(), e.Rests()),
	}
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, name+sentence(text))
		}
	}
	add("", e.Summary)
	add("Caveat: ", e.Caveat)
	add("Actors: ", strings.Join(e.Actors, ", "))
	add("Places: ", strings.Join(e.Places, "; "))
	add("Topics: ", strings.Join(e.Topics, ", "))
	add("Confidence: ", e.Confidence)
	if e.Credibility > 0 {
		add("Credibility: ", fmt.Sprintf("%d of 6", e.Credibility))
	}
	for _, j := range t.Answers(i) {
		add(pick(t.Denies(i, j), "Denies: ", "Answers: "), inShort(t, j))
	}
	for _, j := range t.AnsweredBy(i) {
		add(pick(t.Denies(j, i), "Denied by: ", "Answered by: "), inShort(t, j))
	}
	for n := range e.Sources {
		lines = append(lines, plainSource(n+1, &e.Sources[n]))
	}
	return lines
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func inShort(t *timeline.Timeline, i int) string {
	e := t.Event(i)
	return fmt.Sprintf("%s, %s: %s", e.Date.Words(), e.Status, e.Title)
}

func plainSource(n int, s *timeline.Source) string {
	parts := []string{fmt.Sprintf("Source %d: %s", n, sentence(cite.Note(s)))}
	if s.Supports != "" {
		parts = append(parts, "Supports: "+sentence(s.Supports))
	}
	if s.Quote != "" {
		by := s.QuoteBy
		if by == "" {
			by = "It"
		}
		parts = append(parts, by+" said: “"+s.Quote+"”")
	}
	if s.Reliability != "" {
		parts = append(parts, "Reliability "+s.Reliability+".")
	}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	if s.Archived != "" {
		parts = append(parts, "Archived: "+s.Archived)
	}
	return strings.Join(parts, " ")
}

// sentence ends text with a full stop, unless it has an end mark.
func sentence(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if text == "" || strings.ContainsRune(".!?…。！？”’」』", last) {
		return text
	}
	return text + "."
}
