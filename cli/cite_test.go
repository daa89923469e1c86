package cli

import (
	"fmt"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/format"
)

func TestCiteTakesTheSourcesOfTheMatchingEventsInOrder(t *testing.T) {
	const file = `[
{"id":"a","date":"2024-01","title":"First","topics":["x"],"sources":[{"publisher":"P","title":"One"},{"publisher":"P","title":"Both"}]},
{"id":"b","date":"2024-02","title":"Second","sources":[{"publisher":"P","title":"Two"}]},
{"id":"c","date":"2024-03","title":"Third","topics":["x"],"sources":[{"publisher":"P","title":"Both","quote":"Words"},{"publisher":"P","title":"Three"}]}]`
	for args, want := range map[string]string{
		"cite -":                                 "One Both Two Three",
		"cite - --order newest":                  "Both Three Two One",
		"cite - --filter topic:x":                "One Both Three",
		"cite - --filter topic:x --order newest": "Both Three One",
	} {
		out, errs, code := invoke(file, strings.Split(args, " ")...)
		var titles []string
		for line := range strings.Lines(out) {
			titles = append(titles, strings.TrimSuffix(strings.TrimPrefix(line, "“"), ",” P, n.d.\n"))
		}
		if got := strings.Join(titles, " "); got != want || code != exitOK || errs != "" {
			t.Errorf("%s: got %s, want %s; exit code %d, errors %q", args, got, want, code, errs)
		}
	}
}

func TestViewerCopiesWhatCitePrints(t *testing.T) {
	tl, _, err := format.Read(format.File{Name: "events.json", Text: fixture.BuiltIn})
	if err != nil {
		t.Fatal(err)
	}
	var sources []timeline.Source
	for i := range tl.Len() {
		sources = append(sources, tl.Event(i).Sources...)
	}
	forms := citationForms()
	if len(forms) != len(citationFormats()) {
		t.Errorf("%d formats are copied, of %d", len(forms), len(citationFormats()))
	}
	for _, form := range forms {
		got, err := form.Write(sources)
		if err != nil || form.Name == "" {
			t.Fatal(form.Name, err)
		}
		if want, _, _ := invoke("", "cite", "--format", form.Name); got != strings.TrimRight(want, "\r\n") {
			t.Errorf("%s: the copy differs from the output", form.Name)
		}
	}
}

func TestManyEventsNeedAll(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range brief.MostRead + 1 {
		fmt.Fprintf(&b, `{"id":"e%d","date":"%d","title":"T","sources":[{"publisher":"P","title":"T"}]}`+"\n", i, 1000+i%1000)
	}
	for _, verb := range []string{"brief", "cite"} {
		out, errs, code := invoke(b.String(), verb, "-")
		want := "dateline: 10,001 events match; " + verb + " takes at most 10,000: narrow them with --filter, or use --all\n"
		if out != "" || errs != want || code != exitFailed {
			t.Errorf("%s: got %.200q, exit code %d, errors %q; want exit code %d, errors %q", verb, out, code, errs, exitFailed, want)
		}
		for _, more := range []string{"--all", "--filter=-id:e7"} {
			if out, errs, code := invoke(b.String(), verb, "-", more); code != exitOK || errs != "" || out == "" {
				t.Errorf("%s %s: got %.200q, exit code %d, errors %q", verb, more, out, code, errs)
			}
		}
	}
}
