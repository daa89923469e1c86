package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"sync"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A spot is an offset in one of several files.
type spot struct {
	file int
	at   int64
}

func (s spot) compare(other spot) int {
	return cmp.Or(cmp.Compare(s.file, other.file), cmp.Compare(s.at, other.at))
}

// A complaint is a problem in a file that is not kept.
type complaint struct {
	Problem
	spot
	see *spot // an event that the text points at
}

// complaints gathers problems from several goroutines. It counts them all and
// keeps those that a report may list.
type complaints struct {
	mu               sync.Mutex
	first            []complaint
	full             bool // what comes behind last is not listed
	last             spot
	errors, warnings int
}

func (c *complaints) add(p complaint) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.Warning {
		c.warnings++
	} else {
		c.errors++
	}
	if c.full && c.last.compare(p.spot) < 0 {
		return
	}
	c.first = append(c.first, p)
	if len(c.first) >= 4*mostProblems {
		c.cut()
	}
}

// cut puts the complaints in order and drops those that no report lists.
func (c *complaints) cut() {
	slices.SortStableFunc(c.first, func(a, b complaint) int { return a.spot.compare(b.spot) })
	if len(c.first) >= mostProblems {
		c.first = c.first[:mostProblems]
		c.full, c.last = true, c.first[mostProblems-1].spot
	}
}

// listed lists the first problems with their lines, for which it reads the files
// up to the last of them.
func (c *complaints) listed(files []File) ([]Problem, error) {
	c.cut()
	var spots []spot
	for _, p := range c.first {
		spots = append(spots, p.spot)
		if p.see != nil {
			spots = append(spots, *p.see)
		}
	}
	where, err := locate(files, spots)
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for _, p := range c.first {
		p.File, p.Line, p.Column = files[p.file].Name, where[p.spot].line, where[p.spot].column
		if p.see != nil {
			p.Text += fmt.Sprintf(": see %s:%d:%d", files[p.see.file].Name, where[*p.see].line, where[*p.see].column)
		}
		problems = append(problems, p.Problem.clean())
	}
	return problems, nil
}

// clean makes what is said fit for a terminal.
func (p Problem) clean() Problem {
	for _, s := range []*string{&p.File, &p.Event, &p.Field, &p.Text} {
		*s = text.Clean(*s)
	}
	return p
}

// A lineColumn is a place for people: the line, and the character in it, from 1.
type lineColumn struct{ line, column int }

// locate finds the lines and columns of spots in one pass over each file.
func locate(files []File, spots []spot) (map[spot]lineColumn, error) {
	slices.SortFunc(spots, spot.compare)
	where := make(map[spot]lineColumn, len(spots))
	for len(spots) > 0 {
		n := 1
		for n < len(spots) && spots[n].file == spots[0].file {
			n++
		}
		if err := locateIn(files[spots[0].file].Contents(), spots[:n], where); err != nil {
			return nil, fmt.Errorf("%s: %w", files[spots[0].file].Name, err)
		}
		spots = spots[n:]
	}
	return where, nil
}

func locateIn(r io.Reader, spots []spot, where map[spot]lineColumn) error {
	buf := make([]byte, 1<<18)
	here := lineColumn{1, 1}
	var at int64
	kept := 0 // bytes of a character that is not read whole
	for len(spots) > 0 {
		n, err := io.ReadFull(r, buf[kept:])
		block := buf[:kept+n]
		if err == nil {
			block = block[:wholeRunes(block)]
		}
		rest := buf[len(block) : kept+n]
		for len(spots) > 0 && spots[0].at <= at+int64(len(block)) {
			k := int(spots[0].at - at)
			here = here.after(block[:k], at == 0)
			block, at = block[k:], spots[0].at
			where[spots[0]] = here
			spots = spots[1:]
		}
		here = here.after(block, at == 0)
		at += int64(len(block))
		kept = copy(buf, rest)
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			for _, s := range spots {
				where[s] = here
			}
			return nil
		case err != nil:
			return err
		}
	}
	return nil
}

// wholeRunes returns how much of text there is without what may be the beginning
// of a character at its end.
func wholeRunes(text []byte) int {
	for n := len(text) - 1; n >= max(0, len(text)-utf8.UTFMax); n-- {
		if utf8.RuneStart(text[n]) {
			if !utf8.FullRune(text[n:]) {
				return n
			}
			break
		}
	}
	return len(text)
}

// after returns where text ends that begins here. A byte order mark, with which
// a file may begin, is no character.
func (l lineColumn) after(text []byte, isFirst bool) lineColumn {
	if isFirst {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if lines := bytes.Count(text, []byte("\n")); lines > 0 {
		l.line += lines
		l.column = 1
		text = text[bytes.LastIndexByte(text, '\n')+1:]
	}
	l.column += utf8.RuneCount(text)
	return l
}
