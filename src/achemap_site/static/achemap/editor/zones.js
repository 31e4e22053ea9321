// <zone-drawing>: the body beside the texts of zones and trigger points.
// The texts are what is stored; every stroke becomes lines of them on the server, and
// what the server reads from the lines is what is shown.

import { loadMap } from "../bodymap/loading.js";
import { Painting } from "../bodymap/painting.js";
import { RegionList } from "../bodymap/region-list.js";
import { Stage } from "../bodymap/stage.js";
import { send, shown } from "./asking.js";
import { make, token, touched } from "./making.js";
import { Overlay } from "./overlay.js";
import { Sketch, VALUE, openCells, paintOf } from "./sketch.js";
import { ZoneList, pictureParts, shortened } from "./zone-list.js";

const SIZES = { small: [0.5, 5], medium: [1, 11], large: [2, 22] };
const SPOT_CM = { small: 1.5, medium: 3, large: 5 };
const PAUSE = 500;

class ZoneDrawing extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    this.settings = JSON.parse(this.dataset.settings);
    this.words = this.settings.words;
    this.fields = { zones: this.querySelector("[name$=zones]"), points: this.querySelector("[name$=points]") };
    this.sketch = new Sketch(this.fields.zones.value, this.fields.points.value);
    this.entries = [];
    this.marks = [];
    this.level = "essential";
    this.tool = "brush";
    this.build();
    this.listen();
    // The body is loaded when its tab is first looked at: the editor opens sooner.
    this.seen = new IntersectionObserver((seen) => {
      if (!seen.some((each) => each.isIntersecting)) return;
      this.seen.disconnect();
      this.ready = this.start().catch((error) => {
        console.error(error);
        this.say(this.words.failed);
      });
    });
    this.seen.observe(this);
  }

  // --- the parts ---

  build() {
    const texts = this.querySelector(".zd-texts");
    this.problem = make("p", { className: "zd-problem", role: "alert" });
    this.problems = make("ul", { className: "zd-problems" });
    this.problems.setAttribute("aria-live", "polite");
    this.list = new ZoneList({
      words: this.words,
      levels: this.settings.levels,
      sides: this.settings.sides,
      change: (change) => this.change(change),
      open: (open) => this.setOpen(open),
    });
    this.picture = make("div", { className: "zd-picture" }, ...pictureParts(null, this.words));
    this.look = make("p", { className: "zd-look" });
    this.help = make("p", { className: "zd-help", textContent: this.words.helps.brush });
    this.root = make("div", { className: "zd-stage bm-stage", tabIndex: 0, role: "application" }, make("img", { alt: "", draggable: false }), make("canvas"));
    this.sides = [make("span", { className: "zd-side zd-left" }), make("span", { className: "zd-side zd-right" })];
    const frame = make("div", { className: "zd-frame bm-frame" }, ...this.sides, this.root, this.zoomButtons());
    this.regions = make("details", { className: "zd-regions" }, make("summary", { textContent: this.words.list }));
    const tools = make("div", { className: "zd-tools" }, this.levelChoice(), this.toolChoice(), this.acts());
    const body = make("div", { className: "zd-body" }, this.views(), frame, this.look, this.regions);
    const side = make("div", { className: "zd-side-column" }, tools, this.help, this.problem, make("h3", { textContent: this.words.zones }), this.list.node);
    this.prepend(make("div", { className: "zd-work" }, body, side));
    texts.prepend(this.problems);
    const seen = make("section", { className: "zd-seen" }, make("h3", { textContent: this.words.picture }), this.picture);
    this.append(make("div", { className: "zd-bottom" }, texts, seen));
  }

  radios(name, legend, options, checked, change) {
    const inputs = options.map(([value, label, extra]) =>
      make("label", { className: extra ?? "" },
        make("input", { type: "radio", name: `zd-${name}`, value, checked: value === checked, onchange: () => change(value) }),
        make("span", { textContent: label })));
    return make("fieldset", { className: `zd-${name}` }, make("legend", { textContent: legend }), ...inputs);
  }

  levelChoice() {
    const levels = this.settings.levels.map(([value, label]) => [value, shortened(label), `zd-ink ${value}`]);
    return this.radios("level", this.words.level, levels, this.level, (value) => {
      this.level = value;
      this.setOpen(null);
    });
  }

  toolChoice() {
    const tools = ["brush", "eraser", "region", "pen", "spot", "point"].map((tool) => [tool, this.words[tool]]);
    const sizes = Object.keys(SIZES).map((size) => [size, this.words.sizes[size]]);
    return make("div", {},
      this.radios("tool", this.words.tool, tools, this.tool, (value) => this.setTool(value)),
      this.radios("size", this.words.size, sizes, "medium", (value) => this.setSize(value)));
  }

  acts() {
    const button = (act, run) => make("button", { type: "button", className: "button button-small button-secondary", textContent: this.words[act], "data-act": act, onclick: run });
    return make("div", { className: "zd-acts" },
      button("next", () => this.setOpen(null)),
      button("undo", () => this.step("back")),
      button("redo", () => this.step("forth")));
  }

  zoomButtons() {
    const zoom = (label, sign, by) => make("button", { type: "button", "aria-label": label, textContent: sign, onclick: () => this.stage?.zoomBy(by) });
    return make("div", { className: "zd-zoom" }, zoom(this.words.zoomIn, "+", 1.5), zoom(this.words.zoomOut, "−", 1 / 1.5));
  }

  views() {
    this.plateChoice = make("select", { "aria-label": this.words.view, onchange: () => this.showPlate(this.plateChoice.value) });
    this.bodyChoice = make("select", { "aria-label": this.words.body, onchange: () => this.showPlate(this.plateChoice.value) },
      ...["neutral", "female", "male"].map((body) => new Option(this.words[body], body)));
    return make("div", { className: "zd-views" }, this.plateChoice, this.bodyChoice);
  }

  listen() {
    let wait = 0;
    for (const field of Object.values(this.fields)) {
      field.addEventListener("input", () => {
        if (this.writing) return;
        clearTimeout(wait);
        wait = setTimeout(() => {
          this.sketch.put({ zones: this.fields.zones.value, points: this.fields.points.value, open: null });
          this.ask();
        }, PAUSE);
      });
    }
    this.addEventListener("keydown", (event) => {
      if (event.target.matches("textarea, input, select") || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      this.step(event.shiftKey ? "forth" : "back");
    });
  }

  async start() {
    this.map = await loadMap(this.settings.body, this.settings.plates);
    this.painting = new Painting(this.map.body);
    this.stage = new Stage(this.root, {
      stroke: (cells, phase) => this.stroke(cells, phase),
      toggle: (region, side) => this.addRegion(region, side),
      look: (region) => this.lookAt(region),
    });
    this.overlay = new Overlay(this.root, this.stage, {
      closed: (points) => this.change({ act: "spline", spline: points, ...this.openLines() }, true),
      clicked: (cell) => this.clicked(cell),
      begun: () => this.setOpen(null),
    });
    this.regionList = new RegionList(this.regions, { index: this.map.index, words: this.words, toggle: (region, side) => this.addRegion(region, side) });
    for (const plate of this.map.index.plates) this.plateChoice.append(new Option(plate.title, plate.name));
    this.setSize("medium");
    await this.ask();
    await this.showPlate(this.firstPlate());
    this.dataset.ready = "";
  }

  // --- what the author does ---

  setTool(tool) {
    this.tool = tool;
    this.help.textContent = this.words.helps[tool];
    this.setSize(this.size);
    this.overlay?.use(tool);
    this.setOpen(["spot", "point", "region"].includes(tool) ? null : this.sketch.now.open);
  }

  setSize(size = "medium") {
    this.size = size;
    if (!this.stage) return;
    const [cm, px] = SIZES[size];
    const tool = this.tool === "region" ? "region" : "brush";
    this.stage.brush = { tool, cm, px };
    this.root.dataset.tool = tool;
  }

  stroke(cells, phase) {
    if (phase === "begin") {
      // What was painted counts, not the form that was fitted to it.
      this.painted ??= openCells(this.entries, this.sketch.now.open);
      this.held = new Set(this.painted);
    }
    if (!this.held) return;
    const erase = this.tool === "eraser";
    if (phase === "more") {
      for (const cell of cells) {
        if (erase) this.held.delete(cell);
        else this.held.add(cell);
      }
      const value = erase ? 0 : VALUE[this.level];
      this.stage.recolour([...this.painting.apply([...cells].map((cell) => [cell, value])).keys()]);
    }
    if (phase === "cancel") {
      this.held = null;
      this.paint();
    }
    if (phase === "end") {
      [this.painted, this.held] = [this.held, null];
      this.change(() => ({ act: "paint", cells: [...this.painted], ...this.openLines() }), true);
    }
  }

  addRegion(region, side) {
    const midline = this.map.body.regions[this.map.body.indexOf.get(region)].sides === "midline";
    const end = this.entries.length;
    const at = midline ? "both" : side === "left" ? "other" : "same";
    this.change({ act: "region", form: region, side: at, first: end, last: end });
  }

  clicked(cell) {
    if (cell < 0) return;
    const points = this.marks.length;
    if (this.tool === "point") this.change({ act: "point", cells: [cell], first: points, last: points });
    if (this.tool === "spot") {
      const end = this.entries.length;
      this.change({ act: "spot", cells: [cell], radius_cm: SPOT_CM[this.size], first: end, last: end });
    }
  }

  openLines() {
    const end = this.entries.length;
    const [first, last] = this.sketch.now.open ?? [end, end];
    return { first, last };
  }

  setOpen(open) {
    this.painted = null;
    this.sketch.now = { ...this.sketch.now, open };
    if (open) {
      this.level = this.entries[open[0]].level;
      this.querySelector(`input[name=zd-level][value=${this.level}]`).checked = true;
    }
    this.showList();
    this.showHandles();
  }

  step(way) {
    if (!this.sketch[way]()) return;
    this.painted = null;
    this.write();
    this.ask();
  }

  // --- asking the server ---

  /** Lets the server make one change; `keeps` leaves the zone open for more strokes. */
  async change(change, keeps = false) {
    const about = { level: this.level, plate: this.plateChoice.value, body: this.bodyChoice.value };
    await this.ask(() => ({ ...about, ...(typeof change === "function" ? change() : change) }), keeps);
  }

  async ask(make = null, keeps = false) {
    const before = this.queue ?? Promise.resolve();
    const mine = before.then(() => this.askNow(make, keeps));
    this.queue = mine.catch(() => {});
    return mine;
  }

  /** `make` gives the change once the ones before it are done. */
  async askNow(make, keeps) {
    const change = make?.() ?? null;
    this.toggleAttribute("data-busy", true);
    try {
      const { zones, points } = this.sketch.now;
      const answer = await send(this.settings.address, { zones, points, change }, token(this));
      this.say("");
      this.entries = answer.entries;
      this.marks = answer.marks;
      if (change) {
        const wrote = answer.wrote;
        const open = keeps && wrote.length ? [wrote[0], wrote[wrote.length - 1] + 1] : null;
        this.sketch.put({ zones: answer.zones, points: answer.points, open });
        this.write();
      }
      this.show(answer);
    } catch (error) {
      this.say(shown(error, this.words.noAnswer));
      this.paint();
    } finally {
      this.toggleAttribute("data-busy", false);
    }
  }

  write() {
    this.writing = true;
    for (const [name, field] of Object.entries(this.fields)) {
      if (field.value === this.sketch.now[name]) continue;
      field.value = this.sketch.now[name];
      touched(field);
    }
    this.writing = false;
  }

  say(text) {
    this.problem.textContent = text;
  }

  // --- showing ---

  show(answer) {
    this.paint();
    this.problems.replaceChildren(...answer.problems.map((text) => make("li", { textContent: text })));
    this.showList();
    this.picture.replaceChildren(...pictureParts(answer.picture, this.words));
    this.showHandles();
    this.regionList?.update(this.painting);
    for (const act of ["undo", "redo"]) {
      this.querySelector(`[data-act=${act}]`).disabled = !this.sketch[act === "undo" ? "done" : "undone"].length;
    }
  }

  paint() {
    if (!this.painting) return;
    const wanted = paintOf(this.entries);
    const next = new Map(this.painting.cells.map((cell) => [cell, 0]));
    for (const [cell, value] of wanted) next.set(cell, value);
    this.stage.recolour([...this.painting.apply(next).keys()]);
  }

  showHandles() {
    if (!this.overlay) return;
    const [first] = this.sketch.now.open ?? [-1];
    const spline = this.entries[first]?.spline;
    const here = this.tool === "pen" && spline && spline.plate === this.plateChoice.value && this.bodyChoice.value === "neutral";
    this.overlay.hold(here ? spline.points : []);
    this.overlay.mark(this.marks.map((mark) => mark.cell).filter((cell) => cell !== undefined));
  }

  showList() {
    this.list.show(this.entries, this.marks, this.sketch.now.open ?? [-1, -1]);
  }

  lookAt(region) {
    if (!region) {
      this.look.textContent = this.words.sore;
      return;
    }
    const [id, side] = region;
    const { name } = this.map.body.regions[this.map.body.indexOf.get(id)];
    this.look.textContent = `${side === "both" ? "" : `${this.words.short[side]} · `}${name} (${id})`;
  }

  firstPlate() {
    const kept = this.entries.find((entry) => entry.spline)?.spline.plate;
    if (kept) return kept;
    const cells = this.entries.filter((entry) => entry.level === "essential").flatMap((entry) => entry.cells ?? []);
    if (!cells.length) return "back";
    return this.shown === undefined ? "auto" : this.shown;
  }

  async showPlate(name) {
    const body = this.bodyChoice.value;
    let plate;
    if (name === "auto") {
      const cells = new Set(this.entries.flatMap((entry) => entry.cells ?? []));
      const [front, back] = await Promise.all(["front", "back"].map((each) => this.map.plate(each, body)));
      const seen = (each) => [...cells].filter((cell) => each.pixelsOf(cell).length).length;
      plate = seen(front) > seen(back) ? front : back;
      name = plate.name;
    } else {
      plate = await this.map.plate(name, body);
    }
    this.plateChoice.value = name;
    this.stage.show(plate, this.painting);
    const [left, right] = plate.about.viewer ?? ["", ""];
    this.sides[0].textContent = this.words[left.toLowerCase()] ?? "";
    this.sides[1].textContent = this.words[right.toLowerCase()] ?? "";
    this.root.setAttribute("aria-label", `${plate.about.title}. ${this.words.sore}`);
    this.look.textContent = this.words.sore;
    this.overlay.show(plate);
    this.showHandles();
  }
}

customElements.define("zone-drawing", ZoneDrawing);
