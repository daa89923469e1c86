#!/usr/bin/env bash
# Opens the output of dateline cite in the programs that people use: biber, pandoc
# and Citation.js, as far as they are installed. Every source of the built-in
# timeline must be there, with its title, date and address.
#
#   apt-get install biber pandoc nodejs
#   npm install --prefix DIR @citation-js/core @citation-js/plugin-bibtex @citation-js/plugin-csl @citation-js/plugin-ris
#   NODE_PATH=DIR/node_modules .ci/readers/cite.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/dateline" .
for format in csl ris biblatex; do
  "$dir/dateline" cite --format "$format" >"$dir/cited.$format"
done
have() { command -v "$1" >/dev/null || { printf 'skip: %s is not installed\n' "$1"; return 1; }; }
failed=0

if have biber; then
  # biber warns of a missing date, and may of nothing else.
  undated=$(awk -v RS= '!/\n  date  /' ORS='\n\n' "$dir/cited.biblatex" | grep -c '^@' || true)
  (cd "$dir" && biber --tool --validate-datamodel --nolog --output-file checked.bib cited.biblatex >biber.out 2>&1) || failed=1
  warned=$(grep -c "WARN.*Missing mandatory field - one of 'date, year'" "$dir/biber.out" || true)
  others=$(grep -E '^(WARN|ERROR)' "$dir/biber.out" | grep -vc "one of 'date, year'" || true)
  read -r entries checked < <(grep -c '^@' "$dir/cited.biblatex" "$dir/checked.bib" | cut -d: -f2 | xargs)
  echo "biber: $checked of $entries entries, $warned warnings of $undated missing dates, $others others"
  [ "$checked" = "$entries" ] && [ "$warned" = "$undated" ] && [ "$others" = 0 ] || failed=1
fi

if have pandoc; then
  pandoc -f biblatex -t csljson "$dir/cited.biblatex" >"$dir/pandoc.biblatex.json"
  pandoc -f csljson -t csljson "$dir/cited.csl" >"$dir/pandoc.csl.json"
  if pandoc --list-input-formats | grep -qx ris; then
    pandoc -f ris -t csljson "$dir/cited.ris" >"$dir/pandoc.ris.json"
  else
    echo "skip: this pandoc reads no RIS; 3.0 does"
  fi
fi

if have node; then
  node .ci/readers/cite.js events.json "$dir" || failed=1
fi
exit "$failed"
