package cli

import (
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settling is how long a file must be left alone after a change before it is
// read again: editors write in several steps.
const settling = 150 * time.Millisecond

// watch tells when one of the files named may have changed, also when another
// file is put in its place, as editors do. It waits for the system's word, and
// keeps no clock at rest. What cannot be watched is left alone: the reader has a
// key to read it again.
func watch(names []string) (changes <-chan struct{}, stop func()) {
	if len(names) == 0 {
		return nil, func() {}
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, func() {}
	}
	watched := make(map[string]bool)
	for _, name := range names {
		path, err := filepath.Abs(name)
		if err != nil || name == "-" {
			continue
		}
		if w.Add(filepath.Dir(path)) == nil {
			watched[path] = true
		}
	}
	told := make(chan struct{}, 1)
	go func() {
		var settled <-chan time.Time
		for {
			select {
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if watched[e.Name] && !e.Has(fsnotify.Chmod) {
					settled = time.After(settling)
				}
			case <-w.Errors:
			case <-settled:
				settled = nil
				select {
				case told <- struct{}{}:
				default: // it has not been heard yet; once is enough
				}
			}
		}
	}()
	return told, func() { w.Close() }
}
