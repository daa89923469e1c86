package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

func (c *command) checkCommand() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use:   "check [FILE...]",
		Short: "Print every problem of a file, with line and column",
		Long: `Check prints the problems of the files in order, one per line, as compilers do.
It exits 1 if any is an error; with --strict a warning counts as one. A problem
that repeats is printed once, with a count and some lines. It lists at most 1,000.
--format json prints them for editors, as an array of objects with file, line,
column, event, field, text, warning, count and also (more lines).`,
		Example: "  dateline check my-events.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := findFormat(checkFormats(), as)
			if err != nil {
				return err
			}
			if _, err := c.query(); err != nil {
				return err
			}
			files, unread, err := c.filesToCheck(args)
			if err != nil {
				return err
			}
			// A file that is no timeline at all is among the problems, not an error.
			report, err := format.Check(files...)
			if err != nil {
				return fail(err)
			}
			for _, arg := range args {
				if s := c.stores[arg]; s != nil {
					advice, err := s.Advice(context.Background())
					if err != nil {
						return fail(err)
					}
					for _, line := range advice {
						c.say("%s: %s", s.Name(), line)
					}
				}
			}
			if err := c.write(func(w io.Writer) error {
				_, err := f.write(w, checked{report, fileNames(files)})
				return err
			}); err != nil {
				return err
			}
			if unread || report.Errors() > 0 || c.strict && report.Warnings() > 0 {
				return fail(nil)
			}
			return nil
		},
	}
	addFormatFlag(cmd, &as, checkFormats())
	return cmd
}

// filesToCheck opens the named files. It reports those that cannot be read and
// goes on.
func (c *command) filesToCheck(args []string) (files []format.File, unread bool, err error) {
	if c.builtInShown = len(args) == 0; c.builtInShown {
		c.warnUnread()
		files, _, err = c.files(context.Background(), timeline.Query{}, nil)
		return files, false, err
	}
	files, errs := c.openAll(context.Background(), timeline.Query{}, args)
	for _, err := range errs {
		c.say("%s", err.error)
	}
	if len(files) == 0 {
		return nil, true, fail(nil)
	}
	return files, len(errs) > 0, nil
}

// A checked is the report on some files, and their names.
type checked struct {
	format.Report
	names string
}

// checkFormats are the formats of dateline check.
func checkFormats() []fileFormat[checked] {
	return []fileFormat[checked]{{name: "text", write: whole(printProblems)}, {name: "json", write: whole(printProblemsJSON)}}
}

func printProblems(w io.Writer, c checked) error {
	for _, line := range problemLines(c.Report) {
		fmt.Fprintln(w, line)
	}
	left := ""
	if c.LeftOut > 0 {
		left = fmt.Sprintf(" (%s left out)", text.Grouped(c.LeftOut))
	}
	_, err := fmt.Fprintf(w, "%s: %s%s, %s, %s\n", text.Clean(c.names), text.Counted(c.Found, "event"), left,
		text.Counted(c.Errors(), "error"), text.Counted(c.Warnings(), "warning"))
	return err
}

func printProblemsJSON(w io.Writer, c checked) error {
	problems := c.Problems
	if problems == nil {
		problems = []format.Problem{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(problems)
}

func (c *command) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of the file format",
		Example: "  dateline schema --output events.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return c.write(func(w io.Writer) error {
				_, err := w.Write(format.Schema())
				return err
			})
		},
	}
}
