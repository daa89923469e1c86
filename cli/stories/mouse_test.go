package stories

import (
	"testing"

	"dateline/tui/termtest"
)

// point does something with the mouse over the first place that shows text.
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

// The mouse belongs to the terminal until it is asked for, and again after.
func TestMouseIsTakenOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	if err := term.Mouse(termtest.Press, 20, 10); err == nil {
		t.Fatal("the mouse is taken from the start")
	}
	press(t, term, "f2")
	see(t, term, "oldest first  mouse")
	point(t, term, termtest.Press, "Kim Jong Un left Pyongyang")
	at(t, term, "LIST 4/")
	point(t, term, termtest.Press, "Kim Jong Un left Pyongyang")
	at(t, term, "DETAIL 4/")
	press(t, term, "esc")
	at(t, term, "LIST 4/")
	press(t, term, "f2")
	see(t, term, "Mouse off")
	if err := term.Mouse(termtest.Press, 20, 10); err == nil {
		t.Error("the mouse is kept")
	}
}

// However fast the wheel turns, it goes on from where it stopped, and over the
// pane that the pointer is on.
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

// A click on the histogram goes to its time, in a menu it chooses.
func TestClicksGoWhereTheyPoint(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--mouse")
	at(t, term, "LIST 1/")
	x, y, _ := term.Screen().Find(" 2024-10")
	if err := term.Mouse(termtest.Press, x-1, y); err != nil {
		t.Fatal(err)
	}
	see(t, term, "reported 8 October 2024")
	press(t, term, ":", "brief")
	see(t, term, "4 of ")
	point(t, term, termtest.Press, "brief of what is shown")
	see(t, term, "BRIEF:")
}

// Dragging over the histogram selects a stretch of time, to filter by.
func TestDraggingSelectsTime(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--mouse")
	at(t, term, "LIST 1/")
	x, y, _ := term.Screen().Find(" 2024-10")
	for i, g := range []termtest.Gesture{termtest.Press, termtest.Drag, termtest.Drag, termtest.Release} {
		if err := term.Mouse(g, x-1-3*min(i, 2), y); err != nil {
			t.Fatal(err)
		}
	}
	see(t, term, "; Enter filters, Esc leaves")
	press(t, term, "enter")
	see(t, term, "since:2024-08-")
}

// Keys work while a keyboard writes Korean or Russian; prompts take the letters.
func TestKeysWorkInOtherScripts(t *testing.T) {
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
