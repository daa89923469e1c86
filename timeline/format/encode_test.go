package format

import (
	"fmt"
	"strings"
	"testing"

	"dateline/timeline"
)

// TestEveryFieldIsWritten writes an event that states everything.
func TestEveryFieldIsWritten(t *testing.T) {
	const record = `{"id":"a","date":"2024-06~","tz":"Asia/Seoul","reported":"2024-07","title":"T “quoted” \\ \u0007","summary":"S [1]","actors":["A","B"],"places":["P"],"topics":["U"],` +
		`"status":"claimed","caveat":"C","answers":["b"],"denies":["c"],"importance":"should","weight":7,"confidence":"moderate","credibility":3,"sources":[{"url":"https://a.example/?x=1&y=<2>","title":"H","publisher":"N","author":"W","via":"V",` +
		`"attributed_to":"Q","kind":"news","published":"2024","accessed":"2025-01-01","archived":"https://b.example/","language":"ko","supports":"F","quote":"Words","quote_by":"Y","reliability":"B"},{"publisher":"N","title":"H"}]}`
	d := newDecoder(record)
	var e timeline.Event
	if has := members(d, eventFields, &e); d.rejected || d.fault != nil || has != 1<<len(eventFields)-1 {
		t.Fatalf("the event lacks a field: %b, %v", has, d.fault)
	}
	var again timeline.Event
	written := objectJSON(&e, eventFields)
	d = newDecoder(written)
	if members(d, eventFields, &again); fmt.Sprint(again) != fmt.Sprint(e) {
		t.Errorf("got %v, want %v", again, e)
	}
	if strings.ContainsAny(written, "\x07\n") {
		t.Errorf("%q has a control character", written)
	}
}
