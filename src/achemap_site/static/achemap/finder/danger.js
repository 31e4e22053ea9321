// This module has no DOM access.
// From a complaint to the safety screen. The twin of achemap/triage/reading.py.

import { read } from "../triage/cues.js";
import { evaluate, zonesOf } from "../triage/rules.js";

const AGES = [
  /\b(?:i'?\s?a?m|aged?|he'?s|she'?s|is|just turned|turned)\s+(\d{1,3})\b(?!\s*(?:weeks|months|days|hours|minutes|cm|kg|stone|%|st\b|\/))/i,
  /\b(\d{1,3})[\s-]*(?:years?|yrs?|yr)[\s-]*old\b/i,
  /\b(\d{1,3})\s*y(?:\/?o)\b/i,
];

/** The age that a text gives, or null. */
export function ageIn(text) {
  const found = AGES.map((pattern) => pattern.exec(text)).filter(Boolean);
  if (!found.length) return null;
  const age = Number(found.sort((a, b) => a.index - b.index)[0][1]);
  return age > 0 && age <= 110 ? age : null;
}

/** The zones of a leaf, a group or a vague place; the server has worked them out. */
const zonesNamed = (name, { known, named }) => known.set.places[name] ?? named[name] ?? [];

function cuesOf(text, heard, mentions, known) {
  const cues = { ...heard.cues };
  for (const each of mentions) {
    if (each.kind !== "danger" || !known.cues.has(each.concept)) continue;
    if (each.negated || each.past || each.other_person || each.hedged) continue;
    if (!Object.hasOwn(cues, each.concept)) cues[each.concept] = text.slice(each.start, each.end);
  }
  return cues;
}

/**
 * The screen of a complaint: what evaluate() gives. `about` is {age, sex, painted:
 * [leaf region ids], answers: {question: yes|no|unknown}}; `device` holds
 * danger: {known, words, named}.
 */
export function screenOf(complaint, about, { danger }) {
  const { understood, text } = complaint;
  const { set } = danger.known;
  const named = complaint.regions.map(({ region }) => region);
  for (const each of understood.mentions) {
    if (each.kind === "region" && !each.negated && !each.other_person) named.push(each.concept);
  }
  const heard = text ? read(text, danger.words, understood.corrections) : { cues: {}, zones: [] };
  const zones = new Set([...zonesOf(set, about.painted), ...heard.zones]);
  for (const name of named) for (const zone of zonesNamed(name, danger)) zones.add(zone);
  const given = {
    zones: [...zones],
    hasPlace: zones.size > 0,
    age: about.age ?? ageIn(text),
    sex: about.sex,
    cues: cuesOf(text, heard, understood.mentions, danger.words),
  };
  return evaluate(danger.known, given, about.answers);
}

/** The open questions by topic, in order: [{topic, title, asks}]. */
export function topicsOf(screen, { questions, set }) {
  const found = new Map();
  for (const ask of screen.ask) {
    const question = questions.get(ask.id);
    if (!question) continue;
    const { topic } = question;
    if (!found.has(topic)) found.set(topic, { topic, title: set.topics[topic].title, asks: [] });
    found.get(topic).asks.push({ ...ask, worry: question.worry ?? "yes" });
  }
  return [...found.values()];
}

const MOST_PAGES = 12;
const A_PAGE = 9;
const SPARE = 3;

/** The topics page by page, as achemap.triage.walk packs them after `done` pages. */
export function packed(topics, done) {
  if (done >= MOST_PAGES - 1) return [topics];
  const weight = (page) => page.reduce((sum, { asks }) => sum + asks.length, 0);
  const room = Math.max(A_PAGE, Math.ceil(weight(topics) / Math.max(1, MOST_PAGES - SPARE - done)));
  const pages = [];
  for (const topic of topics) {
    const last = pages.at(-1);
    const alone = done === 0 && pages.length === 1;
    if (last && !alone && weight(last) + topic.asks.length <= room) last.push(topic);
    else pages.push([topic]);
  }
  return pages;
}
