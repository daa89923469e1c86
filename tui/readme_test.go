package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestReadmeListsEveryKey compares the README's key tables with the key map.
func TestReadmeListsEveryKey(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := newKeyMap()
	for _, m := range []mode{browsing, filtering, picking} {
		var table strings.Builder
		table.WriteString("| key | what it does |\n|---|---|\n")
		for _, g := range keys.groups(m) {
			for _, b := range g.keys {
				fmt.Fprintf(&table, "| %s | %s |\n", readmeKeys(b.Help().Key), b.Help().Desc)
			}
		}
		if !strings.Contains(string(readme), table.String()+"\n") {
			t.Errorf("the README's key table is not that of the key map, which is:\n\n%s", table.String())
		}
	}
}

// readmeKeys writes "g Home" as `g` `Home`.
func readmeKeys(shown string) string {
	var keys []string
	for _, k := range strings.Fields(shown) {
		keys = append(keys, "`"+k+"`")
	}
	return strings.Join(keys, " ")
}
