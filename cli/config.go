package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"dateline/cli/state"
	"dateline/tui"
)

// A config is the content of a configuration file.
type config struct {
	flags map[string]string // values of flags that are not given, by flag
	keys  tui.Keys
}

// settings are the flags that a configuration file may set.
func settings() []string {
	return []string{"ascii", "cache-size", "mouse", "no-cache", "order", "theme"}
}

// words lists the values of a setting; it is nil if they are true and false.
func words(setting string) []string {
	switch setting {
	case "order":
		return []string{"oldest", "newest"}
	case "zoom": // of a saved view
		return tui.Zooms()
	case "theme":
		return []string{string(tui.Auto), string(tui.Light), string(tui.Dark), string(tui.Mono)}
	}
	return nil
}

// checkWord checks the value of a flag.
func checkWord(flag, value string) error {
	if slices.Contains(words(flag), value) {
		return nil
	}
	return fmt.Errorf("--%s must be %s, not %s", flag, choice(words(flag)), value)
}

// applyConfig sets the flags that were not given: first from the view that --view
// names, then from the configuration file.
func (c *command) applyConfig(root *cobra.Command) error {
	cfg := config{flags: make(map[string]string)}
	var err error
	if c.served == nil { // a session has no configuration
		cfg, err = c.readConfig(root.Flag("config").Changed)
	}
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

// readConfig reads the file that --config names, which must exist, or else the
// configuration file of the user, if there is one. Services often have the home
// directory of another user, which they may not read.
func (c *command) readConfig(named bool) (config, error) {
	path := c.configFile
	if !named {
		dir, err := configDir(c.env)
		if err != nil {
			return parseConfig("", "")
		}
		path = filepath.Join(dir, "config.toml")
	}
	text, err := state.ReadAny(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && named:
		return config{}, fmt.Errorf("--config: %s: no such file", cmp.Or(path, `""`))
	case err != nil && (named || !state.IsMissing(err) && !errors.Is(err, fs.ErrPermission)):
		return config{}, err
	}
	return parseConfig(path, string(text))
}

// parseConfig parses a configuration file. Its error is a *mistakesError.
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
			f.wrong(f.start(v), "unknown setting %s; %s", name, suggest(name, append(settings(), "keys")))
		}
	}
	return c, f.err()
}

// readSetting returns the value of a setting as its flag takes it.
func (f *tomlFile) readSetting(name string, v toml.Primitive) string {
	value := f.value(v)
	if b, ok := value.(bool); ok && words(name) == nil {
		return strconv.FormatBool(b)
	}
	if size, ok := value.(string); name == "cache-size" {
		if !ok || new(byteSize).Set(size) != nil {
			f.wrong(f.start(v), `cache-size must be a size such as "500M" or "8G", not %s`, described(value))
		}
		return size
	}
	var right []string
	for _, word := range words(name) {
		if value == word {
			return word
		}
		right = append(right, strconv.Quote(word))
	}
	if right == nil {
		right = []string{"true", "false"}
	}
	f.wrong(f.start(v), "%s must be %s, not %s", name, choice(right), described(value))
	return ""
}

// readKeys reads the keys of actions.
func (f *tomlFile) readKeys(v toml.Primitive) tui.Keys {
	table := f.table(v)
	if table == nil {
		f.wrong(f.start(v), `keys must be a table: [keys], then lines such as filter = "x"`)
	}
	keys := make(tui.Keys)
	at := make(map[string]int)
	for action, v := range table {
		at[action] = f.start(v)
		bound, ok := keyList(f.value(v))
		switch {
		case slices.Contains(settings(), action):
			f.wrong(at[action], "%s is a setting, not an action: move it above [keys]", action)
		case !ok:
			f.wrong(at[action], `%s must be a key such as "x", a list such as ["x", "ctrl+x"], or [] for none, not %s`, action, described(f.value(v)))
		default:
			keys[action] = bound
		}
	}
	for _, fault := range keys.Faults() {
		text := fault.Text
		if other, ok := at[fault.Other]; ok {
			text += fmt.Sprintf(" (line %d)", f.line(other))
		} else if fault.Other != "" {
			text += fmt.Sprintf("; it is a default key of %s, which needs another, or []", fault.Other)
		}
		f.wrong(at[fault.Action], "%s", text)
	}
	return keys
}

// keyList reads one key or a list of keys.
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
