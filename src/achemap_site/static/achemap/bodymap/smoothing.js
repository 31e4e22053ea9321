// This module has no DOM access.
// Soft outlines: cells are small tiles; shown as they are, a painting looks torn.
// A pixel takes part when at least half of the body around it is painted.

const REACH_CM = 0.5; // half the width of the window that decides, used twice
const SOFT = 0.08; // the edge fades over this much of the share, to either side

/** Sums a window of 2 r + 1 along rows (or columns) of a width x height table. */
function windowSums(from, to, width, height, r, alongRows) {
  const [lines, length] = alongRows ? [height, width] : [width, height];
  const [line, step] = alongRows ? [width, 1] : [1, width];
  for (let i = 0; i < lines; i += 1) {
    const start = i * line;
    let sum = 0;
    for (let k = 0; k < Math.min(r, length); k += 1) sum += from[start + k * step];
    for (let k = 0; k < length; k += 1) {
      if (k + r < length) sum += from[start + (k + r) * step];
      if (k > r) sum -= from[start + (k - r - 1) * step];
      to[start + k * step] = sum;
    }
  }
}

function blurred(mask, width, height, r) {
  const [one, two] = [new Float32Array(mask.length), new Float32Array(mask.length)];
  windowSums(mask, one, width, height, r, true);
  windowSums(one, two, width, height, r, false);
  windowSums(two, one, width, height, r, true);
  windowSums(one, two, width, height, r, false);
  return two;
}

/** Returns how far a change of one pixel reaches, in pixels of the plate. */
export const reachOf = (plate) => 2 * Math.max(1, Math.round(REACH_CM * plate.pxPerCm));

/** Returns a box grown by some pixels, within the plate. */
export function grown(plate, box, by) {
  const [x, y] = [Math.max(0, box.x - by), Math.max(0, box.y - by)];
  const right = Math.min(plate.width, box.x + box.width + by);
  const below = Math.min(plate.height, box.y + box.height + by);
  return { x, y, width: right - x, height: below - y };
}

/** Returns {x, y, width, height} round the pixels of cells; null when none is seen. */
export function boxOf(plate, cells) {
  let [x0, y0, x1, y1] = [plate.width, plate.height, -1, -1];
  for (const cell of cells) {
    for (const pixel of plate.pixelsOf(cell)) {
      const [x, y] = [pixel % plate.width, Math.floor(pixel / plate.width)];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  }
  return x1 < 0 ? null : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
}

function cut(plate, box, kinds) {
  const size = box.width * box.height;
  const body = new Uint8Array(size);
  const masks = new Map();
  let held = 0;
  for (let y = 0, at = 0; y < box.height; y += 1) {
    const row = (y + box.y) * plate.width + box.x;
    for (let x = 0; x < box.width; x += 1, at += 1) {
      const cell = plate.ids[row + x];
      if (cell < 0) continue;
      body[at] = 1;
      held += 1;
      const kind = kinds[cell];
      if (!kind) continue;
      if (!masks.has(kind)) masks.set(kind, new Uint8Array(size));
      masks.get(kind)[at] = 1;
    }
  }
  return { body, masks, full: held === size };
}

function strongest(shares, at) {
  let [total, most, best] = [0, 0, 0];
  for (const [kind, share] of shares) {
    total += share[at];
    if (share[at] > most) [most, best] = [share[at], kind];
  }
  return [total, best];
}

/**
 * Colours a box of a plate's pixels. `kinds` holds a kind for every cell, 0 for none;
 * `inks` maps kinds to {colour, alpha, texture?(x, y)}: [r, g, b], 0-255, and a test for the
 * pixels that are drawn darker. Returns RGBA bytes of the box; right only for pixels
 * that are `reachOf` away from its edge, or at the plate's.
 */
export function coloured(plate, box, kinds, inks) {
  const out = new Uint8ClampedArray(box.width * box.height * 4);
  const { body, masks, full } = cut(plate, box, kinds);
  if (!masks.size) return out;
  const r = reachOf(plate) / 2;
  const all = (2 * r + 1) ** 4;
  // The rim is about as wide on the screen for close-ups as for the whole body.
  const rim = 0.5 + 0.2 * Math.min(1, 2.5 / r);
  const whole = full ? null : blurred(body, box.width, box.height, r);
  const shares = [...masks].map(([kind, mask]) => [kind, blurred(mask, box.width, box.height, r)]);
  for (let at = 0; at < body.length; at += 1) {
    if (!body[at]) continue;
    const [sum, kind] = strongest(shares, at);
    const share = sum / (whole ? whole[at] : all);
    if (share <= 0.5 - SOFT) continue;
    const { colour, alpha, texture } = inks[kind];
    const edge = Math.min(1, (share - 0.5 + SOFT) / (2 * SOFT));
    const x = box.x + (at % box.width);
    const y = box.y + Math.floor(at / box.width);
    const dark = share < rim || texture?.(x, y) ? 0.72 : 1;
    const to = at * 4;
    out[to] = colour[0] * dark;
    out[to + 1] = colour[1] * dark;
    out[to + 2] = colour[2] * dark;
    out[to + 3] = alpha * edge;
  }
  return out;
}
