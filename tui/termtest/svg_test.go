package termtest

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func svg(t *testing.T, frame string, w, h int, light bool) string {
	t.Helper()
	var b strings.Builder
	if err := Draw(frame, w, h, light).SVG(&b, light); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return b.String()
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
	}
}

func TestPictureOfAFrame(t *testing.T) {
	frame := "╭───┬──╮\n│\x1b[1ma<b\x1b[m│김│\n│\x1b[7mc&d\x1b[m┊\x1b[36m▁█\x1b[m│\n╰───┴──╯"
	Golden(t, "dark.svg", svg(t, frame, 8, 4, false))
	Golden(t, "light.svg", svg(t, frame, 8, 4, true))
}

// Any character a frame may hold must leave the document well-formed.
func TestPictureHoldsEveryCharacter(t *testing.T) {
	var frame strings.Builder
	for r := rune(' '); r < 0x2fff; r++ {
		frame.WriteRune(r)
		if r%64 == 63 {
			frame.WriteByte('\n')
		}
	}
	frame.WriteString("👨‍👩‍👧‍👦 ❤️ \ufffe \U0010ffff \x1b[3;4;9;8mhidden\x1b[m")
	if svg := svg(t, frame.String(), 130, 200, false); strings.Contains(svg, "hidden") {
		t.Error("concealed text is shown")
	}
}

func TestBordersAreLinesAndNotText(t *testing.T) {
	for r := '─'; r <= '▟'; r++ {
		double := r >= '═' && r <= '╬'
		diagonal := r >= '╱' && r <= '╳'
		svg := svg(t, string(r), 1, 1, false)
		if isText := strings.Contains(svg, "<text"); isText != (double || diagonal) {
			t.Errorf("%c: text %t", r, isText)
		}
	}
}

func TestFaintTextLiesBetweenTextAndBackground(t *testing.T) {
	if svg := svg(t, "\x1b[2;38;2;255;0;0mx", 1, 1, true); !strings.Contains(svg, `fill="#ff6666"`) {
		t.Errorf("got\n%s", svg)
	}
}
