package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"unicode/utf8"

	"dateline/cli/state"
	"dateline/timeline/text"
	"dateline/tui"
)

// A historyFile holds what was typed in the viewer's prompts. It is written beside
// the viewer, which never waits for it, and what another viewer has written
// meanwhile stays.
type historyFile struct {
	path    string
	mu      sync.Mutex // guards pending
	pending []historyEntry
	writing sync.WaitGroup
	file    sync.Mutex // guards the file and err
	err     error      // the last write's
}

type historyEntry struct{ kind, typed string }

// savedHistory is the content of a historyFile: by kind of prompt, the last entry
// last.
type savedHistory struct {
	Version int                 `json:"version"`
	Typed   map[string][]string `json:"typed"`
}

const historyVersion = 1

// longestEntry is the length of the longest text that is kept.
const longestEntry = 2000

// read returns the history. A file that cannot be read has none.
func (f *historyFile) read() map[string][]string {
	content, err := state.Read(f.path)
	if err != nil {
		return make(map[string][]string)
	}
	saved, err := parseHistory(content)
	if err != nil {
		return make(map[string][]string)
	}
	return saved.Typed
}

// parseHistory parses the content of the file, of which there may be none.
func parseHistory(content []byte) (savedHistory, error) {
	saved := savedHistory{Version: historyVersion}
	if len(content) > 0 {
		if err := json.Unmarshal(content, &saved); err != nil {
			return saved, err
		}
	}
	if saved.Version != historyVersion {
		return saved, fmt.Errorf("its version is %d, not %d", saved.Version, historyVersion)
	}
	typed := make(map[string][]string)
	for kind, entries := range saved.Typed {
		for _, e := range entries {
			if text.Clean(e) == e {
				typed[kind] = append(typed[kind], e)
			}
		}
	}
	saved.Typed = typed
	return saved, nil
}

// add adds an entry.
func (f *historyFile) add(kind, typed string) {
	if typed = text.Clean(typed); utf8.RuneCountInString(typed) > longestEntry {
		return
	}
	f.mu.Lock()
	f.pending = append(f.pending, historyEntry{kind, typed})
	first := len(f.pending) == 1
	f.mu.Unlock()
	if first {
		f.writing.Go(f.write)
	}
}

// write writes what is pending.
func (f *historyFile) write() {
	f.file.Lock()
	defer f.file.Unlock()
	f.mu.Lock()
	entries := f.pending
	f.pending = nil
	f.mu.Unlock()
	f.err = state.Change(f.path, func(before []byte) ([]byte, error) {
		saved, err := parseHistory(before)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		for _, e := range entries {
			saved.Typed[e.kind] = tui.Remembered(saved.Typed[e.kind], e.typed)
		}
		return json.MarshalIndent(saved, "", "  ")
	})
}

// close waits until all is written, and returns why it is not.
func (f *historyFile) close() error {
	f.writing.Wait()
	return f.err
}

// history returns the file of the history, or nil if none is kept.
func (c *command) history() *historyFile {
	dir, err := stateDir(c.env)
	if err != nil || c.noState {
		return nil
	}
	return &historyFile{path: filepath.Join(dir, "history.json")}
}
