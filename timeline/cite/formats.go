// Package cite writes sources as citations: in the style of a manual (Chicago, APA),
// in Markdown, and for programs that manage references (CSL-JSON, RIS, BibLaTeX).
//
//	cite.Chicago(&source) // “Treaty Signed,” KCNA, June 19, 2024, https://…
package cite

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Format is a way to write sources: a manual of style, or a format for programs
// that manage references.
type Format struct {
	Name   string // such as "biblatex"
	About  string
	Suffix string // of files, such as ".bib"; empty if it is not a file format
	write  func(io.Writer, iter.Seq[timeline.Source]) error
}

// Formats lists every format.
func Formats() []Format {
	return []Format{
		{"chicago", "notes of the Chicago Manual of Style", "", eachLine(Chicago)},
		{"apa", "entries of an APA reference list", "", eachLine(APA)},
		{"csl", "CSL-JSON, for Zotero and pandoc", ".csl.json", writeCSL},
		{"ris", "RIS, for EndNote, Mendeley and Zotero", ".ris", eachReference("", writeRIS)},
		{"biblatex", "BibLaTeX, for LaTeX with biber", ".bib", eachReference("\n", writeBibLaTeX)},
		{"markdown", "lines of Markdown, with links", "", eachLine(Markdown)},
	}
}

// Write writes each source once (see Distinct), in order. The sources
// come from a Timeline, and so are clean; Write iterates over them twice.
func (f Format) Write(w io.Writer, sources iter.Seq[timeline.Source]) error {
	b := bufio.NewWriter(w)
	if err := f.write(b, Distinct(sources)); err != nil {
		return err
	}
	return b.Flush()
}

// eachLine returns a writer of one line per source.
func eachLine(line func(*timeline.Source) string) func(io.Writer, iter.Seq[timeline.Source]) error {
	return func(w io.Writer, sources iter.Seq[timeline.Source]) error {
		for s := range sources {
			if _, err := fmt.Fprintln(w, line(&s)); err != nil {
				return err
			}
		}
		return nil
	}
}

// eachReference returns a writer of references with a text between them. Errors
// of w are left to its Flush.
func eachReference(between string, write func(io.Writer, reference)) func(io.Writer, iter.Seq[timeline.Source]) error {
	return func(w io.Writer, sources iter.Seq[timeline.Source]) error {
		separator := ""
		for r := range keyed(sources) {
			io.WriteString(w, separator)
			write(w, r)
			separator = between
		}
		return nil
	}
}

// A reference is a source with the key that documents cite it by.
type reference struct {
	timeline.Source
	key string
}

// keyed gives every source its key. The key depends only on the source, not on the
// others listed with it.
func keyed(sources iter.Seq[timeline.Source]) iter.Seq[reference] {
	return func(yield func(reference) bool) {
		taken := make(map[string]bool)
		for s := range sources {
			stem, digest := keyStem(&s), keyDigest(&s)
			// Six digits are nearly always enough to distinguish sources with one stem.
			n := 6
			for n < len(digest) && taken[stem+digest[:n]] {
				n++
			}
			r := reference{s, stem + digest[:n]}
			taken[r.key] = true
			if !yield(r) {
				return
			}
		}
	}
}

// keyStem is the readable part of a key: "kcna-2024-kim-".
func keyStem(s *timeline.Source) string {
	stem := cmp.Or(keyWord(s.Author, 2), keyWord(s.Publisher, 2), keyWord(s.Host(), 3), "source") + "-"
	start, _ := s.Published.Ends()
	if year, _, _, ok := start.Stated(); ok && year > 0 && year < 10000 {
		stem += fmt.Sprintf("%04d-", year)
	}
	if word := keyWord(s.Title, 3); word != "" {
		stem += word + "-"
	}
	return stem
}

// keyWord is the first significant ASCII word of text with at least so many
// letters, or else its first word.
func keyWord(s string, letters int) string {
	words := strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for _, word := range words {
		if len(word) >= letters && word != "the" && word != "www" {
			return word[:min(len(word), 16)]
		}
	}
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// keyDigest is the SHA-256 of the fields that identify a source.
func keyDigest(s *timeline.Source) string {
	parts := []string{s.Author, s.Title, s.Publisher, s.Via, s.URL, s.Published.String()}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// A genre is the type of a source in CSL and in RIS.
type genre struct{ csl, ris string }

func genreOf(s *timeline.Source) genre {
	switch s.Kind {
	case timeline.News, timeline.Wire, timeline.StateMedia:
		return genre{"article-newspaper", "NEWS"}
	case timeline.Research, timeline.UN, timeline.NGO:
		return genre{"report", "RPRT"}
	case timeline.Broadcast:
		return genre{"broadcast", "MPCT"}
	case timeline.Social:
		return genre{"post", "BLOG"}
	case timeline.Dataset:
		return genre{"dataset", "DATA"}
	case timeline.Imagery:
		return genre{"graphic", "ART"}
	}
	if s.URL == "" && s.Archived == "" {
		return genre{"document", "GEN"}
	}
	return genre{"webpage", "ELEC"}
}

// contained reports whether the publisher of such a work is cited as its container:
// a newspaper, a site.
func (g genre) contained() bool {
	return g.csl == "article-newspaper" || g.csl == "webpage" || g.csl == "post"
}

// carrier names the carrier of a source, if that is not its publisher.
func carrier(s *timeline.Source) string {
	if s.Via == "" {
		return ""
	}
	return "via " + s.Via
}

// hostOf is the host of an address.
func hostOf(address string) string {
	s := timeline.Source{URL: address}
	return s.Host()
}
