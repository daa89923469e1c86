package tui

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestKeysPageListsEveryKey compares the tables of docs/keys.md with the key map.
// With -update it writes them.
func TestKeysPageListsEveryKey(t *testing.T) {
	var want []string
	for _, in := range [][]scope{{inBody}, {inStore}, {inRange}, {inFilter, inPrompt}, {inPicker}, {inBrief, inText}} {
		want = append(want, tableOf(in))
	}
	tables(t, "../docs/keys.md", regexp.MustCompile(`(?m)^\| key \| what it does \|\n(\|.*\n)+`), want)
}

// TestConfigurationPageListsEveryAction does the same for the page that says how
// to bind them.
func TestConfigurationPageListsEveryAction(t *testing.T) {
	table := regexp.MustCompile(`(?m)^\| action \| keys \| where \| what it does \|\n(\|.*\n)+`)
	tables(t, "../docs/configuration.md", table, []string{tableOfActions()})
}

// tables compares the tables of a page with those wanted, and writes those if
// asked to.
func tables(t *testing.T, path string, table *regexp.Regexp, want []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	got := table.FindAllString(page, -1)
	if len(got) != len(want) {
		t.Fatalf("%s has %d tables of keys, want %d", path, len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("table %d of keys in %s is not that of the key map; -update writes it", i+1, path)
			page = strings.Replace(page, got[i], want[i], 1)
		}
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func tableOf(in []scope) string {
	var table strings.Builder
	table.WriteString("| key | what it does |\n|---|---|\n")
	for _, g := range keyMap(actions()).groups(in) {
		for _, a := range g.actions {
			if keys := strings.Fields(a.Help().Key); len(keys) > 0 {
				fmt.Fprintf(&table, "| `%s` | %s |\n", strings.Join(keys, "` `"), a.Help().Desc)
			}
		}
	}
	return table.String()
}

func tableOfActions() string {
	var table strings.Builder
	table.WriteString("| action | keys | where | what it does |\n|---|---|---|---|\n")
	for _, a := range actions() {
		keys := "none"
		if len(a.Keys()) > 0 {
			keys = "`" + strings.Join(a.Keys(), "` `") + "`"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", a.name, keys, placesOf(a.in), a.Help().Desc)
	}
	return table.String()
}

// placesOf names the places of a scope.
func placesOf(in scope) string {
	if in == anywhere|inTyping|inRange {
		return "everywhere"
	}
	var places []string
	for i, place := range []string{"list", "page", "brief", "help", "prompt", "filter", "picker", "menu", "narrowing", "facets", "pairs", "range", "text", "database"} {
		if in&(1<<i) != 0 {
			places = append(places, place)
		}
	}
	return strings.Join(places, ", ")
}
