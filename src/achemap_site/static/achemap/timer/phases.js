// This module has no DOM access.
// A timed step as phases: get ready, hold, change sides, hold, rest …

export const READY_SECONDS = 5;
export const CHANGE_SECONDS = 5;

/**
 * @typedef {{ kind: "ready" | "hold" | "change" | "again", seconds: number,
 *   round: number, side: 0 | 1 | 2 }} Phase
 * `side` is 0 where a step has no sides; else 1 for the first and 2 for the other.
 */

/**
 * Returns the phases of a step: `seconds` long, `times` rounds, and with `sides`
 * "each" both sides in every round.
 * @returns {Phase[]}
 */
export function phases(seconds, times = 1, sides = "none") {
  const both = sides === "each" ? [1, 2] : [0];
  const found = [{ kind: "ready", seconds: READY_SECONDS, round: 1, side: both[0] }];
  for (let round = 1; round <= times; round += 1) {
    for (const side of both) {
      if (side === 2) found.push({ kind: "change", seconds: CHANGE_SECONDS, round, side });
      else if (round > 1) found.push({ kind: "again", seconds: CHANGE_SECONDS, round, side });
      found.push({ kind: "hold", seconds, round, side });
    }
  }
  return found;
}

/**
 * Returns where a run is after `elapsed` seconds: the phase and the whole seconds
 * left in it, or null when it is over.
 */
export function at(list, elapsed) {
  let left = elapsed;
  for (const phase of list) {
    if (left < phase.seconds) return { phase, left: Math.ceil(phase.seconds - left) };
    left -= phase.seconds;
  }
  return null;
}

/** Returns seconds as "1:05". */
export function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
