// Package serve shows one thing to many readers over SSH. It has the connections:
// who may log in and how often, the sessions with a terminal, those with a command,
// and their ends. What they show and do is the caller's.
//
// A session reaches nothing of this machine but what the caller hands it: no shell,
// no subsystem, no forwarded port, and not the server's environment.
package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"dateline/timeline/text"
	"dateline/tui"
)

// A Server serves sessions until it is closed.
type Server struct {
	HostKey       gossh.Signer
	Keys          AuthorizedKeys
	MostSessions  int
	Idle, Longest time.Duration // that a session may last without a key, and in all; 0 is no limit
	Log           *slog.Logger

	// View shows the viewer to a session with a terminal until its reader quits or
	// ctx ends. Run runs the command of another, and returns its exit code.
	View func(ctx context.Context, s *Session, remote *tui.Remote) error
	Run  func(ctx context.Context, s *Session, args []string) int

	door     door
	mu       sync.Mutex
	ssh      *ssh.Server                          // nil until it serves
	sessions map[*Session]context.CancelCauseFunc // how to end one; nil for a command
	closing  bool
}

// A Session is that of one reader.
type Session struct {
	Key     string   // the fingerprint, in hexadecimal
	Host    string   // the beginning of the command line that reached it
	Environ []string // of the reader's machine, as far as a terminal is described by it
	In      io.Reader
	Out     io.Writer
	Errs    io.Writer
}

// Env looks up a variable of the reader's machine.
func (s *Session) Env(name string) string {
	for _, v := range slices.Backward(s.Environ) {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// A goodbye is why a session is ended.
type goodbye string

func (g goodbye) Error() string { return string(g) }

const (
	mostChannels = 10 // of a connection
	farewell     = 10 * time.Second
)

// Serve serves the connections of a listener until Close.
func (s *Server) Serve(listener net.Listener) error {
	slog.SetDefault(s.Log) // of the library
	server, err := wish.NewServer(
		func(to *ssh.Server) error { to.AddHostKey(s.HostKey); return nil },
		wish.WithVersion("dateline"),
		wish.WithPublicKeyAuth(s.authorized),
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler { return s.handle }),
	)
	if err != nil {
		return err
	}
	server.ConnCallback = s.admit
	server.ServerConfigCallback = inside
	server.ChannelHandlers = map[string]ssh.ChannelHandler{"session": fewChannels}
	server.PtyCallback = func(ctx ssh.Context, _ ssh.Pty) bool {
		key, _ := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
		pty, _ := s.Keys.allows(key)
		return pty
	}
	server.HandshakeTimeout = patience
	if s.Idle > 0 { // of connections without a session
		server.IdleTimeout = s.Idle + time.Minute
	}
	if s.Longest > 0 {
		server.MaxTimeout = s.Longest + time.Minute
	}
	s.mu.Lock()
	s.ssh = server
	s.mu.Unlock()
	if err := server.Serve(listener); !errors.Is(err, ssh.ErrServerClosed) {
		return err
	}
	return nil
}

// Close says goodbye to the sessions, waits for them to end, and closes what is
// left.
func (s *Server) Close() {
	s.mu.Lock()
	server := s.ssh
	s.closing = true
	for _, end := range s.sessions {
		if end != nil {
			end(goodbye("The server is closing. Goodbye."))
		}
	}
	s.mu.Unlock()
	if server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	server.Shutdown(ctx)
	server.Close()
}

// inside has a connection that has logged in leave the door.
func inside(ctx ssh.Context) *gossh.ServerConfig {
	return &gossh.ServerConfig{AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
		if g, ok := ctx.Value(guestKey{}).(*guest); ok && err == nil {
			g.leave(true)
		}
	}}
}

type guestKey struct{}

func (s *Server) admit(ctx ssh.Context, conn net.Conn) net.Conn {
	g := s.door.admit(conn)
	if g == nil {
		return nil
	}
	ctx.SetValue(guestKey{}, g)
	return g
}

// fewChannels limits the sessions of one connection.
func fewChannels(srv *ssh.Server, conn *gossh.ServerConn, channel gossh.NewChannel, ctx ssh.Context) {
	g, _ := ctx.Value(guestKey{}).(*guest)
	defer g.channels.Add(-1)
	if g.channels.Add(1) > mostChannels {
		channel.Reject(gossh.ResourceShortage, "too many sessions in one connection")
		return
	}
	ssh.DefaultSessionHandler(srv, conn, channel, ctx)
}

func (s *Server) authorized(ctx ssh.Context, key ssh.PublicKey) bool {
	_, why := s.Keys.allows(key)
	if why != "" {
		s.Log.Info("key refused", "from", ctx.RemoteAddr().String(), "key", gossh.FingerprintSHA256(key), "why", why)
	}
	return why == ""
}

// begin counts a session, and has Close end it if it has an end. It returns why
// there cannot be another.
func (s *Server) begin(session *Session, end context.CancelCauseFunc) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closing:
		return errors.New("the server is closing")
	case len(s.sessions) >= s.MostSessions:
		return fmt.Errorf("the server is full: it has %d sessions", len(s.sessions))
	}
	if s.sessions == nil {
		s.sessions = make(map[*Session]context.CancelCauseFunc)
	}
	s.sessions[session] = end
	return nil
}

func (s *Server) ended(session *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, session)
}

// handle is one session. A panic ends it alone.
func (s *Server) handle(sess ssh.Session) {
	began := time.Now()
	ctx, end := context.WithCancelCause(sess.Context())
	defer end(nil)
	pty, sizes, terminal := sess.Pty()
	session := s.session(sess, pty, terminal)
	args := sess.Command()
	if len(args) == 0 && pty.Term == "dumb" {
		args = []string{"list"}
	}
	viewing := len(args) == 0 && terminal
	closes := end
	if !viewing {
		closes = nil // a command ends by itself
	}
	if err := s.begin(session, closes); err != nil {
		fmt.Fprintf(sess.Stderr(), "dateline: %s\n", err)
		sess.Exit(1)
		return
	}
	defer s.ended(session)
	log := s.Log.With("from", sess.RemoteAddr().String(), "key", gossh.FingerprintSHA256(sess.PublicKey()))
	log.Info("session begins", "viewer", viewing)
	code := 0
	defer func() {
		if fault := recover(); fault != nil {
			log.Error("internal error", "stack", string(debug.Stack()))
			fmt.Fprint(sess.Stderr(), "dateline: internal error\n")
			code = 1
		}
		sess.Exit(code)
		log.Info("session ends", "after", time.Since(began).Round(time.Second).String())
	}()
	if s.Longest > 0 {
		limit := time.AfterFunc(s.Longest, func() { end(goodbye("Sessions last at most " + s.Longest.String() + ". Goodbye.")) })
		defer limit.Stop()
	}
	conn, _ := sess.Context().Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	over := make(chan struct{})
	defer close(over)
	context.AfterFunc(ctx, func() { // the client may read nothing
		select {
		case <-over:
		case <-time.After(farewell):
			conn.Close()
		}
	})
	resized := make(chan tui.Size)
	go func() {
		for size := range sizes { // until the channel is closed: a size that is not taken blocks the connection
			select {
			case resized <- tui.Size{Width: size.Width, Height: size.Height}:
			case <-ctx.Done():
			}
		}
	}()
	switch {
	case viewing:
		code = s.view(ctx, end, session, sess, &tui.Remote{Size: tui.Size{Width: pty.Window.Width, Height: pty.Window.Height}, Resized: resized}, log)
	case len(args) == 0:
		fmt.Fprint(sess.Stderr(), "dateline: the viewer needs a terminal, and ssh -t gives it one; the commands list, brief, cite and export need none\n")
		code = 2
	default:
		code = s.Run(ctx, session, args)
	}
}

// session describes a session.
func (s *Server) session(sess ssh.Session, pty ssh.Pty, terminal bool) *Session {
	sum := sha256.Sum256(sess.PublicKey().Marshal())
	session := &Session{Key: hex.EncodeToString(sum[:]), Host: hostOf(sess.LocalAddr()), In: sess, Out: sess, Errs: sess.Stderr()}
	for _, v := range sess.Environ() {
		name, value, _ := strings.Cut(v, "=")
		plain := len(value) < 256 && !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' })
		if plain && slices.Contains([]string{"COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE"}, name) {
			session.Environ = append(session.Environ, v)
		}
	}
	if terminal {
		session.Environ = append(session.Environ, "TERM="+text.Clean(pty.Term), "SSH_TTY=remote")
	}
	return session
}

// hostOf is the command that reaches an address.
func hostOf(addr net.Addr) string {
	host, port, _ := net.SplitHostPort(addr.String())
	if port == "22" {
		return "ssh " + host
	}
	return "ssh -p " + port + " " + host
}

// view shows the viewer, and says why it ends unless its reader quit.
func (s *Server) view(ctx context.Context, end context.CancelCauseFunc, session *Session, sess ssh.Session, remote *tui.Remote, log *slog.Logger) int {
	awake := func() {}
	if s.Idle > 0 {
		idle := time.AfterFunc(s.Idle, func() { end(goodbye("No key for " + s.Idle.String() + ". Goodbye.")) })
		defer idle.Stop()
		awake = func() { idle.Reset(s.Idle) }
	}
	in := newInput(sess, awake, func() { end(nil) })
	session.In = in
	began := time.Now()
	err := s.View(ctx, session, remote)
	if time.Since(began) < answering { // an answer of the terminal must not be typed into its shell
		select {
		case <-time.After(answering / 4):
		case <-ctx.Done():
		}
	}
	in.close()
	if said, ok := context.Cause(ctx).(goodbye); ok {
		log.Info(string(said))
		fmt.Fprintf(sess, "%s\n", said)
	}
	switch where := tui.CrashedIn(err); {
	case where != "":
		log.Error("internal error", "in", where)
		fallthrough
	case err != nil:
		fmt.Fprintf(sess.Stderr(), "dateline: %s\n", text.Clean(err.Error()))
		return 1
	}
	return 0
}

// answering is how long a terminal may take to answer.
const answering = time.Second
