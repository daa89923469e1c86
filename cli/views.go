package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui"
)

// A viewsFile keeps views, each as a table of its name. People write in it too:
// it is changed a table at a time, and the rest stays as it is.
type viewsFile struct{ path string }

// A keptView is a view and where its table begins.
type keptView struct {
	tui.View
	start int
}

// viewsOf returns the file of the reader's views.
func viewsOf(env func(string) string) (viewsFile, error) {
	dir, err := configDir(env)
	return viewsFile{filepath.Join(dir, "dateline", "views.toml")}, err
}

// read returns the views in the order of the file; one that is not there has
// none.
func (v viewsFile) read() ([]tui.View, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	kept, err := parseViews(v.path, text)
	var views []tui.View
	for _, k := range kept {
		views = append(views, k.View)
	}
	return views, err
}

func (v viewsFile) text() (string, error) {
	text, err := os.ReadFile(v.path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return string(text), err
}

// parseViews reads the text of a file of views. Its error is a *mistaken with all
// that is wrong.
func parseViews(path, text string) ([]keptView, error) {
	f, top := readTOML(path, text)
	var views []keptView
	for name, v := range top {
		views = append(views, f.readView(name, v))
	}
	slices.SortFunc(views, func(a, b keptView) int { return a.start - b.start })
	return views, f.err()
}

func (f *tomlFile) readView(name string, v toml.Primitive) keptView {
	view := keptView{tui.View{Name: name}, f.start(v)}
	table := f.table(v)
	if table == nil {
		f.wrong(view.start, "%s is no view: a view is a table, [%s], with filter, order and zoom", name, toml.Key{name})
	}
	if kept, err := viewName(name); err != nil {
		f.wrong(view.start, "%s", err)
	} else if kept != name {
		f.wrong(view.start, "a view cannot be called %s; call it %q", described(name), kept)
	}
	for field, v := range table {
		at, value := f.start(v), f.value(v)
		text, isText := value.(string)
		switch {
		case field == "filter" && isText:
			query, err := timeline.ParseQuery(text)
			if err != nil {
				f.wrong(at, "%s", err)
			}
			view.Query = query
		case field == "filter":
			f.wrong(at, "filter is text in quotes, not %s", described(value))
		case field == "order":
			view.Order = f.readSetting(field, v)
		case field == "zoom":
			view.Zoom = f.readSetting(field, v)
		default:
			f.wrong(at, "a view has no %s; %s", field, meant(field, []string{"filter", "order", "zoom"}))
		}
	}
	return view
}

// viewName returns the name of a view as it is kept.
func viewName(typed string) (string, error) {
	const longest = 80
	name := strings.TrimSpace(text.Clean(typed))
	switch {
	case name == "":
		return "", errors.New("a view needs a name")
	case utf8.RuneCountInString(name) > longest:
		return "", fmt.Errorf("a view's name has at most %d characters", longest)
	}
	return name, nil
}

// save keeps a view, in the place of one of the same name.
func (v viewsFile) save(view tui.View) error {
	name, err := viewName(view.Name)
	if err != nil {
		return err
	}
	view.Name = name
	return v.change(name, table(view))
}

// remove drops the view of a name.
func (v viewsFile) remove(name string) error { return v.change(name, "") }

// table writes a view as a file keeps it.
func table(view tui.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[%s]\nfilter = %s\n", toml.Key{view.Name}, inQuotes(view.Query.String()))
	if view.Order != "" {
		fmt.Fprintf(&b, "order = %q\n", view.Order)
	}
	if view.Zoom != "" {
		fmt.Fprintf(&b, "zoom = %q\n", view.Zoom)
	}
	return b.String()
}

// inQuotes writes text in quotes: in those that need no escapes, if they will do.
func inQuotes(s string) string {
	if !strings.ContainsRune(s, '\'') && text.Clean(s) == s {
		return "'" + s + "'"
	}
	return toml.Key{s}.String()
}

// change puts another table in the place of a view's, or at the end; an empty
// one takes it away. What cannot be read is not written over, nor is anything
// lost: the changed text is read before it is kept.
func (v viewsFile) change(name, table string) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	views, err := parseViews(v.path, text)
	if err != nil {
		return err
	}
	changed := withTable(text, views, name, table)
	after, err := parseViews(v.path, changed)
	if err != nil || !maps.Equal(tables(after), with(tables(views), name, table)) {
		return fmt.Errorf("%s: %s is not written as [%s] with its lines below: change it by hand", v.path, name, toml.Key{name})
	}
	if err := os.MkdirAll(filepath.Dir(v.path), 0o700); err != nil {
		return err
	}
	return writeOutput(v.path, true, func(w io.Writer) error {
		_, err := io.WriteString(w, changed)
		return err
	})
}

// tables are views as files keep them, by name.
func tables(views []keptView) map[string]string {
	all := make(map[string]string)
	for _, v := range views {
		all[v.Name] = table(v.View)
	}
	return all
}

// with is the tables when that of a name is changed.
func with(all map[string]string, name, table string) map[string]string {
	if all[name] = table; table == "" {
		delete(all, name)
	}
	return all
}

// withTable is the text when the table of a view is changed. Comments before the
// table and after it stay.
func withTable(text string, views []keptView, name, table string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	i := slices.IndexFunc(views, func(v keptView) bool { return v.Name == name })
	if i < 0 {
		if text != "" {
			text = strings.TrimRight(text, "\n") + "\n\n"
		}
		return text + table
	}
	start := lineStart(text, views[i].start)
	end := len(text)
	if i+1 < len(views) {
		end = lineStart(text, views[i+1].start)
	}
	old := strings.SplitAfter(text[start:end], "\n")
	for n := len(old) - 1; n > 0 && (strings.TrimSpace(old[n]) == "" || strings.HasPrefix(old[n], "#")); n-- {
		end -= len(old[n])
	}
	if table == "" {
		return text[:start] + strings.TrimLeft(text[end:], "\n")
	}
	return text[:start] + table + text[end:]
}

// lineStart returns where the line begins that a place is on.
func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// findView returns the view that --view names.
func (c *command) findView() (tui.View, error) {
	file, err := viewsOf(c.env)
	if err != nil {
		return tui.View{}, fmt.Errorf("--view: %w", err)
	}
	views, err := file.read()
	if err != nil {
		return tui.View{}, err
	}
	var names []string
	for _, v := range views {
		if v.Name == text.Clean(c.viewName) {
			return v, nil
		}
		names = append(names, v.Name)
	}
	if names == nil {
		return tui.View{}, fmt.Errorf("--view: there are no views in %s; the viewer saves them", file.path)
	}
	return tui.View{}, fmt.Errorf("--view: there is no view %s; %s", described(c.viewName), meant(c.viewName, names))
}

// giveViews gives the viewer the reader's views or, if there is no place for
// them, the reason.
func (c *command) giveViews(cfg *tui.Config) {
	cfg.Saved = c.opening
	file, err := viewsOf(c.env)
	if err != nil {
		cfg.ViewsUnkept = "Views are not kept: " + err.Error()
		return
	}
	cfg.Views = file.read
	if c.noState {
		cfg.ViewsUnkept = "Views are not kept, as --no-state says."
		return
	}
	cfg.SaveView, cfg.RemoveView = file.save, file.remove
}
