//go:build unix

package postgres

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/timeline"
)

// filled is a store that docs/benchmarks/store/fill.sql has filled, and psql opens by
// the same URL.
var filled = flag.String("filled", "", "measure pages of the store at this `URL`, beside psql")

// TestPagesCostWhatPsqlPays measures the first page of a hundred filters, and the same
// statements in psql, in turn. It is skipped where no store is
// named.
func TestPagesCostWhatPsqlPays(t *testing.T) {
	if *filled == "" {
		t.Skip("-filled names no store")
	}
	ctx := context.Background()
	s := open(t, *filled, Options{})
	psql := exec.Command("psql", "-X", "-q", "-o", "/dev/null", *filled)
	in, err := psql.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := psql.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := psql.Start(); err != nil {
		t.Fatal(err)
	}
	defer psql.Wait()
	defer in.Close()
	said := bufio.NewScanner(out)
	fmt.Fprintln(in, "SET random_page_cost = 1.1;\n\\timing on")
	var ours, theirs []time.Duration
	var slowest timeline.Query
	enough := errors.New("the page is full")
	for i := range 100 {
		terms := []string{
			fmt.Sprintf("actor:actor%d", 1+i*37%999), fmt.Sprintf("topic:topic%d", 1+i%49), fmt.Sprintf("place:place%d", 1+i%199),
			fmt.Sprintf("status:disputed since:%d", 1970+i%54), fmt.Sprintf("on:%d-%02d", 1970+i%54, 1+i%12), fmt.Sprintf("actor:actor%d topic:topic%d", 1+i%99, 1+i%9), fmt.Sprintf("id:e%d", i*997),
		}
		q, err := timeline.ParseQuery(terms[i%len(terms)])
		if err != nil {
			t.Fatal(err)
		}
		b, _, err := s.compile(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		sql, _ := b.page()
		for k := len(b.args); k > 0; k-- {
			sql = strings.ReplaceAll(sql, fmt.Sprintf("$%d", k), literal(b.args[k-1]))
		}
		all, _, err := s.Count(ctx, q, 0)
		if err != nil {
			t.Fatal(err)
		}
		most := min(int(all), pageSize) // those linked to them come later
		n, took, ms := 0, time.Duration(0), 0.0
		here := func() {
			begun := time.Now()
			if err := s.Select(ctx, q, 0, func(int, []byte) error {
				took = time.Since(begun)
				if n++; n == most {
					return enough
				}
				return nil
			}); err != nil && n < most {
				t.Fatal(err)
			}
		}
		there := func() {
			fmt.Fprintln(in, sql+";")
			for said.Scan() {
				if _, err := fmt.Sscanf(said.Text(), "Time: %f ms", &ms); err == nil {
					break
				}
			}
		}
		if most == 0 {
			continue
		}
		if i/len(terms)%2 == 0 { // the second finds the pages in memory
			here()
			there()
		} else {
			there()
			here()
		}
		if slices.Max(append(ours, 0)) < took {
			slowest = q
		}
		ours, theirs = append(ours, took), append(theirs, time.Duration(ms*float64(time.Millisecond)))
	}
	t.Logf("the slowest is %s", slowest)
	slices.Sort(ours)
	slices.Sort(theirs)
	for _, p := range []int{50, 90, 99} {
		t.Logf("p%d: here %v, psql %v", p, ours[len(ours)*p/100].Round(10*time.Microsecond), theirs[len(theirs)*p/100].Round(10*time.Microsecond))
	}
}

// literal writes a parameter for psql.
func literal(arg any) string {
	s := fmt.Sprint(arg)
	switch arg := arg.(type) {
	case []string:
		s = "{" + strings.Join(arg, ",") + "}"
	case []int32, []int64, []int:
		s = "{" + strings.ReplaceAll(strings.Trim(s, "[]"), " ", ",") + "}"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
