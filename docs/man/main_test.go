package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/cli"
)

// The manual names every verb and every flag, with its placeholder.
func TestManualNamesEveryFlag(t *testing.T) {
	page := strings.NewReplacer(`\-`, "-", `\fB`, "", `\fI`, "", `\fR`, "").Replace(manual(cli.Command()))
	root := cli.Command()
	for _, verb := range append([]*cobra.Command{root}, root.Commands()...) {
		if verb.IsAvailableCommand() && !strings.Contains(page, verb.CommandPath()) {
			t.Errorf("it does not name %s", verb.CommandPath())
		}
		verb.LocalFlags().VisitAll(func(f *pflag.Flag) {
			placeholder, _ := pflag.UnquoteUsage(f)
			if want := strings.TrimSpace("--" + f.Name + " " + placeholder); !f.Hidden && !strings.Contains(page, want+"\n") {
				t.Errorf("it does not name %s", want)
			}
		})
	}
}

func TestTextIsNoRequest(t *testing.T) {
	if got, want := roff(".a\n'b\\n -c"), "\\&.a\n\\&'b\\en \\-c"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
