package edtf

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// grammar is levels 0 and 1 as a regular expression: what a date looks like,
// before the calendar has its say. It shares nothing with the parser.
var grammar = func() *regexp.Regexp {
	const (
		year      = `-?[0-9]{4}`
		month     = `-(?:0[1-9]|1[0-2])`
		day       = `-(?:0[1-9]|[12][0-9]|3[01])`
		date      = year + `(?:` + month + `(?:` + day + `)?)?`
		season    = year + `-2[1-4]`
		qualified = `(?:` + date + `|` + season + `)[?~%]?`
		end       = `(?:` + qualified + `|\.\.)?`
		clock     = `(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]`
		moment    = year + month + day + `T` + clock + `(?:Z|[+-][0-9]{2}(?::[0-5][0-9])?)?`
		digits    = `-?(?:[0-9]{3}X|[0-9]{2}XX)|` + year + `-XX(?:-XX)?|` + year + month + `-XX`
		long      = `Y-?[1-9][0-9]{4,}`
	)
	return regexp.MustCompile(`^(?:` + strings.Join([]string{qualified, moment, digits, long, end + `/` + end}, `|`) + `)$`)
}()

// calendar are the only reasons to refuse what the grammar accepts.
var calendar = regexp.MustCompile(`has (28|29|30) days|^the interval ends before it starts|` +
	`^there is no year -0000|^zones lie between|past counting in days|^an interval needs a date`)

func FuzzParse(f *testing.F) {
	valid := lines(f, "valid.txt")
	for i, line := range valid {
		f.Add(firstField(line), firstField(valid[len(valid)-1-i]))
	}
	for _, s := range invalid(f) {
		f.Add(s, "2024")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, err := Parse(a)
		if err != nil {
			checkError(t, a, err)
			return
		}
		if !grammar.MatchString(a) {
			t.Errorf("Parse(%q) accepts what is not in the grammar", a)
		}
		checkDate(t, a, x)
		y, err := Parse(b)
		if err != nil {
			return
		}
		if Compare(x, y) != -Compare(y, x) {
			t.Errorf("Compare(%s, %s) is %d, the other way %d", x, y, Compare(x, y), Compare(y, x))
		}
		from, to := y.Span()
		if x.Certainly(from, to) && !x.Overlaps(from, to) {
			t.Errorf("%s certainly overlaps %s, and does not", x, y)
		}
		yes, span := x.Overlaps(from, to), y.Overlaps(x.Span())
		if yes != span {
			t.Errorf("%s overlaps %s: %t, the other way %t", x, y, yes, span)
		}
	})
}

func checkDate(t *testing.T, s string, d Date) {
	t.Helper()
	if d.String() != s || d.IsZero() {
		t.Errorf("Parse(%q) prints %q", s, d)
	}
	from, to := d.Span()
	if from > to {
		t.Errorf("%s spans %s to %s", s, from, to)
	}
	if day, ok := d.Earliest(); ok && day != from {
		t.Errorf("%s: earliest is %s, the span from %s", s, day, from)
	}
	if day, ok := d.Latest(); ok && day != to {
		t.Errorf("%s: latest is %s, the span to %s", s, day, to)
	}
	if Compare(d, d) != 0 {
		t.Errorf("%s differs from itself", s)
	}
	if !d.Overlaps(from, to) || !d.Overlaps(Past, Future) {
		t.Errorf("%s does not overlap its own span", s)
	}
	if plain := strings.TrimRight(s, "?~%"); !strings.ContainsAny(plain, "XT/") && !strings.Contains(plain, "-2") {
		if !strings.HasPrefix(from.String(), plain) || !strings.HasPrefix(to.String(), plain) {
			t.Errorf("%s spans %s to %s", s, from, to)
		}
	}
	if day, ok := d.Filed(); ok == (from == Past && to == Future) || ok && !d.Overlaps(day, day) {
		t.Errorf("%s is filed under %s", s, day)
	}
	for _, text := range []string{d.Words(), d.Column(), d.Short()} {
		if text == "" || strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text) {
			t.Errorf("%s prints %q", s, text)
		}
	}
	if got := d.Short(); utf8.RuneCountInString(got) > 10 {
		t.Errorf("%s under a heading is %q, over ten cells", s, got)
	}
}

func checkError(t *testing.T, s string, err error) {
	t.Helper()
	var bad *Error
	if !errors.As(err, &bad) {
		t.Fatalf("Parse(%q) gives %v, want an *Error", s, err)
	}
	if bad.Column < 1 || bad.Column > utf8.RuneCountInString(s)+1 {
		t.Errorf("%v: the input has %d characters", err, utf8.RuneCountInString(s))
	}
	if bad.Reason == "" || bad.Input != s {
		t.Errorf("Parse(%q) gives %#v", s, bad)
	}
	if strings.ContainsFunc(err.Error(), unicode.IsControl) || !utf8.ValidString(err.Error()) {
		t.Errorf("Parse(%q): the error has control characters: %q", s, err.Error())
	}
	if grammar.MatchString(s) && !calendar.MatchString(bad.Reason) {
		t.Errorf("%v: but it is in the grammar", err)
	}
	better := bad.Suggestion()
	if better == "" {
		return
	}
	if _, err := Parse(better); err != nil || better == s {
		t.Errorf("Parse(%q) suggests %q: %v", s, better, err)
	}
	if loose, err := ParseLoose(s); err == nil && loose.Date.String() != better && !strings.Contains(bad.Reason, "level 2") && loose.Time == "" {
		t.Errorf("ParseLoose(%q) reads %s, Parse suggests %s", s, loose.Date, better)
	}
}
