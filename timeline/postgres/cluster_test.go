package postgres

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A cluster is a PostgreSQL server of the tests' own, in a temporary folder and on a
// Unix socket.
type cluster struct {
	dir, bin string
	server   *exec.Cmd
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

var shared struct {
	once sync.Once
	*cluster
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.cluster != nil {
		shared.stop()
	}
	os.Exit(code)
}

// startCluster starts a server as an unprivileged user, since PostgreSQL refuses root.
func startCluster(bin string) (*cluster, error) {
	dir, err := os.MkdirTemp("", "dateline-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, bin: bin}
	if err := c.start(); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *cluster) start() error {
	credential, err := unprivileged(c.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.Command(filepath.Join(c.bin, "initdb"), "-D", data, "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.SysProcAttr = credential
	initdb.Dir = c.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return &exec.Error{Name: "initdb: " + string(out), Err: err}
	}
	return c.run(credential)
}

func (c *cluster) run(credential *syscall.SysProcAttr) error {
	c.server = exec.Command(filepath.Join(c.bin, "postgres"), "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync=off")
	c.server.SysProcAttr = credential
	c.server.Dir = c.dir
	if err := c.server.Start(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.url("postgres", ""))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
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

func (c *cluster) stop() {
	if c.server != nil && c.server.Process != nil {
		c.server.Process.Signal(syscall.SIGINT)
		c.server.Wait()
	}
	os.RemoveAll(c.dir)
}

func (c *cluster) url(database, table string) string {
	u := "postgres://dateline@/" + database + "?host=" + c.dir
	if table != "" {
		u += "&table=" + table
	}
	return u
}

// database returns the URL of a new database; the test is skipped where PostgreSQL
// is not installed.
func database(t testing.TB, table string) string {
	t.Helper()
	bin := binaries()
	if bin == "" || runtime.GOOS == "windows" {
		t.Skip("PostgreSQL is not installed")
	}
	shared.once.Do(func() { shared.cluster, shared.err = startCluster(bin) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	name := strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, t.Name()))
	name = name[:min(len(name), 50)] + "_" + strconv.FormatInt(time.Now().UnixNano(), 36)
	query(t, shared.url("postgres", ""), "CREATE DATABASE "+name)
	return shared.url(name, table)
}

// query runs a statement.
func query(t testing.TB, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), strings.Split(url, "&table=")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}
