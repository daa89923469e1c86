package timeline

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"unsafe"

	"dateline/timeline/edtf"
)

// A timeline that has been indexed can be kept in a file, and be opened again
// without reading its events. The file has the columns one after the other, the
// text to search, a head that says where they are and what their checksums are,
// and a tail that says where the head is:
//
//	columns, text, head, tail
//
// Whatever is damaged, cut short or of another version is an error when the file
// is opened or checked.

// keptForm is changed with whatever changes the meaning of the file.
const keptForm = "dateline index 2"

// keptTail is the size of the tail: the form, and the head's length and checksum.
const keptTail = len(keptForm) + 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A keptHead is the head of the file, in JSON.
type keptHead struct {
	Order  byte // the first of the number 1: numbers are as this machine has them
	About  About
	Actors []Actor
	Files  []string
	Events int
	Key    idKey
	Sizes  []int64  // of the columns, in bytes
	Sums   []uint32 // of the columns
	Text   int64    // how much text there is
	More   []byte   // the caller's
}

// A Filed counts the events that are filed on a day, by their status.
type Filed struct {
	Day    edtf.Day
	Events [len(statuses)]int
}

// Beyond tells, of a timeline that has only the first and the last events of another,
// how many events that has on each day. It is nil for any other.
func (t *Timeline) Beyond() []Filed { return t.beyond }

// previewed is how many events a preview has at either end of the timeline: as many as
// a high screen has rows.
const previewed = 128

// preview chooses the events of a preview: those at the ends, those linked to the first
// and the last, and others with the longest of what a list measures.
func (t *Timeline) preview() []Extent {
	n := t.Len()
	chosen := make(map[int]bool)
	for i := range min(previewed, n) {
		chosen[i], chosen[n-1-i] = true, true
	}
	for _, i := range []int{0, n - 1} {
		for _, linked := range [][]int{t.Answers(i), t.AnsweredBy(i)} {
			for _, k := range linked[:min(previewed, len(linked))] {
				chosen[k] = true
			}
		}
	}
	longest := func(of func(i int) int) {
		most := 0
		for i := range n {
			if of(i) > of(most) {
				most = i
			}
		}
		chosen[most] = true
	}
	longest(func(i int) int { return int(t.sources[i]) })
	longest(func(i int) int { return int(t.origins[i]) })
	var seen [len(statuses)]bool
	for i, s := range t.status {
		if !seen[s] {
			chosen[i], seen[s] = true, true
		}
	}
	wide := make(map[uint32]bool) // dates
	for _, i := range t.wide {
		if d := t.dates.numbers[i]; !wide[d] && len(wide) < previewed {
			chosen[int(i)], wide[d] = true, true
		}
	}
	if i := slices.IndexFunc(t.clocks, func(clock uint32) bool { return clock > 0 }); i >= 0 {
		chosen[i] = true
	}
	var all []Extent
	for i := range chosen {
		all = append(all, t.Extent(i))
	}
	slices.SortFunc(all, func(a, b Extent) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.At, b.At)) })
	return all
}

// previewable reports whether it is enough to count the events by day: no hours are
// drawn of events that are not, nearly all, of a few days.
func (t *Timeline) previewable() bool {
	for i := range t.Len() {
		if next := i + t.Len()/100; t.Timed() && next < t.Len() && t.Day(next) == t.Day(i) {
			return false
		}
	}
	return t.Len() > 0
}

// Keep writes the timeline, and more that the caller wants to keep with it.
func (t *Timeline) Keep(w io.Writer, more []byte) error {
	k, err := t.columns()
	if err != nil {
		return err
	}
	head := keptHead{Order: byteOrder(), About: t.About, Actors: t.actors, Files: t.files, Events: t.Len(), Key: t.key, More: more}
	h := t.text
	var buf []byte
	for n := range h.blocks {
		text := h.read(&h.blocks[n], &buf)
		k.blockSums = append(k.blockSums, crc32.Checksum(text, castagnoli))
	}
	for _, c := range k.all {
		sum, size, err := c.write(w)
		if err != nil {
			return err
		}
		head.Sizes, head.Sums = append(head.Sizes, size), append(head.Sums, sum)
	}
	for n := range h.blocks {
		text := h.read(&h.blocks[n], &buf)
		head.Text += int64(len(text))
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	if err := t.Err(); err != nil {
		return err
	}
	tail, err := json.Marshal(head)
	if err != nil {
		return err
	}
	size, sum := len(tail), crc32.Checksum(tail, castagnoli)
	tail = binary.LittleEndian.AppendUint32(append(tail, keptForm...), uint32(size))
	_, err = w.Write(binary.LittleEndian.AppendUint32(tail, sum))
	return err
}

// A Kept is a file that Keep has written.
type Kept struct {
	head keptHead
	r    io.ReaderAt
	text []block // of which first is not set
	sums []uint32
}

var errDamaged = errors.New("the kept index is damaged")

// OpenKept reads the head of a file of that size. Nothing else has been checked.
func OpenKept(r io.ReaderAt, size int64) (*Kept, error) {
	var tail [keptTail]byte
	if _, err := r.ReadAt(tail[:], size-int64(len(tail))); size < int64(len(tail)) || err != nil && err != io.EOF || string(tail[:len(keptForm)]) != keptForm {
		return nil, errDamaged
	}
	length := int64(binary.LittleEndian.Uint32(tail[len(keptForm):]))
	if length > size-int64(len(tail)) {
		return nil, errDamaged
	}
	text := make([]byte, length)
	at := size - int64(len(tail)) - length
	if _, err := r.ReadAt(text, at); err != nil && err != io.EOF || crc32.Checksum(text, castagnoli) != binary.LittleEndian.Uint32(tail[len(keptForm)+4:]) {
		return nil, errDamaged
	}
	k := &Kept{r: r}
	if json.Unmarshal(text, &k.head) != nil || k.head.Order != byteOrder() || len(k.head.Sizes) != len(k.head.Sums) || k.head.Events <= 0 || k.head.Text < 0 {
		return nil, errDamaged
	}
	left := at - k.head.Text
	for _, size := range k.head.Sizes {
		if size < 0 || size > left {
			return nil, errDamaged
		}
		left -= size
	}
	if left != 0 {
		return nil, errDamaged
	}
	return k, nil
}

// More is what was given to Keep.
func (k *Kept) More() []byte { return k.head.More }

// Kept makes the timeline of a file that was kept, with room for about so many more
// events. The text to search has to be checked yet.
func (x *Index) Kept(k *Kept, room int) (t *Timeline, err error) {
	defer func() {
		if recover() != nil { // columns that do not fit together
			t, err = nil, errDamaged
		}
	}()
	h := &k.head
	t = &Timeline{About: h.About, actors: h.Actors, files: h.Files, key: h.Key, results: new(resultCache)}
	t.store = &store{decode: x.decode, glance: x.Glance}
	t.text = &haystack{spool: k.r, fail: t.store.fail}
	for f := range t.names {
		t.names[f] = nameColumn{bySpelling: make(map[string]int), spellings: new(spellings)}
	}
	columns, _ := t.columns()
	if len(columns.all) != len(h.Sizes) {
		return nil, errDamaged
	}
	starts := make([]int64, len(h.Sizes)+1)
	for n, size := range h.Sizes {
		starts[n+1] = starts[n] + size
	}
	failed := make([]error, len(h.Sizes))
	r := k.r
	longest := make([]int, len(h.Sizes))
	for n := range longest {
		longest[n] = n
	}
	slices.SortFunc(longest, func(a, b int) int { return cmp.Compare(h.Sizes[b], h.Sizes[a]) })
	share(len(h.Sizes), func(k int) {
		n := longest[k]
		failed[n] = columns.all[n].read(io.NewSectionReader(r, starts[n], h.Sizes[n]), h.Sizes[n], h.Sums[n], room)
	})
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	if err := columns.join(t, h.Events, starts[len(h.Sizes)]); err != nil {
		return nil, err
	}
	k.text, k.sums = t.text.blocks, columns.blockSums
	return t, nil
}

// Check compares the text to search with its checksums. It stops when stop says so.
func (k *Kept) Check(stop func() bool) error {
	failed := make([]error, workers())
	share(len(failed), func(w int) {
		var buf []byte
		for n := w; n < len(k.text) && !stop(); n += len(failed) {
			h := haystack{spool: k.r, fail: func(error) {}}
			if text := h.read(&k.text[n], &buf); len(text) != k.text[n].len || crc32.Checksum(text, castagnoli) != k.sums[n] {
				failed[w] = errDamaged
				return
			}
		}
	})
	return errors.Join(failed...)
}

// Preview makes a timeline of the first and the last events of the file, read from where
// they are stored; x is empty. It is nil if there is none: see previewable.
func (x *Index) Preview(k *Kept) (t *Timeline, err error) {
	defer func() {
		if recover() != nil {
			t, err = nil, errDamaged
		}
	}()
	c, _ := (&Timeline{store: new(store), text: new(haystack)}).columns()
	if len(c.all) != len(k.head.Sizes) {
		return nil, errDamaged
	}
	at := int64(0)
	for n, column := range c.all {
		size := k.head.Sizes[n]
		if n >= len(c.all)-previewColumns {
			if err := column.read(io.NewSectionReader(k.r, at, size), size, k.head.Sums[n], 0); err != nil {
				return nil, err
			}
		}
		at += size
	}
	if len(c.first.file) == 0 {
		return nil, nil
	}
	extents := make([]Extent, len(c.first.file))
	for i := range extents {
		extents[i] = Extent{int(c.first.file[i]), c.first.at[i], int(c.first.len[i]), c.first.sum[i]}
	}
	in := x.Indexer()
	added := make([]bool, len(extents))
	if x.Glance != nil {
		x.Glance(extents, false, func(i int, r *Record) {
			r.Extent = extents[i]
			added[i] = in.Add(r)
		})
	}
	for i, at := range extents {
		if added[i] {
			continue
		}
		e, err := x.decode(at)
		if err != nil {
			return nil, err
		}
		if r := NewRecord(&e, at); !in.Add(&r) {
			return nil, errDamaged
		}
	}
	in.Flush()
	t = x.Timeline(k.head.About, k.head.Actors)
	for i, day := range c.filedOn {
		f := Filed{Day: edtf.Day(day)}
		for s := range f.Events {
			f.Events[s] = int(c.filed[i*len(f.Events)+s])
		}
		t.beyond = append(t.beyond, f)
	}
	return t, nil
}

// keptColumns are the columns of a timeline in the order of the file. Some are
// only made for it.
type keptColumns struct {
	all                                []keptColumn
	dates                              []string
	parts                              struct{ file, n []uint32 }
	firsts                             []int64
	at, len, sum                       []uint32
	spelled                            [listFields][]string
	spells, posted                     [listFields][]uint32
	blockFirsts, blockSizes, blockSums []uint32
	days                               []int64

	first struct { // where the events of a preview are
		file, len, sum []uint32
		at             []int64
	}
	filedOn []int64  // the days with events
	filed   []uint32 // by day and status: how many events
}

// previewColumns is how many columns a preview needs: the last.
const previewColumns = 6

// columns lists the columns of a timeline, to be written or to be read.
func (t *Timeline) columns() (*keptColumns, error) {
	k := new(keptColumns)
	for _, d := range t.dates.distinct {
		if again, err := edtf.Parse(d.String()); err != nil || again != d {
			return nil, errors.New("a date says more than its text")
		}
		k.dates = append(k.dates, d.String())
	}
	for _, p := range t.store.parts {
		k.parts.file, k.parts.n, k.firsts = append(k.parts.file, uint32(p.file)), append(k.parts.n, uint32(len(p.at))), append(k.firsts, p.first)
		k.at, k.len, k.sum = append(k.at, p.at...), append(k.len, p.len...), append(k.sum, p.sum...)
	}
	for _, b := range t.text.blocks {
		k.blockFirsts, k.blockSizes = append(k.blockFirsts, uint32(b.first)), append(k.blockSizes, uint32(b.len))
	}
	for _, day := range t.reach.days {
		k.days = append(k.days, int64(day))
	}
	k.all = []keptColumn{
		texts{&k.dates}, raw[uint32]{&t.dates.numbers}, raw[uint32]{&t.clocks}, raw[Status]{&t.status}, raw[Tier]{&t.importance}, raw[uint32]{&t.weights},
		raw[uint16]{&t.sources}, raw[uint16]{&t.origins}, raw[features]{&t.features}, raw[uint32]{&t.wide}, raw[uint32]{&t.reach.starts}, raw[int64]{&k.days},
		raw[uint32]{&t.answers.from}, raw[uint32]{&t.answers.to}, raw[uint32]{&t.answeredBy.from}, raw[uint32]{&t.answeredBy.to}, raw[uint32]{&t.unanswered},
		raw[uint32]{&t.store.order}, raw[uint32]{&t.store.positions}, raw[uint32]{&t.store.tags},
		raw[uint32]{&k.parts.file}, raw[uint32]{&k.parts.n}, raw[int64]{&k.firsts}, raw[uint32]{&k.at}, raw[uint32]{&k.len}, raw[uint32]{&k.sum},
		raw[uint32]{&k.blockFirsts}, raw[uint32]{&k.blockSizes}, raw[uint32]{&k.blockSums},
	}
	for f := range t.names {
		c := &t.names[f]
		for name, n := range c.bySpelling {
			k.spelled[f], k.spells[f] = append(k.spelled[f], name), append(k.spells[f], uint32(n))
		}
		k.posted[f] = slices.Concat(c.postings...)
		k.all = append(k.all, texts{&c.names}, texts{&k.spelled[f]}, raw[uint32]{&k.spells[f]}, raw[uint32]{&c.starts.base}, raw[uint16]{&c.starts.off}, raw[uint32]{&c.starts.all},
			raw[uint8]{&c.numbers.bytes}, raw[uint16]{&c.numbers.twos}, raw[uint32]{&c.numbers.fours}, raw[uint32]{&c.firsts}, raw[uint32]{&c.counts}, raw[uint32]{&k.posted[f]})
	}
	if t.previewable() {
		for _, at := range t.preview() {
			k.first.file, k.first.at = append(k.first.file, uint32(at.File)), append(k.first.at, at.At)
			k.first.len, k.first.sum = append(k.first.len, uint32(at.Len)), append(k.first.sum, at.Sum)
		}
		for i, s := range t.status {
			if n := len(k.filedOn); n == 0 || k.filedOn[n-1] != int64(t.Day(i)) {
				k.filedOn, k.filed = append(k.filedOn, int64(t.Day(i))), append(k.filed, make([]uint32, len(statuses))...)
			}
			k.filed[len(k.filed)-len(statuses)+int(s)]++
		}
	}
	k.all = append(k.all, raw[uint32]{&k.first.file}, raw[int64]{&k.first.at}, raw[uint32]{&k.first.len}, raw[uint32]{&k.first.sum}, raw[int64]{&k.filedOn}, raw[uint32]{&k.filed})
	return k, nil
}

// join makes the rest of a timeline of n events from its columns. The text to
// search begins at an offset.
func (k *keptColumns) join(t *Timeline, n int, text int64) error {
	for _, s := range k.dates {
		d, err := edtf.Parse(s)
		if err != nil {
			return errDamaged
		}
		t.dates.distinct = append(t.dates.distinct, d)
	}
	for _, day := range k.days {
		t.reach.days = append(t.reach.days, edtf.Day(day))
	}
	sound := len(t.dates.numbers) == n && len(t.status) == n && len(t.importance) == n && len(t.sources) == n && len(t.origins) == n && len(t.features) == n &&
		len(t.reach.days) == len(t.reach.starts) && len(k.parts.n) == len(k.parts.file) && len(k.parts.n) == len(k.firsts) && len(k.at) == len(k.len) && len(k.at) == len(k.sum) &&
		len(t.store.tags) == len(k.at) && (t.store.order != nil && len(t.store.order) == n && len(t.store.positions) == len(k.at) || t.store.order == nil && len(k.at) == n) &&
		(t.clocks == nil || len(t.clocks) == n) && (t.weights == nil || len(t.weights) == n) && len(k.blockSizes) == len(k.blockFirsts) && len(k.blockSizes) == len(k.blockSums)
	if !sound {
		return errDamaged
	}
	var parts []*part
	from := uint32(0)
	for i, size := range k.parts.n {
		to := from + size
		parts = append(parts, &part{file: int(k.parts.file[i]), first: k.firsts[i], at: k.at[from:to], len: k.len[from:to], sum: k.sum[from:to]})
		from = to
	}
	t.store.records = newBuilder(parts, nil).records
	h := t.text
	h.n, h.positions = t.store.records.n, t.store.positions
	for i, size := range k.blockSizes {
		h.blocks = append(h.blocks, block{first: int(k.blockFirsts[i]), at: text, len: int(size)})
		text += int64(size)
	}
	for f := range t.names {
		c := &t.names[f]
		if c.starts.len() != n+1 || c.starts.at(n) != c.numbers.len() || len(c.counts) != len(c.names) || len(c.firsts) != len(c.names) || len(k.spelled[f]) != len(k.spells[f]) {
			return errDamaged
		}
		for i, name := range k.spelled[f] {
			c.bySpelling[name] = int(k.spells[f][i])
		}
		if isPosted(Field(f)) {
			c.cutPostings(k.posted[f])
		}
	}
	return nil
}

// A keptColumn can be written and be read, with room for more.
type keptColumn interface {
	write(w io.Writer) (sum uint32, size int64, err error)
	read(r io.Reader, size int64, sum uint32, room int) error
}

// raw is a column of numbers, which lie in the file as in memory.
type raw[T number] struct{ numbers *[]T }

type number interface {
	~uint8 | ~uint16 | ~uint32 | ~int64
}

// byteOrder tells machines apart that have the bytes of a number in another order.
func byteOrder() byte { return bytesOf([]uint16{1})[0] }

// bytesOf returns numbers as bytes.
func bytesOf[T number](numbers []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(numbers))), len(numbers)*binary.Size(*new(T)))
}

// rawChunk is how many bytes are read at once: they are in the cache of the processor
// when their checksum is made.
const rawChunk = 1 << 18

func (c raw[T]) write(w io.Writer) (sum uint32, size int64, err error) {
	all := bytesOf(*c.numbers)
	_, err = w.Write(all)
	return crc32.Checksum(all, castagnoli), int64(len(all)), err
}

func (c raw[T]) read(r io.Reader, size int64, sum uint32, room int) error {
	width := int64(binary.Size(*new(T)))
	if size == 0 {
		*c.numbers = nil
		return nil
	}
	if size%width != 0 {
		return errDamaged
	}
	numbers := make([]T, size/width, size/width+int64(room))
	found := uint32(0)
	for part := range slices.Chunk(bytesOf(numbers), rawChunk) {
		if _, err := io.ReadFull(r, part); err != nil {
			return errDamaged
		}
		found = crc32.Update(found, castagnoli, part)
	}
	if found != sum {
		return errDamaged
	}
	*c.numbers = numbers
	return nil
}

// texts is a column of texts: their lengths, then all of them.
type texts struct{ all *[]string }

func (c texts) write(w io.Writer) (sum uint32, size int64, err error) {
	buf := binary.LittleEndian.AppendUint32(nil, uint32(len(*c.all)))
	for _, s := range *c.all {
		buf = binary.LittleEndian.AppendUint32(buf, uint32(len(s)))
	}
	for _, s := range *c.all {
		buf = append(buf, s...)
	}
	_, err = w.Write(buf)
	return crc32.Checksum(buf, castagnoli), int64(len(buf)), err
}

func (c texts) read(r io.Reader, size int64, sum uint32, _ int) error {
	buf := make([]byte, size)
	if _, err := io.ReadFull(r, buf); err != nil || crc32.Checksum(buf, castagnoli) != sum || size < 4 {
		return errDamaged
	}
	n := int64(binary.LittleEndian.Uint32(buf))
	if 4+4*n > size || size > math.MaxInt32 {
		return errDamaged
	}
	lengths, all := buf[4:4+4*n], string(buf[4+4*n:])
	found := make([]string, n)
	for i := range found {
		length := int(binary.LittleEndian.Uint32(lengths[4*i:]))
		if length > len(all) {
			return errDamaged
		}
		found[i], all = all[:length], all[length:]
	}
	*c.all = found
	return nil
}
