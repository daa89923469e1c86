package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// flagError says what is wrong with a flag, and what would be right.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	var number *strconv.NumError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown.GetSpecifiedName())
	case errors.As(err, &bare):
		placeholder, _ := pflag.UnquoteUsage(bare.GetFlag())
		return fmt.Errorf("--%s needs a value: --%[1]s %s", bare.GetFlag().Name, placeholder)
	case errors.As(err, &invalid):
		why := errors.Unwrap(invalid)
		switch {
		case !errors.As(err, &number):
		case errors.Is(number, strconv.ErrRange):
			why = errors.New("this number is too large")
		case invalid.GetFlag().Value.Type() == "bool":
			why = errors.New("this must be true or false, or be left out")
		default:
			why = errors.New("this is no number")
		}
		return fmt.Errorf("--%s %s: %w", invalid.GetFlag().Name, invalid.GetValue(), why)
	}
	return err
}

// unknownFlag names the commands that have a flag which this one lacks, or else
// the flag most like it.
func unknownFlag(cmd *cobra.Command, name string) error {
	if len(name) == 1 {
		return fmt.Errorf("there is no flag -%s", name)
	}
	var owners []string
	for _, c := range append(cmd.Root().Commands(), cmd.Root()) {
		if c.Flags().Lookup(name) != nil && !c.Hidden {
			owners = append(owners, c.CommandPath())
		}
	}
	if len(owners) > 0 {
		return fmt.Errorf("--%s is a flag of %s, not of %s", name, strings.Join(owners, " and "), cmd.CommandPath())
	}
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	if near := text.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no flag --%s; did you mean --%s?", name, near)
	}
	return fmt.Errorf("there is no flag --%s", name)
}

// completeFlags has shells complete the values of the flags of all verbs.
func (c *command) completeFlags(root *cobra.Command) {
	for flag, values := range map[string]cobra.CompletionFunc{
		"order":      cobra.FixedCompletions(words("order"), cobra.ShellCompDirectiveNoFileComp),
		"theme":      cobra.FixedCompletions(words("theme"), cobra.ShellCompDirectiveNoFileComp),
		"encoding":   cobra.FixedCompletions(format.EncodingNames(), cobra.ShellCompDirectiveNoFileComp),
		"max-size":   cobra.NoFileCompletions,
		"cache-size": cobra.NoFileCompletions,
		"at":         cobra.NoFileCompletions,
		"filter":     c.completeFilter,
		"view": func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			names, _ := c.viewNames()
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	} {
		root.RegisterFlagCompletionFunc(flag, values)
	}
}

// mostCompletions is how many values of a filter a shell is offered.
const mostCompletions = 100

// completeFilter completes the last term of a filter as the viewer's prompt does.
func (c *command) completeFilter(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	t := timeline.New(timeline.About{}, nil, nil)
	c.filter = ""
	if o, err := c.open(args); err == nil {
		t = o.Timeline
	}
	start, end, choices := t.Complete(typed, len(typed))
	choices = choices[:min(len(choices), mostCompletions)]
	for i, choice := range choices {
		choices[i] = typed[:start] + choice + typed[end:]
	}
	return choices, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
