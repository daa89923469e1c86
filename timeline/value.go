package timeline

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// readValue reads a value as its field does. A reason says what is wrong with
// it, and try what would be right.
func readValue(f Field, s string, isRegexp bool) (v value, reason, try string) {
	v = value{text: s, folded: text.Fold(s)}
	switch f {
	case StatusField:
		status, ok := ParseStatus(s)
		if !ok {
			return v, "there is no status " + s, nearest(s, statusWords())
		}
		v.status, v.text = status, status.String()
	case KindField:
		k, ok := ParseKind(s)
		if !ok || k == NoKind {
			return v, "there is no kind of source " + s, nearest(s, kinds[1:])
		}
		v.text = k.String()
		v.folded = text.Fold(v.text)
	case HasField:
		i := index(featureNames[:], strings.ToLower(s))
		if i < 0 {
			return v, "has: does not know " + s, nearest(s, featureNames[:])
		}
		v.feature, v.text = feature(i), featureNames[i]
	case MarkedField:
		i := index(tiers[1:], strings.ToLower(s))
		if i < 0 {
			return v, "marked: does not know " + s, nearest(s, tiers[1:])
		}
		v.tier, v.text = Tier(i+1), tiers[i+1]
	case SinceField, UntilField, OnField:
		d, err := edtf.Parse(s)
		if err != nil {
			bad := err.(*edtf.Error)
			v.column = bad.Column - 1
			if better := bad.Suggestion(); better != "" {
				return v, bad.Reason, "write " + better
			}
			return v, bad.Reason, "a date is written 2024, 2024-06 or 2024-06-19"
		}
		v.date = d
	case SourcesField, OriginsField:
		v.op = strings.TrimRight(s, "0123456789")
		n, err := strconv.Atoi(s[len(v.op):])
		if v.op == "" {
			v.op = "="
		}
		if err != nil || index([]string{"=", "<", "<=", ">", ">="}, v.op) < 0 {
			return v, fmt.Sprintf("%s: needs a number, not %s", f, s), "for example " + example(f)
		}
		v.number = n
	case TextField:
		if isRegexp {
			matched, err := regexp.Compile("(?im)" + norm.NFC.String(s)) // haystacks are composed
			if err != nil {
				return v, strings.TrimPrefix(err.Error(), "error parsing regexp: "), "use the syntax of RE2"
			}
			v.regexp = matched
		} else if v.folded == "" {
			return v, "there is nothing to look for here", ""
		}
	case IDField:
	default:
		if v.folded == "" {
			return v, fmt.Sprintf("%s: needs a name", f), "for example " + example(f)
		}
	}
	return v, "", ""
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
	case SinceField, UntilField, OnField:
		return f.String() + ":2024-06"
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

func nearest(word string, names []string) string {
	if near := text.Nearest(word, names); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "it is one of " + list(names)
}

// list joins names for a sentence, leaving out empty ones.
func list(names []string) string {
	var kept []string
	for _, name := range names {
		if name != "" {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, ", ")
}

func index(names []string, word string) int {
	for i, name := range names {
		if name == word {
			return i
		}
	}
	return -1
}
