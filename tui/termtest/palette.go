package termtest

import (
	"fmt"
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// A palette is the colours of a terminal's theme.
type palette struct {
	background, foreground color.Color
	basic                  [16]color.Color
}

func paletteFor(light bool) palette {
	if light {
		return palette{rgb(0xffffff), rgb(0x24292f), [16]color.Color{
			rgb(0x24292f), rgb(0xcf222e), rgb(0x116329), rgb(0x7d4e00),
			rgb(0x0550ae), rgb(0x8250df), rgb(0x1b7c83), rgb(0x6e7781),
			rgb(0x57606a), rgb(0xa40e26), rgb(0x1a7f37), rgb(0x9a6700),
			rgb(0x0969da), rgb(0x6639ba), rgb(0x3192aa), rgb(0x8c959f),
		}}
	}
	return palette{rgb(0x1e1e2e), rgb(0xcdd6f4), [16]color.Color{
		rgb(0x45475a), rgb(0xf38ba8), rgb(0xa6e3a1), rgb(0xf9e2af),
		rgb(0x89b4fa), rgb(0xcba6f7), rgb(0x94e2d5), rgb(0xbac2de),
		rgb(0x7f849c), rgb(0xf5a3b9), rgb(0xbbebb6), rgb(0xfbebc6),
		rgb(0xa6c7fb), rgb(0xdabff9), rgb(0xb1eae0), rgb(0xffffff),
	}}
}

// color gives the palette's own shade for the first sixteen colours, which are
// the terminal's to choose; the others are as the program gave them.
func (p palette) color(c color.Color) color.Color {
	switch c := c.(type) {
	case ansi.BasicColor:
		return p.basic[c&15]
	case ansi.IndexedColor:
		if c < 16 {
			return p.basic[c]
		}
	}
	return c
}

func rgb(v uint32) color.Color {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}
}

// hexColor writes a colour as "#rrggbb", without its transparency.
func hexColor(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// mix is a faint color: three fifths of it, and two of what lies behind.
func mix(fore, back color.Color) color.Color {
	fr, fg, fb, _ := fore.RGBA()
	br, bg, bb, _ := back.RGBA()
	part := func(f, b uint32) uint8 { return uint8((3*f + 2*b) / 5 >> 8) }
	return color.RGBA{part(fr, br), part(fg, bg), part(fb, bb), 0xff}
}
