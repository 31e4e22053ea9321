// This module has no DOM access.
// What an activity does to the pain: worse, better, or how it began.
// The twin of src/achemap/language/roles.py.

import { startsWith } from "./scope.js";

const REACH = 12;

export function cues(words, rules) {
  const found = words.map(({ text }) => {
    if (rules.better.has(text)) return "better";
    if (rules.worse.has(text) || rules.limits.has(text)) return "worse";
    if (rules.onset.has(text)) return "onset";
    return rules.fine.has(text) ? "fine" : null;
  });
  words.forEach((_, at) => {
    for (const [phrase, cue] of rules.cuePhrases) {
      if (startsWith(words, at, phrase)) found.fill(cue, at, at + phrase.length);
    }
  });
  return found;
}

function nearest(first, last, said, same) {
  let best = null;
  const end = Math.min(said.length, last + REACH + 1);
  for (let at = Math.max(0, first - REACH); at < end; at += 1) {
    if (said[at] === null || same[at] !== same[first]) continue;
    if (first <= at && at <= last && said[at] !== "better") continue;
    const gap = at < first ? first - at : Math.max(0, at - last);
    if (best === null || gap < best.gap) best = { gap, at };
  }
  return best;
}

function isDenied(words, at, same, rules) {
  for (let before = Math.max(0, at - 3); before < at; before += 1) {
    if (rules.negators.has(words[before].text) && same[before] === same[at]) return true;
  }
  return false;
}

function isDone(words, first, last, rules) {
  const text = words[first].text;
  if (text.endsWith("ed") && text.length > 4) return true;
  return words
    .slice(Math.max(0, first - 2), last)
    .some((word) => rules["done-before"].has(word.text));
}

/** [role, denied] of the activity in tokens first..last. */
export function roleOf(words, first, last, around, rules) {
  for (const numbers of [around.parts, around.sentences]) {
    const found = nearest(first, last, around.cues, numbers);
    if (found === null) continue;
    const cue = around.cues[found.at];
    const denied = isDenied(words, found.at, numbers, rules) && !around.negated[first];
    if (cue !== "fine") return [cue, denied];
    const between = words.slice(Math.min(found.at, last), Math.max(found.at, first));
    const turned = between.some((word) => rules.turns.has(word.text));
    return ["worse", !denied && !turned];
  }
  return isDone(words, first, last, rules) ? ["onset", false] : ["worse", false];
}
