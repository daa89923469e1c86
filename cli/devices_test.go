//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOnlyFilesAndPipesAreOpened(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	go os.WriteFile(pipe, []byte(`[{"id":"a","date":"2024","title":"Piped"}]`), 0)
	if out, errs, code := invoke("", "list", pipe); code != exitOK || !strings.Contains(out, "Piped") {
		t.Errorf("exit code %d, printed %q, %q", code, out, errs)
	}
	for _, device := range []string{"/dev/zero", "/dev/urandom", "/dev/null"} {
		for _, verb := range []string{"list", "check"} {
			if out, errs, code := invoke("", verb, device); code != exitFailed || errs != "dateline: "+device+": this is a device, not a file\n" {
				t.Errorf("%s %s: exit code %d, printed %q, %q", verb, device, code, out, errs)
			}
		}
	}
	if _, errs, code := invoke("", "list", "--config", "/dev/zero"); code != exitUsage || !strings.Contains(errs, "larger than 64 MiB") {
		t.Errorf("exit code %d, printed %q", code, errs)
	}
}
