package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What two viewers type is kept, each entry once, the last at the end, and only for
// the user.
func TestHistoryIsSharedByViewers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "history.json")
	one, other := &historyFile{path: path}, &historyFile{path: path}
	for _, typed := range []string{"a", "b", "a"} {
		one.add("filter", typed)
	}
	if err := one.close(); err != nil {
		t.Fatal(err)
	}
	other.add("filter", "c")
	other.add("search", "c\x1b[2J")
	if err := other.close(); err != nil {
		t.Fatal(err)
	}
	one.add("filter", "d")
	if err := one.close(); err != nil {
		t.Fatal(err)
	}
	got := other.read()
	if want := []string{"b", "a", "c", "d"}; !slices.Equal(got["filter"], want) || len(got["search"]) != 1 {
		t.Errorf("got %q, want %q", got, want)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// A file of a later version, or one that is damaged, is left alone.
func TestHistoryThatCannotBeReadIsLeftAlone(t *testing.T) {
	for _, content := range []string{`{"version":9,"typed":{}}`, `{"version":`} {
		path := filepath.Join(t.TempDir(), "history.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		h := &historyFile{path: path}
		h.add("filter", "a")
		err := h.close()
		if now, _ := os.ReadFile(path); err == nil || string(now) != content || len(h.read()) > 0 {
			t.Errorf("%s is now %s, error %v", content, now, err)
		}
	}
}
