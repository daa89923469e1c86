//go:build unix

package postgres

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"dateline/timeline/format"
	"dateline/timeline/postgres/pgtest"
)

// A record that is left as it is would be the same in one line.
func TestRecordsInOneLineAreLeftAsTheyAre(t *testing.T) {
	for record, plain := range map[string]bool{
		`{"id":"a b","n":[1,2]}`: true, `{"a":"\\","b":"\""}`: true, `{"a":"\\" }`: false, `{"id": "a"}`: false, "{\"a\":1\n}": false, `{"a":"\" "}`: true,
		`{"a":"é"}`: false, "{\"a\":\"\u202e\"}": false, "{\"a\":\"\x7f\"}": false,
	} {
		if isPlain(record) != plain {
			t.Errorf("%s is plain: %t", record, !plain)
		}
		if line, err := oneLine(record); err != nil || plain && line != record {
			t.Errorf("%s: got %s, %v", record, line, err)
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(record)); err != nil || plain && compact.String() != record {
			t.Errorf("%s: compact %s, %v", record, &compact, err)
		}
	}
}

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
