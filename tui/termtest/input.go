package termtest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Type presses keys. Each is the name of a key ("enter", "esc", "tab",
// "space", "backspace", "delete", "insert", the arrows "up", "down", "left",
// "right", "home", "end", "pgup", "pgdown", "f1" to "f12"), alone or after
// "ctrl+", "alt+" or "shift+"; anything else is typed as text. To type a word that
// is the name of a key, such as "end", pass its letters one by one.
func (t *Terminal) Type(keys ...string) error {
	for _, key := range keys {
		t.mu.Lock()
		application := t.modes[ansi.ModeCursorKeys]
		t.mu.Unlock()
		seq, err := encode(key, application)
		if err != nil {
			return err
		}
		if err := t.send(seq); err != nil {
			return err
		}
	}
	return nil
}

// Paste pastes text: bracketed if the program asked for that, else as if typed.
func (t *Terminal) Paste(s string) error {
	t.mu.Lock()
	bracketed := t.modes[ansi.ModeBracketedPaste]
	t.mu.Unlock()
	if bracketed {
		s = ansi.BracketedPasteStart + s + ansi.BracketedPasteEnd
	}
	return t.send(s)
}

// escapePause separates the escape key from the next one. Programs wait 50 ms to
// see whether an escape character is that key or begins a sequence, and nobody
// types that fast.
const escapePause = 150 * time.Millisecond

func (t *Terminal) send(s string) error {
	t.typing.Lock()
	defer t.typing.Unlock()
	time.Sleep(time.Until(t.escaped.Add(escapePause)))
	if t.isOver() {
		return errors.New("termtest: nobody to type for: the program has ended")
	}
	least := time.Duration(0)
	if s == "\x1b" {
		least = escapePause
		defer func() { t.escaped = time.Now() }()
	}
	t.mu.Lock()
	t.quiet.expect(least, keyPatience)
	t.mu.Unlock()
	_, err := t.pty.WriteString(s)
	return err
}

// A key is the sequence a terminal sends for one key, in the encoding all
// terminals share (xterm's, without the extensions of later years).
type key struct {
	plain  string
	suffix string // for CSI keys: what ends the sequence, after the modifiers
	number string // for CSI keys: the parameter before the modifiers
}

// keys are the named keys. Those of the cursor block have no plain sequence of
// their own: it depends on the mode of the cursor keys.
func keys() map[string]key {
	named := map[string]key{
		"enter": {plain: "\r"}, "esc": {plain: "\x1b"}, "tab": {plain: "\t"},
		"space": {plain: " "}, "backspace": {plain: "\x7f"},
		"up": {suffix: "A"}, "down": {suffix: "B"}, "right": {suffix: "C"}, "left": {suffix: "D"},
		"home": {suffix: "H"}, "end": {suffix: "F"},
		"insert": tilde("2"), "delete": tilde("3"), "pgup": tilde("5"), "pgdown": tilde("6"),
		"f1": {plain: "\x1bOP", suffix: "P"}, "f2": {plain: "\x1bOQ", suffix: "Q"},
		"f3": {plain: "\x1bOR", suffix: "R"}, "f4": {plain: "\x1bOS", suffix: "S"},
	}
	for i, number := range []string{"15", "17", "18", "19", "20", "21", "23", "24"} {
		named[fmt.Sprintf("f%d", i+5)] = tilde(number)
	}
	return named
}

func tilde(number string) key {
	return key{plain: "\x1b[" + number + "~", suffix: "~", number: number}
}

// encode returns the bytes that the terminal sends for a named key, with or without
// modifiers ("ctrl+c", "shift+tab", "alt+enter", "ctrl+left"), or for text.
// application is the mode of the cursor keys (DECCKM).
func encode(text string, application bool) (string, error) {
	named := keys()
	name, mods := text, 0
	for _, m := range []struct {
		prefix string
		bit    int
	}{{"ctrl+", 4}, {"alt+", 2}, {"shift+", 1}} {
		if rest, ok := strings.CutPrefix(name, m.prefix); ok && rest != "" {
			name, mods = rest, mods|m.bit
		}
	}
	k, ok := named[name]
	switch {
	case mods == 0 && !ok:
		return text, nil
	case mods == 0 && k.plain == "" && application:
		return "\x1bO" + k.suffix, nil
	case mods == 0 && k.plain == "":
		return "\x1b[" + k.suffix, nil
	case mods == 0:
		return k.plain, nil
	case ok && k.suffix != "":
		return fmt.Sprintf("\x1b[%s;%d%s", orOne(k.number), mods+1, k.suffix), nil
	case text == "shift+tab":
		return "\x1b[Z", nil
	case ok && mods == 2:
		return "\x1b" + k.plain, nil
	case mods == 2 && len([]rune(name)) == 1:
		return "\x1b" + name, nil
	case text == "ctrl+space":
		return "\x00", nil
	case mods == 4 && len(name) == 1 && (name[0] >= 'a' && name[0] <= 'z' || strings.Contains(`[\]^_`, name)):
		return string(name[0] & 0x1f), nil
	}
	return "", fmt.Errorf("termtest: no terminal can send the key %q", text)
}

func orOne(number string) string {
	if number == "" {
		return "1"
	}
	return number
}

// A Gesture is a press, release or move of the mouse as terminals report it (SGR,
// mode 1006).
type Gesture int

const (
	Press   Gesture = 0
	Drag    Gesture = 32
	Release Gesture = -1
	Up      Gesture = 64 // a turn of the wheel
	Down    Gesture = 65
)

// Mouse makes a gesture with the left button or the wheel over a cell. It is an
// error if the program has not enabled the mouse: the terminal would select text.
func (t *Terminal) Mouse(g Gesture, x, y int) error {
	t.mu.Lock()
	taken := t.modes[ansi.ModeMouseButtonEvent] && t.modes[ansi.ModeMouseExtSgr]
	t.mu.Unlock()
	if !taken {
		return errors.New("termtest: the program has not taken the mouse")
	}
	if g == Release {
		return t.send(fmt.Sprintf("\x1b[<0;%d;%dm", x+1, y+1))
	}
	return t.send(fmt.Sprintf("\x1b[<%d;%d;%dM", g, x+1, y+1))
}
