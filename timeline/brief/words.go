package brief

import (
	"strings"

	"dateline/timeline/edtf"
)

// worded returns a date in words to be read aloud: uncertain and approximate dates
// say so, without a sign.
func worded(d edtf.Date) string { return spokenDate(d.Words()) }

// short is worded with the names of months cut to three letters, for a column.
func short(d edtf.Date) string { return shortMonths.Replace(worded(d)) }

var shortMonths = strings.NewReplacer("January", "Jan", "February", "Feb", "March", "Mar", "April", "Apr", "June", "Jun", "July", "Jul",
	"August", "Aug", "September", "Sep", "October", "Oct", "November", "Nov", "December", "Dec")

// spokenDate replaces the signs in the words of a date: "c. June 2024 ?" is
// "perhaps about June 2024".
func spokenDate(words string) string {
	ends := strings.Split(words, " – ")
	for i, end := range ends {
		if about, ok := strings.CutPrefix(end, "c. "); ok {
			end = "about " + about
		}
		if doubted, ok := strings.CutSuffix(end, " ?"); ok {
			end = "perhaps " + doubted
		}
		ends[i] = end
	}
	return strings.Join(ends, " – ")
}
