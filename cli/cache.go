package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"dateline/cli/state"
	"dateline/timeline"
	"dateline/timeline/format"
)

// The index of large files is kept in the cache folder, a file for each way to
// name them. It is used only if the program is the same, and if all bytes of the
// files are those that were indexed, which checksums of their blocks tell.

// A keptFor says what an index was made of.
type keptFor struct {
	Program string
	Files   []keptFile
}

// A keptFile is a file that was indexed.
type keptFile struct {
	Name, Path string // as it was named, and absolute
	In         string // see format.File
	Columns    map[string]string
	Size       int64
	Changed    time.Time
	Sums       []uint32 // of its blocks
}

const (
	defaultCache = 2 << 30 // of --cache-size
	hashedBlock  = 1 << 20
	cacheEnding  = ".index"
)

// A cache is where the index of some files is kept, or may be.
type cache struct {
	path  string
	of    keptFor // without sums
	files []format.File
	most  int64
	stale bool // much has been appended since it was kept
}

// cacheOf returns where the index of files is kept; nil if it is not: they are not
// all large files on disk, or the reader wants none.
func (c *command) cacheOf(files []format.File) *cache {
	if c.noCache || c.noState || c.served != nil || !anyLarge(files) {
		return nil
	}
	dir, err := xdg(c.env, "XDG_CACHE_HOME", "LocalAppData", ".cache")
	if err != nil {
		return nil
	}
	of := keptFor{Program: program()}
	for _, f := range files {
		kept, ok := identify(&f)
		if !ok {
			return nil
		}
		of.Files = append(of.Files, kept)
	}
	names := sha256.New()
	for _, f := range of.Files {
		fmt.Fprintf(names, "%q %q %q %q\n", f.Name, f.Path, f.In, fmt.Sprint(f.Columns))
	}
	return &cache{path: filepath.Join(dir, hex.EncodeToString(names.Sum(nil)[:16])+cacheEnding), of: of, files: files, most: int64(c.cacheSize)}
}

// program tells this program from other versions, which may read files otherwise.
func program() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(version(), " ", info.Size(), " ", info.ModTime().UnixNano())
}

// identify tells what a file is now, which may have grown since it was opened; ok is
// false if it is not one on disk.
func identify(f *format.File) (k keptFile, ok bool) {
	data, isFile := f.Data.(*os.File)
	if !isFile {
		return k, false
	}
	path, err := filepath.Abs(f.Name)
	if err != nil {
		return k, false
	}
	open, err := data.Stat()
	named, err2 := os.Stat(path)
	if err != nil || err2 != nil || !named.Mode().IsRegular() || !os.SameFile(open, named) || named.Size() < f.Size {
		return k, false
	}
	return keptFile{Name: f.Name, Path: path, In: f.In, Columns: f.Columns, Size: named.Size(), Changed: named.ModTime()}, true
}

// same reports whether the files are as they were, but that the last may have grown.
func (k *keptFor) same(later *keptFor) bool {
	if k.Program != later.Program || len(k.Files) != len(later.Files) {
		return false
	}
	for i, was := range k.Files {
		is := later.Files[i]
		grown := i == len(k.Files)-1 && is.Size > was.Size
		if !grown && (is.Size != was.Size || !is.Changed.Equal(was.Changed)) || is.Name != was.Name || is.Path != was.Path || is.In != was.In || !maps.Equal(is.Columns, was.Columns) {
			return false
		}
	}
	return true
}

// A keptIndex is an index that was kept, and looks like that of the files.
type keptIndex struct {
	*format.Kept
	*cache
	of   keptFor
	file *os.File // closed when it is garbage
}

// errChanged means that files are not as they were when they were indexed.
var errChanged = errors.New("the file has changed since its index was kept")

// open opens the index. It is nil without an error if none is kept.
func (c *cache) open() (*keptIndex, error) {
	f, err := os.Open(c.path)
	if err != nil {
		return nil, nil
	}
	k := &keptIndex{cache: c, file: f}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errChanged
	}
	if err == nil {
		k.Kept, err = format.OpenKept(f, info.Size())
	}
	if err == nil {
		err = json.Unmarshal(k.More(), &k.of)
	}
	if err == nil && !k.of.same(&c.of) {
		err = errChanged
	}
	if err == nil {
		size := k.of.last().Size
		appended := c.of.last().Size - size
		c.stale = appended > size/16
		if appended > size/2 {
			err = errChanged // reading it takes as long as reading all
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return k, nil
}

func (k *keptFor) last() *keptFile { return &k.Files[len(k.Files)-1] }

// openKept opens the index that is kept of files, once it has been checked.
func (c *command) openKept(files []format.File) (t *timeline.Timeline, r format.Report, ok bool) {
	cache := c.cacheOf(files)
	if cache == nil {
		return nil, r, false
	}
	k, err := cache.open()
	if k == nil || err != nil {
		return nil, r, false
	}
	if t, r, err = k.Open(files...); err == nil {
		err = k.check(func(int64) {})
	}
	return t, r, err == nil
}

// check compares the files, and the index, with their checksums: the ends of the
// files first. Progress is told how many bytes have been compared.
func (k *keptIndex) check(progress func(done int64)) error {
	var blocks []hashed
	for i, f := range k.of.Files {
		n := int((f.Size + hashedBlock - 1) / hashedBlock)
		if len(f.Sums) != n {
			return errChanged
		}
		for b := range n {
			blocks = append(blocks, hashed{i, int64(b) * hashedBlock})
		}
	}
	if n := len(blocks); n > 1 {
		blocks[1], blocks[n-1] = blocks[n-1], blocks[1]
	}
	var failed atomic.Bool
	var done atomic.Int64
	each(len(blocks), runtime.GOMAXPROCS(0), &failed, func(n int, buf []byte) {
		b := blocks[n]
		sum, err := b.sum(k.files, k.of.Files[b.file].Size, buf)
		if err != nil || sum != k.of.Files[b.file].Sums[b.at/hashedBlock] {
			failed.Store(true)
		}
		progress(done.Add(hashedBlock))
	})
	if failed.Load() {
		return errChanged
	}
	now := k.cache.again()
	if now == nil || !k.cache.of.same(now) {
		return errChanged
	}
	return k.Kept.Check(failed.Load)
}

// again looks at the files again; it is nil if they are gone.
func (c *cache) again() *keptFor {
	now := &keptFor{Program: c.of.Program}
	for i := range c.files {
		k, ok := identify(&c.files[i])
		if !ok {
			return nil
		}
		now.Files = append(now.Files, k)
	}
	return now
}

// A hashed is a block of a file.
type hashed struct {
	file int
	at   int64
}

// sum makes the checksum of the block of a file of that size.
func (b hashed) sum(files []format.File, size int64, buf []byte) (uint32, error) {
	buf = buf[:min(hashedBlock, size-b.at)]
	n, err := files[b.file].Data.ReadAt(buf, b.at)
	if n < len(buf) {
		return 0, cmp.Or(err, io.ErrUnexpectedEOF)
	}
	return crc32.Checksum(buf, crc32.MakeTable(crc32.Castagnoli)), nil
}

// each calls work for every number below n from so many goroutines, until one has
// failed. Each has a buffer for a block.
func each(n, workers int, failed *atomic.Bool, work func(n int, buf []byte)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			buf := make([]byte, hashedBlock)
			for k := int(next.Add(1)) - 1; k < n && !failed.Load(); k = int(next.Add(1)) - 1 {
				work(k, buf)
			}
		})
	}
	wait.Wait()
}

// unchangedFor is how long files must have been left alone before they are indexed for
// the index to be kept: a clock of files that stands still hides a change.
const unchangedFor = 100 * time.Millisecond

// keep keeps the index that was made of the files. It works beside the viewer, on
// one processor, and leaves the index whole or not at all.
func (c *cache) keep(t *timeline.Timeline, r format.Report, began time.Time) error {
	if !slices.ContainsFunc(c.of.Files, func(f keptFile) bool { return began.Sub(f.Changed) < unchangedFor }) {
		return c.write(t, r)
	}
	return nil
}

func (c *cache) write(t *timeline.Timeline, r format.Report) error {
	of := keptFor{Program: c.of.Program, Files: slices.Clone(c.of.Files)}
	buf := make([]byte, hashedBlock)
	for i := range of.Files {
		f := &of.Files[i]
		if f.Size != c.files[i].Size {
			return errChanged
		}
		for at := int64(0); at < f.Size; at += hashedBlock {
			sum, err := (hashed{i, at}).sum(c.files, f.Size, buf)
			if err != nil {
				return err
			}
			f.Sums = append(f.Sums, sum)
		}
	}
	if now := c.again(); now == nil || !of.same(now) || !now.same(&of) {
		return errChanged
	}
	more, err := json.Marshal(of)
	if err != nil {
		return err
	}
	dir := filepath.Dir(c.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	err = state.Write(c.path, 0o600, true, func(w io.Writer) error { return format.Keep(w, t, r, more) })
	if err != nil {
		return err
	}
	return prune(dir, c.most)
}

// prune removes the oldest indexes until the others have no more than so many
// bytes.
func prune(dir string, most int64) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var kept []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), cacheEnding) && info.Mode().IsRegular() {
			kept = append(kept, info)
		}
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range kept {
		if most -= info.Size(); most < 0 {
			err = errors.Join(err, os.Remove(filepath.Join(dir, info.Name())))
		}
	}
	return err
}
