package timeline

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// An Index gathers what queries and lists need to know of events that are too
// many to be kept: a Timeline made of it reads an event again when it is asked
// for. It may be filled from several goroutines, each with an Indexer of its
// own, and timelines of what is there so far may be made meanwhile.
//
//	x := timeline.NewIndex(decode)
//	in := x.Indexer()
//	for … {
//		in.Add(&record)
//	}
//	in.Flush()
//	t, twins := x.Timeline(about, actors)
type Index struct {
	Glance Glancer // nil if there is no faster way than to decode
	decode Decoder

	mu       sync.Mutex
	parts    []*part
	indexers int
}

// A Decoder reads the event at a place, unless the sum of its text is not the
// place's any more: that is an error. Several goroutines may call it at once.
type Decoder func(Place) (Event, error)

// A Glancer reads the id and the title of the event at a place, as a Decoder
// would. It is not ok if that takes one. Several goroutines may call it at once.
type Glancer func(Place) (id, title string, ok bool)

// NewIndex makes an empty index of events that decode reads.
func NewIndex(decode Decoder) *Index { return &Index{decode: decode} }

// A part is the index of some events that follow each other in one file. It
// holds no pointer an event, so that the garbage collector has nothing to walk.
type part struct {
	file    int
	first   int64    // where its first event begins
	at, len []uint32 // by event: where it begins, from first on, and its length
	sum     []uint32 // by event: of its text

	by    int         // the number of its Indexer
	words []string    // that its names are, and perhaps more
	dates []edtf.Date // that its events have, and perhaps more

	ids      texts32
	date     []uint32 // by event: which of dates
	status   []Status
	sources  []uint16
	origins  []uint16
	features []features
	names    listColumn // by event: its words, each with the field that has it
	counts   [listFields]int
	text     texts32
	answers  texts32
	replies  []uint32 // by answer: the event that answers

	sorted bool // its events are in the order of a timeline
	from   int  // how many events the parts before have
}

// texts32 holds many texts in one.
type texts32 struct {
	all []byte
	end []uint32 // by text
}

func (t *texts32) of(k int) []byte {
	if k == 0 {
		return t.all[:t.end[0]]
	}
	return t.all[t.end[k-1]:t.end[k]]
}

// ended ends the text at hand.
func (t *texts32) ended() { t.end = append(t.end, uint32(len(t.all))) }

func (t *texts32) taken() texts32 {
	taken := texts32{slices.Clone(t.all), slices.Clone(t.end)}
	t.all, t.end = t.all[:0], t.end[:0]
	return taken
}

// An Indexer fills an Index from one goroutine.
type Indexer struct {
	index *Index
	words *words
	date  map[string]uint32
	dates []edtf.Date
	part  part     // of its text, what comes next in the room
	room  int      // how large a room was made last
	last  []byte   // the id of the last event
	seen  []uint32 // the origins of the event at hand
}

// Indexer returns an Indexer that fills x.
func (x *Index) Indexer() *Indexer {
	in := &Indexer{index: x, words: newWords(), date: make(map[string]uint32)}
	in.reset()
	x.mu.Lock()
	defer x.mu.Unlock()
	in.part.by = x.indexers
	x.indexers++
	return in
}

func (in *Indexer) reset() {
	p := &in.part
	p.at, p.len, p.sum, p.date, p.status = p.at[:0], p.len[:0], p.sum[:0], p.date[:0], p.status[:0]
	p.sources, p.origins, p.features, p.replies = p.sources[:0], p.origins[:0], p.features[:0], p.replies[:0]
	p.names = listColumn{starts: append(p.names.starts[:0], 0), numbers: p.names.numbers[:0]}
	p.counts = [listFields]int{}
	p.sorted = true
}

// longestPart is how far apart in a file the events of a part may be, and how
// long their texts.
const longestPart = 1 << 30

// The text of events goes into rooms of these sizes, to stay there: it is most of
// what an index holds, and would be slow to copy. Several parts may share one.
const (
	firstRoom = 1 << 14
	mostRoom  = 1 << 21
)

// Add takes a record. It reports false, and takes nothing, if the record has no
// id, no title, or no date that is one.
func (in *Indexer) Add(r *Record) bool {
	date, ok := in.dated(r.Date)
	if !ok || blank(r.ID) || blank(r.Title) {
		return false
	}
	in.add(r, date)
	return true
}

// add takes a record whose date has that number.
func (in *Indexer) add(r *Record, date uint32) {
	p := &in.part
	room := r.textRoom()
	full := len(p.text.all)+room > cap(p.text.all)
	if len(p.date) > 0 && (full || r.File != p.file || r.At < p.first || r.At-p.first > longestPart) {
		in.Flush()
	}
	if full {
		in.room = min(max(firstRoom, 4*in.room), mostRoom)
		p.text.all = make([]byte, 0, max(in.room, room))
	}
	if len(p.date) == 0 {
		p.file, p.first = r.File, r.At
	}
	in.identify(r.ID, date)
	p.at, p.len = append(p.at, uint32(r.At-p.first)), append(p.len, uint32(r.Len))
	p.sum = append(p.sum, r.Sum)
	p.date = append(p.date, date)
	p.status = append(p.status, r.Status)
	p.features = append(p.features, r.features())
	in.name(ActorField, r.Actors)
	in.name(PlaceField, r.Places)
	in.name(TopicField, r.Topics)
	in.source(r.Sources)
	p.names.endList()
	p.text.all = r.appendText(p.text.all)
	p.text.ended()
	for _, id := range r.Answers {
		p.answers.all = append(p.answers.all, clean(id)...)
		p.answers.ended()
		p.replies = append(p.replies, uint32(len(p.date)-1))
	}
}

// dated returns the number of a date. It returns false if it is none.
func (in *Indexer) dated(text []byte) (n uint32, ok bool) {
	if n, ok = in.date[string(text)]; ok {
		return n, true
	}
	date, err := edtf.Parse(string(text))
	if err != nil {
		return 0, false
	}
	n = in.numberOf(date)
	in.date[string(text)] = n
	return n, true
}

// numberOf returns the number of a date. A moment is filed, matched and drawn
// as its day is, and counts as that.
func (in *Indexer) numberOf(date edtf.Date) uint32 {
	day, _, isMoment := strings.Cut(date.String(), "T")
	if n, known := in.date[day]; known {
		return n
	}
	if isMoment {
		date, _ = edtf.Parse(day)
	}
	n := uint32(len(in.dates))
	in.dates = append(in.dates, date)
	in.date[day] = n
	return n
}

// identify notes the id of the next event.
func (in *Indexer) identify(id []byte, date uint32) {
	p := &in.part
	id = clean(id)
	if k := len(p.date); k > 0 && p.sorted {
		before := 0
		if p.date[k-1] != date {
			before = edtf.Compare(in.dates[p.date[k-1]], in.dates[date])
		}
		p.sorted = before < 0 || before == 0 && bytes.Compare(in.last, id) < 0
	}
	in.last = append(in.last[:0], id...)
	p.ids.all = append(p.ids.all, id...)
	p.ids.ended()
}

// clean is Clean for bytes.
func clean(s []byte) []byte {
	for _, c := range s {
		if c < ' ' || c >= 0x7f {
			return []byte(text.Clean(string(s)))
		}
	}
	return s
}

func (in *Indexer) name(f Field, names [][]byte) {
	for _, name := range names {
		in.addName(f, in.words.of(name))
	}
}

// A word of an event is the number of the word and, in its last bits, the field
// that has it.
const fieldBits = 3

// addName notes that the event at hand has a word.
func (in *Indexer) addName(f Field, word uint32) {
	if word != 0 {
		in.part.names.numbers = append(in.part.names.numbers, word<<fieldBits|uint32(f))
		in.part.counts[f]++
	}
}

// source notes publishers and kinds, and counts sources and origins.
func (in *Indexer) source(sources []SourceRecord) {
	p, w := &in.part, in.words
	in.seen = in.seen[:0]
	for i := range sources {
		s := &sources[i]
		publisher := w.of(s.Publisher)
		in.addName(PublisherField, publisher)
		in.addName(KindField, uint32(s.Kind))
		origin := cmp.Or(w.of(s.AttributedTo), publisher)
		if origin == 0 {
			whole := Source{URL: text.Clean(string(s.URL))}
			origin = w.of([]byte(whole.Host()))
		}
		if class := w.class[origin]; !slices.Contains(in.seen, class) {
			in.seen = append(in.seen, class)
		}
	}
	p.sources, p.origins = append(p.sources, counted(len(sources))), append(p.origins, counted(len(in.seen)))
}

// Flush hands over what has been added.
func (in *Indexer) Flush() {
	p := &in.part
	if len(p.date) == 0 {
		return
	}
	done := &part{
		file: p.file, first: p.first, sorted: p.sorted, by: p.by, words: in.words.text, dates: in.dates,
		at: slices.Clone(p.at), len: slices.Clone(p.len), sum: slices.Clone(p.sum), date: slices.Clone(p.date), status: slices.Clone(p.status),
		sources: slices.Clone(p.sources), origins: slices.Clone(p.origins), features: slices.Clone(p.features), replies: slices.Clone(p.replies),
		ids: p.ids.taken(), answers: p.answers.taken(),
		text:  texts32{slices.Clip(p.text.all), slices.Clone(p.text.end)},
		names: listColumn{slices.Clone(p.names.starts), slices.Clone(p.names.numbers)}, counts: p.counts,
	}
	p.text = texts32{p.text.all[len(p.text.all):], p.text.end[:0]}
	in.reset()
	x := in.index
	x.mu.Lock()
	defer x.mu.Unlock()
	x.parts = append(x.parts, done)
}
