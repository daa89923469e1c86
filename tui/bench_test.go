package tui

import "testing"

// BenchmarkFrame draws a frame after a key that moves the cursor.
func BenchmarkFrame(b *testing.B) {
	m := start(b, inside(b), 120, 36, "")
	b.ReportAllocs()
	for b.Loop() {
		press(m, "j", "k")
		m.View()
	}
}

// BenchmarkPress presses the same keys without drawing.
func BenchmarkPress(b *testing.B) {
	m := start(b, inside(b), 120, 36, "")
	b.ReportAllocs()
	for b.Loop() {
		press(m, "j", "k")
	}
}
