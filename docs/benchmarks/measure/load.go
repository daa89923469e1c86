//go:build unix

package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// lnavFormat tells lnav how to read events.
//
//go:embed lnav-format.json
var lnavFormat []byte

// visidataLoad is a VisiData script that loads a table, counts its rows, and saves
// nothing.
const visidataLoad = `{"longname": "go-bottom"}
{"longname": "exec-python", "input": "vd.printout(f'{len(sheet.rows)} rows')"}
{"longname": "quit-all"}
`

// Queries of the generated files: see gen.
const (
	aWord        = "lighthouse"
	rareActor    = "Vurcheat Darwan" // 3,159 of a million events name it
	commonActor  = "Touchen Mut"     // 215,532
	rareEvents   = 3_159
	commonEvents = 215_532
)

// load measures indexing, counting or loading a whole file.
func (m *measurer) load() (table, error) {
	script := filepath.Join(m.scratch, "load.vdj")
	if err := os.WriteFile(script, []byte(visidataLoad), 0o644); err != nil {
		return table{}, err
	}
	anID := time.Date(2014, 1, 1+777*3652/m.million, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) + "-0000777"
	dateline, one, five, csv := m.program("dateline"), m.file("ev1m.jsonl"), m.file("ev5m.jsonl"), m.file("ev1m.csv")
	r, err := m.inTurn(7,
		command{label: "`dateline list --filter id:…`", name: dateline, args: []string{"list", "--no-cache", "--filter", "id:" + anID, one}, says: "\n"},
		command{label: "`dateline list --filter lighthouse`", name: dateline, args: []string{"list", "--no-cache", "--filter", aWord, one}, says: "\n"},
		command{label: "the same in a JSON array", name: dateline, args: []string{"list", "--no-cache", "--filter", "id:" + anID, m.file("ev1m.json")}, says: "\n"},
		command{label: "the same from a pipe", name: "sh", args: []string{"-c", `cat "$1" | "$0" list --no-cache --filter id:` + anID + " -", dateline, one}, says: "\n"},
		command{label: "the same packed by gzip", name: dateline, args: []string{"list", "--no-cache", "--filter", "id:" + anID, m.file("ev1m.jsonl.gz")}, says: "\n", rounds: 3},
		command{label: "`gzip -dc`", name: "gzip", args: []string{"-dc", m.file("ev1m.jsonl.gz")}, says: anID, rounds: 3},
		command{label: "the same in CSV", name: dateline, args: []string{"list", "--no-cache", "--filter", "id:" + anID, csv}, says: "\n"},
		command{label: "`dateline list --filter id:…`, 5 M", name: dateline, args: []string{"list", "--no-cache", "--filter", "id:" + anID, five}, says: "", rounds: 3},
		command{label: "`wc -l`", name: "wc", args: []string{"-l", one}, says: fmt.Sprint(m.million)},
		command{label: "`wc -l` of it", name: "wc", args: []string{"-l", csv}, says: fmt.Sprint(m.million + 1)},
		command{label: "`fzf --filter`", needs: "fzf", name: "sh", args: []string{"-c", `exec fzf --filter "'` + anID + `" < "$0"`, one}, says: anID},
		command{label: "lnav counting", name: "lnav", args: []string{"-n", "-c", ";SELECT count(*) FROM dateline_log", m.file("ev1m-days.jsonl")}, says: fmt.Sprint(m.million), rounds: 3},
		command{label: "VisiData loading CSV", name: "vd", args: []string{"-b", "-p", script, csv}, says: fmt.Sprintf("%d rows", m.million), rounds: 2},
	)
	if err != nil {
		return table{}, err
	}
	t := compared()
	id, word, array, pipe, packed, gzip, ofCSV, ofFive := r[0].median(), r[1].median(), r[2].median(), r[3].median(), r[4].median(), r[5].median(), r[6].median(), r[7].median()
	wc, wcCSV, fzf, lnav, visidata := &r[8], &r[9], &r[10], &r[11], &r[12]
	t.ratio("1 M events", id, wc.label, wc.median(), 6)
	t.ratio("", id, fzf.label, fzf.median(), 0.7)
	t.ratio("", id, lnav.label, lnav.median(), 0.25)
	t.ratio("", id, visidata.label, visidata.median(), 0.1)
	t.ratio("1 M events, searched for a word", word, wc.label, wc.median(), 0)
	t.ratio("1 M events in a JSON array", array, "JSON Lines", id, 0)
	t.ratio("1 M events from a pipe", pipe, "the file", id, 0)
	t.ratio("1 M events packed by gzip", packed, "`gzip -dc`", gzip, 0)
	t.ratio("1 M events in CSV", ofCSV, wcCSV.label, wcCSV.median(), 0)
	t.ratio("", ofCSV, visidata.label, visidata.median(), 0)
	t.ratio("5 M events", ofFive, "1 M", id, 6.5)
	for _, f := range []struct {
		k    int
		path string
		most float64
	}{{0, one, 0.3}, {7, five, 0.3}, {6, csv, 0.5}} {
		k, path := f.k, f.path
		info, err := os.Stat(path)
		if err != nil {
			return table{}, err
		}
		what := fmt.Sprintf("memory for %s", strings.TrimPrefix(filepath.Base(path), "ev"))
		t.add(what, megabytes(r[k].memory), "the file "+megabytes(info.Size()), float64(r[k].memory)/float64(info.Size()), "×", f.most)
	}
	if fzf.took == nil {
		return t, nil
	}
	t.add("memory for 1 M", megabytes(r[0].memory), fzf.label+" "+megabytes(fzf.memory), float64(r[0].memory)/float64(fzf.memory), "×", 0)
	return t, nil
}

// shapes measures indexing the same number of events in files that are tidy and in
// files that are not.
func (m *measurer) shapes() (table, error) {
	t := compared()
	for _, format := range []string{"jsonl", "json", "csv", "gdelt"} {
		var commands []command
		for _, name := range []string{"rough1m.", "ev1m."} {
			commands = append(commands, command{label: name + format, name: m.program("dateline"), args: []string{"list", "--no-cache", "--filter", aWord, m.file(name + format)}})
		}
		r, err := m.inTurn(5, commands...)
		if err != nil {
			return t, err
		}
		t.ratio("1 M untidy events, "+format, r[0].median(), "the tidy file", r[1].median(), 1.3)
	}
	return t, nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

// filter measures printing the events of one actor out of a million.
func (m *measurer) filter() (table, error) {
	t := compared()
	for _, c := range []struct {
		actor  string
		events int
		slow   bool // compared with very slow programs too
	}{{rareActor, rareEvents, true}, {commonActor, commonEvents, false}} {
		commands := []command{
			{label: "dateline", name: m.program("dateline"), args: []string{"list", "--no-cache", "--filter", `actor:"` + c.actor + `"`, m.file("ev1m.jsonl")}, says: "\n"},
			{label: "lnav `:filter-in`", name: "lnav", args: []string{"-n", "-c", ":filter-in " + c.actor, m.file("ev1m-days.jsonl")}, says: c.actor},
		}
		if c.slow {
			commands = append(commands, command{label: "jq `select`", name: "jq", args: []string{"-c", `select(.actors | index("` + c.actor + `"))`, m.file("ev1m.jsonl")}, rounds: 1})
		}
		r, err := m.inTurn(3, commands...)
		if err != nil {
			return t, err
		}
		atMost := 0.15
		for _, other := range r[1:] {
			t.ratio(fmt.Sprintf("`actor:\"%s\"`, in %d events", c.actor, c.events), r[0].median(), other.label, other.median(), atMost)
			atMost = 0
		}
	}
	return t, nil
}
