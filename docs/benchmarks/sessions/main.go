// Sessions measures what readers over SSH take of a server: memory a session, the
// time from a key to its frame while many type, a flood of connections, and growth
// in the long run.
//
//	sessions -dateline PROGRAM [-n 200] [-minutes 10] FILE
//
// The file is best one of a million events: see docs/benchmarks/gen. The readers run
// on the same machine, and their work counts in the times.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("sessions: ")
	program := flag.String("dateline", "", "`program` to measure")
	n := flag.Int("n", 200, "how many sessions")
	minutes := flag.Float64("minutes", 10, "how long to look for growth")
	flag.Parse()
	if *program == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := measure(*program, flag.Arg(0), *n, *minutes); err != nil {
		log.Fatal(err)
	}
}

func measure(program, file string, n int, minutes float64) error {
	s, err := start(program, file, n)
	if err != nil {
		return err
	}
	defer s.stop()

	// The first session makes what all share.
	first, err := s.open(80, 24)
	if err != nil {
		return err
	}
	base := s.settled()
	fmt.Printf("server without sessions: %d MB\n", base>>20)

	small, err := s.openAll(n, 80, 24, nil)
	if err != nil {
		return err
	}
	fmt.Printf("%d sessions of 80×24, unfiltered: %.2f MB each\n", n, float64(s.settled()-base)/float64(n)/(1<<20))
	closeAll(small)

	half := func(i int) string { return fmt.Sprintf("fsince:20%02d-%02d-%02d\r", 19, i/28%12+1, i%28+1) }
	large, err := s.openAll(n, 120, 36, half)
	if err != nil {
		return err
	}
	fmt.Printf("%d sessions of 120×36, each with a filter of its own for half: %.2f MB each\n", n, float64(s.settled()-base)/float64(n)/(1<<20))
	fmt.Printf("key to frame, %d of them typing: %s\n", min(50, n), typing(large[:min(50, n)], 20*time.Second))
	closeAll(large)

	quiet := typing([]*session{first}, 10*time.Second)
	stop := make(chan struct{})
	var came, failed atomic.Int64
	var flood sync.WaitGroup
	flood.Go(func() {
		stranger := newKey()
		for range 1000 {
			select {
			case <-stop:
				return
			case <-time.After(60 * time.Millisecond):
			}
			flood.Go(func() {
				came.Add(1)
				if c, err := s.dial(stranger); err != nil {
					failed.Add(1)
				} else {
					c.Close()
				}
			})
		}
	})
	during := typing([]*session{first}, time.Minute)
	close(stop)
	flood.Wait()
	fmt.Printf("key to frame of one session: %s; while %d connections come in a minute, %d of them refused: %s\n", quiet, came.Load(), failed.Load(), during)

	before := s.settled()
	for end := time.Now().Add(time.Duration(minutes * float64(time.Minute))); time.Now().Before(end); {
		some, err := s.openAll(20, 100, 30, half)
		if err != nil {
			return err
		}
		typing(some, 5*time.Second)
		closeAll(some)
	}
	fmt.Printf("memory before and after %v minutes of sessions that come and go: %d and %d MB\n", minutes, before>>20, s.settled()>>20)
	return nil
}

// A server is dateline serve.
type server struct {
	cmd     *exec.Cmd
	home    string
	address string
	key     ssh.Signer
}

func newKey() ssh.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		log.Fatal(err)
	}
	return signer
}

// start starts the server, and waits until it serves.
func start(program, file string, n int) (*server, error) {
	home, err := os.MkdirTemp("", "sessions-")
	if err != nil {
		return nil, err
	}
	s := &server{home: home, key: newKey()}
	keys := filepath.Join(home, "keys")
	if err := os.WriteFile(keys, ssh.MarshalAuthorizedKey(s.key.PublicKey()), 0o600); err != nil {
		return nil, err
	}
	s.cmd = exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--authorized-keys", keys, "--most-sessions", fmt.Sprint(n+50), file)
	s.cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH")}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	var said bytes.Buffer
	for buf := make([]byte, 1024); ; {
		k, err := out.Read(buf)
		said.Write(buf[:k])
		if m := regexp.MustCompile(`Type: ssh -p (\d+)`).FindSubmatch(said.Bytes()); m != nil {
			s.address = "127.0.0.1:" + string(m[1])
			return s, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the server does not start: %w\n%s", err, &said)
		}
	}
}

func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
	os.RemoveAll(s.home)
}

// settled is the memory of the server in bytes when nothing happens.
func (s *server) settled() int64 {
	time.Sleep(5 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		log.Fatal(err)
	}
	var rss int64
	for line := range strings.Lines(string(status)) {
		fmt.Sscanf(line, "VmRSS: %d kB", &rss)
	}
	return rss << 10
}

func (s *server) dial(key ssh.Signer) (*ssh.Client, error) {
	return ssh.Dial("tcp", s.address, &ssh.ClientConfig{User: "reader", Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: time.Minute})
}

// A session is the viewer of a reader.
type session struct {
	client *ssh.Client
	in     io.Writer
	wrote  chan struct{} // something has been written since it was last taken
}

func (s *session) Write(p []byte) (int, error) {
	select {
	case s.wrote <- struct{}{}:
	default:
	}
	return len(p), nil
}

// open opens the viewer, and waits for its first frame.
func (s *server) open(w, h int) (*session, error) {
	client, err := s.dial(s.key)
	if err != nil {
		return nil, err
	}
	channel, err := client.NewSession()
	if err != nil {
		return nil, err
	}
	one := &session{client: client, wrote: make(chan struct{}, 1)}
	channel.Stdout, channel.Stderr = one, io.Discard
	if one.in, err = channel.StdinPipe(); err != nil {
		return nil, err
	}
	if err := channel.RequestPty("xterm-256color", h, w, nil); err != nil {
		return nil, err
	}
	if err := channel.Shell(); err != nil {
		return nil, err
	}
	select {
	case <-one.wrote:
		return one, nil
	case <-time.After(time.Minute):
		return nil, fmt.Errorf("no frame comes")
	}
}

// openAll opens sessions, and presses keys in each.
func (s *server) openAll(n, w, h int, keys func(i int) string) ([]*session, error) {
	all := make([]*session, n)
	for i := range all {
		var err error
		if all[i], err = s.open(w, h); err != nil {
			return nil, err
		}
		if keys != nil {
			io.WriteString(all[i].in, keys(i))
		}
	}
	time.Sleep(10*time.Second + time.Duration(n)*200*time.Millisecond) // their filters take turns
	return all, nil
}

func closeAll(all []*session) {
	for _, one := range all {
		one.client.Close()
	}
	time.Sleep(2 * time.Second)
}

// typing has readers type a filter for some time, five letters a second each, and
// says how long a frame took to come.
func typing(all []*session, length time.Duration) string {
	var mu sync.Mutex
	var took []time.Duration
	var readers sync.WaitGroup
	end := time.Now().Add(length)
	for i, one := range all {
		readers.Go(func() {
			time.Sleep(time.Duration(i) * 200 * time.Millisecond / time.Duration(len(all)))
			io.WriteString(one.in, "f")
			for k := 0; time.Now().Before(end); k++ {
				time.Sleep(200 * time.Millisecond)
				select {
				case <-one.wrote: // of the key before
				default:
				}
				key := string("minister"[k%8])
				if k%8 == 7 {
					key = "\x15"
				}
				pressed := time.Now()
				io.WriteString(one.in, key)
				select {
				case <-one.wrote:
				case <-time.After(5 * time.Second):
				}
				mu.Lock()
				took = append(took, time.Since(pressed))
				mu.Unlock()
			}
			io.WriteString(one.in, "\x03")
		})
	}
	readers.Wait()
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[int(share*float64(len(took)-1))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("median %v, p99 %v", at(0.5), at(0.99))
}
