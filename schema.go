package main

import (
	"github.com/spf13/cobra"

	"dateline/timeline/format"
)

func (c *command) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of the file format",
		Example: "  dateline schema > events.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := c.out.Write(format.Schema()); err != nil {
				return fail(err)
			}
			return nil
		},
	}
}
