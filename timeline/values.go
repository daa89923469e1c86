package timeline

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// The values that a query gives to its fields.

// readValue parses a value of a field. If it is invalid, it returns the reason
// and a correction.
func readValue(f Field, s string, isRegexp bool) (v value, reason, try string) {
	v = value{text: s, folded: text.Fold(s)}
	switch f {
	case StatusField:
		status, ok := ParseStatus(s)
		if !ok {
			return v, "unknown status " + s, suggest(s, statusWords())
		}
		v.status, v.text = status, status.String()
	case KindField:
		k, ok := ParseKind(s)
		if !ok || k == NoKind {
			return v, "unknown kind of source " + s, suggest(s, kinds[1:])
		}
		v.text = k.String()
		v.folded = text.Fold(v.text)
	case HasField:
		i := slices.Index(featureNames[:], strings.ToLower(s))
		if i < 0 {
			return v, "unknown value of has: " + s, suggest(s, featureNames[:])
		}
		v.feature, v.text = feature(i), featureNames[i]
	case MarkedField:
		tier, ok := ParseTier(strings.ToLower(s))
		if !ok || tier == NoTier {
			return v, "unknown value of marked: " + s, suggest(s, tiers[1:])
		}
		v.tier, v.text = tier, tier.String()
	case SinceField, UntilField, BeforeField, AfterField, OnField, KnownField:
		d, err := edtf.ParseTyped(s)
		if err != nil {
			bad := err.(*edtf.Error)
			v.column = bad.Column - 1
			if better := bad.Suggestion(); better != "" {
				return v, bad.Reason, "write " + better
			}
			return v, bad.Reason, "write a date as 2024, 2024-06 or 2024-06-19"
		}
		if v.date, v.text = d, d.String(); v.text[0] == '+' && !strings.HasPrefix(strings.TrimSpace(s), "+") {
			return v, s + " may be ahead or back", fmt.Sprintf("write %s:-%s or %s:%s", f, v.text[1:], f, v.text)
		}
	case SourcesField, OriginsField:
		if reason, try := v.readNumber(f, s); reason != "" {
			return v, reason, try
		}
	case URLField:
		v.folded = strings.ToLower(s)
	case TextField, TitleField, QuoteField:
		if isRegexp {
			pattern, err := regexp.Compile("(?im)" + norm.NFC.String(s)) // text is composed too
			if err != nil {
				return v, strings.TrimPrefix(err.Error(), "error parsing regexp: "), "use the RE2 syntax"
			}
			v.regexp = pattern
		} else if v.folded == "" {
			return v, nothingToSearch, ""
		}
	case IDField:
	default:
		if v.folded == "" {
			return v, fmt.Sprintf("%s: needs a name", f), "for example " + example(f)
		}
	}
	return v, "", ""
}

// readNumber reads a number, with a comparison or without, or a range of two.
func (v *value) readNumber(f Field, s string) (reason, try string) {
	p := queryParser{s: s}
	v.op = p.comparison()
	from, to, isRange := strings.Cut(strings.NewReplacer("…", "..", "-", "..", "–", "..").Replace(s[p.i:]), "..")
	least, err := strconv.ParseUint(from, 10, 31)
	most, wrong := strconv.ParseUint(to, 10, 31)
	v.number, v.most = int(least), int(most)
	switch {
	case isRange && v.op == "" && err == nil && to == "":
		v.op = ">="
	case isRange && v.op == "" && from == "" && wrong == nil && strings.Contains(s, "."):
		v.op, v.number = "<=", v.most
	case isRange && v.op == "" && err == nil && wrong == nil:
		v.op = ".."
		if least > most {
			return fmt.Sprintf("%s ends before it begins", s), fmt.Sprintf("write %s:%d..%d", f, most, least)
		}
	case isRange || err != nil:
		return fmt.Sprintf("%s: needs a number, not %s", f, s), "for example " + example(f)
	}
	if v.op == "" || v.op == ".." && least == most {
		v.op = "="
	}
	return "", ""
}

func statusWords() []string {
	words := make([]string, len(statuses))
	for s, row := range statuses {
		words[s] = row.word
	}
	return words
}

func example(f Field) string {
	switch f {
	case StatusField:
		return "status:disputed,alleged"
	case SinceField, UntilField, BeforeField, AfterField, OnField, KnownField:
		return f.String() + ":2024-06"
	case URLField:
		return "url:example.org"
	case SourcesField, OriginsField:
		return f.String() + ":>=2"
	case HasField:
		return "has:answer"
	case MarkedField:
		return "marked:must"
	case KindField:
		return "kind:official"
	case IDField:
		return "id:2024-06-19-treaty-signed"
	}
	return f.String() + `:"two words"`
}

// suggest proposes the nearest of some words, or lists them all.
func suggest(word string, words []string) string {
	if near := didYouMean(text.Nearest(word, words)); near != "" {
		return near
	}
	return "use one of " + strings.Join(words, ", ")
}

func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return "did you mean " + word + "?"
}
