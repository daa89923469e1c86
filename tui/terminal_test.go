package tui

import (
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestColoursAreRefusedByTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"NO_COLOR="}, true},
		{[]string{"NO_COLOR=yes"}, false},
		{[]string{"NO_COLOR=1", "CLICOLOR_FORCE=1"}, false},
		{[]string{"CLICOLOR=0"}, false},
		{[]string{"CLICOLOR=1"}, true},
		{[]string{"CLICOLOR="}, true},
		{[]string{"CLICOLOR=0", "CLICOLOR_FORCE=1"}, true},
		{[]string{"CLICOLOR=0", "CLICOLOR_FORCE=0"}, false},
	} {
		if got := colored(c.env); got != c.want {
			t.Errorf("%q: got %t", c.env, got)
		}
	}
}

func TestKeysOfOtherLayouts(t *testing.T) {
	for _, board := range keyboards {
		if l, a := utf8.RuneCountInString(board.letters), utf8.RuneCountInString(board.american); l != a {
			t.Errorf("%s: %d letters for %d keys", board.letters, l, a)
		}
	}
	for _, c := range []struct {
		text      string
		base      rune
		inSerbian bool
		want      string
	}{
		{text: "ㅓ", want: "j"},
		{text: "о", want: "j"},
		{text: "ј", want: "j"},
		{text: "ξ", want: "j"},
		{text: "ח", want: "j"},
		{text: "ت", want: "j"},
		{text: "ї", want: "]"},
		{text: "у", want: "e"},
		{text: "у", inSerbian: true, want: "u"},
		{text: "ж", base: ';', want: ";"},
		{text: "لا", base: 'b', want: "b"},
		{text: "j", want: "j"},
		{text: "漢", want: "漢"},
	} {
		got := latin(tea.KeyPressMsg{Text: c.text, Code: []rune(c.text)[0], BaseCode: c.base}, c.inSerbian)
		if got.Text != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got.Text, c.want)
		}
	}
}

// Over SSH, Bubble Tea asks few terminals whether they show frames whole.
func TestFramesAreWholeOverSSH(t *testing.T) {
	m := start(t, inside(t), 80, 24, "")
	_, cmd := m.Update(tea.EnvMsg{"SSH_TTY=/dev/pts/1"})
	if msg, ok := cmd().(tea.ModeReportMsg); !ok || msg.Mode != ansi.ModeSynchronizedOutput || msg.Value != ansi.ModeReset {
		t.Errorf("got %v", msg)
	}
	if _, cmd := m.Update(tea.EnvMsg{"TERM=xterm"}); cmd != nil {
		t.Error("the terminal is asked twice")
	}
}
