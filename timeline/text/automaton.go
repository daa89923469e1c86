package text

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// An Automaton tells whether a regular expression matches a text. It agrees with
// regexp and is many times as fast: it is deterministic, and makes each state when
// a text first leads there. See Russ Cox, "Regular Expression Matching in the Wild",
// 2010. One goroutine may use it.
type Automaton struct {
	*Expression
	next   []uint32            // by row and class: a row, or one of the outcomes
	rows   map[string]uint32   // by state
	states []state             // by row
	seen   map[uint32]struct{} // instructions, in step
	read   int                 // bytes since the first state was made
	gaveUp bool
}

// A state is what is known of a text so far.
type state struct {
	at     []uint32 // the instructions where a match may go on, ascending
	before rune     // stands for what was read last: see Expression.told
}

// Outcomes stand in place of a row.
const (
	unmade = iota
	accepted
	refused // and the text has ended
	tooMany
	outcomes
)

// mostStates is how many states are held. If texts make as many without a use for
// them, regexp is faster.
const (
	mostStates = 1 << 12
	leastUse   = 100 // bytes a state
)

// Match reports whether the expression matches a text.
func (a *Automaton) Match(text []byte) bool {
	if a.prog == nil || a.gaveUp {
		return a.regexp.Match(text)
	}
	if len(a.states) == 0 {
		a.begin()
	}
	a.read += len(text)
	row := uint32(outcomes * a.width)
	for i := 0; i < len(text); {
		class, size := a.common[text[i]], 1
		if text[i] >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRune(text[i:]); r < rune(len(a.common)) {
				class = a.common[r]
			} else {
				class = a.classOf(r)
			}
		}
		i += size
		next := a.next[int(row)+int(class)]
		if next == unmade {
			next = a.step(row, int(class))
		}
		switch next {
		case accepted:
			return true
		case tooMany:
			return a.regexp.Match(text)
		}
		row = next
	}
	end := a.width - 1
	next := a.next[int(row)+end]
	if next == unmade {
		next = a.step(row, end)
	}
	return next == accepted
}

// begin makes the state in which a text begins.
func (a *Automaton) begin() {
	a.next, a.states, a.read = make([]uint32, outcomes*a.width), make([]state, outcomes), 0
	a.rows, a.seen = make(map[string]uint32), make(map[uint32]struct{})
	a.row(state{[]uint32{uint32(a.prog.Start)}, a.told(-1)})
}

// row returns the row of a state.
func (a *Automaton) row(s state) uint32 {
	key := binary.LittleEndian.AppendUint32(nil, uint32(s.before))
	for _, pc := range s.at {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	row, known := a.rows[string(key)]
	if !known {
		row = uint32(len(a.next))
		a.rows[string(key)] = row
		a.states = append(a.states, s)
		a.next = append(a.next, make([]uint32, a.width)...)
	}
	return row
}

// step returns where a character of a class, or the end of the text, leads from a
// row.
func (a *Automaton) step(row uint32, class int) uint32 {
	if len(a.states) > mostStates {
		a.gaveUp = a.read < leastUse*mostStates
		a.states = nil
		return tooMany
	}
	from, r := a.states[int(row)/a.width], rune(-1)
	if class < len(a.samples) {
		r = a.samples[class]
	}
	holds := syntax.EmptyOpContext(from.before, r)
	to := uint32(refused)
	clear(a.seen)
	at := []uint32{uint32(a.prog.Start)} // a match may begin anywhere
	for todo := slices.Clone(from.at); len(todo) > 0 && to != accepted; {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, again := a.seen[pc]; again {
			continue
		}
		a.seen[pc] = struct{}{}
		switch in := &a.prog.Inst[pc]; in.Op {
		case syntax.InstMatch:
			to = accepted
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			todo = append(todo, in.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^holds == 0 {
				todo = append(todo, in.Out)
			}
		default:
			if r >= 0 && accepts(in, r) {
				at = append(at, in.Out)
			}
		}
	}
	if to != accepted && r >= 0 {
		slices.Sort(at)
		to = a.row(state{slices.Compact(at), a.told(r)})
	}
	a.next[int(row)+class] = to
	return to
}

// accepts reports whether an instruction accepts a character.
func accepts(in *syntax.Inst, r rune) bool {
	switch in.Op {
	case syntax.InstRune, syntax.InstRune1:
		return in.MatchRune(r)
	case syntax.InstRuneAny:
		return true
	case syntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	return false
}

// An Expression is what automata of one regular expression share.
type Expression struct {
	regexp  *regexp.Regexp
	prog    *syntax.Prog // nil if regexp has to do
	looks   syntax.EmptyOp
	width   int            // of a row: the classes, and the end
	first   []rune         // characters from one of these to the next are of one class
	classes []uint8        // of those
	samples []rune         // by class: one of its characters
	common  [1 << 16]uint8 // the classes of the characters of two bytes in UTF-16
}

// mostCompared limits how long it takes to divide the characters into classes.
const mostCompared = 1 << 20

// NewExpression returns what automata of a regular expression share.
func NewExpression(re *regexp.Regexp) *Expression {
	p := &Expression{regexp: re}
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return p
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return p
	}
	if distinct := p.divide(prog); len(distinct)*len(p.first) <= mostCompared && p.classify(distinct) {
		p.prog, p.width = prog, len(p.samples)+1
	}
	return p
}

func (p *Expression) Automaton() *Automaton { return &Automaton{Expression: p} }

// divide finds where characters begin that a program may tell from those before,
// and returns its distinct instructions that accept characters.
func (p *Expression) divide(prog *syntax.Prog) []*syntax.Inst {
	var distinct []*syntax.Inst
	known := make(map[string]bool)
	p.first = []rune{0}
	cut := func(from, to rune) { p.first = append(p.first, from, to+1) }
	for k := range prog.Inst {
		in := &prog.Inst[k]
		switch in.Op {
		case syntax.InstEmptyWidth:
			p.looks |= syntax.EmptyOp(in.Arg)
			continue
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAnyNotNL:
		default:
			continue
		}
		if key := fmt.Sprint(in.Op, in.Arg, in.Rune); known[key] {
			continue
		} else {
			known[key] = true
		}
		distinct = append(distinct, in)
		if len(in.Rune) == 1 {
			for r := unicode.SimpleFold(in.Rune[0]); ; r = unicode.SimpleFold(r) {
				cut(r, r)
				if r == in.Rune[0] {
					break
				}
			}
			continue
		}
		for k := 0; k+1 < len(in.Rune); k += 2 {
			cut(in.Rune[k], in.Rune[k+1])
		}
	}
	for _, r := range []string{"\n\n", "09", "AZ", "__", "az"} {
		cut(rune(r[0]), rune(r[1]))
	}
	slices.Sort(p.first)
	p.first = slices.Compact(p.first)
	return distinct
}

// classify gives characters that all instructions treat alike one class. It returns
// false if there are too many classes.
func (p *Expression) classify(distinct []*syntax.Inst) bool {
	known := make(map[string]uint8)
	for k, r := range p.first {
		key := []byte{byte(p.told(r))}
		for _, in := range distinct {
			if accepts(in, r) {
				key = append(key, 1)
			} else {
				key = append(key, 0)
			}
		}
		class, old := known[string(key)]
		if !old {
			if len(p.samples) > 0xff {
				return false
			}
			class = uint8(len(p.samples))
			known[string(key)] = class
			p.samples = append(p.samples, r)
		}
		p.classes = append(p.classes, class)
		end := rune(len(p.common))
		if k+1 < len(p.first) {
			end = min(end, p.first[k+1])
		}
		if class > 0 { // the table begins as zeros, and most characters are of that class
			for ; r < end; r++ {
				p.common[r] = class
			}
		}
	}
	return true
}

func (p *Expression) classOf(r rune) uint8 {
	k, found := slices.BinarySearch(p.first, r)
	if !found {
		k--
	}
	return p.classes[k]
}

// told returns a character that stands for r, or for the beginning of the text if
// that is -1, to what looks back at it: the beginning, the end of a line, part of a
// word, or anything else.
func (p *Expression) told(r rune) rune {
	const (
		lines = syntax.EmptyBeginLine | syntax.EmptyEndLine | syntax.EmptyBeginText | syntax.EmptyEndText
		words = syntax.EmptyWordBoundary | syntax.EmptyNoWordBoundary
	)
	switch {
	case (r == -1 || r == '\n') && p.looks&lines != 0:
		return r
	case syntax.IsWordChar(r) && p.looks&words != 0:
		return 'w'
	}
	return ' '
}
