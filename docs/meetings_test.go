package docs

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestBriefsHoldWhatMeetingsNeed holds briefs of the timeline inside to what
// somebody judged, before they were made, that each must name.
func TestBriefsHoldWhatMeetingsNeed(t *testing.T) {
	var meetings []struct {
		Meeting, Filter string
		Must            []string
	}
	if err := json.Unmarshal([]byte(page(t, "meetings.json")), &meetings); err != nil {
		t.Fatal(err)
	}
	for _, m := range meetings {
		out, errs, code := run(page(t, "../events.json"), "brief", "--no-state", "--format", "json", "--filter", m.Filter)
		var brief struct{ Events []struct{ ID string } }
		if err := json.Unmarshal([]byte(out), &brief); err != nil || code != 0 {
			t.Fatalf("%s: exit code %d, %v %s", m.Meeting, code, err, errs)
		}
		for _, id := range m.Must {
			if !slices.ContainsFunc(brief.Events, func(e struct{ ID string }) bool { return e.ID == id }) {
				t.Errorf("%s: %s is not on the page", m.Meeting, id)
			}
		}
	}
}
