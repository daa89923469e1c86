package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A speaker makes up queries about a timeline by the grammar of ParseQuery.
type speaker struct {
	*rand.Rand
	names map[timeline.Field][]string
	words []string // of titles
}

func newSpeaker(tl *timeline.Timeline) *speaker {
	s := &speaker{Rand: rand.New(rand.NewPCG(2023, 2024)), names: make(map[timeline.Field][]string)}
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField} {
		for _, c := range tl.Tally(f, timeline.Query{}) {
			s.names[f] = append(s.names[f], c.Value)
		}
	}
	for _, name := range s.names[timeline.ActorField] {
		a := tl.Actor(name)
		s.names[timeline.ActorField] = append(s.names[timeline.ActorField], a.Names()[1:]...)
	}
	for i := range tl.Len() {
		s.names[timeline.IDField] = append(s.names[timeline.IDField], tl.Event(i).ID)
		s.words = append(s.words, strings.Fields(tl.Event(i).Title)...)
	}
	return s
}

func (s *speaker) pick(words ...string) string { return words[s.IntN(len(words))] }

// query says one to three terms, now and then with an alternative.
func (s *speaker) query(depth int) string {
	var terms []string
	for range 1 + s.IntN(3) {
		terms = append(terms, s.term(depth))
	}
	said := strings.Join(terms, " ")
	if s.IntN(4) == 0 {
		said += " | " + s.term(depth)
	}
	return said
}

func (s *speaker) term(depth int) string {
	not := s.pick("", "", "", "-", "!")
	if depth < 3 && s.IntN(5) == 0 {
		return not + "(" + s.query(depth+1) + ")"
	}
	if s.IntN(20) == 0 {
		return not + "marked"
	}
	f := s.pick("", "", "actor", "place", "topic", "kind", "publisher", "status", "since", "until", "on", "sources", "origins", "has", "marked", "id")
	values := []string{s.value(f)}
	for s.IntN(3) == 0 {
		values = append(values, s.value(f))
	}
	if f == "" {
		return not + strings.Join(values, ",")
	}
	if s.IntN(4) == 0 {
		return not + f + ":(" + strings.Join(values, s.pick(",", "|", " , ", " | ")) + ")"
	}
	return not + f + ":" + strings.Join(values, ",")
}

func (s *speaker) value(f string) string {
	switch f {
	case "actor":
		return s.name(timeline.ActorField)
	case "place":
		return s.name(timeline.PlaceField)
	case "topic":
		return s.name(timeline.TopicField)
	case "publisher":
		return s.name(timeline.PublisherField)
	case "kind":
		return quote(s.pick(s.names[timeline.KindField]...))
	case "status":
		return quote(s.pick(s.names[timeline.StatusField]...))
	case "id":
		return quote(s.pick(s.names[timeline.IDField]...))
	case "has":
		return s.pick("answer", "caveat", "quote", "archive", "uncertain")
	case "marked":
		return s.pick("must", "should", "could")
	case "sources", "origins":
		return fmt.Sprintf("%s%d", s.pick("", "=", "<", "<=", ">", ">="), s.IntN(8))
	case "since", "until", "on":
		return s.date()
	}
	return s.text()
}

// name says a name, or some of its words, or the beginning of one.
func (s *speaker) name(f timeline.Field) string {
	name := s.pick(s.names[f]...)
	switch s.IntN(3) {
	case 0:
		words := strings.Fields(name)
		name = strings.Join(words[s.IntN(len(words)):], " ")
	case 1:
		r := []rune(name)
		name = string(r[:1+s.IntN(len(r))])
	}
	return quote(name)
}

func (s *speaker) text() string {
	word := s.pick(s.words...)
	if s.IntN(4) == 0 {
		return "/" + s.pick("^the", `\bkim\b`, "[0-9]{4}", "ru.*ko", "к.м", `\d+ (tons|days)`, "$") + "/"
	}
	if text.Fold(word) == "" {
		word = "x"
	}
	return quote(word)
}

func (s *speaker) date() string {
	d := fmt.Sprintf("%d", 2023+s.IntN(2))
	switch s.IntN(6) {
	case 0:
		return d
	case 1:
		return d + "-2" + s.pick("1", "2", "3", "4")
	case 2:
		return fmt.Sprintf("%s-%02d", d, 1+s.IntN(12))
	case 3:
		return fmt.Sprintf("%s-%02d-%02d/..", d, 1+s.IntN(12), 1+s.IntN(28))
	case 4:
		return fmt.Sprintf("../%s-%02d~", d, 1+s.IntN(12))
	}
	return fmt.Sprintf("%s-%02d-%02d", d, 1+s.IntN(12), 1+s.IntN(28))
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
