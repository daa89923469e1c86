//go:build unix

package stories

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"dateline/timeline/postgres/pgtest"
	"dateline/tui/termtest"
)

// started returns a server that goes with the test.
func started(t *testing.T) *pgtest.Server {
	t.Helper()
	server := pgtest.Start(t)
	t.Cleanup(func() {
		server.Stop()
		os.RemoveAll(server.Dir())
	})
	return server
}

// loaded returns the URL of a database that has the timeline inside.
func loaded(t *testing.T, server *pgtest.Server) string {
	t.Helper()
	url := server.Database(t)
	if out, err := exec.Command(program(t), "load", url).CombinedOutput(); err != nil {
		t.Fatalf("load: %v\n%s", err, out)
	}
	return url
}

func TestADatabaseIsNarrowedUntilItFits(t *testing.T) {
	server := started(t)
	term := open(t, termtest.Options{}, "--most", "20", loaded(t, server))
	see(t, term, "Too much to load. 124 events are 104 too many")
	see(t, term, "Vladimir Putin")
	press(t, term, "/", "actor:putin topic:treaty", "enter")
	see(t, term, "events: Enter loads them.")
	press(t, term, "enter")
	at(t, term, "LIST")
	see(t, term, "topic:treaty")
	press(t, term, "esc") // drops topic:treaty, which was not loaded without
	see(t, term, "Too much to load. 24 events are 4 too many")
	press(t, term, "esc")
	at(t, term, "LIST")

	server.Stop() // the rows stay, and so do the counts
	press(t, term, "j", "f", "ctrl+u", "status:confirmed", "enter")
	s := see(t, term, "R asks the database again.")
	if !strings.Contains(s.Golden(), "status:confirmed") {
		t.Errorf("the filter is gone:\n%s", s.Golden())
	}
	server.Resume(t)
	press(t, term, "R")
	see(t, term, "Too much to load. 69 events are 49 too many")
	press(t, term, "Q")
}

func TestEscCancelsOnTheServer(t *testing.T) {
	server := started(t)
	url := loaded(t, server)
	term := open(t, termtest.Options{}, "--most", "20", url)
	see(t, term, "Too much to load.")
	see(t, term, "Vladimir Putin")
	release := pgtest.Hold(t, url, "LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
	defer release()
	busy := func(want bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); (len(pgtest.Active(t, url)) > 0) != want; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the server works on %q", pgtest.Active(t, url))
			}
		}
	}
	press(t, term, "space")
	see(t, term, "counting…")
	busy(true)
	press(t, term, "j") // keys do not wait for it
	see(t, term, ">[ ] reported")
	press(t, term, "esc")
	see(t, term, "not counted")
	busy(false)
	press(t, term, "R")
	busy(true)
	press(t, term, "Q")
	busy(false)
}

func TestWhatADatabaseCannotDecideIsSaid(t *testing.T) {
	url := loaded(t, started(t))
	term := open(t, termtest.Options{}, "--filter", "/treat(y|ies)/", url)
	see(t, term, "looked through here.")
	press(t, term, "Q")
	exits(t, term, exitOK)
	term = open(t, termtest.Options{}, "--filter", "topic:treaty", url)
	at(t, term, "LIST")
	if s := see(t, term, "topic:treaty"); strings.Contains(s.Golden(), "looked through") {
		t.Errorf("the database decided all of it:\n%s", s.Golden())
	}
}
