package timeline_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/text"
)

func TestSentencesAreCutAtTheirEndsOnly(t *testing.T) {
	for text, want := range map[string][]string{
		"":                       nil,
		"Nothing ends it":        {"Nothing ends it"},
		"One [1]. Two [2].":      {"One [1]. ", "Two [2]."},
		"One. [1] Two.":          {"One. [1] ", "Two."},
		"One.[1][2] Two.":        {"One.[1][2] ", "Two."},
		"Is it? It is! So be it": {"Is it? ", "It is! ", "So be it"},
		"Really?! Yes.":          {"Really?! ", "Yes."},

		"The U.S. said so. It was.":                 {"The U.S. said so. ", "It was."},
		"He met N. Korea's Gen. Pak. They talked.":  {"He met N. Korea's Gen. Pak. ", "They talked."},
		"At 9 a.m. Moscow time it began. It ended.": {"At 9 a.m. Moscow time it began. ", "It ended."},
		"On Oct. 7 he wrote. On Oct. 8 it was out.": {"On Oct. 7 he wrote. ", "On Oct. 8 it was out."},
		"Resolution No. 1718 holds. No. Not so.":    {"Resolution No. 1718 holds. ", "No. ", "Not so."},
		"It rose 3.5 per cent. It fell.":            {"It rose 3.5 per cent. ", "It fell."},
		"It was in 2024. Then it ended.":            {"It was in 2024. ", "Then it ended."},
		"Am 3. Oktober kam er. Dann ging er.":       {"Am 3. Oktober kam er. ", "Dann ging er."},
		"He waited ... Then he left. Gone.":         {"He waited ... Then he left. ", "Gone."},
		"See kcna.kp for more. It is there.":        {"See kcna.kp for more. ", "It is there."},

		"He said: “It is so. It will be so.” Nobody asked.": {"He said: “It is so. It will be so.” ", "Nobody asked."},
		"“We agree.” Putin said so. They left.":             {"“We agree.” Putin said so. ", "They left."},
		`"We agree." Putin said so. They left.`:             {`"We agree." Putin said so. `, "They left."},
		"“No!” said Moscow. It left.":                       {"“No!” said Moscow. ", "It left."},
		"It fell (as KCNA said. Nobody saw it). It burned.": {"It fell (as KCNA said. Nobody saw it). ", "It burned."},
		"He called it “baseless.” Moscow rejected it.":      {"He called it “baseless.” ", "Moscow rejected it."},
		"He opened a “quotation. It never closed. The end.": {"He opened a “quotation. It never closed. The end."},
		"«Нет», сказал он. Он ушёл. Да.":                    {"«Нет», сказал он. ", "Он ушёл. ", "Да."},
		"김정은은 방문했다. 푸틴은 환영했다.":                              {"김정은은 방문했다. ", "푸틴은 환영했다."},
		"他来了。他走了！（没有。）好。":                                   {"他来了。", "他走了！", "（没有。）", "好。"},
		"He'd said ‘no.’ Then he went. It's over.":          {"He'd said ‘no.’ ", "Then he went. ", "It's over."},
		"a. b. C": {"a. b. C"},
		". . .":   {". . ."},
	} {
		if got := timeline.Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, e := range []string{"One [1]. Two.", "“We agree.” Putin said so.", "他来了。（没有。）", "He said ‘no.’ [1][2] Gone... U.S. Oct. 7."} {
		f.Add(e)
	}
	f.Fuzz(func(t *testing.T, summary string) {
		summary = text.Clean(summary)
		sentences := timeline.Sentences(summary)
		if got := strings.Join(sentences, ""); got != summary {
			t.Errorf("got %q, want %q", got, summary)
		}
		marks := func(s string) int { return len(slices.Collect(timeline.Segments(s, timeline.HighestMark))) - 1 }
		whole := 0
		for i, s := range sentences {
			whole += marks(s)
			if strings.TrimSpace(s) == "" && len(sentences) > 1 {
				t.Errorf("%q: sentence %d is empty", summary, i)
			}
			if i < len(sentences)-1 && !strings.ContainsAny(s, ".!?。！？؟।") {
				t.Errorf("%q: %q ends without an end", summary, s)
			}
			if again := timeline.Sentences(s); len(again) != 1 {
				t.Errorf("%q: %q is not one sentence but %q", summary, s, again)
			}
		}
		if want := marks(summary); whole != want {
			t.Errorf("%q: %d marks are whole, want %d", summary, whole, want)
		}
	})
}
