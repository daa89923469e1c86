package edtf

import (
	"strings"
	"sync"
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

// meaningOf returns what a word does, and the number that it stands for.
func meaningOf(s string) (meaning, int64) {
	var space [32]byte
	b := space[:0]
	for _, c := range s {
		if c = unaccented(unicode.ToLower(asciiOf(c))); c != '.' && len(b) < len(space)-utf8.UTFMax {
			b = utf8.AppendRune(b, c)
		}
	}
	w := vocabulary()[string(b)]
	return w.means, w.value
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

// A wordMeaning is a meaning with its words, folded.
type wordMeaning struct {
	means meaning
	value int64
	words string
}

// vocabulary finds the meaning of a word. Months, in English or a few other
// languages, may be cut to three letters or more.
var vocabulary = sync.OnceValue(func() map[string]wordMeaning {
	known := make(map[string]wordMeaning)
	for _, w := range wordMeanings {
		for word := range strings.FieldsSeq(w.words) {
			letters := []rune(word)
			least := len(letters)
			if w.means == monthWord {
				least = 3
			}
			for n := least; n <= len(letters); n++ {
				if _, taken := known[string(letters[:n])]; !taken {
					known[string(letters[:n])] = w
				}
			}
		}
	}
	delete(known, "jui") // juin or juillet
	return known
})

var wordMeanings = []wordMeaning{
	{aboutWord, 0, "about approx approximately approximate circa c ca cca around roughly est estimated etwa gegen vers hacia около"},
	{maybeWord, 0, "possibly probably perhaps maybe uncertain presumably likely doubtful unsure questionable"},
	{partWord, 0, "early mid middle late beginning start end"},
	{dayPartWord, 0, "morning afternoon evening night dawn dusk noon midday midnight"},
	{beforeChrist, 0, "bc bce"},
	{afterChrist, 0, "ad ce"},
	{emptyWord, 0, "of the in on at year de del den der die le la el du im um vom von г года год с"},
	{toWord, 0, "to until till til through thru thro bis au al a hasta по до"},
	{orWord, 0, "or oder ou или"},
	{andWord, 0, "and und et y и"},
	{openWord, 0, "present now ongoing today current date continuing"},
	{missingWord, 0, "unknown unk"},
	{ordinalEnding, 0, "st nd rd th er º ª"},
	{centuryWord, 0, "century centuries cent"},
	{quarterWord, 0, "quarter q qtr"},
	{halfWord, 0, "half h"},
	{weekWord, 0, "week wk w kw"},
	{decadeWord, 0, "s"},
	{timeWord, 0, "t"},
	{amWord, 0, "am"}, // or German for "on the"
	{pmWord, 0, "pm"},
	{hourWord, 0, "hrs hours uhr oclock"},
	{seasonWord, 21, "spring"},
	{seasonWord, 22, "summer"},
	{seasonWord, 23, "autumn fall"},
	{seasonWord, 24, "winter"},
	{ordinalWord, 1, "first"},
	{ordinalWord, 2, "second"},
	{ordinalWord, 3, "third"},
	{ordinalWord, 4, "fourth"},
	{weekdayWord, 0, "sunday sun sonntag dimanche domingo"},
	{weekdayWord, 1, "monday mon montag lundi lunes"},
	{weekdayWord, 2, "tuesday tue tues dienstag mardi martes"},
	{weekdayWord, 3, "wednesday wed weds mittwoch mercredi miercoles"},
	{weekdayWord, 4, "thursday thu thur thurs donnerstag jeudi jueves"},
	{weekdayWord, 5, "friday fri freitag vendredi viernes"},
	{weekdayWord, 6, "saturday sat samstag samedi sabado"},
	{zoneWord, 0, "z utc gmt ut wet"},
	{zoneWord, 60, "cet west"},
	{zoneWord, 120, "cest eet"},
	{zoneWord, 180, "eest msk"},
	{zoneWord, 540, "kst jst"},
	{zoneWord, -240, "edt"},
	{zoneWord, -300, "cdt"},
	{zoneWord, -420, "mst pdt"},
	{zoneWord, -480, "pst"},
	{monthWord, 1, "january janvier enero gennaio janeiro января январь"},
	{monthWord, 2, "february fevrier febrero febbraio fevereiro февраля февраль"},
	{monthWord, 3, "march mars marzo marz marco maart марта март"},
	{monthWord, 4, "april avril abril aprile апреля апрель"},
	{monthWord, 5, "may mai mayo maggio maio mei мая май"},
	{monthWord, 6, "june juin junio giugno junho juni июня июнь"},
	{monthWord, 7, "july juillet julio luglio julho juli июля июль"},
	{monthWord, 8, "august aout agosto augustus августа август"},
	{monthWord, 9, "september septembre septiembre setiembre settembre setembro сентября сентябрь"},
	{monthWord, 10, "october oktober octobre octubre ottobre outubro октября октябрь"},
	{monthWord, 11, "november novembre noviembre novembro ноября ноябрь"},
	{monthWord, 12, "december dezember decembre diciembre dicembre dezembro декабря декабрь"},
}
