package text

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// QuoteJSON returns a string as a JSON string, with escapes for characters that a
// terminal might act on.
func QuoteJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("text: a string is not JSON: " + err.Error())
	}
	return EscapeJSON(string(b))
}

// EscapeJSON writes control and format characters, which in JSON stand only in
// strings, as escapes.
func EscapeJSON(s string) string {
	unsafe := func(r rune) bool {
		return r < ' ' || r >= 0x7f && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r))
	}
	if Plain(s) || !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !unsafe(r) {
			b.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, u)
		}
	}
	return b.String()
}
