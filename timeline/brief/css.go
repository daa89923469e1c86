package brief

// style is how a brief looks: as wide as is good to read on a screen, narrow on
// a telephone, dark where the reader wants it dark, and black on paper.
//
// No type on paper is smaller than 9 points or depends on what there is to
// print. The 60 lines of a page of text are less than A4 is high, and 58 less
// than Letter; a line of 80 cells, capitals too, is less than either is wide. So
// a page of text is a page on paper. Parts stand apart by the space that is
// left: it is the only thing that yields.
const style = `:root { color-scheme: light dark; --ink: #111; --paper: #fff; --faint: #595959; --rule: #bbb; --link: #0b4a8f; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #161616; --faint: #a8a8a8; --rule: #4a4a4a; --link: #8ab4f8; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "Noto Sans CJK KR", sans-serif; }
h1 { font-size: 1.35rem; line-height: 1.25; }
h2 { margin: 1.4rem 0 .3rem; border-bottom: 1px solid var(--rule); font-size: .9rem; text-transform: uppercase; }
h3 { margin-top: .7rem; font-size: 1rem; }
.basis { font-weight: normal; color: var(--faint); }
ul, ol { list-style: none; }
li { padding-left: 1.2em; text-indent: -1.2em; }
.write { height: 2rem; border-bottom: 1px solid var(--ink); }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-weight: normal; color: var(--faint); }
td { padding: .2rem .6rem .2rem 0; vertical-align: top; }
a { color: var(--link); }
.note, .back { text-decoration: none; }
footer { margin-top: 1.4rem; border-top: 1px solid var(--rule); color: var(--faint); }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #000; --rule: #999; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 11.7pt; }
  main { display: flex; flex-direction: column; }
  main * { flex: none; }
  section, article { display: contents; }
  section::before { content: ""; flex: 0 1 12pt; }
  article::before { content: ""; flex: 0 1 5pt; }
  h1 { font-size: 12pt; line-height: 14pt; }
  h2 { margin: 0; border: 0; font-size: 9pt; }
  h3 { margin: 0; font-size: 9.5pt; }
  footer { margin-top: auto; border: 0; }
  td { padding: 0 6pt 0 0; }
  thead, .back { display: none; }
  .write { height: 11.7pt; }
  a { text-decoration: none; }
}
`
