package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// An Index gathers what queries and lists need to know of events. A Timeline
// made of it reads an event again when it is asked for, so that events need not
// be kept. Several goroutines may fill an Index, each with an Indexer of its own,
// and timelines of what it holds so far may be made meanwhile.
//
//	x := timeline.NewIndex(decode)
//	in := x.Indexer()
//	for … {
//		in.Add(&record)
//	}
//	in.Flush()
//	t := x.Timeline(about, actors)
type Index struct {
	Glance Glance      // nil if no way is faster than to decode the event
	Issues func(Issue) // called by Timeline, unless nil
	Files  []string    // the names of the files, by number
	Spool  Spool       // where the folded text of the events is kept; nil for memory
	decode Decoder

	spooled  atomic.Int64 // how much of the spool is used
	mu       sync.Mutex
	parts    []*part
	indexers int
}

// A Decoder reads the event of an extent. It returns an error if the text there
// no longer has the extent's checksum. Several goroutines may call it at once.
type Decoder func(Extent) (Event, error)

// A Glance reads the records of some events. It calls see with the index of each
// and its record, which is valid until see returns, but not for events that need a
// Decoder. With onlyTitles, only ids and titles are sure to be set. Several
// goroutines may call it at once.
type Glance func(at []Extent, onlyTitles bool, see func(k int, r *Record))

// NewIndex makes an empty index of events that decode reads.
func NewIndex(decode Decoder) *Index { return &Index{decode: decode} }

// SoFar makes a timeline of what the index holds, which may go on being filled.
func (x *Index) SoFar(about About, actors []Actor) *Timeline {
	x.mu.Lock()
	parts := make([]*part, len(x.parts))
	for n, p := range x.parts {
		copied := *p
		parts[n] = &copied
	}
	x.mu.Unlock()
	return x.build(parts, about, actors, func(Issue) {})
}

// Timeline makes a timeline of what the index holds and reports the issues; of
// events with one id it takes the first. It uses the index up.
func (x *Index) Timeline(about About, actors []Actor) *Timeline {
	issue := x.Issues
	if issue == nil {
		issue = func(Issue) {}
	}
	return x.build(x.parts, about, actors, issue)
}

// A part is the index of events that follow each other in one file. It has no
// pointer for each event, so that the garbage collector has little to walk.
type part struct {
	file    int
	first   int64    // where its first event begins
	at, len []uint32 // by event: where it begins, from first on, and its length
	sum     []uint32 // by event: checksum of its text

	by    int         // the number of its Indexer
	words []string    // the names of its events, and perhaps more
	dates []edtf.Date // the dates of its events, and perhaps more

	ids        texts32
	date       []uint32 // by event: an index of dates
	moments    []moment // by event; nil if none states a time of day
	clocks     []uint32 // by event: see Timeline.clocks; nil if none states a time of day
	status     []Status
	importance []Tier
	weights    []uint32 // nil if no event has one
	sources    []uint16
	origins    []uint16
	features   []features
	names      wordList // each word with the field that has it
	counts     [listFields]int
	text       []byte  // of the part at hand: see haystack
	blocks     []block // the text of a part that is done; their first is a number in the part
	answers    texts32
	replies    []uint32 // by answer: the event that answers

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
	index  *Index
	words  *interner
	date   map[string]uint32
	dates  []edtf.Date
	recent text.Recent[uint32] // by text of a date: see numbered
	zones  zones
	part   part     // its text is the rest of the chunk
	chunk  int      // the size of the chunk made last
	lastAt int64    // where the last event begins
	seen   []uint32 // by class of a name: the number of the event that had it last as an origin
	nth    uint32   // the number of the event at hand
	apart  *[]*part // takes the parts that are done instead of the index; see Apart
}

// Indexer returns an Indexer that fills x.
func (x *Index) Indexer() *Indexer {
	in := &Indexer{index: x, words: newInterner(), date: make(map[string]uint32), zones: make(zones)}
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
	p.importance, p.weights = p.importance[:0], p.weights[:0]
	p.moments, p.clocks = nil, nil
	p.sources, p.origins, p.features, p.replies = p.sources[:0], p.origins[:0], p.features[:0], p.replies[:0]
	p.names = wordList{append(p.names.starts[:0], 0), p.names.words[:0]}
	p.counts = [listFields]int{}
	p.sorted = true
}

// longestPart is how far apart in a file the events of a part may be, and how
// long their texts may be.
const longestPart = 1 << 30

// The text of events is written to chunks of these sizes and stays there, unless it
// goes to a spool: it is most of an index, and slow to copy. Several parts may share
// a chunk.
const (
	firstChunk   = 1 << 14
	longestChunk = 1 << 21
)

// Add takes a record. It returns false, and takes nothing, if the record lacks an
// id, a title or a valid date. Records of one file are best added in the order of
// the file.
func (in *Indexer) Add(r *Record) bool {
	number, date, ok := in.dated(r)
	if !ok || blank(r.ID) || blank(r.Title) {
		return false
	}
	in.add(r, number, date)
	return true
}

// add takes a record whose date has that number. The date itself is zero unless it
// states a time of day.
func (in *Indexer) add(r *Record, number uint32, date edtf.Date) {
	p := &in.part
	room := r.textLen()
	full := len(p.text)+room > cap(p.text)
	if len(p.date) > 0 && (full || r.File != p.file || r.At < in.lastAt || r.At-p.first > longestPart) {
		in.Flush()
	}
	if full {
		in.chunk = min(max(firstChunk, 4*in.chunk), longestChunk)
		if cap(p.text) < max(in.chunk, room) {
			p.text = make([]byte, 0, max(in.chunk, room))
		}
	}
	if len(p.date) == 0 {
		p.file, p.first = r.File, r.At
	}
	in.lastAt = r.At
	p.ids.all = append(p.ids.all, clean(r.ID)...)
	p.ids.ended()
	p.at, p.len = append(p.at, uint32(r.At-p.first)), append(p.len, uint32(r.Len))
	p.sum = append(p.sum, r.Sum)
	p.date = append(p.date, number)
	in.time(date, r.TZ)
	if k := len(p.date) - 1; k > 0 && p.sorted && (p.date[k-1] != number || p.moments != nil) {
		p.dates = in.dates
		p.sorted = p.when(k-1).compare(p.when(k)) <= 0
	}
	p.status = append(p.status, r.Status)
	p.importance, p.weights = append(p.importance, r.Importance), append(p.weights, uint32(min(max(r.Weight, 0), math.MaxUint32)))
	p.features = append(p.features, r.features())
	in.name(ActorField, r.Actors)
	in.name(PlaceField, r.Places)
	in.name(TopicField, r.Topics)
	in.source(r.Sources)
	p.names.starts = append(p.names.starts, uint32(len(p.names.words)))
	p.text = append(r.appendText(p.text), endOfText)
	for _, ids := range [...][][]byte{r.Answers, r.Denies} {
		for _, id := range ids {
			p.answers.all = append(p.answers.all, clean(id)...)
			p.answers.ended()
			p.replies = append(p.replies, uint32(len(p.date)-1))
		}
	}
}

// dated returns the number of a record's date and, if it states a time of day, the
// date. It returns false if the text is no date.
func (in *Indexer) dated(r *Record) (number uint32, date edtf.Date, ok bool) {
	date = r.date
	if _, timed := date.Clock(); !timed {
		if number = in.recent.Of(r.Date, in.numbered); number > 0 {
			return number - 1, edtf.Date{}, true
		}
		var err error
		if date, err = edtf.Parse(string(r.Date)); err != nil {
			return 0, date, false
		}
	}
	return in.numberOf(date), date, true
}

// numbered returns one more than the number of a date. It is 0 if the text is no date
// or states a time of day.
func (in *Indexer) numbered(s []byte) uint32 {
	if n, known := in.date[string(s)]; known {
		return n + 1
	}
	date, err := edtf.Parse(string(s))
	if _, timed := date.Clock(); err != nil || timed {
		return 0
	}
	return in.numberOf(date) + 1
}

// numberOf returns the number of a date without its times of day. It keeps the text
// of a date that has none.
func (in *Indexer) numberOf(date edtf.Date) uint32 {
	text := date.String()
	_, timed := date.Clock()
	if timed {
		text = withoutTimes(text)
	}
	if n, known := in.date[text]; known {
		return n
	}
	if timed {
		text = strings.Clone(text)
		date, _ = edtf.Parse(text)
	}
	n := uint32(len(in.dates))
	in.dates = append(in.dates, date)
	in.date[text] = n
	return n
}

// withoutTimes drops the times of day from a date; an interval within a day is that
// day.
func withoutTimes(date string) string {
	start, end, isInterval := strings.Cut(date, "/")
	start, _, _ = strings.Cut(start, "T")
	if end, _, _ = strings.Cut(end, "T"); !isInterval || start == end {
		return start
	}
	return start + "/" + end
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

// An event's word is the number of a name and, in its last bits, the field that
// has the name.
const fieldBits = 3

// addName adds a word to the event at hand.
func (in *Indexer) addName(f Field, word uint32) {
	if word != 0 {
		in.part.names.words = append(in.part.names.words, word<<fieldBits|uint32(f))
		in.part.counts[f]++
	}
}

// source adds publishers and kinds, and counts sources and origins.
func (in *Indexer) source(sources []SourceRecord) {
	p, w := &in.part, in.words
	in.nth++
	origins := 0
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
		in.addName(OriginField, origin)
		in.addName(SaidField, w.of(s.QuoteBy))
		class := w.class[origin]
		for int(class) >= len(in.seen) {
			in.seen = append(in.seen, 0)
		}
		if in.seen[class] != in.nth {
			in.seen[class] = in.nth
			origins++
		}
	}
	p.sources, p.origins = append(p.sources, counted(len(sources))), append(p.origins, counted(origins))
}

// Flush hands what has been added to the index.
func (in *Indexer) Flush() {
	p := &in.part
	if len(p.date) == 0 {
		return
	}
	done := &part{
		file: p.file, first: p.first, sorted: p.sorted, by: p.by, words: in.words.text, dates: in.dates,
		at: slices.Clone(p.at), len: slices.Clone(p.len), sum: slices.Clone(p.sum), date: slices.Clone(p.date), status: slices.Clone(p.status), importance: slices.Clone(p.importance),
		moments: slices.Clip(p.moments), clocks: slices.Clip(p.clocks),
		sources: slices.Clone(p.sources), origins: slices.Clone(p.origins), features: slices.Clone(p.features), replies: slices.Clone(p.replies),
		ids: p.ids.taken(), answers: p.answers.taken(),
		blocks: blocksOf(p.text),
		names:  wordList{slices.Clone(p.names.starts), slices.Clone(p.names.words)}, counts: p.counts,
	}
	if slices.ContainsFunc(p.weights, func(w uint32) bool { return w > 0 }) {
		done.weights = slices.Clone(p.weights)
	}
	x := in.index
	if x.spool(p.text, done.blocks) {
		p.text = p.text[:0]
	} else {
		p.text = p.text[len(p.text):]
	}
	in.reset()
	if in.apart != nil {
		*in.apart = append(*in.apart, done)
		return
	}
	x.hold(done)
}

func (x *Index) hold(parts ...*part) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.parts = append(x.parts, parts...)
}

// Apart calls fill, and keeps the records that it adds out of the index until join
// is called, from any goroutine.
func (in *Indexer) Apart(fill func()) (join func()) {
	in.Flush()
	var parts []*part
	in.apart = &parts
	fill()
	in.Flush()
	in.apart = nil
	return func() { in.index.hold(parts...) }
}

// spool writes the text of blocks to the spool. It returns false if the text must
// stay in memory: there is no spool, or no room in it.
func (x *Index) spool(text []byte, blocks []block) bool {
	if x.Spool == nil {
		return false
	}
	from := x.spooled.Add(int64(len(text))) - int64(len(text))
	if _, err := x.Spool.WriteAt(text, from); err != nil {
		return false
	}
	for k := range blocks {
		blocks[k].at, blocks[k].text = from+blocks[k].at, nil
	}
	return true
}
