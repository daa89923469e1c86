// Package termtest is a terminal to test in, as net/http/httptest is a server
// to test with: it is for tests and for the program that draws the pictures of
// the documentation, and nothing else imports it.
//
// Draw shows one frame, without a program, and Golden keeps it:
//
//	s := termtest.Draw(m.View().Content, 80, 24, false)
//	termtest.Golden(t, "browsing-80x24", s.Golden())
//
// Start runs a program in a pseudo-terminal, types, and waits for what a
// person would see:
//
//	term, err := termtest.Start(termtest.Options{Width: 80, Height: 24}, "./dateline")
//	defer term.Close()
//	term.Type("a", "putin", "enter")
//	s, err := term.WaitText("Vladimir Putin")
//
// It is not every terminal. It is x/vt with a few repairs, which measures text
// by grapheme clusters always, whether it grants that mode or not, knows no
// keyboard protocol beyond xterm's, and loses the wrap after a wide character
// that ends a row (a full-screen program does not depend on it).
package termtest
