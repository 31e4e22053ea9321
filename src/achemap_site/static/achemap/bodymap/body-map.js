// <body-map src="…/body.json" plates="…/plates/" data-words="{…}">: paint where it hurts.
// Emits "bodymap:change" with {cells, values, places, choir, encoded, empty}.
// Its public side is written down in docs/reference/body-map.md.
// Without JavaScript the element's own content stays: a list to choose from.

import { drawingOf, pictureOf } from "./exporting.js";
import { loadMap } from "./loading.js";
import { DEEP, Painting, inWords } from "./painting.js";
import { RegionList } from "./region-list.js";
import { Stage } from "./stage.js";
import { editor } from "./template.js";

// Brush radius in cm of the body, and the least it is on the screen, in px.
const SIZES = { small: [0.5, 6], medium: [1, 13], large: [2, 24] };
const STRENGTHS = { mild: 1, moderate: 2, severe: 3 };
const HISTORY = ["undo", "redo", "mirror", "clear"];
const STORE = "achemap.drawing";

export class BodyMap extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    this.words = JSON.parse(this.dataset.words);
    this.ready = this.start().catch((error) => {
      console.error(error);
      const note = document.createElement("p");
      note.className = "bm-problem";
      note.textContent = this.words.failed;
      this.append(note);
      this.dataset.failed = "";
    });
  }

  get(selector) {
    return this.querySelector(selector);
  }

  chosen(name) {
    return this.get(`select[name="${name}"], input[name="${name}"]:checked`)?.value;
  }

  async start() {
    this.map = await loadMap(this.getAttribute("src"), this.getAttribute("plates"));
    // With the first plate already here, the page changes once and not twice.
    await this.map.plate(this.firstPlate, "neutral");
    this.painting = new Painting(this.map.body);
    this.strokes = [];
    this.innerHTML = editor(this.map.index.plates, this.words);
    this.describe();
    this.stage = new Stage(this.get(".bm-stage"), {
      stroke: (cells, phase, about) => this.stroke(cells, phase, about),
      toggle: (region, side) => this.toggleRegion(region, side),
      look: (region) => this.look(region),
    });
    this.list = new RegionList(this.get(".bm-list"), {
      index: this.map.index,
      words: this.words,
      toggle: (region, side) => this.toggleRegion(region, side),
    });
    this.listen();
    this.restore();
    await this.showPlate(this.firstPlate);
    this.dataset.ready = "";
    this.changed(this.painting.cells);
  }

  /** Fetches a view when a finger or the focus comes near its button. */
  fetchSoon({ target }) {
    const name = target.closest?.("button")?.dataset.plate;
    if (name) this.map.plate(name, this.chosen("figure")).catch(() => {});
  }

  get firstPlate() {
    return this.getAttribute("plate") ?? "back";
  }

  describe() {
    const [stage, help] = [this.get(".bm-stage"), this.get(".bm-help")];
    help.id = `${this.id || "bodymap"}-help`;
    stage.setAttribute("aria-describedby", help.id);
  }

  listen() {
    this.addEventListener("click", (event) => {
      const { plate, act } = event.target.closest?.("button")?.dataset ?? {};
      if (plate) this.showPlate(plate);
      if (act) this.act(act);
    });
    for (const near of ["pointerover", "focusin"]) {
      this.addEventListener(near, (event) => this.fetchSoon(event));
    }
    this.addEventListener("change", ({ target }) => {
      if (target.name === "figure") this.showPlate(this.plateName);
      if (target.name === "closer" && target.value) this.showPlate(target.value);
      if (target.type === "file") this.open(target);
      this.setBrush();
    });
    this.get(".bm-list").addEventListener("toggle", () => this.list.update(this.painting));
    this.addEventListener("keydown", (event) => {
      const types = event.target.matches("input[type=search]");
      if (types || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      this.act(event.shiftKey ? "redo" : "undo");
    });
    this.setBrush();
  }

  setBrush() {
    const tool = this.chosen("tool");
    const [cm, px] = SIZES[this.chosen("size")];
    this.stage.brush = { tool, cm, px };
    this.stage.root.dataset.tool = tool;
  }

  /** The value that paint puts into cells: strength, and whether it is deep inside. */
  get paint() {
    return STRENGTHS[this.chosen("strength")] + (this.chosen("depth") === "deep" ? DEEP : 0);
  }

  /** Shows a plate by its name, on the body that is chosen. */
  async showPlate(name) {
    this.plateName = name;
    const figure = this.chosen("figure");
    const plate = await this.map.plate(name, figure);
    if (this.plateName !== name || this.chosen("figure") !== figure) return;
    this.stage.show(plate, this.painting);
    for (const button of this.querySelectorAll(".bm-views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.plate === name));
    }
    this.get("select[name=closer]").value = plate.about.closeUp ? name : "";
    const stage = this.get(".bm-stage");
    stage.setAttribute("aria-label", this.words.stage.replace("{view}", plate.about.title));
    stage.dataset.plate = name;
    const [left, right] = plate.about.viewer ?? ["", ""];
    this.get(".bm-side-l").textContent = this.words.sides[left] ?? "";
    this.get(".bm-side-r").textContent = this.words.sides[right] ?? "";
  }

  stroke(cells, phase, about) {
    if (phase === "begin") {
      this.change = this.painting.begin();
      this.value = about.erases || this.chosen("tool") === "eraser" ? 0 : this.paint;
      // Said when the stroke is done, not on every step of it.
      this.get(".bm-words").setAttribute("aria-busy", "true");
      return;
    }
    if (!this.change) return;
    if (phase === "more") {
      this.changed(this.change.more(cells, this.value));
      return;
    }
    const { change } = this;
    this.change = null;
    this.get(".bm-words").removeAttribute("aria-busy");
    if (phase === "cancel") this.changed(change.cancel());
    else {
      change.end();
      this.strokes.push({ plate: this.plateName, figure: this.chosen("figure"), value: this.value, ...about });
      this.setButtons();
      this.save();
    }
  }

  /** Fills a region, or empties it; the eraser only empties. */
  toggleRegion(region, side) {
    const erases = this.chosen("tool") === "eraser";
    const cells = erases
      ? this.painting.set(this.map.body.cellsOf(region, side), 0)
      : this.painting.toggleRegion(region, side, this.paint);
    this.changed(cells);
    this.save();
    this.look([region, side]);
  }

  /** Names a region; says it aloud when it was reached by keys. */
  look(region) {
    const [line, said] = [this.get(".bm-look"), this.get(".bm-said")];
    line.textContent = region ? this.nameOf(region) : "";
    if (document.activeElement !== this.stage.root) return;
    said.textContent = region
      ? `${line.textContent} (${this.painting.share(...region) > 0 ? this.words.painted : this.words.notPainted})`
      : "";
  }

  nameOf([id, side]) {
    const { name } = this.map.body.regions[this.map.body.indexOf.get(id)];
    return side === "both" ? name : this.words.sided[side].replace("{name}", name);
  }

  act(name) {
    if (name === "zoomIn") this.stage.zoomBy(1.5);
    else if (name === "zoomOut") this.stage.zoomBy(1 / 1.5);
    else if (name === "exportJson") this.exportJson();
    else if (name === "exportPng") this.exportPng();
    else if (HISTORY.includes(name)) {
      this.changed(this.painting[name]());
      this.save();
    }
  }

  /** Shows what changed and tells the page; words and list follow in the same frame. */
  changed(cells) {
    this.stage.recolour(cells);
    this.get(".bm-words").textContent = inWords(this.painting, this.words);
    this.setButtons();
    if (this.get(".bm-list").open) this.list.update(this.painting);
    this.dispatchEvent(new CustomEvent("bodymap:change", { bubbles: true, detail: this.state }));
  }

  setButtons() {
    const { done, undone, empty } = this.painting;
    const off = { undo: !done.length, redo: !undone.length, clear: empty, mirror: empty };
    for (const [name, disabled] of Object.entries(off)) this.get(`[data-act="${name}"]`).disabled = disabled;
  }

  /** What is painted now; each part is worked out when it is asked for. */
  get state() {
    const { painting } = this;
    return {
      values: painting.values,
      get cells() {
        return painting.cells;
      },
      get places() {
        return painting.places();
      },
      get choir() {
        return painting.choir();
      },
      get encoded() {
        return painting.encode();
      },
      get empty() {
        return painting.empty;
      },
    };
  }

  /** Paints an encoded drawing, as given by the state. Throws RangeError when it is none. */
  set encoded(text) {
    this.changed(this.painting.decode(text));
    this.save();
  }

  save() {
    try {
      if (this.painting.empty) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, this.painting.encode());
    } catch {
      // Storage is full or forbidden: drawing still works, it is only not kept.
    }
  }

  restore() {
    try {
      const kept = localStorage.getItem(STORE);
      if (kept) this.painting.decode(kept);
    } catch {
      // Kept by another version of the body: start empty.
    }
    this.painting.done = [];
  }

  exportJson() {
    const text = JSON.stringify(drawingOf(this.painting, this.strokes));
    this.download(new Blob([text], { type: "application/json" }), "drawing.json");
  }

  async exportPng() {
    this.download(await pictureOf(this.stage, this.words), "drawing.png");
  }

  download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async open(input) {
    const problem = this.get(".bm-problem");
    problem.textContent = "";
    try {
      const drawing = JSON.parse(await input.files[0].text());
      this.encoded = String(drawing.encoded);
      this.strokes = drawing.strokes ?? [];
    } catch {
      problem.textContent = this.words.badFile;
    }
    input.value = "";
  }
}

customElements.define("body-map", BodyMap);
