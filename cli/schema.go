package cli

import (
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline/format"
)

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
