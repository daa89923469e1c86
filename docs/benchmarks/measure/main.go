//go:build unix

// Measure compares dateline with the programs that people would otherwise use, and
// with the smallest Bubble Tea program, in one run and in turns. The script
// docs/benchmarks/run prepares its files and calls it.
//
//	measure -bin DIR -data DIR [-quick] [-million N] [-page docs/benchmarks.md] PART
//
// A part is a table. It is printed and, with -page, also written between
// "<!-- PART -->" and "<!-- end -->" of a page. Each process measures one part,
// because the kernel's peak memory of a program includes that of its parent at the
// start.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("measure: ")
	var m measurer
	flag.StringVar(&m.bin, "bin", "", "`folder` of the programs dateline and smallest")
	flag.StringVar(&m.data, "data", "", "`folder` of the generated files")
	flag.BoolVar(&m.quick, "quick", false, "one round of each, to see that everything works")
	flag.IntVar(&m.million, "million", 1_000_000, "how many `events` the files have that are named after a million")
	page := flag.String("page", "", "`file` to write the tables into")
	flag.Parse()
	if flag.NArg() != 1 || parts[flag.Arg(0)] == nil {
		log.Fatalf("name a part: %s", strings.Join(slices.Sorted(maps.Keys(parts)), ", "))
	}
	if err := m.measure(flag.Arg(0), *page); err != nil {
		log.Fatalf("%s: %v", flag.Arg(0), err)
	}
}

// parts maps the names of parts to their measurements.
var parts = map[string]func(*measurer) (table, error){
	"filter":  (*measurer).filter,
	"kept":    (*measurer).kept,
	"keys":    (*measurer).keys,
	"load":    (*measurer).load,
	"machine": (*measurer).machine,
	"rows":    (*measurer).rows,
	"shapes":  (*measurer).shapes,
	"startup": (*measurer).startup,
	"text":    (*measurer).text,
	"update":  (*measurer).update,
}

// A measurer holds the folders and options that every part needs.
type measurer struct {
	bin, data string
	quick     bool
	million   int
	scratch   string // removed at the end
}

func (m *measurer) measure(part, page string) (err error) {
	if m.scratch, err = os.MkdirTemp("", "measure-"); err != nil {
		return err
	}
	defer os.RemoveAll(m.scratch)
	t, err := parts[part](m)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s\n\n%s", part, t)
	if page == "" {
		return nil
	}
	return writeInto(page, part, t)
}

// rounds returns n, or 1 for a quick run.
func (m *measurer) rounds(n int) int {
	if m.quick {
		return 1
	}
	return n
}

// log reports progress.
func (m *measurer) log(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// program returns the path of a program built for the run.
func (m *measurer) program(name string) string { return filepath.Join(m.bin, name) }

// file returns the path of a generated file.
func (m *measurer) file(name string) string { return filepath.Join(m.data, name) }
