// This module has no DOM access.
// Finding the lexicon's phrases in a row of words: longest first, small gaps.
// The twin of src/achemap/language/matching.py.

export const LAYERS = {
  region: 0, feeling: 1, activity: 2, gesture: 2, danger: 3, ignored: 4, companion: 5, time: 5,
};
const MOST_GAPS = 2;

export const newNode = () => ({ next: new Map(), layers: null });

export function plant(trie, phrase, layer, concept) {
  let node = trie;
  for (const each of phrase) {
    if (!node.next.has(each)) node.next.set(each, newNode());
    node = node.next.get(each);
  }
  node.layers ??= new Map();
  const held = node.layers.get(layer) ?? [];
  if (!held.includes(concept)) node.layers.set(layer, [...held, concept]);
}

function isHalf(words, stems, at, rules) {
  if (words[at].text !== "side" || at === 0) return false;
  if (words[at - 1].text !== "left" && words[at - 1].text !== "right") return false;
  for (let number = at + 1; number < Math.min(at + 4, words.length); number += 1) {
    if (words[number].isMark) return false;
    if (!rules.skipped.has(words[number].text)) return rules["half-of"].has(stems[number]);
  }
  return false;
}

/** The words that phrases are made of; marks end a part. */
export function rowOf(words, stems, rules) {
  const row = [];
  let part = 0;
  words.forEach((word, number) => {
    if (word.isMark) part += 1;
    else if (!rules.skipped.has(word.text) && !isHalf(words, stems, number, rules)) {
      row.push({ stem: stems[number], place: number, part, soft: rules.soft.has(word.text) });
    }
  });
  return row;
}

function walk(node, row, at, size, gaps, yieldTo) {
  if (node.layers) yieldTo(at - 1, size, gaps, node.layers);
  if (at >= row.length || row[at].part !== row[at - 1].part) return;
  const child = node.next.get(row[at].stem);
  if (child) walk(child, row, at + 1, size + 1, gaps, yieldTo);
  if (gaps >= MOST_GAPS || node.next.size === 0) return;
  const free = row[at].soft || (size >= 2 && gaps === 0);
  const follows = at + 1 < row.length && row[at + 1].part === row[at].part;
  if (!free || !follows) return;
  for (const skip of [1, 2]) {
    const after = at + skip;
    if (after >= row.length || row[after].part !== row[at].part) return;
    const later = node.next.get(row[after].stem);
    if (later && gaps + skip <= MOST_GAPS) {
      walk(later, row, after + 1, size + 1, gaps + skip, yieldTo);
    }
    if (!row[after].soft) return;
  }
}

/** Every phrase of the trie in the row, overlapping ones too. */
export function foundIn(row, trie) {
  const matches = [];
  row.forEach((word, at) => {
    const node = trie.next.get(word.stem);
    if (!node) return;
    walk(node, row, at + 1, 1, 0, (last, size, gaps, layers) => {
      for (const [layer, concepts] of layers) {
        matches.push({
          first: row[at].place, last: row[last].place, size, gaps, layer, concepts,
        });
      }
    });
  });
  return matches;
}

/** Whether an ignored phrase stands here word for word; see the Python twin. */
export function meansNothing(match, words, rules) {
  const count = match.last - match.first + 1;
  if (match.gaps || !match.concepts.includes(String(count))) return false;
  const before = match.first ? words[match.first - 1].text : "";
  return !(rules["open-ends"].has(words[match.last].text) && rules.owning.has(before));
}

/** The matches that stand: in each layer the longest, without overlap. */
export function keptOf(matches) {
  const nothing = ({ layer }) => (layer === LAYERS.ignored ? 1 : 0);
  const ranked = [...matches].sort(
    (a, b) =>
      b.size - a.size || nothing(a) - nothing(b) || a.gaps - b.gaps ||
      a.first - b.first || a.layer - b.layer,
  );
  const taken = new Map();
  const activities = new Map();
  const feelings = new Map();
  const words = (layer) => taken.get(layer) ?? taken.set(layer, new Set()).get(layer);
  const meets = (match, layer) => {
    const own = words(layer);
    for (let at = match.first; at <= match.last; at += 1) if (own.has(at)) return true;
    return false;
  };
  const allows = (match) => {
    if (meets(match, match.layer)) return false;
    if (match.layer !== LAYERS.danger && meets(match, LAYERS.ignored)) return false;
    if (match.layer === LAYERS.activity) {
      const whole = feelings.get(match.first);
      return !(whole && match.last <= whole.last && whole.size > match.size);
    }
    const over = activities.get(match.first);
    if (over === undefined || match.layer > LAYERS.feeling) return true;
    const begins = over.first < match.first || match.last <= over.last;
    return !(begins && over.size > match.size);
  };
  const kept = [];
  for (const match of ranked) {
    if (!allows(match)) continue;
    kept.push(match);
    for (let at = match.first; at <= match.last; at += 1) {
      words(match.layer).add(at);
      if (match.layer === LAYERS.activity) activities.set(at, match);
      else if (match.layer === LAYERS.feeling) feelings.set(at, match);
    }
  }
  return kept.sort((a, b) => a.first - b.first || a.layer - b.layer || a.last - b.last);
}
