package edtf

import (
	"testing"
	"time"
)

func TestClockIsTheTimeAsWritten(t *testing.T) {
	const clock = 23*time.Hour + 20*time.Minute + 30*time.Second
	for _, c := range []struct {
		text string
		want Clock
	}{
		{"1985-04-12T23:20:30", Clock{Since: clock}},
		{"1985-04-12T23:20:30Z", Clock{clock, 0, true}},
		{"1985-04-12T23:20:30+04:30", Clock{clock, 270 * time.Minute, true}},
		{"1985-04-12T23:20:30-12", Clock{clock, -720 * time.Minute, true}},
		{"-0043-03-15T00:00:00+14:00", Clock{0, 840 * time.Minute, true}},
		{"1985-04-12T23:59:59-00:30", Clock{24*time.Hour - time.Second, -30 * time.Minute, true}},
	} {
		if got, ok := must(t, c.text).Clock(); got != c.want || !ok {
			t.Errorf("%s is at %v, %t; want %v", c.text, got, ok, c.want)
		}
	}
	for _, text := range []string{"1985-04-12", "1985", "1985/1986", "1985-04-XX"} {
		if got, ok := must(t, text).Clock(); ok {
			t.Errorf("%s is at %v", text, got)
		}
	}
}

func TestClockKeepsNanoseconds(t *testing.T) {
	want := Clock{24*time.Hour - 1, -12 * time.Hour, true}
	if got := want.packed().unpacked(); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
