package format

import (
	"os"
	"testing"
)

func BenchmarkRead(b *testing.B) {
	text, err := os.ReadFile("../../events.json")
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
