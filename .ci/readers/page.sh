#!/usr/bin/env bash
# Opens the pages of dateline export --format html in Chromium: keys, filters,
# links, hostile text, accessibility, a telephone, and paper. What is not installed
# is skipped with a message.
#
#   apt-get install chromium nodejs npm poppler-utils
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() { printf 'skipped: %s\n' "$*"; exit 0; }
die() { printf '%s\n' "$*" >&2; exit 1; }

chromium=
for name in chromium chromium-browser google-chrome; do
  [ -n "$chromium" ] || chromium=$(command -v "$name") || true
done
[ -n "$chromium" ] || skip "pages: Chromium is not installed"
command -v npm >/dev/null || skip "pages: there is no npm"
command -v pdftotext >/dev/null || skip "pages: pdftotext (poppler-utils) is not installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -buildvcs=false -o "$work/dateline" .
cat >"$work/fold.go" <<'EOF'
// Fold prints how package text folds each character that a text may hold, one a
// line: its number and what it folds to, both in hexadecimal.
package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		known := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co) // else this Go does not know it yet
		if utf8.ValidRune(r) && known {
			fmt.Fprintf(w, "%x %x\n", r, text.Fold("x"+string(r)+"x"))
		}
	}
}
EOF
go run "$work/fold.go" >"$work/folded"
cp .ci/readers/page.mjs timeline/export/page.js "$work"
cp events.json "$work/inside.json"
go run ./docs/benchmarks/gen -n 5000 -o "$work/many.jsonl"
cd "$work"
npm install --silent --no-audit --no-fund puppeteer-core@24.10.0 axe-core@4.10.3 >npm.log 2>&1 ||
  skip "pages: npm cannot install what drives Chromium: $(tail -n 1 npm.log)"

hostile='<script>alert(1)</script></noscript></style><img src=x onerror=alert(1)><svg onload=alert(1)>\" autofocus onfocus=\"alert(1)'
cat >hostile.json <<EOF
{"title": "$hostile", "description": "$hostile", "actors": [{"name": "$hostile", "aliases": ["$hostile"]}], "events": [
{"id": "a", "date": "2024-06-19", "title": "$hostile", "summary": "$hostile [1].", "caveat": "$hostile", "actors": ["$hostile"], "places": ["$hostile"], "topics": ["$hostile"],
 "sources": [{"url": "javascript:alert(1)", "title": "$hostile", "publisher": "$hostile", "quote": "$hostile", "archived": "data:text/html,$hostile"}, {"url": "https://a.example/\"><script>alert(1)</script>", "title": "$hostile"}]},
{"id": "$hostile", "date": "2024-06-20", "title": "Denial", "answers": ["a"], "denies": ["a"], "sources": [{"publisher": "P", "title": "T"}]}]}
EOF
for name in inside many hostile; do
  file=$(ls "$name".json*)
  ./dateline export --format html --output "$name.html" "$file" 2>/dev/null
done
./dateline export --format html --filter 'topic:treaty since:2024-06' --output some.html inside.json
CHROMIUM=$chromium node page.mjs
for paper in a4 letter; do
  pages=$(pdfinfo "$paper.pdf" | sed -n 's/^Pages: *//p')
  pdftotext -layout "$paper.pdf" - | grep -q "$pages / $pages" || die "$paper: the last of $pages pages has no number"
  printf 'ok: %s: %d pages, each with its number\n' "$paper" "$pages"
done
