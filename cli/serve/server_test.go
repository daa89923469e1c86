package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"dateline/cli/internal/fixture"
	"dateline/tui"
)

func TestPanicEndsOneSession(t *testing.T) {
	key := newKey(t)
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, ssh.MarshalAuthorizedKey(key.PublicKey()), 0o600); err != nil {
		t.Fatal(err)
	}
	var log fixture.Buffer
	s := &Server{
		HostKey: newKey(t), Keys: AuthorizedKeys{keys}, MostSessions: 3, Log: slog.New(slog.NewTextHandler(&log, nil)),
		View: func(context.Context, *Session, *tui.Remote) error { panic("the viewer's secret") },
		Run: func(_ context.Context, s *Session, args []string) int {
			if args[0] == "panic" {
				panic("the command's secret")
			}
			text, _ := io.ReadAll(s.In)
			fmt.Fprintf(s.Out, "read %s", text)
			return 0
		},
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(listener)
	defer s.Close()
	client, err := ssh.Dial("tcp", listener.Addr().String(), &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	session := func() (s *ssh.Session, errs *bytes.Buffer) {
		s, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		errs = new(bytes.Buffer)
		s.Stderr = errs
		return s, errs
	}

	waiting, _ := session()
	var out bytes.Buffer
	waiting.Stdout = &out
	in, _ := waiting.StdinPipe()
	if err := waiting.Start("read"); err != nil {
		t.Fatal(err)
	}
	for range 4 { // more than there may be at a time
		command, commandErrs := session()
		viewer, viewerErrs := session()
		if err := viewer.RequestPty("xterm", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		if err := viewer.Shell(); err != nil {
			t.Fatal(err)
		}
		for err, errs := range map[error]*bytes.Buffer{command.Run("panic"): commandErrs, viewer.Wait(): viewerErrs} {
			if exit, ok := err.(*ssh.ExitError); !ok || exit.ExitStatus() != 1 || strings.TrimSpace(errs.String()) != "dateline: internal error" {
				t.Errorf("got %v and %q, want exit code 1 and an internal error", err, errs)
			}
		}
	}
	io.WriteString(in, "on")
	in.Close()
	if err := waiting.Wait(); err != nil || out.String() != "read on" {
		t.Errorf("another session got %q, %v", &out, err)
	}
	if !strings.Contains(log.String(), "server_test.go") || strings.Contains(log.String(), "secret") {
		t.Errorf("the log does not say where alone: %s", log.String())
	}
}
