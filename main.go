// Dateline is a terminal viewer for timelines of sourced events.
//
//	dateline              browse the built-in timeline
//	dateline FILE         browse another
//	dateline list         print one event a line
//	dateline brief        print a brief for a meeting
//	dateline cite         print the sources as citations
//	dateline export       print the events for other programs
//	dateline check FILE   print the problems of a file
//
// The program itself is package cli; this file adds the built-in timeline.
package main

import (
	_ "embed"
	"os"

	"dateline/cli"
)

//go:embed events.json
var builtIn string

func main() {
	os.Exit(cli.Run(builtIn, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
