package cli

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dateline/timeline"
	"dateline/timeline/format"
)

const (
	defaultMost = 8 << 30 // of --max-size
	deepest     = 4       // how often a file may be packed
)

// A packing is a way of compressing files. A nil open does not read it.
type packing struct {
	name, begins string
	open         func(io.Reader) (io.Reader, func(), error)
}

func packings() []packing {
	return []packing{
		{"gzip", "\x1f\x8b", func(r io.Reader) (io.Reader, func(), error) {
			z, err := gzip.NewReader(r)
			return z, func() {}, err
		}},
		{"Zstandard", "\x28\xb5\x2f\xfd", func(r io.Reader) (io.Reader, func(), error) {
			const window = 128 << 20 // as zstd itself limits it
			z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(window), zstd.WithDecoderLowmem(true))
			if err != nil {
				return nil, nil, err
			}
			return z, z.Close, nil
		}},
		{"bzip2", "BZh", func(r io.Reader) (io.Reader, func(), error) { return bzip2.NewReader(r), func() {}, nil }},
		{"xz", "\xfd7zXZ\x00", nil},
		{"lz4", "\x04\x22\x4d\x18", nil},
		{"compress", "\x1f\x9d", nil},
		{"7-Zip", "7z\xbc\xaf\x27\x1c", nil},
		{"RAR", "Rar!\x1a\x07", nil},
	}
}

// packingOf returns how a file is packed by its first bytes, nil if it is not.
func packingOf(head []byte) *packing {
	for _, p := range packings() {
		if bytes.HasPrefix(head, []byte(p.begins)) {
			return &p
		}
	}
	return nil
}

// An unpacked reads a file that may be packed, more than once even.
type unpacked struct {
	io.Reader
	name  string // of the outermost packing; empty if there is none
	close func()
}

func unpack(r io.Reader) (*unpacked, error) {
	u := &unpacked{Reader: r, close: func() {}}
	for depth := 0; ; depth++ {
		b := bufio.NewReaderSize(u.Reader, 1<<16)
		u.Reader = b
		head, err := b.Peek(6)
		p := packingOf(head)
		switch {
		case p == nil && err != nil && err != io.EOF:
			return u, u.damaged(err)
		case p == nil:
			return u, nil
		case p.open == nil:
			return u, fmt.Errorf("this is packed with %s, which is not read; unpack it, or pack it with gzip or zstd", p.name)
		case depth == deepest:
			return u, fmt.Errorf("this is packed more than %d times", deepest)
		case depth == 0:
			u.name = p.name
		}
		opened, close, err := p.open(b)
		if err != nil {
			return u, u.damaged(err)
		}
		outer := u.close
		u.Reader, u.close = opened, func() { close(); outer() }
	}
}

// damaged explains an error of unpacking.
func (u *unpacked) damaged(err error) error {
	switch {
	case u.name == "":
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("damaged %s: the file ends too early", u.name)
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return errors.New("unpacking this takes more memory than is given; pack it without --long or --ultra")
	}
	return fmt.Errorf("damaged %s: %w", u.name, err)
}

// temporaryFile makes a file without a name, which is gone when the program ends.
func temporaryFile() (*os.File, error) {
	f, err := os.CreateTemp("", "dateline-*")
	if err == nil {
		os.Remove(f.Name())
	}
	return f, err
}

// spoolFor returns a file for the text of large files, nil if they are small or if
// there is no room for one.
func spoolFor(files []format.File) timeline.Spool {
	if !anyLarge(files) {
		return nil
	}
	f, err := temporaryFile()
	if err != nil {
		return nil
	}
	return f
}

// pathless is an error without the operation and path that it names.
func pathless(err error) error {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// A byteSize is a number of bytes, as --max-size takes it: G and GiB are 2³⁰, and
// GB is 10⁹.
type byteSize int64

func (b *byteSize) Set(s string) error {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	number := strings.TrimRight(s, "BIKMGT")
	unit, power, base := s[len(number):], 0, 1024.0
	if letter := strings.TrimSuffix(strings.TrimSuffix(unit, "B"), "I"); len(letter) == 1 {
		power = 1 + strings.Index("KMGT", letter)
		if unit == letter+"B" {
			base = 1000
		}
	} else if unit != "" && unit != "B" {
		power = -1
	}
	n, err := strconv.ParseFloat(number, 64)
	n *= math.Pow(base, float64(power))
	if err != nil || power < 0 || !(n >= 1 && n < math.MaxInt64) {
		return errors.New("write a number of bytes, such as 500M or 8G")
	}
	*b = byteSize(n)
	return nil
}

func (b *byteSize) String() string {
	for _, unit := range []struct {
		size byteSize
		name string
	}{{1 << 40, "TiB"}, {1e12, "TB"}, {1 << 30, "GiB"}, {1e9, "GB"}, {1 << 20, "MiB"}, {1e6, "MB"}, {1 << 10, "KiB"}, {1e3, "kB"}} {
		if *b%unit.size == 0 {
			return fmt.Sprintf("%d %s", *b/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", *b)
}

func (b *byteSize) Type() string { return "SIZE" }
