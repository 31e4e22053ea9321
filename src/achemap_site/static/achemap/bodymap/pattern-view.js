// What an opened <pattern-map> shows: zones by level, sore points, any view of any body.

import { loadPlates } from "./loading.js";
import { LEVELS, kindsOf, mirroredPlate } from "./pattern.js";
import { chooser, closer, escaped, figures, frame, segments, views } from "./template.js";
import { Layer, PlateView } from "./view.js";

// The mark of a sore point: 0.7 cm of the body, but 5 to 10 pixels of the screen.
const STAR = { colour: "#0b6b3a", cm: 0.7, least: 5, most: 10, halo: 0.75, line: 0.38 };
const ARMS = [0, Math.PI / 3, (2 * Math.PI) / 3];
const PAN = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };

const INKS = {
  1: { colour: [190, 36, 46], alpha: 225 },
  2: { colour: [222, 108, 102], alpha: 215, texture: (x, y) => (x + y) % 6 < 2 },
  3: { colour: [242, 172, 172], alpha: 215, texture: (x, y) => x % 5 < 2 && y % 5 < 2 },
};

class PatternView extends PlateView {
  constructor(root) {
    super(root);
    this.stars = [];
    this.layer = new Layer(INKS);
    root.addEventListener("keydown", (event) => this.key(event));
    this.listenToLooking();
  }

  /** Shows kinds by cell (see `kindsOf`) and stars on cells. Returns whether any is seen. */
  show(plate, kinds, stars) {
    if (this.plate !== plate) super.show(plate);
    this.layer.show(plate, kinds);
    this.layers = [this.layer.canvas];
    this.stars = stars.map((cell) => this.middle(cell)).filter(Boolean);
    this.draw();
    return this.stars.length > 0 || kinds.some((kind, cell) => kind && plate.pixelsOf(cell).length);
  }

  /** Returns the middle of a cell in pixels of the plate, or null where it is hidden. */
  middle(cell) {
    const pixels = this.plate.pixelsOf(cell);
    if (!pixels.length) return null;
    const sum = pixels.reduce(([x, y], at) => [x + (at % this.plate.width), y + Math.floor(at / this.plate.width)], [0, 0]);
    return sum.map((each) => each / pixels.length + 0.5);
  }

  drawMarks(pen, unit) {
    const pixel = this.ratio / unit;
    const arm = Math.min(Math.max(STAR.cm * this.plate.pxPerCm, STAR.least * pixel), STAR.most * pixel);
    pen.lineCap = "round";
    for (const [colour, width] of [["#fff", STAR.halo], [STAR.colour, STAR.line]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width * arm;
      pen.beginPath();
      for (const [x, y] of this.stars) {
        for (const turn of ARMS) {
          const [dx, dy] = [Math.cos(turn) * arm, Math.sin(turn) * arm];
          pen.moveTo(x - dx, y - dy);
          pen.lineTo(x + dx, y + dy);
        }
      }
      pen.stroke();
    }
  }

  key(event) {
    if (event.key === "+" || event.key === "=") this.zoomBy(1.25);
    else if (event.key === "-") this.zoomBy(0.8);
    else if (PAN[event.key] && this.view.zoom > 1) this.panBy(...PAN[event.key]);
    else return;
    event.preventDefault();
  }
}

function levelBoxes(words, levels) {
  const boxes = [...levels, "points"].map(
    (level) =>
      `<label><input type="checkbox" form="" name="level" value="${level}" checked><span class="swatch ${level}" aria-hidden="true"></span><span>${escaped(words[level])}</span></label>`,
  );
  return `<fieldset class="bm-levels"><legend>${escaped(words.levels)}</legend>${boxes.join("")}</fieldset>`;
}

function markup(plates, words, levels) {
  const sides = [["right", words.rightSide], ["left", words.leftSide]];
  return `
${views(plates, words)}
<div class="bm-main">
  <div class="bm-picture">${frame(words, 'role="img"')}<p class="bm-look" aria-live="polite"></p></div>
  <div class="bm-tools">
    ${segments("side", sides, "right", words.side)}
    <div class="bm-choosers">${closer(plates, words)}${chooser("figure", figures(words), words.figure)}</div>
    ${levelBoxes(words, levels)}
  </div>
</div>`;
}

class Shown {
  constructor(element, words, map, pattern) {
    Object.assign(this, { element, words, map, pattern, turn: 0 });
    const levels = LEVELS.filter((level) => pattern[level].length);
    element.innerHTML = markup(map.index.plates, words, levels);
    this.view = new PatternView(element.querySelector(".bm-stage"));
    this.plate = pattern.plates[0];
    element.addEventListener("click", ({ target }) => this.click(target.closest("button")?.dataset ?? {}));
    element.addEventListener("change", ({ target }) => this.change(target));
  }

  chosen(name) {
    return this.element.querySelector(`select[name="${name}"], input[name="${name}"]:checked`).value;
  }

  click({ plate, act }) {
    if (plate) this.go(plate);
    if (act) this.view.zoomBy(act === "zoomIn" ? 1.5 : 1 / 1.5);
  }

  change({ name, value }) {
    if (name === "closer") return value && this.go(value);
    // The view that shows the sore side well, shows the other one as badly.
    if (name === "side") this.plate = mirroredPlate(this.plate);
    return this.draw();
  }

  go(plate) {
    this.plate = plate;
    return this.draw();
  }

  async draw() {
    const turn = (this.turn += 1);
    const plate = await this.map.plate(this.plate, this.chosen("figure"));
    if (turn !== this.turn) return;
    const side = this.chosen("side");
    const on = new Set(Array.from(this.element.querySelectorAll("input[name=level]:checked"), ({ value }) => value));
    const { kinds, stars } = kindsOf(this.pattern, on, side);
    const seen = this.view.show(plate, kinds, stars);
    this.label(plate, side, seen || !on.size);
  }

  label(plate, side, seen) {
    const { words, element } = this;
    const { title, closeUp, viewer } = plate.about;
    const text = words.shown.replace("{view}", title).replace("{side}", words.short[side]);
    const stage = element.querySelector(".bm-stage");
    stage.setAttribute("aria-label", words.stage.replace("{view}", title));
    stage.dataset.plate = plate.name;
    element.querySelector(".bm-look").textContent = seen ? text : words.hidden;
    for (const button of element.querySelectorAll(".bm-views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.plate === plate.name));
    }
    element.querySelector("select[name=closer]").value = closeUp ? plate.name : "";
    const [left, right] = viewer ?? ["", ""];
    element.querySelector(".bm-side-l").textContent = words.sides[left] ?? "";
    element.querySelector(".bm-side-r").textContent = words.sides[right] ?? "";
  }
}

/** Fills a <pattern-map> with the pattern at its `data-cells`. */
export async function showPattern(element, words) {
  const answer = await fetch(element.dataset.cells);
  if (!answer.ok) throw new Error(`${element.dataset.cells}: ${answer.status}`);
  const [map, pattern] = await Promise.all([
    loadPlates(element.getAttribute("src"), element.getAttribute("plates")),
    answer.json(),
  ]);
  if (pattern.atlas !== map.index.version) throw new Error(`cells of the body ${pattern.atlas}`);
  await new Shown(element, words, map, pattern).draw();
}
