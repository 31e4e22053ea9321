// This module has no DOM access.
// The next best question by expected information. The twin of questions.py.

import { chancesAt, chancesOf } from "./evidence.js";

const MOST_QUESTIONS = 6;
const FRONT = 5;
const WIDE = 25;
const LEAST_GAIN = 0.01;
const LEAST_SHARE = 0.12;
const SHARE_TO_CHANCE = 3;
export const ASKED = {
  feels: "Would you call the pain {}?",
  worse: "Does this make it worse: {}?",
  better: "Does this ease it: {}?",
  onset: "Did it begin after this: {}?",
  gesture: "Do you do this: {}?",
  "comes-with": "Do you also have this: {}?",
  time: "Does it come at this time: {}?",
  place: "Do you feel it here too: {}?",
};

const parted = (id) => {
  const at = id.indexOf(":");
  return at < 0 ? [id, ""] : [id.slice(0, at), id.slice(at + 1)];
};

function entropy(weights) {
  let mass = 0;
  let inner = 0;
  for (const each of weights) {
    mass += each;
    if (each > 0) inner -= each * Math.log2(each);
  }
  return mass > 0 ? [mass, inner / mass + Math.log2(mass)] : [mass, inner];
}

function gain(weights, chance, wide) {
  const yes = weights.map((each, at) => each * chance[wide[at]]);
  const no = weights.map((each, at) => each - yes[at]);
  const [yesMass, yesBits] = entropy(yes);
  const [noMass, noBits] = entropy(no);
  return entropy(weights)[1] - (yesMass * yesBits + noMass * noBits);
}

function* candidates(front, known, tables) {
  const ahead = new Set(front);
  for (const row of tables.signs.values()) {
    if (known.has(row.concept) || !row.patterns.some((each) => ahead.has(each))) continue;
    yield [row.role, row.concept, chancesOf(row, tables.patterns.length)];
  }
  for (const [at, leaf] of tables.leaves.entries()) {
    const share = Math.max(...front.map((each) => tables.same[at][each]));
    if (share < LEAST_SHARE || known.has(leaf)) continue;
    const [, , chance] = chancesAt([at], [SHARE_TO_CHANCE], tables);
    yield ["place", leaf, chance.map((each) => Math.min(Math.max(each, 0.03), 0.9))];
  }
}

const before = (a, b) =>
  a.value > b.value ||
  (a.value === b.value && (a.role < b.role || (a.role === b.role && a.concept < b.concept)));

const answeredOf = ({ answers }) =>
  Object.keys(answers).map(parted).filter(([role]) => role in ASKED);

/** What is known already: the concepts said, picked or answered. */
export function knownOf(complaint) {
  const known = new Set(answeredOf(complaint).map(([, concept]) => concept));
  for (const mention of complaint.understood.mentions) known.add(mention.concept);
  for (const { region } of complaint.regions) known.add(region);
  return known;
}

/** The question worth asking next, or null. */
export function nextQuestion(complaint, probability, order, tables) {
  if (answeredOf(complaint).length >= MOST_QUESTIONS || order.length === 0) return null;
  const known = knownOf(complaint);
  const wide = order.slice(0, WIDE);
  const mass = wide.reduce((sum, at) => sum + probability[at], 0);
  if (!(mass > 0)) return null;
  const weights = wide.map((at) => probability[at] / mass);
  let best = null;
  for (const [role, concept, chance] of candidates(order.slice(0, FRONT), known, tables)) {
    const value = Math.round(gain(weights, chance, wide) * 1e9) / 1e9;
    const rank = { value, role, concept };
    if (best === null || before(rank, best)) best = rank;
  }
  if (best === null || best.value < LEAST_GAIN) return null;
  const name = (tables.names.get(best.concept) ?? best.concept.replaceAll("-", " ")).toLowerCase();
  return {
    id: `${best.role}:${best.concept}`,
    text: ASKED[best.role].replace("{}", name),
    options: ["yes", "no", "unknown"],
    gain: best.value,
  };
}
