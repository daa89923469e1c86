package brief

import (
	"slices"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Chosen returns the n sentences of a summary that carry the claim of its title,
// in the order of the summary: the one that shares most with the title, then
// those that say who denies it if it is disputed, then those that share most of
// what is left. A sentence that leans on the one before it brings that with it.
func chosen(sentences []string, e *timeline.Event, n int) []string {
	title := keywords(e.Title)
	score := make([]int, len(sentences))
	for k, s := range sentences {
		for word := range keywords(timeline.WithoutMarks(s, timeline.HighestMark)) {
			if title[word] {
				score[k] += 4
			}
		}
		score[k] *= 2
		if k == 0 {
			score[k]++ // between equals, the first
		}
	}
	taken := make([]bool, len(sentences))
	count := 0
	take := func(k int) {
		for ; k >= 0 && !taken[k]; k-- {
			taken[k] = true
			count++
			if k == 0 || !leans(sentences[k]) {
				return
			}
		}
	}
	best := func(fits func(string) bool) int {
		at := -1
		for k, s := range sentences {
			if !taken[k] && fits(s) && (at < 0 || score[k] > score[at]) {
				at = k
			}
		}
		return at
	}
	for count < min(n, len(sentences)) {
		k := -1
		if count > 0 && e.Status == timeline.Disputed {
			k = best(denies)
		}
		if k < 0 {
			k = best(func(string) bool { return true })
		}
		take(k)
	}
	var list []string
	for k, s := range sentences {
		if taken[k] {
			list = append(list, s)
		}
	}
	return list
}

// keywords are the words of a text that tell it from another, folded: those of four
// letters or more, cut to their stems, and numbers.
func keywords(s string) map[string]bool {
	words := make(map[string]bool)
	for word := range strings.FieldsFuncSeq(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(word)
		if len(letters) >= 4 || unicode.IsDigit(letters[0]) || letters[0] > unicode.MaxASCII {
			words[string(letters[:min(len(letters), 5)])] = true
		}
	}
	return words
}

// leaning are words at the head of a sentence that refer to the one before.
var leaning = []string{"he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those", "but", "however", "both", "such", "the two", "the former", "the latter", "another", "others", "neither"}

// leans reports whether a sentence cannot stand without the one before it.
func leans(sentence string) bool {
	head := text.Fold(strings.TrimLeft(sentence, " \"“„«‘"))
	return slices.ContainsFunc(leaning, func(word string) bool {
		rest, ok := strings.CutPrefix(head, word)
		return ok && (rest == "" || rest[0] == ' ' || rest[0] == ',')
	})
}

// denial are the stems of the words by which a claim is rejected.
var denial = []string{"deny", "denie", "denial", "reject", "dismiss", "refut", "fake", "baseless", "groundless", "false", "no evidence", "absurd", "rumour", "rumor"}

// denies reports whether a sentence tells of a denial.
func denies(sentence string) bool {
	folded := text.Fold(sentence)
	return slices.ContainsFunc(denial, func(stem string) bool {
		at := strings.Index(folded, stem)
		return at == 0 || at > 0 && folded[at-1] == ' '
	})
}
