// This module has no DOM access.
// Reads signs of danger in everyday words: the twin of achemap/triage/cues.py.
// `words` is the `words` part of what compile_rules() writes.
import { counted } from "./scope.js";

const TOKEN = /\d+[.,]\d+|[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*|[.,;:!?()\n/–—]|(?<=\s)-(?=\s)/gu;
const STOPS = new Set(".!?\n;");
const FAR = "far: "; // a way that may reach over sentences
const IDIOM = "idiom"; // harmless phrases: their words do not count
export const MARKS = new Set(".!?\n;,:()–—-/");

export function wordsOf(text, known, fixes = {}) {
  const found = [];
  let sentence = 0;
  const plain = text.replace(/[\u2019\u2018\u02bc`]/g, "'");
  for (const match of plain.matchAll(TOKEN)) {
    let word = match[0].toLowerCase();
    word = Object.hasOwn(fixes, word) ? fixes[word] : word;
    if (word.endsWith("'s") && !known.spoken.has(word)) word = word.slice(0, -2); // "skin's gone yellow"
    word = word.replaceAll("'", "");
    const start = match.index, end = match.index + match[0].length;
    const last = found.at(-1);
    if (word === "not" && last?.text === "can") {
      found[found.length - 1] = { text: "cant", sentence, start: last.start, end, skipped: false, mark: false };
      continue;
    }
    if (/^\p{Nd}/u.test(word)) {
      const [whole, ...rest] = word.split(/[.,]/); // "39.6" is a fever, "0.5" is "0"
      word = rest.length && known.fevers.has(whole) ? `${whole}c` : whole;
    }
    word = known.folded.get(word) ?? word;
    if (word === "bit" && known.biters.has(last?.text)) word = "bitten";
    const skipped = known.skipped.has(word) || (word === "to" && last?.text === "cant");
    found.push({ text: word, sentence, start, end, skipped, mark: MARKS.has(word) });
    if (STOPS.has(word)) sentence += 1;
  }
  return found;
}

// The folded words of one choice ("a_b" is two); small words are left out.
function choice(said, known) {
  let held = known.choices.get(said);
  if (held === undefined) {
    held = said
      .split("_")
      .map((word) => known.folded.get(word) ?? word)
      .filter((word) => word && !known.skipped.has(word));
    known.choices.set(said, held);
  }
  return held;
}

function spelled(phrase, known) {
  let made = [[]];
  for (const word of phrase.toLowerCase().replaceAll("'", "").split(" ")) {
    const choices = word.split("|").map((one) => choice(one, known));
    made = choices.length === 1 ? made.map((start) => start.concat(choices[0])) : made.flatMap((start) => choices.map((one) => start.concat(one)));
  }
  return made.map((one) => (one.includes("to") ? one.filter((word, at) => word !== "to" || one[at - 1] !== "cant") : one)); // "unable to"
}

// `{group}|word` is either.
function spelledWith(atom, known, phrases) {
  if (!atom.includes("{")) return spelled(atom, known);
  return atom.split("|").flatMap((one) => (one.startsWith("{") ? phrases.get(one) : spelled(one, known)));
}

function partOf(text, known, gapWidth) {
  const steps = [];
  let gap = 0, run = [];
  const flush = () => {
    if (run.length) {
      steps.push([run.join(" "), gap]);
      run = [];
      gap = 0;
    }
  };
  for (const word of text.split(/\s+/).filter((one) => one)) {
    if (word === "..") {
      flush();
      gap = gapWidth;
    } else if (word.includes("{")) {
      flush();
      steps.push([word, gap]);
      gap = 0;
    } else if (word.split("|").some((one) => choice(one.toLowerCase().replaceAll("'", ""), known).length)) {
      run.push(word);
    }
  }
  flush();
  return steps;
}

// Most of the many nodes have one way on and no atom: maps are made when needed.
const NONE = [];
const node = () => ({ exact: null, prefix: null, atoms: NONE });

export function prepareWords(words) {
  const known = { skipped: new Set(words.skipped), folded: new Map(Object.entries(words.folded)), biters: new Set(words.biters), spoken: new Set(words.spoken), fevers: new Set(words.fevers), choices: new Map() };
  const phrases = new Map();
  for (const [name, said] of Object.entries(words.groups)) {
    phrases.set(`{${name}}`, said.flatMap((one) => spelled(one, known)));
  }
  const ways = new Map();
  const cues = new Map();
  for (const cue of words.cues) {
    cues.set(cue.id, cue);
    for (const said of cue.ways) {
      const isFar = said.startsWith(FAR);
      const parts = said
        .slice(isFar ? FAR.length : 0)
        .split(" + ")
        .map((part) => partOf(part, known, words.gap));
      for (const [atom] of parts.flat()) if (!phrases.has(atom)) phrases.set(atom, spelledWith(atom, known, phrases));
      const first = parts[0][0][0];
      if (!ways.has(first)) ways.set(first, []);
      ways.get(first).push({ cue: cue.id, parts, within: isFar ? words.far : (cue.within ?? words.within), across: isFar || cue.across === true });
    }
  }
  const named = Object.entries(words.places).map(([zone, said]) => [`zone:${zone}`, said]);
  for (const cue of words.cues) if (cue.unless) named.push([`unless:${cue.id}`, cue.unless]);
  for (const [atom, said] of [...named, [IDIOM, words.idioms]]) {
    phrases.set(atom, said.flatMap((one) => spelled(one, known)));
  }
  const root = node();
  const vocabulary = new Set();
  for (const [atom, said] of phrases) {
    for (const phrase of said) {
      let at = root;
      for (const word of phrase) {
        const begins = word.endsWith("*");
        const name = begins ? word.slice(0, -1) : word;
        const held = begins ? (at.prefix ??= new Map()) : (at.exact ??= new Map());
        let next = held.get(name);
        if (next === undefined) {
          next = node();
          held.set(name, next);
          vocabulary.add(name);
        }
        at = next;
      }
      if (phrase.length && at.atoms.at(-1) !== atom) at.atoms = [...at.atoms, atom];
    }
  }
  return { ...known, root, ways, cues, vocabulary, zones: Object.keys(words.places) };
}

function* after(at, word) {
  if (at.exact?.has(word)) yield at.exact.get(word);
  for (const [start, next] of at.prefix ?? NONE) if (word.startsWith(start)) yield next;
}

function atomsIn(words, known) {
  const kept = words.map((_, at) => at).filter((at) => !words[at].skipped);
  const found = new Map();
  for (let first = 0; first < kept.length; first += 1) {
    let nodes = [[known.root, []]];
    for (let next = first; next < kept.length && nodes.length; next += 1) {
      const at = kept[next];
      if (words[at].mark) break;
      const grown = [];
      for (const [here, path] of nodes) for (const to of after(here, words[at].text)) grown.push([to, [...path, at]]);
      for (const [here, path] of grown) {
        for (const atom of here.atoms) {
          if (!found.has(atom)) found.set(atom, []);
          found.get(atom).push(path);
        }
      }
      nodes = grown;
    }
  }
  return found;
}

function isCut(words, first, last) {
  return words.slice(first + 1, last).some((word) => word.mark);
}

function chainsOf(part, atoms, words, order) {
  let chains = atoms.get(part[0][0]) ?? [];
  for (const [atom, gap] of part.slice(1)) {
    const grown = [];
    for (const chain of chains) {
      const last = chain.at(-1);
      for (const path of atoms.get(atom) ?? []) {
        const between = order[path[0]] - order[last] - 1;
        const near = path[0] > last && between <= gap && words[path[0]].sentence === words[last].sentence;
        if (near && (gap || !isCut(words, last, path[0]))) {
          grown.push([...chain, ...path]);
        }
      }
    }
    chains = grown;
  }
  return chains.slice(0, 12);
}

function* matchesOf(way, atoms, words, order) {
  if (way.parts.some((part) => part.some(([atom]) => !atoms.has(atom)))) return;
  let chosen = [[]];
  for (const part of way.parts) {
    const chains = chainsOf(part, atoms, words, order);
    chosen = chosen.flatMap((held) => chains.map((chain) => [...held, chain]));
  }
  for (const held of chosen) {
    const flat = held.flat();
    const covered = [...new Set(flat)].sort((a, b) => a - b);
    if (covered.length < flat.length) continue;
    const first = covered[0], last = covered.at(-1);
    if (words[first].sentence !== words[last].sentence && !way.across) continue;
    if (order[last] - order[first] + 1 > way.within && way.parts.length > 1) continue;
    yield covered;
  }
}

// Returns {cues: {id: words}, zones: [id]}: what the text claims of the person, now.
// `corrections` are the spelling repairs of language/spelling.js: [[wrong, right]].
export function read(text, known, corrections = []) {
  const fixes = {};
  for (const [wrong, right] of corrections) {
    const said = wrong.toLowerCase();
    if (!known.vocabulary.has(said) && !known.folded.has(said)) fixes[said] = right.toLowerCase();
  }
  const words = wordsOf(text, known, fixes);
  const atoms = atomsIn(words, known);
  let number = 0;
  const order = words.map((word) => (word.skipped || word.mark ? number : number++));
  const found = [];
  const harmless = (atoms.get(IDIOM) ?? []).flat();
  for (const atom of atoms.keys()) {
    for (const way of known.ways.get(atom) ?? []) {
      const out = new Set([...harmless, ...(atoms.get(`unless:${way.cue}`) ?? []).flat()]);
      for (const covered of matchesOf(way, atoms, words, order)) {
        if (!covered.some((at) => out.has(at))) found.push({ cue: way.cue, covered });
      }
    }
  }
  for (const zone of known.zones) {
    const elsewhere = new Set((atoms.get(`{not-${zone}}`) ?? []).flat());
    for (const path of atoms.get(`zone:${zone}`) ?? []) {
      if (!path.some((at) => elsewhere.has(at))) found.push({ cue: `zone:${zone}`, covered: path });
    }
  }
  const cues = {}, zones = new Set();
  for (const each of counted(words, found, known.cues)) {
    if (each.cue.startsWith("zone:")) zones.add(each.cue.slice(5));
    else if (!Object.hasOwn(cues, each.cue)) {
      cues[each.cue] = text.slice(words[each.covered[0]].start, words[each.covered.at(-1)].end).split(/\s+/).join(" ");
    }
  }
  return { cues, zones: [...zones].sort() };
}
