package stories

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A pane is the program in a real tmux, with a server of its own.
type pane struct {
	t      *testing.T
	socket string
}

// openTmux runs the program in tmux; without tmux it skips the test.
func openTmux(t *testing.T, args ...string) pane {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	p := pane{t, filepath.Join(t.TempDir(), "tmux")}
	home := t.TempDir()
	p.tmux(append([]string{"-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-e", "HOME=" + home, "-e", "LANG=C.UTF-8", "--", program(t)}, args...)...)
	t.Cleanup(func() { exec.Command("tmux", "-S", p.socket, "kill-server").Run() })
	return p
}

func (p pane) tmux(args ...string) string {
	p.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", p.socket}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("tmux %q: %v: %s", args, err, out)
	}
	return string(out)
}

// see waits until text is on the screen.
func (p pane) see(text string) string {
	p.t.Helper()
	screen := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		if screen = p.tmux("capture-pane", "-p"); strings.Contains(screen, text) {
			return screen
		}
	}
	p.t.Fatalf("%q does not appear; the screen is\n%s", text, screen)
	return ""
}

// The frame, Korean text, resizing, the clipboard and the restored screen work in a
// real terminal as they do in the emulator.
func TestTmuxAgreesWithTheEmulator(t *testing.T) {
	t.Parallel()
	p := openTmux(t)
	p.see(" 1/124  oldest first")
	p.tmux("send-keys", "a", "김정은", "Enter")
	screen := p.see(`actor:"Kim Jong Un"`)
	if rows := strings.Split(strings.TrimRight(screen, "\n"), "\n"); len(rows) != 24 {
		t.Errorf("the screen has %d rows:\n%s", len(rows), screen)
	}
	p.tmux("send-keys", "y")
	p.see("In tmux's buffer")
	if got := p.tmux("show-buffer"); !strings.HasPrefix(got, "“") || !strings.Contains(got, "http") {
		t.Errorf("tmux's buffer holds %q", got)
	}
	p.tmux("resize-window", "-x", "46", "-y", "20")
	p.see(" 93 hidden") // at 80 columns there is no room for it
	p.tmux("resize-window", "-x", "120", "-y", "36")
	p.see("Esc drops the last term")
	p.tmux("send-keys", "B")
	p.see("KEY POINTS")
	p.tmux("send-keys", "Q")
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		if exec.Command("tmux", "-S", p.socket, "has-session").Run() != nil {
			return
		}
	}
	t.Errorf("the program does not end:\n%s", p.tmux("capture-pane", "-p"))
}
