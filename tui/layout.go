package tui

// A rect is a part of the screen, in cells.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

// A layout says where everything is. A part that has no room is empty.
type layout struct {
	header, strip, chips rect
	list, detail         rect
	rule                 rect // between list and detail: a row or a column
	facets               rect // a column beside them, or the whole body
	body                 rect // all of these together: pickers, help and briefs lie there
	status, hints        rect
}

// The least screen that anything is drawn on.
const leastWidth, leastHeight = 30, 8

// Text is never wider than this: longer lines are hard to read.
const widestText = 76

// facetsOver reports whether the facets have the whole body.
func (l *layout) facetsOver() bool { return !l.facets.empty() && l.list.empty() }

// A wish is what the reader asked to see.
type wish struct {
	on      focus
	reading bool // the detail has the whole body
	folded  bool // the facets have no column of their own
}

// arrange lays out a screen of w by h cells. Below 60 columns or 16 rows there is
// one pane; to 99 columns the list lies over the detail; from 100 they lie side
// by side; from 160 the facets lie beside both. Elsewhere the facets have the
// whole body while they have the keys. Short of height, the histogram goes first,
// then the chips, then the hints.
func arrange(w, h int, wish wish) layout {
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
	if w >= 160 && h >= 16 && !wish.reading && (!wish.folded || wish.on == onFacets) {
		l.facets = rect{0, b.y, min(max(30, w/6), 40), b.h}
		b.x = l.facets.w + 1 // beyond a rule
		b.w -= b.x
		w = b.w
	}
	switch {
	case wish.on == onFacets && l.facets.empty():
		l.facets = b
	case wish.reading:
		l.detail = b
	case w < 60 || h < 16:
		l.list = b
	case w < 100:
		listHeight := (b.h - 1) * 11 / 20
		l.list = rect{0, b.y, w, listHeight}
		l.rule = rect{0, b.y + listHeight, w, 1}
		l.detail = rect{0, b.y + listHeight + 1, w, b.h - listHeight - 1}
	default:
		detail := min(w*43/100, widestText+2)
		l.list = rect{b.x, b.y, w - detail - 1, b.h}
		l.rule = rect{b.x + w - detail - 1, b.y, 1, b.h}
		l.detail = rect{b.x + w - detail, b.y, detail, b.h}
	}
	return l
}
