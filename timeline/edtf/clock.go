package edtf

import "fmt"

// Zones lie between -12:00 and +14:00, in minutes.
const (
	westernmost = -12 * 60
	easternmost = 14 * 60
)

// readTime reads hh:mm:ss and perhaps a zone, from i to the end of s. ISO
// 8601-2 requires the seconds and takes no fractions of them.
func readTime(s string, i int) *Error {
	for n, unit := range [...]struct {
		name string
		last int
	}{{"hour", 23}, {"minute", 59}, {"second", 59}} {
		if n > 0 {
			if i == len(s) || s[i] != ':' {
				return noColon(s, i, unit.name)
			}
			i++
		}
		v, bad := readPair(s, i, unit.name)
		if bad != nil {
			return bad
		}
		if v > unit.last {
			return fault(i, fmt.Sprintf("there is no %s %d", unit.name, v))
		}
		i += 2
	}
	if i == len(s) || s[i:] == "Z" {
		return nil
	}
	if s[i] == '+' || s[i] == '-' {
		return readOffset(s, i)
	}
	return afterTime(s, i)
}

// readOffset reads ±hh or ±hh:mm from i to the end of s.
func readOffset(s string, i int) *Error {
	sign := i
	hours, bad := readPair(s, i+1, "zone hour")
	if bad != nil {
		return bad
	}
	i += len("+00")
	minutes := 0
	if i < len(s) && s[i] == ':' {
		if minutes, bad = readPair(s, i+1, "zone minute"); bad != nil {
			return bad
		}
		if minutes > 59 {
			return fault(i+1, fmt.Sprintf("there is no minute %d", minutes))
		}
		i += len(":00")
	}
	offset := hours*60 + minutes
	if s[sign] == '-' {
		offset = -offset
	}
	if offset < westernmost || offset > easternmost {
		return fault(sign, "zones lie between -12:00 and +14:00")
	}
	if i < len(s) {
		return afterTime(s, i)
	}
	return nil
}
