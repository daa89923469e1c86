package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/crypto/ssh"

	"dateline/cli/serve"
	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/export"
	"dateline/timeline/format"
	"dateline/timeline/text"
	"dateline/tui"
)

// serveFlags are the flags of dateline serve.
type serveFlags struct {
	listen, authorized, hostKey string
	sessions                    int
	idle, longest               time.Duration
}

func (c *command) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [FILE...]",
		Short: "Show a timeline to others over SSH",
		Long: `Serve shows one timeline over SSH: each reader has the viewer, with a filter,
marks and notes of their own, and needs nothing but ssh. It serves this machine
alone until --listen names another address. The keys of your own authorized_keys
may log in; --authorized-keys names another file, which is read at each login. A
line with an option that is not honoured is refused.

A session reads, and does nothing else on this machine: no shell, no editor, no
browser, no file. These print to the reader's own machine:

  ssh -p 2222 127.0.0.1 list --filter topic:treaty
  ssh -p 2222 127.0.0.1 export --format csv > events.csv

Marks, notes and views belong to the reader's key, and lie in the state folder.`,
		Example: `  dateline serve my-events.json
  dateline serve --listen :2222 --authorized-keys team.keys my-events.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			signals := make(chan os.Signal, 2)
			signal.Notify(signals, endings()...)
			defer signal.Stop(signals)
			return c.serve(args, f, signals)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:2222", "serve at `ADDRESS`: a host, or none for all, and a port")
	flags.StringVar(&f.authorized, "authorized-keys", "", "let in the keys of `FILE`, instead of ~/.ssh/authorized_keys")
	flags.StringVar(&f.hostKey, "host-key", "", "prove the server by the key in `FILE`, which is made if need be")
	flags.IntVar(&f.sessions, "most-sessions", 250, "serve at most `N` sessions at a time")
	flags.DurationVar(&f.idle, "idle", time.Hour, "end a session after `TIME` without a key, such as 30m; 0 never does")
	flags.DurationVar(&f.longest, "longest", 24*time.Hour, "end a session after `TIME`; 0 never does")
	for _, flag := range []string{"listen", "most-sessions", "idle", "longest"} {
		cmd.RegisterFlagCompletionFunc(flag, cobra.NoFileCompletions)
	}
	return cmd
}

func (f serveFlags) check(c *command) error {
	switch {
	case c.output != standardOutput:
		return errors.New("serve writes no file; leave out --output")
	case c.stateFile != "":
		return errors.New("serve keeps the marks of each key in a file of its own; leave out --state")
	case f.sessions < 1:
		return fmt.Errorf("--most-sessions must be 1 or more, not %d", f.sessions)
	case f.idle < 0:
		return fmt.Errorf("--idle must not be negative, as %s is", f.idle)
	case f.longest < 0:
		return fmt.Errorf("--longest must not be negative, as %s is", f.longest)
	}
	return nil
}

// serve serves a timeline until a signal ends it.
func (c *command) serve(args []string, f serveFlags, signals <-chan os.Signal) error {
	if err := f.check(c); err != nil {
		return err
	}
	at, err := net.ResolveTCPAddr("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: name a host and a port, such as 127.0.0.1:2222: %w", f.listen, err)
	}
	keys, err := c.authorizedKeys(f.authorized, at.IP.IsLoopback())
	if err != nil {
		return fail(err)
	}
	hostKey, err := c.hostKey(f.hostKey)
	if err != nil {
		return fail(fmt.Errorf("the host key: %w", err))
	}
	s := &served{c: c, args: args, shared: tui.NewShared(), changes: make(map[chan struct{}]bool)}
	if err := s.load(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fail(fmt.Errorf("--listen %s: %w", f.listen, cmp.Or(errors.Unwrap(err), err)))
	}
	defer listener.Close()
	changed, stop := watch(args)
	defer stop()
	go func() {
		for range changed {
			s.reload()
		}
	}()
	log := slog.New(slog.NewTextHandler(c.errs, nil))
	server := &serve.Server{
		HostKey: hostKey, Keys: keys, MostSessions: f.sessions, Idle: f.idle, Longest: f.longest, Log: log,
		View: s.view, Run: s.run,
	}
	fmt.Fprintf(c.out, "Serving %s of %s at %s, host key %s.\nType: %s\n", text.Counted(s.now.Len(), "event"), text.Clean(s.now.name),
		listener.Addr(), ssh.FingerprintSHA256(hostKey.PublicKey()), toType(listener.Addr()))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fail(err)
	case <-signals:
	}
	log.Info("closing")
	closed := make(chan struct{})
	go func() {
		server.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-signals: // who asks twice does not want to wait
	}
	return nil
}

// toType is the line to type to reach an address from a reader's machine.
func toType(addr net.Addr) string {
	host, port, _ := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return "ssh -p " + port + " " + host
}

// authorizedKeys returns the file of those who may log in. Only this machine may be
// served before there are any.
func (c *command) authorizedKeys(path string, local bool) (serve.AuthorizedKeys, error) {
	if path == "" {
		home := cmp.Or(c.env("HOME"), c.env("USERPROFILE"))
		if home == "" {
			return serve.AuthorizedKeys{}, errors.New("there is no home directory; --authorized-keys FILE names the keys that may log in")
		}
		path = filepath.Join(home, ".ssh", "authorized_keys")
	}
	keys := serve.AuthorizedKeys{Path: path}
	n, refused, err := keys.Check()
	for _, why := range refused {
		c.say("%s", why)
	}
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: no key there may log in", path)
	}
	if err != nil && local {
		c.say("%s; nobody can log in until one is added, or --authorized-keys names another file", err)
		return keys, nil
	}
	if err != nil {
		return keys, fmt.Errorf("%w; to serve other machines, --authorized-keys FILE must name the keys that may log in", err)
	}
	return keys, nil
}

// hostKey reads or makes the key of the server.
func (c *command) hostKey(path string) (ssh.Signer, error) {
	if path == "" {
		dir, err := stateDir(c.env)
		if c.noState || err != nil {
			c.say("the host key is new each time, since nothing is kept; --host-key FILE keeps it")
			return serve.PassingHostKey()
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		path = filepath.Join(dir, "host_key")
	}
	return serve.HostKey(path)
}

// A served timeline is shared by all sessions. It is loaded once, and again when its
// files change.
type served struct {
	c      *command
	args   []string
	shared *tui.Shared

	mu      sync.Mutex
	now     *opened
	digest  func() string
	failed  error // why it could not be loaded again
	changes map[chan struct{}]bool
}

// load reads the timeline.
func (s *served) load() error {
	o, err := s.c.open(s.args)
	if err != nil {
		return err
	}
	s.put(o, nil)
	return nil
}

// reload reads it again, and tells the sessions.
func (s *served) reload() {
	c := *s.c
	c.today = time.Now()
	query, err := c.query()
	var o *opened
	if err == nil {
		o, err = c.prepare(context.Background(), query, s.args)
	}
	if err == nil {
		t, report, failed := format.Open(context.Background(), format.Watch{}, o.files...)
		if err = failed; err == nil {
			o = o.with(t, report)
		}
	}
	s.put(o, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	for changed := range s.changes {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
}

// put puts a timeline in the place of the one before, unless there is an error.
func (s *served) put(o *opened, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed = err; err == nil {
		s.now, s.digest = o, sync.OnceValue(o.digest)
		s.shared.Forget(o.Timeline)
	}
}

// at returns the timeline as it is now, on the day that it is now.
func (s *served) at(now time.Time) (*opened, func() string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if y, m, d := now.Date(); s.now.today.Day() != d || s.now.today.Month() != m || s.now.today.Year() != y {
		s.now = s.now.on(now)
		s.shared.Forget(s.now.Timeline)
	}
	return s.now, s.digest, s.failed
}

// command returns what a session has of the command line. Of its environment it has
// the reader's terminal, and a folder for what its key keeps.
func (s *served) command(session *serve.Session) *command {
	folders := make(map[string]string)
	if dir, err := stateDir(s.c.env); err == nil {
		kept := filepath.Join(dir, "keys", session.Key)
		folders["XDG_STATE_HOME"], folders["XDG_CONFIG_HOME"] = kept, kept
	}
	env := func(name string) string { return cmp.Or(folders[name], session.Env(name)) }
	c := &command{env: env, in: strings.NewReader(""), out: session.Out, errs: session.Errs, today: time.Now(), output: standardOutput, noState: s.c.noState, served: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.filter, c.order = s.now.query.String(), s.c.order
	return c
}

// run runs the command of a session.
func (s *served) run(_ context.Context, session *serve.Session, args []string) int {
	return s.command(session).execute(args)
}

// remoteRoot finishes the command line of a session.
func (c *command) remoteRoot(root *cobra.Command) *cobra.Command {
	root.PersistentFlags().StringVar(&c.viewName, "view", "", "use the filter and order of your saved view `NAME`")
	root.Use, root.Long, root.Example = "dateline", "", ""
	root.Short = "Print what a timeline has, at your own machine"
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fmt.Errorf("there is no command %s here: use list, brief, cite or export", text.Clean(args[0]))
		}
		return cmd.Help()
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) && slices.Contains([]string{"output", "o", "force", "state", "config"}, unknown.GetSpecifiedName()) {
			return errors.New("a session reaches no file of the server; > FILE writes one on your own machine")
		}
		return flagError(cmd, err)
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(c.listCommand(), c.briefCommand(), c.citeCommand(), c.exportCommand())
	return root
}

// openServed is open for a session.
func (c *command) openServed(args []string) (*opened, error) {
	if len(args) > 0 {
		return nil, fmt.Errorf("the server has one timeline; leave out %s", text.Clean(args[0]))
	}
	query, err := c.query()
	if err != nil {
		return nil, err
	}
	now, _, _ := c.served.at(c.today)
	o := *now
	if o.query = query; o.query.AsksMargin() {
		c.addMargin(&o)
	}
	return &o, nil
}

// view shows the viewer to a session.
func (s *served) view(ctx context.Context, session *serve.Session, remote *tui.Remote) error {
	c := s.command(session)
	remote.Fetch = func(verb string, args ...string) string { return fetching(session.Host, verb, args) }
	changes := make(chan struct{}, 1)
	s.mu.Lock()
	s.changes[changes] = true
	query := s.now.query
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.changes, changes)
		close(changes)
		s.mu.Unlock()
	}()
	loaded := false
	cfg := tui.Config{
		Load: func() tui.Loading {
			part := tui.Part{Last: true}
			o, digest, err := s.at(time.Now())
			if part.Err = err; err == nil || !loaded {
				part.File, part.Err = c.viewerFile(o), nil
				part.File.Digest, part.File.Exports = digest, nil
				part.File.Since = func(q timeline.Query) (*brief.Changes, error) { return c.sinceLast(o, q) }
			}
			loaded = true
			parts := make(chan tui.Part, 1)
			parts <- part
			return tui.Loading{Parts: parts, Shown: func() {}, Stop: func() {}}
		},
		Changes: changes,
		Query:   query,
		Newest:  c.newest(),
		Today:   c.day(),
		Theme:   tui.Auto,
		ASCII:   asciiLocale(c.env),
		Plain:   export.Plain,
		Forms:   citationForms(),
		Remote:  remote,
		Shared:  s.shared,
	}
	if h := c.history(); h != nil {
		cfg.History, cfg.Remember = h.read, h.add
		defer h.close()
	}
	c.setViews(&cfg)
	return tui.Run(ctx, cfg, session.In, session.Out, session.Environ)
}

// fetching is the command line that a reader's shell passes to the server as it is.
func fetching(host, verb string, args []string) string {
	command := verb
	for _, arg := range args {
		command += " " + inShell(arg)
	}
	if strings.ContainsAny(command, `'"\`+"`"+`$!&|;<>()*?[]#~{}`) {
		command = inShell(command)
	}
	return host + " " + command
}

// inShell is a word as a POSIX shell reads it.
func inShell(word string) string {
	plain := func(r rune) bool {
		return r >= 0x80 || r == '-' || r == '_' || r == '.' || r == ':' || r == ',' || r == '/' || r == '+' || r == '@' || r == '%' ||
			'0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
	}
	switch {
	case word != "" && strings.TrimFunc(word, plain) == "":
		return word
	case !strings.Contains(word, "'"):
		return "'" + word + "'"
	case !strings.ContainsAny(word, `"\$!`+"`"):
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
