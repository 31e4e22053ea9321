// This module has no DOM access.
// Text to words, and the light stemming that lets inflections meet.
// The twin of src/achemap/language/words.py: change both together.

const TOKEN =
  /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*|[.,;:!?()\n/\u2013\u2014]|(?<=[ \t\n])-(?=[ \t\n])/gu;
const QUOTES = /[\u2019\u2018\u02bc`]/g;
const VOWEL = /[aeiouy]/;
const ASCII = /^[\x00-\x7f]*$/;
const MARKS = new Set([...".,;:!?()\n/\u2013\u2014-"]);
const DOUBLES_KEPT = "aeiouslz";

export const listed = (text) => new Set(String(text).split(/\s+/).filter(Boolean));
export const isAscii = (text) => ASCII.test(text);

/** The word lists of data/language/rules.json, ready for look-up. */
export function rulesFrom(held) {
  const lists = {};
  for (const [name, value] of Object.entries(held)) {
    if (typeof value === "string") lists[name] = listed(value);
  }
  const forms = new Map();
  for (const [base, words] of Object.entries(held.forms)) {
    for (const form of words.split(" ")) forms.set(form, base);
  }
  return {
    ...lists,
    forms,
    resolved: held.resolved.map((phrase) => phrase.split(" ")),
    emptyPairs: new Set(held["empty-pairs"]),
    negatorPhrases: new Set(held["negator-phrases"]),
    cuePhrases: Object.entries(held["cue-phrases"]).map(([p, cue]) => [p.split(" "), cue]),
    relations: new Map(Object.entries(held.relations)),
  };
}

function undouble(stem) {
  const last = stem.at(-1);
  const twice = stem.length > 2 && last === stem.at(-2);
  return twice && !DOUBLES_KEPT.includes(last) ? stem.slice(0, -1) : stem;
}

function stripPlural(word) {
  if (word.endsWith("ies") && word.length > 4) return word.slice(0, -3) + "y";
  if (["sses", "shes", "ches", "xes", "zzes"].some((end) => word.endsWith(end))) {
    return word.slice(0, -2);
  }
  const plural = word.endsWith("s") && !["ss", "us", "is"].some((end) => word.endsWith(end));
  return plural ? word.slice(0, -1) : word;
}

function stripEnding(word, keep) {
  for (const suffix of ["ing", "ed"]) {
    const base = word.slice(0, -suffix.length);
    if (
      word.endsWith(suffix) && base.length > 2 && !keep.has(word) &&
      VOWEL.test(base) && !word.endsWith("eed")
    ) {
      return undouble(base);
    }
  }
  return word;
}

/** The stem that inflections of a lower-case word share. */
export function stem(word, rules) {
  if (word.endsWith("'s")) word = word.slice(0, -2);
  word = word.replaceAll("'", "");
  word = rules.forms.get(word) ?? word;
  if (word.length < 4 || rules.keep.has(word) || !isAscii(word)) return word;
  if (word.endsWith("ied") && word.length > 4) return word.slice(0, -3) + "y";
  word = stripEnding(stripPlural(word), rules.keep);
  if (word.length > 3 && word.endsWith("e") && !word.endsWith("ee")) word = word.slice(0, -1);
  return word;
}

/** Words and marks in order: {text, stem, start, end, isMark}. */
export function tokens(text, rules) {
  const plain = text.replace(QUOTES, "'");
  const found = [];
  for (const match of plain.matchAll(TOKEN)) {
    const word = match[0].toLowerCase();
    const start = match.index;
    found.push({
      text: word,
      stem: stem(word, rules),
      start,
      end: start + match[0].length,
      isMark: MARKS.has(word),
    });
  }
  return found;
}
