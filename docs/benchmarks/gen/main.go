// Gen writes a timeline of made-up events for measuring with. The same flags
// always give the same bytes.
//
//	go run ./docs/benchmarks/gen -n 1000000 -o ev1m.jsonl
//
// The events lie within ten years. They name 2,000 actors, a few of them in a
// quarter of the events and most in hardly any, as in the news (Zipf's law).
// Some needles to search for are hidden in known shares of the summaries.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	n := flag.Int("n", 1000, "how many `events`")
	format := flag.String("format", "jsonl", "`jsonl` or json")
	shuffled := flag.Bool("shuffled", false, "not in the order of their dates")
	output := flag.String("o", "", "`file` to write")
	flag.Parse()
	if *output == "" || flag.NArg() > 0 || *format != "jsonl" && *format != "json" {
		flag.Usage()
		os.Exit(2)
	}
	f, err := os.Create(*output)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	write(w, *n, *format == "json", *shuffled)
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

// A writer makes events up.
type writer struct {
	r          *rand.Rand
	actor      *rand.Zipf
	actors     []string
	places     []string
	words      []string
	common     *rand.Zipf // of words
	publishers []string
}

func write(w io.Writer, n int, asArray, shuffled bool) {
	g := newWriter()
	between, open, end := "\n", "", "\n"
	if asArray {
		between, open, end = ",\n", "[\n", "\n]\n"
	}
	io.WriteString(w, open)
	for i := range n {
		if i > 0 {
			io.WriteString(w, between)
		}
		day := int(int64(i) * days / int64(n))
		if shuffled {
			day = g.r.IntN(days)
		}
		g.event(w, i, day)
	}
	io.WriteString(w, end)
}

const days = 3652 // ten years

func newWriter() *writer {
	r := rand.New(rand.NewPCG(1945, 1991))
	g := &writer{r: r, actor: rand.NewZipf(r, 1.1, 2, 1999)}
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
	for range 120 {
		g.publishers = append(g.publishers, title(g.word(2))+" "+[]string{"Times", "News", "Agency", "Daily"}[r.IntN(4)])
	}
	return g
}

// word makes a word of so many syllables.
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

// text makes a sentence of so many words.
func (g *writer) text(words int) string {
	some := make([]string, words)
	for k := range some {
		some[k] = g.words[g.common.Uint64()]
	}
	return title(strings.Join(some, " "))
}

// needles are hidden in one of so many summaries.
var needles = []struct {
	of   int
	text string
}{{5, "government"}, {30, "ministry of defence"}, {100, "amber corridor"}, {10_000, "quicksilver"}}

func (g *writer) event(w io.Writer, i, day int) {
	summary := g.text(9+g.r.IntN(8)) + " [1]. The " + g.text(8+g.r.IntN(8))
	for _, needle := range needles {
		if g.r.IntN(needle.of) == 0 {
			summary += " " + needle.text
		}
	}
	if i == 777 {
		summary += " lighthouse"
	}
	date := time.Date(2014, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	spelt := date
	switch g.r.IntN(50) {
	case 0:
		spelt = date[:len("2014-01")]
	case 1:
		spelt = date + "~"
	case 2:
		spelt = date + "/.."
	}
	fmt.Fprintf(w, `{"id":"%s-%07d","date":"%s","title":"%s","summary":"%s.","actors":[%s],"places":["%s"],"topics":[%s],"status":"%s"`,
		date, i, spelt, g.text(5+g.r.IntN(5)), summary, g.some(1+g.r.IntN(4), func() string { return g.actors[g.actor.Uint64()] }),
		g.places[g.r.IntN(len(g.places))], g.some(1+g.r.IntN(2), func() string { return topics[g.r.IntN(len(topics))] }), statuses[g.r.IntN(len(statuses))])
	if i > 0 && g.r.IntN(50) == 0 {
		fmt.Fprintf(w, `,"caveat":"%s."`, g.text(8))
	}
	io.WriteString(w, `,"sources":[`)
	for k := range 1 + g.r.IntN(1+g.r.IntN(3)) {
		if k > 0 {
			io.WriteString(w, ",")
		}
		publisher := g.publishers[g.r.IntN(len(g.publishers))]
		fmt.Fprintf(w, `{"url":"https://%s.example/%s/%d","title":"%s","publisher":"%s","kind":"%s","published":"%s","accessed":"2024-01-01","language":"en"`,
			strings.ToLower(strings.ReplaceAll(publisher, " ", "-")), strings.ReplaceAll(date, "-", "/"), i, g.text(6), publisher, kinds[g.r.IntN(len(kinds))], date)
		if g.r.IntN(8) == 0 {
			fmt.Fprintf(w, `,"quote":"%s"`, g.text(8))
		}
		io.WriteString(w, "}")
	}
	io.WriteString(w, "]}")
}

// some writes so many names, each once.
func (g *writer) some(n int, name func() string) string {
	var names []string
	for range n {
		name := `"` + name() + `"`
		if !strings.Contains(strings.Join(names, ","), name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

var (
	topics   = strings.Fields("arms-transfer diplomacy economy labour missile sanctions satellite statement summit treaty troops visit")
	statuses = strings.Fields("confirmed reported reported reported claimed alleged disputed unverified")
	kinds    = strings.Fields("official state-media wire wire news news broadcast research un ngo social")
)
