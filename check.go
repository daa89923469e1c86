package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"dateline/timeline/format"
)

func (c *command) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE...]",
		Short: "Print every problem of a file, with line and column",
		Long: `Check prints every problem of the files, a line each, as compilers do, and
exits 1 if any is an error. With --strict a warning counts as an error.`,
		Example: "  dateline check my-events.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := c.files(args)
			if err != nil {
				return fail(err)
			}
			_, report, err := format.Read(files...)
			if err != nil {
				return fail(err)
			}
			for _, p := range report.Problems {
				fmt.Fprintln(c.out, p)
			}
			errors := report.Errors()
			fmt.Fprintf(c.out, "%s: %d events, %d errors, %d warnings\n", fileNames(files), report.Found, errors, len(report.Problems)-errors)
			if errors > 0 || c.strict && len(report.Problems) > 0 {
				return fail(nil)
			}
			return nil
		},
	}
}
