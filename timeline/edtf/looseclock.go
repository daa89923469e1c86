package edtf

import (
	"fmt"
	"strings"
	"time"
)

// plainMoment reads the moments that programs write, which are many: 2024-06-19
// 09:30, 2024-06-19T09:30:15.123Z, 2024-06-19 09:30:15+0900. It is a faster way to
// what the parser reads of them.
func plainMoment(s string) (Date, bool) {
	const day, minute = len("2024-06-19"), len("2024-06-19T09:30")
	if len(s) < minute || len(s) > len("2024-06-19T09:30:15.123456789+09:00") || s[4] != '-' || s[day] != 'T' && s[day] != ' ' || s[day+3] != ':' {
		return Date{}, false
	}
	var space [len("2024-06-19T09:30:15+09:00")]byte
	text := append(append(append(space[:0], s[:day]...), 'T'), s[day+1:minute]...)
	rest, nanos, seconds := s[minute:], int64(0), ":00"
	if len(rest) >= 3 && rest[0] == ':' {
		seconds, rest = rest[:3], rest[3:]
		if len(rest) > 1 && rest[0] == '.' {
			end := 1
			for end < len(rest) && isDigit(rest[end]) {
				end++
			}
			if end == 1 {
				return Date{}, false
			}
			nanos, rest = nanoseconds(rest[1:end]), rest[end:]
		}
	} else if rest != "" && rest != "Z" {
		return Date{}, false
	}
	text = append(text, seconds...)
	switch {
	case rest == "+00", rest == "+0000", rest == "+00:00", rest == "-00", rest == "-0000", rest == "-00:00":
		text = append(text, 'Z')
	case len(rest) == len("+0900"):
		text = append(append(append(text, rest[:3]...), ':'), rest[3:]...)
	case len(rest) == len("+09"):
		text = append(append(text, rest...), ":00"...)
	case len(rest) > len("+09:00"):
		return Date{}, false
	default:
		text = append(text, rest...)
	}
	d, bad := read(string(text))
	if bad != nil || d.clock == 0 {
		return Date{}, false
	}
	if nanos != 0 {
		clock := d.clock.unpacked()
		clock.Since += time.Duration(nanos)
		d.clock = clock.packed()
	}
	return d, true
}

// cutClock cuts a time of day from ts, and keeps it in d.
func (p *looseParser) cutClock(ts []token, d *partial) ([]token, bool) {
	photo := len(ts) >= 5 && len(ts[0].text) == 4 && ts[1].kind == ':' && ts[3].kind == ':'
	if photo { // 2024:06:19 09:30:00, of a camera
		for _, i := range [...]int{1, 3} {
			ts[i].kind, ts[i].mark = '-', '-'
		}
	}
	for i := range ts {
		c, size, ok := p.clockAt(ts[i:])
		if !ok {
			return ts, false
		}
		if size == 0 {
			continue
		}
		end := i + size
		offset, zoned, size, dropped := p.offsetAt(ts, i, end, c)
		end += size
		d.drop(dropped)
		if zoned {
			c.Zoned, c.Offset = true, time.Duration(offset)*time.Minute
			if offset < westernmost || offset > easternmost {
				p.fail(certain, ts[i].at, "zones lie between -12:00 and +14:00")
				return ts, false
			}
		}
		if i > 0 && ts[i-1].kind == ':' {
			i-- // 19/Jun/2024:09:30:00, of a web server
		}
		d.clock = c.packed()
		if c.Since == 24*time.Hour {
			d.nextDay = true
			c.Since = 0
			d.clock = c.packed()
		}
		return append(ts[:i], ts[end:]...), true
	}
	return ts, true
}

// clockAt reads the time of day with which ts begins, of size tokens: 9:30,
// 09:30:15.123, T0930, 3 pm, 9h30. The size is 0 if there is none.
func (p *looseParser) clockAt(ts []token) (c Clock, size int, ok bool) {
	at := func(i int) token {
		if i < len(ts) {
			return ts[i]
		}
		return token{}
	}
	pair := func(i int) bool { return at(i).kind == numeral && len(at(i).text) == 2 }
	k := 0
	if ts[0].means == timeWord && at(1).kind == numeral && !at(1).gap {
		k = 1
	}
	first := at(k)
	if first.means == dayPartWord && (strings.EqualFold(first.text, "noon") || strings.EqualFold(first.text, "midday")) {
		return Clock{Since: 12 * time.Hour}, 1, true
	}
	if first.kind != numeral || first.ordinal {
		return c, 0, true
	}
	var hour, minute, second, nanos int64
	hour = first.value
	fraction := func(i int) int {
		if f := at(i + 1); (at(i).kind == '.' || at(i).kind == ',') && f.kind == numeral && !f.gap && !at(i).gap {
			nanos = nanoseconds(f.text)
			return i + 2
		}
		return i
	}
	switch {
	case len(first.text) <= 2 && at(k+1).kind == ':' && pair(k+2):
		minute = at(k + 2).value
		size = k + 3
		if at(size).kind == ':' && pair(size+1) {
			second = at(size + 1).value
			size = fraction(size + 2)
		}
	case k == 1 && (len(first.text) == 2 || len(first.text) == 4 || len(first.text) == 6):
		size = 2
		switch len(first.text) {
		case 4:
			hour, minute = first.value/100, first.value%100
		case 6:
			hour, minute, second = first.value/10000, first.value/100%100, first.value%100
			size = fraction(2)
		}
	case len(first.text) <= 2 && (at(k+1).means == amWord && strings.ContainsAny(at(k+1).text, "aA") || at(k+1).means == pmWord):
		size = k + 1
	case len(first.text) <= 2 && at(k+1).text == "h" && !at(k+1).gap:
		size = k + 2
		if pair(size) && !at(size).gap {
			minute = at(size).value
			size++
		}
	default:
		return c, 0, true
	}
	switch half := at(size).means; {
	case half == amWord || half == pmWord:
		if hour < 1 || hour > 12 {
			p.fail(certain, first.at, fmt.Sprintf("there is no hour %d %s", hour, at(size).text))
			return c, 0, false
		}
		hour %= 12
		if half == pmWord {
			hour += 12
		}
		size++
	case half == hourWord:
		size++
	}
	c.Since = time.Duration(hour*3600+minute*60+second)*time.Second + time.Duration(nanos)
	switch {
	case hour > 24 || c.Since > 24*time.Hour:
		p.fail(certain, first.at, fmt.Sprintf("there is no hour %d", hour))
	case minute > 59:
		p.fail(certain, first.at, fmt.Sprintf("there is no minute %d", minute))
	case second > 59:
		p.fail(certain, first.at, fmt.Sprintf("there is no second %d", second))
	default:
		return c, size, true
	}
	return c, 0, false
}

// nanoseconds reads the digits of a fraction of a second.
func nanoseconds(digits string) int64 {
	n := int64(0)
	for i := range 9 {
		n *= 10
		if i < len(digits) && isDigit(digits[i]) {
			n += int64(digits[i] - '0')
		}
	}
	return n
}

// offsetAt reads the zone at i, after a time of day that begins at start: Z, UTC,
// +09:00, GMT+9, CET, or the name of a zone, which is dropped. The offset is in
// minutes.
func (p *looseParser) offsetAt(ts []token, start, i int, c Clock) (offset int64, zoned bool, size int, dropped string) {
	at := func(k int) token {
		if i+k < len(ts) {
			return ts[i+k]
		}
		return token{}
	}
	if t := at(0); t.kind == word {
		switch {
		case t.means == zoneWord:
			offset, zoned, size = t.value, true, 1
		case strings.EqualFold(t.text, "est"):
			return -300, true, 1, ""
		case t.means == unknownWord && isZoneName(t.text):
			return 0, false, 1, "time zone " + t.text
		default:
			return 0, false, 0, ""
		}
		if offset != 0 {
			return offset, zoned, size, ""
		}
	}
	sign, n := at(size), at(size+1)
	if (sign.kind == '+' || sign.kind == '-' && sign.mark != '–' && sign.mark != '—') && n.kind == numeral && !n.gap && (size == 0 || !sign.gap) {
		minutes, used := n.value*60, 2
		switch {
		case len(n.text) == 4:
			minutes = n.value/100*60 + n.value%100
		case len(n.text) > 2 || len(n.text) == 1 && !zoned:
			return offset, zoned, size, ""
		case at(size+2).kind == ':' && len(at(size+3).text) == 2:
			minutes += at(size + 3).value
			used = 4
			if at(size+3).value > 59 {
				return 1 << 20, true, size + used, "" // no zone
			}
		}
		colons := 0
		for _, t := range ts[start:i] {
			if t.kind == ':' {
				colons++
			}
		}
		if sign.kind == '-' && colons == 1 && used == 4 && ts[start].means != timeWord && time.Duration(minutes)*time.Minute > c.Since {
			return offset, zoned, size, "" // 09:00-11:00 are two times
		}
		if sign.kind == '-' && minutes > -westernmost {
			return offset, zoned, size, ""
		}
		if sign.kind == '-' {
			minutes = -minutes
		}
		offset, zoned, size = minutes, true, size+used
		if name := at(size); name.means == zoneWord || name.means == unknownWord && name.kind == word && isZoneName(name.text) {
			size++ // +0000 UTC
		}
	}
	if zoned && at(size).kind == '(' { // (Korean Standard Time)
		for k := size; i+k < len(ts); k++ {
			if at(k).kind == ')' {
				return offset, zoned, k + 1, ""
			}
		}
	}
	return offset, zoned, size, ""
}

// isZoneName reports whether a word looks like the short name of a time zone.
func isZoneName(s string) bool {
	return len(s) >= 3 && len(s) <= 5 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// cutZone cuts the IANA name of a zone from the end of s: 2024-06-19T09:30:00
// Europe/Berlin, or [Europe/Berlin].
func cutZone(s string) (rest, zone string) {
	if !strings.HasSuffix(s, "]") {
		i := strings.LastIndexByte(s, ' ')
		if i > 0 && isIANA(s[i+1:]) && strings.ContainsRune(s, ':') {
			return strings.TrimRight(s[:i], " "), s[i+1:]
		}
		return s, ""
	}
	if i := strings.LastIndexByte(s, '['); i > 0 && isIANA(s[i+1:len(s)-1]) {
		return strings.TrimRight(s[:i], " "), s[i+1 : len(s)-1]
	}
	return s, ""
}

// isIANA reports whether s looks like Europe/Berlin.
func isIANA(s string) bool {
	area, city, ok := strings.Cut(s, "/")
	return ok && len(area) > 2 && len(city) > 2 && 'A' <= area[0] && area[0] <= 'Z' && isASCIILetter(area[1]) && 'A' <= city[0] && city[0] <= 'Z' &&
		strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz_/-+0123456789") == ""
}

// sinceEpoch reads a number of seconds since 1970, or of thousandths, millionths
// or billionths of them, in UTC: 1723474994, 1723474994.349, 1723474994349.
func sinceEpoch(s string) (Date, bool) {
	whole, fraction, dotted := strings.Cut(s, ".")
	if !allDigits(whole) || dotted && !allDigits(fraction) || len(whole) > 19 {
		return Date{}, false
	}
	n := int64(0)
	for i := range len(whole) {
		if n > (1<<63-1-9)/10 {
			return Date{}, false
		}
		n = n*10 + int64(whole[i]-'0')
	}
	var seconds, nanos int64
	switch len(whole) {
	case 9, 10:
		seconds, nanos = n, nanoseconds(fraction)
	case 13:
		seconds, nanos = n/1e3, n%1e3*1e6+nanoseconds(fraction)/1e3
	case 15, 16:
		seconds, nanos = n/1e6, n%1e6*1e3
	case 18, 19:
		seconds, nanos = n/1e9, n%1e9
	default:
		return Date{}, false
	}
	day := Day(seconds / 86400)
	c := Clock{Since: time.Duration(seconds%86400)*time.Second + time.Duration(nanos), Zoned: true}
	d, bad := read(day.String() + "T" + c.packed().spelled())
	if bad != nil {
		return Date{}, false
	}
	d.clock = c.packed()
	return d, true
}

// spelled returns a time of day in EDTF, which has no fractions of seconds.
func (p packedClock) spelled() string {
	c := p.unpacked()
	s := int(c.Since / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60) + c.zone()
}

// words returns a time of day for people: 09:30, 09:30:15.25, 09:30+09:00.
func (p packedClock) words() string {
	c := p.unpacked()
	s := int(c.Since / time.Second)
	text := fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
	if nanos := c.Since % time.Second; nanos != 0 || s%60 != 0 {
		text += fmt.Sprintf(":%02d", s%60)
		if nanos != 0 {
			text += strings.TrimRight(fmt.Sprintf(".%09d", nanos), "0")
		}
	}
	return text + c.zone()
}

// zone spells the offset of c, if it has one.
func (c Clock) zone() string {
	minutes := int(c.Offset / time.Minute)
	switch {
	case !c.Zoned:
		return ""
	case minutes == 0:
		return "Z"
	case minutes < 0:
		return fmt.Sprintf("-%02d:%02d", -minutes/60, -minutes%60)
	}
	return fmt.Sprintf("+%02d:%02d", minutes/60, minutes%60)
}
