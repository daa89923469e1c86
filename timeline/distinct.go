package timeline

import (
	"cmp"
	"hash/maphash"
	"iter"

	"dateline/timeline/edtf"
)

// Distinct goes through sources, each once, in the order they come. Sources are
// the same when author, title, publisher, carrier, date and address are, whatever
// they are cited for and whomever they cite. What the first does not say of its
// kind, its language, an archived copy and the day it was read is taken from the
// others.
//
// To know of the others it goes through the sources twice; it remembers each by
// a hash of 128 bits, and so may be given millions.
func Distinct(sources iter.Seq[Source]) iter.Seq[Source] {
	return func(yield func(Source) bool) {
		w := works{maphash.MakeSeed(), maphash.MakeSeed(), make(map[workHash]stated), make(map[workHash]aside)}
		for s := range sources {
			w.read(&s)
		}
		for s := range sources {
			if w.take(&s) && !yield(s) {
				return
			}
		}
	}
}

// works remembers sources that have been read.
type works struct {
	first, second maphash.Seed
	said          map[workHash]stated
	more          map[workHash]aside // what the first of them does not say
}

type workHash [2]uint64

func (w *works) hash(s *Source) workHash {
	work := struct {
		author, title, publisher, via, url string
		published                          edtf.Date
	}{s.Author, s.Title, s.Publisher, s.Via, s.URL, s.Published}
	return workHash{maphash.Comparable(w.first, work), maphash.Comparable(w.second, work)}
}

// read notes what a source says that those before it do not.
func (w *works) read(s *Source) {
	of, its := w.hash(s), asideOf(s)
	said, known := w.said[of]
	if known && its.stated()&^said != 0 {
		w.more[of] = w.more[of].or(its)
	}
	w.said[of] = said | its.stated()
}

// take adds to a source what the others say. It is false if it was taken before.
func (w *works) take(s *Source) bool {
	of := w.hash(s)
	said := w.said[of]
	if said&taken != 0 {
		return false
	}
	w.said[of] = said | taken
	all := asideOf(s).or(w.more[of])
	s.Kind, s.Language, s.Archived, s.Accessed = all.kind, all.language, all.archived, all.accessed
	return true
}

// An aside is what a source may say that does not make it another.
type aside struct {
	kind               Kind
	language, archived string
	accessed           edtf.Date
}

func asideOf(s *Source) aside { return aside{s.Kind, s.Language, s.Archived, s.Accessed} }

// or is what a says and, where that is nothing, what b does.
func (a aside) or(b aside) aside {
	return aside{cmp.Or(a.kind, b.kind), cmp.Or(a.language, b.language), cmp.Or(a.archived, b.archived), cmp.Or(a.accessed, b.accessed)}
}

// stated is a set of what asides say; taken is no part of one.
type stated uint8

const taken stated = 1 << 7

func (a aside) stated() (s stated) {
	for k, is := range [...]bool{a.kind != NoKind, a.language != "", a.archived != "", !a.accessed.IsZero()} {
		if is {
			s |= 1 << k
		}
	}
	return s
}
