package tui

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// keyTable is a table of keys in the README.
var keyTable = regexp.MustCompile(`(?m)^\| key \| what it does \|\n(\|.*\n)+`)

// TestReadmeListsEveryKey compares the README's key tables with the key map.
// With -update it writes them.
func TestReadmeListsEveryKey(t *testing.T) {
	const path = "../README.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, in := range [][]scope{{inBody}, {inFilter, inPrompt}, {inPicker}} {
		want = append(want, tableOf(in))
	}
	readme := string(text)
	got := keyTable.FindAllString(readme, -1)
	if len(got) != len(want) {
		t.Fatalf("the README has %d tables of keys, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("table %d of the README's keys is not that of the key map; -update writes it", i+1)
			readme = strings.Replace(readme, got[i], want[i], 1)
		}
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(readme), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func tableOf(in []scope) string {
	var table strings.Builder
	table.WriteString("| key | what it does |\n|---|---|\n")
	for _, g := range keyMap(actions()).groups(in) {
		for _, a := range g.actions {
			fmt.Fprintf(&table, "| `%s` | %s |\n", strings.Join(strings.Fields(a.Help().Key), "` `"), a.Help().Desc)
		}
	}
	return table.String()
}
