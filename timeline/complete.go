package timeline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dateline/timeline/text"
)

// Complete proposes what the word at a place in a query's text may become: a
// field, or a value of its field, likeliest first. The bytes query[start:end]
// are the word; each choice stands for them.
func (t *Timeline) Complete(query string, at int) (start, end int, choices []string) {
	start = lastWord(query[:at])
	word := query[start:at]
	name, typed, isValue := strings.Cut(word, ":")
	f, known := fieldNamed(strings.ToLower(name))
	if !isValue || !known {
		return start, at, fieldsBeginning(strings.ToLower(word))
	}
	typed = typed[lastValue(typed):]
	start = at - len(typed)
	want := text.Fold(strings.Trim(typed, `"`))
	for _, v := range t.valuesOf(f, want) {
		if v, reason, _ := readValue(f, v, false); reason == "" {
			choices = append(choices, v.write(f))
		}
	}
	return start, at, choices
}

// lastWord returns where the last term of a query's text begins, after its
// sign of exclusion.
func lastWord(s string) int {
	start, quoted, listed, escaped := 0, false, false, false
	for i, r := range s {
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(' && strings.HasSuffix(s[:i], ":"):
			listed = true
		case listed:
			listed = r != ')'
		case isBlank(r), r == '(', r == '|' && !strings.Contains(s[start:i], ":"):
			start = i + utf8.RuneLen(r)
		case (r == '-' || r == '!') && i == start:
			start = i + 1
		}
	}
	return start
}

// lastValue returns where the last of several values begins.
func lastValue(s string) int {
	start, quoted := 0, false
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune(",|(", r):
			start = i + 1
		}
	}
	return start
}

func fieldsBeginning(word string) []string {
	var fields []string
	for _, name := range fieldNames[:TextField] {
		if strings.HasPrefix(name, word) {
			fields = append(fields, name+":")
		}
	}
	return fields
}

// valuesOf lists the values of a field that what is typed, folded, may mean:
// those it begins before those in which it begins a word.
func (t *Timeline) valuesOf(f Field, typed string) []string {
	var all []string
	ways := func(v string) []string { return []string{text.Fold(v)} }
	switch f {
	case StatusField:
		all = statusWords()[1:]
	case KindField:
		all = kinds[1:]
	case HasField:
		all = featureNames[:]
	case MarkedField:
		all = tiers[1:]
	case SourcesField, OriginsField:
		all = []string{">=2", ">=3", "<2"}
	case ActorField, PlaceField, TopicField, PublisherField:
		for _, c := range t.Tally(f, Query{}) {
			all = append(all, c.Value)
		}
		ways = func(v string) []string {
			n, _ := t.nameNumber(f, v)
			return t.spellingsOf(f).byName[n]
		}
	}
	var begin, within []string
	for _, v := range all {
		switch how := ways(v); {
		case anyOf(how, typed, strings.HasPrefix):
			begin = append(begin, v)
		case anyOf(how, typed, containsFromWordStart):
			within = append(within, v)
		}
	}
	return append(begin, within...)
}

func anyOf(texts []string, s string, holds func(text, s string) bool) bool {
	for _, text := range texts {
		if holds(text, s) {
			return true
		}
	}
	return false
}

// Check returns an error, a *QueryError, if a query names a value that no event
// of the timeline has; it says which one was likely meant. Such a query is
// valid, and selects what the rest of it does.
func (t *Timeline) Check(q Query) error {
	for _, term := range q.terms {
		for _, g := range term.group {
			if err := t.Check(g); err != nil {
				return err
			}
		}
		if term.group != nil || term.field >= listFields {
			continue
		}
		for _, v := range term.values {
			if len(t.namesMeant(term.field, v.text)) > 0 || term.field == KindField {
				continue
			}
			try := ""
			if near := t.nearest(term.field, v.text); near != "" {
				try = fmt.Sprintf("did you mean %s?", near)
			}
			return &QueryError{Column: max(1, v.column), Reason: fmt.Sprintf("there is no %s %s", term.field, v.text), Try: try}
		}
	}
	return nil
}

// nearest returns the name that a value most likely means: by one of its ways,
// or by a word of one.
func (t *Timeline) nearest(f Field, value string) string {
	var words []string
	of := make(map[string]string)
	for n, ways := range t.spellingsOf(f).byName {
		for _, way := range ways {
			for _, w := range append(strings.Fields(way), way) {
				if _, known := of[w]; !known && len([]rune(w)) > 2 {
					of[w] = t.names[f].names[n]
					words = append(words, w)
				}
			}
		}
	}
	return of[text.Nearest(value, words)]
}
