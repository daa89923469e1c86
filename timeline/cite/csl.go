package cite

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A cslItem is a reference of the Citation Style Language, version 1.0.2: see
// csl-data.json of github.com/citation-style-language/schema.
type cslItem struct {
	ID              string    `json:"id"`
	Type            string    `json:"type"`
	Title           string    `json:"title,omitempty"`
	Author          []cslName `json:"author,omitempty"`
	ContainerTitle  string    `json:"container-title,omitempty"`
	Publisher       string    `json:"publisher,omitempty"`
	Issued          *cslDate  `json:"issued,omitempty"`
	Accessed        *cslDate  `json:"accessed,omitempty"`
	URL             string    `json:"URL,omitempty"`
	Archive         string    `json:"archive,omitempty"`
	ArchiveLocation string    `json:"archive_location,omitempty"`
	Language        string    `json:"language,omitempty"`
	Note            string    `json:"note,omitempty"`
}

// A cslName is a name as printed: the file does not say which part is the family
// name.
type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Season  int     `json:"season,omitempty"` // spring is 1
	Circa   bool    `json:"circa,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

func writeCSL(w io.Writer, sources iter.Seq[timeline.Source]) error {
	var item bytes.Buffer
	e := json.NewEncoder(&item)
	e.SetEscapeHTML(false)
	e.SetIndent("  ", "  ")
	before, end := "[\n  ", "[]\n"
	for r := range keyed(sources) {
		item.Reset()
		if err := e.Encode(newCSLItem(r)); err != nil {
			return err
		}
		if _, err := io.WriteString(w, before+strings.TrimRight(item.String(), "\n")); err != nil {
			return err
		}
		before, end = ",\n  ", "\n]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

func newCSLItem(r reference) cslItem {
	g := genreOf(&r.Source)
	item := cslItem{
		ID: r.key, Type: g.csl, Title: r.Title, URL: r.URL, Language: r.Language, Note: carrier(&r.Source),
		Issued: newCSLDate(r.Published), Accessed: newCSLDate(r.Accessed),
		Archive: hostOf(r.Archived), ArchiveLocation: r.Archived,
	}
	if r.Author != "" {
		item.Author = []cslName{{r.Author}}
	}
	if g.contained() {
		item.ContainerTitle = r.Publisher
	} else {
		item.Publisher = r.Publisher
	}
	return item
}

// newCSLDate returns the parts that d states, or else its words: CSL cannot express
// an open or unknown end, a decade, or an interval of seasons.
func newCSLDate(d edtf.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	start, end := d.Ends()
	first, season, ok := cslParts(start)
	last, lastSeason, known := cslParts(end)
	circa := d.Uncertain() || d.Approximate()
	switch {
	case ok && start == end:
		return &cslDate{Parts: [][]int{first}, Season: season, Circa: circa}
	case ok && known && season == 0 && lastSeason == 0:
		return &cslDate{Parts: [][]int{first, last}, Circa: circa}
	}
	return &cslDate{Literal: d.Words()}
}

// cslParts are the year, month and day that d states. 1 BC is 0 in EDTF, but -1 in
// CSL, which has no year 0.
func cslParts(d edtf.Date) (parts []int, season int, ok bool) {
	year, month, day, ok := d.Stated()
	if year <= 0 {
		year--
	}
	parts = []int{year}
	switch {
	case month > 12:
		season = month - 20
	case day > 0:
		parts = append(parts, month, day)
	case month > 0:
		parts = append(parts, month)
	}
	return parts, season, ok
}
