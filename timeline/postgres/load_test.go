//go:build unix

package postgres

import (
	"os"
	"testing"

	"dateline/timeline/format"
	"dateline/timeline/postgres/pgtest"
)

// BenchmarkLoad loads the file that DATELINE_BENCH names.
func BenchmarkLoad(b *testing.B) {
	name := os.Getenv("DATELINE_BENCH")
	text, err := os.ReadFile(name)
	if err != nil {
		b.Skip("DATELINE_BENCH names no file of events")
	}
	f := format.File{Name: name, Text: string(text)}
	events := 0
	for b.Loop() {
		loaded := loadInto(b, pgtest.Database(b), f)
		events += loaded[0].New
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}
