// This module has no DOM access.
// Understanding a reader's words: a text becomes mentions of concepts.
// The twin of src/achemap/language/reading.py.

import { LAYERS, foundIn, keptOf, meansNothing, newNode, plant, rowOf } from "./matching.js";
import * as roles from "./roles.js";
import * as scope from "./scope.js";
import { repaired, shelvesOf } from "./spelling.js";
import { listed, rulesFrom, stem, tokens } from "./words.js";

const ROLES = {
  region: "region", feeling: "feels", gesture: "gesture", companion: "comes-with",
  time: "time", danger: "danger",
};

const phraseOf = (way, rules, same) =>
  tokens(way, rules)
    .filter((word) => !word.isMark && !rules.skipped.has(word.text))
    .map((word) => same.get(word.stem) ?? word.stem);

/** The lexicon of words.json, ready for `understand`. */
export function lexiconFrom(held) {
  const rules = rulesFrom(held.rules);
  const same = new Map(Object.entries(held.same));
  const trie = newNode();
  for (const [concept, layer, ...phrases] of held.phrases) {
    for (const phrase of phrases) plant(trie, phrase.split(" "), layer, concept);
  }
  for (const way of held.ignored) {
    const phrase = phraseOf(way, rules, same);
    const count = String(tokens(way, rules).length);
    if (phrase.length > 1) plant(trie, phrase, LAYERS.ignored, count);
  }
  const targets = listed(held.targets);
  const plain = listed(held.plain);
  const vocabulary = new Set([...targets, ...plain]);
  return {
    rules,
    same,
    trie,
    vocabulary,
    shelves: shelvesOf(targets),
    core: listed(held.core),
    knownStems: new Set([...vocabulary].map((word) => stem(word, rules))),
    plain,
    kinds: new Map(Object.entries(held.kinds)),
    names: new Map(Object.entries(held.names)),
  };
}

function stemsOf(words, lexicon) {
  const corrections = new Map();
  const found = words.map((word) => {
    let own = word.stem;
    const known = word.isMark || lexicon.vocabulary.has(word.text);
    if (!known && !lexicon.knownStems.has(own)) {
      const better = repaired(word.text, lexicon.shelves, lexicon.core);
      if (better !== null) {
        corrections.set(word.text, better);
        own = stem(better, lexicon.rules);
      }
    }
    return lexicon.same.get(own) ?? own;
  });
  return [found, [...corrections]];
}

function relation(words, first, rules) {
  for (let at = first - 1; at > Math.max(-1, first - 4); at -= 1) {
    if (rules.relations.has(words[at].text)) return rules.relations.get(words[at].text);
    if (!rules.skipped.has(words[at].text)) return null;
  }
  return null;
}

function mentionOf(match, concept, text, words, around, lexicon) {
  const kind = lexicon.kinds.get(concept);
  const { first, last } = match;
  let negated = around.negated[first];
  let role = ROLES[kind];
  if (role === undefined) {
    const [own, denied] = roles.roleOf(words, first, last, around, lexicon.rules);
    role = own;
    negated = negated || denied;
  }
  const start = words[first].start;
  const end = words[last].end;
  return {
    concept,
    kind,
    role,
    start,
    end,
    words: text.slice(start, end),
    negated,
    past: around.past[first],
    other_person: around.other[first],
    hedged: around.hedged[first],
    side: scope.sideOf(first, last, around.sides, around.sentences, around.parts),
    relation: kind === "region" ? relation(words, first, lexicon.rules) : null,
  };
}

/** True when a mention speaks for the reader's own pain now. */
export const counts = (mention) =>
  !mention.other_person && !(mention.past && mention.role !== "onset");

function own(mentions, words, rules) {
  const pains = mentions.filter(({ kind }) => kind === "region" || kind === "feeling");
  const theirs = pains.length > 0 && pains.every((each) => each.other_person);
  if (!theirs || scope.speaksOfSelf(words, rules)) return mentions;
  return mentions.map((each) => ({ ...each, other_person: false }));
}

function leftOver(words, matches, lexicon) {
  const taken = new Set();
  for (const { first, last } of matches) {
    for (let at = first; at <= last; at += 1) taken.add(at);
  }
  const found = new Set();
  words.forEach((word, at) => {
    const known = word.isMark || taken.has(at) || lexicon.plain.has(word.text);
    const long = [...word.text].length > 2;
    if (!known && long && !lexicon.rules.skipped.has(word.text)) found.add(word.text);
  });
  return [...found];
}

/** What `text` says: {text, mentions, not_understood, corrections, stems}. */
export function understand(text, lexicon) {
  const { rules } = lexicon;
  const words = tokens(text, rules);
  if (!words.length) {
    return { text, mentions: [], not_understood: [], corrections: [], stems: [] };
  }
  const [stems, corrections] = stemsOf(words, lexicon);
  const every = foundIn(rowOf(words, stems, rules), lexicon.trie);
  const matches = keptOf(
    every.filter((each) => each.layer !== LAYERS.ignored || meansNothing(each, words, rules)),
  );
  const [sentences, parts] = scope.clauses(words, rules);
  const around = {
    sentences,
    parts,
    negated: scope.negated(words, rules),
    past: scope.past(words, parts, rules),
    other: scope.otherPerson(words, parts, rules),
    hedged: scope.hedged(words, parts, rules),
    sides: scope.sidesOf(words, sentences, parts, rules),
    cues: roles.cues(words, rules),
  };
  const mentions = matches
    .filter((match) => match.layer !== LAYERS.ignored)
    .flatMap((match) =>
      match.concepts.map((concept) => mentionOf(match, concept, text, words, around, lexicon)),
    );
  const counted = [];
  words.forEach((word, at) => {
    if (word.isMark || rules.skipped.has(word.text)) return;
    counted.push([stems[at], around.negated[at] || around.other[at]]);
  });
  return {
    text,
    mentions: own(mentions, words, rules),
    not_understood: leftOver(words, matches, lexicon),
    corrections,
    stems: counted,
  };
}
