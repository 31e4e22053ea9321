// This module has no DOM access.
// What stands around a word: negation, the past, other people, hedges, sides.
// The twin of src/achemap/language/scope.py.

const SENTENCE_ENDS = new Set([".", ";", "!", "?", "\n"]);
const NEG_REACH = 9;
const WELL_REACH = 6;
const GOES_ON = new Set(["and", "but", "though", "although", "however"]);

export function clauses(words, rules) {
  let sentence = 0;
  let clause = 0;
  const sentences = [];
  const parts = [];
  for (const word of words) {
    if (word.isMark) {
      clause += 1;
      if (SENTENCE_ENDS.has(word.text)) sentence += 1;
    } else if (rules.turns.has(word.text)) clause += 1;
    sentences.push(sentence);
    parts.push(clause);
  }
  return [sentences, parts];
}

function listGoesOn(words, comma, rules) {
  let since = 0;
  for (const word of words.slice(comma + 1, comma + 13)) {
    if (word.text === "or" || word.text === "nor") return since <= 4;
    if (word.text === ",") {
      since = 0;
      continue;
    }
    if (word.isMark || rules.turns.has(word.text) || ["and", "i", "it"].includes(word.text)) {
      return false;
    }
    since += 1;
  }
  return false;
}

const pair = (words, at) => `${words[at]?.text ?? ""} ${words[at + 1]?.text ?? ""}`;

function negates(words, at, rules) {
  if (at && rules.negatorPhrases.has(pair(words, at - 1))) return true;
  if (!rules.negators.has(words[at].text)) return false;
  if (rules["empty-after"].has(words[at + 1]?.text ?? "")) return false;
  if (rules.emptyPairs.has(pair(words, at + 1))) return false;
  const limited = words.slice(Math.max(0, at - 8), at).some((w) => rules.limits.has(w.text));
  return !(words[at].text === "without" && limited);
}

function stops(words, at, rules) {
  const word = words[at];
  const text = word.text;
  if (SENTENCE_ENDS.has(text) || rules.turns.has(text) || rules["scope-ends"].has(text)) {
    return true;
  }
  if (word.isMark) return !((text === "," || text === "/") && listGoesOn(words, at, rules));
  return text === "and" && rules["and-ends"].has(words[at + 1]?.text ?? "");
}

/** The tokens before "is fine", back to the start of their clause. */
function calledWell(words, rules) {
  const found = new Set();
  words.forEach((word, at) => {
    if (!rules.well.has(word.text) || at === 0) return;
    const after = words[at + 1];
    if (after && !(after.isMark || GOES_ON.has(after.text))) return;
    let before = at - 1;
    while (before >= 0 && rules.is.has(words[before].text)) before -= 1;
    if (before < 0 || rules.negators.has(words[before].text)) return;
    if (before === at - 1 && !words[before].text.endsWith("'s")) return;
    for (let place = before; place > Math.max(-1, before - WELL_REACH); place -= 1) {
      const { text, isMark } = words[place];
      if (isMark || rules.turns.has(text) || text === "and" || text === "because") break;
      found.add(place);
    }
  });
  return found;
}

export function negated(words, rules) {
  const well = calledWell(words, rules);
  const flags = [];
  let reach = -1;
  words.forEach((word, at) => {
    if (stops(words, at, rules)) reach = -1;
    flags.push(at <= reach || well.has(at));
    const goesOn = (word.text === "or" || word.text === "nor") && at <= reach;
    if (goesOn || negates(words, at, rules)) reach = at + NEG_REACH;
  });
  return flags;
}

export const startsWith = (words, at, phrase) =>
  phrase.every((text, offset) => words[at + offset]?.text === text);

export function past(words, parts, rules) {
  const over = new Set();
  words.forEach((_, at) => {
    if (rules.resolved.some((phrase) => startsWith(words, at, phrase))) over.add(parts[at]);
  });
  return parts.map((part) => over.has(part));
}

const bare = (text) => (text.endsWith("'s") ? text.slice(0, -2) : text);

export function otherPerson(words, parts, rules) {
  const flags = [];
  let active = -1;
  words.forEach((word, at) => {
    if (rules["first-person"].has(word.text) && word.text !== "my") active = -1;
    if (rules.others.has(bare(word.text))) {
      const near = words.slice(at + 1, at + 3).map((each) => each.text);
      const has = near.some((text) => rules.having.has(text));
      const owns = word.text.endsWith("'s") && !near.some((t) => rules["not-owned"].has(t));
      if (has || owns) active = parts[at];
    }
    flags.push(parts[at] === active);
  });
  return flags;
}

export function speaksOfSelf(words, rules) {
  return words.some((word, at) => {
    if (word.text !== "my") return rules["first-person"].has(word.text);
    return at + 1 < words.length && !rules.others.has(bare(words[at + 1].text));
  });
}

export function hedged(words, parts, rules) {
  const doubt = new Set(parts.filter((_, at) => rules.hedges.has(words[at].text)));
  return parts.map((part) => doubt.has(part));
}

function sideAt(words, at, rules) {
  const word = words[at].text;
  const before = at ? words[at - 1].text : "";
  const after = words[at + 1]?.text ?? "";
  if (word === "left" || word === "lefthand") {
    const verb = rules["left-verb-before"].has(before) || rules["left-verb-after"].has(after);
    const ends = at + 1 >= words.length || words[at + 1].isMark || after === "over";
    return verb || (ends && rules["left-over-before"].has(before)) ? null : "left";
  }
  if (word === "right" || word === "righthand") {
    const loose = rules["not-side"].has(after) && !["the", "my", "on"].includes(before);
    return loose || ["all", "not", "feel"].includes(before) ? null : "right";
  }
  if (["both", "bilateral", "bilaterally"].includes(word)) return "both";
  const each = word === "either" || word === "each";
  return each && (after === "side" || after === "sides") ? "both" : null;
}

function only(said, numbers) {
  const found = new Map();
  said.forEach((side, at) => {
    if (!side) return;
    const own = found.get(numbers[at]) ?? found.set(numbers[at], new Set()).get(numbers[at]);
    own.add(side);
  });
  return new Map([...found].map(([at, own]) => [at, own.size === 1 ? [...own][0] : null]));
}

/** The side each token says, and the only side of a clause, sentence and text. */
export function sidesOf(words, sentences, parts, rules) {
  const said = words.map((_, at) => sideAt(words, at, rules));
  return {
    said,
    ofPart: only(said, parts),
    ofSentence: only(said, sentences),
    ofText: only(said, words.map(() => 0)).get(0) ?? null,
  };
}

/** The side that goes with tokens first..last; see the Python twin for the order. */
export function sideOf(first, last, held, sentences, parts) {
  const { said } = held;
  const inside = said.slice(first, last + 1).find(Boolean);
  if (inside) return inside;
  const around = [];
  for (let at = first - 1; at > first - 5; at -= 1) around.push(at);
  for (let at = last + 1; at < last + 5; at += 1) around.push(at);
  for (const at of around) {
    if (said[at] && parts[at] === parts[first]) return said[at];
  }
  return held.ofPart.get(parts[first]) ?? held.ofSentence.get(sentences[first]) ?? held.ofText;
}
