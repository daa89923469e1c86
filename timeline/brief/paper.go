package brief

// A Paper is what a brief is to fit on: one page of it, as plain text in type
// of one size.
type Paper uint8

// NoPaper lets a brief be as long as it is.
const (
	NoPaper Paper = iota
	A4
	Letter
)

// PageWidth is the width of a page in cells.
const PageWidth = 80

var papers = [...]struct {
	word  string
	lines int
}{NoPaper: {"none", 0}, A4: {"a4", 60}, Letter: {"letter", 58}}

// String returns the word that ParsePaper reads: none, a4 or letter.
func (p Paper) String() string { return papers[p].word }

// Lines is how many lines of text a page has. NoPaper has no end, and none.
func (p Paper) Lines() int { return papers[p].lines }

// ParsePaper finds a paper by its word.
func ParsePaper(word string) (Paper, bool) {
	for p, row := range papers {
		if word == row.word {
			return Paper(p), true
		}
	}
	return NoPaper, false
}
