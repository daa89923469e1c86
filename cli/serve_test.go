package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"

	"dateline/cli/internal/fixture"
	"dateline/cli/serve"
)

// A host is a server that the tests run, with the files of its own.
type host struct {
	t       *testing.T
	address string
	home    string
	key     ssh.Signer // that may log in
	out     fixture.Buffer
	errs    fixture.Buffer
	signals chan os.Signal
	ended   chan int
}

func newKey(t testing.TB) ssh.Signer {
	t.Helper()
	key, err := serve.PassingHostKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// startHost serves files on this machine.
func startHost(t *testing.T, change func(*serveFlags), files ...string) *host {
	t.Helper()
	h := &host{t: t, home: t.TempDir(), key: newKey(t), signals: make(chan os.Signal, 2), ended: make(chan int, 1)}
	h.authorize(h.key)
	f := serveFlags{listen: "127.0.0.1:0", sessions: 50, authorized: filepath.Join(h.home, "keys")}
	if change != nil {
		change(&f)
	}
	env := func(name string) string {
		return map[string]string{"HOME": h.home, "NO_COLOR": "1", "LANG": "C", "EDITOR": "vi"}[name]
	}
	c := &command{builtIn: fixture.BuiltIn, env: env, in: strings.NewReader(""), out: &h.out, errs: &h.errs, today: time.Now(), output: standardOutput, order: "oldest", maxSize: defaultMost}
	c.configure = func() error { return nil }
	go func() { h.ended <- c.report(c.serve(files, f, h.signals)) }()
	h.await("the address", func() bool {
		m := regexp.MustCompile(`Type: ssh -p (\d+) 127\.0\.0\.1\n`).FindStringSubmatch(h.out.String())
		if m != nil {
			h.address = "127.0.0.1:" + m[1]
		}
		return m != nil
	})
	t.Cleanup(func() {
		select {
		case h.signals <- syscall.SIGTERM:
			select {
			case <-h.ended:
			case <-time.After(20 * time.Second):
				t.Error("the server does not end")
			}
		default:
		}
	})
	return h
}

// authorize lets keys in, and no others.
func (h *host) authorize(keys ...ssh.Signer) {
	h.t.Helper()
	var text []byte
	for _, key := range keys {
		text = append(text, ssh.MarshalAuthorizedKey(key.PublicKey())...)
	}
	if err := os.WriteFile(filepath.Join(h.home, "keys"), text, 0o600); err != nil {
		h.t.Fatal(err)
	}
}

func (h *host) await(what string, is func() bool) {
	h.t.Helper()
	for late := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			h.t.Fatalf("%s does not come; the server says\n%s%s", what, h.out.String(), h.errs.String())
		}
	}
}

// connect logs in.
func (h *host) connect(key ssh.Signer) (*ssh.Client, error) {
	return ssh.Dial("tcp", h.address, &ssh.ClientConfig{User: "reader", Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: 10 * time.Second})
}

// command runs a command over SSH.
func (h *host) command(line string) (out, errs string, code int) {
	h.t.Helper()
	client, err := h.connect(h.key)
	if err != nil {
		h.t.Fatal(err)
	}
	defer client.Close()
	s, err := client.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	s.Stdout, s.Stderr = &stdout, &stderr
	if err := s.Run(line); err != nil {
		exit, ok := err.(*ssh.ExitError)
		if !ok {
			h.t.Fatalf("%s: %v", line, err)
		}
		code = exit.ExitStatus()
	}
	return stdout.String(), stderr.String(), code
}

// A reader is a terminal with a session.
type reader struct {
	h     *host
	s     *ssh.Session
	in    io.Writer
	mu    sync.Mutex
	emu   *vt.Emulator
	raw   bytes.Buffer
	ended chan error
}

// view opens the viewer in a terminal.
func (h *host) view(key ssh.Signer, w, height int, env ...string) *reader {
	h.t.Helper()
	client, err := h.connect(key)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { client.Close() })
	s, err := client.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	r := &reader{h: h, s: s, emu: vt.NewEmulator(w, height), ended: make(chan error, 1)}
	go io.Copy(io.Discard, r.emu) // its answers
	r.in, _ = s.StdinPipe()
	s.Stdout, s.Stderr = r, r
	term := "xterm-256color"
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		if name == "TERM" {
			term = value
		} else if err := s.Setenv(name, value); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := s.RequestPty(term, height, w, nil); err != nil {
		h.t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		h.t.Fatal(err)
	}
	go func() { r.ended <- s.Wait() }()
	return r
}

func (r *reader) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.raw.Write(p)
	return r.emu.Write(p)
}

func (r *reader) screen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.emu.String()
}

func (r *reader) written() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.raw.String()
}

func (r *reader) press(keys string) { io.WriteString(r.in, keys) }

// sees waits for a text on the screen.
func (r *reader) sees(text string) {
	r.h.t.Helper()
	for late := time.Now().Add(15 * time.Second); !strings.Contains(r.screen(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			r.h.t.Fatalf("there is no %q on\n%s\n%s", text, r.screen(), r.h.errs.String())
		}
	}
}

// ends waits for the end of the session.
func (r *reader) ends() {
	r.h.t.Helper()
	select {
	case <-r.ended:
	case <-time.After(15 * time.Second):
		r.h.t.Fatalf("the session does not end:\n%s", r.screen())
	}
}

func TestCommandsOverSSHPrintWhatTheyPrintHere(t *testing.T) {
	h := startHost(t, nil)
	for _, line := range []string{
		"list", "list --filter topic:treaty --order newest", "cite --filter 'topic:treaty status:confirmed'", "export --format csv",
		`export --filter "actor:\"Kim Jong Un\""`, "brief --filter topic:treaty --since never", "list --filter id:nothing", "brief --page a5",
	} {
		out, errs, code := h.command(line)
		words := regexp.MustCompile(`'[^']*'|"(\\"|[^"])*"|\S+`).FindAllString(line, -1)
		for i, w := range words {
			words[i] = strings.ReplaceAll(strings.Trim(w, `'"`), `\"`, `"`)
			if strings.HasPrefix(w, `"actor`) {
				words[i] = `actor:"Kim Jong Un"`
			}
		}
		if wantOut, wantErrs, want := invoke("", words...); out != wantOut || errs != wantErrs || code != want {
			t.Errorf("%s: got %d, %q\n%.300s\nwant %d, %q\n%.300s", line, code, errs, out, want, wantErrs, wantOut)
		}
	}
}

// No command reaches a file, an address or another command.
func TestCommandsOverSSHReachNothingElse(t *testing.T) {
	h := startHost(t, nil)
	secret := fixture.Write(t, "secret.json", fixture.OneEvent) + "/secret.json"
	for line, want := range map[string]string{
		"list " + secret:                "leave out",
		"brief postgres://somewhere/db": "leave out",
		"export -":                      "leave out",
		"cite --all " + secret:          "leave out",
		"list --output " + secret:       "no file of the server",
		"export -o/tmp/x":               "no file of the server",
		"list --force":                  "no file of the server",
		"list --state " + secret:        "no file of the server",
		"list --config=" + secret:       "no file of the server",
		"list --map date=x":             "there is no flag --map",
		"list --no-state":               "there is no flag --no-state",
		"check":                         "no command check",
		"check " + secret:               "no command check",
		"state export -":                "no command state",
		"schema":                        "no command schema",
		"serve":                         "no command serve",
		secret:                          "no command",
		"sh":                            "no command sh",
		"--plain":                       "there is no flag --plain",
		"list; id":                      "no command list;",
		"scp -f " + secret:              "there is no flag -f",
	} {
		out, errs, code := h.command(line)
		if code != exitUsage || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: got %d, %q, %q, want %q", line, code, out, errs, want)
		}
	}
	client, err := h.connect(h.key)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if conn, err := client.Dial("tcp", h.address); err == nil {
		conn.Close()
		t.Error("a port is forwarded")
	}
	if l, err := client.Listen("tcp", "127.0.0.1:0"); err == nil {
		l.Close()
		t.Error("a port is forwarded back")
	}
	s, _ := client.NewSession()
	if err := s.RequestSubsystem("sftp"); err == nil {
		t.Error("there is sftp")
	}
	s, _ = client.NewSession()
	var errs bytes.Buffer
	s.Stderr = &errs
	s.Shell()
	if s.Wait(); !strings.Contains(errs.String(), "needs a terminal") {
		t.Errorf("without a terminal: %q", errs.String())
	}
}

func TestKeysAreReadAtEachLogin(t *testing.T) {
	h := startHost(t, nil)
	other := newKey(t)
	if _, err := h.connect(other); err == nil {
		t.Error("a key that is not authorized logs in")
	}
	h.authorize(other)
	if _, err := h.connect(h.key); err == nil {
		t.Error("a key that was taken out logs in")
	}
	client, err := h.connect(other)
	if err != nil {
		t.Fatal(err)
	}
	client.Close()
	if !strings.Contains(h.errs.String(), "key refused") {
		t.Errorf("the log is\n%s", h.errs.String())
	}
}

// Each reader has a filter, a size and colours of their own, and the marks of their
// key, not of the server.
func TestReadersShareATimelineAndNothingElse(t *testing.T) {
	h := startHost(t, nil)
	other := newKey(t)
	h.authorize(h.key, other)
	one, two := h.view(h.key, 80, 24, "NO_COLOR=yes"), h.view(other, 120, 36)
	one.sees("Enter read")
	two.sees("Enter read")
	one.press("ftopic:treaty\r")
	one.sees("7 of 124")
	two.press("m")
	two.sees("1 marked")
	two.press("fstatus:disputed\r")
	two.sees("status:disputed")
	if strings.Contains(one.screen(), "disputed  ") || strings.Contains(one.screen(), "marked") {
		t.Errorf("one reader sees what the other does:\n%s", one.screen())
	}
	if colour := regexp.MustCompile("\x1b\\[[0-9;]*[39][0-7]m"); colour.MatchString(one.written()) || !colour.MatchString(two.written()) {
		t.Errorf("NO_COLOR of one reader: colours %t and %t", colour.MatchString(one.written()), colour.MatchString(two.written()))
	}
	if !strings.ContainsRune(two.screen(), '├') {
		t.Error("the server's LANG=C is a reader's")
	}
	three := h.view(other, 60, 20, "LANG=C")
	three.sees("1 marked")
	if strings.ContainsRune(three.screen(), '├') {
		t.Error("LANG=C does not give ASCII")
	}
	one.mu.Lock()
	one.emu.Resize(100, 30)
	one.mu.Unlock()
	one.s.WindowChange(30, 100)
	one.sees("pale line")
	for _, r := range []*reader{one, two, three} {
		r.press("Q")
		r.ends()
	}
}

// What would be saved, opened or suspended here is offered to the reader's machine.
func TestKeysReachNothingOfTheServer(t *testing.T) {
	h := startHost(t, nil)
	r := h.view(h.key, 140, 30)
	r.sees("Enter read")
	port := strings.TrimPrefix(h.address, "127.0.0.1:")
	r.press("ftopic:treaty\r")
	r.sees("hidden")
	r.press("x")
	r.sees("ssh -p " + port + " 127.0.0.1 export --filter topic:treaty > events.json")
	r.press("o")
	r.sees("Sent to the terminal's clipboard: http")
	r.press("\x1a")
	r.sees("Nothing can be suspended")
	r.press("B")
	r.sees("BOTTOM LINE")
	r.press("x")
	r.sees("brief --filter topic:treaty > brief.txt")
	r.press("\x1b")
	r.sees("Enter read")
	r.press("e")
	r.sees("note:")
	r.press("Ask.\x16\r")
	r.sees("Note saved")
	r.press("Q")
	r.ends()
	kept := 0
	filepath.Walk(h.home, func(path string, info os.FileInfo, _ error) error {
		if !info.IsDir() {
			kept++
			if !regexp.MustCompile(`/(keys|host_key|keys/[0-9a-f]{64}/dateline/(history|inside-[0-9a-f]+)\.json)$`).MatchString(path) {
				t.Errorf("there is %s", path)
			}
		}
		return nil
	})
	if kept != 4 {
		t.Errorf("%d files are kept", kept)
	}
	if log := h.errs.String(); strings.Contains(log, "treaty") || strings.Contains(log, "Ask") {
		t.Errorf("the log tells what a reader typed:\n%s", log)
	}
}

// An answer that comes late, in pieces or while text is typed is not typed.
func TestLateAnswersAreNotTyped(t *testing.T) {
	h := startHost(t, nil)
	r := h.view(h.key, 80, 24)
	r.sees("Enter read")
	r.press("ftopic")
	r.sees("filter: topic")
	for _, piece := range []string{"\x1b]11;rgb:", "ffff/ffff/ffff\x1b", "\\", "\x1b[?20", "26;2$y", "\x1b[?62c"} {
		r.press(piece)
		time.Sleep(100 * time.Millisecond)
	}
	r.press(":treaty\r")
	r.sees("topic:treaty")
	if s := r.screen(); strings.Contains(s, "rgb") || strings.Contains(s, "2026;") {
		t.Errorf("an answer was typed:\n%s", s)
	}
}

func TestAChangedFileReachesEverySession(t *testing.T) {
	dir := fixture.Write(t, "f.json", fixture.OneEvent)
	path := filepath.Join(dir, "f.json")
	h := startHost(t, nil, path)
	one, two := h.view(h.key, 80, 24), h.view(h.key, 80, 24)
	one.sees("First flight")
	two.sees("First flight")
	if err := os.WriteFile(path, []byte(strings.Replace(fixture.OneEvent, "First flight", "Second flight", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	one.sees("Second flight")
	two.sees("Second flight")
	if out, _, _ := h.command("list"); !strings.Contains(out, "Second flight") {
		t.Errorf("a command lists\n%s", out)
	}
	if err := os.WriteFile(path, []byte("no timeline"), 0o600); err != nil {
		t.Fatal(err)
	}
	one.sees("cannot be reloaded")
	late := h.view(h.key, 80, 24)
	late.sees("Second flight")
}

// Whoever stops the server lets its readers know, and they keep their marks.
func TestServerSaysGoodbye(t *testing.T) {
	h := startHost(t, nil)
	r := h.view(h.key, 80, 24)
	r.sees("Enter read")
	r.press("m")
	r.press("fhalf typed")
	r.sees("half typed")
	h.signals <- syscall.SIGTERM
	r.ends()
	for _, want := range []string{"The server is closing. Goodbye.", "half typed", "\x1b[?1049l"} {
		if !strings.Contains(r.written(), want) {
			t.Errorf("the reader is not told %q", want)
		}
	}
	if code := <-h.ended; code != exitOK {
		t.Errorf("exit code %d", code)
	}
	close(h.signals)
	h.signals = nil
	if files, _ := filepath.Glob(filepath.Join(h.home, ".local/state/dateline/keys/*/dateline/inside-*.json")); len(files) != 1 {
		t.Errorf("kept %q", files)
	}
	if strings.Contains(h.errs.String(), "half typed") {
		t.Error("the log has what was typed")
	}
}

func TestSessionsAreLimited(t *testing.T) {
	h := startHost(t, func(f *serveFlags) { f.sessions, f.idle = 2, 300*time.Millisecond })
	one := h.view(h.key, 80, 24)
	one.sees("Enter read")
	two := h.view(h.key, 80, 24)
	two.sees("Enter read")
	if _, errs, code := h.command("list"); code != exitFailed || !strings.Contains(errs, "the server is full: it has 2 sessions") {
		t.Errorf("a third session: %d, %q", code, errs)
	}
	one.ends()
	if !strings.Contains(one.written(), "No key for 300ms. Goodbye.") {
		t.Error("an idle session is not told why it ends")
	}
	two.ends()
	h.await("room", func() bool { _, _, code := h.command("list"); return code == exitOK })
}

func TestHostileTextReachesNoSessionRaw(t *testing.T) {
	const hostile = `[{"id":"a\u001b]0;x\u0007","date":"2024-01-01","title":"T\u001b[31m\u009b2J\u202e","summary":"\u001b]52;c;aGk=\u0007 S","actors":["A\u001bc"],"sources":[{"publisher":"P\u001b[2J","title":"T\u0007","url":"https://example.org/\u001b[2J"}]}]`
	h := startHost(t, nil, filepath.Join(fixture.Write(t, "f\x1b[2Jx.json", hostile), "f\x1b[2Jx.json"))
	for _, line := range []string{"list", "cite", "brief", "export --format csv", "list --filter 'actor:\x1b[2J'", "\x1b[2J", "list --\x1b[2J"} {
		out, errs, _ := h.command(line)
		if raw := regexp.MustCompile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\u009b|\u202e"); raw.MatchString(out + errs) {
			t.Errorf("%q prints %q, %q", line, out, errs)
		}
	}
	r := h.view(h.key, 80, 24, "TERM=xterm\x1b[2J")
	r.sees("Enter read")
	r.press("\r")
	r.press("\x1b")
	r.press("p")
	if s := r.written(); strings.Contains(s, "\x1b]0;x") || strings.Contains(s, "\x1b]52;c;aGk=") || strings.Contains(s, "\x1b[31m\u009b") {
		t.Errorf("the screen has %q", s)
	}
	if strings.Contains(h.errs.String()+h.out.String(), "\x1b") {
		t.Errorf("the log has %q", h.errs.String())
	}
}

func TestOnlyThisMachineIsServedWithoutKeys(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--listen", ":0"}, "must name the keys that may log in"},
		{[]string{"--listen", "0.0.0.0:0"}, "must name the keys that may log in"},
		{[]string{"--listen", "[::]:0"}, "must name the keys that may log in"},
		{[]string{"--listen", "nothing"}, "name a host and a port"},
		{[]string{"--output", "x"}, "leave out --output"},
		{[]string{"--state", "x"}, "leave out --state"},
		{[]string{"--most-sessions", "0"}, "must be 1 or more"},
		{[]string{"--idle", "-1s"}, "must not be negative"},
		{[]string{"nothing.json"}, "no such file"},
	} {
		if _, errs, code := invoke("", append([]string{"serve"}, c.args...)...); code == exitOK || !strings.Contains(errs, c.want) {
			t.Errorf("%q: got %d, %q", c.args, code, errs)
		}
	}
}
