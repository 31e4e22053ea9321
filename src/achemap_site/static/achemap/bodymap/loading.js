// This module has no DOM access.
// Fetches the body map's files: one index, the cell table, and plates as they are shown.

import { Body, Plate, decodeRaster } from "./painting.js";

async function answer(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Returns the unsigned 16-bit numbers of a deflated file. */
async function inflated(url) {
  const { body } = await answer(url);
  const stream = body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint16Array(await new Response(stream).arrayBuffer());
}

/**
 * Loads the index at `url` with the cell table beside it; `plates` is the folder of
 * the plates. Plates that show one side only are there twice, once mirrored.
 */
export async function loadMap(url, plates) {
  const here = new URL(url, globalThis.location?.href);
  const index = await (await answer(here)).json();
  const table = await (await answer(new URL(index.cells, here))).arrayBuffer();
  const body = new Body({
    version: index.version,
    regions: index.regions,
    bytes: new Uint8Array(table),
  });
  const folder = new URL(plates, here).href;
  const loaded = new Map();
  return {
    index,
    body,
    /** Loads a plate once; later calls give the same one. */
    plate(name, figure) {
      const key = `${figure}/${name}`;
      if (!loaded.has(key)) loaded.set(key, loadPlate(index, folder, name, figure));
      return loaded.get(key);
    },
  };
}

async function loadPlate(index, folder, name, figure) {
  const about = index.plates.find((plate) => plate.name === name);
  const [width, height] = about.raster[figure];
  const file = `${folder}${figure}/${about.file}`;
  const ids = decodeRaster(await inflated(`${file}.ids`), width, height, about.mirrored);
  const plate = new Plate({ name, width, height, pxPerCm: about.pxPerCm, ids, mirrored: about.mirrored });
  return Object.assign(plate, { image: `${file}.webp`, about });
}
