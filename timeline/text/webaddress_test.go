package text_test

import (
	"testing"

	"dateline/timeline/text"
)

func TestASCIIAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/a?b#c":      "https://example.org/a?b#c",
		"HTTP://X.example/é":             "HTTP://X.example/%C3%A9",
		"https://bücher.example/":        "https://xn--bcher-kva.example/",
		"https://BÜCHER.example:8080/ü":  "https://xn--bcher-kva.example:8080/%C3%BC",
		"https://bu\u0308cher.example":   "https://xn--bcher-kva.example",
		"https://münchen.de?q=ü":         "https://xn--mnchen-3ya.de?q=%C3%BC",
		"https://пример.испытание/":      "https://xn--e1afmkfd.xn--80akhbyknj4f/",
		"https://例え。テスト/":                "https://xn--r8jz45g.xn--zckzah/",
		"https://ü@bücher.example/":      "https://%C3%BC@xn--bcher-kva.example/",
		"https://[2001:db8::1]:8080/x y": "https://[2001:db8::1]:8080/x%20y",
		"no address":                     "no%20address",
	} {
		if got := text.ASCIIAddress(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestDisguise(t *testing.T) {
	for _, c := range [][3]string{
		{"https://user:pw@bank.example@Evil.example:1/", "user:pw@bank.example", "evil.example"},
		{"https://bank.example@evil.example", "bank.example", "evil.example"},
		{"https://@evil.example?x", "", "evil.example"},
		{`https://evil.example\@bank.example/`, "", ""},
		{"https://example.org/@name", "", ""},
		{"https://example.org?to=a@b.example", "", ""},
	} {
		if user, host := text.Disguise(c[0]); user != c[1] || host != c[2] {
			t.Errorf("%s: got %q, %q, want %q", c[0], user, host, c[1:])
		}
	}
}
