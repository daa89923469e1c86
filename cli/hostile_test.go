package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"dateline/cli/internal/fixture"
)

// TestNothingHostileIsPrinted checks the output and errors of every verb, with
// hostile texts in the file and on the command line.
func TestNothingHostileIsPrinted(t *testing.T) {
	t.Parallel()
	texts := fixture.Hostile(t)
	path := fixture.EventOfEach(t, texts)
	check := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		run(args, homed(), strings.NewReader(""), &out, &errs)
		for _, r := range strings.NewReplacer("\r\n", "", "\n", "").Replace(out.String() + errs.String()) {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u200d' { // emoji are spelt with joiners
				t.Errorf("dateline %.80q prints %U", args, r)
				return
			}
		}
	}
	for _, args := range [][]string{{path}, {"list", path}, {"--plain", path}, {"export", path}, {"export", "--format", "jsonl", path}, {"export", "--format", "csv", path},
		{"export", "--format", "ics", path}, {"export", "--format", "timelinejs", path}, {"export", "--format", "html", path}, {"brief", path}, {"brief", "--format", "markdown", path},
		{"brief", "--format", "html", path}, {"brief", "--format", "json", path}, {"check", path}, {"check", "--format", "json", path}} {
		check(args...)
	}
	small := fixture.EventOfEach(t, texts[:12])
	for _, h := range texts {
		check("list", "--filter", h, small)
		check("list", "--filter", "actor:"+h, small)
		check("list", "--filter", h+":x", small)
		check("list", "--order", h, small)
		check("list", "--output", "missing/"+h, small)
		check("list", "--view", h, small)
		check("list", "--config", h, small)
		check("brief", "--since", h, small)
		check("brief", "--filter", "id:x", "--title", h, "--bottom-line", h, small)
		check("list", strings.ReplaceAll(h, "\x00", ""))
		check(h, "--"+h)
	}
}
