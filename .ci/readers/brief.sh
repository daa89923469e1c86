#!/usr/bin/env bash
# Opens briefs in the programs that people use: Chromium prints every HTML brief
# on exactly one page, and lays one out for a telephone without scrolling
# sideways; pandoc makes DOCX and PDF of Markdown. A program that is not installed
# is skipped with a message.
#
#   apt-get install chromium poppler-utils pandoc weasyprint
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state
go build -buildvcs=false -o "$work/dateline" .
dateline() { "$work/dateline" "$@" 2>>"$work/errors"; }

failed=0
fail() { printf 'fail: %s\n' "$*"; failed=1; }
have() { command -v "$1" >/dev/null; }

# Timelines that are hard to fit: of one-liners, of capitals, of Hangul, and of a
# single long event.
hard() { # NAME TITLE SUMMARY EVENTS
  printf '{"title": "%s", "events": [' "$2"
  for i in $(seq "$4"); do
    [ "$i" = 1 ] || printf ','
    printf '{"id": "%s-%d", "date": "%d", "title": "%s", "summary": "%s", "status": "claimed", "sources": [{"publisher": "P%d", "title": "T"}]}' \
      "$1" "$i" $((1900 + i)) "$2" "$3" "$i"
  done
  printf ']}'
}
capitals='THE MINISTRY OF FOREIGN AFFAIRS REJECTED WHAT THE COMMITTEE OF EXPERTS HAD CLAIMED ABOUT SHIPMENTS [1].'
hard short T "" 100 >"$work/short.json"
hard capitals "MINISTRY SUMMONS AMBASSADOR" "$capitals" 50 >"$work/capitals.json"
hard hangul "조선민주주의인민공화국 외무성 대변인 담화" "조선민주주의인민공화국 외무성 대변인은 담화를 발표하고 이를 규탄하였다고 한다 [1]." 50 >"$work/hangul.json"
hard long T "$(for i in $(seq 25); do printf '%s ' "$capitals"; done)" 1 >"$work/long.json"

chromium=
for name in chromium chromium-browser google-chrome; do
  if [ -z "$chromium" ] && have "$name"; then chromium=$name; fi
done
browse() { "$chromium" --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" "$@" 2>/dev/null; }

full=0 # the number of briefs that fill the page to its last line
one_page() { # PAPER ARGUMENTS
  local paper=$1 size most what
  shift
  case $paper in
    a4) size="594.96 x 841.92" most=60 ;;
    letter) size="612 x 792" most=58 ;;
  esac
  what="$*"
  what="$paper: ${what//"$work/"/}"
  what=${what:0:66}
  dateline brief --no-state --format html --page "$paper" "$@" >"$work/brief.html"
  browse --no-pdf-header-footer --print-to-pdf="$work/brief.pdf" "file://$work/brief.html" >/dev/null
  local info pages
  info=$(pdfinfo "$work/brief.pdf")
  pages=$(sed -n 's/^Pages: *//p' <<<"$info")
  if [ "$pages" != 1 ]; then fail "$what: $pages pages"; return; fi
  grep -q "^Page size: *$size" <<<"$info" || fail "$what: $(grep '^Page size' <<<"$info"), want $size"
  local lines
  lines=$(dateline brief --no-state --page "$paper" "$@" | wc -l)
  if [ "$lines" = $most ]; then full=$((full + 1)); fi
  printf 'ok: %s: 1 page, %d lines as text\n' "$what" "$lines"
}

if [ -n "$chromium" ] && have pdfinfo; then
  for paper in a4 letter; do
    for filter in '' 'actor:putin since:2024-06' 'has:answer' 'topic:arms-transfer status:disputed,alleged' 'place:japan' \
      'kind:un' 'id:2024-02-18-aurus-car-gift' 'actor:nobody'; do
      one_page "$paper" --filter "$filter"
    done
    for name in short capitals hangul long; do
      one_page "$paper" "$work/$name.json"
    done
    one_page "$paper" --since 2024-06 --minutes 2 --bottom-line "$capitals $capitals $capitals $capitals"
  done
  [ "$full" -ge 2 ] || fail "no brief fits only just: the check is too easy"
else
  echo "skip: printing: Chromium or pdfinfo (poppler-utils) is not installed"
fi

if [ -n "$chromium" ]; then
  dateline brief --no-state --format html --page none >"$work/phone.html"
  cat >"$work/measure.html" <<'EOF'
<iframe src="phone.html" width="390" height="800" onload="document.body.dataset.wide = this.contentDocument.documentElement.scrollWidth"></iframe>
EOF
  wide=$(browse --allow-file-access-from-files --dump-dom "file://$work/measure.html" | sed -n 's/.*data-wide="\([0-9]*\)".*/\1/p')
  if [ "${wide:-0}" -gt 0 ] && [ "$wide" -le 390 ]; then
    printf 'ok: telephone: %s of 390 pixels wide\n' "$wide"
  else
    fail "telephone: ${wide:-not measured} of 390 pixels wide"
  fi
else
  echo "skip: telephone: Chromium is not installed"
fi

if have pandoc; then
  dateline brief --no-state --format markdown >"$work/brief.md"
  notes=$(grep -c '^\[^' "$work/brief.md")
  pandoc -o "$work/brief.docx" "$work/brief.md"
  found=$(pandoc -t json "$work/brief.docx" | grep -o '"t":"Note"' | wc -l)
  if [ "$found" -ge "$notes" ]; then
    printf 'ok: DOCX: %d footnotes for %d sources\n' "$found" "$notes"
  else
    fail "DOCX: $found footnotes for $notes sources"
  fi
  engine=
  for name in weasyprint wkhtmltopdf xelatex; do
    if [ -z "$engine" ] && have "$name"; then engine=$name; fi
  done
  if [ -n "$engine" ]; then
    pandoc --pdf-engine="$engine" -o "$work/pandoc.pdf" "$work/brief.md" 2>/dev/null
    if [ -s "$work/pandoc.pdf" ]; then
      printf 'ok: PDF: by pandoc and %s\n' "$engine"
    else
      fail "PDF: nothing was made"
    fi
  else
    echo "skip: PDF by pandoc: no engine is installed, such as weasyprint or xelatex"
  fi
else
  echo "skip: DOCX and PDF: pandoc is not installed"
fi

exit $failed
