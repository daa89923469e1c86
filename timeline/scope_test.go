package timeline_test

import (
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

func TestScopeIsSaidInWords(t *testing.T) {
	tl := fixture.Timeline()
	for text, want := range map[string]string{
		"": "All events",
		"actor:putin since:2024-06 status:disputed,alleged": "Events naming Vladimir Putin since June 2024, disputed or alleged",
		"status:disputed":                  "Events that are disputed",
		"-status:disputed,alleged":         "Events that are not disputed or alleged",
		"status:---":                       "Events with no stated status",
		"actor:putin actor:김정은":            "Events naming Vladimir Putin and Kim Jong Un",
		"actor:putin,dprk":                 "Events naming Vladimir Putin or North Korea",
		"actor:putin,dprk actor:russia":    "Events naming Vladimir Putin or North Korea naming Russia",
		"-actor:putin":                     "Events not naming Vladimir Putin",
		"actor:korea":                      "Events naming “korea”",
		"topic:arms-transfer":              "Topic: arms transfer",
		"topic:summit,treaty":              "Topic: summit or treaty",
		"-topic:treaty":                    "Events not about treaty",
		"actor:nobody":                     "Events naming “nobody”",
		"place:russia topic:arms-transfer": "Events in Russia about arms transfer",
		"place:khasan":                     "Events in Khasan",
		"place:moscow -topic:statement":    "Events in Moscow not about statement",
		"kind:official,state-media":        "Events with official or state media sources",
		"-kind:un":                         "Events without UN sources",
		"publisher:kcna":                   "Events with sources from KCNA",
		"since:2024-06 until:2024-10-08":   "Events since June 2024 until 8 October 2024",
		"since:2024-06/2024-07":            "Events since June 2024",
		"until:2024-06/2024-07":            "Events until July 2024",
		"on:2024-06-19":                    "Events on 19 June 2024",
		"on:2024-06":                       "Events in June 2024",
		"on:2024-06-12/2024-06-17":         "Events within 12–17 June 2024",
		"-since:2024-06":                   "Events not since June 2024",
		"sources:>=3 origins:2":            "Events based on at least 3 sources, based on 2 origins",
		"sources:<1":                       "Events based on fewer than 1 source",
		"has:answer":                       "Events that are answered or answering",
		"has:caveat -has:archive has:note has:uncertain": "Events with a caveat, without an archived source, with a note and an uncertain date",
		"marked":                "Events that are marked",
		"marked:must,should":    "Events that are marked must or should",
		"id:visit":              "Events called “Kim Jong Un visits the Russian Far East”",
		"id:visit,treaty,cargo": "Events among 3 chosen ones",
		`"arms deal" /mi+g/`:    "Events mentioning “arms deal” and /mi+g/",
		"(actor:putin | actor:dprk) topic:treaty": "Events about treaty, either naming Vladimir Putin or naming North Korea",
		"-(actor:putin | topic:treaty)":           "Events neither naming Vladimir Putin nor about treaty",
		"-(actor:putin topic:treaty)":             "Events not (naming Vladimir Putin about treaty)",
	} {
		if got := tl.Scope(fixture.Query(t, text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTopicThatIsAnActorsAliasIsSaidInFull(t *testing.T) {
	tl := timeline.New(timeline.About{}, []timeline.Actor{{Name: "United Nations", Aliases: []string{"UN"}}},
		[]timeline.Event{{ID: "a", Date: fixture.Day("2024"), Title: "A", Topics: []string{"un"}}})
	if got, want := tl.Scope(fixture.Query(t, "topic:un")), "Topic: United Nations"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
