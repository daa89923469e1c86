package text

import "strconv"

// Counted writes a number of things: "1 event", "2 events", "40,000 events".
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Grouped(n) + " " + noun + "s"
}

// Grouped writes a number with separated thousands: 40,000.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	var s []byte
	for i := range len(digits) {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			s = append(s, ',')
		}
		s = append(s, digits[i])
	}
	return string(s)
}
