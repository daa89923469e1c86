// Measure runs dateline beside the programs that people would otherwise use and
// beside the smallest Bubble Tea program, in one run and in turns, and says how
// its times compare with theirs. The script docs/benchmarks/run prepares all that
// it needs, and calls it.
//
//	measure -bin DIR -data DIR [-quick] [-page docs/benchmarks.md] PART
//
// A part is a table. It is printed or, with -page, written in its place on a page as well:
// between "<!-- PART -->" and "<!-- end -->". It is one part a process, since the
// kernel counts to the memory of a program that of the process which started it.
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
	flag.StringVar(&m.data, "data", "", "`folder` of ev1m.jsonl, ev1m.csv, ev1m-days.jsonl and ev5m.jsonl")
	flag.BoolVar(&m.quick, "quick", false, "only see that all can be measured: a round of each")
	page := flag.String("page", "", "`file` to write the tables into")
	flag.Parse()
	if flag.NArg() != 1 || parts[flag.Arg(0)] == nil {
		log.Fatalf("which part? There are %s", strings.Join(slices.Sorted(maps.Keys(parts)), ", "))
	}
	if err := m.measure(flag.Arg(0), *page); err != nil {
		log.Fatalf("%s: %v", flag.Arg(0), err)
	}
}

// parts are what can be measured.
var parts = map[string]func(*measurer) (table, error){
	"filter":  (*measurer).filter,
	"keys":    (*measurer).keys,
	"load":    (*measurer).load,
	"machine": (*measurer).machine,
	"rows":    (*measurer).rows,
	"startup": (*measurer).startup,
	"text":    (*measurer).text,
	"update":  (*measurer).update,
}

// A measurer knows where everything is.
type measurer struct {
	bin, data string
	quick     bool
	scratch   string // a folder that is removed in the end
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

// rounds is how often something is measured that deserves so many.
func (m *measurer) rounds(n int) int {
	if m.quick {
		return 1
	}
	return n
}

// log tells how it goes.
func (m *measurer) log(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// program is the path of one that was built for this.
func (m *measurer) program(name string) string { return filepath.Join(m.bin, name) }

// file is the path of a file of made-up events.
func (m *measurer) file(name string) string { return filepath.Join(m.data, name) }
