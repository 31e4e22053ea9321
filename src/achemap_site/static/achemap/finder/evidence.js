// This module has no DOM access.
// One piece of evidence at a time, as log-odds: [right side sore, left side sore].
// The twin of evidence.py and places.py.

import { counts, scaled } from "./features.js";

export const HEDGED = 0.7;
const AGAINST_PLACE = 0.6;
const MOST_LOOKS = 8;
const LOOK_CM2 = 25;
const CELL_STEP = 1 / 16;
const NEAR_MM = 90;
const DETOUR = 1.3;
const LONGEST_MM = 700;
const MIDDLE = 0.5;
const NAMES = {
  feels: "feels", worse: "worse with", better: "better with", onset: "began with",
  gesture: "what you do", "comes-with": "comes with", time: "when",
};

export const vector = (tables) => new Float64Array(tables.patterns.length);
export const mean = (row) => row.reduce((sum, each) => sum + each, 0) / row.length;
export const logMeanExp = (row) => {
  const top = Math.max(...row);
  return top + Math.log(mean(row.map((each) => Math.exp(each - top))));
};
const scale = (odds, by) => odds.map((row) => row.map((each) => each * by));
const two = (row) => [row, row];

/** Chance of naming these leaves: sore side, other side, any side. */
export function chancesAt(leaves, weights, tables) {
  const found = [vector(tables), vector(tables), vector(tables)];
  leaves.forEach((leaf, at) => {
    const same = tables.same[leaf];
    const opposite = tables.opposite[leaf];
    for (let row = 0; row < same.length; row += 1) {
      found[0][row] += weights[at] * same[row];
      found[1][row] += weights[at] * opposite[row];
      found[2][row] += weights[at] * same[row];
      if (!tables.midline[leaf]) found[2][row] += weights[at] * opposite[row];
    }
  });
  return found;
}

export function place(leaves, weights, side, tables) {
  const [same, opposite, whole] = chancesAt(leaves, weights, tables);
  const reached = whole.length ? mean(whole) : 0;
  if (reached <= 0) return [vector(tables), vector(tables)];
  const even = weights.reduce((sum, each) => sum + each, 0) / tables.leaves.length;
  const middle = (reached + even) / 2;
  const { noise } = tables.settings;
  const sided = { right: [same, opposite], left: [opposite, same] }[side] ?? [whole, whole];
  return sided.map((row) =>
    row.map((each) => tables.settings.place * Math.log((1 - noise) * (each / middle) + noise)),
  );
}

export function notThere(leaves, tables) {
  const [, , whole] = chancesAt(leaves, leaves.map(() => 1), tables);
  const held = whole.map((each) => AGAINST_PLACE * Math.min(each, 1));
  const rest = 1 - mean(held);
  return two(held.map((each) => tables.settings.place * Math.log((1 - each) / rest)));
}

export function chancesOf(row, count) {
  const found = new Float64Array(count).fill(row.usual);
  row.patterns.forEach((pattern, at) => (found[pattern] = row.chances[at]));
  return found;
}

export function sign(role, concept, denies, tables) {
  const row = tables.signs.get(`${role}:${concept}`);
  if (row === undefined) return null;
  const weight = tables.settings.sign;
  const odds = chancesOf(row, tables.patterns.length).map((chance) =>
    denies
      ? weight * Math.log((1 - chance) / (1 - row.mean))
      : weight * Math.log(chance / row.mean),
  );
  return two(odds);
}

/** Log-odds of painted cells; null until cells.bin is there. */
export function painted(cells, tables) {
  if (!tables.cells) return null;
  const { paint_noise: noise, paint } = tables.settings;
  const floor = Math.round(Math.log(noise) / CELL_STEP) * CELL_STEP;
  const total = [vector(tables), vector(tables)];
  let area = 0;
  for (const cell of cells) {
    const size = tables.cells.area[cell];
    if (size === undefined) continue;
    area += size;
    [cell, cell ^ 1].forEach((own, row) => {
      const held = tables.cells.held[own];
      if (held === null) return;
      for (let at = 0; at < held.length; at += 2) {
        total[row][held[at]] += size * (held[at + 1] * CELL_STEP - floor);
      }
    });
  }
  const looks = Math.min(MOST_LOOKS, 1 + area / LOOK_CM2);
  const whole = Math.max(area, 1e-9);
  return total.map((row) => row.map((each) => paint * looks * (each / whole + floor)));
}

/** Log-odds of the words by the text model; null when it knows none of them. */
export function worded(understood, tables) {
  const { text } = tables;
  if (!text) return null;
  const values = scaled(counts(understood, tables.places), text, tables.settings);
  if (values.size === 0) return null;
  const scores = vector(tables);
  for (const [name, value] of values) {
    const feature = text.features.get(name);
    const amount = value * text.step;
    for (let at = text.starts[feature]; at < text.starts[feature + 1]; at += 1) {
      scores[text.patterns[at]] += amount * text.weights[at];
    }
  }
  text.bias.forEach((each, at) => (scores[at] += each));
  const middle = logMeanExp(scores);
  return two(scores.map((each) => tables.settings.text * (each - middle)));
}

export function common(tables) {
  const prior = Float64Array.from(tables.patterns, (row) => row.prior);
  const middle = prior.length ? logMeanExp(prior) : 0;
  const odds = two(prior.map((each) => tables.settings.prior * (each - middle)));
  return { kind: "common", key: "common", label: "how common it is", odds, positive: true };
}

const nameOf = (concept, tables) => tables.names.get(concept) ?? concept.replaceAll("-", " ");

export function labelled(mention, tables) {
  const name = nameOf(mention.concept, tables).toLowerCase();
  const denial = mention.negated ? "no " : "";
  if (mention.kind === "region") {
    return `${denial}pain here: ${name}${mention.side ? `, ${mention.side}` : ""}`;
  }
  return `${denial}${NAMES[mention.role] ?? mention.role}: ${name}`;
}

function centre(leaves, tables) {
  const count = Math.max(leaves.length, 1);
  return [0, 1, 2].map(
    (axis) => leaves.reduce((sum, leaf) => sum + tables.centres[leaf][axis], 0) / count,
  );
}

const gap = (a, b) => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);

/** The leaves just above (up 1) or below (-1) a place, and the place itself. */
function beyond([leaves, weights], up, tables) {
  const middle = centre(leaves, tables);
  const strength = weights.length ? Math.max(...weights) : 1;
  const found = new Map(leaves.map((leaf, at) => [leaf, weights[at] * MIDDLE]));
  const own = new Set(leaves);
  tables.centres.forEach((at, leaf) => {
    const away = gap(at, middle);
    if (own.has(leaf) || away > NEAR_MM || away < 1) return;
    const rise = ((at[1] - middle[1]) / away) * up;
    if (rise > 0.5) found.set(leaf, strength * rise * (1 - away / (2 * NEAR_MM)));
  });
  const ordered = [...found.keys()].sort((a, b) => a - b);
  return [ordered, ordered.map((leaf) => found.get(leaf))];
}

function between(one, other, tables) {
  const start = centre(one[0], tables);
  const end = centre(other[0], tables);
  const whole = gap(start, end);
  if (!(whole > 1 && whole < LONGEST_MM)) return [[], []];
  const ends = new Set([...one[0], ...other[0]]);
  const found = [];
  tables.centres.forEach((at, leaf) => {
    if (!ends.has(leaf) && gap(at, start) + gap(at, end) <= DETOUR * whole) found.push(leaf);
  });
  return [found, found.map(() => 1)];
}

/** The evidence of one place named in a text, or null. */
export function ofMention(mention, tables) {
  let leaves = tables.places.get(mention.concept);
  if (leaves === undefined) return null;
  let label = labelled(mention, tables);
  let key = `place:${mention.concept}:${mention.side ?? ""}`;
  if (mention.negated) {
    const odds = notThere(leaves[0], tables);
    return { kind: "place", key: `no ${key}`, label, odds, positive: false };
  }
  const up = { above: 1, below: -1 }[mention.relation];
  if (up !== undefined) {
    leaves = beyond(leaves, up, tables);
    key += `:${mention.relation}`;
    label = label.replace(": ", `: ${mention.relation} `);
  }
  const odds = place(leaves[0], leaves[1], mention.side, tables);
  const held = mention.hedged ? scale(odds, HEDGED) : odds;
  return { kind: "place", key, label, odds: held, positive: true };
}

/** The evidence of places picked from a list: [{region, side}]. */
export function ofRegions(regions, tables) {
  const found = [];
  for (const { region, side } of regions) {
    const leaves = tables.places.get(region);
    if (!leaves) continue;
    const odds = place(leaves[0], leaves[1], side, tables);
    const name = (tables.names.get(region) ?? region).toLowerCase();
    const label = `pain here: ${name}${side ? `, ${side}` : ""}`;
    found.push({ kind: "place", key: `place:${region}:${side ?? ""}`, label, odds, positive: true });
  }
  return found;
}

/** The evidence of ways: "between X and Y", "from X down to Y". */
export function ofWays(mentions, speaks, tables) {
  const named = mentions.filter((each) => each.kind === "region" && speaks(each));
  const found = [];
  for (let at = 0; at + 1 < named.length; at += 1) {
    const [one, other] = [named[at], named[at + 1]];
    const runs =
      one.relation === "between" || (one.relation === "from" && other.relation === "to");
    const near = other.start - one.end >= 0 && other.start - one.end <= 40;
    const first = tables.places.get(one.concept);
    const second = tables.places.get(other.concept);
    if (!runs || !near || one.negated || !first || !second) continue;
    const leaves = between(first, second, tables);
    if (!leaves[0].length) continue;
    const odds = place(leaves[0], leaves[1], one.side, tables);
    const names = [one, other].map((each) => nameOf(each.concept, tables).toLowerCase());
    found.push({
      kind: "place",
      key: `way:${one.concept}:${other.concept}:${one.side ?? ""}`,
      label: `pain here: between ${names[0]} and ${names[1]}`,
      odds: scale(odds, MIDDLE),
      positive: true,
    });
  }
  return found;
}
