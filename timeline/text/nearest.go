package text

// Nearest returns the name that word was most likely meant to be: the one that
// it begins, or the one fewest edits away, if those are few. It returns "" when
// nothing is near.
func Nearest(word string, names []string) string {
	w := []rune(Fold(word))
	if len(w) == 0 {
		return ""
	}
	best, least := "", max(1, len(w)/3)+1
	for _, name := range names {
		n := []rune(Fold(name))
		if len(n) == 0 {
			continue
		}
		d := 1
		if len(w) < 2 || len(n) <= len(w) || string(n[:len(w)]) != string(w) {
			if len(w)-len(n) >= least || len(n)-len(w) >= least {
				continue // no fewer edits than their lengths differ by
			}
			d = edits(w, n)
		}
		if d < least && d < max(len(w), len(n)) {
			best, least = name, d
		}
	}
	return best
}

// edits is the Damerau-Levenshtein distance, with transpositions of
// neighbours only.
func edits(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		return 1 << 10
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
