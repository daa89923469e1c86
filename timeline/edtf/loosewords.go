package edtf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a number, a word or a sign of a text.
type token struct {
	kind    byte    // numeral, word, or the ASCII sign that stands for mark
	means   meaning // of a word
	value   int64   // of a number, or the month, season, weekday or ordinal that a word names
	mark    rune    // the sign as it is written
	text    string  // as it is written
	at, end int     // in the text of the parser
	gap     bool    // blanks stand before it
	ordinal bool    // the number is one: 5th
}

const (
	numeral = '0'
	word    = 'a'
)

const longestTokens = 40

// tokens splits s. It is false if s has too many tokens, or signs that no date
// has.
func (p *looseParser) tokens(s string) ([]token, bool) {
	ts := p.space[:0]
	gap := false
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(c) {
			gap = true
			i += size
			continue
		}
		if len(ts) == longestTokens {
			return nil, false
		}
		t := token{at: i, gap: gap, mark: c}
		gap = false
		switch {
		case isASCIIDigit(c):
			t.kind = numeral
			for i < len(s) {
				c, size := utf8.DecodeRuneInString(s[i:])
				if !isASCIIDigit(c) {
					break
				}
				if t.value < 1e17 {
					t.value = t.value*10 + int64(asciiOf(c)-'0')
				}
				i += size
			}
		case isYearSign(c):
			// 2031年6月19日: the day sign closes the date, the others join it.
			i += size
			rest := strings.TrimLeft(s[i:], " ")
			if c == '日' || c == '일' || rest == "" || !isDigit(rest[0]) {
				continue
			}
			t.kind, t.mark, t.gap, gap = '-', '-', false, false
			i = len(s) - len(rest)
		case unicode.IsLetter(c):
			t.kind = word
			i = wordEnd(s, i)
			t.means, t.value = meaningOf(s[t.at:i])
		default:
			t.kind = signOf(c)
			if t.kind == 0 {
				p.fail(vague, i, "there is no "+s[i:i+size]+" in a date")
				return nil, false
			}
			i += size
		}
		t.end = i
		t.text = s[t.at:i]
		ts = append(ts, t)
	}
	return ordinals(ts), true
}

// ordinals joins numbers with their endings: 5th, 3rd. A number with an ending
// of its own, such as 1850s, stays two tokens.
func ordinals(ts []token) []token {
	kept := ts[:0]
	for _, t := range ts {
		if n := len(kept); n > 0 && t.means == ordinalEnding && !t.gap && kept[n-1].kind == numeral {
			kept[n-1].ordinal, kept[n-1].end = true, t.end
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// wordEnd returns where the word at i ends. Single letters with full stops
// between them, as in B.C. or p.m., are one word.
func wordEnd(s string, i int) int {
	start := i
	for i < len(s) {
		c, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(c) && !unicode.IsMark(c) || isYearSign(c) {
			break
		}
		i += size
	}
	if i == start+1 && i+1 < len(s) && s[i] == '.' && isASCIILetter(s[i+1]) {
		end := i
		for i+1 < len(s) && s[i] == '.' && isASCIILetter(s[i+1]) && (i+2 == len(s) || !isASCIILetter(s[i+2])) {
			i += len(".c")
			end = i
		}
		if end < len(s) && s[end] == '.' && end > start+1 {
			end++
		}
		return end
	}
	return i
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isASCIIDigit(c rune) bool { return '0' <= asciiOf(c) && asciiOf(c) <= '9' }

// asciiOf returns the ASCII character that looks like c. Full-width forms are in
// the order of ASCII.
func asciiOf(c rune) rune {
	if isFullWidth(c) {
		return c - '！' + '!'
	}
	return c
}

// isYearSign reports whether c follows a year, a month or a day in Chinese,
// Japanese or Korean.
func isYearSign(c rune) bool { return strings.ContainsRune("年月日년월일", c) }

// signOf returns the ASCII sign that c stands for, 0 if no date has it.
func signOf(c rune) byte {
	c = asciiOf(c)
	switch {
	case isDash(c):
		return '-'
	case c == '≈':
		return '~'
	case c == '’' || c == '‘':
		return '\''
	case strings.ContainsRune("/.,;:?~%()[]+&'@", c):
		return byte(c)
	}
	return 0
}

// A meaning is what a word does in a date.
type meaning uint8

const (
	unknownWord   meaning = iota
	monthWord             // value is its number
	seasonWord            // value is 21 to 24
	weekdayWord           // value is 0 for Sunday
	aboutWord             // the date is approximate
	maybeWord             // the date is uncertain
	partWord              // early, mid, late, end: part of a time
	dayPartWord           // morning, evening
	beforeChrist          // BC
	afterChrist           // AD
	emptyWord             // of, the
	toWord                // between the ends of a range
	orWord                // between two dates
	andWord               // between two dates, or the ends of a range
	openWord              // present, now: an end that is not reached
	missingWord           // unknown
	ordinalEnding         // th
	ordinalWord           // first; value is its number
	centuryWord           //
	quarterWord           //
	halfWord              //
	weekWord              //
	decadeWord            // the s of 1850s
	timeWord              // the T before a time
	zoneWord              // UTC, CET; value is the offset in minutes
	amWord                //
	pmWord                //
	hourWord              // the h of 9h30
)

// meaningOf returns what a word does.
func meaningOf(s string) (meaning, int64) {
	var space [32]byte
	b := space[:0]
	for _, c := range s {
		if c = unaccented(unicode.ToLower(asciiOf(c))); c != '.' && len(b) < len(space)-utf8.UTFMax {
			b = utf8.AppendRune(b, c)
		}
	}
	if m := meaningOfWord(b); m != unknownWord {
		return m, 0
	}
	if m, value := numbered(b); m != unknownWord {
		return m, value
	}
	if n := monthOf(string(b)); n > 0 {
		return monthWord, n
	}
	return unknownWord, 0
}

func unaccented(c rune) rune {
	switch c {
	case 'à', 'á', 'â', 'ä', 'ã':
		return 'a'
	case 'è', 'é', 'ê', 'ë':
		return 'e'
	case 'í', 'ì':
		return 'i'
	case 'ó', 'ô', 'ö':
		return 'o'
	case 'ú', 'û', 'ü', 'ù':
		return 'u'
	case 'ç':
		return 'c'
	case 'ñ':
		return 'n'
	}
	return c
}

func meaningOfWord(b []byte) meaning {
	switch string(b) {
	case "about", "approx", "approximately", "approximate", "circa", "c", "ca", "cca", "around", "roughly", "est", "estimated", "etwa", "gegen", "vers", "hacia", "около":
		return aboutWord
	case "possibly", "probably", "perhaps", "maybe", "uncertain", "presumably", "likely", "doubtful", "unsure", "questionable":
		return maybeWord
	case "early", "mid", "middle", "late", "beginning", "start", "end":
		return partWord
	case "morning", "afternoon", "evening", "night", "dawn", "dusk", "noon", "midday", "midnight":
		return dayPartWord
	case "bc", "bce":
		return beforeChrist
	case "ad", "ce":
		return afterChrist
	case "of", "the", "in", "on", "at", "year", "de", "del", "den", "der", "die", "le", "la", "el", "du", "im", "um", "vom", "von", "г", "года", "год", "с":
		return emptyWord
	case "to", "until", "till", "til", "through", "thru", "thro", "bis", "au", "al", "a", "hasta", "по", "до":
		return toWord
	case "or", "oder", "ou", "или":
		return orWord
	case "and", "und", "et", "y", "и":
		return andWord
	case "present", "now", "ongoing", "today", "current", "date", "continuing":
		return openWord
	case "unknown", "unk":
		return missingWord
	case "st", "nd", "rd", "th", "er", "º", "ª":
		return ordinalEnding
	case "century", "centuries", "cent":
		return centuryWord
	case "quarter", "q", "qtr":
		return quarterWord
	case "half", "h":
		return halfWord
	case "week", "wk", "w", "kw":
		return weekWord
	case "s":
		return decadeWord
	case "t":
		return timeWord
	case "am":
		return amWord // or German for "on the"
	case "pm":
		return pmWord
	case "hrs", "hours", "uhr", "oclock":
		return hourWord
	}
	return unknownWord
}

// numbered returns the meaning of a word that stands for a number.
func numbered(b []byte) (meaning, int64) {
	switch string(b) {
	case "spring":
		return seasonWord, 21
	case "summer":
		return seasonWord, 22
	case "autumn", "fall":
		return seasonWord, 23
	case "winter":
		return seasonWord, 24
	case "first":
		return ordinalWord, 1
	case "second":
		return ordinalWord, 2
	case "third":
		return ordinalWord, 3
	case "fourth":
		return ordinalWord, 4
	case "sunday", "sun", "sonntag", "dimanche", "domingo":
		return weekdayWord, 0
	case "monday", "mon", "montag", "lundi", "lunes":
		return weekdayWord, 1
	case "tuesday", "tue", "tues", "dienstag", "mardi", "martes":
		return weekdayWord, 2
	case "wednesday", "wed", "weds", "mittwoch", "mercredi", "miercoles":
		return weekdayWord, 3
	case "thursday", "thu", "thur", "thurs", "donnerstag", "jeudi", "jueves":
		return weekdayWord, 4
	case "friday", "fri", "freitag", "vendredi", "viernes":
		return weekdayWord, 5
	case "saturday", "sat", "samstag", "samedi", "sabado":
		return weekdayWord, 6
	case "z", "utc", "gmt", "ut":
		return zoneWord, 0
	case "wet":
		return zoneWord, 0
	case "cet", "west":
		return zoneWord, 60
	case "cest", "eet":
		return zoneWord, 120
	case "eest", "msk":
		return zoneWord, 180
	case "kst", "jst":
		return zoneWord, 540
	case "edt":
		return zoneWord, -240
	case "cdt":
		return zoneWord, -300
	case "mst":
		return zoneWord, -420
	case "pst":
		return zoneWord, -480
	case "pdt":
		return zoneWord, -420
	}
	return unknownWord, 0
}

// monthOf returns the number of the month that a word names, in English or a few
// other languages, whole or cut to three letters or more. It is 0 for other
// words.
func monthOf(word string) int64 {
	if utf8.RuneCountInString(word) < 3 || word == "jui" { // juin or juillet
		return 0
	}
	for i, names := range [...]string{
		"january janvier enero gennaio janeiro января январь",
		"february fevrier febrero febbraio fevereiro февраля февраль",
		"march mars marzo marz marco maart марта март",
		"april avril abril aprile апреля апрель",
		"may mai mayo maggio maio mei мая май",
		"june juin junio giugno junho juni июня июнь",
		"july juillet julio luglio julho juli июля июль",
		"august aout agosto augustus августа август",
		"september septembre septiembre setiembre settembre setembro сентября сентябрь",
		"october oktober octobre octubre ottobre outubro октября октябрь",
		"november novembre noviembre novembro ноября ноябрь",
		"december dezember decembre diciembre dicembre dezembro декабря декабрь",
	} {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(name, word) {
				return int64(i + 1)
			}
		}
	}
	return 0
}
