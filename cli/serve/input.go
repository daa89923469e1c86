package serve

import (
	"bytes"
	"io"
	"time"

	"dateline/timeline/text"
)

// Input delivers what a terminal sends in whole sequences. A terminal answers late
// over a slow line, and in pieces: the rest of an answer must not be taken for
// typed text.
type input struct {
	chunks  chan []byte   // closed at the end
	closed  chan struct{} // when nobody reads any more
	rest    []byte        // ready
	held    []byte        // may be the beginning of a sequence
	escaped time.Time     // when an Escape was delivered that nothing followed
}

const (
	escape = '\x1b'

	afterEscape = 50 * time.Millisecond // a longer pause means the key
	inBeginning = 300 * time.Millisecond
	inSequence  = 3 * time.Second // a longer pause means that the rest is lost
	mostHeld    = 1 << 16
)

// An answer without the Escape that it began with.
var answer = text.Pattern{Expr: `^(\]\d|\[[?<]\d|P[\d>!$+])`}

// newInput reads from r until that ends, and tells awake of each read and ended of
// the end.
func newInput(r io.Reader, awake, ended func()) *input {
	in := &input{chunks: make(chan []byte), closed: make(chan struct{})}
	go func() {
		defer ended()
		defer close(in.chunks)
		for {
			buf := make([]byte, 1024)
			n, err := r.Read(buf)
			if err != nil {
				return
			}
			awake()
			select {
			case in.chunks <- buf[:n]:
			case <-in.closed:
			}
		}
	}()
	return in
}

// close drops what comes from now on.
func (in *input) close() { close(in.closed) }

func (in *input) Read(p []byte) (int, error) {
	for len(in.rest) == 0 {
		var late <-chan time.Time
		switch len(in.held) {
		case 0:
		case 1:
			late = time.After(afterEscape)
		case 2: // Alt and a key, or a beginning
			late = time.After(inBeginning)
		default:
			late = time.After(inSequence)
		}
		select {
		case chunk, ok := <-in.chunks:
			if !ok {
				return 0, io.EOF
			}
			in.take(chunk)
		case <-in.closed:
			return 0, io.EOF
		case <-late:
			if len(in.held) <= 2 {
				in.rest, in.escaped = in.held, time.Now()
			}
			in.held = nil
		}
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}

// take makes ready what is whole of the text held and a chunk.
func (in *input) take(chunk []byte) {
	late := time.Since(in.escaped) < inSequence && answer.Regexp().Match(chunk)
	in.escaped = time.Time{}
	if late {
		in.held = []byte{escape}
	}
	text := append(in.held, chunk...)
	whole := wholeLength(text)
	if len(text)-whole > mostHeld {
		whole = len(text)
	}
	in.rest, in.held = text[:whole:whole], bytes.Clone(text[whole:])
}

// wholeLength is the length of a text without a sequence at its end that goes on.
func wholeLength(text []byte) int {
	for i := 0; i < len(text); {
		next := bytes.IndexByte(text[i:], escape)
		if next < 0 {
			break
		}
		i += next
		n := sequenceLength(text[i:])
		if n == 0 {
			return i
		}
		i += n
	}
	return len(text)
}

// sequenceLength is the length of the sequence that a text begins with, or 0 if it
// goes on.
func sequenceLength(text []byte) int {
	if len(text) == 1 {
		return 0
	}
	switch text[1] {
	case escape: // the key, and what follows it
		return 1
	case '[':
		for i, c := range text[2:] {
			if c < 0x20 || c > 0x3f { // the final byte, or no sequence
				return i + 3
			}
		}
		return 0
	case 'O':
		if len(text) < 3 {
			return 0
		}
		return 3
	case ']', 'P', '_', '^', 'X':
		for i, c := range text[2:] {
			switch {
			case c == '\a' || c == 0x18 || c == 0x1a:
				return i + 3
			case c == escape && i+3 == len(text):
				return 0
			case c == escape && text[i+3] == '\\':
				return i + 4
			case c == escape: // it is broken off
				return i + 2
			}
		}
		return 0
	}
	return 2
}
