"use strict";
(() => {
  const $ = (selector, at = document) => at.querySelector(selector);
  const all = (selector, at = document) => [...at.querySelectorAll(selector)];
  const make = (name, text = "", className = "") => Object.assign(document.createElement(name), { textContent: text, className });

  // Folding, as package text does it, so that both find the same.

  // Small letters with a stroke, a tail or the like, each before its replacement.
  const letters = new Map("ßss æae ðd øo þth đd ħh ıi ĸq łl ŋn œoe ŧt ƀb ƃb ƈc ƌd ƒf ƙk ƚl ƞn ƥp ƫt ƭt ƴy ƶz ƿw ǝe ǣae ǥg ǽae ǿo ȡd ȥz ȴl ȵn ȶt ȷj ȼc ȿs ɀz ɇe ɉj ɋq ɍr ɏy ɐa ɑa ɓb ɔo ɕc ɖd ɗd ɘe əa ɛe ɜe ɟj ɠg ɡg ɣg ɦh ɨi ɩi ɫl ɬl ɭl ɯm ɱm ɲn ɳn ɵo ɽr ɾr ʂs ʈt ʉu ʊu ʋv ʐz ʑz ʝj ʠq ͅι ςσ ґг ғг ҕг җж ҙз қк ҝк ҟк ҡк ңн ҥн ҫс ҭт үу ұу ҳх ҷч ҹч ӄк ӈн өо ӫо ᲀв ᲁд ᲂо ᲃс ᲄт ᲅт ᲆъ ᲇѣ ᲈꙋ ᵽp ᾀαι ᾁαι ᾂαι ᾃαι ᾄαι ᾅαι ᾆαι ᾇαι ᾐηι ᾑηι ᾒηι ᾓηι ᾔηι ᾕηι ᾖηι ᾗηι ᾠωι ᾡωι ᾢωι ᾣωι ᾤωι ᾥωι ᾦωι ᾧωι ᾲαι ᾳαι ᾴαι ᾷαι ῂηι ῃηι ῄηι ῇηι ῲωι ῳωι ῴωι ῷωι ⱡl ⱥa ⱦt ⱨh ⱪk ⱬz ⱳw".split(" ").map((pair) => [[...pair][0], [...pair].slice(1).join("")]));
  const fold = (s) => {
    if (/^[ -~\u2013\u2014\u2018\u2019]*$/.test(s)) s = s.toLowerCase().replace(/['\u2018\u2019]/g, "").replace(/[-\u2013\u2014]/g, " ");
    else s = s.normalize("NFKC").toLowerCase().replace(/[^\0-\x7f]/gu, (c) => letters.get(c) ?? c).normalize("NFD")
      .replace(/[\u0300-\u036f'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032]/g, "")
      .replace(/[-\u2010-\u2015\u2212\u115f\u1160\u3164\uffa0\u0085]/g, " ")
      .replace(/[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\ufff0-\ufff8\u{e0000}-\u{e0fff}\u2065]|(?![\t-\r])[\p{Cf}\p{Cc}]/gu, "")
      .normalize("NFC");
    return s.replace(/\s+/g, " ").trim();
  };

  // What the page holds.

  const data = JSON.parse($("script[type]").textContent);
  const statuses = data.status.map((words) => words[0]);
  const names = Object.fromEntries(["actor", "place", "topic"].map((field) => [field, { list: data[field] ?? [] }]));
  const numbers = (s) => (s ? s.split(" ").map(Number) : []);
  const events = all("article").map((node, at) => {
    const { d, s, actor, place, topic } = node.dataset;
    return { node, at, link: $("a", node), status: +s, day: d?.split("/").map(Number), actor: numbers(actor), place: numbers(place), topic: numbers(topic), shown: true };
  });
  const byId = new Map(events.map((e) => [e.node.id, e]));
  const months = all(".list > section").map((node) => ({ node, heading: $("h2", node), gap: $("h2 small", node).textContent, events: [] }));
  const monthOf = new Map(months.map((m) => [m.node, m]));
  for (const e of events) (e.month = monthOf.get(e.node.parentNode)).events.push(e);

  const bodyOf = (e) => $("noscript", e.node).textContent;
  const entities = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
  const plain = (markup) => markup.replace(/<sup>.*?<\/sup>|<[^>]*>/gs, "").replace(/&(amp|lt|gt|#34|#39);/g, (_, name) => entities[name]);
  const haystack = (e) => {
    if (e.hay === undefined) {
      const passages = bodyOf(e).matchAll(/<(?:p class="summary"|q|cite)>(.*?)<\/(?:p|q|cite)>/gs);
      e.hay = [$("b", e.link).textContent, ...[...passages].map((m) => plain(m[1]))].map(fold).join("\n");
    }
    return e.hay;
  };

  // The spellings of each name of a field, folded; its own comes first.
  const spellings = (field) => {
    const table = names[field];
    table.folded ??= table.list.map((own) => (field === "place" ? [...own, ...own[0].split(",")] : own).map(fold).filter(Boolean));
    return table.folded;
  };
  const where = (field, holds) => new Set(spellings(field).flatMap((list, n) => (list.some(holds) ? [n] : [])));
  const inWord = /[\p{L}\p{Nd}]$/u, unspaced = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;
  const fromWordStart = (text, words) => {
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      const before = text.slice(Math.max(0, at - 2), at);
      if (!inWord.test(before) || unspaced.test(before)) return true;
    }
    return false;
  };
  const solid = (s) => s.replaceAll(" ", "");
  // The names that a value means: those with that spelling, else those in which it
  // begins a word.
  const meant = (field, value) => {
    const folded = fold(value);
    if (!folded) return new Set();
    for (const whole of [folded, solid(folded)]) {
      const found = where(field, (s) => s === whole || solid(s) === whole);
      if (found.size) return found;
    }
    return where(field, (s) => fromWordStart(s, folded));
  };

  // Filters: the part of dateline's language that this page knows.

  const elsewhere = /^(kind|publisher|origin|said|since|until|before|after|on|date|known|sources|origins|has|title|quote|role|url|file|marked|id)$/i;
  const parse = (text) => {
    let at = 0;
    const fail = (message) => { throw new Error(message); };
    const blanks = () => { while (/\s/.test(text[at] ?? "")) at++; };
    const word = () => /^(or|and|not|OR|AND|NOT)(?=[\s()|]|$)/.exec(text.slice(at))?.[1].toLowerCase() ?? "";
    const ends = () => at >= text.length || text[at] === ")";
    const field = (from = at) => /^([a-z]+):/i.exec(text.slice(from))?.[1].toLowerCase();

    const value = (of) => {
      let s = "";
      const quotes = "\"“”„‟«";
      const quoted = quotes.includes(text[at] ?? " ");
      if (quoted) {
        const closing = text[at] === '"' ? '"' : '“”‟»"';
        for (at++; !closing.includes(text[at] ?? fail("This quotation mark is not closed.")); at++) {
          if (text[at] === "\\" && '"\\'.includes(text[at + 1] ?? " ")) at++;
          s += text[at];
        }
        at++;
      } else {
        if (!of && text[at] === "/") fail("This page knows no regular expressions; dateline list --filter does.");
        s = /^[^\s",|()“”„‟«»]*/.exec(text.slice(at))[0];
        at += s.length;
      }
      if (!s) fail(of ? `${of}: needs a value.` : "There is nothing to search for.");
      const folded = fold(s);
      if (of === "status") {
        const n = data.status.findIndex((words) => words.some((w) => fold(w) === folded && folded) || (!folded && s === words[1]));
        return n < 0 ? fail(`There is no status ${s}: ${statuses.slice(1).join(", ")}.`) : { s: statuses[n], test: (e) => e.status === n };
      }
      if (!folded) fail(of ? `${of}: needs a name.` : "There is nothing to search for.");
      if (of) {
        const found = meant(of, s);
        return { s, test: (e) => e[of].some((n) => found.has(n)) };
      }
      const actors = where("actor", (name) => name.includes(folded));
      const places = new Set(spellings("place").flatMap((list, n) => (list[0]?.includes(folded) ? [n] : [])));
      return { s, test: (e) => e.actor.some((n) => actors.has(n)) || e.place.some((n) => places.has(n)) || haystack(e).includes(folded) };
    };

    // more skips the sign before another value of the same field.
    const more = (bracketed) => {
      const comma = /^\s*,/.exec(text.slice(at));
      if (comma) return (at += comma[0].length);
      const next = text[at + 1] ?? " ";
      if (text[at] !== "|" || (!bracketed && (/[\s()|!-]/.test(next) || field(at + 1)))) return 0;
      return ++at;
    };

    const term = (negated) => {
      const from = at;
      if (negated) {
        at += 3;
        blanks();
        if (ends() || text[at] === "|" || /^(or|and)$/.test(word())) fail("A term is missing after not.");
        const t = term(word() === "not");
        return { from, to: at, not: !t.not, test: (e) => !t.test(e) };
      }
      const not = /[-!–—−]/.test(text[at]);
      if (not) at++;
      if (text[at] === "(") {
        at++;
        const group = query();
        if (text[at] !== ")") fail("This ( is not closed.");
        at++;
        if (!group.terms) fail("These parentheses are empty.");
        return { from, to: at, not, test: (e) => group.test(e) !== not };
      }
      const of = field();
      if (elsewhere.test(of ?? "") || /^((sources|origins|date|on)\s*[<>=≤≥]|marked(?=[\s()|]|$))/i.test(text.slice(at))) fail(`This page filters by actor, place, topic, status and text. For ${of ?? /^[a-z]+/i.exec(text.slice(at))[0]} use dateline list --filter.`);
      if (of && !names[of] && of !== "status") fail(`There is no field ${of}: use actor, place, topic or status, or put text with a colon in quotes.`);
      if (of) at += of.length + 1;
      const bracketed = of && text[at] === "(";
      if (bracketed) at++;
      const values = [];
      do {
        if (bracketed || values.length) blanks();
        values.push(value(of));
        if (bracketed) blanks();
      } while (more(bracketed));
      if (bracketed && text[at++] !== ")") fail("A comma is missing between these values, or a ) after them.");
      return { from, to: at, not, field: of, values: values.map((v) => v.s), test: (e) => values.some((v) => v.test(e)) !== not };
    };

    const and = (first) => {
      const terms = [];
      let pending = false;
      for (;;) {
        blanks();
        let operator = word();
        const alone = new RegExp(`^${operator}\\s*([)]|$)`, "i");
        if (operator && first && !terms.length && alone.test(text.slice(at))) operator = "";
        const or = operator === "or" || text[at] === "|";
        if (ends() || or) {
          if (pending) fail("A term is missing after and.");
          return terms;
        }
        if (operator === "and") {
          if (!terms.length || pending) fail("A term is missing before and.");
          pending = true;
          at += 3;
          continue;
        }
        terms.push(term(operator === "not"));
        pending = false;
      }
    };

    const query = () => {
      const group = [];
      for (;;) {
        const terms = and(!group.length);
        const or = word() === "or" || text[at] === "|";
        if (!or && !group.length) return { terms: terms.length, top: terms, test: (e) => terms.every((t) => t.test(e)) };
        if (!terms.length) fail("A term is missing beside or.");
        group.push(terms);
        if (!or) return { terms: 1, top: [{ from: 0, to: at, test: () => true }], test: (e) => group.some((g) => g.every((t) => t.test(e))) };
        at += text[at] === "|" ? 1 : 2;
      }
    };
    const q = query();
    if (at < text.length) fail("This ) has no ( before it.");
    return q;
  };

  // What is shown.

  const input = $("#\\/filter"), wrong = $(".wrong"), count = $(".count"), detail = $(".detail"), scope = $(".scope");
  const scopeOfFile = scope.innerHTML;
  const counted = (n) => `${n.toLocaleString("en")} event${n === 1 ? "" : "s"}`;
  let query = parse(""), shown = events, here;

  const show = () => {
    try {
      query = parse(input.value);
      wrong.textContent = "";
      input.removeAttribute("aria-invalid");
    } catch (error) {
      wrong.textContent = error.message;
      input.setAttribute("aria-invalid", "true");
      return;
    }
    shown = [];
    let hidden = 0;
    for (const m of months) {
      const before = hidden, had = shown.length;
      let day = "";
      for (const e of m.events) {
        if ((e.shown = query.test(e))) shown.push(e), (hidden = 0);
        else hidden++;
        if (e.node.hidden === e.shown) e.node.hidden = !e.shown;
        if (!e.shown) continue;
        const label = $("time", e.node);
        if ((label.className === "again") !== (label.textContent === day)) label.classList.toggle("again");
        day = label.textContent;
      }
      const n = shown.length - had;
      m.node.hidden = !n;
      $("small", m.heading).textContent = shown.length === had ? "" : query.terms ? (before ? `${counted(before)} hidden` : "") : m.gap;
      m.heading.dataset.count = n < m.events.length ? `${n} of ${counted(m.events.length)}` : counted(n);
    }
    for (const gap of all(".gap")) gap.hidden = query.terms > 0;
    const less = events.length - shown.length;
    count.textContent = less ? `${shown.length.toLocaleString("en")} of ${counted(events.length)} · ${less.toLocaleString("en")} hidden` : counted(events.length);
    scope.innerHTML = scopeOfFile;
    if (query.terms) scope.append(". Filtered on the page: ", make("code", input.value), `: ${counted(shown.length)}`);
    if (!here?.shown) select(shown.find((e) => e.at > (here?.at ?? -1)) ?? shown.at(-1), { keep: true });
    draw();
    address();
  };

  // The selection is in the address: #event?filter, the event only if the reader went
  // to it. Moving replaces it, following a link adds to the browser's history.
  let waiting, gone = false;
  const hash = () => (gone || query.terms ? "#" : location.href.split("#")[0]) + (gone ? here.node.id : "") + (query.terms ? "?" + encodeURIComponent(input.value).replace(/%20/g, "+").replace(/%3A/g, ":").replace(/%2C/g, ",") : "");
  const address = (add = false) => {
    clearTimeout(waiting);
    const write = () => { try { history[add ? "pushState" : "replaceState"](null, "", hash()); } catch { /* a page in a frame may have no address */ } };
    if (add) write();
    else waiting = setTimeout(write, 200);
  };

  const fill = () => {
    detail.replaceChildren();
    document.body.classList.toggle("empty", !here);
    if (!here) return detail.append(make("p", "No event matches the filter. Esc removes its last term.", "none"));
    const back = Object.assign(make("button", "‹ List", "back"), { type: "button", onclick: leave });
    detail.innerHTML = bodyOf(here);
    detail.prepend(back, make("h2", $("b", here.link).textContent));
    for (const li of all("li[id]", detail)) li.tabIndex = -1;
    detail.scrollTop = 0;
  };

  // reveal scrolls to the selection, again once rows that come into view are measured.
  const reveal = (again = 3) => {
    here?.node.scrollIntoView({ block: "nearest" });
    if (again) requestAnimationFrame(() => reveal(again - 1));
  };
  const select = (e, { focus = false, keep = false, add = false } = {}) => {
    if (e === here && !add) return focus && e?.link.focus({ preventScroll: true });
    here?.link.removeAttribute("aria-current");
    if (here) here.link.tabIndex = -1;
    here = e;
    gone = !keep && !!e;
    fill();
    if (e) {
      e.link.setAttribute("aria-current", "true");
      e.link.tabIndex = 0;
      if (focus) e.link.focus({ preventScroll: true });
      if (!keep) reveal();
    }
    mark();
    address(add);
  };

  // read shows an event whole: beside the list, or in its place where it is narrow.
  const read = (e, add = false) => {
    if (!e.shown) (input.value = ""), show();
    select(e, { add });
    document.body.classList.add("reading");
    if (getComputedStyle(detail).position !== "sticky") scrollTo(0, 0);
    detail.focus({ preventScroll: true });
  };
  const leave = () => {
    document.body.classList.remove("reading");
    here?.link.focus({ preventScroll: true });
    reveal();
  };

  const go = () => {
    const [, id = "", filter = ""] = /^#([^?]*)\??(.*)$/s.exec(location.hash) ?? [];
    let text = "";
    try { text = decodeURIComponent(filter.replaceAll("+", "%20")); } catch { /* no text */ }
    const [event, source] = id.split("/");
    if (text !== input.value) (input.value = text), show();
    const e = byId.get(event);
    if (!e) return document.body.classList.remove("reading");
    read(e);
    if (source) document.getElementById(id)?.focus();
  };
  addEventListener("hashchange", go);
  addEventListener("popstate", go);

  // The histogram.

  const svg = $("svg"), title = (n) => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][n];
  const dated = events.filter((e) => e.day);
  let bins;
  const daysIn = (year, month) => [31, year % 4 || (!(year % 100) && year % 400) ? 28 : 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
  // Bars are parts of a month, months, or years, whichever is the finest that has room.
  const scale = (wide) => {
    const month = (e) => e.day[0] * 12 + e.day[1] - 1;
    const first = Math.min(...dated.map(month)), last = Math.max(...dated.map(month));
    const room = Math.floor(wide / 5), span = last - first + 1;
    const parts = [10, 6, 5, 4, 3, 2, 1].find((k) => span * k <= room);
    if (parts) return { per: 1 / parts, words: ["", "a month", "half a month", "a third of a month", "a quarter of a month", "a fifth of a month", "a sixth of a month"][parts] ?? "a tenth of a month", first: first * parts, count: span * parts, of: (e) => month(e) * parts + Math.floor(((e.day[2] - 1) * parts) / daysIn(e.day[0], e.day[1] - 1)) };
    const per = [3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000].find((k) => span / k < room) ?? span;
    const from = Math.floor(first / per);
    return { per, words: per < 12 ? `${per} months` : per === 12 ? "a year" : `${per / 12} years`, first: from, count: Math.floor(last / per) - from + 1, of: (e) => Math.floor(month(e) / per) };
  };

  const high = 64, base = 84;
  const draw = () => {
    const wide = svg.clientWidth;
    svg.replaceChildren();
    if (!dated.length || wide < 100) return;
    const s = scale(wide - 40), left = 34, each = (wide - left - 2) / s.count;
    const tally = (some) => some.reduce((bars, e) => (e.day && bars[s.of(e) - s.first]++, bars), new Array(s.count).fill(0));
    const some = tally(shown), every = tally(events), filtered = shown.length < events.length;
    const most = Math.max(1, ...some), mostOfAll = Math.max(...every);
    const add = (name, attributes, text = "") => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      node.textContent = text;
      svg.append(node);
      return node;
    };
    const gapped = each > 4 ? 1 : each > 2 ? 0.5 : 0;
    const bars = (list, peak, from, room, name) => add("path", { class: name, d: list.map((n, k) => (n ? `M${(left + k * each).toFixed(1)} ${from}v${(-Math.max(1.5, (room * n) / peak)).toFixed(1)}h${(each - gapped).toFixed(1)}V${from}z` : "")).join("") });
    svg.setAttribute("viewBox", `0 0 ${wide} 104`);
    bars(some, most, filtered ? base - 16 : base, filtered ? high - 12 : high, "some");
    if (filtered) {
      bars(every, mostOfAll, base, 10, "every");
      add("text", { x: left - 6, y: base, class: "side" }, "all");
    }
    add("text", { x: left - 6, y: base - high + 8, class: "side" }, most.toLocaleString("en"));
    let free = -Infinity;
    for (let k = 0; k < s.count; k++) {
      const at = Math.round((s.first + k) * s.per * 1e6) / 1e6, x = left + k * each;
      if (s.per < 1 && at % 1) continue;
      const year = Math.floor(at / 12), month = at % 12, january = s.per >= 12 || month === 0 || k === 0;
      const text = january ? (k === 0 && s.per < 12 && month ? `${title(month)} ${year}` : year < 1 ? `${1 - year} BC` : `${year}`) : title(month);
      if (x < free || x > wide - 30) continue;
      add("text", { x: x.toFixed(1), y: base + 15, class: january ? "year" : "" }, text);
      free = x + text.length * (january ? 7.6 : 7) + 10;
    }
    add("path", { class: "axis", d: `M${left} ${base + 0.5}H${wide}` });
    const mark = add("path", { class: "here", d: "" });
    bins = { s, left, each, mark, some };
    const ends = [dated[0], dated.at(-1)].sort((a, b) => s.of(a) - s.of(b)).map((e) => $("span", e.month.heading).textContent);
    svg.setAttribute("aria-label", `Events over time, from ${ends.join(" to ")}: a bar is ${s.words}, the highest ${counted(most)}`);
  };
  const mark = () => {
    if (!bins || !bins.mark.isConnected) return;
    const n = here?.day ? bins.s.of(here) - bins.s.first : -1, x = bins.left + n * bins.each, wide = Math.max(bins.each, 5);
    bins.mark.setAttribute("d", n < 0 ? "" : `M${(x + bins.each / 2 - wide / 2).toFixed(1)} ${base}h${wide.toFixed(1)}v5h${(-wide).toFixed(1)}z`);
  };
  svg.onclick = (click) => {
    if (!bins || !shown.length) return;
    const n = Math.floor((click.clientX - svg.getBoundingClientRect().left - bins.left) / bins.each) + bins.s.first;
    const near = shown.filter((e) => e.day).reduce((best, e) => (Math.abs(bins.s.of(e) - n) < Math.abs(bins.s.of(best) - n) ? e : best));
    select(near, { focus: true });
  };
  new ResizeObserver(() => { draw(); mark(); }).observe(svg);
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${$("form").offsetHeight}px`)).observe($("form"));

  // Choosing names.

  const choices = $(".choices"), narrow = $("input", choices), groups = $(".groups"), mostListed = 300;
  const quote = (s) => (/^[^\s",|():“”„‟«»!\/–—−\\-][^\s",|():“”„‟«»\\]*$/.test(s) && !/^(or|and|not|marked)$/i.test(s) ? s : `"${s.replace(/[\\"]/g, "\\$&")}"`);
  const chosen = (field) => query.top.filter((t) => t.field === field && !t.not);
  const numberOf = (field, n) => (field === "status" ? statuses[n] : names[field].list[n][0]);
  const toggle = (field, name) => {
    const terms = chosen(field), values = terms.flatMap((t) => t.values), key = fold(name);
    const kept = values.some((v) => fold(v) === key) ? values.filter((v) => fold(v) !== key) : [...values, name];
    let text = input.value;
    for (const t of terms.slice().reverse()) text = text.slice(0, t.from) + text.slice(t.to);
    const whole = query.top.length === 1 && query.top[0].to === text.length && !query.top[0].field && / or |\|/i.test(text) && !text.startsWith("(") ? `(${text})` : text;
    input.value = [whole.replace(/\s+/g, " ").trim(), kept.length ? `${field}:${kept.map(quote).join(",")}` : ""].filter(Boolean).join(" ");
    show();
    list();
  };
  const list = () => {
    const focused = document.activeElement?.value, key = fold(narrow.value);
    groups.replaceChildren(...["status", "topic", "actor"].map((field) => {
      const others = query.top.filter((t) => !chosen(field).includes(t));
      const rest = query.top[0] && !query.top[0].values && query.top.length === 1 ? query.test : (e) => others.every((t) => t.test(e));
      const counts = new Map();
      for (const e of events) {
        const kept = rest(e);
        for (const n of field === "status" ? [e.status] : e[field]) {
          const c = counts.get(n) ?? [0, 0];
          counts.set(n, [c[0] + kept, c[1] + 1]);
        }
      }
      const on = new Set(chosen(field).flatMap((t) => t.values.map(fold)));
      const rows = [...counts].filter(([n]) => !key || (field === "status" ? [fold(statuses[n])] : spellings(field)[n]).some((s) => s.includes(key)))
        .sort(([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || (numberOf(field, a) < numberOf(field, b) ? -1 : 1));
      const set = make("fieldset");
      set.append(make("legend", { status: "Status", topic: "Topics", actor: "Actors" }[field]));
      for (const [n, [kept, every]] of rows.slice(0, mostListed)) {
        const name = numberOf(field, n), label = make("label", "", kept ? "" : "none");
        const box = Object.assign(make("input"), { type: "checkbox", value: `${field}:${name}`, checked: on.has(fold(name)), onchange: () => toggle(field, name) });
        label.append(box, make("span", name), make("small", kept === every ? `${every}` : `${kept}/${every}`));
        set.append(label);
      }
      if (rows.length > mostListed) set.append(make("p", `and ${rows.length - mostListed} more: type to narrow`));
      if (!rows.length) set.append(make("p", "none"));
      return set;
    }));
    $("output", choices).textContent = count.textContent;
    if (focused) all("input", groups).find((box) => box.value === focused)?.focus();
  };
  const choose = () => {
    narrow.value = "";
    choices.showModal();
    list();
    narrow.focus();
  };
  narrow.oninput = list;
  choices.onkeydown = (press) => {
    const boxes = [narrow, ...all("input", groups)], at = boxes.indexOf(document.activeElement);
    if (press.key === "ArrowDown" || press.key === "ArrowUp") {
      press.preventDefault();
      boxes[Math.max(0, Math.min(boxes.length - 1, at + (press.key === "ArrowDown" ? 1 : -1)))].focus();
    } else if (press.key === "Enter" && at >= 0) {
      press.preventDefault();
      if (at === 0 && narrow.value) best()?.click();
      choices.close();
    }
  };
  // best is the box of the name that the text typed means first of all.
  const best = () => {
    const key = fold(narrow.value), boxes = all("input", groups);
    return boxes.find((box) => fold(box.value.slice(box.value.indexOf(":") + 1)) === key) ?? boxes.find((box) => box.value.startsWith("actor:")) ?? boxes[0];
  };
  $(".clear", choices).onclick = () => { input.value = ""; show(); list(); };
  choices.onclose = () => here?.link.focus({ preventScroll: true });
  for (const button of all("dialog .close")) button.onclick = () => button.closest("dialog").close();
  for (const dialog of all("dialog")) dialog.onclick = (click) => { if (click.target === dialog) dialog.close(); };

  // Keys.

  const step = (n) => select(shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(here) + n))], { focus: true });
  const month = (n) => {
    const some = months.filter((m) => !m.node.hidden), at = some.indexOf(here?.month);
    const to = n < 0 && here !== some[at]?.events.find((e) => e.shown) ? at : at + n;
    select(some[Math.max(0, Math.min(some.length - 1, to))]?.events.find((e) => e.shown), { focus: true });
  };
  // Esc goes one step back: from the event, out of the filter, and then its last term.
  const back = () => {
    if (document.activeElement === input) return here?.link.focus({ preventScroll: true });
    if (document.body.classList.contains("reading") || detail.contains(document.activeElement)) return leave();
    const last = query.top.at(-1);
    if (!last && !wrong.textContent) return;
    input.value = last && !wrong.textContent ? input.value.slice(0, last.from).replace(/(\s|\b(and|or|not)|\|)+$/i, "") : "";
    show();
  };
  const filter = () => { input.focus(); input.select(); };
  const help = $(".keys");
  const keys = [
    [["j", "ArrowDown", "n"], "next event", () => step(1), "j ↓ n"],
    [["k", "ArrowUp", "N", "p"], "previous event", () => step(-1), "k ↑ N p"],
    [["g", "Home"], "first event", () => step(-Infinity), "g Home"],
    [["G", "End"], "last event", () => step(Infinity), "G End"],
    [["]"], "next month", () => month(1), "]"],
    [["["], "previous month", () => month(-1), "["],
    [["Enter", "l"], "read the event", () => here && read(here, true), "Enter l"],
    [["J"], "scroll the event down", () => detail.scrollBy(0, 80), "J"],
    [["K"], "scroll the event up", () => detail.scrollBy(0, -80), "K"],
    [["Escape", "h"], "back to the list; then remove the last term of the filter", back, "Esc h"],
    [["/", "f"], "filter", filter, "/ f"],
    [["a", "F"], "choose actors, topics and status", choose, "a F"],
    [["o"], "open the first source", () => $(".sources a[href^=http]", detail)?.click(), "o"],
    [["?"], "keys", () => help.showModal(), "?"],
  ];
  for (const [, about, , label] of keys) {
    const row = $("table", help).insertRow();
    row.append(Object.assign(make("th", label), { scope: "row" }), make("td", about));
  }
  addEventListener("keydown", (press) => {
    if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.isComposing || $("dialog[open]")) return;
    if (press.target === input && !["Escape", "Enter", "ArrowDown"].includes(press.key)) return;
    if (press.key === "Enter" && /^(A|BUTTON)$/.test(press.target.tagName)) return;
    if (press.target === detail && press.key.startsWith("Arrow")) return;
    let name = press.key;
    if (/^[^\0-\x7f]$/.test(name) && /^Key/.test(press.code)) name = press.shiftKey ? press.code[3] : press.code[3].toLowerCase();
    if (press.target === input && name === "Enter") name = "Escape"; // the filter is in force
    const key = keys.find(([list]) => list.includes(name));
    if (!key) return;
    press.preventDefault();
    key[2]();
  });

  // The mouse, and links within the page.
  document.addEventListener("click", (click) => {
    const a = click.target.closest?.('a[href^="#"]');
    if (!a || click.button || click.ctrlKey || click.metaKey || click.shiftKey) return;
    const [id, source] = a.getAttribute("href").slice(1).split("/");
    click.preventDefault();
    if (source) document.getElementById(`${id}/${source}`)?.focus();
    else if (byId.has(id)) read(byId.get(id), true);
  });
  let typing;
  input.oninput = () => { clearTimeout(typing); typing = setTimeout(show, events.length > 2000 ? 120 : 0); };
  input.onchange = show;
  $("form").onsubmit = (submit) => submit.preventDefault();
  $(".choose").onclick = choose;
  $(".help").onclick = () => help.showModal();

  // Paper holds whole events.
  addEventListener("beforeprint", () => {
    detail.replaceChildren();
    for (const e of shown) e.node.insertAdjacentHTML("beforeend", bodyOf(e));
  });
  addEventListener("afterprint", () => { for (const body of all("article > .body")) body.remove(); fill(); });

  $(".tools").hidden = detail.hidden = false;
  for (const e of events) e.link.tabIndex = -1;
  show();
  go();
})();
