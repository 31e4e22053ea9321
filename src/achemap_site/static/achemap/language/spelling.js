// This module has no DOM access.
// Spelling repair: words nobody knows become the nearest word of the lexicon.
// The twin of src/achemap/language/spelling.py.

const LONGEST = 24;
const PLAIN = /^[a-zA-Z]+$/;

/** Plain words by first letter and length. */
export function shelvesOf(vocabulary) {
  const found = new Map();
  for (const word of [...vocabulary].sort()) {
    if (!PLAIN.test(word) || word.length < 3 || word.length > LONGEST) continue;
    const key = word[0] + word.length;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(word);
  }
  return found;
}

/** Optimal string alignment distance. */
export function distance(one, other) {
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[other.length];
}

const KEYS = ["slips", "plain", "moved", "known"];

function isBetter(rank, best) {
  if (best === null) return true;
  const key = KEYS.find((each) => rank[each] !== best[each]);
  return key !== undefined && rank[key] < best[key];
}

const allowed = (word, core) =>
  word.length < 4 ? 0 : word.length < (core ? 6 : 8) ? 1 : 2;

/** The target that `word` was meant to be, or null. */
export function repaired(word, shelves, core) {
  const slips = allowed(word, true);
  if (slips === 0 || word.length > LONGEST || !PLAIN.test(word)) return null;
  let best = null;
  for (let size = word.length - slips; size <= word.length + slips; size += 1) {
    const near = [...(shelves.get(word[0] + size) ?? [])];
    if (word[1] !== word[0]) near.push(...(shelves.get(word[1] + size) ?? []));
    for (const known of near) {
      const own = core.has(known);
      const away = distance(word, known);
      if (away > allowed(word, own)) continue;
      const moved = known[0] === word[0] ? 0 : 1;
      const rank = { slips: away, plain: own ? 0 : 1, moved, known };
      if (isBetter(rank, best)) best = rank;
    }
  }
  return best === null ? null : best.known;
}
