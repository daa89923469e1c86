package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// timelineJS reads the JSON of Knight Lab's TimelineJS 3, with an event a slide.
// https://timeline.knightlab.com/docs/json-format.html
var timelineJS = mapping{
	syntax: &jsonRecords{path: []string{"events"}},
	columns: slices.Concat(kept("start_date.year", "start_date.month", "start_date.day", "start_date.hour", "start_date.minute", "start_date.second",
		"end_date.year", "end_date.month", "end_date.day", "end_date.hour", "end_date.minute", "end_date.second", "display_date",
		"media.url", "media.caption", "media.credit"), []column{
		{"unique_id", (*rowDecoder).id},
		{"group", (*rowDecoder).topic},
		{"text.headline", slideTitle},
		{"text.text", slideSummary},
	}),
	finish: func(r *rowDecoder) {
		r.slide(slideColumns{
			start: [3]string{"start_date.year", "start_date.month", "start_date.day"},
			from:  [3]string{"start_date.hour", "start_date.minute", "start_date.second"},
			end:   [3]string{"end_date.year", "end_date.month", "end_date.day"},
			to:    [3]string{"end_date.hour", "end_date.minute", "end_date.second"},
			shown: "display_date",
			media: [3]string{"media.url", "media.caption", "media.credit"},
		})
	},
}

// timelineJSSheet reads the CSV of its spreadsheet.
var timelineJSSheet = mapping{
	columns: slices.Concat(kept("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Media", "Media Credit",
		"Media Caption"), []column{
		{"Headline", slideTitle},
		{"Text", slideSummary},
		{"Type", func(r *rowDecoder, c cell) { r.skipped = true }}, // title, or an era
		{"Group", (*rowDecoder).topic},
		{"Tag", (*rowDecoder).topic},
	}),
	leaves: "media_thumbnail alt_text background",
	finish: func(r *rowDecoder) {
		r.slide(slideColumns{
			start: [3]string{"Year", "Month", "Day"},
			from:  [3]string{"Time"},
			end:   [3]string{"End Year", "End Month", "End Day"},
			to:    [3]string{"End Time"},
			shown: "Display Date",
			media: [3]string{"Media", "Media Caption", "Media Credit"},
		})
	},
}

// slideColumns are the columns of a slide's date and medium: year, month, day; hour,
// minute, second, or a time alone; address, caption, credit.
type slideColumns struct {
	start, from [3]string
	end, to     [3]string
	shown       string
	media       [3]string
}

func (r *rowDecoder) slide(columns slideColumns) {
	if r.skipped {
		return
	}
	if first := r.cell(columns.start[0]); first.text != "" {
		r.dated = true
		start := r.timed(first, r.slideDate(columns.start), r.slideTime(columns.from))
		end := r.timed(r.cell(columns.end[0]), r.slideDate(columns.end), r.slideTime(columns.to))
		if !r.rejected {
			r.event.Date = r.interval(first, start, end)
		}
	}
	r.showDate(r.value(columns.shown))
	address := r.value(columns.media[0])
	caption, links := stripHTML(r.value(columns.media[1]))
	credit, more := stripHTML(r.value(columns.media[2]))
	switch {
	case isAddress(address):
		others := slices.DeleteFunc(r.event.Sources, func(s source) bool { return s.URL == address })
		r.event.Sources = append([]source{{URL: address, Title: caption, Publisher: credit}}, others...)
	case caption != "" && credit != "":
		r.event.Sources = append(r.event.Sources, source{Title: caption, Publisher: credit})
	}
	for _, address := range append(links, more...) {
		r.addLink(address)
	}
}

// showDate keeps a date in words that says something else than the date.
func (r *rowDecoder) showDate(shown string) {
	if shown != "" && !r.rejected && text.Fold(shown) != text.Fold(r.event.Date.Words()) {
		r.addCaveat(fmt.Sprintf("The file shows the date as “%s”.", shown))
	}
}

// slideDate reads the stated parts of a date. There is no year 0: -44 is 44 BC,
// which EDTF spells -0043.
func (r *rowDecoder) slideDate(columns [3]string) edtf.Date {
	var n [3]int
	stated := 0
	for i, column := range columns {
		c := r.cell(column)
		if c.text == "" {
			break
		}
		number, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "").Replace(c.text))
		if err != nil {
			r.reject(c, "write a whole number")
			return edtf.Date{}
		}
		n[i], stated = number, i+1
	}
	if stated == 0 {
		return edtf.Date{}
	}
	c, year := r.cell(columns[stated-1]), n[0]
	switch {
	case year == 0:
		r.reject(r.cell(columns[0]), "there is no year 0; 1 BC is -1")
		return edtf.Date{}
	case year < 0:
		year++
	}
	switch {
	case year > 9999 || year < -9999:
		return r.parseDate(c, fmt.Sprintf("Y%d", year)) // EDTF has no months of such years
	case year < 0:
		return r.parseDate(c, fmt.Sprintf("-%04d", -year)+monthAndDay(n, stated))
	}
	return r.parseDate(c, fmt.Sprintf("%04d", year)+monthAndDay(n, stated))
}

// slideTime returns the stated parts of a time of day as one cell.
func (r *rowDecoder) slideTime(columns [3]string) cell {
	c := r.cell(columns[0])
	if columns[1] == "" || c.text == "" {
		return c
	}
	c.text = padded(wholeNumber(c.text))
	for _, column := range columns[1:] {
		part := r.value(column)
		if part == "" {
			part = "0"
		}
		c.text += ":" + padded(wholeNumber(part))
	}
	return c
}

func monthAndDay(n [3]int, stated int) string {
	said := ""
	for _, part := range n[1:stated] {
		said += fmt.Sprintf("-%02d", part)
	}
	return said
}

func slideTitle(r *rowDecoder, c cell) { r.event.Title = r.stripped(c.text) }

func slideSummary(r *rowDecoder, c cell) { r.addSummary(r.stripped(c.text)) }
