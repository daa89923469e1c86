package format

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"dateline/timeline/text"
)

// An Encoding is how the text of a file is written as bytes. The zero value is
// UTF-8, which all that reads events takes.
type Encoding struct {
	name string
	from encoding.Encoding
}

var (
	utf16LE     = Encoding{"utf-16le", utf.UTF16(utf.LittleEndian, utf.UseBOM)}
	utf16BE     = Encoding{"utf-16be", utf.UTF16(utf.BigEndian, utf.UseBOM)}
	utf32LE     = Encoding{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)}
	utf32BE     = Encoding{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)}
	windows1252 = Encoding{"windows-1252", charmap.Windows1252}
)

// EncodingNames are the encodings that a mistake is compared with and the shell
// completes. ParseEncoding knows more names.
func EncodingNames() []string {
	return strings.Fields("utf-8 utf-16le utf-16be windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 " +
		"iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-15 koi8-r koi8-u macintosh ibm866 shift_jis euc-jp iso-2022-jp euc-kr gbk gb18030 big5")
}

// ParseEncoding returns the encoding of a name, as the Encoding Standard of the
// WHATWG lists them: iso-8859-1 is windows-1252 there.
func ParseEncoding(name string) (Encoding, error) {
	from, err := htmlindex.Get(name)
	if err == nil {
		name, err = htmlindex.Name(from)
	}
	switch {
	case err != nil || name == "replacement" || name == "x-user-defined":
		if near := text.Nearest(name, EncodingNames()); near != "" {
			return Encoding{}, fmt.Errorf("there is no encoding %q; did you mean %s?", name, near)
		}
		return Encoding{}, fmt.Errorf("there is no encoding %q; there are %s", name, strings.Join(EncodingNames(), ", "))
	case name == "utf-8":
		return Encoding{}, nil
	case name == "utf-16le":
		return utf16LE, nil
	case name == "utf-16be":
		return utf16BE, nil
	}
	return Encoding{name, from}, nil
}

// String is the name of the encoding.
func (e Encoding) String() string { return cmp.Or(e.name, "utf-8") }

// IsUTF8 reports whether the encoding is UTF-8.
func (e Encoding) IsUTF8() bool { return e.from == nil }

// A Decoded reads a text in another encoding as UTF-8. What is not valid becomes
// U+FFFD, and is counted.
type Decoded struct {
	from    io.Reader
	name    string
	invalid int
	matched int // bytes of U+FFFD at the end of what was read
}

// Decode reads r as UTF-8.
func (e Encoding) Decode(r io.Reader) *Decoded {
	return &Decoded{from: transform.NewReader(r, e.from.NewDecoder()), name: e.name}
}

func (d *Decoded) Read(to []byte) (int, error) {
	n, err := d.from.Read(to)
	const replacement = "\ufffd"
	for _, c := range to[:n] {
		if c != replacement[d.matched] {
			d.matched = 0
			continue
		}
		if d.matched++; d.matched == len(replacement) {
			d.matched = 0
			d.invalid++
		}
	}
	return n, err
}

// Note says what a reader of the file should know, once all is read: that the
// encoding was guessed, or that some bytes were invalid.
func (d *Decoded) Note(guessed bool) string {
	var note string
	if guessed && d.name == windows1252.name {
		note = "this is not UTF-8; it is read as Windows-1252; --encoding names another"
	}
	if d.invalid > 0 {
		if note != "" {
			note += "; "
		}
		note += fmt.Sprintf("U+FFFD stands for what is not valid %s: %s", d.name, text.Counted(d.invalid, "character"))
	}
	return note
}

var errEncoding = errors.New("this is neither UTF-8 nor, by its letters, Windows-1252; name its encoding with --encoding, such as windows-1251, macintosh, shift_jis or gb18030")

// DetectEncoding tells the encoding of a file by samples of it, of which the first
// is its beginning; it is the whole, or the file is longer than all. The encoding is
//
//   - the one that a byte order mark says;
//   - else the one that is given, if any;
//   - else UTF-16 if about every second byte is zero;
//   - UTF-8 if the samples are valid UTF-8, or have as many characters beyond ASCII
//     as bytes that are part of none: those are then faults of their events;
//   - Windows-1252 if the rest looks like words of Western Europe: at most 30 % of
//     the letters are beyond ASCII, and they stand in words as such letters do;
//   - else an error that says how to name it.
func DetectEncoding(given *Encoding, whole bool, head string, samples ...string) (Encoding, error) {
	for _, marked := range []struct {
		mark     string
		encoding Encoding
	}{{"\xef\xbb\xbf", Encoding{}}, {"\xff\xfe\x00\x00", utf32LE}, {"\x00\x00\xfe\xff", utf32BE}, {"\xff\xfe", utf16LE}, {"\xfe\xff", utf16BE}} {
		if strings.HasPrefix(head, marked.mark) {
			return marked.encoding, nil
		}
	}
	if given != nil {
		return *given, nil
	}
	if e := withoutMark(head[:min(len(head), headSize)]); !e.IsUTF8() {
		return e, nil
	}
	all := append([]string{head}, samples...)
	if !whole {
		for i := range all {
			all[i] = wholeCharacters(all[i], i > 0)
		}
	}
	if !slices.ContainsFunc(all, func(s string) bool { return !utf8.ValidString(s) }) {
		return Encoding{}, nil
	}
	for _, binary := range []struct{ begins, name string }{{"%PDF-", "a PDF"}, {"SQLite format 3\x00", "an SQLite database"}, {"\xd0\xcf\x11\xe0", "an Excel file of before 2007"}, {"PAR1", "Parquet"}} {
		if strings.HasPrefix(head, binary.begins) {
			return Encoding{}, fmt.Errorf("this is %s, not text; save its events as CSV", binary.name)
		}
	}
	switch {
	case strings.HasPrefix(head, "PK\x03\x04"): // formats say what it is
		return Encoding{}, nil
	case strings.IndexByte(head, 0) >= 0:
		return Encoding{}, errors.New("this is not text: it has NUL bytes")
	}
	var l letters
	for _, s := range all {
		l.count(telling(s))
	}
	switch {
	case l.valid >= l.invalid:
		return Encoding{}, nil
	case 100*l.beyond > 30*(l.ascii+l.beyond) || 5*l.odd > l.high:
		return Encoding{}, errEncoding
	}
	return windows1252, nil
}

// withoutMark returns UTF-16 if a text is that without a byte order mark: digits,
// commas and line ends have a zero byte each.
func withoutMark(text string) Encoding {
	var plain [2]int // characters of Latin-1, by where their zero byte is
	for i := 0; i+1 < len(text); i += 2 {
		for zero := range 2 {
			if c := text[i+1-zero]; text[i+zero] == 0 && (c >= ' ' && c < 0x7f || c >= 0xa0 || c == '\t' || c == '\r' || c == '\n') {
				plain[zero]++
			}
		}
	}
	many, zeros := len(text)/20, strings.Count(text, "\x00")
	switch few := zeros / 50; {
	case plain[1] > many && zeros-plain[1] <= few:
		return utf16LE
	case plain[0] > many && zeros-plain[0] <= few:
		return utf16BE
	}
	return Encoding{}
}

// wholeCharacters cuts what may be parts of characters from the end of a sample
// and, if it does not begin with the file, from its beginning.
func wholeCharacters(sample string, inside bool) string {
	for n := 0; inside && n < utf8.UTFMax-1 && sample != "" && !utf8.RuneStart(sample[0]); n++ {
		sample = sample[1:]
	}
	return sample[:wholeRunes(sample)]
}

// telling returns the part of a sample that tells its encoding: what is around the
// first bytes that are not UTF-8.
func telling(sample string) string {
	const most = 1 << 20
	if len(sample) <= most {
		return sample
	}
	from := 0
	for n := 1 << 16; from+n < len(sample) && utf8.ValidString(wholeCharacters(sample[from:from+n], true)); {
		from += n
	}
	from = min(max(0, from-most/4), len(sample)-most)
	return sample[from : from+most]
}

// letters counts what tells Windows-1252 from other encodings of a byte a
// character, and from those of two.
type letters struct {
	valid, invalid int // characters of UTF-8 beyond ASCII, and bytes that are part of none
	ascii, beyond  int // letters, as Windows-1252 has them
	high, odd      int // bytes beyond ASCII, and those of them that stand where no word of it has them
}

// nko begins the characters of the N'Ko alphabet in UTF-8, and ß“ and ß– in
// Windows-1252.
const nko = 0xdf

func (l *letters) count(text string) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case n > 1 && text[i] != nko:
			l.valid++
		case r >= utf8.RuneSelf:
			l.invalid++
			n = 1
		}
		i += n
	}
	run := 0
	for i := range len(text) {
		letter := unicode.IsLetter(western(text[i]))
		switch {
		case text[i] < utf8.RuneSelf:
			run = 0
			if letter {
				l.ascii++
			}
			continue
		case letter:
			l.beyond++
		}
		l.high++
		run++
		if isOdd(text, i) || run > 3 {
			l.odd++
		} else if run == 3 {
			l.odd += run // few words have three such letters in a row
		}
	}
}

func western(c byte) rune { return charmap.Windows1252.DecodeByte(c) }

// isOdd reports whether a byte beyond ASCII stands where no text of Windows-1252
// has it: it has no meaning there, or is a symbol or a capital within a word.
func isOdd(text string, i int) bool {
	const (
		within = "’‘´·-–—…\u00ad\u00a0" // may stand within words
		before = "«‹„“‚¿¡°©"            // and before them
	)
	r, last, next := western(text[i]), ' ', ' '
	if i > 0 {
		last = western(text[i-1])
	}
	if i+1 < len(text) {
		next = western(text[i+1])
	}
	switch {
	case unicode.IsControl(r):
		return true
	case unicode.IsUpper(r):
		return unicode.IsLower(last) || unicode.IsLetter(last) && unicode.IsLower(next)
	case unicode.IsLetter(r) || strings.ContainsRune(within, r):
		return false
	}
	return unicode.IsLetter(next) && (unicode.IsLetter(last) || !strings.ContainsRune(before, r))
}
