package main

import (
	"os"
	"testing"
)

// What is linked changes with every dependency, and its licences must go with it.
func TestNoticesAreThoseOfWhatIsLinked(t *testing.T) {
	want, err := notices()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../THIRD_PARTY_NOTICES")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("THIRD_PARTY_NOTICES is out of date; write it with: go run ./docs/notices > THIRD_PARTY_NOTICES")
	}
}
