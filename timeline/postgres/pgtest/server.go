//go:build unix

// Package pgtest runs PostgreSQL servers for tests: each in a temporary folder, on a
// Unix socket, as an unprivileged user.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A Server is a PostgreSQL server.
type Server struct {
	dir, bin string
	process  *exec.Cmd
}

// binaries is the folder of PostgreSQL's programs, empty if it is not installed.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.Sort(found)
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

// servers are the servers of a run of tests, which Main stops. The first serves every
// Database.
var servers struct {
	sync.Mutex
	all []*Server
}

// Main runs tests, and stops their servers: call it from TestMain.
func Main(m *testing.M) int {
	defer func() {
		for _, s := range servers.all {
			s.Stop()
			os.RemoveAll(s.dir)
		}
	}()
	return m.Run()
}

// Start starts a server. The test is skipped where PostgreSQL is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := binaries()
	if bin == "" {
		t.Skip("PostgreSQL is not installed")
	}
	dir, err := os.MkdirTemp("", "dateline-pg-")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{dir: dir, bin: bin}
	servers.all = append(servers.all, s)
	if err := s.make(); err != nil {
		t.Fatal(err)
	}
	s.Resume(t)
	return s
}

// make makes the server's folder of data.
func (s *Server) make() error {
	as, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = as, s.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// Resume starts a server that has been stopped, and waits until it answers.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	as, err := unprivileged(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.process = exec.Command(filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50")
	s.process.SysProcAttr, s.process.Dir = as, s.dir
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres", ""))
		if err == nil {
			conn.Close(ctx)
			return
		}
		select {
		case <-ctx.Done():
			t.Fatal(err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// unprivileged returns who runs the server, and gives the folder to that user.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, user.UnknownUserError("nobody")
}

// Stop stops the server at once, as far as its clients can tell.
func (s *Server) Stop() {
	if s.process != nil {
		s.process.Process.Signal(syscall.SIGINT)
		s.process.Wait()
		s.process = nil
	}
}

// Dir is the folder of the server's socket, which is the host of its URLs.
func (s *Server) Dir() string { return s.dir }

// URL is the address of a database, and of a table in it unless that is empty.
func (s *Server) URL(database, table string) string {
	u := "postgres://dateline@/" + database + "?host=" + s.dir
	if table != "" {
		u += "&table=" + table
	}
	return u
}

// Database returns the URL of a new database on the server that tests share. The test
// is skipped where PostgreSQL is not installed.
func Database(t testing.TB) string {
	t.Helper()
	servers.Lock()
	defer servers.Unlock()
	var s *Server
	if len(servers.all) > 0 {
		s = servers.all[0]
	} else {
		s = Start(t)
	}
	return s.Database(t)
}

// Database returns the URL of a new database.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "test_" + strconv.Itoa(int(made.Add(1)))
	Exec(t, s.URL("postgres", ""), "CREATE DATABASE "+name)
	return s.URL(name, "")
}

var made atomic.Int64

// Exec runs statements, parted by semicolons.
func Exec(t testing.TB, url, sql string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, strings.Split(url, "&table=")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// Hold runs statements in a transaction that stays open until it is released.
func Hold(t testing.TB, url, sql string) (release func()) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, strings.Split(url, "&table=")[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "BEGIN; "+sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return func() { conn.Close(ctx) }
}

// Active lists the statements that dateline has the server work on.
func Active(t testing.TB, url string) []string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, strings.Split(url, "&table=")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, "SELECT query FROM pg_stat_activity WHERE application_name = 'dateline' AND state <> 'idle'")
	if err != nil {
		t.Fatal(err)
	}
	active, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return active
}
