package timeline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits text into sentences, which joined again are the text: the spaces
// and footnote marks after a sentence belong to it.
//
// It does not split in doubt, since half a sentence says something else: not
// within quotation marks or brackets, not after an abbreviation, an initial or
// a number that may be an ordinal, and not after a quotation that begins a
// sentence, since the speaker may follow.
func Sentences(text string) []string {
	var sentences []string
	start := 0
	var open nesting
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		if isEnd(r) && !(r == '.' && goesOn(text[start:i], text[end:])) {
			end = open.close(text, end)
			if next, splits := afterEnd(text, end, r); splits && len(open) == 0 && !opensWithQuotation(text[start:end]) {
				sentences = append(sentences, text[start:next])
				start, end = next, next
			}
		} else {
			open.pass(r)
		}
		i = end
	}
	if start < len(text) {
		sentences = append(sentences, text[start:])
	}
	return sentences
}

// isEnd reports whether r may end a sentence.
func isEnd(r rune) bool { return strings.ContainsRune(".!?。！？؟।", r) }

// afterEnd finds the start of the next sentence after an end mark and the closing
// marks behind it; splits is false if the sentence continues.
func afterEnd(text string, at int, mark rune) (next int, splits bool) {
	next = at
	run := text[at:] // of spaces and footnote marks, which belong to the sentence
	run = run[:len(run)-len(strings.TrimLeft(run, " []0123456789"))]
	for seg := range Segments(run, HighestMark) {
		if seg.Mark == "" || strings.Trim(seg.Text, " ") != "" {
			break
		}
		next += len(seg.Text) + len(seg.Mark)
	}
	rest := strings.TrimLeft(text[next:], " ")
	blank := len(rest) < len(text)-next
	next = len(text) - len(rest)
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return next, true
	case mark > unicode.MaxASCII:
		return next, !isEnd(first)
	}
	return next, blank && !unicode.IsLower(first) && !strings.ContainsRune(".!?,;:…–—", first)
}

// Abbreviations after which the sentence continues: titles before a name, and words
// before a number.
const (
	titles     = " adm amb brig capt cmdr col dr fr gen gov hon lt maj messrs mr mrs ms mt pres prof rep rev sen sgt st ste vs "
	references = " apr art aug ca cf ch dec feb fig jan jul jun mar no nos nov oct para pp sec sep sept vol "
)

// goesOn reports whether a full stop does not end the sentence but an abbreviation,
// an initial, an ordinal or an ellipsis.
func goesOn(before, after string) bool {
	begins := func(r rune) bool { return r == ' ' || strings.ContainsRune(openers, r) }
	word := before[max(0, strings.LastIndexFunc(before, begins)):]
	word = strings.ToLower(strings.TrimLeftFunc(word, begins))
	letters := utf8.RuneCountInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " "))
	switch {
	case letters == 0, last == '.', strings.HasPrefix(after, "."):
		return true
	case unicode.IsLetter(last) && strings.Contains(word, "."): // U.S.
		return true
	case unicode.IsLetter(last) && letters == 1: // N. Korea
		return true
	case unicode.IsDigit(last) && letters <= 2: // 3. Oktober
		return true
	}
	return strings.Contains(titles, " "+word+" ") || unicode.IsDigit(next) && strings.Contains(references, " "+word+" ")
}

// nesting is a stack of the closing marks that are due.
type nesting []rune

// Opening marks, and their closing marks in the same order.
const (
	openers = "\"“„«「『([（【《"
	closers = "\"”“»」』)]）】》"
)

// pass records a rune that opens or closes something.
func (n *nesting) pass(r rune) {
	last := len(*n) - 1
	if last >= 0 && (*n)[last] == r {
		*n = (*n)[:last]
		return
	}
	i := slices.Index([]rune(openers), r)
	if i >= 0 {
		*n = append(*n, []rune(closers)[i])
	}
}

// close passes the closing marks at a position, and returns where they end.
func (n *nesting) close(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		last := len(*n) - 1
		switch {
		case last >= 0 && (*n)[last] == r:
			*n = (*n)[:last]
		case r == '’', isEnd(r): // a single quotation mark, or “?!”
		default:
			return at
		}
		at += size
	}
	return at
}

// opensWithQuotation reports whether a sentence is so far only a quotation.
func opensWithQuotation(sentence string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(sentence, " "))
	last, _ := utf8.DecodeLastRuneInString(sentence)
	return strings.ContainsRune("\"“„«「『‘", first) && strings.ContainsRune("\"”“»」』’", last)
}
