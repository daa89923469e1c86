// Gen generates a timeline of any size to measure with. The same flags always give
// the same bytes.
//
//	go run ./docs/benchmarks/gen -n 1000000 -o ev1m.jsonl
//
// The events lie within ten years. They name 2,000 actors, a few of them in a
// quarter of the events and most in hardly any, as in the news (Zipf's law).
// Some needles to search for are hidden in known shares of the summaries.
//
// With -rough they are as untidy as what programs export: neither ids nor days are in
// order, thousands of publishers have an article or two, every tenth text has
// characters that JSON and CSV escape, and every fifth event is not in Latin letters.
//
// CSV has the same events as JSON without quotations, and only the address of
// every source but the first. GDELT has the fields that its columns hold.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	n := flag.Int("n", 1000, "how many `events`")
	format := flag.String("format", "jsonl", "`jsonl`, json, csv or gdelt")
	shuffled := flag.Bool("shuffled", false, "not in the order of their dates")
	rough := flag.Bool("rough", false, "untidy events")
	output := flag.String("o", "", "`file` to write")
	flag.Parse()
	form, known := forms[*format]
	if *output == "" || flag.NArg() > 0 || !known {
		flag.Usage()
		os.Exit(2)
	}
	f, err := os.Create(*output)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	write(w, form, *n, *shuffled, *rough)
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

// A writer generates events.
type writer struct {
	r          *rand.Rand
	actor      *rand.Zipf
	actors     []string
	places     []string
	words      []string
	common     *rand.Zipf // of words
	publishers []string
	publisher  *rand.Zipf
	rough      bool
	foreign    bool // the event at hand is
	texts      int
}

func write(w io.Writer, f form, n int, shuffled, rough bool) {
	g := newWriter(rough)
	io.WriteString(w, f.open)
	for i := range n {
		if i > 0 {
			io.WriteString(w, f.between)
		}
		day := int(int64(i) * days / int64(n))
		if shuffled || rough {
			day = g.r.IntN(days)
		}
		f.event(w, g.event(i, day))
	}
	io.WriteString(w, f.end)
}

const days = 3652 // ten years

func newWriter(rough bool) *writer {
	r := rand.New(rand.NewPCG(1945, 1991))
	g := &writer{r: r, rough: rough, actor: rand.NewZipf(r, 1.1, 2, 1999)}
	for range 5000 {
		g.words = append(g.words, g.word(1+r.IntN(3)))
	}
	g.common = rand.NewZipf(r, 1.05, 8, uint64(len(g.words)-1))
	for range 2000 {
		g.actors = append(g.actors, title(g.word(2))+" "+title(g.word(1+r.IntN(2))))
	}
	for range 300 {
		g.places = append(g.places, title(g.word(2))+", "+title(g.word(2)))
	}
	publishers := 120
	if rough {
		publishers = 20_000
	}
	g.publisher = rand.NewZipf(rand.New(rand.NewPCG(1, 2)), 1.3, 20, uint64(publishers-1))
	for range publishers {
		g.publishers = append(g.publishers, title(g.word(2))+" "+[]string{"Times", "News", "Agency", "Daily"}[r.IntN(4)])
	}
	return g
}

// word generates a word of n syllables.
func (g *writer) word(syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString([]string{"b", "ch", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "th", "v", "w"}[g.r.IntN(16)])
		b.WriteString([]string{"a", "e", "i", "o", "u", "ea", "ou"}[g.r.IntN(7)])
		b.WriteString([]string{"", "n", "r", "s", "t"}[g.r.IntN(5)])
	}
	return b.String()
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// text generates a sentence of n words.
func (g *writer) text(words int) string {
	some := make([]string, words)
	for k := range some {
		some[k] = g.words[g.common.Uint64()]
	}
	text := title(strings.Join(some, " "))
	if g.foreign {
		text = foreign.Replace(text)
	}
	if g.texts++; g.rough && g.texts%10 == 0 {
		text += ` \ "é", 100 %`
	}
	return text
}

// foreign spells some syllables in Russian, Korean and Chinese letters.
var foreign = strings.NewReplacer("ch", "ч", "th", "조", "an", "战", "b", "б", "d", "д", "g", "г", "k", "к", "l", "л", "m", "м", "n", "н", "p", "п", "r", "р", "t", "т", "v", "в", "a", "а", "e", "е", "i", "и", "o", "о", "u", "у")

// needles are hidden in one of every n summaries.
var needles = []struct {
	of   int
	text string
}{{5, "government"}, {30, "ministry of defence"}, {100, "amber corridor"}, {10_000, "quicksilver"}}

// An event is generated once and written in any form.
type event struct {
	id, day, date          string // day is the date without its uncertainty
	title, summary         string
	actors, places, topics []string
	status, caveat         string
	sources                []source
}

type source struct{ url, title, publisher, kind, quote string }

func (g *writer) event(i, day int) event {
	var e event
	g.foreign = g.rough && i%5 == 4
	e.summary = g.text(9+g.r.IntN(8)) + " [1]. The " + g.text(8+g.r.IntN(8))
	for _, needle := range needles {
		if g.r.IntN(needle.of) == 0 {
			e.summary += " " + needle.text
		}
	}
	if i == 777 {
		e.summary += " lighthouse"
	}
	e.summary += "."
	e.day = time.Date(2014, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	e.id = fmt.Sprintf("%s-%07d", e.day, i)
	if g.rough {
		e.id = fmt.Sprintf("%s-%010d", e.day, uint32(i)*2654435761) // each number once
	}
	e.date = e.day
	switch g.r.IntN(50) {
	case 0:
		e.date = e.day[:len("2014-01")]
	case 1:
		e.date += "~"
	case 2:
		e.date += "/.."
	}
	e.title = g.text(5 + g.r.IntN(5))
	e.actors = some(1+g.r.IntN(4), func() string { return g.actors[g.actor.Uint64()] })
	e.places = []string{g.places[g.r.IntN(len(g.places))]}
	e.topics = some(1+g.r.IntN(2), func() string { return topics[g.r.IntN(len(topics))] })
	e.status = statuses[g.r.IntN(len(statuses))]
	if i > 0 && g.r.IntN(50) == 0 {
		e.caveat = g.text(8) + "."
	}
	for range 1 + g.r.IntN(1+g.r.IntN(3)) {
		e.sources = append(e.sources, g.source(e.day, i))
	}
	return e
}

func (g *writer) source(day string, i int) source {
	s := source{publisher: g.publishers[g.r.IntN(len(g.publishers))]}
	if g.rough {
		s.publisher = g.publishers[g.publisher.Uint64()]
	}
	s.url = fmt.Sprintf("https://%s.example/%s/%d", strings.ToLower(strings.ReplaceAll(s.publisher, " ", "-")), strings.ReplaceAll(day, "-", "/"), i)
	s.title = g.text(6)
	s.kind = kinds[g.r.IntN(len(kinds))]
	if g.r.IntN(8) == 0 {
		s.quote = g.text(8)
	}
	return s
}

// some generates n different names.
func some(n int, name func() string) []string {
	var names []string
	for range n {
		if name := name(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

var (
	topics   = strings.Fields("arms-transfer diplomacy economy labour missile sanctions satellite statement summit treaty troops visit")
	statuses = strings.Fields("confirmed reported reported reported claimed alleged disputed unverified")
	kinds    = strings.Fields("official state-media wire wire news news broadcast research un ngo social")
)
