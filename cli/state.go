package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"dateline/cli/state"
	"dateline/timeline/text"
	"dateline/tui"
)

func (c *command) stateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "state",
		Short: "Carry marks, notes and views to another machine or person",
		Long: `State export writes the marks and notes of a timeline, and all saved views, to
a file; state import adds them to those of another machine or person. Both take
the timeline's files as the other commands do, and the built-in timeline without
any. Marks and notes follow the ids of their events. Where both sides have a mark,
a note or a view and they differ, import keeps yours, lists the difference and
exits with 1; --force takes the file's. The file can be used with --state, too.`,
		Example: `  dateline state export mine.json my-events.json
  dateline state import mine.json my-events.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "export FILE [TIMELINE...]",
		Short: "Write marks, notes and views to FILE; - is standard output",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return c.exportState(args[0], args[1:]) },
	}, &cobra.Command{
		Use:   "import FILE [TIMELINE...]",
		Short: "Add the marks, notes and views of FILE; - is standard input",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return c.importState(args[0], args[1:]) },
	})
	return cmd
}

// exportState writes the fields of the marks file, and views.
func (c *command) exportState(file string, args []string) error {
	if err := c.configure(); err != nil {
		return err
	}
	marks, err := c.marksFile(args)
	if err != nil {
		return fmt.Errorf("nothing is kept: %w", err)
	}
	saved, err := state.Read(marks.path)
	if err != nil {
		return fail(err)
	}
	fields, margin, err := marks.parse(saved)
	if err != nil {
		return fail(err)
	}
	if fields["of"] == nil {
		fields.set("of", "")
	}
	var views []tui.View
	if f, err := viewsOf(c.env); err == nil {
		if views, err = f.read(); err != nil {
			return fail(err)
		}
	}
	list := []savedView{}
	for _, v := range views {
		list = append(list, savedView{v.Name, v.Query.String(), v.Order, v.Zoom})
	}
	fields.set("version", viewsVersion)
	fields.set("views", list)
	content, err := fields.text()
	if err != nil {
		return fail(err)
	}
	c.output = file
	if err := c.checkOutput(); err != nil {
		return err
	}
	if err := c.write(func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}); err != nil {
		return err
	}
	c.say("exported %s, %s and %s", text.Counted(len(margin.Marks), "mark"), text.Counted(len(margin.Notes), "note"), text.Counted(len(views), "view"))
	return nil
}

// An imported counts what was added, and lists what differs.
type imported struct {
	marks, notes, views int
	differ              []string
	force               bool
}

// importState adds the marks, notes and views of a file.
func (c *command) importState(file string, args []string) error {
	content, err := c.readState(file)
	if err != nil {
		return fail(fmt.Errorf("%s: %w", file, pathless(err)))
	}
	theirs, margin, err := marksFile{file}.parse(content)
	if err != nil {
		return fail(err)
	}
	var views []tui.View
	if theirs["views"] != nil {
		if _, views, err = (viewsFile{path: file}).parse(content); err != nil {
			return fail(err)
		}
	}
	o, err := c.open(args)
	if err != nil {
		return err
	}
	marks, err := c.marksFile(args)
	if err != nil {
		return fmt.Errorf("nothing is kept: %w", err)
	}
	if _, err := theirs.withMargin("", margin, o.Current(margin)); err != nil {
		return fail(err)
	}
	in := &imported{force: c.force}
	err = state.Change(marks.path, func(before []byte) ([]byte, error) {
		ours, saved, err := marks.parse(before)
		if err != nil {
			return nil, err
		}
		if _, err := ours.withMargin(o.name, saved, o.Current(saved)); err != nil {
			return nil, err
		}
		in.marks = in.merge(ours, theirs, "marks", "mark")
		in.notes = in.merge(ours, theirs, "notes", "note")
		return ours.text()
	})
	if err != nil {
		return fail(err)
	}
	if f, err := viewsOf(c.env); err == nil && len(views) > 0 {
		if err := f.change(func(ours []tui.View) []tui.View { return in.mergeViews(ours, views) }); err != nil {
			return fail(err)
		}
	}
	for _, line := range in.differ {
		c.say("%s", line)
	}
	said := fmt.Sprintf("imported %s, %s and %s", text.Counted(in.marks, "mark"), text.Counted(in.notes, "note"), text.Counted(in.views, "view"))
	now := o.Current(margin)
	known := o.FindAll(func(yield func(string) bool) {
		for id := range now.Marks {
			if !yield(id) {
				return
			}
		}
	})
	if n := len(now.Marks) - len(known); n > 0 {
		said += fmt.Sprintf("; the timeline lacks the events of %s", text.Counted(n, "mark"))
	}
	if n := len(in.differ); n > 0 && !c.force {
		c.say("%s; %s kept as they were; --force takes those of the file", said, text.Counted(n, "difference"))
		return fail(nil)
	}
	c.say("%s", said)
	return nil
}

// readState reads a file to import.
func (c *command) readState(file string) ([]byte, error) {
	if file == standardOutput {
		return io.ReadAll(io.LimitReader(c.in, 64<<20))
	}
	return state.ReadAny(file)
}

// merge adds the marks or notes of another file, and counts them.
func (in *imported) merge(ours, theirs object, field, word string) (added int) {
	mine, err := ours.child(field)
	others, unread := theirs.child(field)
	if err != nil || unread != nil || len(others) == 0 {
		return 0 // both have been parsed
	}
	for _, id := range slices.Sorted(maps.Keys(others)) {
		is, has := mine[id]
		same := has && bytes.Equal(compact(is), compact(others[id]))
		if has && !same {
			in.differ = append(in.differ, fmt.Sprintf("%s on %s: %s here, %s in the file", word, id, compact(is), compact(others[id])))
		}
		if !has || !same && in.force {
			mine[id] = others[id]
			added++
		}
	}
	ours.set(field, mine)
	return added
}

func compact(value json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return value
	}
	return b.Bytes()
}

// mergeViews adds other views to ours.
func (in *imported) mergeViews(ours, theirs []tui.View) []tui.View {
	for _, v := range theirs {
		i := slices.IndexFunc(ours, func(o tui.View) bool { return o.Name == v.Name })
		if i < 0 {
			ours = append(ours, v)
			in.views++
			continue
		}
		o := ours[i]
		if o.Query.String() == v.Query.String() && o.Order == v.Order && o.Zoom == v.Zoom {
			continue
		}
		in.differ = append(in.differ, fmt.Sprintf("view %s: %s here, %s in the file", quoted(v.Name), quoted(o.Query.String()), quoted(v.Query.String())))
		if in.force {
			ours[i] = v
			in.views++
		}
	}
	return ours
}
