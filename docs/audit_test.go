package docs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dateline/timeline"
)

// TestAuditHasEveryMark wants one line of audit.tsv for every footnote mark of
// every sentence, in the order of the events, and no other line; no page may
// contradict its sentence.
func TestAuditHasEveryMark(t *testing.T) {
	file, _ := shipped(t)
	place := make(map[string]int)
	want := make(map[string]int) // marks by event, sentence, number and address
	for i, e := range file.Events {
		place[e.ID] = i
		for n, sentence := range timeline.Sentences(e.Summary) {
			e.countMarks(want, strconv.Itoa(n+1), sentence)
		}
		e.countMarks(want, "caveat", e.Caveat)
	}
	got := make(map[string]int)
	last := 0
	for _, line := range audit(t) {
		got[line.mark()]++
		switch {
		case !slices.Contains(verdicts, line.verdict):
			t.Errorf("%s: the verdict is %q", line.mark(), line.verdict)
		case line.verdict == "contradicts":
			t.Errorf("%s: the page contradicts the sentence: %s", line.mark(), line.seen)
		case line.seen == "":
			t.Errorf("%s: what the page says is not told", line.mark())
		}
		if i := place[line.event]; i < last {
			t.Errorf("%s: it stands below a later event", line.mark())
		} else {
			last = i
		}
	}
	for _, mark := range slices.Sorted(maps.Keys(want)) {
		if got[mark] != want[mark] {
			t.Errorf("%s: %d lines for %d marks", mark, got[mark], want[mark])
		}
		delete(got, mark)
	}
	for _, mark := range slices.Sorted(maps.Keys(got)) {
		t.Errorf("%s: there is no such mark", mark)
	}
}

// TestAuditIsCountedInItsPage holds the tables of audit.md to audit.tsv.
func TestAuditIsCountedInItsPage(t *testing.T) {
	file, _ := shipped(t)
	kinds := make(map[string]string) // by event and address
	for _, e := range file.Events {
		for _, s := range e.Sources {
			kinds[e.ID+" "+s.URL] = s.Kind
		}
	}
	verdict := make(map[string]int)
	byKind := make(map[string]map[string]int)
	pages, sentences := make(map[string]bool), make(map[string]bool)
	for _, line := range audit(t) {
		verdict[line.verdict]++
		kind := kinds[line.event+" "+line.address]
		if byKind[kind] == nil {
			byKind[kind] = make(map[string]int)
		}
		byKind[kind][line.verdict]++
		pages[line.address] = true
		sentences[line.event+" "+line.sentence] = true
	}
	row := func(name string, count map[string]int) string {
		total := 0
		cells := ""
		for _, v := range verdicts {
			total += count[v]
			cells += fmt.Sprintf(" %d |", count[v])
		}
		return fmt.Sprintf("| %s | %d |%s", name, total, cells)
	}
	wants := []string{
		row("all", verdict),
		fmt.Sprintf("%d footnote marks of %d sentences, which cite %d pages", sum(verdict), len(sentences), len(pages)),
	}
	for kind, count := range byKind {
		wants = append(wants, row(kind, count))
	}
	for _, want := range wants {
		if !strings.Contains(oneLine(t, "audit.md"), want) {
			t.Errorf("audit.md does not say %q", want)
		}
	}
	for _, name := range []string{"../README.md", "../CHANGELOG.md"} {
		if want := fmt.Sprintf("each of its %d footnotes", sum(verdict)); !strings.Contains(strings.ToLower(oneLine(t, name)), want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
}

var verdicts = []string{"bears", "partly", "contradicts", "not found"}

// An auditLine is what a reader of one cited page saw.
type auditLine struct{ event, sentence, n, address, verdict, seen string }

// mark names the footnote mark that a line is about.
func (l auditLine) mark() string {
	return strings.Join([]string{l.event, l.sentence, "[" + l.n + "]", l.address}, " ")
}

func audit(t *testing.T) []auditLine {
	t.Helper()
	heading := strings.Split("event sentence n address title published author quote quote_by verdict seen", " ")
	var lines []auditLine
	for _, row := range table(t, "audit.tsv", heading...) {
		lines = append(lines, auditLine{row[0], row[1], row[2], row[3], row[9], row[10]})
	}
	return lines
}

// countMarks counts the footnote marks of a sentence of an event.
func (e shippedEvent) countMarks(counts map[string]int, sentence, text string) {
	for seg := range timeline.Segments(text, len(e.Sources)) {
		if seg.Mark == "" {
			continue
		}
		n := strings.Trim(seg.Mark, "[]")
		i, _ := strconv.Atoi(n)
		counts[auditLine{event: e.ID, sentence: sentence, n: n, address: e.Sources[i-1].URL}.mark()]++
	}
}

func sum(counts map[string]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

// oneLine returns a page without its line breaks.
func oneLine(t *testing.T, name string) string {
	t.Helper()
	return strings.Join(strings.Fields(page(t, name)), " ")
}
