package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/cite"
)

// copied runs a command, and returns the text it sent to the clipboard.
func copied(t *testing.T, m *model, cmd tea.Cmd) string {
	t.Helper()
	for _, msg := range messages(cmd) {
		if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" {
			return fmt.Sprint(msg)
		}
	}
	t.Fatal("nothing was sent to the clipboard")
	return ""
}

// messages returns the messages of a command, without those of timers.
func messages(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		return []tea.Msg{batch[0]()} // a notice's going away comes second
	}
	return []tea.Msg{msg}
}

func TestSourceIsCopiedInTheFormChosen(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	m.Forms = []Form{{"title", "its title", func(s []timeline.Source) (string, error) {
		if len(s) == 0 {
			return "", errors.New("no source")
		}
		return fmt.Sprintf("%d: %s", len(s), s[0].Title), nil
	}}}
	for m.list.Event() < 0 || len(m.shown.Event(m.list.Event()).Sources) < 3 {
		press(m, "j")
	}
	sources := m.shown.Event(m.list.Event()).Sources
	if got := copied(t, m, press(m, "Y", "/", "title", "enter", "down", "enter")); got != "1: "+sources[1].Title {
		t.Errorf("the second source is copied as %q", got)
	}
	if got := copied(t, m, press(m, "Y", "/", "title", "enter", "/", "all", "enter")); got != fmt.Sprintf("%d: %s", len(sources), sources[0].Title) {
		t.Errorf("all sources are copied as %q", got)
	}
	if got := copied(t, m, press(m, "Y", "/", "address", "enter", "enter")); got != sources[0].URL {
		t.Errorf("the address is copied as %q", got)
	}
	if got := copied(t, m, press(m, "y")); got != cite.Chicago(&sources[0]) {
		t.Errorf("the citation is copied as %q", got)
	}
	if !strings.HasPrefix(m.notice.text, "Sent to the terminal's clipboard: ") {
		t.Errorf("it is said that %q", m.notice.text)
	}
}

func TestTmuxIsSaidToHaveTakenOnlyWhatItTook(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	m.Copy = &Clipboard{Name: "tmux's buffer"}
	m.Update(copiedMsg{text: "x"})
	if want := "In tmux's buffer, and sent to the terminal's clipboard: x"; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
	m.Update(copiedMsg{text: "x", err: errors.New("exit status 1")})
	if want := "Sent to the terminal's clipboard, but not in tmux's buffer (exit status 1): x"; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
}

// An address may look like that of another host.
func TestAddressWithAUserNameIsOpenedOnlyAfterAQuestion(t *testing.T) {
	m := start(t, read(t, "events.json", `[{"id":"a","date":"2031-01-01","title":"A","sources":[{"url":"https://bank.example@evil.example/"}]}]`), 100, 30, "")
	opened := ""
	m.Browse = func(url string) error { opened = url; return nil }
	if do(m, press(m, "o")); opened != "" || !strings.Contains(exact(t, m), "the host is evil.example") {
		t.Fatalf("opened %q; the screen is\n%s", opened, exact(t, m))
	}
	do(m, press(m, "n", "enter"))
	if opened != "" {
		t.Fatalf("opened %q despite no", opened)
	}
	if do(m, press(m, "o", "y", "enter")); opened != "https://bank.example@evil.example/" {
		t.Errorf("opened %q", opened)
	}
}
