package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestBrowserGetsTheHostInPunycode(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("another program opens addresses")
	}
	dir := t.TempDir()
	given := filepath.Join(dir, "given")
	script := "#!/bin/sh\nprintf %s \"$1\" > '" + given + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for address, want := range map[string]string{
		"https://bücher.example/ü": "https://xn--bcher-kva.example/%C3%BC",
		"HTTP://X.EXAMPLE/":        "HTTP://X.EXAMPLE/",
	} {
		if err := browse(address); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(given); strings.TrimSpace(string(got)) != want {
			t.Errorf("%s: opened %s, want %s", address, got, want)
		}
	}
}
