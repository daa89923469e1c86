#!/usr/bin/env bash
# Opens the output of dateline export in the programs that people use, and
# compares what they read with what the files hold. A program that is not
# installed is skipped with a message. The files are exports of the built-in
# timeline and of a fixture of the tests.
#
# ical.js, TimelineJS: node and npm. icalendar, vobject: python3-icalendar and
# python3-vobject. LibreOffice: libreoffice-calc-nogui. Gnumeric: gnumeric.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
skip() { say "skipped: $*"; }

readers=$PWD/.ci/readers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -buildvcs=false -o "$work/dateline" .
fixture=$PWD/timeline/export/testdata/export.json
cd "$work"
for format in jsonl csv ics timelinejs; do
  ./dateline export --format "$format" -o "inside.$format"
  ./dateline export --format "$format" -o "fixture.$format" "$fixture" 2>/dev/null # it warns of dates that do not fit
done
# Cells that a spreadsheet would run, and a plain event beside each.
n=0
for text in '=HYPERLINK(\"https://a.example\",\"x\")' '=1+1' '+1+1' '-2+3' '@SUM(1,2)' ' =1+1' "'=1+1" 'a;=1+1'; do
  n=$((n + 1))
  printf '{"id":"%s","date":"2024-06-19","title":"%s","summary":"%s","actors":["A","%s"],"sources":[{"url":"https://a.example/;=1+1"}]}\n' "a-$n" "$text" "$text" "$text"
  printf '{"id":"%s","date":"2024-06-19","title":"Plain, as most","summary":"A sentence, or two.","sources":[{"url":"https://a.example"}]}\n' "b-$n"
done >formulas.jsonl
./dateline export --format csv -o formulas.csv formulas.jsonl
# The same without the apostrophes, to see that the reader would run the cells.
tr -d "'" <formulas.csv >control.csv

if ! command -v npm >/dev/null; then
  skip "ical.js and TimelineJS: there is no npm"
elif ! npm install --silent --no-audit --no-fund ical.js@2.2.1 @knight-lab/timelinejs@3.9.11 jsdom@29.1.1 >npm.log 2>&1; then
  skip "ical.js and TimelineJS: npm cannot install them: $(tail -n 1 npm.log)"
else
  cp "$readers/export.mjs" .
  node export.mjs
fi

python=/usr/bin/python3 # the one that Debian's packages are for
if ! "$python" -c 'import icalendar, vobject' 2>/dev/null; then
  skip "icalendar and vobject: not installed"
else
  "$python" - <<'PYTHON'
import icalendar, vobject
for name, want in (("inside", sum(1 for _ in open("inside.jsonl"))), ("fixture", 16)):
    text = open(name + ".ics", newline="").read()
    entries = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert len(entries) == want and not any(e.errors for e in entries), (name, len(entries))
    assert all(e["DTSTART"].dt < e["DTEND"].dt for e in entries), name
    calendar = vobject.readOne(text)
    assert calendar.validate(raiseException=True) and len(calendar.vevent_list) == want, name
    print(f"icalendar, vobject: {name}.ics has {want} entries, no errors")
PYTHON
fi

# shape FILE says how many rows a table has, and of how many columns.
shape() {
  python3 -c 'import csv, sys; rows = list(csv.reader(open(sys.argv[1]))); print(len(rows), *sorted({len(r) for r in rows}))' "$1"
}
want="$(($(wc -l <inside.jsonl) + 1)) 14"

if ! command -v soffice >/dev/null || ! command -v python3 >/dev/null; then
  skip "LibreOffice: it or python3 is not installed"
else
  calc() { HOME=$work timeout 120 soffice --headless "$@" >/dev/null 2>&1; }
  # UTF-8, formulas evaluated; parted at commas, at semicolons too, at those only.
  for separators in 44 44/59/9 59; do
    calc --infilter="CSV:$separators,34,76,1,,0,false,true,false,false,false,0,true" --convert-to fods control.csv formulas.csv
    grep -q 'table:formula=' control.fods || die "LibreOffice runs nothing, whatever we write"
    ! grep -q 'table:formula=' formulas.fods || die "LibreOffice runs a cell, separators $separators"
  done
  calc --infilter=CSV:44/59/9,34,76 --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true' --outdir again inside.csv
  got=$(shape again/inside.csv)
  [ "$got" = "$want" ] || die "LibreOffice: inside.csv has rows and columns $got, want $want"
  say "LibreOffice: inside.csv has rows and columns $got; no cell is run"
fi

if ! command -v ssconvert >/dev/null || ! command -v python3 >/dev/null; then
  skip "Gnumeric: it or python3 is not installed"
else
  for name in control formulas inside; do
    ssconvert -T Gnumeric_XmlIO:sax:0 "$name.csv" "$name.xml" 2>/dev/null
  done
  run() { grep -oE '<gnm:Cell [^>]*>=' "$@" | grep -v 'ValueType="60"'; } # 60 is text
  run control.xml >/dev/null || die "Gnumeric runs nothing, whatever we write"
  ! run formulas.xml inside.xml || die "Gnumeric runs a cell"
  ssconvert inside.csv inside-again.csv 2>/dev/null
  got=$(shape inside-again.csv)
  [ "$got" = "$want" ] || die "Gnumeric: inside.csv has rows and columns $got, want $want"
  say "Gnumeric: inside.csv has rows and columns $got; no cell is run"
fi
