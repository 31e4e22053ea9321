// This module has no DOM access.
// What is painted on the body: cells with a strength (1-3) and "deep" or "skin".
// Cell ids are those of the atlas: even is left, odd is right, mirror is id ^ 1.

export const STRENGTH = 3; // bits of a cell's value that hold the strength
export const DEEP = 4; // bit of a cell's value: felt deep inside

/** Reads unsigned little-endian base-128 numbers from bytes. */
export class Varints {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get more() {
    return this.at < this.bytes.length;
  }

  next() {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("the data ends early");
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      shift += 7;
    }
  }

  nextSigned() {
    const value = this.next();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
}

/**
 * Returns the cell id of every raster pixel, row by row; -1 where there is no body.
 * packed: as the atlas stores it, first the cell id + 1 (0 off the body) of every
 * run, then as many lengths. `mirrored` shows the other side of the body: rows are
 * turned round and ids exchanged.
 */
export function decodeRaster(packed, width, height, mirrored = false) {
  const ids = new Int16Array(width * height).fill(-1);
  const runs = packed.length / 2;
  let at = 0;
  for (let i = 0; i < runs; i += 1) {
    const [cell, length] = [packed[i] - 1, packed[runs + i]];
    if (cell >= 0) ids.fill(mirrored ? cell ^ 1 : cell, at, at + length);
    at += length;
  }
  if (at !== ids.length) throw new RangeError("the raster does not fill its plate");
  if (mirrored) for (let y = 0; y < height; y += 1) ids.subarray(y * width, (y + 1) * width).reverse();
  return ids;
}

/** One view of one body: its raster and, for each cell, the pixels that show it. */
export class Plate {
  constructor({ name, width, height, pxPerCm, ids, mirrored = false }) {
    Object.assign(this, { name, width, height, pxPerCm, ids, mirrored });
    this.indexPixels();
  }

  indexPixels() {
    const { ids } = this;
    let top = 0;
    for (let i = 0; i < ids.length; i += 1) if (ids[i] > top) top = ids[i];
    this.starts = new Int32Array(top + 3);
    for (let i = 0; i < ids.length; i += 1) if (ids[i] >= 0) this.starts[ids[i] + 2] += 1;
    for (let i = 1; i < this.starts.length; i += 1) this.starts[i] += this.starts[i - 1];
    this.pixels = new Int32Array(this.starts[this.starts.length - 1]);
    for (let i = 0; i < ids.length; i += 1) {
      if (ids[i] >= 0) this.pixels[this.starts[ids[i] + 1]++] = i;
    }
  }

  /** Returns the pixels (indices into the raster) on which a cell is seen. */
  pixelsOf(cell) {
    if (cell + 1 >= this.starts.length) return this.pixels.subarray(0, 0);
    return this.pixels.subarray(cell ? this.starts[cell] : 0, this.starts[cell + 1]);
  }

  cellAt(xCm, yCm) {
    const x = Math.floor(xCm * this.pxPerCm);
    const y = Math.floor(yCm * this.pxPerCm);
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return -1;
    return this.ids[y * this.width + x];
  }

  /** Returns the cells under a round brush; a cell counts when half of it is covered. */
  cellsUnder(xCm, yCm, radiusCm) {
    const { pxPerCm: scale, width, height, ids } = this;
    const r = radiusCm * scale;
    const [cx, cy] = [xCm * scale - 0.5, yCm * scale - 0.5];
    const seen = new Map();
    const [y0, y1] = [Math.max(0, Math.ceil(cy - r)), Math.min(height - 1, Math.floor(cy + r))];
    for (let y = y0; y <= y1; y += 1) {
      const half = Math.sqrt(Math.max(0, r * r - (y - cy) ** 2));
      const x1 = Math.min(width - 1, Math.floor(cx + half));
      for (let x = Math.max(0, Math.ceil(cx - half)); x <= x1; x += 1) {
        const id = ids[y * width + x];
        if (id >= 0) seen.set(id, (seen.get(id) ?? 0) + 1);
      }
    }
    const under = [];
    for (const [cell, count] of seen) {
      if (count * 2 >= this.pixelsOf(cell).length) under.push(cell);
    }
    const here = this.cellAt(xCm, yCm);
    if (here >= 0 && !under.includes(here)) under.push(here);
    return under;
  }

  /** Returns the cells under a brush drawn along a line of [x, y] in cm. */
  cellsAlong(line, radiusCm) {
    const cells = new Set();
    const step = Math.max(radiusCm / 2, 0.2);
    line.forEach(([x, y], i) => {
      const [px, py] = line[Math.max(0, i - 1)];
      const parts = Math.max(1, Math.ceil(Math.hypot(x - px, y - py) / step));
      for (let k = 1; k <= parts; k += 1) {
        const t = k / parts;
        for (const cell of this.cellsUnder(px + (x - px) * t, py + (y - py) * t, radiusCm)) {
          cells.add(cell);
        }
      }
    });
    return cells;
  }
}

/** What every cell is: its region, CHOIR code and area. Right mirrors left. */
export class Body {
  /**
   * regions: [{id, name, sides, group, neighbours?}] in the order of the cell table.
   * bytes: for each left cell: region index, CHOIR code of the left and of the right
   * cell (minus 100), area in 1/100 cm2.
   */
  constructor({ version, regions, bytes }) {
    this.version = version;
    this.regions = regions;
    this.size = (bytes.length / 4) * 2;
    this.bytes = bytes;
    this.indexOf = new Map(regions.map((region, index) => [region.id, index]));
  }

  region(cell) {
    return this.bytes[(cell >> 1) * 4];
  }

  choir(cell) {
    return this.bytes[(cell >> 1) * 4 + 1 + (cell & 1)] + 100;
  }

  area(cell) {
    return this.bytes[(cell >> 1) * 4 + 3] / 100;
  }

  /** Returns the cells of a region; side is "left", "right" or "both". */
  cellsOf(id, side = "both") {
    const index = this.indexOf.get(id);
    const cells = [];
    for (let cell = 0; cell < this.size; cell += 1) {
      const wanted = side === "both" || (side === "left") === (cell % 2 === 0);
      if (wanted && this.region(cell) === index) cells.push(cell);
    }
    return cells;
  }
}

/** The painted cells, with undo. Every change returns the cells that changed. */
export class Painting {
  constructor(body) {
    this.body = body;
    this.values = new Uint8Array(body.size);
    this.done = [];
    this.undone = [];
  }

  get cells() {
    const { values } = this;
    const cells = [];
    for (let cell = 0; cell < values.length; cell += 1) if (values[cell]) cells.push(cell);
    return cells;
  }

  get empty() {
    const { values } = this;
    for (let cell = 0; cell < values.length; cell += 1) if (values[cell]) return false;
    return true;
  }

  apply(next) {
    const before = new Map();
    for (const [cell, value] of next) {
      if (cell < this.values.length && this.values[cell] !== value) {
        before.set(cell, this.values[cell]);
        this.values[cell] = value;
      }
    }
    return before;
  }

  /** Begins a change that one undo takes back; call `more` any number of times. */
  begin() {
    const change = new Map();
    return {
      /** Takes everything back as if it had not begun. Returns the changed cells. */
      cancel: () => [...this.apply(change).keys()],
      more: (cells, value) => {
        const before = this.apply([...cells].map((cell) => [cell, value]));
        for (const [cell, was] of before) if (!change.has(cell)) change.set(cell, was);
        return [...before.keys()];
      },
      end: () => {
        if (!change.size) return;
        this.done.push(change);
        this.undone = [];
      },
    };
  }

  set(cells, value) {
    const change = this.begin();
    const changed = change.more(cells, value);
    change.end();
    return changed;
  }

  step(from, to) {
    const change = from.pop();
    if (!change) return [];
    to.push(this.apply(change));
    return [...change.keys()];
  }

  undo() {
    return this.step(this.done, this.undone);
  }

  redo() {
    return this.step(this.undone, this.done);
  }

  clear() {
    return this.set(this.cells, 0);
  }

  /** Paints the same on the other side of the body. */
  mirror() {
    const change = this.begin();
    const changed = this.cells.flatMap((cell) => change.more([cell ^ 1], this.values[cell]));
    change.end();
    return changed;
  }

  /** Fills a region, or empties it when it is full. Returns the changed cells. */
  toggleRegion(id, side, value) {
    const cells = this.body.cellsOf(id, side);
    return this.set(cells, this.share(id, side) > 0.5 ? 0 : value);
  }

  /** Returns how much of a region is painted, 0 to 1. */
  share(id, side) {
    let [all, painted] = [0, 0];
    for (const cell of this.body.cellsOf(id, side)) {
      all += this.body.area(cell);
      if (this.values[cell]) painted += this.body.area(cell);
    }
    return all ? painted / all : 0;
  }

  /** Returns [{region, side, cm2}], largest first; side is left, right or middle. */
  places() {
    const { body, values } = this;
    const areas = new Float64Array(body.regions.length * 2);
    for (let cell = 0; cell < values.length; cell += 1) {
      if (values[cell]) areas[body.region(cell) * 2 + (cell & 1)] += body.area(cell);
    }
    const places = [];
    body.regions.forEach(({ id, name, sides }, at) => {
      const put = (side, cm2) => cm2 && places.push({ region: id, name, side, cm2 });
      const [left, right] = areas.subarray(at * 2, at * 2 + 2);
      if (sides === "midline") put("middle", left + right);
      else {
        put("left", left);
        put("right", right);
      }
    });
    return places.sort((a, b) => b.cm2 - a.cm2 || (a.region < b.region ? -1 : 1));
  }

  /** Returns the CHOIR codes that hold painted cells, ascending. */
  choir() {
    return [...new Set(this.cells.map((cell) => this.body.choir(cell)))].sort((a, b) => a - b);
  }

  /** Returns a compact text: version, then value and cell steps. */
  encode() {
    const bytes = [];
    const put = (number) => {
      let rest = number;
      while (rest > 127) {
        bytes.push((rest & 127) | 128);
        rest >>= 7;
      }
      bytes.push(rest);
    };
    let last = 0;
    for (const cell of this.cells) {
      put((cell - last) * 8 + this.values[cell]);
      last = cell;
    }
    const text = btoa(String.fromCharCode(...bytes));
    return `${this.body.version}.${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
  }

  /** Paints what `encode` wrote. Throws RangeError for another body or broken text. */
  decode(text) {
    const [version, packed = ""] = [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)];
    if (version !== this.body.version) throw new RangeError(`painted on the body ${version}`);
    if (!/^[\w-]*$/.test(packed)) throw new RangeError("not a painting");
    const raw = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const numbers = new Varints(Uint8Array.from(raw, (char) => char.charCodeAt(0)));
    const next = new Map(this.cells.map((cell) => [cell, 0]));
    let cell = 0;
    while (numbers.more) {
      const number = numbers.next();
      cell += Math.floor(number / 8);
      if (cell >= this.body.size || !(number & STRENGTH)) throw new RangeError("not a painting");
      next.set(cell, number & 7);
    }
    const change = this.apply(next);
    if (change.size) this.done.push(change);
    return [...change.keys()];
  }
}

/** Returns a name for the middle of a sentence; "T8–T9" and the like stay as they are. */
export function lowered(name) {
  return /^[A-Z](?![A-Z0-9])/.test(name) ? name[0].toLowerCase() + name.slice(1) : name;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

/**
 * Returns the painting in words, side first: "Your LEFT: flank, 12 cm²." `words` holds
 * nothing, left, right, middle ("… {places}"), place ("{name}, {area} cm²"), more.
 * Rims that hold little of what is painted on their side are not named.
 */
export function inWords(painting, words, most = 3) {
  const places = painting.places();
  if (!places.length) return words.nothing;
  const sides = ["left", "right", "middle"].map((side) => places.filter((place) => place.side === side));
  return ["left", "right", "middle"]
    .flatMap((side, at) => {
      const least = sides[at].reduce((sum, { cm2 }) => sum + cm2, 0) * 0.06;
      // A strip along the midline is a rim of what is painted beside it.
      const rim = side === "middle" && places.length > sides[at].length ? 3 : 0;
      const here = sides[at].filter(({ cm2 }) => cm2 >= Math.max(least, rim));
      if (!here.length) return [];
      const named = here.slice(0, most).map(({ name, cm2 }) =>
        filled(words.place, { name: lowered(name), area: Math.max(1, Math.round(cm2)) }),
      );
      if (here.length > most) named.push(filled(words.more, { count: here.length - most }));
      return [filled(words[side], { places: named.join("; ") })];
    })
    .join(" ");
}

/** Returns the nearest region in a direction ("left", "right", "up", "down"). */
export function regionTowards(centres, from, direction) {
  const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction];
  let best = null;
  for (const centre of centres) {
    const [ox, oy] = [centre.x - from.x, centre.y - from.y];
    const along = ox * dx + oy * dy;
    const aside = Math.abs(ox * dy) + Math.abs(oy * dx);
    if (along < 0.3 || along < aside * 0.5) continue;
    const cost = along + aside * 1.6;
    if (!best || cost < best.cost) best = { cost, centre };
  }
  return best?.centre ?? from;
}
