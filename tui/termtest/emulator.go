package termtest

import (
	"bytes"
	"encoding/hex"
	"io"
	"regexp"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// An emulator is x/vt's, with a Write that repairs a few sequences which x/vt reads
// differently from the terminals people use.
type emulator struct {
	*vt.Emulator
	osc oscGuard
}

func newEmulator(w, h int, light bool) *emulator {
	e := &emulator{Emulator: vt.NewEmulator(w, h)}
	p := paletteFor(light)
	e.SetDefaultBackgroundColor(p.background)
	e.SetDefaultForegroundColor(p.foreground)
	// x/vt panics at a bottom margin below the last row, which a program may set
	// before it knows that the terminal has shrunk. Such a margin is ignored.
	e.RegisterCsiHandler('r', func(params ansi.Params) bool {
		bottom, _, _ := params.Param(1, 0)
		return bottom > e.Height()
	})
	return e
}

// Write draws a program's output. A grapheme cluster must not be cut between two
// calls, because x/vt puts a cluster into its cell when Write ends.
func (e *emulator) Write(p []byte) (int, error) {
	if _, err := e.Emulator.Write(e.osc.guard(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// answer makes the emulator reply to the mode queries that x/vt does not know:
// synchronised output (2026), and grapheme clusters (2027) if granted. set reports
// whether the program has set a mode.
func (e *emulator) answer(graphemes bool, set func(ansi.Mode) bool) {
	e.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(params ansi.Params) bool {
		n, _, _ := params.Param(0, 0)
		mode := ansi.DECMode(n)
		if mode != ansi.ModeSynchronizedOutput && mode != ansi.ModeUnicodeCore {
			return false
		}
		setting := ansi.ModeReset
		switch {
		case mode == ansi.ModeUnicodeCore && !graphemes:
			setting = ansi.ModeNotRecognized
		case set(mode):
			setting = ansi.ModeSet
		}
		io.WriteString(e.InputPipe(), ansi.ReportMode(mode, setting))
		return true
	})
}

// An oscGuard hides from x/vt the bytes inside an operating system command
// (title, link) that it takes for the command's end or for a separator: 0x9c,
// which is half of М and a third of 最 in UTF-8, and a semicolon in a title or
// an address. It writes them as escapes, which unguard turns back. The state
// carries over from one call to the next.
type oscGuard struct {
	state      oscState
	semicolons int
}

type oscState int

const (
	inText oscState = iota
	afterEscape
	inCommand
)

// oscEscape begins an escape: two hexadecimal digits follow.
const oscEscape = 0x7f

func (g *oscGuard) guard(p []byte) []byte {
	out := make([]byte, 0, len(p))
	for _, b := range p {
		switch {
		case b == ansi.ESC:
			g.state = afterEscape
		case g.state == afterEscape && b == ']':
			g.state, g.semicolons = inCommand, 0
		case g.state == afterEscape, b == ansi.BEL, b == ansi.CAN, b == ansi.SUB:
			g.state = inText
		case g.state == inCommand && b == ';':
			g.semicolons++
		}
		if g.state == inCommand && (b >= oscEscape || b == ';' && g.semicolons > 2) {
			out = append(out, oscEscape)
			out = hex.AppendEncode(out, []byte{b})
			continue
		}
		out = append(out, b)
	}
	return out
}

func unguard(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == oscEscape && i+2 < len(s) {
			if b, err := hex.DecodeString(s[i+1 : i+3]); err == nil {
				out = append(out, b...)
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

// afterSemicolon returns the text of an operating system command, without its
// number.
func afterSemicolon(data []byte) string {
	_, text, _ := bytes.Cut(data, []byte(";"))
	return unguard(string(text))
}

// whole passes chunks on, joined where a grapheme cluster might lie across two of
// them: a read of a pty may end anywhere.
func whole(chunks <-chan []byte, show func([]byte)) {
	for p := range chunks {
		for endsInText(p) && len(p) < 1<<20 {
			more, ok := nextChunk(chunks)
			if !ok {
				break
			}
			p = append(p, more...)
		}
		show(p)
	}
}

// nextChunk waits as long as a program needs to continue its write.
func nextChunk(chunks <-chan []byte) ([]byte, bool) {
	late := time.NewTimer(5 * time.Millisecond)
	defer late.Stop()
	select {
	case p, ok := <-chunks:
		return p, ok
	case <-late.C:
		return nil, false
	}
}

// endsInControl matches what ends in a control character or a whole escape
// sequence, after which a new cluster must begin.
var endsInControl = regexp.MustCompile(`(?:[\x00-\x1f]|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[\]])$`)

func endsInText(p []byte) bool {
	return !endsInControl.Match(p[max(0, len(p)-64):])
}
