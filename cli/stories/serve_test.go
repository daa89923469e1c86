package stories

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"dateline/tui/termtest"
)

// Two colleagues look at one timeline with the system's own ssh, each with a filter
// of their own, and are told when the server closes.
func TestTwoTerminalsFilterTheSameTimeline(t *testing.T) {
	client, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip("ssh is not installed")
	}
	home := t.TempDir()
	identity := filepath.Join(home, "id")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", identity).CombinedOutput(); err != nil {
		t.Skipf("ssh-keygen: %v\n%s", err, out)
	}
	if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(identity + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, ".ssh", "authorized_keys"), public, 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program(t), "serve", "--listen", "127.0.0.1:0")
	server.Env = []string{"HOME=" + home, "TERM=dumb", "NO_COLOR=1", "LANG=C"}
	said, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer server.Process.Kill()
	port := ""
	for lines := bufio.NewScanner(said); port == "" && lines.Scan(); {
		if m := regexp.MustCompile(`^Type: ssh -p (\d+) 127\.0\.0\.1$`).FindStringSubmatch(lines.Text()); m != nil {
			port = m[1]
		}
	}
	to := []string{"-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + filepath.Join(home, "hosts"), "-o", "LogLevel=ERROR", "-i", identity, "-p", port, "127.0.0.1"}
	one := start(t, termtest.Options{Width: 120, Height: 36}, client, to...)
	two := start(t, termtest.Options{Width: 80, Height: 24, Light: true}, client, to...)
	see(t, one, "124 events")
	see(t, two, "124 events")
	press(t, one, "f")
	one.Paste("topic:treaty")
	press(t, one, "enter")
	press(t, two, "f")
	two.Paste("actor:putin")
	press(t, two, "enter")
	see(t, one, "7 of 124 events")
	see(t, two, "24 of 124 events")
	out, err := exec.Command(client, append(to, "export", "--filter", "topic:treaty", "--format", "jsonl")...).Output()
	if err != nil || strings.Count(string(out), "\n") != 7 {
		t.Errorf("export: %v\n%s", err, out)
	}
	server.Process.Signal(syscall.SIGTERM)
	see(t, one, "The server is closing. Goodbye.")
	see(t, two, "The server is closing. Goodbye.")
	if err := server.Wait(); err != nil {
		t.Errorf("the server: %v", err)
	}
}
