// A pattern's picture: the drawn one of the site, or dots from the bundle without it.

import { WORDS, filled, make } from "./making.js";

const SVG = "http://www.w3.org/2000/svg";
const LEAST_SHARE = 0.02;
const SIZE = 96;

function dot(x, y, radius, kind) {
  const made = document.createElementNS(SVG, "circle");
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: radius, class: kind })) {
    made.setAttribute(name, typeof value === "number" ? value.toFixed(1) : value);
  }
  return made;
}

/** The body as small dots, one for each named part, those of a pattern in red. */
function dots(at, tables) {
  const { centres } = tables;
  const xs = centres.map(([x]) => x);
  const ys = centres.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.max(...ys)];
  const scale = (SIZE - 8) / (top - Math.min(...ys));
  const shift = (SIZE - (Math.max(...xs) - left) * scale) / 2;
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", `0 0 ${SIZE} ${SIZE}`);
  drawn.setAttribute("class", "picture drawn");
  drawn.setAttribute("aria-hidden", "true");
  const felt = [];
  centres.forEach(([x, y], leaf) => {
    const [px, py] = [shift + (x - left) * scale, 4 + (top - y) * scale];
    const share = Math.max(tables.same[leaf][at], tables.opposite[leaf][at]);
    drawn.append(dot(px, py, 1.1, "body"));
    if (share >= LEAST_SHARE) felt.push(dot(px, py, 1.6 + 3.4 * Math.sqrt(Math.min(share, 1)), "felt"));
  });
  drawn.append(...felt);
  return drawn;
}

export class Pictures {
  constructor() {
    this.made = new Map();
  }

  /** The picture of a pattern; the same element again when it was made before. */
  of(pattern, tables) {
    const key = `${tables.version} ${pattern.id}`;
    if (!this.made.has(key)) {
      const made = this.fresh(pattern, tables);
      if (!navigator.onLine) return made; // dots for now; asked for again later
      this.made.set(key, made);
    }
    return this.made.get(key);
  }

  fresh(pattern, tables) {
    const address = `${filled(WORDS.addresses.picture, pattern.id)}?v=${tables.version.slice(0, 10)}`;
    const at = tables.patterns.indexOf(pattern);
    // The dots are seen until the picture is there, and where there is none.
    const box = make("span", { class: "picture-box" }, dots(at, tables));
    if (!navigator.onLine) return box;
    const image = make("img", {
      class: "picture", src: address, alt: WORDS.picture, width: SIZE, height: SIZE, loading: "lazy",
      decoding: "async",
    });
    image.addEventListener("load", () => box.classList.add("loaded"), { once: true });
    image.addEventListener("error", () => image.remove(), { once: true });
    box.append(image);
    return box;
  }
}
