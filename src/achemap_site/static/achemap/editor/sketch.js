// This module has no DOM access.
// What is being drawn: the two texts, what the server read from them, and undo.

export const VALUE = { spillover: 1, common: 2, essential: 3 };

/** Returns cell -> paint value of the entries, the strongest level winning. */
export function paintOf(entries) {
  const values = new Map();
  for (const { level, cells } of entries) {
    for (const cell of cells ?? []) {
      values.set(cell, Math.max(values.get(cell) ?? 0, VALUE[level]));
    }
  }
  return values;
}

/** A closed Catmull-Rom curve through points, as SVG path data (Béziers). */
export function closedPath(points) {
  const count = points.length;
  if (count < 2) return "";
  const at = (i) => points[(i + count) % count];
  const parts = [`M${at(0).join(" ")}`];
  for (let i = 0; i < count; i += 1) {
    const [before, here, next, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const one = [here[0] + (next[0] - before[0]) / 6, here[1] + (next[1] - before[1]) / 6];
    const two = [next[0] - (after[0] - here[0]) / 6, next[1] - (after[1] - here[1]) / 6];
    parts.push(`C${one.join(" ")} ${two.join(" ")} ${next.join(" ")}`);
  }
  return `${parts.join("")}Z`;
}

/** The texts with undo and redo. `open` are the entries that are drawn on. */
export class Sketch {
  constructor(zones, points) {
    this.now = { zones, points, open: null };
    this.done = [];
    this.undone = [];
  }

  put(next) {
    if (next.zones === this.now.zones && next.points === this.now.points) {
      this.now = { ...this.now, ...next };
      return;
    }
    this.done.push(this.now);
    this.undone = [];
    this.now = { ...this.now, ...next };
  }

  back() {
    if (!this.done.length) return false;
    this.undone.push(this.now);
    this.now = this.done.pop();
    return true;
  }

  forth() {
    if (!this.undone.length) return false;
    this.done.push(this.now);
    this.now = this.undone.pop();
    return true;
  }
}

/** Returns the cells of the open entries, as a set. */
export function openCells(entries, open) {
  const cells = new Set();
  for (let i = open?.[0] ?? 0; i < (open?.[1] ?? 0); i += 1) {
    for (const cell of entries[i]?.cells ?? []) cells.add(cell);
  }
  return cells;
}
