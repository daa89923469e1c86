// Command man writes the manual page of dateline, made from its help:
//
//	go run ./docs/man > dateline.1
//	man -l dateline.1
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/cli"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	w.WriteString(manual(cli.Command()))
	if err := w.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "man:", err)
		os.Exit(1)
	}
}

// manual returns the page, in the macros of man(7).
func manual(root *cobra.Command) string {
	var b strings.Builder
	root.InitDefaultHelpFlag()
	root.InitDefaultVersionFlag()
	fmt.Fprintf(&b, ".TH DATELINE 1 \"\" \"\" \"User Commands\"\n.SH NAME\n%s \\- %s\n.SH SYNOPSIS\n", root.Name(), roff(lowered(root.Short)))
	verbs := []*cobra.Command{}
	for _, verb := range root.Commands() {
		if verb.IsAvailableCommand() {
			verbs = append(verbs, verb)
		}
	}
	for _, c := range append([]*cobra.Command{root}, verbs...) {
		_, args, _ := strings.Cut(c.Use, " ")
		fmt.Fprintf(&b, ".B %s\n[OPTION...] %s\n.br\n", roff(c.CommandPath()), roff(args))
	}
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n.SH OPTIONS\n", paragraphs(root.Long))
	flags(&b, root.PersistentFlags())
	b.WriteString(".SS Of the viewer alone\n")
	flags(&b, root.LocalNonPersistentFlags())
	b.WriteString(".SH COMMANDS\n")
	for _, verb := range verbs {
		long := verb.Long
		if long == "" {
			long = verb.Short + "."
		}
		fmt.Fprintf(&b, ".SS %s\n%s\n", roff(verb.CommandPath()), paragraphs(long))
		flags(&b, verb.LocalNonPersistentFlags())
		example(&b, verb)
	}
	b.WriteString(".SH EXAMPLES\n")
	example(&b, root)
	b.WriteString(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\na problem in the data, or while running\n.TP\n2\nwrong usage\n")
	return b.String()
}

// flags lists flags with their placeholders.
func flags(b *strings.Builder, set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		b.WriteString(".TP\n")
		if f.Shorthand != "" {
			fmt.Fprintf(b, "\\fB\\-%s\\fR, ", f.Shorthand)
		}
		placeholder, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(b, "\\fB\\-\\-%s\\fR", roff(f.Name))
		if placeholder != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", roff(placeholder))
		}
		fmt.Fprintf(b, "\n%s\n", roff(usage))
	})
}

func example(b *strings.Builder, c *cobra.Command) {
	if c.Example != "" {
		fmt.Fprintf(b, ".PP\n.nf\n%s\n.fi\n", roff(c.Example))
	}
}

// paragraphs joins the lines of each paragraph.
func paragraphs(text string) string {
	var all []string
	for p := range strings.SplitSeq(text, "\n\n") {
		all = append(all, roff(p))
	}
	return strings.Join(all, "\n.PP\n")
}

// roff escapes text: a hyphen stays one, and no line begins a request.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.", "\n'", "\n\\&'").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }
