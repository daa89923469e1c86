package export_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
	"dateline/timeline/internal/fixture"
)

func TestTimelineJS(t *testing.T) {
	_, out, leftOut := fixture.Exported(t, "timelinejs", fixture.File(t, "testdata/export.json"))
	fixture.Golden(t, "testdata/export.timelinejs.json", out)
	if leftOut != 1 { // all of time
		t.Errorf("%d are left out, want 1", leftOut)
	}
}

// A show is what TimelineJS reads.
type show struct {
	Scale  string
	Title  *slide
	Events []slide
}

type slide struct {
	ID    string          `json:"unique_id"`
	Start json.RawMessage `json:"start_date"`
	End   json.RawMessage `json:"end_date"`
	Words string          `json:"display_date"`
	Group string
	Text  struct{ Headline, Text string }
}

func shown(t *testing.T, about timeline.About, events ...timeline.Event) (of show, leftOut int) {
	t.Helper()
	tl := timeline.New(about, nil, events)
	var b strings.Builder
	leftOut, err := export.WriteTimelineJS(&b, tl, tl.Select(timeline.Query{}).Ordered(false))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(b.String()), &of); err != nil {
		t.Fatalf("%v in %s", err, b.String())
	}
	return of, leftOut
}

func TestSlideStatesNoMoreThanTheDateDoes(t *testing.T) {
	for date, want := range map[string]string{ // start, and end if there is one
		"2024-06-19":                `{"year":2024,"month":6,"day":19} `,
		"2024-06-19T23:30:05-12:00": `{"year":2024,"month":6,"day":19,"hour":23,"minute":30,"second":5} `,
		"2024-06-19T00:00:00":       `{"year":2024,"month":6,"day":19,"hour":0,"minute":0,"second":0} `,
		"2024-06~":                  `{"year":2024,"month":6} `,
		"2024-06-XX":                `{"year":2024,"month":6} `,
		"2024?":                     `{"year":2024} `,
		"2024-24":                   `{"year":2024,"month":12} {"year":2025,"month":2}`,
		"197X":                      `{"year":1970} {"year":1979}`,
		"19XX":                      `{"year":1900} {"year":1999}`,
		"2024-06-12/2024-06-17":     `{"year":2024,"month":6,"day":12} {"year":2024,"month":6,"day":17}`,
		"2024-06-01/2024-06-30":     `{"year":2024,"month":6,"day":1} {"year":2024,"month":6,"day":30}`,
		"2024-06-12/2024-08":        `{"year":2024,"month":6,"day":12} {"year":2024,"month":8}`,
		"2024-06-12/2024-06":        `{"year":2024,"month":6,"day":12} `, // TimelineJS would draw the end before the start
		"2023/2024-06":              `{"year":2023} {"year":2024,"month":6}`,
		"2024-06/..":                `{"year":2024,"month":6} `,
		"2024/":                     `{"year":2024} `,
		"../2024-06-19":             `{"year":2024,"month":6,"day":19} `,
		"/2024":                     `{"year":2024} `,
		"0001":                      `{"year":1} `,
		"0000":                      `{"year":-1} `, // 1 BC
		"-0043-03-15":               `{"year":-44,"month":3,"day":15} `,
		"-0044-02-29":               `{"year":-45,"month":2} `,
		"-0001/0000":                `{"year":-2} {"year":-1}`,
		"Y-300000":                  `{"year":-300001} `,
		"../..":                     " ",
		"/..":                       " ",
	} {
		d, err := edtf.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		of, leftOut := shown(t, timeline.About{}, timeline.Event{ID: "a", Title: "T", Date: d})
		if want == " " {
			if len(of.Events) != 0 || leftOut != 1 {
				t.Errorf("%s has a slide", date)
			}
			continue
		}
		if len(of.Events) != 1 || leftOut != 0 {
			t.Errorf("%s has no slide", date)
			continue
		}
		s := of.Events[0]
		if got := fmt.Sprintf("%s %s", s.Start, s.End); got != want || s.Words != d.Words() {
			t.Errorf("%s: got %s %q, want %s", date, got, s.Words, want)
		}
	}
}

func TestScaleHoldsEveryYear(t *testing.T) {
	for date, want := range map[string]string{
		"2024": "human", "Y-271819": "human", "Y275759": "human", "../..": "human",
		"Y-271820": "cosmological", "Y275760": "cosmological", "Y-13800000000": "cosmological",
	} {
		d, err := edtf.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		if of, _ := shown(t, timeline.About{}, timeline.Event{Title: "T", Date: d}); of.Scale != want {
			t.Errorf("%s: got %s, want %s", date, of.Scale, want)
		}
	}
}

func TestSlideTextIsEscapedAndLinksTheWebOnly(t *testing.T) {
	const evil = `<script>alert("1")</script> & 'x'`
	const inert = `&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; &#39;x&#39;`
	of, _ := shown(t, timeline.About{Title: evil, Description: evil}, timeline.Event{
		ID: "a", Date: day(t), Title: evil, Summary: evil + " [1][2] [9] [x]", Caveat: evil, Status: timeline.Disputed,
		Sources: []timeline.Source{
			{URL: `https://a.example/?a=1&b="><script>`, Archived: "javascript:alert(1)", Title: evil},
			{URL: "javascript:alert(1)", Archived: "https://b.example", Publisher: "P", Title: "T"},
		},
	})
	if of.Title == nil || of.Title.Text.Headline != inert || of.Title.Text.Text != "<p>"+inert+"</p>" || string(of.Title.Start) != "" {
		t.Errorf("the title is %+v", of.Title)
	}
	const link = `<a href="https://a.example/?a=1&amp;b=&#34;&gt;&lt;script&gt;">`
	s := of.Events[0]
	if s.ID != "a" || s.Group != "disputed" || s.Text.Headline != inert {
		t.Errorf("got %+v", s)
	}
	want := "<p>" + inert + " " + link + "[1]</a>[2] [9] [x]</p>" +
		"<p>Status disputed: rejected outright by the party concerned. Rests on 2 sources, 2 origins.</p>" +
		"<p>Caveat: " + inert + "</p>" +
		"<ol><li>" + link + "“&lt;script&gt;alert(‘1’)&lt;/script&gt; &amp; &#39;x,&#39;” n.d.</a></li>" +
		`<li>“T,” P, n.d. (<a href="https://b.example">archived</a>)</li></ol>`
	if s.Text.Text != want {
		t.Errorf("got\n%s\nwant\n%s", s.Text.Text, want)
	}
}

func TestTimelineWithoutATitleHasNoTitleSlide(t *testing.T) {
	if of, _ := shown(t, timeline.About{}); of.Title != nil || of.Events == nil || len(of.Events) != 0 {
		t.Errorf("got %+v", of)
	}
}
