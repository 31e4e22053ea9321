// This module has no DOM access.
// From a complaint to ranked patterns. The twin of scoring.py; tests/parity holds
// the two equal.

import { counts as speaks, understand } from "../language/reading.js";
import * as evidence from "./evidence.js";
import { nextQuestion } from "./questions.js";

const SHOWN_REASONS = 8;
export const LEAST_REASON = 0.05;
const MOST_TOGETHER = 3;
const NOTHING = { text: "", mentions: [], not_understood: [], corrections: [], stems: [] };

/** A complaint from what a page holds; `lexicon` may be null while words load. */
export function complaintFrom(given, lexicon) {
  const text = String(given.text ?? "");
  return {
    text,
    understood: lexicon && text ? understand(text, lexicon) : { ...NOTHING, text },
    regions: given.regions ?? [],
    cells: [...new Set(given.cells ?? [])].sort((a, b) => a - b),
    answers: given.answers ?? {},
  };
}

function* ofMentions(mentions, tables) {
  for (const mention of mentions) {
    if (!speaks(mention) || mention.kind === "danger") continue;
    if (mention.kind === "region") {
      const found = evidence.ofMention(mention, tables);
      if (found) yield found;
      continue;
    }
    const odds = evidence.sign(mention.role, mention.concept, mention.negated, tables);
    if (odds === null) continue;
    const by = mention.hedged ? evidence.HEDGED : 1;
    yield {
      kind: "sign",
      key: `${mention.role}:${mention.concept}`,
      label: evidence.labelled(mention, tables),
      odds: odds.map((row) => row.map((each) => each * by)),
      positive: !mention.negated,
    };
  }
}

function* ofAnswers(answers, tables) {
  for (const [question, answer] of Object.entries(answers)) {
    if (answer === "unknown") continue;
    const at = question.indexOf(":");
    const role = at < 0 ? question : question.slice(0, at);
    const concept = at < 0 ? "" : question.slice(at + 1);
    const yes = answer === "yes";
    const leaves = role === "place" ? tables.places.get(concept) : undefined;
    let odds;
    if (leaves === undefined) odds = evidence.sign(role, concept, !yes, tables);
    else if (yes) odds = evidence.place(leaves[0], leaves[1], null, tables);
    else odds = evidence.notThere(leaves[0], tables);
    if (odds === null) continue;
    const label = `answered ${answer}: ${(tables.names.get(concept) ?? concept).toLowerCase()}`;
    yield { kind: "answer", key: question, label, odds, positive: yes };
  }
}

/** Every piece of evidence of a complaint, each thing once. */
export function evidenceOf(complaint, tables) {
  const found = new Map([["common", evidence.common(tables)]]);
  const first = (each) => found.has(each.key) || found.set(each.key, each);
  for (const each of ofAnswers(complaint.answers, tables)) found.set(each.key, each);
  const { mentions } = complaint.understood;
  for (const each of ofMentions(mentions, tables)) first(each);
  for (const each of evidence.ofRegions(complaint.regions, tables)) first(each);
  for (const each of evidence.ofWays(mentions, speaks, tables)) first(each);
  const words = evidence.worded(complaint.understood, tables);
  if (words) {
    const label = "the way you put it";
    found.set("words", { kind: "words", key: "words", label, odds: words, positive: true });
  }
  const paint = complaint.cells.length ? evidence.painted(complaint.cells, tables) : null;
  if (paint) {
    const label = "where you painted";
    found.set("paint", { kind: "paint", key: "paint", label, odds: paint, positive: true });
  }
  return [...found.values()];
}

/** The score of "something else", given the leading pattern; see the Python twin. */
function somethingElse(held, best, at, { patterns, settings }) {
  let score = Math.log(Math.max(patterns.length, 1)) + settings.other;
  for (const each of held) {
    const weight = each.odds[best[at]][at] / settings.temperature;
    if (each.kind === "words") score += settings.other_words + settings.share_words * weight;
    else if (each.kind === "paint") score += settings.other_paint + settings.share_paint * weight;
    else score += settings.share * weight;
  }
  return score;
}

export function chances(scores, other, { settings }) {
  const scaled = Array.from(scores, (each) => each / settings.temperature);
  const top = Math.max(other, ...scaled);
  const raw = scaled.map((each) => Math.exp(each - top));
  const whole = raw.reduce((sum, each) => sum + each, 0) + Math.exp(other - top);
  const parts = raw.map((each) => each / whole);
  const highest = Math.max(0, ...parts);
  const by = highest > settings.most ? settings.most / highest : 1;
  const capped = parts.map((each) => each * by);
  return [capped, 1 - capped.reduce((sum, each) => sum + each, 0)];
}

function reasons(at, side, held) {
  return held
    .map((each) => ({ evidence: each.label, weight: each.odds[side][at] }))
    .filter(({ weight }) => Math.abs(weight) >= LEAST_REASON)
    .sort(
      (a, b) =>
        Math.abs(b.weight) - Math.abs(a.weight) ||
        (a.evidence < b.evidence ? -1 : a.evidence > b.evidence ? 1 : 0),
    )
    .slice(0, SHOWN_REASONS);
}

function sideOf(total, at) {
  const [right, left] = [total[0][at], total[1][at]];
  if (Math.abs(right - left) < 1e-9) return null;
  return right > left ? "right" : "left";
}

const placeName = (each) => each.label.slice(each.label.indexOf(": ") + 2);

function togetherOf(order, best, held, tables) {
  let open = held.filter((each) => each.kind === "place" && each.positive);
  const found = [];
  const used = new Set();
  while (open.length && order.length && found.length < MOST_TOGETHER) {
    const near = order.filter((at) => !used.has(at));
    if (found.length) {
      const weight = new Map(
        near.map((at) => [at, open.reduce((sum, each) => sum + each.odds[best[at]][at], 0)]),
      );
      near.sort((a, b) => weight.get(b) - weight.get(a) || a - b);
    }
    const at = near[0] ?? -1;
    const own = open.filter((each) => at >= 0 && each.odds[best[at]][at] > 0);
    if (!own.length) break;
    used.add(at);
    found.push({ pattern: tables.patterns[at].id, places: own.map(placeName) });
    open = open.filter((each) => !own.includes(each));
  }
  return [found, open.map(placeName)];
}

export function ordered(scores) {
  const keys = Array.from(scores, (each) => Math.round(each * 1e9));
  return keys.map((_, at) => at).sort((a, b) => keys[b] - keys[a] || a - b);
}

/** A complaint's evidence added up, or null when there is none. Twin of `weighed`. */
export function weighed(complaint, tables) {
  const nothing = !complaint.text.trim() && !complaint.regions.length && !complaint.cells.length;
  if (nothing && !Object.keys(complaint.answers).length) return null;
  const held = evidenceOf(complaint, tables);
  if (held.every((each) => each.kind === "common")) return null;
  const total = [evidence.vector(tables), evidence.vector(tables)];
  for (const { odds } of held) {
    for (const side of [0, 1]) odds[side].forEach((each, at) => (total[side][at] += each));
  }
  const scores = total[0].map((each, at) => Math.max(each, total[1][at]));
  const best = Array.from(total[0], (each, at) => (total[1][at] > each ? 1 : 0));
  const order = ordered(scores);
  const other = order.length ? somethingElse(held, best, order[0], tables) : 0;
  const [probability, rest] = chances(scores, other, tables);
  return {
    held, scores, best, probability, order,
    something_else: rest,
    side: (at) => sideOf(total, at),
    weight: (each, at) => each.odds[best[at]][at],
  };
}

/** The patterns that fit a complaint, best first, with reasons. */
export function find(complaint, tables, top = 5) {
  const sums = weighed(complaint, tables);
  if (sums === null) {
    return {
      complaint, results: [], something_else: 1, together: [], unexplained: [], next_question: null,
    };
  }
  const { held, scores, best, probability, order } = sums;
  const [together, unexplained] = togetherOf(order, best, held, tables);
  return {
    complaint,
    results: order.slice(0, top).map((at) => ({
      pattern: tables.patterns[at],
      probability: probability[at],
      score: scores[at],
      side: sums.side(at),
      because: reasons(at, best[at], held),
    })),
    something_else: sums.something_else,
    together,
    unexplained,
    next_question: nextQuestion(complaint, probability, order, tables),
  };
}
