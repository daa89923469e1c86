package text

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// authority cuts an address around its authority, which names the host.
func authority(address string) (scheme, authority, rest string) {
	scheme, after, ok := strings.Cut(address, "://")
	if !ok {
		return "", "", address
	}
	end := strings.IndexAny(after, `/?#\`)
	if end < 0 {
		end = len(after)
	}
	return scheme + "://", after[:end], after[end:]
}

// IsWeb reports whether an address is one of the web. Its scheme has no case.
func IsWeb(address string) bool {
	for _, scheme := range [...]string{"https://", "http://"} {
		if len(address) >= len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// Disguise returns what an address has before its host, which readers may take for
// the host, and the host itself. Both are empty if the address has no such part.
func Disguise(address string) (user, host string) {
	if strings.IndexByte(address, '@') < 0 {
		return "", ""
	}
	_, auth, _ := authority(address)
	at := strings.LastIndexByte(auth, '@')
	if at < 0 {
		return "", ""
	}
	host = auth[at+1:]
	if u, err := url.Parse("//" + host); err == nil {
		host = u.Hostname()
	}
	return Clean(auth[:at]), Clean(strings.ToLower(host))
}

// ASCIIAddress writes an address in ASCII: its host in punycode (RFC 3492), all else
// in percent-encoding.
func ASCIIAddress(address string) string {
	scheme, auth, rest := authority(address)
	host := auth[strings.LastIndexByte(auth, '@')+1:]
	user := auth[:len(auth)-len(host)]
	if host != percent(host) {
		labels := strings.FieldsFunc(norm.NFKC.String(strings.ToLower(host)), func(r rune) bool { return r == '.' || r == '。' })
		for i, label := range labels {
			name, port, hasPort := strings.Cut(label, ":")
			if labels[i] = punycode(name); hasPort {
				labels[i] += ":" + port
			}
		}
		host = strings.Join(labels, ".")
	}
	return percent(scheme) + percent(user) + percent(host) + percent(rest)
}

func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// punycode writes a label of a host in ASCII, as section 6.3 of RFC 3492 says.
func punycode(label string) string {
	const base, tMin, tMax, skew, damp = 36, 1, 26, 38, 700
	runes := []rune(label)
	out := []byte("xn--")
	for _, r := range runes {
		if r < 0x80 {
			out = append(out, byte(r))
		}
	}
	basic := len(out) - len("xn--")
	if basic == len(runes) || len(runes) > 63 {
		return label
	}
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias, handled := rune(0x80), 0, 72, basic
	for handled < len(runes) {
		next := rune(0x10ffff)
		for _, r := range runes {
			if r >= n {
				next = min(next, r)
			}
		}
		delta += int(next-n) * (handled + 1)
		n = next
		for _, r := range runes {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := min(max(k-bias, tMin), tMax)
				if q < t {
					break
				}
				out = append(out, digit36(t+(q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			out = append(out, digit36(q))
			if handled == basic {
				delta /= damp
			} else {
				delta /= 2
			}
			handled++
			delta += delta / handled
			k := 0
			for ; delta > (base-tMin)*tMax/2; k += base {
				delta /= base - tMin
			}
			bias = k + (base-tMin+1)*delta/(delta+skew)
			delta = 0
		}
		delta++
		n++
	}
	return string(out)
}

func digit36(d int) byte { return "abcdefghijklmnopqrstuvwxyz0123456789"[d] }
