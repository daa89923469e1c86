package tui

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// The events shown, and a brief of them, are written to files. The extension of
// a file's name is its format; no file is overwritten without asking. A filter is
// saved as a view.

// A Writing is a format to write to a file.
type Writing[Of any] struct {
	Suffix string // of the file's name, such as ".csv"
	// Write counts the events that the format cannot express.
	Write func(io.Writer, Of) (leftOut int, err error)
	// ForReaders marks a format for people: writing more events than anybody could
	// read needs confirmation.
	ForReaders bool
}

// A Selection is the events shown, in the order shown.
type Selection struct {
	*timeline.Timeline
	Query  timeline.Query // which selected them
	Events iter.Seq[int]
}

// ErrExists is returned by Config.Save instead of overwriting a file.
var ErrExists = errors.New("a file of this name exists")

// A file is a format with the content to write in it.
type file struct {
	suffix     string
	forReaders bool
	write      func(io.Writer) (leftOut int, err error)
	kept       func() error // called when it is written; may be nil
}

// files is content in all its formats.
func files[Of any](formats []Writing[Of], of Of, kept func() error) []file {
	var all []file
	for _, f := range formats {
		all = append(all, file{f.Suffix, f.ForReaders, func(w io.Writer) (int, error) { return f.Write(w, of) }, kept})
	}
	return all
}

// saveEvents asks for a file to write the events shown to.
func (m *model) saveEvents() tea.Cmd {
	n := m.shown.Rows.Len()
	if n == 0 {
		return m.say("No event is shown, so there is nothing to save.")
	}
	if m.Remote != nil {
		return m.fetchEvents()
	}
	return m.askToSave(text.Counted(n, "event"), "events.json", func(m *model) []file {
		return files(m.file.Exports, Selection{m.shown.Timeline, m.shown.Query, m.shown.Rows.Ordered(m.shown.Newest)}, nil)
	})
}

// askToSave asks for the name of a file, and writes to it in the format of its
// extension. Another timeline may be shown when the name is typed, with its own
// formats.
func (m *model) askToSave(what, path string, formats func(*model) []file) tea.Cmd {
	var suffixes []string
	for _, f := range formats(m) {
		suffixes = append(suffixes, f.suffix)
	}
	n := len(suffixes) - 1
	if m.Save == nil || n < 0 {
		return m.say("Nothing can be saved here.")
	}
	known := suffixes[n]
	if n > 0 {
		known = strings.Join(suffixes[:n], ", ") + " or " + known
	}
	hint := "a name that ends in " + known + "; an existing file is not overwritten without asking"
	m.askFor("save", "save "+what+" as: ", path, hint, func(m *model, path string) (tea.Cmd, error) {
		f, ok := formatOf(formats(m), path)
		if !ok {
			return nil, errors.New("Unknown extension. Use " + known + ".")
		}
		save := func(m *model) tea.Cmd {
			f, _ := formatOf(formats(m), path)
			if _, briefed := m.top().(*briefing); !briefed && m.shown.Rows.Len() >= large {
				m.say("Saving " + path + "…") // until it is saved
			}
			m.writeFile(f, path, false)
			return nil
		}
		if n := m.shown.Rows.Len(); f.forReaders && n > brief.MostRead {
			m.confirmMany("cite", n, "Nothing was saved", save)
			return nil, nil
		}
		return save(m), nil
	})
	return nil
}

// formatOf returns the format with the longest suffix that a name has.
func formatOf(formats []file, path string) (best file, ok bool) {
	for _, f := range formats {
		if strings.HasSuffix(strings.ToLower(path), f.suffix) && len(f.suffix) > len(best.suffix) {
			best, ok = f, true
		}
	}
	return best, ok
}

// writeFile writes a file, and says whether it was written or asks whether to
// overwrite it.
func (m *model) writeFile(f file, path string, over bool) {
	leftOut, save := 0, m.Save
	var unkept error // it was written, but a record of it was not
	m.write(&m.exporting, write{
		begin: func(*model) func() error {
			return func() error {
				err := save(path, over, func(w io.Writer) (err error) {
					leftOut, err = f.write(w)
					return err
				})
				if err == nil && f.kept != nil {
					unkept = f.kept()
				}
				return err
			}
		},
		done: func(m *model, err error) {
			_, typing := m.top().(prompter)
			_, helping := m.top().(*helping)
			switch {
			case errors.Is(err, ErrExists) && !typing && !helping:
				m.confirm("overwrite it?", path+" exists", "Nothing was saved.", func(m *model) tea.Cmd {
					m.writeFile(f, path, true)
					return nil
				})
			case err != nil:
				m.fail("not saved: " + err.Error())
			case unkept != nil:
				m.fail(unkept.Error())
			case leftOut > 0:
				m.do(m.say(fmt.Sprintf("Saved %s; %s left out (their dates do not fit the format).", path, text.Counted(leftOut, "event"))))
			default:
				m.do(m.say("Saved " + path + "."))
			}
		},
	})
}

// A View is a filter, an order and a zoom under a name.
type View struct {
	Name  string
	Query timeline.Query
	Order string // oldest or newest; "" leaves it as it is
	Zoom  string // one of Zooms; "" shows the whole period
}

// Zooms lists the widths that a view's bars can have.
func Zooms() []string { return pane.Zooms() }

// openViews lists the saved views, to show one, and what else can be done with
// them.
func (m *model) openViews() tea.Cmd {
	if m.Views == nil {
		return m.say(m.ViewsUnkept)
	}
	var views []View
	m.opening = true
	m.write(&m.keeping, write{
		begin: func(m *model) func() error {
			read := m.Views
			return func() (err error) {
				views, err = read()
				return err
			}
		},
		done: func(m *model, err error) {
			wanted := m.opening
			m.opening = false
			switch {
			case !wanted:
			case err != nil:
				m.fail(err.Error())
			default:
				m.listViews(views)
			}
		},
	})
	return nil
}

// listViews lists views that have been read.
func (m *model) listViews(views []View) {
	var items []item
	for _, v := range views {
		items = append(items, v.item(func(m *model) tea.Cmd { return m.showView(v) }))
	}
	if m.SaveView != nil {
		items = append(items, item{Name: "save this view…", About: "the filter, the order and the zoom, under a name", Do: (*model).saveView})
	}
	if m.RemoveView != nil && len(views) > 0 {
		items = append(items, item{Name: "remove a view…", About: "choose one", Do: func(m *model) tea.Cmd { return m.openRemoving(views) }})
	}
	if len(items) == 0 {
		m.do(m.say("No views are saved. " + m.ViewsUnkept))
		return
	}
	m.openMenu("view", items)
}

// item is the view in a menu.
func (v View) item(do func(*model) tea.Cmd) item {
	about := cmp.Or(text.Clean(v.Query.String()), "no filter")
	if v.Order != "" {
		about += ", " + v.Order + " first"
	}
	if v.Zoom != "" {
		about += ", by the " + v.Zoom
	}
	return item{Name: text.Clean(v.Name), About: about, Do: do}
}

// showView shows a view.
func (m *model) showView(v View) tea.Cmd {
	if v.Order != "" {
		m.Newest = v.Order == "newest"
	}
	m.then = func(m *model) {
		m.Saved = v
		m.histogram.ZoomTo(v.Zoom)
		m.do(m.say(fmt.Sprintf("View “%s”: %s of %s.", v.Name, text.Grouped(m.shown.Rows.Len()), text.Counted(m.shown.Len(), "event"))))
	}
	m.setQuery(v.Query)
	return nil
}

// viewName names the view that is shown, as long as the filter is its own.
func (m *model) viewName() string {
	if m.Saved.Name == "" || m.query.String() != m.Saved.Query.String() {
		return ""
	}
	return text.Clean(m.Saved.Name)
}

// saveView asks for a name, and saves the filter, the order and the zoom.
func (m *model) saveView() tea.Cmd {
	if m.SaveView == nil {
		return m.say(m.ViewsUnkept)
	}
	m.ask("save this view as: ", m.viewName(), "a name for the filter, the order and the zoom", (*model).keepView)
	return nil
}

// keepView saves a view, and says if it replaced another.
func (m *model) keepView(name string) (tea.Cmd, error) {
	v := View{Name: strings.TrimSpace(text.Clean(name)), Query: m.query, Order: "oldest", Zoom: m.histogram.Zoomed()}
	if m.shown.Newest {
		v.Order = "newest"
	}
	replaced, views, save := false, m.Views, m.SaveView
	m.changeViews("saved", func() error {
		before, err := views()
		if err != nil {
			return err
		}
		replaced = slices.ContainsFunc(before, func(b View) bool { return b.Name == v.Name })
		return save(v)
	}, func(m *model) string {
		m.Saved = v
		if replaced {
			return fmt.Sprintf("Replaced the view “%s”.", v.Name)
		}
		return fmt.Sprintf("Saved the view “%s”.", v.Name)
	})
	return nil, nil
}

// changeViews saves or removes a view, and says so.
func (m *model) changeViews(what string, change func() error, done func(*model) (said string)) {
	m.write(&m.keeping, write{
		begin: func(*model) func() error { return change },
		done: func(m *model, err error) {
			if err != nil {
				m.fail("the view was not " + what + ": " + err.Error())
				return
			}
			m.do(m.say(done(m)))
		},
	})
}

// openRemoving lists the views, to remove one.
func (m *model) openRemoving(views []View) tea.Cmd {
	var items []item
	for _, v := range views {
		items = append(items, v.item(func(m *model) tea.Cmd { return m.removeView(v) }))
	}
	m.openMenu("remove", items)
	return nil
}

func (m *model) removeView(v View) tea.Cmd {
	remove := m.RemoveView
	m.changeViews("removed", func() error { return remove(v.Name) }, func(m *model) string {
		if m.Saved.Name == v.Name {
			m.Saved = View{}
		}
		return fmt.Sprintf("Removed the view “%s”.", v.Name)
	})
	return nil
}
