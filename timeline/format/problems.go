package format

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

const (
	// mostProblems is how many problems a report lists.
	mostProblems = 1000
	// mostAlike is how many errors of a kind are listed one by one, since each is to
	// be mended, and how many warnings that differ. If there are more, the first is
	// listed, with their number and the lines of some.
	mostAlike = 10
)

// problems gathers problems from several goroutines, by kind. It counts all and
// keeps the first of each kind that a report may list. What it lists does not
// depend on the order in which the problems come.
type problems struct {
	mu               sync.Mutex
	kinds            map[kindKey]*kind
	dropped          map[kindKey]int // how often kinds occurred that are not listed
	seed             maphash.Seed
	full             bool // problems behind last are not listed
	last             location
	firstError       map[int]Problem // by file
	errors, warnings int
	came             int // how many problems have been kept
}

// A kindKey tells the kinds of problems of a file apart, by hash.
type kindKey struct {
	file int
	hash uint64
}

// A kind of problem is said once if it is frequent.
type kind struct {
	count int
	first []Problem // at most mostAlike, in order
}

func newProblems() problems {
	return problems{kinds: make(map[kindKey]*kind), dropped: make(map[kindKey]int), seed: maphash.MakeSeed(), firstError: make(map[int]Problem)}
}

func (c *problems) keyOf(p *Problem) kindKey {
	var h maphash.Hash
	h.SetSeed(c.seed)
	if p.Kind != "" {
		h.WriteByte(2)
		h.WriteString(p.Kind)
	} else {
		field, _, _ := strings.Cut(p.Field, ` "`)
		h.WriteString(field)
		h.WriteByte(0)
		h.WriteString(p.Text)
	}
	if p.Warning {
		h.WriteByte(1)
	}
	return kindKey{p.where.file, h.Sum64()}
}

func (c *problems) add(p Problem) {
	key := c.keyOf(&p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.Warning {
		c.warnings++
	} else {
		c.errors++
		if first, known := c.firstError[p.where.file]; !known || p.where.at < first.where.at {
			c.firstError[p.where.file] = p
		}
	}
	k := c.kinds[key]
	if k == nil {
		if c.full && c.last.compare(p.where) < 0 {
			c.dropped[key]++
			return
		}
		k = &kind{count: c.dropped[key]}
		delete(c.dropped, key)
		c.kinds[key] = k
	}
	k.count++
	n := len(k.first)
	if n == mostAlike && k.first[n-1].where.compare(p.where) <= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(k.first, p.where, func(q Problem, l location) int {
		if q.where.compare(l) <= 0 {
			return -1 // of those at one place, the last to come is the last
		}
		return 1
	})
	c.came++
	p.came = c.came
	k.first = slices.Insert(k.first, i, p)
	if n == mostAlike {
		k.first = k.first[:n]
	}
	if len(c.kinds) >= 4*mostProblems {
		c.cut()
	}
}

// cut drops the kinds that no report lists.
func (c *problems) cut() {
	if len(c.kinds) < mostProblems {
		return
	}
	var firsts []location
	for _, k := range c.kinds {
		firsts = append(firsts, k.first[0].where)
	}
	slices.SortFunc(firsts, location.compare)
	c.full, c.last = true, firsts[mostProblems-1]
	for key, k := range c.kinds {
		if c.last.compare(k.first[0].where) < 0 {
			c.dropped[key] = k.count
			delete(c.kinds, key)
		}
	}
}

// countOnly adds to the number of warnings of a kind, which is settled.
func (c *problems) countOnly(key kindKey, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.warnings += n
	if k := c.kinds[key]; k != nil {
		k.count += n
	} else {
		c.dropped[key] += n
	}
}

// settled returns the location behind which problems of a kind need only be
// counted, if there is one yet. It may come nearer.
func (c *problems) settled(key kindKey) (behind location, is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.kinds[key]; k != nil && len(k.first) == mostAlike {
		return k.first[mostAlike-1].where, true
	}
	return c.last, c.full
}

// list returns the problems that a report lists, in order.
func (c *problems) list() []Problem {
	c.cut()
	var list []Problem
	for _, k := range c.kinds {
		if c.full {
			for n := len(k.first); c.last.compare(k.first[n-1].where) < 0; n-- {
				k.first = k.first[:n-1] // others may have been dropped before it
			}
		}
		list = append(list, k.list()...)
	}
	// Those at one place come from one goroutine.
	slices.SortFunc(list, func(a, b Problem) int { return cmp.Or(a.where.compare(b.where), cmp.Compare(a.came, b.came)) })
	return list[:min(len(list), mostProblems)]
}

// list returns the problems of a kind that a report lists.
func (k *kind) list() []Problem {
	var list []Problem
	for _, p := range k.first {
		i := slices.IndexFunc(list, func(q Problem) bool {
			return k.count > mostAlike || p.Warning && q.Field == p.Field && q.Text == p.Text
		})
		if i < 0 {
			p.Count = 1
			list = append(list, p)
			continue
		}
		list[i].Count++
		list[i].also = append(list[i].also, p.where)
	}
	if k.count > mostAlike {
		list[0].Count = k.count
	}
	return list
}
