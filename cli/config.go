package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"dateline/tui"
)

// A config is what a configuration file says.
type config struct {
	flags map[string]string // by the name of the flag that each stands in for
	keys  tui.Keys
}

// settings are the flags that a configuration file stands in for.
func settings() []string { return []string{"ascii", "mouse", "order", "theme"} }

// words lists what a flag may say; one without says true or false.
func words(flag string) []string {
	switch flag {
	case "order":
		return []string{"oldest", "newest"}
	case "zoom": // of a view
		return tui.Zooms()
	case "theme":
		return []string{string(tui.Auto), string(tui.Light), string(tui.Dark), string(tui.Mono)}
	}
	return nil
}

// checkWord returns an error if a flag says what it cannot.
func checkWord(flag, value string) error {
	if slices.Contains(words(flag), value) {
		return nil
	}
	return fmt.Errorf("--%s is %s, not %s", flag, choice(words(flag)), value)
}

// settle has the flags that were left out say what the configuration file says.
// The view that was asked for is found too; its order comes before the file's.
func (c *command) settle(root *cobra.Command) error {
	cfg, err := c.readConfig(root.Flag("config").Changed)
	if err != nil {
		return err
	}
	c.keys = cfg.keys
	if root.Flag("view").Changed {
		if c.opening, err = c.findView(); err != nil {
			return err
		}
	}
	if c.opening.Order != "" {
		cfg.flags["order"] = c.opening.Order
	}
	for name, value := range cfg.flags {
		if f := root.Flag(name); !f.Changed {
			if err := f.Value.Set(value); err != nil {
				return err
			}
		}
	}
	return nil
}

// readConfig reads the configuration file: the one that --config names or, if
// there is one, the reader's own.
func (c *command) readConfig(named bool) (config, error) {
	path := c.configFile
	if !named {
		dir, err := configDir(c.env)
		if err != nil {
			return parseConfig("", "") // there is no place for one
		}
		path = filepath.Join(dir, "dateline", "config.toml")
	}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && named:
		return config{}, fmt.Errorf("--config: %s: there is no such file", cmp.Or(path, `""`))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return config{}, err
	}
	return parseConfig(path, string(text))
}

// parseConfig reads the text of a configuration file. Its error is a *mistaken
// with all that is wrong.
func parseConfig(path, text string) (config, error) {
	c := config{flags: make(map[string]string)}
	f, top := readTOML(path, text)
	for name, v := range top {
		switch {
		case name == "keys":
			c.keys = f.readKeys(v)
		case slices.Contains(settings(), name):
			c.flags[name] = f.readSetting(name, v)
		default:
			f.wrong(f.start(v), "there is no setting %s; %s", name, meant(name, append(settings(), "keys")))
		}
	}
	return c, f.err()
}

// readSetting reads the value of a setting, as a flag has it.
func (f *tomlFile) readSetting(name string, v toml.Primitive) string {
	value := f.value(v)
	right := []string{"true", "false"}
	if b, ok := value.(bool); ok && words(name) == nil {
		return strconv.FormatBool(b)
	}
	if words(name) != nil {
		right = nil
	}
	for _, word := range words(name) {
		if value == word {
			return word
		}
		right = append(right, strconv.Quote(word))
	}
	f.wrong(f.start(v), "%s is %s, not %s", name, choice(right), described(value))
	return ""
}

// readKeys reads the keys that actions are bound to.
func (f *tomlFile) readKeys(v toml.Primitive) tui.Keys {
	table := f.table(v)
	if table == nil {
		f.wrong(f.start(v), `keys is a table: write [keys], and below it lines such as filter = "x"`)
	}
	keys := make(tui.Keys)
	at := make(map[string]int)
	for action, v := range table {
		at[action] = f.start(v)
		bound, ok := keyList(f.value(v))
		switch {
		case slices.Contains(settings(), action):
			f.wrong(at[action], "%s is no action but a setting, and stands above [keys]", action)
		case !ok:
			f.wrong(at[action], `%s is a key such as "x", a list such as ["x", "ctrl+x"], or [] for none, not %s`, action, described(f.value(v)))
		default:
			keys[action] = bound
		}
	}
	for _, fault := range keys.Faults() {
		text := fault.Text
		if other, ok := at[fault.Other]; ok {
			text += fmt.Sprintf(" (line %d)", f.line(other))
		} else if fault.Other != "" {
			text += fmt.Sprintf("; %s has it by default: give that another key, or []", fault.Other)
		}
		f.wrong(at[fault.Action], "%s", text)
	}
	return keys
}

// keyList reads one key, or a list of them.
func keyList(value any) (keys []string, ok bool) {
	if key, ok := value.(string); ok {
		return []string{key}, true
	}
	list, ok := value.([]any)
	for _, v := range list {
		key, isKey := v.(string)
		keys, ok = append(keys, key), ok && isKey
	}
	return keys, ok
}
