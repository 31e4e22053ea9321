// <body-map src="…/body.json" plates="…/plates/">: paint where it hurts.
// Emits "bodymap:change" with {cells, values, places, choir, encoded, empty}.
// Without JavaScript the element's own content stays: a list to choose from.

import { loadMap } from "./loading.js";
import { DEEP, Painting, inWords } from "./painting.js";
import { RegionList } from "./region-list.js";
import { Stage } from "./stage.js";

const WORDS = {
  left: "Your LEFT",
  right: "Your RIGHT",
  middle: "In the middle",
  leftShort: "left",
  rightShort: "right",
  more: "and %s more",
  nothing: "Nothing painted yet.",
  search: "Search body parts",
  searchHint: "kidney, shoulder blade …",
  noRegion: "No body part has that name. Try a nearby one.",
  failed: "The body map could not be loaded. You can still describe your pain in words.",
  help: "Arrow keys move between body parts, Space paints. C switches to a brush that you move.",
  stage: "Body, %s. Paint where it hurts.",
  painted: "painted",
  notPainted: "not painted",
  saved: "Saved on this device only.",
  badFile: "That file is not a drawing of this map.",
  brush: "Brush",
  eraser: "Eraser",
  region: "Whole part",
  size: "Size",
  small: "small",
  medium: "medium",
  large: "large",
  strength: "How strong",
  mild: "mild",
  moderate: "medium",
  severe: "strong",
  deep: "Deep inside",
  undo: "Undo",
  redo: "Redo",
  mirror: "Other side too",
  clear: "Clear",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  view: "View",
  closer: "Closer …",
  figure: "Body",
  neutral: "Neutral",
  female: "Female",
  male: "Male",
  list: "Choose from a list instead",
  keep: "Save or open a drawing",
  exportJson: "Save as a file",
  exportPng: "Save as a picture",
  open: "Open a file",
  viewerLeft: "LEFT",
  viewerRight: "RIGHT",
};
// Brush radius in cm of the body, and the least it is on the screen, in px.
const SIZES = { small: [0.5, 6], medium: [1, 13], large: [2, 24] };
const STORE = "achemap.drawing";

function template(words) {
  const radios = (name, options, checked) =>
    Object.keys(options)
      .map(
        (key) =>
          `<label><input type="radio" name="${name}" value="${key}"${key === checked ? " checked" : ""}><span>${words[key]}</span></label>`,
      )
      .join("");
  const button = (act) => `<button type="button" data-act="${act}">${words[act]}</button>`;
  return `
<div class="bm-views" role="group" aria-label="${words.view}"></div>
<div class="bm-main">
  <div class="bm-frame">
    <span class="bm-side bm-side-l"></span><span class="bm-side bm-side-r"></span>
    <div class="bm-stage" tabindex="0" role="application"><img alt="" draggable="false"><canvas></canvas></div>
    <div class="bm-zoom"><button type="button" data-act="zoomIn" aria-label="${words.zoomIn}">+</button><button type="button" data-act="zoomOut" aria-label="${words.zoomOut}">−</button></div>
  </div>
  <div class="bm-tools">
    <p class="bm-words" aria-live="polite"></p>
    <fieldset><legend>${words.brush}</legend>${radios("tool", { brush: 1, region: 1, eraser: 1 }, "brush")}</fieldset>
    <div class="bm-acts">${["undo", "redo", "mirror", "clear"].map(button).join("")}</div>
    <fieldset><legend>${words.strength}</legend>${radios("strength", { mild: 1, moderate: 1, severe: 1 }, "moderate")}
      <label><input type="checkbox" name="deep"><span>${words.deep}</span></label></fieldset>
    <fieldset><legend>${words.size}</legend>${radios("size", SIZES, "medium")}</fieldset>
    <fieldset class="bm-figure"><legend>${words.figure}</legend>${radios("figure", { neutral: 1, female: 1, male: 1 }, "neutral")}</fieldset>
  </div>
</div>
<p class="bm-look" aria-live="polite"></p>
<p class="bm-help">${words.help}</p>
<details class="bm-list"><summary>${words.list}</summary></details>
<details class="bm-keep"><summary>${words.keep}</summary>
  <p>${words.saved}</p>
  <div class="bm-acts">${["exportJson", "exportPng"].map(button).join("")}
  <label class="bm-open">${words.open}<input type="file" accept="application/json,.json"></label></div>
  <p class="bm-problem" role="alert"></p></details>`;
}

export class BodyMap extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    this.words = { ...WORDS, ...JSON.parse(this.dataset.words ?? "{}") };
    this.ready = this.start().catch((error) => {
      console.error(error);
      const note = document.createElement("p");
      note.className = "bm-problem";
      note.textContent = this.words.failed;
      this.append(note);
    });
  }

  get(selector) {
    return this.querySelector(selector);
  }

  chosen(name) {
    return this.get(`input[name="${name}"]:checked`)?.value;
  }

  async start() {
    this.map = await loadMap(this.getAttribute("src"), this.getAttribute("plates"));
    this.painting = new Painting(this.map.body);
    this.strokes = [];
    this.innerHTML = template(this.words);
    this.help();
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
    this.makeViews();
    this.listen();
    this.restore();
    await this.showPlate(this.getAttribute("plate") ?? "back");
    this.dataset.ready = "";
    this.changed(this.painting.cells);
  }

  help() {
    const [stage, help] = [this.get(".bm-stage"), this.get(".bm-help")];
    help.id = `${this.id || "bodymap"}-help`;
    stage.setAttribute("aria-describedby", help.id);
  }

  makeViews() {
    const closer = document.createElement("select");
    closer.setAttribute("aria-label", this.words.closer);
    closer.append(new Option(this.words.closer, ""));
    for (const plate of this.map.index.plates) {
      if (plate.closeUp) {
        closer.append(new Option(plate.title, plate.name));
        continue;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.plate = plate.name;
      button.textContent = plate.title;
      this.get(".bm-views").append(button);
    }
    closer.addEventListener("change", () => closer.value && this.showPlate(closer.value));
    this.get(".bm-views").append(closer);
    this.closer = closer;
  }

  listen() {
    this.addEventListener("click", (event) => {
      const { plate, act } = event.target.closest?.("button")?.dataset ?? {};
      if (plate) this.showPlate(plate);
      if (act) this.act(act);
    });
    this.addEventListener("change", (event) => {
      if (event.target.name === "figure") this.showPlate(this.plateName);
      if (event.target.type === "file") this.open(event.target);
      this.setBrush();
    });
    this.get(".bm-list").addEventListener("toggle", () => this.list.update(this.painting));
    this.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
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

  get ink() {
    if (this.chosen("tool") === "eraser") return 0;
    const strength = { mild: 1, moderate: 2, severe: 3 }[this.chosen("strength")];
    return strength + (this.get('input[name="deep"]').checked ? DEEP : 0);
  }

  async showPlate(name) {
    this.plateName = name;
    const figure = this.chosen("figure");
    const plate = await this.map.plate(name, figure);
    if (this.plateName !== name || this.chosen("figure") !== figure) return;
    this.stage.show(plate, this.painting);
    for (const button of this.querySelectorAll(".bm-views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.plate === name));
    }
    this.closer.value = plate.about.closeUp ? name : "";
    this.get(".bm-stage").setAttribute("aria-label", this.words.stage.replace("%s", plate.about.title.toLowerCase()));
    const [left, right] = plate.about.viewer ?? ["", ""];
    this.get(".bm-side-l").textContent = this.words[`viewer${left}`] ?? "";
    this.get(".bm-side-r").textContent = this.words[`viewer${right}`] ?? "";
  }

  stroke(cells, phase, about) {
    if (phase === "begin") this.change = this.painting.begin();
    if (phase === "more" && this.change) this.changed(this.change.more(cells, this.ink));
    if (phase === "cancel" && this.change) {
      this.change.end();
      this.changed(this.painting.undo());
      this.change = null;
    }
    if (phase === "end" && this.change) {
      this.change.end();
      this.change = null;
      this.strokes.push({ plate: this.plateName, figure: this.chosen("figure"), value: this.ink, ...about });
      this.setButtons();
      this.save();
    }
  }

  toggleRegion(region, side) {
    this.changed(this.painting.toggleRegion(region, side, this.ink || 2));
    this.save();
    this.look([region, side]);
  }

  look(region) {
    const line = this.get(".bm-look");
    if (!region) {
      line.textContent = "";
      return;
    }
    const [id, side] = region;
    const { name } = this.map.body.regions[this.map.body.indexOf.get(id)];
    const where = side === "both" ? name : `${this.words[side]}: ${name}`;
    const state = this.painting.share(id, side) > 0 ? this.words.painted : this.words.notPainted;
    line.textContent = `${where} (${state})`;
  }

  act(name) {
    if (name === "zoomIn") this.stage.zoomBy(1.5);
    else if (name === "zoomOut") this.stage.zoomBy(1 / 1.5);
    else if (name === "exportJson") this.exportJson();
    else if (name === "exportPng") this.exportPng();
    else if (["undo", "redo", "mirror", "clear"].includes(name)) {
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

  get state() {
    return {
      cells: this.painting.cells,
      values: this.painting.values,
      places: this.painting.places(),
      choir: this.painting.choir(),
      encoded: this.painting.encode(),
      empty: this.painting.empty,
    };
  }

  /** Paints an encoded drawing, as given by the state. */
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
    const { cells, places, choir, encoded } = this.state;
    const values = cells.map((cell) => this.painting.values[cell]);
    const drawing = { atlas: this.map.body.version, cells, values, places, choir, encoded, strokes: this.strokes };
    this.download(new Blob([JSON.stringify(drawing)], { type: "application/json" }), "drawing.json");
  }

  exportPng() {
    const { plate, mask, picture } = this.stage;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    if (plate.mirrored) pen.setTransform(-1, 0, 0, 1, canvas.width, 0);
    pen.drawImage(picture, 0, 0);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(mask, 0, 0, plate.width, plate.height, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => this.download(blob, "drawing.png"));
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
    } catch {
      problem.textContent = this.words.badFile;
    }
    input.value = "";
  }
}

customElements.define("body-map", BodyMap);
