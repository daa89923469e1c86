// Reads the calendars with ical.js and the slides with TimelineJS, and holds what
// they read to the events themselves. Run by export.sh, in its folder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { JSDOM } from "jsdom";

const read = (path) => readFileSync(path, "utf8");
const events = (name) => read(`${name}.jsonl`).trim().split("\n").map((line) => JSON.parse(line));

// The first and last day of a date that states both.
const days = ({ date }) => /^\d{4}-\d\d-\d\d[?~%]?(\/\d{4}-\d\d-\d\d[?~%]?)?$/.test(date)
  && [date.slice(0, 10), date.split("/").at(-1).slice(0, 10)];

for (const [name, want] of [["inside", events("inside").length], ["fixture", 16]]) {
  const all = new ICAL.Component(ICAL.parse(read(`${name}.ics`))).getAllSubcomponents("vevent");
  assert.equal(all.length, want);
  let checked = 0;
  for (const component of all) {
    const entry = new ICAL.Event(component);
    const event = events(name).find((e) => `${e.id}@dateline` === entry.uid);
    assert.equal(entry.summary, event.title);
    const timed = /T\d\d/.test(event.date);
    assert.equal(entry.startDate.isDate, !timed);
    assert.ok(timed || entry.endDate.isDate);
    assert.equal(component.getFirstPropertyValue("x-dateline-edtf"), event.date);
    assert.deepEqual(component.getFirstProperty("categories")?.getValues() ?? [], event.topics ?? []);
    if (!days(event)) continue;
    const [from, to] = days(event);
    const last = entry.endDate.clone();
    last.adjust(-1, 0, 0, 0);
    assert.deepEqual([entry.startDate.toString(), last.toString()], [from, to], event.id);
    checked++;
  }
  console.log(`ical.js: ${name}.ics has ${want} entries, ${checked} dates of a day or from day to day are right`);
}

const library = read("node_modules/@knight-lab/timelinejs/dist/js/timeline.js");
for (const [name, want] of [["inside", events("inside").length], ["fixture", 20]]) {
  const { window } = new JSDOM('<!doctype html><div id="timeline"></div>', { runScripts: "dangerously", pretendToBeVisual: true, url: "http://localhost/" });
  window.IntersectionObserver = class { observe() {} }; // which jsdom lacks
  window.matchMedia = () => ({ matches: false });
  window.alert = () => { throw new Error("a script of the file ran"); };
  window.eval(library);
  window.data = JSON.parse(read(`${name}.timelinejs`));
  window.eval('timeline = new TL.Timeline("timeline", data, {})');
  await new Promise((ready) => window.timeline.on("ready", ready));
  const { config } = window.timeline;
  assert.deepEqual([...config.getErrors()], []);
  assert.equal(config.events.length, want);
  const slides = [...window.document.querySelectorAll(".tl-slide")];
  assert.equal(slides.length, want + 1); // and the title
  assert.equal(window.document.querySelectorAll(".tl-timemarker").length, want);
  assert.equal(window.document.querySelectorAll("script, [onerror], a:not([href^='http'])").length, 0);
  let checked = 0;
  for (const slide of config.events) {
    const event = events(name).find((e) => e.id === slide.unique_id);
    if (!days(event)) continue;
    const iso = (d) => [d.data.year, d.data.month, d.data.day].map((n) => String(n).padStart(2, "0")).join("-");
    assert.deepEqual([iso(slide.start_date), iso(slide.end_date ?? slide.start_date)], days(event));
    checked++;
  }
  if (name === "fixture") {
    const shown = (id) => config.events.find((e) => e.unique_id === id).start_date.getDisplayDate().replace(/<[^>]*>/g, "");
    assert.deepEqual(["leap-day-bc", "bc-to-ad", "month", "year"].map(shown), ["February 45 BCE", "1 BCE", "June 2031", "2031"]);
  }
  console.log(`TimelineJS: ${name}.timelinejs has ${want} slides and a title, no errors, ${checked} dates of a day or from day to day are right`);
  window.close();
}
process.exit(0); // TimelineJS leaves timers behind
