package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// A form is a file format.
type form struct {
	open, between, end string
	event              func(io.Writer, event)
}

var forms = map[string]form{
	"jsonl": {"", "\n", "\n", writeJSON},
	"json":  {"[\n", ",\n", "\n]\n", writeJSON},
	"csv":   {"id,date,title,summary,actors,places,topics,status,caveat,url,publisher,source_title,published\n", "", "", writeCSV},
	"gdelt": {"", "", "", writeGDELT},
}

func writeJSON(w io.Writer, e event) {
	fmt.Fprintf(w, `{"id":"%s","date":"%s","title":"%s","summary":"%s","actors":[%s],"places":[%s],"topics":[%s],"status":"%s"`,
		e.id, e.date, escaped.Replace(e.title), escaped.Replace(e.summary), quoted(e.actors), quoted(e.places), quoted(e.topics), e.status)
	if e.caveat != "" {
		fmt.Fprintf(w, `,"caveat":"%s"`, escaped.Replace(e.caveat))
	}
	io.WriteString(w, `,"sources":[`)
	for k, s := range e.sources {
		if k > 0 {
			io.WriteString(w, ",")
		}
		fmt.Fprintf(w, `{"url":"%s","title":"%s","publisher":"%s","kind":"%s","published":"%s","accessed":"2024-01-01","language":"en"`,
			s.url, escaped.Replace(s.title), s.publisher, s.kind, e.day)
		if s.quote != "" {
			fmt.Fprintf(w, `,"quote":"%s"`, escaped.Replace(s.quote))
		}
		io.WriteString(w, "}")
	}
	io.WriteString(w, "]}")
}

// escaped writes a text as JSON has it.
var escaped = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "é", `\u00e9`)

// quoted writes a JSON list of names, which need no escaping.
func quoted(texts []string) string { return `"` + strings.Join(texts, `","`) + `"` }

func writeCSV(w io.Writer, e event) {
	var urls []string
	for _, s := range e.sources {
		urls = append(urls, s.url)
	}
	first := e.sources[0]
	c := csv.NewWriter(w)
	c.Write([]string{e.id, e.date, e.title, e.summary, list(e.actors), list(e.places), list(e.topics), e.status, e.caveat,
		list(urls), first.publisher, first.title, e.day})
	c.Flush()
}

func list(texts []string) string { return strings.Join(texts, "; ") }

// writeGDELT writes the 61 columns of GDELT 2.0.
func writeGDELT(w io.Writer, e event) {
	cells := make([]string, 61)
	set := func(column int, text string) { cells[column-1] = text }
	packed := strings.ReplaceAll(e.day, "-", "")
	code := 1 + len(e.summary)%20
	set(1, e.id[len("2014-01-01-"):])
	set(2, packed)
	set(3, packed[:6])
	set(4, packed[:4])
	set(5, packed[:4]+".5000")
	for k, name := range e.actors[:min(2, len(e.actors))] {
		set(6+10*k, strings.ToUpper(name[:3])+"GOV")
		set(7+10*k, strings.ToUpper(name))
		set(13+10*k, "GOV")
		set(36+8*k, "4")
		set(37+8*k, e.places[0])
	}
	set(26, "1")
	set(27, fmt.Sprintf("%02d0", code))
	set(28, fmt.Sprintf("%02d0", code))
	set(29, fmt.Sprintf("%02d", code))
	set(30, fmt.Sprint(1+(code-1)/5))
	set(31, "-2.0")
	set(32, "6")
	set(33, fmt.Sprint(len(e.sources)))
	set(34, "6")
	set(35, "-1.25")
	set(52, "4")
	set(53, e.places[0])
	set(57, "39.0")
	set(58, "125.8")
	set(60, packed+"001500")
	set(61, e.sources[0].url)
	fmt.Fprintln(w, strings.Join(cells, "\t"))
}
