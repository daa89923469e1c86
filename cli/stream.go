package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// A stream keeps what can be read only once, from its beginning: what comes through
// a pipe, packed, or in another encoding. What has come can be read at any place
// while the rest comes. It keeps it in memory and, if it is much, in a
// temporary file that has no name.
//
//	file.Data = newStream(reader, most)
type stream struct {
	from    io.Reader
	most    int64
	close   func()                 // called when no more comes
	explain func(error) error      // an error of from, or errTooMuch
	total   func(size int64) int64 // how much will have come when so much has; or nil

	mu      sync.RWMutex
	changed *sync.Cond // when anything below has
	reading bool
	wanted  int64 // how much somebody waits for
	size    int64
	err     error // why no more comes: io.EOF at the end

	pieces []piece
	before []byte   // the text of the last but one
	held   int      // how many bytes are in memory
	kept   int64    // and in the file
	file   *os.File // nil as long as there is little
}

// A piece is as long as pieceSize, unless it is the last. Its text is in
// memory, or in the file from an offset on.
type piece struct {
	text []byte
	at   int64
}

const (
	pieceSize    = 1 << 20
	mostInMemory = 16 << 20
	ahead        = 2 << 20 // how much is read before somebody waits for it
)

// errTooMuch means that more came than a stream may hold.
var errTooMuch = errors.New("too much")

// newStream returns a stream of at most so many bytes that r will be read for.
func newStream(r io.Reader, most int64) *stream {
	s := &stream{from: r, most: most, close: func() {}, explain: func(err error) error { return err }}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Await waits until so many bytes have come, and returns how many have: fewer only
// if there are no more, or with an error.
func (s *stream) Await(ctx context.Context, least int64) (int64, error) {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted = max(s.wanted, least)
	if !s.reading && s.err == nil && s.size-ahead < s.wanted {
		s.reading = true
		go s.read()
	}
	for s.size < least && s.err == nil && ctx.Err() == nil {
		s.changed.Wait()
	}
	switch {
	case s.size >= least || s.err == io.EOF:
		return s.size, nil
	case s.err != nil:
		return s.size, s.err
	}
	return s.size, ctx.Err()
}

// Size is how many bytes have come.
func (s *stream) Size() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// Total is how many bytes will have come, as far as that is known, else 0.
func (s *stream) Total() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case s.err != nil:
		return s.size
	case s.total == nil || s.size == 0:
		return 0
	}
	return max(s.size, s.total(s.size))
}

// read reads on until what somebody waits for has come, and a little more.
func (s *stream) read() {
	defer func() {
		if fault := recover(); fault != nil {
			s.end(fmt.Errorf("internal error while unpacking: %v", fault))
		}
	}()
	for {
		room, err := s.room()
		if err != nil {
			s.end(err)
			return
		}
		n, err := s.from.Read(room)
		s.mu.Lock()
		last := &s.pieces[len(s.pieces)-1]
		last.text = last.text[:len(last.text)+n]
		s.size += int64(n)
		if s.size > s.most && (err == nil || err == io.EOF) {
			err = errTooMuch
		}
		enough := s.size-ahead >= s.wanted
		if err == nil && enough {
			s.reading = false
		}
		s.changed.Broadcast()
		s.mu.Unlock()
		switch {
		case err != nil && err != io.EOF:
			s.end(s.explain(err))
			return
		case err != nil:
			s.end(err)
			return
		case enough:
			return
		}
	}
}

// end notes why no more comes.
func (s *stream) end(err error) {
	s.mu.Lock()
	s.err, s.reading = err, false
	s.changed.Broadcast()
	s.mu.Unlock()
	s.close()
}

// room returns memory to read into, behind the last piece.
func (s *stream) room() ([]byte, error) {
	n := len(s.pieces) // only this goroutine changes them
	if n > 0 && len(s.pieces[n-1].text) < pieceSize {
		text := s.pieces[n-1].text
		return text[len(text):pieceSize], nil
	}
	text, err := s.settle(n - 1)
	if err != nil {
		return nil, fmt.Errorf("%s, where TMPDIR puts it, has no room for it: %w", os.TempDir(), pathless(err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces = append(s.pieces, piece{text: text[:0]})
	return text[:pieceSize], nil
}

// settle finds a place for a piece that is full, the last, and returns memory for
// the next. One that is equal to the piece before takes no room: whoever makes a
// small file that unpacks to a huge one repeats himself.
func (s *stream) settle(n int) (free []byte, err error) {
	switch {
	case n < 0:
		return make([]byte, pieceSize), nil
	case n > 0 && bytes.Equal(s.before, s.pieces[n].text):
		free = s.pieces[n].text
		s.put(n, s.pieces[n-1])
		return free, nil
	case s.file == nil && s.held < mostInMemory:
		s.held += pieceSize
		s.before = s.pieces[n].text
		return make([]byte, pieceSize), nil
	case s.file == nil:
		if s.file, err = temporaryFile(); err != nil {
			return nil, err
		}
		var before []byte
		for k := range n {
			text := s.pieces[k].text
			if k > 0 && &text[0] == &before[0] {
				s.put(k, s.pieces[k-1])
			} else if err := s.write(k); err != nil {
				return nil, err
			}
			before = text
		}
		s.before = make([]byte, pieceSize)
	}
	free, s.before = s.before, s.pieces[n].text
	return free, s.write(n)
}

// write moves a piece to the file.
func (s *stream) write(n int) error {
	if _, err := s.file.Write(s.pieces[n].text); err != nil {
		return err
	}
	s.put(n, piece{at: s.kept})
	s.kept += pieceSize
	return nil
}

func (s *stream) put(n int, p piece) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces[n] = p
}

// ReadAt reads what has come.
func (s *stream) ReadAt(to []byte, at int64) (n int, err error) {
	for n < len(to) && err == nil {
		var k int
		k, err = s.readPiece(to[n:], at+int64(n))
		n += k
	}
	return n, err
}

// readPiece reads from the piece at an offset.
func (s *stream) readPiece(to []byte, at int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if at >= s.size {
		return 0, io.EOF
	}
	p := s.pieces[at/pieceSize]
	if p.text != nil {
		return copy(to, p.text[at%pieceSize:]), nil
	}
	to = to[:min(int64(len(to)), pieceSize-at%pieceSize)]
	return s.file.ReadAt(to, p.at+at%pieceSize)
}
