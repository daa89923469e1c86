package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"dateline/timeline/text"
)

// A tomlFile is a TOML file that a person wrote. It collects every mistake in the
// file, each with its line.
type tomlFile struct {
	path, text string
	data       toml.MetaData
	mistakes   []mistake
}

// A mistake is something wrong on a line of a file.
type mistake struct {
	line, column int // from 1; column 0 is unknown
	text         string
}

// A mistakesError is the error of a file with mistakes.
type mistakesError struct {
	path     string
	mistakes []mistake
}

func (e *mistakesError) Error() string { return strings.Join(e.lines(), "\n") }

// lines lists the mistakes in the order of the file.
func (e *mistakesError) lines() []string {
	var lines []string
	for _, m := range e.mistakes {
		at := strconv.Itoa(m.line)
		if m.column > 0 {
			at += ":" + strconv.Itoa(m.column)
		}
		lines = append(lines, e.path+":"+at+": "+m.text)
	}
	return lines
}

// readTOML parses a file and returns its top level.
func readTOML(path, text string) (*tomlFile, map[string]toml.Primitive) {
	f := &tomlFile{path: path, text: strings.TrimPrefix(text, "\ufeff")}
	top := make(map[string]toml.Primitive)
	var err error
	f.data, err = toml.Decode(f.text, &top)
	var syntax toml.ParseError // the only error, since a Primitive takes any value
	if errors.As(err, &syntax) {
		at := syntax.Position.Start
		f.mistakes = []mistake{{f.line(at), f.column(at), lowered(syntax.Message)}}
	}
	return f, top
}

// lowered turns a sentence into a part of another.
func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s // it begins with an abbreviation
	}
	return string(unicode.ToLower(first)) + strings.TrimSuffix(s[size:], ".")
}

// wrong records a mistake at an offset in the text.
func (f *tomlFile) wrong(at int, format string, args ...any) {
	f.mistakes = append(f.mistakes, mistake{f.line(at), 0, fmt.Sprintf(format, args...)})
}

// err returns the mistakes as an error, or nil if there are none.
func (f *tomlFile) err() error {
	if len(f.mistakes) == 0 {
		return nil
	}
	slices.SortFunc(f.mistakes, func(a, b mistake) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.text, b.text)
	})
	return &mistakesError{f.path, f.mistakes}
}

// before is the text up to an offset. The end of the text is on its last line.
func (f *tomlFile) before(at int) string {
	return f.text[:max(0, min(at, len(strings.TrimSuffix(f.text, "\n"))))]
}

func (f *tomlFile) line(at int) int { return 1 + strings.Count(f.before(at), "\n") }

func (f *tomlFile) column(at int) int {
	before := f.before(at)
	return 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}

// start returns the offset of a value, or of the heading of a table. The library
// reveals it only in the error of a type that refuses the value.
func (f *tomlFile) start(v toml.Primitive) int {
	var refused toml.ParseError
	errors.As(f.data.PrimitiveDecode(v, refusal{}), &refused)
	if refused.Position.Line > 0 {
		return refused.Position.Start
	}
	first := len(f.text) // a table made by dotted keys begins at the first of them
	for _, v := range f.table(v) {
		first = min(first, f.start(v))
	}
	return first
}

// refusal refuses every value.
type refusal struct{}

func (refusal) UnmarshalTOML(any) error { return errors.New("refused") }

// table returns the content of a table; it is nil for any other value.
func (f *tomlFile) table(v toml.Primitive) (table map[string]toml.Primitive) {
	f.data.PrimitiveDecode(v, &table)
	return table
}

// value returns a value of any type.
func (f *tomlFile) value(v toml.Primitive) (value any) {
	f.data.PrimitiveDecode(v, &value)
	return value
}

// described describes a value in an error.
func described(value any) string {
	switch v := value.(type) {
	case string:
		return quoted(v)
	case bool, int64, float64:
		return fmt.Sprint(v)
	case map[string]any, []map[string]any:
		return "a table"
	case []any:
		return "a list"
	}
	return "a date"
}

// quoted quotes a text, shortened if it is long.
func quoted(s string) string {
	const longest = 40
	if utf8.RuneCountInString(s) > longest {
		s = string([]rune(s)[:longest]) + "…"
	}
	return strconv.Quote(s)
}

// suggest names the word that was likely meant or, if none is near, all words.
func suggest(word string, words []string) string {
	if near := text.Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "use " + choice(words)
}
