package serve

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
)

func newKey(t *testing.T) ssh.Signer {
	t.Helper()
	key, err := PassingHostKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// entry is the line of a key in an authorized_keys file.
func entry(key ssh.Signer) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))
}

func TestOptionsOfAuthorizedKeysAreHonouredOrRefused(t *testing.T) {
	key := newKey(t)
	for _, c := range []struct {
		options string
		pty     bool
		refused string
	}{
		{options: "", pty: true},
		{options: "no-port-forwarding,no-X11-forwarding,No-Agent-Forwarding,no-user-rc ", pty: true},
		{options: "no-pty ", pty: false},
		{options: "restrict ", pty: false},
		{options: "restrict,pty ", pty: true},
		{options: `expiry-time="29991231" `, pty: true},
		{options: `expiry-time="29991231Z" `, pty: true},
		{options: `expiry-time="20200101" `, refused: "the key has expired"},
		{options: `expiry-time="soon" `, refused: "the option expiry-time is no date"},
		{options: `from="10.0.0.0/8" `, refused: "the option from is not honoured"},
		{options: `no-pty,command="sh -c \"a b\"" `, refused: "the option command is not honoured"},
		{options: "cert-authority ", refused: "the option cert-authority is not honoured"},
		{options: `environment="A=b" `, refused: "the option environment is not honoured"},
		{options: "verify-required ", refused: "the option verify-required is not honoured"},
		{options: "principals=\"\x1b]0;a\a\" ", refused: "the option principals is not honoured"},
		{options: "tunnel=\"0\",pty ", refused: "the option tunnel is not honoured"},
	} {
		path := filepath.Join(t.TempDir(), "keys")
		content := "# a comment\n\n" + entry(newKey(t)) + "\n\t" + c.options + entry(key) + " somebody\r\n"
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		keys := AuthorizedKeys{path}
		want := ""
		if c.refused != "" {
			want = path + ":4: " + c.refused
		}
		if pty, why := keys.allows(key.PublicKey()); pty != c.pty || why != want {
			t.Errorf("%q: got a terminal %t, refused %q, want %q", c.options, pty, why, want)
		}
		n, refused, err := keys.Check()
		if err != nil || n+len(refused) != 2 || c.refused != "" && (len(refused) != 1 || refused[0] != want+"; the line is refused") {
			t.Errorf("%q: got %d keys, refused %q, %v", c.options, n, refused, err)
		}
		if _, why := keys.allows(newKey(t).PublicKey()); why != "the key is not authorized" {
			t.Errorf("another key: %q", why)
		}
	}
}

func TestLinesThatAreNoKeysLetNobodyIn(t *testing.T) {
	key := newKey(t)
	blob := strings.Fields(entry(key))[1]
	for _, line := range []string{"ssh-ed25519", "ssh-rsa " + blob, blob, `command="ls" ` + blob, "ssh-ed25519 " + blob[:20], `from="a ssh-ed25519 ` + blob, "ssh-ed25519 " + blob + blob} {
		path := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(path, []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, why := (AuthorizedKeys{path}).allows(key.PublicKey()); why == "" {
			t.Errorf("%s lets the key in", line)
		}
		if n, refused, err := (AuthorizedKeys{path}).Check(); n != 0 || len(refused) != 1 || err != nil {
			t.Errorf("%s: got %d keys, refused %q, %v", line, n, refused, err)
		}
	}
}

func TestAuthorizedKeysThatOthersCanWriteAreRefused(t *testing.T) {
	key := newKey(t)
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(entry(key)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, why := (AuthorizedKeys{path}).allows(key.PublicKey()); !strings.Contains(why, "can write") {
		t.Errorf("got %q", why)
	}
}

// Servers that start at the same moment have the same key, which stays.
func TestHostKeyIsMadeOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host_key")
	var made [8]string
	var servers sync.WaitGroup
	for i := range made {
		servers.Go(func() {
			signer, err := HostKey(path)
			if err != nil {
				t.Error(err)
				return
			}
			made[i] = ssh.FingerprintSHA256(signer.PublicKey())
		})
	}
	servers.Wait()
	for _, key := range made {
		if key != made[0] {
			t.Errorf("two servers have %s and %s", made[0], key)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
	os.Chmod(path, 0o644)
	if _, err := HostKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
}
