// This module has no DOM access.
// What was understood, and how a reader takes one thing out of it.

import { counts } from "../language/reading.js";
import { complaintFrom } from "./scoring.js";

/** What tells two things understood apart: a text that a link can carry. */
export const keyOf = ({ concept, side, negated }) =>
  `${negated ? "-" : ""}${concept}${side ? `.${side}` : ""}`;

function blanked(text, mentions, left) {
  const kept = mentions.filter((each) => !left.has(keyOf(each)));
  let found = text;
  for (const each of mentions) {
    if (!left.has(keyOf(each))) continue;
    if (kept.some(({ start, end }) => start < each.end && each.start < end)) continue;
    found = found.slice(0, each.start) + " ".repeat(each.end - each.start) + found.slice(each.end);
  }
  return found;
}

/**
 * A complaint without the things that the reader left out (a set of keys). The words
 * of such a thing count no more, unless something else is said by them. `first` is
 * what the whole text says.
 */
export function corrected(given, lexicon, left) {
  const whole = complaintFrom(given, lexicon);
  const first = whole.understood;
  if (!left.size) return { complaint: whole, first };
  const text = blanked(whole.text, first.mentions, left);
  const again = complaintFrom({ ...given, text }, lexicon);
  const mentions = again.understood.mentions.filter((each) => !left.has(keyOf(each)));
  return { complaint: { ...again, understood: { ...again.understood, mentions } }, first };
}

/** The things understood, each once: [{key, concept, negated, side, left}]. */
export function thingsIn(understood, left) {
  const found = new Map();
  for (const each of understood.mentions) {
    if (!counts(each) && !each.negated) continue;
    const key = keyOf(each);
    const { concept, negated, side } = each;
    if (!found.has(key)) found.set(key, { key, concept, negated, side, left: left.has(key) });
  }
  return [...found.values()];
}
