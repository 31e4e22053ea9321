// This module has no DOM access.
// Reads the browser's files (src/achemap/finder/browser.py) into tables.

const CHANCE_STEP = 1 / 1000;
const SHARE_STEP = 1 / 4000;

function sparse(rows, width) {
  return rows.map((row) => {
    const found = new Float64Array(width);
    for (let at = 0; at < row.length; at += 2) found[row[at]] = row[at + 1] * SHARE_STEP;
    return found;
  });
}

function signFrom([role, concept, usual, mean, patterns, levels]) {
  const chances = levels.map((level) => level * CHANCE_STEP);
  return { role, concept, usual: usual * CHANCE_STEP, mean, patterns, chances };
}

/** Tables from core.json: enough to rank regions and answers. */
export function tablesFrom(core) {
  const count = core.patterns.length;
  const signs = core.signs.map(signFrom);
  return {
    version: core.version,
    settings: core.settings,
    patterns: core.patterns.map(([id, title, muscles, grade, prior]) => ({
      id, title, muscles, grade, prior,
    })),
    leaves: core.leaves,
    midline: core.midline.map(Boolean),
    centres: core.centres,
    same: sparse(core.same, count),
    opposite: sparse(core.opposite, count),
    places: new Map(Object.entries(core.places)),
    signs: new Map(signs.map((row) => [`${row.role}:${row.concept}`, row])),
    names: new Map(Object.entries(core.names)),
    cells: null,
    text: null,
    similar: null,
  };
}

/** For each pattern its look-alikes as [id, words], from apart.json. */
export const similarFrom = (apart) => apart.similar;

function reader(buffer) {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return {
    u32: () => view.getUint32((at += 4) - 4, true),
    u16: () => view.getUint16((at += 2) - 2, true),
    i8: () => view.getInt8((at += 1) - 1),
    varint: () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at];
        at += 1;
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    },
  };
}

/** The painted-cell table from cells.bin: areas, and cell -> [pattern, odds, …]. */
export function cellsFrom(buffer) {
  const read = reader(buffer);
  const count = read.u32();
  const patterns = read.u32();
  const area = new Float64Array(count);
  for (let at = 0; at < count; at += 1) area[at] = read.u16() / 100;
  const held = Array.from({ length: count }, () => null);
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    const size = read.u32();
    const cells = new Int32Array(size);
    let cell = 0;
    for (let at = 0; at < size; at += 1) {
      cell += read.varint();
      cells[at] = cell;
    }
    for (let at = 0; at < size; at += 1) {
      const own = (held[cells[at]] ??= []);
      own.push(pattern, read.i8());
    }
  }
  return { count, area, held };
}

/** The text model from words.json and words.bin. */
export function textFrom(words, buffer) {
  const read = reader(buffer);
  const features = read.u32();
  const total = read.u32();
  const starts = new Int32Array(features + 1);
  for (let at = 0; at < features; at += 1) starts[at + 1] = starts[at] + read.u16();
  const weights = new Int8Array(total);
  for (let at = 0; at < total; at += 1) weights[at] = read.i8();
  const patterns = new Int32Array(total);
  for (let feature = 0; feature < features; feature += 1) {
    let pattern = 0;
    for (let at = starts[feature]; at < starts[feature + 1]; at += 1) {
      pattern += read.varint();
      patterns[at] = pattern;
    }
  }
  return {
    features: new Map(words.features.map((name, at) => [name, at])),
    rarity: words.rarity,
    starts,
    patterns,
    weights,
    step: words.step,
    bias: words.bias,
  };
}
