package serve

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A pause stands for time in which nothing comes.
const pause = "<pause>"

// reads returns what is read of pieces that come one after another.
func reads(t *testing.T, pieces ...string) (got []string) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		in := newInput(r, func() {}, func() {})
		go func() {
			for _, piece := range pieces {
				if piece == pause {
					time.Sleep(time.Second)
					continue
				}
				io.WriteString(w, piece)
				time.Sleep(20 * time.Millisecond)
			}
			time.Sleep(10 * time.Second)
			w.Close()
		}()
		buf := make([]byte, 256)
		for {
			n, err := in.Read(buf)
			if err != nil {
				return
			}
			got = append(got, string(buf[:n]))
		}
	})
	return got
}

// However slowly a terminal answers, and in whatever pieces, no part of an answer
// is taken for text that was typed.
func TestAnswersComeWhole(t *testing.T) {
	for _, answer := range []string{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\a", "\x1b[?2026;2$y", "\x1b[?62;22c", "\x1bP>|tmux 3.3a\x1b\\", "\x1b[?997;1n", "\x1b[<0;10;10M"} {
		for cut := 1; cut < len(answer); cut++ {
			for _, between := range [][]string{nil, {pause}} {
				pieces := append(append([]string{"a", answer[:cut]}, between...), answer[cut:], "b")
				got := reads(t, pieces...)
				whole := strings.Join(got, "|")
				want := "a|" + answer + "|b"
				if len(between) > 0 && cut <= 2 { // the beginning was a key
					want = "a|" + answer[:cut] + "|\x1b" + answer[cut:] + "|b"
					if cut == 2 {
						continue
					}
				}
				if whole != want {
					t.Errorf("%q and %q, pause %t: got %q", answer[:cut], answer[cut:], len(between) > 0, whole)
				}
			}
		}
	}
}

func TestKeysComeAtOnce(t *testing.T) {
	for _, c := range []struct{ pieces, want []string }{
		{[]string{"j", "k"}, []string{"j", "k"}},
		{[]string{"\x1b", pause, "q"}, []string{"\x1b", "q"}},
		{[]string{"\x1b", pause, "]"}, []string{"\x1b", "]"}},
		{[]string{"\x1bx", "\x1b[A", "\x1bOA"}, []string{"\x1bx", "\x1b[A", "\x1bOA"}},
		{[]string{"\x1b[", "A"}, []string{"\x1b[A"}},
		{[]string{"\x1b", "\x1b[?9", "97;1n"}, []string{"\x1b", "\x1b[?997;1n"}},
		{[]string{"\x1b]", pause, "x"}, []string{"\x1b]", "x"}},
		{[]string{"풍계리\x1b"}, []string{"풍계리", "\x1b"}},
		{[]string{"\x1b[200~a\x1b]b\x1b[201~"}, []string{"\x1b[200~a\x1b]b\x1b[201~"}},
		{[]string{"\x1b]11;rgb:", pause, pause, pause, pause, "lost"}, []string{"lost"}},
		{[]string{"\x1b]11;" + strings.Repeat("x", 300)}, nil},
	} {
		if got := reads(t, c.pieces...); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q: got %q, want %q", c.pieces, got, c.want)
		}
	}
}

// Where a text is cut makes no difference to what is whole of it.
func FuzzInput(f *testing.F) {
	f.Add("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\a")
	f.Add("\x1b]\x1b]")
	f.Add("\x1b\x1b[?997;1n")
	f.Fuzz(func(t *testing.T, text string) {
		want := wholeLength([]byte(text))
		if want < 0 || want > len(text) {
			t.Fatalf("%q: %d", text, want)
		}
		for cut := range len(text) {
			first := wholeLength([]byte(text[:cut]))
			if got := first + wholeLength([]byte(text[first:])); got != want {
				t.Fatalf("%q: %d bytes are whole, and %d if it comes in two pieces: %q, %q", text, want, got, text[:cut], text[cut:])
			}
		}
	})
}
