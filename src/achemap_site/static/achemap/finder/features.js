// This module has no DOM access.
// The features of a text for the text model. The twin of features.py.

import { counts as speaks } from "../language/reading.js";
import { isAscii } from "../language/words.js";

function grams(stem) {
  if (!isAscii(stem)) return [];
  const word = `<${stem.slice(0, 24)}>`;
  const found = [];
  for (const size of [3, 4, 5]) {
    for (let at = 0; at + size <= word.length; at += 1) found.push(word.slice(at, at + size));
  }
  return found;
}

/** Map of feature -> amount; the first letter tells the kind. */
export function counts(understood, places) {
  const found = new Map();
  const add = (name, amount) => found.set(name, (found.get(name) ?? 0) + amount);
  const stems = understood.stems.filter(([, dropped]) => !dropped).map(([stem]) => stem);
  for (const stem of stems) {
    add(`w:${stem}`, 1);
    for (const gram of grams(stem)) add(`g:${gram}`, 1);
  }
  for (let at = 0; at + 1 < stems.length; at += 1) add(`p:${stems[at]} ${stems[at + 1]}`, 1);
  for (const mention of understood.mentions) {
    if (mention.negated || !speaks(mention) || mention.kind === "danger") continue;
    add(`c:${mention.concept}`, 1);
    if (mention.kind === "activity") add(`r:${mention.role}:${mention.concept}`, 1);
    if (mention.kind !== "region" || !places.has(mention.concept)) continue;
    const [leaves, weights] = places.get(mention.concept);
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    leaves.forEach((leaf, at) => add(`l:${leaf}`, weights[at] / length));
  }
  return found;
}

/** Map of feature -> value as the model sees it, for the features it knows. */
export function scaled(amounts, text, settings) {
  const scales = {
    w: settings.words, p: settings.pairs, g: settings.grams, c: settings.concepts,
    r: settings.roles, l: settings.leaves,
  };
  const lengths = {};
  const values = new Map();
  for (const [name, amount] of amounts) {
    const at = text.features.get(name);
    if (at === undefined) continue;
    const value = (amount <= 1 ? amount : 1 + Math.log(amount)) * text.rarity[at];
    values.set(name, value);
    lengths[name[0]] = (lengths[name[0]] ?? 0) + value * value;
  }
  for (const [name, value] of values) {
    values.set(name, (value * scales[name[0]]) / Math.sqrt(lengths[name[0]]));
  }
  return values;
}
