package cite

import (
	"cmp"
	"hash/maphash"
	"iter"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// Distinct yields each source once, in order. Two sources are the same if they have
// the same author, title, publisher, carrier, date and address, whatever they are
// cited for and whatever origin they name. Kind, language, archived copy and day of
// access are taken from other citations of the source if the first lacks them.
//
// It iterates over the sources twice and keeps a hash of 128 bits of each, so there
// may be millions.
func Distinct(sources iter.Seq[timeline.Source]) iter.Seq[timeline.Source] {
	return func(yield func(timeline.Source) bool) {
		d := merger{maphash.MakeSeed(), maphash.MakeSeed(), make(map[workHash]fields), make(map[workHash]details)}
		for s := range sources {
			d.read(&s)
		}
		for s := range sources {
			if d.take(&s) && !yield(s) {
				return
			}
		}
	}
}

// A merger remembers the sources read.
type merger struct {
	first, second maphash.Seed
	stated        map[workHash]fields
	missing       map[workHash]details // that the first of a source's citations lacks
}

type workHash [2]uint64

func (m *merger) hash(s *timeline.Source) workHash {
	work := struct {
		author, title, publisher, via, url string
		published                          edtf.Date
	}{s.Author, s.Title, s.Publisher, s.Via, s.URL, s.Published}
	return workHash{maphash.Comparable(m.first, work), maphash.Comparable(m.second, work)}
}

// read notes the details of a source that its earlier citations lack.
func (m *merger) read(s *timeline.Source) {
	key, its := m.hash(s), detailsOf(s)
	stated, known := m.stated[key]
	if known && its.stated()&^stated != 0 {
		m.missing[key] = m.missing[key].or(its)
	}
	m.stated[key] = stated | its.stated()
}

// take completes a source. It reports false if the source was taken before.
func (m *merger) take(s *timeline.Source) bool {
	key := m.hash(s)
	stated := m.stated[key]
	if stated&wasTaken != 0 {
		return false
	}
	m.stated[key] = stated | wasTaken
	all := detailsOf(s).or(m.missing[key])
	s.Kind, s.Language, s.Archived, s.Accessed = all.kind, all.language, all.archived, all.accessed
	return true
}

// details are the fields that may differ between citations of one source.
type details struct {
	kind               timeline.Kind
	language, archived string
	accessed           edtf.Date
}

func detailsOf(s *timeline.Source) details {
	return details{s.Kind, s.Language, s.Archived, s.Accessed}
}

// or fills what d lacks from other.
func (d details) or(other details) details {
	return details{cmp.Or(d.kind, other.kind), cmp.Or(d.language, other.language), cmp.Or(d.archived, other.archived), cmp.Or(d.accessed, other.accessed)}
}

// fields are a set of details, a bit for each, and wasTaken.
type fields uint8

const wasTaken fields = 1 << 7

func (d details) stated() (set fields) {
	for k, is := range [...]bool{d.kind != timeline.NoKind, d.language != "", d.archived != "", !d.accessed.IsZero()} {
		if is {
			set |= 1 << k
		}
	}
	return set
}
