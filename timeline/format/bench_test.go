package format

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/export"
)

func BenchmarkRead(b *testing.B) {
	text, err := os.ReadFile("../testdata/frozen.json")
	if err != nil {
		b.Fatal(err)
	}
	file := File{Name: "events.json", Text: string(text)}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Read(file); err != nil {
			b.Fatal(err)
		}
	}
}

// many is a large file of the events that the program ships with, over and over
// under other ids.
func many(b *testing.B) File {
	b.Helper()
	lines := shippedLines(b)
	var text strings.Builder
	for n := 0; text.Len() < 4*Large; n++ {
		text.WriteString(strings.ReplaceAll(lines, `{"id":"`, fmt.Sprintf(`{"id":"%d-`, n)))
	}
	return File{Name: "many.jsonl", Text: text.String()}
}

// BenchmarkOpen indexes a large file. For measurements beside wc, of millions of
// events, see docs/benchmarks/gen.
func BenchmarkOpen(b *testing.B) { openAgainAndAgain(b, many(b)) }

// BenchmarkOpenCSV is BenchmarkOpen of the same events in a table.
func BenchmarkOpenCSV(b *testing.B) {
	t, _, err := Open(context.Background(), Watch{}, many(b))
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	if err := export.WriteCSV(&text, t, all(t.Len())); err != nil {
		b.Fatal(err)
	}
	openAgainAndAgain(b, File{Name: "many.csv", Text: text.String()})
}

func openAgainAndAgain(b *testing.B, file File) {
	b.SetBytes(int64(len(file.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Open(context.Background(), Watch{}, file); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSelect asks a large timeline, each time for something else, since it
// remembers what was found.
func BenchmarkSelect(b *testing.B) {
	t, _, err := Open(context.Background(), Watch{}, many(b))
	if err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{`actor:"Kim Jong Un"`, `actor:"Kim Jong Un" topic:treaty status:confirmed`, "since:2024", "has:answer", "missile", "-the"} {
		b.Run(text, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				q, err := timeline.ParseQuery(text)
				if err != nil {
					b.Fatal(err)
				}
				if q.Asks(timeline.TextField) {
					q = q.And(timeline.IsNot(timeline.TextField, fmt.Sprintf("nowhere %d", n)))
				}
				t.Select(q)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*t.Len()), "ns/event")
		})
	}
	b.Run("Event", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			t.Event(n * 7919 % t.Len())
		}
	})
}
