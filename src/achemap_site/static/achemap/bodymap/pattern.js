// This module has no DOM access.
// A pattern's baked cells as the server gives them, sore side right.

export const LEVELS = ["essential", "common", "spillover"];

/** Returns cell ids from their steps, for one sore side. */
export function cellsOf(steps, side) {
  let cell = 0;
  return steps.map((step) => {
    cell += step;
    return side === "left" ? cell ^ 1 : cell;
  });
}

/**
 * Returns {kinds, stars} of a pattern for the levels that are `on` (a set that may also
 * hold "points"): for each cell 1, 2 or 3 as its strongest level, 0 for none.
 */
export function kindsOf(pattern, on, side) {
  const kinds = new Uint8Array(pattern.count);
  LEVELS.forEach((level, at) => {
    if (on.has(level)) for (const cell of cellsOf(pattern[level], side)) kinds[cell] = at + 1;
  });
  return { kinds, stars: on.has("points") ? pattern.points.map((cell) => (side === "left" ? cell ^ 1 : cell)) : [] };
}

/** Returns the plate that shows the other side as a plate shows one. */
export function mirroredPlate(name) {
  const other = { left: "right", right: "left" };
  return name.replace(/(^|-)(left|right)$/, (_, dash, side) => dash + other[side]);
}
