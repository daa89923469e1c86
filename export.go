package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"dateline/timeline/format"
)

func (c *command) exportCommand() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use:   "export [FILE...]",
		Short: "Print the matching events as JSON or JSON Lines",
		Long: `Export prints the matching events as their file has them, private fields
included: as a JSON object with the register of actors, or one event a line.`,
		Example: "  dateline export --format jsonl --filter topic:treaty > treaty.jsonl",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if as != "json" && as != "jsonl" {
				return fmt.Errorf("--format is json or jsonl, not %s", as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			events := o.Select(o.query).All()
			if c.order == "newest" {
				slices.Reverse(events)
			}
			export := format.WriteJSON
			if as == "jsonl" {
				export = format.WriteLines
			}
			c.warn(o)
			return c.write(func(w io.Writer) error { return export(w, o.Timeline, events, o.report) })
		},
	}
	cmd.Flags().StringVar(&as, "format", "json", "`json` or jsonl")
	return cmd
}
