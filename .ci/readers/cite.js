// Compares what programs have read of our citations with the sources of a
// timeline: node cite.js events.json DIR. In DIR are cited.csl, cited.ris and
// cited.biblatex, and as CSL-JSON what pandoc has read of them.
const fs = require('fs')
const path = require('path')
const [timeline, dir] = process.argv.slice(2)
const read = (name) => fs.readFileSync(path.join(dir, name), 'utf8')

const sources = new Map()
for (const event of JSON.parse(fs.readFileSync(timeline, 'utf8')).events) {
  for (const s of event.sources) {
    sources.set(JSON.stringify([s.author, s.title, s.publisher, s.via, s.published, s.url]), s)
  }
}

// Readers of TeX set quotation marks and dashes of their own, and mark what
// keeps its capitals.
const plain = (text = '') => text.normalize('NFC').replace(/<\/?span[^>]*>/g, '')
  .replace(/[‘’“”"]/g, "'").replace(/[–—]/g, '-').replace(/…/g, '...').replace(/\s+/g, ' ').trim()

// BibLaTeX has the kind in brackets for a title. These readers of RIS know the
// year of a newspaper article only, and Citation.js encodes a per cent sign that
// is encoded already.
function compare (reader, items) {
  const bracketed = reader.includes('biblatex')
  const coarse = reader.includes('ris')
  const row = (title, date, url) => JSON.stringify([
    plain(title).replace(/^\[.*\]$/, ''), coarse ? date.slice(0, 4) : date, url.replace(/%25/g, '%')
  ])
  const wanted = new Map()
  for (const s of sources.values()) {
    const r = row(s.title, s.published || '', s.url)
    wanted.set(r, (wanted.get(r) || 0) + 1)
  }
  let wrong = 0
  for (const item of items) {
    const [parts = []] = item.issued?.['date-parts'] || []
    const r = row(item.title, parts.map((n, i) => String(n).padStart(i ? 2 : 4, '0')).join('-'), item.URL || '')
    if (wanted.get(r) && !(bracketed && !item.title)) {
      wanted.set(r, wanted.get(r) - 1)
      continue
    }
    if (wrong++ < 3) console.log(`  ${reader} has ${r}`)
  }
  console.log(`${reader}: ${items.length} of ${sources.size} sources, ${wrong} wrong`)
  if (wrong > 0 || items.length !== sources.size) process.exitCode = 1
}

for (const name of fs.readdirSync(dir).filter((name) => /^pandoc\..*\.json$/.test(name))) {
  compare(name.replace('.json', ''), JSON.parse(read(name)))
}

let Cite
try {
  Cite = require('@citation-js/core').Cite
  for (const plugin of ['bibtex', 'csl', 'ris']) require(`@citation-js/plugin-${plugin}`)
} catch {
  console.log('skip: Citation.js is not installed where NODE_PATH says')
}
if (Cite) {
  for (const [format, forceType] of [['csl', '@else/json'], ['ris', '@ris/file'], ['biblatex', '@biblatex/text']]) {
    compare(`citation-js.${format}`, new Cite(read(`cited.${format}`), { forceType, generateGraph: false }).data)
  }
}
