package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"dateline/cli/state"
	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui"
)

// A viewsFile holds the saved views. Dateline owns the file and writes it whole.
// Until the first change, views are read from the views.toml of earlier versions,
// which people wrote by hand; the change takes it over and leaves it as
// views.toml.bak.
type viewsFile struct{ path, old string }

// A savedView is a tui.View as a file holds it.
type savedView struct {
	Name   string `json:"name" toml:"-"`
	Filter string `json:"filter"`
	Order  string `json:"order,omitempty"`
	Zoom   string `json:"zoom,omitempty"`
}

// The versions of the file. In the filters of the first, as in views.toml, or, and and
// not were words to search for: see timeline.ParseEarlierQuery.
const (
	firstViewsVersion = 1
	viewsVersion      = 2
)

// viewsOf returns the file of the saved views.
func viewsOf(env func(string) string) (viewsFile, error) {
	state, err := stateDir(env)
	config, wrong := configDir(env)
	return viewsFile{filepath.Join(state, "views.json"), filepath.Join(config, "views.toml")}, cmp.Or(err, wrong)
}

// read returns the views in the order in which they were saved.
func (f viewsFile) read() ([]tui.View, error) {
	text, err := state.Read(f.path)
	if err != nil {
		return nil, err
	}
	_, views, err := f.parse(text)
	return views, err
}

// parse returns the fields of the file with its views and, in their order, the
// views alone.
func (f viewsFile) parse(text []byte) (fields object, views []tui.View, err error) {
	path, version := f.path, 0
	var saved []savedView
	if text == nil {
		path, fields = f.old, make(object)
		saved, err = readOldViews(path)
	} else {
		fields, saved, version, err = parseViews(text)
		if err != nil {
			err = fmt.Errorf("%s: %w", path, err)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	for i := range saved {
		view, err := saved[i].view(version)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: view %s: %w", path, quoted(saved[i].Name), err)
		}
		views = append(views, view)
	}
	return fields, views, nil
}

// parseViews reads the text of a file.
func parseViews(text []byte) (fields object, saved []savedView, version int, err error) {
	if fields, err = parseObject(text); err == nil && fields["version"] != nil {
		err = json.Unmarshal(fields["version"], &version)
	}
	if err == nil && fields["views"] != nil {
		err = json.Unmarshal(fields["views"], &saved)
	}
	switch {
	case err != nil:
		err = fmt.Errorf("the views cannot be read: %w", err)
	case version != viewsVersion && version != firstViewsVersion:
		err = fmt.Errorf("the views have version %d, not %d", version, viewsVersion)
	}
	return fields, saved, version, err
}

// readOldViews reads a views.toml, which has a table for each view.
func readOldViews(path string) ([]savedView, error) {
	tables := make(map[string]savedView)
	text, err := state.Read(path)
	if text == nil {
		return nil, err
	}
	data, err := toml.Decode(string(text), &tables)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "toml: "))
	}
	for _, key := range data.Undecoded() {
		field := key[len(key)-1]
		return nil, fmt.Errorf("%s: %s: unknown field %s; %s", path, key, field, suggest(field, []string{"filter", "order", "zoom"}))
	}
	var views []savedView
	for _, key := range data.Keys() {
		if view, ok := tables[key[0]]; ok {
			view.Name = key[0]
			views = append(views, view)
			delete(tables, key[0])
		}
	}
	return views, nil
}

// view checks a saved view of a file of a version, 0 of views.toml.
func (s savedView) view(version int) (tui.View, error) {
	parse := timeline.ParseQuery
	if version < viewsVersion {
		parse = timeline.ParseEarlierQuery
	}
	query, err := parse(s.Filter)
	switch name, wrong := viewName(s.Name); {
	case wrong != nil:
		return tui.View{}, wrong
	case name != s.Name:
		return tui.View{}, fmt.Errorf("the name must be %q", name)
	case err != nil:
		return tui.View{}, err
	}
	for setting, word := range map[string]string{"order": s.Order, "zoom": s.Zoom} {
		if word != "" && !slices.Contains(words(setting), word) {
			return tui.View{}, fmt.Errorf("%s must be %s, not %s", setting, choice(words(setting)), quoted(word))
		}
	}
	return tui.View{Name: s.Name, Query: query, Order: s.Order, Zoom: s.Zoom}, nil
}

// viewName returns the name of a view as it is saved.
func viewName(typed string) (string, error) {
	const longest = 80
	name := strings.TrimSpace(text.Clean(typed))
	switch {
	case name == "":
		return "", errors.New("a view needs a name")
	case utf8.RuneCountInString(name) > longest:
		return "", fmt.Errorf("a view name has at most %d characters", longest)
	}
	return name, nil
}

// save saves a view, in place of one of the same name.
func (f viewsFile) save(view tui.View) error {
	name, err := viewName(view.Name)
	if err != nil {
		return err
	}
	view.Name = name
	return f.change(func(views []tui.View) []tui.View {
		if i := slices.IndexFunc(views, func(v tui.View) bool { return v.Name == name }); i >= 0 {
			views[i] = view
			return views
		}
		return append(views, view)
	})
}

// remove removes the view of a name.
func (f viewsFile) remove(name string) error {
	return f.change(func(views []tui.View) []tui.View {
		return slices.DeleteFunc(views, func(v tui.View) bool { return v.Name == name })
	})
}

// change replaces the views, keeps what this version does not know of them, and
// retires a views.toml.
func (f viewsFile) change(change func([]tui.View) []tui.View) error {
	err := state.Change(f.path, func(before []byte) ([]byte, error) {
		fields, views, err := f.parse(before)
		if err != nil {
			return nil, err
		}
		var were []object
		json.Unmarshal(fields["views"], &were) // parse has read them
		known := make(map[string]object)
		for i, view := range views[:min(len(views), len(were))] {
			known[view.Name] = were[i]
		}
		list := []object{}
		for _, v := range change(views) {
			saved := known[v.Name]
			if saved == nil {
				saved = make(object)
			}
			saved.set("name", v.Name)
			saved.set("filter", v.Query.String())
			for field, word := range map[string]string{"order": v.Order, "zoom": v.Zoom} {
				if saved.set(field, word); word == "" {
					delete(saved, field)
				}
			}
			list = append(list, saved)
		}
		fields.set("version", viewsVersion)
		fields.set("views", list)
		return fields.text()
	})
	if err == nil {
		os.Rename(f.old, f.old+".bak") // if it fails, the file is no longer read anyway
	}
	return err
}

// viewNames lists the names of the saved views.
func (c *command) viewNames() (names []string, err error) {
	file, err := viewsOf(c.env)
	if err != nil {
		return nil, err
	}
	views, err := file.read()
	for _, v := range views {
		names = append(names, v.Name)
	}
	return names, err
}

// findView returns the view that --view names.
func (c *command) findView() (tui.View, error) {
	file, err := viewsOf(c.env)
	if err != nil {
		return tui.View{}, fmt.Errorf("--view: %w", err)
	}
	views, err := file.read()
	if err != nil {
		return tui.View{}, fmt.Errorf("--view: %w", err)
	}
	var names []string
	for _, v := range views {
		if v.Name == text.Clean(c.viewName) {
			return v, nil
		}
		names = append(names, v.Name)
	}
	if names == nil {
		return tui.View{}, errors.New("--view: there are no saved views; save one in the viewer")
	}
	return tui.View{}, fmt.Errorf("--view: unknown view %s; %s", quoted(c.viewName), suggest(c.viewName, names))
}

// setViews tells the viewer how to read and save views, or why it cannot.
func (c *command) setViews(cfg *tui.Config) {
	cfg.Saved = c.opening
	file, err := viewsOf(c.env)
	if err != nil {
		cfg.ViewsUnkept = "Views are not saved: " + err.Error()
		return
	}
	cfg.Views = file.read
	if c.noState {
		cfg.ViewsUnkept = "Views are not saved (--no-state)."
		return
	}
	cfg.SaveView, cfg.RemoveView = file.save, file.remove
}
