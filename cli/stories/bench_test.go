//go:build unix

package stories

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkTables measures "dateline list" of 100,000 events in CSV and in
// GDELT's format, as a whole process, beside "wc -l" of the same file: the median
// times in milliseconds, and the most memory, in megabytes.
//
//	go test -run '^$' -bench Tables -benchtime 5x ./cli/stories
func BenchmarkTables(b *testing.B) {
	const rows = 100_000
	dir := b.TempDir()
	dateline := build(b, filepath.Join(dir, "dateline"), "dateline")
	for name, row := range map[string]func(i int) string{"CSV": csvRow, "GDELT": gdeltRow} {
		path := filepath.Join(dir, name)
		size := writeRows(b, path, rows, row)
		b.Run(name, func(b *testing.B) {
			var ours, theirs []float64
			most := 0.0
			for b.Loop() {
				took, memory := timed(b, dateline, "list", path)
				ours, most = append(ours, took), max(most, memory)
				took, _ = timed(b, "wc", "-l", path)
				theirs = append(theirs, took)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(ours), "ms/dateline")
			b.ReportMetric(median(theirs), "ms/wc")
			b.ReportMetric(most, "MB/dateline")
			b.ReportMetric(size, "MB/file")
		})
	}
}

func build(b *testing.B, to, pkg string) string {
	b.Helper()
	if out, err := exec.Command("go", "build", "-o", to, pkg).CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
	return to
}

// timed runs a program and returns how many milliseconds it took, and how many
// megabytes it held at most.
func timed(b *testing.B, program string, args ...string) (took, memory float64) {
	b.Helper()
	cmd := exec.Command(program, args...)
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	took = float64(time.Since(start).Microseconds()) / 1000
	return took, float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// writeRows writes a file of as many rows and returns its size in megabytes. Row
// -1 is the header.
func writeRows(b *testing.B, path string, rows int, row func(i int) string) float64 {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := -1; i < rows; i++ {
		w.WriteString(row(i))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return float64(info.Size()) / (1 << 20)
}

func csvRow(i int) string {
	if i < 0 {
		return "id,date,title,summary,actors,places,topics,url\n"
	}
	return fmt.Sprintf("row-%d,%04d-%02d-%02d,What happened the %dth time,\"A sentence, with commas, on what happened and to whom; and another one.\",Actor %d; Actor %d,\"Place %d, Country %d\",topic %d,https://example.org/%d\n",
		i, 1990+i%35, 1+i%12, 1+i%28, i, i%97, i%89, i%211, i%53, i%13, i)
}

func gdeltRow(i int) string {
	if i < 0 {
		return ""
	}
	cells := make([]string, 61)
	for k, text := range map[int]string{
		0: fmt.Sprint(900_000_000 + i), 1: fmt.Sprintf("%04d%02d%02d", 2015+i%9, 1+i%12, 1+i%28), 2: "202403", 3: "2024", 4: "2024.1973",
		5: "AAAGOV", 6: fmt.Sprintf("ACTOR %d", i%97), 7: "AAA", 12: "GOV", 15: "BBB", 16: fmt.Sprintf("ACTOR %d", i%89), 17: "BBB",
		25: "1", 26: "043", 27: "043", 28: "04", 29: "1", 30: "2.8", 31: "6", 32: "2", 33: "6", 34: "-1.25",
		35: "1", 36: "Country C", 37: "CC", 38: "CC", 40: "1", 41: "2", 42: "CC", 43: "1", 44: "Country D", 45: "CD", 46: "CD", 48: "1", 49: "2", 50: "CD",
		51: "4", 52: fmt.Sprintf("Place %d, Region R, Country C", i%211), 53: "CC", 54: "CC01", 56: "43.1", 57: "131.9", 58: "0",
		59: fmt.Sprintf("%04d%02d%02d001500", 2015+i%9, 1+i%12, 1+i%28), 60: fmt.Sprintf("https://example.org/articles/%d", i),
	} {
		cells[k] = text
	}
	return strings.Join(cells, "\t") + "\n"
}
