package text

import (
	"regexp"
	"sync"
)

// Pattern returns a function that returns a regular expression, which it compiles
// at the first call. A run of the program uses few of them, and starts sooner.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
