package format

// A jsonList finds the records of JSON that lie in one list while its text comes,
// where a jsonRecords needs the whole. The text around the list is its frame: see
// window.
type jsonList struct {
	*jsonRecords
	head  string // up to the bracket that opens the list
	body  int64  // where in the file the head begins
	depth int    // in how many objects the list lies
	began bool   // a record has been found
	ended int64  // where in the file the bracket is that closes it; 0 if that is not known
	over  bool   // there is no more to find
}

// listed finds the next records of a list, those that lie before an offset, but one
// at least. It returns how far behind t.at the next begins.
func (w *worker) listed(t *tableStream, b *batch, to int64) (end int, err error) {
	f := &w.files[t.file]
	l := t.list
	for {
		size, err := f.await(w.ctx, to+1)
		if err != nil {
			return 0, err
		}
		to = min(to, size)
		whole := to == size
		if !l.over && l.ended == 0 {
			b.at = max(0, t.at-longestLead) // how the line is indented tells where to go on after a mistake
			if b.text, err = f.text(b.at, to); err != nil {
				return 0, err
			}
			end = l.find(b, int(t.at-b.at), whole)
		}
		switch {
		case l.over || !whole && l.ended > 0:
			return int(to - t.at), nil
		case l.ended > 0:
			l.over = true
			return int(to - t.at), l.close(f, b, to)
		case end > 0 || whole:
			return end, nil
		case to-t.at > longestRecord:
			return 0, tooLong(f.Name)
		}
		to += to - t.at
	}
}

// find finds records in the batch's text from an offset on, and returns how far behind it the
// first begins that the text does not hold whole.
func (l *jsonList) find(b *batch, from int, whole bool) (end int) {
	s := &scanner{text: b.text, badString: func(int, string) {}, depth: l.depth}
	open := int(l.body - b.at + int64(len(l.head)-1)) // it may be before the text
	at := from
	if !l.began {
		s.at = at
		c := s.peek()
		if s.at == len(s.text) && !whole {
			return 0
		}
		if l.began = true; c == ']' {
			l.ended = b.at + int64(s.at)
			return len(b.text) - from
		}
	}
	for {
		e, ok := s.element(at, open, whole)
		if !ok {
			return at - from
		}
		if e.fault != nil {
			b.notes = append(b.notes, e.fault)
		}
		if e.end > 0 {
			b.records = append(b.records, e.span)
		}
		switch {
		case e.over:
			l.over = true
			b.frame = l.head
			b.faults = append(b.faults, s.fault)
			return len(b.text) - from
		case e.last:
			l.ended = b.at + int64(e.next-1)
			return len(b.text) - from
		}
		at = e.next
	}
}

// close reads the frame, which ends before an offset.
func (l *jsonList) close(f *File, b *batch, to int64) error {
	tail, err := f.text(l.ended, to)
	b.frame = l.head + tail
	for _, found := range l.records(b.frame, 0) {
		if found != nil {
			at := l.body + int64(found.at)
			if n := found.at - len(l.head); n >= 0 {
				at = l.ended + int64(n)
			}
			b.faults = append(b.faults, &fault{int(at - b.at), found.reason})
		}
	}
	return err
}
