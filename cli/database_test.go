//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline/postgres"
	"dateline/timeline/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// said runs a command on a file or a database. Their name and digest are left out.
func said(t *testing.T, of string, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	env := func(name string) string {
		return map[string]string{"XDG_STATE_HOME": t.TempDir(), "HOME": "/nowhere"}[name]
	}
	code := Run("", append(args, of), env, strings.NewReader(""), &out, &errs)
	all := fmt.Sprintf("%s\n%s\n%d", &out, &errs, code)
	return fileAndDigest.ReplaceAllString(all, "FILE")
}

var fileAndDigest = regexp.MustCompile(`postgres:[/:]{3}[\w\\]+|sha256[": ]+[0-9a-f]+`)

func TestADatabaseSaysWhatTheFileSays(t *testing.T) {
	address := pgtest.Database(t)
	file := strings.ReplaceAll(postgres.Name(address), "/", ":") // which is as wide, so that as much fits a page
	text, err := os.ReadFile("../events.json")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	if code := Run("", []string{"load", address, file}, os.Getenv, strings.NewReader(""), io.Discard, &errs); code != exitOK {
		t.Fatalf("load said %q", &errs)
	}
	r := rand.New(rand.NewPCG(2, 16))
	terms := []string{"actor:putin", "actor:김정은", "actor:\"Kim Jong Un\"", "actor:lavrov", "place:pyongyang", "place:russia", "topic:missile", "topic:treaty", "status:disputed,alleged",
		"status:confirmed", "since:2024-06", "until:2024-03-15", "on:2024", "before:2024-01", "after:2024-07", "since:-30d", "kind:official", "publisher:reuters", "origin:kcna", "said:putin", "known:2024-06-30",
		"sources:>=3", "origins:1", "has:answer", "has:caveat", "has:quote", "title:missile", "quote:ammunition", "role:minister", "url:kremlin.ru", "file:test", "satellite", "/shells?/", "title:/^kim/",
		"(actor:putin | topic:missile)", "(status:claimed place:seoul or origins:>2)", "id:2024-06-19-comprehensive-strategic-partnership-treaty", "actor:nobody", "topic:misile", "marked"}
	// How much JSON has of a page depends on how wide the digest is printed.
	verbs := [][]string{{"list"}, {"--plain"}, {"brief"}, {"brief", "--format", "markdown"}, {"brief", "--page", "none", "--format", "json"}, {"cite"}, {"cite", "--format", "bibtex"}, {"export"}, {"export", "--format", "jsonl"},
		{"export", "--format", "csv"}, {"export", "--format", "ics"}, {"list", "--order", "newest"}}
	n := 200
	if testing.Short() {
		n = 24
	}
	for k := range n {
		var filter []string
		for range 1 + r.IntN(2) {
			term := terms[r.IntN(len(terms))]
			if k < len(terms) {
				term = terms[k]
			}
			if r.IntN(5) == 0 {
				term = "-" + term
			}
			filter = append(filter, term)
		}
		verb := verbs[k%len(verbs)]
		args := append(slices.Clone(verb), "--filter", strings.Join(filter, " "))
		want, got := said(t, file, args...), said(t, address, args...)
		if got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", args, around(got, want), around(want, got))
		}
	}
}

// Files and a database together say what the files of both say.
func TestFilesBesideADatabase(t *testing.T) {
	address := pgtest.Database(t)
	t.Chdir(t.TempDir())
	run := func(args ...string) string {
		t.Helper()
		var out, errs strings.Builder
		if code := Run("", args, func(string) string { return "" }, strings.NewReader(""), &out, &errs); code != exitOK {
			t.Fatalf("%q: %d, %s", args, code, &errs)
		}
		return out.String()
	}
	for name, events := range map[string]string{
		"a.jsonl": `{"id": "a1", "date": "2024-01-02", "title": "One", "actors": ["Kim"], "status": "claimed"}` + "\n" + `{"id": "a2", "date": "2024-05-02", "title": "Two", "actors": ["Putin"], "answers": ["a1"]}`,
		"b.jsonl": `{"id": "b1", "date": "2024-01-02", "title": "Three", "actors": ["kim"]}` + "\n" + `{"id": "b2", "date": "2023", "title": "Four", "places": ["Seoul"]}`,
		"c.jsonl": `{"id": "c1", "date": "2024-01-02", "title": "Five", "actors": ["Kim"], "places": ["Seoul"]}`,
	} {
		if err := os.WriteFile(name, []byte(events+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run("load", address, "a.jsonl", "b.jsonl")
	for _, filter := range []string{"", "actor:kim", "since:2024-05", "place:seoul", "status:claimed", "-actor:kim", "on:2024-01-02", "file:b"} {
		for _, verb := range []string{"list", "cite", "export"} {
			want := run(verb, "--filter", filter, "a.jsonl", "b.jsonl", "c.jsonl")
			if got := run(verb, "--filter", filter, address, "c.jsonl"); got != want {
				t.Errorf("%s %q:\ngot  %s\nwant %s", verb, filter, got, want)
			}
		}
	}
}

// around is where a text begins to differ from another.
func around(text, other string) string {
	at := 0
	for at < min(len(text), len(other)) && text[at] == other[at] {
		at++
	}
	return text[max(0, at-100):min(len(text), at+200)]
}

// What a database selects is served without its address or password, and once.
func TestSelectionOfADatabaseIsServed(t *testing.T) {
	address := pgtest.Database(t)
	dir := fixture.Write(t, "f.json", fixture.OneEvent)
	var errs bytes.Buffer
	if code := Run("", []string{"load", address, filepath.Join(dir, "f.json")}, os.Getenv, strings.NewReader(""), io.Discard, &errs); code != exitOK {
		t.Fatal(errs.String())
	}
	h := startHost(t, nil, address)
	r := h.view(h.key, 80, 24)
	r.sees("First flight")
	r.press("m")
	r.sees("1 marked")
	r.press("Q")
	r.ends() // marks are saved by then
	if out, errs, _ := h.command("list --filter marked"); !strings.Contains(out, "First flight") {
		t.Errorf("got %q, %q", out, errs)
	}
	if strings.Contains(h.out.String(), address) {
		t.Errorf("the address is told: %s", h.out.String())
	}
}
