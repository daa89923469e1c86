//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"dateline/timeline/text"
)

// kept measures files whose index is kept.
func (m *measurer) kept() (table, error) {
	smallest := m.smallest()
	starts := []*start{smallest}
	for _, name := range []string{"ev1m.jsonl", "ev5m.jsonl"} {
		s, err := m.viewedOnce(m.file(name))
		if err != nil {
			return table{}, err
		}
		starts = append(starts, s)
	}
	if err := m.startsInTurn(100, starts...); err != nil {
		return table{}, err
	}
	t := compared()
	for k, what := range []string{"first rows of 1 M events", "first rows of 5 M events"} {
		t.ratio(what, median(starts[k+1].took), smallest.label, median(smallest.took), 1.15)
	}

	one := starts[1]
	rows := start{command: one.command, row: one.row}
	verified := start{command: one.command, row: text.Grouped(m.million)}
	if err := m.startsInTurn(15, &rows, &verified); err != nil {
		return table{}, err
	}
	checked := median(verified.took) - median(rows.took)
	t.add("from there to a count that is sure", shown(checked), "", float64(checked)/float64(time.Millisecond), "ms", 150)

	anew := m.list("`list --no-cache`", "", "--no-cache", m.file("ev1m.jsonl"))
	asKept := m.list("`list`", one.home, m.file("ev1m.jsonl"))
	grown := filepath.Join(m.scratch, "grown.jsonl")
	home, err := m.growing(grown, "ev1m.jsonl", m.million/100)
	if err != nil {
		return table{}, err
	}
	r, err := m.inTurn(5, asKept, anew, m.list("`list`, one in a hundred appended", home, grown))
	if err != nil {
		return table{}, err
	}
	t.ratio(asKept.label+" of 1 M", r[0].median(), anew.label, r[1].median(), 0)
	later := r[2].median() - r[0].median()
	t.add("1 % appended", shown(later)+" more", "nothing appended", float64(later)/float64(time.Millisecond), "ms", 30)
	return t, nil
}

// list returns a command that prints an event.
func (m *measurer) list(label, home string, args ...string) command {
	return command{label: label, home: home, name: m.program("dateline"), args: append([]string{"list", "--filter", aWord}, args...)}
}

// viewedOnce returns the start of a viewer whose home has the index of a file.
func (m *measurer) viewedOnce(path string) (*start, error) {
	home, err := m.newHome()
	if err != nil {
		return nil, err
	}
	row, err := firstTitle(path)
	if err != nil {
		return nil, err
	}
	s := &start{command: command{label: filepath.Base(path), name: m.program("dateline"), args: []string{path}, home: home}, row: row}
	t, err := m.open(s, home, width)
	if err != nil {
		return nil, err
	}
	defer t.close()
	for range 600 {
		found, err := filepath.Glob(filepath.Join(home, ".cache", "dateline", "*.index"))
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			return s, nil
		}
		t.settle(100 * time.Millisecond)
	}
	return nil, fmt.Errorf("%s leaves no index in a minute", t.cmd)
}

// growing makes a file that had all but some of the first events of another when its
// index was kept, and returns the home that has the index.
func (m *measurer) growing(path, of string, appended int) (home string, err error) {
	whole, err := os.Open(m.file(of))
	if err != nil {
		return "", err
	}
	defer whole.Close()
	info, err := whole.Stat()
	if err != nil {
		return "", err
	}
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	cut, err := lineBefore(whole, info.Size()-info.Size()*int64(appended)/int64(m.million))
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(f, io.NewSectionReader(whole, 0, cut)); err != nil {
		return "", err
	}
	time.Sleep(time.Second) // the index of a file that was written just now is not kept
	s, err := m.viewedOnce(path)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, io.NewSectionReader(whole, cut, info.Size()-cut))
	return s.home, err
}

// lineBefore returns where the last line begins that begins before an offset.
func lineBefore(f io.ReaderAt, at int64) (int64, error) {
	buf := make([]byte, 1)
	for at > 0 {
		if _, err := f.ReadAt(buf, at-1); err != nil {
			return 0, err
		}
		if buf[0] == '\n' {
			break
		}
		at--
	}
	return at, nil
}
