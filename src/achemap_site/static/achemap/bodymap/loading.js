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

/** Returns where the small picture of a whole body is; its large one is among the plates. */
export const smallPicture = (index, figure, file) => new URL(`small/${figure}/${file}.webp`, index).href;

/**
 * Loads the index at `url` with the cell table beside it; `plates` is the folder of
 * the plates. Plates that show one side only are there twice, once mirrored.
 */
export async function loadMap(url, plates) {
  const here = new URL(url, globalThis.location?.href);
  const [index, table] = await Promise.all([
    answer(here).then((response) => response.json()),
    answer(new URL("body.bin", here)).then((response) => response.arrayBuffer()),
  ]);
  const body = new Body({
    version: index.version,
    regions: index.regions,
    bytes: new Uint8Array(table),
  });
  return { index, body, plate: plateLoader(index, here, plates) };
}

/** Loads the index alone, for those who show cells and do not name them. */
export async function loadPlates(url, plates) {
  const here = new URL(url, globalThis.location?.href);
  const index = await (await answer(here)).json();
  return { index, plate: plateLoader(index, here, plates) };
}

/** Returns a function that loads a plate once; later calls give the same one. */
function plateLoader(index, here, plates) {
  const folder = new URL(plates, here).href;
  const loaded = new Map();
  return (name, figure) => {
    const key = `${figure}/${name}`;
    if (!loaded.has(key)) {
      const loading = loadPlate(index, { here, folder }, name, figure);
      loaded.set(key, loading);
      loading.catch(() => loaded.delete(key));
    }
    return loaded.get(key);
  };
}

async function loadPlate(index, { here, folder }, name, figure) {
  const about = index.plates.find((plate) => plate.name === name);
  const [width, height] = about.raster[figure];
  const file = `${folder}${figure}/${about.file}`;
  const ids = decodeRaster(await inflated(`${file}.ids`), width, height, about.mirrored);
  const plate = new Plate({ name, width, height, pxPerCm: about.pxPerCm, ids, mirrored: about.mirrored });
  Object.assign(plate, { image: `${file}.webp`, about });
  if (!about.closeUp) {
    Object.assign(plate, { small: smallPicture(here, figure, about.file), smallWidth: index.smallWidth });
  }
  return plate;
}
