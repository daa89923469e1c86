package tui

// A rect is a part of the screen, in cells.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

// A layout says where everything is. A part that has no room is empty.
type layout struct {
	header, strip, chips rect
	list, detail         rect
	rule                 rect // between list and detail: a row or a column
	body                 rect // list, rule and detail together: pickers, help and briefs lie there
	status, hints        rect
}

// The least screen that anything is drawn on.
const leastWidth, leastHeight = 30, 8

// Text is never wider than this: longer lines are hard to read.
const widestText = 76

// arrange lays out a screen of w by h cells. When reading, the detail has the
// whole body. Below 60 columns or 16 rows there is one pane; to 99 columns the
// list lies over the detail; from 100 they lie side by side. Short of height,
// the histogram goes first, then the chips, then the hints.
func arrange(w, h int, reading bool) layout {
	var l layout
	top, bottom := 0, h
	l.header = rect{0, top, w, 1}
	top++
	if h >= 14 {
		n := 1
		if w >= 100 && h >= 24 {
			n = 2
		}
		l.strip = rect{0, top, w, n}
		top += n
	}
	if h >= 12 {
		l.chips = rect{0, top, w, 1}
		top++
	}
	if h >= 10 {
		bottom--
		l.hints = rect{0, bottom, w, 1}
	}
	bottom--
	l.status = rect{0, bottom, w, 1}
	l.body = rect{0, top, w, bottom - top}

	b := l.body
	switch {
	case w < 60 || h < 16:
		if reading {
			l.detail = b
		} else {
			l.list = b
		}
	case reading:
		l.detail = b
	case w < 100:
		listHeight := (b.h - 1) * 11 / 20
		l.list = rect{0, b.y, w, listHeight}
		l.rule = rect{0, b.y + listHeight, w, 1}
		l.detail = rect{0, b.y + listHeight + 1, w, b.h - listHeight - 1}
	default:
		detail := min(w*43/100, widestText+2)
		l.list = rect{0, b.y, w - detail - 1, b.h}
		l.rule = rect{w - detail - 1, b.y, 1, b.h}
		l.detail = rect{w - detail, b.y, detail, b.h}
	}
	return l
}
