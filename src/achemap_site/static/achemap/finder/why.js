// This module has no DOM access.
// Why a pattern is not higher, and how two patterns differ. The twin of why.py.
//
// `bundle` is what tablesFrom gave (with `similar` from apart.json, see bundle.js),
// `ranking` what find gave; patterns are named by id. Null without evidence or for an
// unknown pattern.

import { chancesOf } from "./evidence.js";
import { ASKED, knownOf } from "./questions.js";
import { LEAST_REASON, weighed } from "./scoring.js";

const USUAL = 0.5;
const LEAST_APART = 0.25;
const MOST_UNSAID = 5;
const MOST_QUESTIONS = 3;

const rounded = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
const byWords = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const nameOf = (concept, { names }) => names.get(concept) ?? concept.replaceAll("-", " ");

function standing(at, sums, { patterns }) {
  const rank = sums.order.indexOf(at) + 1;
  return { pattern: patterns[at], rank, probability: sums.probability[at], side: sums.side(at) };
}

function pairsOf(a, b, sums) {
  const gap = (each) => rounded(Math.abs(each.a - each.b), 5);
  return sums.held
    .map((each) => ({
      evidence: each.label,
      a: rounded(sums.weight(each, a), 6),
      b: rounded(sums.weight(each, b), 6),
    }))
    .sort((x, y) => gap(y) - gap(x) || byWords(x.evidence, y.evidence));
}

/** Each sign that the complaint does not hold: its id, row, and chance by position. */
function* unheld(complaint, tables) {
  const known = knownOf(complaint);
  for (const row of tables.signs.values()) {
    if (known.has(row.concept)) continue;
    yield [`${row.role}:${row.concept}`, row, chancesOf(row, tables.patterns.length)];
  }
}

function unsaidOf(at, complaint, tables) {
  const found = [];
  for (const [id, row, chances] of unheld(complaint, tables)) {
    const chance = rounded(chances[at], 3);
    if (chance >= USUAL) found.push({ id, name: nameOf(row.concept, tables), chance });
  }
  found.sort((a, b) => b.chance - a.chance || byWords(a.id, b.id));
  return found.slice(0, MOST_UNSAID);
}

/**
 * Why a pattern is not higher: {own, leader, pulls_down: [{evidence, weight}],
 * behind and ahead: [{evidence, a: this pattern, b: the leader}], unsaid: [{id, name,
 * chance}]}. The leader is the first pattern, or the second when this one is first.
 */
export function whyNot(bundle, ranking, patternId) {
  const at = bundle.patterns.findIndex(({ id }) => id === patternId);
  const sums = weighed(ranking.complaint, bundle);
  if (at < 0 || sums === null || sums.order.length < 2) return null;
  const first = sums.order[0] === at ? sums.order[1] : sums.order[0];
  const pairs = pairsOf(at, first, sums);
  return {
    own: standing(at, sums, bundle),
    leader: standing(first, sums, bundle),
    pulls_down: pairs
      .filter(({ a }) => a <= -LEAST_REASON)
      .sort((x, y) => x.a - y.a || byWords(x.evidence, y.evidence))
      .map(({ evidence, a }) => ({ evidence, weight: a })),
    behind: pairs.filter(({ a, b }) => b - a >= LEAST_REASON),
    ahead: pairs.filter(({ a, b }) => a - b >= LEAST_REASON),
    unsaid: unsaidOf(at, ranking.complaint, bundle),
  };
}

function tellingsOf(a, b, complaint, tables) {
  const found = [];
  for (const [id, row, chances] of unheld(complaint, tables)) {
    const [one, other] = [rounded(chances[a], 3), rounded(chances[b], 3)];
    if (Math.abs(one - other) < LEAST_APART) continue;
    const text = ASKED[row.role].replace("{}", nameOf(row.concept, tables).toLowerCase());
    found.push({ id, text, a: one, b: other });
  }
  const gap = (each) => rounded(Math.abs(each.a - each.b), 3);
  found.sort((x, y) => gap(y) - gap(x) || byWords(x.id, y.id));
  return found.slice(0, MOST_QUESTIONS);
}

/**
 * Two patterns side by side: {a, b: standings, shared, for_a, for_b: [{evidence, a,
 * b}], tell_apart: [{pattern, words}] ("this one" is `pattern`), questions: [{id, text,
 * a, b}] with the chance of yes for each}.
 */
export function compare(bundle, ranking, a, b) {
  const one = bundle.patterns.findIndex(({ id }) => id === a);
  const other = bundle.patterns.findIndex(({ id }) => id === b);
  const sums = weighed(ranking.complaint, bundle);
  if (one < 0 || other < 0 || sums === null) return null;
  const pairs = pairsOf(one, other, sums);
  const told = (from, at, to) =>
    (bundle.similar?.[at] ?? [])
      .filter(([pattern]) => pattern === to)
      .map(([, words]) => ({ pattern: from, words }));
  return {
    a: standing(one, sums, bundle),
    b: standing(other, sums, bundle),
    shared: pairs.filter((each) => Math.min(each.a, each.b) >= LEAST_REASON),
    for_a: pairs.filter((each) => each.a - each.b >= LEAST_REASON),
    for_b: pairs.filter((each) => each.b - each.a >= LEAST_REASON),
    tell_apart: [...told(a, one, b), ...told(b, other, a)],
    questions: tellingsOf(one, other, ranking.complaint, bundle),
  };
}
