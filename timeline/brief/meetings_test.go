package brief_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"dateline/timeline/brief"
	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// A meeting is what somebody judged by hand, before the events were ranked, that a
// page for it must tell and should name.
type meeting struct {
	Meeting, File, Filter string
	Must, Should          []struct{ ID, Says string }
}

// The sets are invented, in public formats: conflict events with deaths (ACLED),
// news events with mentions (GDELT), a calendar.
func TestBriefsOfOtherDataHoldWhatTheirMeetingsNeed(t *testing.T) {
	text, err := os.ReadFile("testdata/meetings/meetings.json")
	if err != nil {
		t.Fatal(err)
	}
	var meetings []meeting
	if err := json.Unmarshal(text, &meetings); err != nil {
		t.Fatal(err)
	}
	var musts, mustsFound, shoulds, shouldsFound int
	for _, m := range meetings {
		data, err := os.ReadFile("testdata/meetings/" + m.File)
		if err != nil {
			t.Fatal(err)
		}
		tl, _, err := format.Read(format.File{Name: m.File, Text: string(data)})
		if err != nil {
			t.Fatal(err)
		}
		b := brief.New(tl, fixture.Query(t, m.Filter), brief.Options{Paper: brief.A4}).Printed()
		told := func(id string, points bool) bool {
			return slices.ContainsFunc(b.Events, func(e brief.Entry) bool { return e.ID == id && (e.Point > 0 || !points) })
		}
		for _, e := range m.Must {
			musts++
			if told(e.ID, true) {
				mustsFound++
			} else {
				t.Logf("%s: %s (%s) must be a key point", m.Meeting, e.ID, e.Says)
			}
		}
		for _, e := range m.Should {
			shoulds++
			if told(e.ID, false) {
				shouldsFound++
			} else {
				t.Logf("%s: %s (%s) should be on the page", m.Meeting, e.ID, e.Says)
			}
		}
	}
	t.Logf("%d of %d musts, %d of %d shoulds", mustsFound, musts, shouldsFound, shoulds)
	if mustsFound < 17 || shouldsFound < 21 {
		t.Errorf("%d of %d musts, %d of %d shoulds", mustsFound, musts, shouldsFound, shoulds)
	}
}
