package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline/format"
	"dateline/timeline/text"
)

func (c *command) checkCommand() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use:   "check [FILE...]",
		Short: "Print every problem of a file, with line and column",
		Long: `Check prints every problem of the files in order, a line each, as compilers do,
and exits 1 if any is an error; with --strict a warning counts as one. It lists
at most 1,000. --format json prints them for editors: an array of objects with
file, line, column, event, field, text and warning.`,
		Example: "  dateline check my-events.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if as != "text" && as != "json" {
				return fmt.Errorf("--format is text or json, not %s", as)
			}
			if _, err := c.query(); err != nil {
				return err
			}
			files, unread, err := c.filesToCheck(args)
			if err != nil {
				return err
			}
			// What makes a file no timeline at all is among the problems.
			report, err := format.Check(files...)
			if err != nil {
				return fail(err)
			}
			if err := c.write(func(w io.Writer) error {
				if as == "json" {
					return printProblemsJSON(w, report)
				}
				printProblems(w, report, fileNames(files))
				return nil
			}); err != nil {
				return err
			}
			if unread || report.Errors() > 0 || c.strict && report.Warnings() > 0 {
				return fail(nil)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&as, "format", "text", "`text` or json")
	return cmd
}

// filesToCheck reads the files named, and goes on after one that cannot be read.
func (c *command) filesToCheck(args []string) (files []format.File, unread bool, err error) {
	if len(args) == 0 {
		files, err = c.files(nil)
		return files, false, err
	}
	files, errs := c.readAll(args)
	for _, err := range errs {
		fmt.Fprintln(c.errs, "dateline: "+text.Clean(err.Error()))
	}
	if len(files) == 0 {
		return nil, true, fail(nil)
	}
	return files, len(errs) > 0, nil
}

func printProblems(w io.Writer, r format.Report, files string) {
	for _, line := range problemsOf(r) {
		fmt.Fprintln(w, line)
	}
	left := ""
	if r.LeftOut > 0 {
		left = fmt.Sprintf(" (%s left out)", text.Grouped(r.LeftOut))
	}
	fmt.Fprintf(w, "%s: %s%s, %s, %s\n", text.Clean(files), text.Counted(r.Found, "event"), left,
		text.Counted(r.Errors(), "error"), text.Counted(r.Warnings(), "warning"))
}

func printProblemsJSON(w io.Writer, r format.Report) error {
	problems := r.Problems
	if problems == nil {
		problems = []format.Problem{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(problems)
}
