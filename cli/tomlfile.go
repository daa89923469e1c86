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

// A tomlFile is a file that its reader wrote, such as the configuration. All
// that is wrong with it is noted, each mistake with its line.
type tomlFile struct {
	path, text string
	data       toml.MetaData
	mistakes   []mistake
}

// A mistake is something wrong in a file.
type mistake struct {
	line, column int    // counted from 1; column 0 is not known
	text         string // what is wrong, and what would be right
}

// mistaken is the error of a file with mistakes. It has a line for each.
type mistaken struct {
	path     string
	mistakes []mistake
}

func (m *mistaken) Error() string {
	more := ""
	if n := len(m.mistakes) - 1; n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return m.lines()[0] + more
}

// lines lists the mistakes in the order of the file.
func (m *mistaken) lines() []string {
	var lines []string
	for _, x := range m.mistakes {
		at := strconv.Itoa(x.line)
		if x.column > 0 {
			at += ":" + strconv.Itoa(x.column)
		}
		lines = append(lines, m.path+":"+at+": "+x.text)
	}
	return lines
}

// readTOML reads the tables and values at the top of a file.
func readTOML(path, text string) (*tomlFile, map[string]toml.Primitive) {
	f := &tomlFile{path: path, text: strings.TrimPrefix(text, "\ufeff")}
	top := make(map[string]toml.Primitive)
	var err error
	f.data, err = toml.Decode(f.text, &top)
	var syntax toml.ParseError // as any value is taken, there is no other error
	if errors.As(err, &syntax) {
		at := syntax.Position.Start
		f.mistakes = []mistake{{f.line(at), f.column(at), lowered(syntax.Message)}}
	}
	return f, top
}

// lowered is a sentence as a part of another.
func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s // it begins with an abbreviation
	}
	return string(unicode.ToLower(first)) + strings.TrimSuffix(s[size:], ".")
}

// wrong notes a mistake, by where in the text it is.
func (f *tomlFile) wrong(at int, format string, args ...any) {
	f.mistakes = append(f.mistakes, mistake{f.line(at), 0, fmt.Sprintf(format, args...)})
}

// err is the error of the mistakes there are.
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
	return &mistaken{f.path, f.mistakes}
}

// before is the text up to a place. The end of the last line is on that line.
func (f *tomlFile) before(at int) string {
	return f.text[:max(0, min(at, len(strings.TrimSuffix(f.text, "\n"))))]
}

func (f *tomlFile) line(at int) int { return 1 + strings.Count(f.before(at), "\n") }

func (f *tomlFile) column(at int) int {
	before := f.before(at)
	return 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}

// start returns where a value begins, or the heading of a table. The library
// says so only to what refuses the value.
func (f *tomlFile) start(v toml.Primitive) int {
	var refused toml.ParseError
	errors.As(f.data.PrimitiveDecode(v, refusal{}), &refused)
	if refused.Position.Line > 0 {
		return refused.Position.Start
	}
	first := len(f.text) // a table that dotted keys make begins with the first of them
	for _, v := range f.table(v) {
		first = min(first, f.start(v))
	}
	return first
}

// refusal refuses every value.
type refusal struct{}

func (refusal) UnmarshalTOML(any) error { return errors.New("refused") }

// table returns what is in a table; it is nil for what is none.
func (f *tomlFile) table(v toml.Primitive) (table map[string]toml.Primitive) {
	f.data.PrimitiveDecode(v, &table)
	return table
}

// value returns a value of whatever type it has.
func (f *tomlFile) value(v toml.Primitive) (value any) {
	f.data.PrimitiveDecode(v, &value)
	return value
}

// described says what a value is, for people.
func described(value any) string {
	switch v := value.(type) {
	case string:
		const longest = 40
		if utf8.RuneCountInString(v) > longest {
			v = string([]rune(v)[:longest]) + "…"
		}
		return strconv.Quote(v)
	case bool, int64, float64:
		return fmt.Sprint(v)
	case map[string]any, []map[string]any:
		return "a table"
	case []any:
		return "a list"
	}
	return "a date"
}

// choice writes words to choose one of.
func choice(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// meant names the word that another was likely meant for, or else all.
func meant(word string, words []string) string {
	if near := text.Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(words, ", ")
}
