// Regions on a plate: which one lies under a pointer, and the way from one to the next.

import { regionTowards } from "./painting.js";
import { Layer } from "./view.js";

const LIT = { 1: { colour: [38, 92, 122], alpha: 110 } };

/** Returns [id, side] of a cell's region; side is left, right or both. */
export function regionOf(body, cell) {
  const region = body.regions[body.region(cell)];
  if (region.sides === "midline") return [region.id, "both"];
  return [region.id, cell % 2 ? "right" : "left"];
}

/** Returns the middle of each region that a plate shows, in cm: {region, x, y}. */
export function regionCentres(plate, body) {
  const count = body.regions.length * 2;
  const sums = new Float64Array(count * 3);
  const midline = body.regions.map(({ sides }) => sides === "midline");
  const { ids, width, pxPerCm } = plate;
  for (let i = 0; i < ids.length; i += 3) {
    if (ids[i] < 0) continue;
    const region = body.region(ids[i]);
    const at = (region * 2 + (midline[region] ? 0 : ids[i] & 1)) * 3;
    sums[at] += i % width;
    sums[at + 1] += Math.floor(i / width);
    sums[at + 2] += 1;
  }
  const centres = [];
  for (let i = 0; i < count; i += 1) {
    const [x, y, seen] = sums.subarray(i * 3, i * 3 + 3);
    if (seen <= 8) continue;
    const { id } = body.regions[i >> 1];
    const side = midline[i >> 1] ? "both" : ["left", "right"][i & 1];
    centres.push({ region: [id, side], x: x / seen / pxPerCm, y: y / seen / pxPerCm });
  }
  return centres;
}

/** The region that is looked at on one plate: under the pointer, or reached by arrows. */
export class Traveller {
  constructor(plate, body, inks = LIT) {
    Object.assign(this, { plate, body, inks, at: null, key: "" });
  }

  /** Moves to a neighbour; the first step goes to the middle, or near `start` in cm. */
  step(direction, start = { x: this.plate.width / this.plate.pxPerCm / 2, y: this.plate.height / this.plate.pxPerCm / 2 }) {
    this.centres ??= regionCentres(this.plate, this.body);
    this.at = this.at ? regionTowards(this.centres, this.at, direction) : this.nearest(start);
    return this.at.region;
  }

  nearest(to) {
    const far = (centre) => Math.hypot(centre.x - to.x, centre.y - to.y);
    return this.centres.reduce((best, each) => (far(each) < far(best) ? each : best));
  }

  /** Goes to a region by name; returns whether the plate shows it. */
  goTo([id, side]) {
    this.centres ??= regionCentres(this.plate, this.body);
    const found = this.centres.find(({ region }) => region[0] === id && (!side || region[1] === side));
    if (found) this.at = found;
    return Boolean(found);
  }

  /** Returns the canvas that lights up a region, or null. The same one for the same region. */
  light(region) {
    const key = region?.join(" ") ?? "";
    if (key !== this.key) {
      this.key = key;
      this.lit = region && this.mask([region]);
    }
    return this.lit ?? null;
  }

  /** Returns a canvas with several regions coloured. */
  mask(regions) {
    const kinds = new Uint8Array(this.body.size);
    for (const [id, side] of regions) for (const cell of this.body.cellsOf(id, side)) kinds[cell] = 1;
    const layer = new Layer(this.inks);
    layer.show(this.plate, kinds);
    return layer.canvas;
  }
}
