// A plate on the screen: its picture, layers of colour over it, zoom and pan.

import { boxOf, coloured, grown, reachOf } from "./smoothing.js";

const MOST_ZOOM = 8;
const SHARP = 1.2; // a picture is stretched at most this much before the large one loads

/** Coloured cells over a plate. `kinds` holds a kind for each cell, 0 for none. */
export class Layer {
  constructor(inks) {
    this.inks = inks;
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
  }

  /** Clears the layer for a plate and colours all cells of it. */
  show(plate, kinds) {
    this.plate = plate;
    this.canvas.width = plate.width;
    this.canvas.height = plate.height;
    const cells = [];
    kinds.forEach((kind, cell) => kind && cells.push(cell));
    this.recolour(cells, kinds);
  }

  /** Colours the surroundings of cells again. */
  recolour(cells, kinds) {
    const changed = this.plate && boxOf(this.plate, cells);
    if (!changed) return;
    // Twice the reach is read, so that the written part knows all its neighbours.
    const reach = reachOf(this.plate) + 1;
    const [box, wide] = [grown(this.plate, changed, reach), grown(this.plate, changed, 2 * reach)];
    const bytes = coloured(this.plate, wide, kinds, this.inks);
    const image = new ImageData(bytes, wide.width, wide.height);
    this.pen.putImageData(image, wide.x, wide.y, box.x - wide.x, box.y - wide.y, box.width, box.height);
  }
}

export class PlateView {
  /** `root` holds an <img> and a <canvas>. */
  constructor(root) {
    this.root = root;
    this.picture = root.querySelector("img");
    this.canvas = root.querySelector("canvas");
    this.view = { zoom: 1, x: 0, y: 0 };
    this.layers = [];
    root.addEventListener("pointerdown", () => (root.dataset.by = "pointer"), true);
    root.addEventListener("keydown", () => (root.dataset.by = "keys"), true);
    new ResizeObserver(() => this.layout()).observe(root);
  }

  /** Shows a plate; the layers of the one before are forgotten. */
  show(plate) {
    this.plate = plate;
    this.view = { zoom: 1, x: 0, y: 0 };
    this.layers = [];
    this.large = false;
    const small = plate.small ?? plate.image;
    if (this.picture.getAttribute("src") !== small) this.picture.src = small;
    this.root.parentElement.style.setProperty("--bm-ratio", plate.width / plate.height);
    this.layout();
  }

  layout() {
    if (!this.plate) return;
    const box = this.root.getBoundingClientRect();
    if (!box.width) return;
    this.ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    this.scale = box.width / this.plate.width;
    this.canvas.width = Math.max(1, Math.round(box.width * this.ratio));
    this.canvas.height = Math.max(1, Math.round(box.height * this.ratio));
    this.draw();
  }

  draw() {
    if (this.queued) return;
    this.queued = requestAnimationFrame(() => {
      this.queued = 0;
      if (this.scale) this.paint();
    });
  }

  paint() {
    const { zoom, x, y } = this.view;
    const width = this.scale * this.plate.width;
    const flip = this.plate.mirrored ? ` translateX(${width}px) scaleX(-1)` : "";
    this.picture.style.transform = `translate(${x}px, ${y}px) scale(${zoom})${flip}`;
    this.root.toggleAttribute("data-zoomed", zoom > 1);
    this.sharpen(width * zoom * this.ratio);
    const pen = this.canvas.getContext("2d");
    const unit = this.scale * zoom * this.ratio;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.setTransform(unit, 0, 0, unit, x * this.ratio, y * this.ratio);
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    for (const layer of this.layers) pen.drawImage(layer, 0, 0);
    this.drawMarks(pen, unit);
  }

  /** For those who draw more: `pen` is in pixels of the plate, `unit` screen pixels each. */
  drawMarks() {}

  /** Loads the large picture once the small one would look blurred. */
  sharpen(pixels) {
    const { plate } = this;
    if (this.large || !plate.small || pixels < plate.smallWidth * SHARP) return;
    this.large = true;
    const full = new Image();
    full.onload = () => {
      if (this.plate === plate) this.picture.src = plate.image;
    };
    full.src = plate.image;
  }

  /** Returns the place on the plate, in cm, of a pointer event. */
  place(event) {
    const box = this.root.getBoundingClientRect();
    const unit = this.scale * this.view.zoom * this.plate.pxPerCm;
    return [
      (event.clientX - box.left - this.view.x) / unit,
      (event.clientY - box.top - this.view.y) / unit,
    ];
  }

  /** Returns the place on the root, in CSS pixels, of cm on the plate. */
  onScreen([x, y]) {
    const unit = this.scale * this.view.zoom * this.plate.pxPerCm;
    return [x * unit + this.view.x, y * unit + this.view.y];
  }

  /** Zooms by a factor around a point of the root, and keeps the plate in it. */
  zoomBy(factor, x, y) {
    const box = this.root.getBoundingClientRect();
    const [cx, cy] = [x ?? box.width / 2, y ?? box.height / 2];
    const zoom = Math.min(MOST_ZOOM, Math.max(1, this.view.zoom * factor));
    const grow = zoom / this.view.zoom;
    const keep = (at, centre, size) =>
      Math.min(0, Math.max(size - size * zoom, centre - (centre - at) * grow));
    this.view = { zoom, x: keep(this.view.x, cx, box.width), y: keep(this.view.y, cy, box.height) };
    this.draw();
  }

  /** Moves what is zoomed in on. */
  panBy(dx, dy) {
    this.view.x += dx;
    this.view.y += dy;
    this.zoomBy(1);
  }

  /** Lets a pointer move what is zoomed in on; `dragged` tells a click that was none. */
  listenToLooking() {
    const { root } = this;
    root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    root.addEventListener("pointerdown", (event) => {
      this.dragged = false;
      if (this.view.zoom <= 1 || event.button > 0) return;
      root.setPointerCapture(event.pointerId);
      this.held = [event.clientX, event.clientY];
    });
    root.addEventListener("pointermove", (event) => {
      if (!this.held) return;
      const [dx, dy] = [event.clientX - this.held[0], event.clientY - this.held[1]];
      if (!this.dragged && Math.hypot(dx, dy) < 5) return;
      this.dragged = true;
      this.panBy(dx, dy);
      this.held = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => (this.held = null));
  }

  /** Zooms with Ctrl and the wheel. */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.root.getBoundingClientRect();
    this.zoomBy(Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
  }
}
