// What was understood, as chips that one tap takes out and another takes back.

import { thingsIn } from "./correcting.js";
import { WORDS, button, filled, make } from "./making.js";

const SHOWN_UNKNOWN = 8;

function chip({ key, concept, negated, side, left }, names, toggle) {
  const name = names.get(concept) ?? concept.replaceAll("-", " ");
  const words = `${negated ? `${WORDS.not} ` : ""}${name}${side ? `, ${WORDS[side]}` : ""}`;
  const label = filled(left ? WORDS.takeBack : WORDS.takeOut, words);
  const mark = make("span", { "aria-hidden": "true", class: "mark" }, left ? "↺" : "×");
  const made = button(left ? make("s", {}, words) : words, `chip ${key}`, () => toggle(key), {
    class: left ? "chip left-out" : "chip", "aria-label": label,
  });
  made.append(mark);
  return make("li", {}, made);
}

/** The chips, the spellings that were repaired, and the words that meant nothing. */
export function understoodPart(understood, left, names, toggle) {
  const things = thingsIn(understood, left);
  const missed = understood.not_understood.slice(0, SHOWN_UNKNOWN);
  const repaired = understood.corrections.map(([from, to]) => `${from} → ${to}`);
  if (!things.length && !missed.length) return [];
  const parts = [make("h2", { class: "label", id: "heard" }, WORDS.understood)];
  if (things.length) {
    parts.push(
      make("p", { class: "hint" }, WORDS.understoodHint),
      make("ul", { class: "chips" }, things.map((each) => chip(each, names, toggle))),
    );
  }
  if (repaired.length) {
    parts.push(make("p", { class: "small soft" }, `${WORDS.readAs} ${repaired.join(", ")}`));
  }
  if (missed.length) {
    parts.push(
      make("p", { class: "small soft" }, `${WORDS.missed} `,
        missed.map((each) => make("span", { class: "unknown" }, each))),
    );
  }
  return [make("section", { class: "stack tight", "aria-labelledby": "heard" }, parts)];
}
