package brief

import (
	"cmp"
	"encoding/json"
	"io"

	"dateline/timeline"
	"dateline/timeline/text"
)

// The shape of a brief in JSON, version 2, which docs/brief.md explains. Fields may
// be added but not removed or redefined. Lists are never null. Dates are EDTF
// unless a field says "in words".
type (
	jsonBrief struct {
		BriefVersion string       `json:"briefVersion"`
		Title        string       `json:"title"`
		Scope        string       `json:"scope"`  // the query in words
		Query        string       `json:"query"`  // the query itself
		Period       string       `json:"period"` // in words
		Reach        string       `json:"reach"`  // how far the data reach, in words; empty if the brief is made soon after
		AsOf         string       `json:"asOf"`
		Language     string       `json:"language"`
		BottomLine   string       `json:"bottomLine"` // empty if nobody wrote one
		Since        *jsonChanges `json:"since"`      // null without an earlier brief, or if not asked for
		Events       []jsonEntry  `json:"events"`
		Denied       []jsonPair   `json:"denied"`   // that no event of the page tells already
		Answered     []jsonPair   `json:"answered"` // statements and replies
		People       []jsonPerson `json:"people"`
		Profile      *jsonProfile `json:"profile"` // of the one person whom the query names, or null
		Notes        []jsonMargin `json:"notes"`   // the reader's, if they are asked for
		OneOrigin    []jsonOrigin `json:"oneOrigin"`
		Dropped      jsonDropped  `json:"dropped"`
		Sources      []jsonNote   `json:"sources"` // in the order of their numbers, from 1
		Page         jsonPage     `json:"page"`
		File         jsonFile     `json:"file"`
	}
	jsonNamed struct {
		ID    string `json:"id"`
		Date  string `json:"date"`
		Title string `json:"title"`
	}
	jsonEntry struct {
		jsonNamed
		When    string `json:"when"`  // the date in words
		Point   int    `json:"point"` // its number among the key points; 0 is a line of the chronology
		Status  string `json:"status"`
		Tier    string `json:"tier"` // must, should, could or none
		New     bool   `json:"new"`
		Text    string `json:"text"`   // whole sentences, [1] is the first source; empty for a line
		Denial  string `json:"denial"` // who denies it, where another event does
		Caveat  string `json:"caveat"`
		Sources int    `json:"sources"` // all of them, cited here or not
		Origins int    `json:"origins"`
		Notes   []int  `json:"notes"` // numbers of the sources cited here
	}
	jsonPair struct {
		Claim  jsonSide `json:"claim"`
		Answer jsonSide `json:"answer"`
	}
	jsonProfile struct {
		Name   string          `json:"name"`
		Role   string          `json:"role"`
		Said   []jsonQuotation `json:"said"`
		Denied []jsonSide      `json:"denied"`
		Met    []jsonMeeting   `json:"met"`
	}
	jsonQuotation struct {
		Date  string `json:"date"` // of the event
		Words string `json:"words"`
		Note  int    `json:"note"`
	}
	jsonMeeting struct {
		Name string `json:"name"`
		Last string `json:"last"`
	}
	jsonMargin struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	}
	jsonSide struct {
		jsonNamed
		Status string `json:"status"`
		Notes  []int  `json:"notes"`
	}
	jsonPerson struct {
		Name   string       `json:"name"`
		Kind   string       `json:"kind"`
		Native []jsonNative `json:"native"`
		Role   string       `json:"role"`
		Events int          `json:"events"` // selected events that name it
	}
	jsonNative struct {
		Language string `json:"language"`
		Name     string `json:"name"`
	}
	jsonOrigin struct {
		Origin string   `json:"origin"`
		Events []string `json:"events"` // ids
	}
	jsonChanges struct {
		Since   string       `json:"since"` // in words
		Dated   bool         `json:"dated"` // only dates could be compared
		Counts  jsonCounts   `json:"counts"`
		Changes []jsonChange `json:"changes"`
		More    int          `json:"more"` // changes that did not fit
	}
	jsonCounts struct {
		New       int `json:"new"`
		Status    int `json:"status"`
		Sources   int `json:"sources"`
		Text      int `json:"text"`
		Withdrawn int `json:"withdrawn"`
	}
	jsonChange struct {
		jsonNamed
		New              bool   `json:"new"`
		Withdrawn        bool   `json:"withdrawn"`
		From             string `json:"from"` // status
		To               string `json:"to"`
		SourcesAdded     int    `json:"sourcesAdded"`
		SourcesWithdrawn int    `json:"sourcesWithdrawn"`
		Text             bool   `json:"text"`
	}
	jsonDropped struct {
		Count  int         `json:"count"`
		Musts  int         `json:"musts"`  // how many of them must be told
		Events []jsonNamed `json:"events"` // the most important first, at most 100
	}
	jsonNote struct {
		Number       int    `json:"number"`
		Short        string `json:"short"` // as it is printed
		Note         string `json:"note"`  // in full, without addresses
		URL          string `json:"url"`
		Archived     string `json:"archived"`
		Title        string `json:"title"`
		Publisher    string `json:"publisher"`
		Author       string `json:"author"`
		Via          string `json:"via"`
		AttributedTo string `json:"attributedTo"`
		Kind         string `json:"kind"`
		Published    string `json:"published"`
		Language     string `json:"language"`
	}
	jsonPage struct {
		Paper         string  `json:"paper"`   // a4, letter or none
		Minutes       float64 `json:"minutes"` // the limit; 0 is none
		Pages         float64 `json:"pages"`   // of that paper when printed; without paper, of A4 as plain text
		Words         int     `json:"words"`   // without the dropped events, the sources and the foot
		SecondsSilent int     `json:"secondsSilent"`
		SecondsAloud  int     `json:"secondsAloud"`
	}
	jsonFile struct {
		Name      string `json:"name"`
		SHA256    string `json:"sha256"`
		LeftOut   string `json:"leftOut"` // the unreadable part
		Total     int    `json:"total"`   // events in it
		Selected  int    `json:"selected"`
		Shown     int    `json:"shown"`
		Uncertain int    `json:"uncertain"` // selected by an uncertain date
	}
)

// WriteJSON writes a brief and the events that it dropped as JSON.
func WriteJSON(w io.Writer, b *Brief) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(briefShape(b.Printed()))
}

func briefShape(b *Brief) jsonBrief {
	silent, aloud := b.Seconds()
	return jsonBrief{
		BriefVersion: "2.0",
		Title:        b.Title, Scope: b.Scope, Query: text.Clean(b.Query.String()), Period: b.Period, Reach: b.Reach, AsOf: b.AsOf.String(),
		Language: b.Language, BottomLine: b.BottomLine,
		Since: changesShape(b.Since), Events: each(b.Events, entryShape), Denied: each(b.Denied, pairShape), Answered: each(b.Answered, pairShape),
		People: each(b.People, personShape), Profile: profileShape(b.Profile), Notes: each(b.Notes, func(n Note) jsonMargin { return jsonMargin{n.ID, n.Text} }), OneOrigin: each(b.OneOrigin, originShape),
		Dropped: jsonDropped{b.Selected - len(b.Events), b.DroppedMusts(), each(b.Dropped, nameShape)},
		Sources: noteShapes(b.Sources),
		Page:    jsonPage{b.Paper.String(), b.Minutes, cmp.Or(b.Filled(), b.Pages()), b.Words(), silent, aloud},
		File:    jsonFile{b.File, b.Digest, b.LeftOut, b.Total, b.Selected, len(b.Events), b.Uncertain},
	}
}

// each maps a list. The result is never nil.
func each[T, S any](list []T, shape func(T) S) []S {
	shapes := make([]S, 0, len(list))
	for _, element := range list {
		shapes = append(shapes, shape(element))
	}
	return shapes
}

func same[T any](v T) T { return v }

func nameShape(e *timeline.Event) jsonNamed { return jsonNamed{e.ID, e.Date.String(), e.Title} }

func entryShape(e Entry) jsonEntry {
	return jsonEntry{
		jsonNamed: nameShape(e.Event), When: worded(e.Date), Point: e.Point, Status: e.Status.String(), Tier: e.Tier.String(), New: e.New,
		Text: e.Text, Denial: e.Denial, Caveat: e.Caveat, Sources: len(e.Sources), Origins: len(e.Origins()), Notes: each(e.Notes, same),
	}
}

func sideShape(s Side) jsonSide {
	return jsonSide{nameShape(s.Event), s.Status.String(), each(s.Notes, same)}
}

func pairShape(p Pair) jsonPair { return jsonPair{sideShape(p.Claim), sideShape(p.Answer)} }

func profileShape(p *Profile) *jsonProfile {
	if p == nil {
		return nil
	}
	return &jsonProfile{
		p.Name, p.Role,
		each(p.Said, func(q Quotation) jsonQuotation { return jsonQuotation{q.Date.String(), q.Words, q.Note} }),
		each(p.Denied, sideShape),
		each(p.Met, func(m Meeting) jsonMeeting { return jsonMeeting{m.Name, m.Last.String()} }),
	}
}

func personShape(m Mention) jsonPerson {
	return jsonPerson{m.Name, m.Kind, each(m.Native, func(n timeline.Native) jsonNative { return jsonNative(n) }), m.Role, m.Events}
}

func originShape(o Origin) jsonOrigin {
	return jsonOrigin{o.Name, each(o.Events, func(e *timeline.Event) string { return e.ID })}
}

func changesShape(c *Changes) *jsonChanges {
	if c == nil || c.Since == "" {
		return nil
	}
	return &jsonChanges{
		c.Since, c.Dated, jsonCounts{c.New, c.Moved, c.Sources, c.Text, c.Withdrawn},
		each(c.List, func(c Change) jsonChange {
			return jsonChange{
				jsonNamed{c.ID, c.Date.String(), c.Title}, c.New, c.Withdrawn, c.From.String(), c.To.String(), c.Added, c.Removed, c.Text,
			}
		}),
		c.More,
	}
}

func noteShapes(sources []Footnote) []jsonNote {
	number := 0
	return each(sources, func(s Footnote) jsonNote {
		number++
		return jsonNote{
			number, s.Short, s.Note, s.URL, s.Archived, s.Title, s.Publisher, s.Author, s.Via, s.AttributedTo,
			s.Kind.String(), s.Published.String(), s.Language,
		}
	})
}
