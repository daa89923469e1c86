package stories

import (
	"testing"

	"dateline/tui/termtest"
)

// point makes a mouse gesture over the first occurrence of text.
func point(t *testing.T, term *termtest.Terminal, g termtest.Gesture, text string) {
	t.Helper()
	x, y, ok := term.Screen().Find(text)
	if !ok {
		t.Fatalf("%q is not on screen:\n%s", text, term.Screen().Golden())
	}
	if err := term.Mouse(g, x, y); err != nil {
		t.Fatal(err)
	}
}

// The terminal has the mouse until F2 enables it, and again after F2.
func TestMouseIsOffUntilEnabled(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	if err := term.Mouse(termtest.Press, 20, 10); err == nil {
		t.Fatal("the mouse is on from the start")
	}
	press(t, term, "f2")
	see(t, term, "  mouse  1/")
	point(t, term, termtest.Press, "Kim Jong Un left Pyongyang")
	at(t, term, "LIST 4/")
	point(t, term, termtest.Press, "Kim Jong Un left Pyongyang")
	at(t, term, "DETAIL 4/")
	press(t, term, "esc")
	at(t, term, "LIST 4/")
	press(t, term, "f2")
	see(t, term, "Mouse off")
	if err := term.Mouse(termtest.Press, 20, 10); err == nil {
		t.Error("the mouse is still on")
	}
}

// The wheel scrolls the pane under the pointer, and no turn is lost, however fast.
func TestWheelScrollsThePaneUnderThePointer(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--mouse")
	at(t, term, "LIST 1/")
	for range 30 {
		if err := term.Mouse(termtest.Down, 10, 10); err != nil {
			t.Fatal(err)
		}
	}
	at(t, term, "LIST 91/")
	for range 5 {
		if err := term.Mouse(termtest.Down, 100, 10); err != nil {
			t.Fatal(err)
		}
	}
	for range 30 {
		if err := term.Mouse(termtest.Up, 10, 10); err != nil {
			t.Fatal(err)
		}
	}
	at(t, term, "LIST 1/")
}

// A click on the histogram goes to that time; a click in a menu chooses an item.
func TestClickGoesToItsTarget(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--mouse")
	at(t, term, "LIST 1/")
	x, y, _ := term.Screen().Find("Oct ")
	if err := term.Mouse(termtest.Press, x+1, y); err != nil {
		t.Fatal(err)
	}
	see(t, term, " October 2023 ")
	press(t, term, ":", "brief of the")
	see(t, term, "2 of ")
	point(t, term, termtest.Press, "brief of the events shown")
	see(t, term, "KEY POINTS")
}

// Dragging over the histogram selects a range of time to filter by.
func TestDraggingSelectsTime(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--mouse")
	at(t, term, "LIST 1/")
	x, y, _ := term.Screen().Find("Oct ")
	for i, g := range []termtest.Gesture{termtest.Press, termtest.Drag, termtest.Drag, termtest.Release} {
		if err := term.Mouse(g, x-6*min(i, 2), y); err != nil {
			t.Fatal(err)
		}
	}
	see(t, term, " 1 August – 6 October 2023: ")
	press(t, term, "enter")
	see(t, term, "since:2023-08-01")
}

// Keys work with a Korean or Russian keyboard layout, and prompts take its letters.
func TestKeysWorkWithOtherKeyboardLayouts(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	press(t, term, "ㅓ", "ㅓ")
	at(t, term, "LIST 3/")
	press(t, term, "л")
	at(t, term, "LIST 2/")
	press(t, term, "ф", "путин", "enter")
	see(t, term, `actor:"Vladimir Putin"`)
}
