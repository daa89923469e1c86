package timeline_test

import (
	"testing"

	"dateline/timeline"
)

const address = "https://x.example/1"

func TestCitationIsAChicagoNote(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Author: "A. Writer", Title: "Treaty Signed", Publisher: "TASS", Published: day("2024-10-08"), URL: address},
			"A. Writer, “Treaty Signed,” TASS, October 8, 2024, https://x.example/1."},
		{timeline.Source{Title: "Treaty Signed", Publisher: "KCNA", Via: "KCNA Watch", Published: day("2024-10-08")},
			"“Treaty Signed,” KCNA, via KCNA Watch, October 8, 2024."},
		{timeline.Source{Publisher: "KCNA", Published: day("2024-06"), URL: address}, "KCNA, June 2024, https://x.example/1."}, // no title
		{timeline.Source{Publisher: "KCNA", Published: day("2024-06~")}, "KCNA, c. June 2024."},
		{timeline.Source{Publisher: "KCNA", Published: day("2024")}, "KCNA, 2024."},
		{timeline.Source{Publisher: "KCNA", Published: day("2024-06-18/2024-06-19")}, "KCNA, 18–19 June 2024."},
		{timeline.Source{Title: "Treaty Signed", Publisher: "TASS", URL: address}, "“Treaty Signed,” TASS, https://x.example/1."}, // no date
		{timeline.Source{Publisher: "TASS", Accessed: day("2024-10-09")}, "TASS, accessed October 9, 2024."},
		{timeline.Source{Publisher: "TASS", Published: day("2024-10-08"), Accessed: day("2024-10-09")}, "TASS, October 8, 2024."},
		{timeline.Source{Title: "Did They Sign?", Publisher: "TASS"}, "“Did They Sign?” TASS."},
		{timeline.Source{Title: "Signed!", Publisher: "TASS", URL: address}, "“Signed!” TASS, https://x.example/1."},
		{timeline.Source{Author: "A. Writer", Title: "Did They Sign?", URL: address}, "A. Writer, “Did They Sign?” https://x.example/1."},
		{timeline.Source{Title: "북러 조약", Publisher: "연합뉴스", Published: day("2024-06-19")}, "“북러 조약,” 연합뉴스, June 19, 2024."},
		{timeline.Source{Title: "Торговля растёт…", Publisher: "Ведомости"}, "“Торговля растёт…,” Ведомости."},
		{timeline.Source{URL: address}, "https://x.example/1."},
		{timeline.Source{Publisher: "TASS", URL: address, Archived: "https://a.example/1"}, "TASS, https://x.example/1, archived at https://a.example/1."},
		{timeline.Source{Publisher: "Herodotus", Published: day("-0429")}, "Herodotus, 430 BC."},
	} {
		if got := c.source.Citation(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestSourceNoteAddsWhatAReaderWeighsItBy(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Publisher: "TASS", Title: "No Proof"}, "“No Proof,” TASS."},
		{timeline.Source{Publisher: "TASS", Title: "No Proof", Kind: timeline.StateMedia}, "“No Proof,” TASS. state-media"},
		{timeline.Source{Publisher: "Yonhap", Title: "Kim", Kind: timeline.Wire, AttributedTo: "KCNA"}, "“Kim,” Yonhap. wire, citing KCNA"},
		{timeline.Source{Publisher: "Yonhap", Title: "Kim", AttributedTo: "KCNA"}, "“Kim,” Yonhap. citing KCNA"},
		{timeline.Source{Kind: timeline.Wire}, "wire"}, // an address that stands elsewhere
	} {
		if got := c.source.Note(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
