// Measure runs dateline beside the programs that people would otherwise use and
// beside the smallest Bubble Tea program, in one run and in turns, and says how
// its times compare with theirs. The script docs/benchmarks/run prepares all that
// it needs, and calls it.
//
//	measure -bin DIR -data DIR [-quick] [-page docs/benchmarks.md] [PART...]
//
// Each part is a table. It is printed or, with -page, written in its place on a
// page: between "<!-- PART -->" and "<!-- end -->".
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
	parts := flag.Args()
	if len(parts) == 0 {
		parts = slices.Sorted(maps.Keys(all))
	}
	if err := m.measure(parts, *page); err != nil {
		log.Fatal(err)
	}
}

// all is what can be measured.
var all = map[string]func(*measurer) (table, error){
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

func (m *measurer) measure(parts []string, page string) (err error) {
	for _, part := range parts {
		if all[part] == nil {
			return fmt.Errorf("there is no part %q; there are %s", part, strings.Join(slices.Sorted(maps.Keys(all)), ", "))
		}
	}
	if m.scratch, err = os.MkdirTemp("", "measure-"); err != nil {
		return err
	}
	defer os.RemoveAll(m.scratch)
	for _, part := range parts {
		m.log("-- %s", part)
		t, err := all[part](m)
		if err != nil {
			return fmt.Errorf("%s: %w", part, err)
		}
		if page == "" {
			fmt.Printf("\n%s\n\n%s", part, t)
		} else if err := writeInto(page, part, t); err != nil {
			return err
		}
	}
	return nil
}

// log tells how it goes.
func (m *measurer) log(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// program is the path of one that was built for this.
func (m *measurer) program(name string) string { return filepath.Join(m.bin, name) }

// file is the path of a file of made-up events.
func (m *measurer) file(name string) string { return filepath.Join(m.data, name) }
