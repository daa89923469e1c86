package timeline_test

import (
	"os"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
)

// day reads a date that the test knows to be valid.
func day(s string) edtf.Date {
	d, err := edtf.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// query reads a query that the test knows to be valid.
func query(t testing.TB, s string) timeline.Query {
	t.Helper()
	q, err := timeline.ParseQuery(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return q
}

// ids names the selected events in order.
func ids(tl *timeline.Timeline, s timeline.Selection) string {
	var names []string
	for _, i := range s.All() {
		names = append(names, tl.Event(i).ID)
	}
	return strings.Join(names, " ")
}

// register names, by many names, the actors of the fixture; John Kirby is not
// in it.
func register() []timeline.Actor {
	return []timeline.Actor{
		{Name: "Kim Jong Un", Kind: "person", Aliases: []string{"Kim Jong-un"}, Role: "North Korean leader",
			Native: []timeline.Native{{Language: "ko", Name: "김정은"}, {Language: "ru", Name: "Ким Чен Ын"}}},
		{Name: "Vladimir Putin", Kind: "person", Role: "President of Russia",
			Native: []timeline.Native{{Language: "ru", Name: "Владимир Путин"}}},
		{Name: "Choe Son Hui", Kind: "person", Aliases: []string{"Ch’oe Sŏn-hŭi", "Choi Sun-hee"},
			Native: []timeline.Native{{Language: "ko", Name: "최선희"}}},
		{Name: "North Korea", Kind: "state", Aliases: []string{"DPRK"}, Native: []timeline.Native{{Language: "ru", Name: "КНДР"}}},
		{Name: "Russia", Kind: "state", Aliases: []string{"Russian Federation"}},
		{Name: "South Korea", Kind: "state", Aliases: []string{"ROK"}, Native: []timeline.Native{{Language: "ko", Name: "대한민국"}}},
		{Name: "Foreign Ministry of Russia", Kind: "organisation"},
	}
}

// fixture is a timeline of twelve events, with dates from a day to an open
// interval and every status and kind of source. Its ids in order are visit,
// cargo, denial, launch, winter, trade, shells, talks, treaty, protest, rumour
// and troops.
func fixture() *timeline.Timeline {
	return timeline.New(timeline.About{Title: "Two neighbours", Language: "en"}, register(), append(arms(), diplomacy()...))
}

func arms() []timeline.Event {
	return []timeline.Event{
		{ID: "cargo", Date: day("2023-10-13"), Title: "White House says North Korea shipped arms to Russia",
			Summary: "Containers went by sea and rail, the White House said [1]. Reuters could not verify it [2].",
			Actors:  []string{"John Kirby", "DPRK", "Russian Federation"}, Places: []string{"Rajin, North Korea"},
			Topics: []string{"arms-transfer"}, Status: timeline.Alleged, Caveat: "Nobody has inspected the containers.",
			Sources: []timeline.Source{
				{Publisher: "White House", Title: "Press Call", Kind: timeline.Official, URL: "https://whitehouse.example/call", Published: day("2023-10-13")},
				{Publisher: "Reuters", Title: "Did Pyongyang ship arms?", Kind: timeline.Wire, AttributedTo: "White House", URL: "https://reuters.example/arms", Published: day("2023-10-13")},
			}},
		{ID: "denial", Date: day("2023-10-18"), Title: "Moscow calls the claim baseless",
			Summary: "There was no proof, the ministry said [1].",
			Actors:  []string{"Foreign Ministry of Russia"}, Places: []string{"Moscow, Russia"},
			Topics: []string{"arms-transfer", "statement"}, Status: timeline.Disputed, Answers: []string{"cargo"},
			Sources: []timeline.Source{
				{Publisher: "TASS", Title: "No proof, says ministry", Kind: timeline.StateMedia, URL: "https://tass.example/1", Quote: "There is no proof, and café talk is not proof", QuoteBy: "Sergei Lavrov"},
			}},
		{ID: "launch", Date: day("2023-11-21"), Title: "A satellite is launched at Sohae",
			Summary: "KCNA said that it reached orbit [1][2]. Seoul confirmed the launch [3].",
			Actors:  []string{"North Korea"}, Places: []string{"Sohae, North Korea"},
			Topics: []string{"satellite", "missile"}, Status: timeline.Confirmed,
			Sources: []timeline.Source{
				{Publisher: "KCNA", Title: "Report", Kind: timeline.StateMedia, URL: "https://kcna.example/2"},
				{Publisher: "Yonhap", Title: "Launch", Kind: timeline.Wire, URL: "https://yna.example/2"},
				{Publisher: "Joint Chiefs of Staff", Title: "합참 발표", Kind: timeline.Official, URL: "https://jcs.example/1"},
			}},
		{ID: "shells", Date: day("2024-02~"), Title: "Shells found in Kharkiv",
			Summary: "The markings are North Korean, researchers said [1][3].",
			Actors:  []string{"ROK"}, Places: []string{"Kharkiv, Ukraine"}, Topics: []string{"arms-transfer"}, Status: timeline.Claimed,
			Sources: []timeline.Source{
				{Publisher: "Conflict Armament Research", Title: "Markings", Kind: timeline.Research, URL: "https://car.example/1"},
				{Publisher: "Planet", Title: "Image 7", Kind: timeline.Imagery},
				{Publisher: "Le Monde", Title: "Des obus", Kind: timeline.News, AttributedTo: "Conflict Armament Research", Language: "fr"},
			}},
		{ID: "troops", Date: day("2024-10-08/.."), Title: "Soldiers said to train in the Far East",
			Actors: []string{"North Korea", "대한민국"}, Places: []string{"Russia"}, Topics: []string{"troops"}, Status: timeline.Alleged,
			Sources: []timeline.Source{
				{Publisher: "KBS", Title: "Evening news", Kind: timeline.Broadcast},
				{Publisher: "Truth Hounds", Title: "Notes", Kind: timeline.NGO},
				{Publisher: "A pamphlet", Title: "Untitled", Kind: timeline.Other},
			}},
	}
}

func diplomacy() []timeline.Event {
	return []timeline.Event{
		{ID: "visit", Date: day("2023-09-12/2023-09-17"), Title: "Kim Jong Un visits the Russian Far East",
			Summary: "The two met at the cosmodrome [2]. Nothing was signed, the Kremlin said [1].",
			Actors:  []string{"Kim Jong Un", "Vladimir Putin"}, Places: []string{"Khasan, Russia", "Vostochny Cosmodrome, Russia"},
			Topics: []string{"summit", "diplomacy"}, Status: timeline.Confirmed,
			Sources: []timeline.Source{
				{Publisher: "Kremlin", Title: "Talks at Vostochny", Kind: timeline.Official, URL: "https://kremlin.example/1", Archived: "https://archive.example/kremlin/1", Published: day("2023-09-13")},
				{Publisher: "KCNA", Title: "Meeting", Kind: timeline.StateMedia, URL: "https://kcna.example/1", Quote: "a crucial moment"},
				{Publisher: "Yonhap", Title: "Kim in Russia", Kind: timeline.Wire, AttributedTo: "kcna", URL: "https://yna.example/1"},
			}},
		{ID: "winter", Date: day("2023-24"), Title: "Workers cross the Tumen", Actors: []string{"North Korea"}, Places: []string{"Tumangang"},
			Topics: []string{"labour"}, Status: timeline.Reported,
			Sources: []timeline.Source{{Publisher: "38 North", Title: "Labour", Kind: timeline.Research, URL: "https://38north.example/1"}}},
		{ID: "trade", Date: day("2024"), Title: "Trade grows", Actors: []string{"Russia", "North Korea"}, Topics: []string{"economy"},
			Caveat: "The figures are not broken down by month.",
			Sources: []timeline.Source{
				{Publisher: "Customs", Title: "Table", Kind: timeline.Dataset},
				{Publisher: "Vedomosti", Title: "Торговля растёт"},
			}},
		{ID: "talks", Date: day("2024-06"), Title: "The minister is expected in Moscow", Actors: []string{"Ch'oe Sŏn-hŭi"}, Places: []string{"Moscow, Russia"},
			Topics: []string{"diplomacy"}, Status: timeline.Unverified,
			Sources: []timeline.Source{{Publisher: "A channel", Title: "Post", Kind: timeline.Social, URL: "https://t.example/1"}}},
		{ID: "treaty", Date: day("2024-06-18/2024-06-19"), Title: "A treaty is signed in Pyongyang",
			Summary: "It promises mutual help [1], KCNA reported [2].",
			Actors:  []string{"Kim Jong-un", "Vladimir Putin"}, Places: []string{"Pyongyang, North Korea"},
			Topics: []string{"treaty", "summit"}, Status: timeline.Confirmed,
			Sources: []timeline.Source{
				{Publisher: "Kremlin", Title: "Treaty", Kind: timeline.Official, URL: "https://kremlin.example/2", Archived: "https://archive.example/kremlin/2", Quote: "mutual help"},
				{Publisher: "KCNA", Title: "Treaty", Kind: timeline.StateMedia, URL: "https://kcna.example/3"},
				{Publisher: "Reuters", Title: "Treaty", Kind: timeline.Wire, URL: "https://reuters.example/2"},
				{Publisher: "Yonhap", Title: "Treaty", Kind: timeline.Wire, URL: "https://yna.example/3"},
			}},
		{ID: "protest", Date: day("2024-06-20"), Title: "Seoul protests", Actors: []string{"South Korea"}, Places: []string{"Seoul, South Korea"},
			Summary: "Seoul called the treaty a threat [1].",
			Topics:  []string{"treaty", "statement"}, Status: timeline.Reported, Answers: []string{"treaty"},
			Sources: []timeline.Source{
				{Publisher: "Yonhap", Title: "Treaty", Kind: timeline.Wire, URL: "https://yna.example/3"},
				{Publisher: "UN News", Title: "Council meets", Kind: timeline.UN, URL: "https://un.example/1"},
			}},
		{ID: "rumour", Date: day("2024-10?"), Title: "Rumour of a second visit", Status: timeline.Unverified},
	}
}

// shipped is the timeline that the program ships with.
func shipped(t testing.TB) *timeline.Timeline {
	t.Helper()
	text, err := os.ReadFile("../events.json")
	if err != nil {
		t.Fatal(err)
	}
	tl, _, err := format.Read(format.File{Name: "events.json", Text: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return tl
}
