package text

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression that is compiled at its first use: a run of the
// program uses few of them, and starts sooner.
type Pattern struct {
	Expr string

	once     sync.Once
	compiled *regexp.Regexp
}

// Regexp returns the expression, compiled.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Expr) })
	return p.compiled
}
