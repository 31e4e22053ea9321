// This module has no DOM access.
// Fetches the body map's files: one index, the cell table, and plates as they are shown.

import { Body, Plate, decodeRaster } from "./painting.js";

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Loads the index at `url` and the cell table it names. */
export async function loadMap(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const index = await response.json();
  const at = (name) => new URL(name, new URL(url, globalThis.location?.href)).href;
  const body = new Body({
    version: index.version,
    regions: index.regions,
    bytes: await bytes(at(index.cells)),
  });
  const plates = new Map();
  return {
    index,
    body,
    /** Loads a plate once; later calls give the same one. */
    plate(name, figure) {
      const key = `${figure}/${name}`;
      if (!plates.has(key)) plates.set(key, loadPlate(index, at, name, figure));
      return plates.get(key);
    },
  };
}

async function loadPlate(index, at, name, figure) {
  const about = index.plates.find((plate) => plate.name === name);
  const view = about.bodies[figure] ?? about.bodies.neutral;
  const ids = decodeRaster(await bytes(at(view.raster)), view.width, view.height);
  const plate = new Plate({ ...view, name, ids });
  return Object.assign(plate, { image: at(view.image), about });
}
