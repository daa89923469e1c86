package serve

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"dateline/cli/state"
	"dateline/timeline/text"
)

// HostKey reads the key in a file, and makes one if there is none.
func HostKey(path string) (ssh.Signer, error) {
	content, err := state.Read(path)
	if err == nil && content == nil {
		if content, err = newHostKey(); err != nil {
			return nil, err
		}
		err = state.Write(path, 0o600, false, func(w io.Writer) error {
			_, err := w.Write(content)
			return err
		})
		if errors.Is(err, fs.ErrExist) { // another server has made it at this moment
			content, err = state.Read(path)
		}
	}
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s: other users can read this host key; chmod 600 it", path)
	}
	signer, err := ssh.ParsePrivateKey(content)
	if err != nil {
		return nil, fmt.Errorf("%s: no private key without a passphrase: %w", path, err)
	}
	return signer, nil
}

// PassingHostKey makes a key that is not kept.
func PassingHostKey() (ssh.Signer, error) {
	content, err := newHostKey()
	if err != nil {
		return nil, err
	}
	return ssh.ParsePrivateKey(content)
}

func newHostKey() ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := ssh.MarshalPrivateKey(key, "dateline")
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(block), nil
}

// AuthorizedKeys is a file in the format of sshd(8) with the keys that may log in.
type AuthorizedKeys struct{ Path string }

// A line is one of the file, with its key if it can be read, and why that may not
// log in.
type line struct {
	number  int
	key     []byte
	noPTY   bool
	refused string
}

// read reads the file.
func (a AuthorizedKeys) read(now time.Time) (lines []line, err error) {
	info, err := os.Stat(a.Path)
	if err == nil && info.Mode().Perm()&0o022 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s: other users can write to this file; chmod go-w it", a.Path)
	}
	content, err := state.Read(a.Path)
	if err == nil && content == nil {
		err = fmt.Errorf("%s: no such file", a.Path)
	}
	if err != nil {
		return nil, err
	}
	number := 0
	for one := range bytes.Lines(content) {
		number++
		one = bytes.TrimSpace(one)
		if len(one) == 0 || one[0] == '#' {
			continue
		}
		l := line{number: number}
		key, _, options, _, err := ssh.ParseAuthorizedKey(one)
		if err != nil {
			l.refused = "this is no public key"
		} else {
			l.key = key.Marshal()
			l.apply(key, options, now)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// apply applies the options of a line. Those that forbid what is never offered are
// honoured by that.
func (l *line) apply(key ssh.PublicKey, options []string, now time.Time) {
	if _, is := key.(*ssh.Certificate); is {
		l.refused = "certificates are not honoured"
	}
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		switch strings.ToLower(name) {
		case "no-agent-forwarding", "no-port-forwarding", "no-x11-forwarding", "no-user-rc", "agent-forwarding", "port-forwarding", "x11-forwarding", "user-rc":
		case "no-pty", "restrict":
			l.noPTY = true
		case "pty":
			l.noPTY = false
		case "expiry-time":
			switch end, err := parseExpiry(strings.Trim(value, `"`)); {
			case err != nil:
				l.refused = "the option expiry-time is no date"
			case !now.Before(end):
				l.refused = "the key has expired"
			}
		default:
			l.refused = "the option " + text.Clean(name) + " is not honoured"
		}
	}
}

// parseExpiry reads a time as expiry-time has it.
func parseExpiry(value string) (time.Time, error) {
	place := time.Local
	if utc, ok := strings.CutSuffix(value, "Z"); ok {
		value, place = utc, time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if t, err := time.ParseInLocation(layout, value, place); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errors.New("no time")
}

// Check counts the keys that may log in, and says of each other line why its key
// may not.
func (a AuthorizedKeys) Check() (keys int, refused []string, err error) {
	lines, err := a.read(time.Now())
	for _, l := range lines {
		if l.refused == "" {
			keys++
			continue
		}
		refused = append(refused, fmt.Sprintf("%s:%d: %s; the line is refused", a.Path, l.number, l.refused))
	}
	return keys, refused, err
}

// allows reports whether a key may log in, and with a terminal, or else why not.
func (a AuthorizedKeys) allows(key ssh.PublicKey) (pty bool, why string) {
	lines, err := a.read(time.Now())
	if err != nil {
		return false, err.Error()
	}
	why = "the key is not authorized"
	for _, l := range lines {
		if !bytes.Equal(l.key, key.Marshal()) {
			continue
		}
		if l.refused == "" {
			return !l.noPTY, ""
		}
		why = fmt.Sprintf("%s:%d: %s", a.Path, l.number, l.refused)
	}
	return false, why
}
