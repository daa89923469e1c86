package timeline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/timeline/text"
)

// Complete proposes completions of the word before a position in a query's text:
// fields, or values of its field, likeliest first. The word is query[start:end],
// which each choice replaces.
func (t *Timeline) Complete(query string, at int) (start, end int, choices []string) {
	start = lastWord(query[:at])
	word := query[start:at]
	name, typed, isValue := strings.Cut(word, ":")
	f, known := fieldNamed(strings.ToLower(name))
	if !isValue || !known {
		return start, at, fieldsWithPrefix(strings.ToLower(word))
	}
	typed = typed[lastValue(typed):]
	start = at - len(typed)
	for _, proposal := range t.valuesLike(f, text.Fold(strings.Trim(typed, `"`))) {
		if v, reason, _ := readValue(f, proposal, false); reason == "" {
			choices = append(choices, v.write(f))
		}
	}
	return start, at, choices
}

// lastWord returns where the last term of a query's text begins, after its - or
// !.
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
		case isSpace(r), r == '(', r == '|' && !strings.Contains(s[start:i], ":"):
			start = i + utf8.RuneLen(r)
		case (r == '-' || r == '!' || isLongDash(r)) && i == start:
			start = i + utf8.RuneLen(r)
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

func fieldsWithPrefix(prefix string) []string {
	var fields []string
	for _, name := range fieldNames[:TextField] {
		if strings.HasPrefix(name, prefix) {
			fields = append(fields, name+":")
		}
	}
	return fields
}

// valuesLike lists the values of a field that begin with the folded text typed,
// then those with a word that does.
func (t *Timeline) valuesLike(f Field, typed string) []string {
	var all []string
	spellings := func(v string) []string { return []string{text.Fold(v)} }
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
	case SinceField, UntilField, BeforeField, AfterField, OnField, KnownField:
		all = []string{"today", "yesterday", "-7d", "-30d", "-1y"}
	case RoleField:
		all = t.roles()
	case ActorField, PlaceField, TopicField, PublisherField, OriginField, SaidField, FileField:
		for _, c := range t.Tally(f, Query{}) {
			all = append(all, c.Value)
		}
		if f == FileField {
			break
		}
		spellings = func(v string) []string {
			n, _ := t.nameNumber(f, v)
			return t.spellingsOf(f).byName[n]
		}
	}
	var first, later []string
	for _, v := range all {
		switch forms := spellings(v); {
		case slices.ContainsFunc(forms, func(s string) bool { return strings.HasPrefix(s, typed) }):
			first = append(first, v)
		case slices.ContainsFunc(forms, func(s string) bool { return containsFromWordStart(s, typed) }):
			later = append(later, v)
		}
	}
	return append(first, later...)
}
