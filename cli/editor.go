package cli

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// editor returns a function that has a text edited, as tui.Config wants it, or
// nil when the environment names no editor. The program is VISUAL or EDITOR, with
// its arguments, and gets the text as a file; no shell is asked. It has the
// terminal, which Bubble Tea would hide from it behind the curtain.
func editor(env func(string) string, terminal *os.File) func(text string) (*exec.Cmd, func() (string, error), error) {
	words := strings.Fields(cmp.Or(env("VISUAL"), env("EDITOR")))
	if len(words) == 0 {
		return nil
	}
	return func(text string) (*exec.Cmd, func() (string, error), error) {
		f, err := os.CreateTemp("", "dateline-*.txt")
		if err != nil {
			return nil, nil, err
		}
		path := f.Name()
		if text != "" {
			text += "\n" // editors want a last line that ends
		}
		_, err = f.WriteString(text)
		if err = cmp.Or(err, f.Close()); err != nil {
			os.Remove(path)
			return nil, nil, err
		}
		read := func() (string, error) {
			defer os.Remove(path)
			edited, err := os.ReadFile(path)
			return string(edited), err
		}
		if _, err := exec.LookPath(words[0]); err != nil {
			os.Remove(path)
			return nil, nil, fmt.Errorf("there is no program %s, which VISUAL or EDITOR names", words[0])
		}
		cmd := exec.Command(words[0], append(words[1:], path)...)
		cmd.Stdout = terminal
		return cmd, read, nil
	}
}
