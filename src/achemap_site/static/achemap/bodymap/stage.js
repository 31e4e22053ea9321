// The plate that is painted on: picture, paint, pointers and keys.

import { DEEP, STRENGTH, regionTowards } from "./painting.js";

const COLOURS = { 1: [240, 150, 160], 2: [214, 62, 72], 3: [139, 16, 30] };
const ALPHA = { 1: 170, 2: 180, 3: 195 };
const HIGHLIGHT = [38, 92, 122, 70];
const MOST_ZOOM = 8;
const KEY_STEP_CM = 0.5;

export class Stage {
  /** `callbacks`: stroke(cells, phase), toggle(region, side), look(region, side). */
  constructor(root, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    this.picture = root.querySelector("img");
    this.canvas = root.querySelector("canvas");
    this.mask = document.createElement("canvas");
    this.view = { zoom: 1, x: 0, y: 0 };
    this.pointers = new Map();
    this.brush = { cm: 1, px: 13, tool: "brush" };
    this.cursor = null;
    this.focus = null;
    this.listen();
    new ResizeObserver(() => this.layout()).observe(root);
  }

  listen() {
    const { root } = this;
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) {
      root.addEventListener(name, (event) => this.up(event));
    }
    root.addEventListener("pointerleave", () => this.highlight(null));
    root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("blur", () => this.highlight(null));
  }

  /** Shows a plate with the values of a painting. */
  show(plate, painting) {
    this.plate = plate;
    this.painting = painting;
    this.picture.src = plate.image;
    this.picture.width = plate.width;
    this.picture.height = plate.height;
    this.root.parentElement.style.setProperty("--bm-ratio", plate.width / plate.height);
    this.mask.width = plate.width;
    this.mask.height = plate.height;
    this.pen = this.mask.getContext("2d");
    this.pixels = this.pen.createImageData(plate.width, plate.height);
    this.centres = this.regionCentres();
    this.focus = null;
    this.cursor = null;
    this.view = { zoom: 1, x: 0, y: 0 };
    this.recolour(painting.cells);
    this.layout();
  }

  /** Puts the colour of cells into the mask, then draws. */
  recolour(cells) {
    if (!this.plate) return;
    const { data } = this.pixels;
    const { width } = this.plate;
    for (const cell of cells) {
      const value = this.painting.values[cell];
      const colour = COLOURS[value & STRENGTH];
      for (const pixel of this.plate.pixelsOf(cell)) {
        const at = pixel * 4;
        if (!colour) {
          data[at + 3] = 0;
          continue;
        }
        const stripe = value & DEEP && ((pixel % width) + Math.floor(pixel / width)) % 6 < 2;
        data.set(stripe ? [70, 30, 90, 200] : [...colour, ALPHA[value & STRENGTH]], at);
      }
    }
    this.changed = true;
    this.draw();
  }

  layout() {
    if (!this.plate) return;
    const box = this.root.getBoundingClientRect();
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    this.scale = box.width / this.plate.width;
    this.canvas.width = Math.max(1, Math.round(box.width * ratio));
    this.canvas.height = Math.max(1, Math.round(box.height * ratio));
    this.ratio = ratio;
    this.draw();
  }

  draw() {
    if (this.queued) return;
    this.queued = requestAnimationFrame(() => {
      this.queued = 0;
      this.paint();
    });
  }

  paint() {
    const { zoom, x, y } = this.view;
    const width = this.scale * this.plate.width;
    const flip = this.plate.mirrored ? ` translateX(${width}px) scaleX(-1)` : "";
    this.picture.style.transform = `translate(${x}px, ${y}px) scale(${zoom})${flip}`;
    if (this.changed) this.pen.putImageData(this.pixels, 0, 0);
    this.changed = false;
    const pen = this.canvas.getContext("2d");
    const unit = this.scale * zoom * this.ratio;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.setTransform(unit, 0, 0, unit, x * this.ratio, y * this.ratio);
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.mask, 0, 0);
    if (this.lit) pen.drawImage(this.lit, 0, 0);
    if (this.cursor) this.drawCursor(pen, unit);
  }

  drawCursor(pen, unit) {
    const { pxPerCm } = this.plate;
    pen.lineWidth = 2 / unit;
    for (const [colour, grow] of [["#fff", 1.5 / unit], ["#16303f", 0]]) {
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.arc(this.cursor.x * pxPerCm, this.cursor.y * pxPerCm, this.radius * pxPerCm + grow, 0, 7);
      pen.stroke();
    }
  }

  /** Returns the brush's radius in cm: grows on the body as the plate gets smaller. */
  get radius() {
    return Math.max(this.brush.cm, this.brush.px / (this.scale * this.view.zoom * this.plate.pxPerCm));
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

  down(event) {
    if (!this.plate || event.button > 0) return;
    this.root.focus({ preventScroll: true });
    this.root.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.cursor = null;
    if (this.pointers.size > 1) {
      this.callbacks.stroke([], "cancel");
      this.line = null;
      return;
    }
    event.preventDefault();
    if (this.brush.tool === "region") {
      this.fill(event);
      return;
    }
    this.line = [this.place(event)];
    this.callbacks.stroke([], "begin");
    this.extend(this.line);
  }

  move(event) {
    if (!this.plate) return;
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.lookAt(event);
      return;
    }
    if (this.pointers.size > 1) this.pinch(event, before);
    else if (this.line) {
      const events = event.getCoalescedEvents?.() ?? [];
      const points = (events.length ? events : [event]).map((each) => this.place(each));
      this.extend([this.line.at(-1), ...points]);
      this.line.push(...points);
    }
    Object.assign(before, { x: event.clientX, y: event.clientY });
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    if (this.line && !this.pointers.size) {
      this.callbacks.stroke([], "end", { line: this.line, radius: this.radius });
      this.line = null;
    }
  }

  extend(points) {
    this.callbacks.stroke(this.plate.cellsAlong(points, this.radius), "more");
  }

  fill(event) {
    const cell = this.plate.cellAt(...this.place(event));
    if (cell >= 0) this.callbacks.toggle(...this.regionOf(cell));
  }

  lookAt(event) {
    const cell = this.plate.cellAt(...this.place(event));
    this.highlight(cell < 0 ? null : this.regionOf(cell));
  }

  regionOf(cell) {
    const { body } = this.painting;
    const region = body.regions[body.region(cell)];
    if (region.sides === "midline") return [region.id, "both"];
    return [region.id, cell % 2 ? "right" : "left"];
  }

  /** Lights up a region, given as [id, side]; null for none. */
  highlight(region) {
    const key = region?.join(" ") ?? "";
    if (key === this.litKey) return;
    this.litKey = key;
    this.lit = region && this.regionMask(...region);
    this.callbacks.look(region);
    this.draw();
  }

  regionMask(id, side) {
    const mask = document.createElement("canvas");
    mask.width = this.plate.width;
    mask.height = this.plate.height;
    const pen = mask.getContext("2d");
    const pixels = pen.createImageData(mask.width, mask.height);
    for (const cell of this.painting.body.cellsOf(id, side)) {
      for (const pixel of this.plate.pixelsOf(cell)) pixels.data.set(HIGHLIGHT, pixel * 4);
    }
    pen.putImageData(pixels, 0, 0);
    return mask;
  }

  pinch(event, before) {
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const box = this.root.getBoundingClientRect();
    const middle = [(event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top];
    this.view.x += (event.clientX - before.x) / 2;
    this.view.y += (event.clientY - before.y) / 2;
    this.zoomBy(is / Math.max(was, 1), ...middle);
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.root.getBoundingClientRect();
    this.zoomBy(Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
  }

  /** Zooms by a factor around a point of the stage, and keeps the plate in it. */
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

  regionCentres() {
    const sums = new Map();
    const { ids, width, pxPerCm } = this.plate;
    for (let i = 0; i < ids.length; i += 3) {
      if (ids[i] < 0) continue;
      const key = this.regionOf(ids[i]).join(" ");
      const sum = sums.get(key) ?? [0, 0, 0];
      sum[0] += i % width;
      sum[1] += Math.floor(i / width);
      sum[2] += 1;
      sums.set(key, sum);
    }
    return [...sums]
      .filter(([, [, , count]]) => count > 8)
      .map(([key, [x, y, count]]) => ({
        region: key.split(" "),
        x: x / count / pxPerCm,
        y: y / count / pxPerCm,
      }));
  }

  key(event) {
    if (!this.plate || event.target !== this.root) return;
    const arrow = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (arrow) this.arrow(arrow);
    else if (event.key === " " || event.key === "Enter") this.press();
    else if (event.key === "c" || event.key === "C") this.toggleCursor();
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.25);
    else if (event.key === "-") this.zoomBy(0.8);
    else return;
    event.preventDefault();
  }

  arrow(direction) {
    if (this.cursor) {
      const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction];
      this.cursor.x += dx * KEY_STEP_CM;
      this.cursor.y += dy * KEY_STEP_CM;
      const cell = this.plate.cellAt(this.cursor.x, this.cursor.y);
      this.highlight(cell < 0 ? null : this.regionOf(cell));
      this.draw();
      return;
    }
    const middle = {
      x: this.plate.width / this.plate.pxPerCm / 2,
      y: this.plate.height / this.plate.pxPerCm / 2,
    };
    this.focus = this.focus ? regionTowards(this.centres, this.focus, direction) : this.nearest(middle);
    this.highlight(this.focus.region);
  }

  nearest(to) {
    const far = (centre) => Math.hypot(centre.x - to.x, centre.y - to.y);
    return this.centres.reduce((best, each) => (far(each) < far(best) ? each : best));
  }

  press() {
    if (this.cursor) {
      const { x, y } = this.cursor;
      this.callbacks.stroke([], "begin");
      this.extend([[x, y]]);
      this.callbacks.stroke([], "end", { line: [[x, y]], radius: this.radius });
    } else if (this.focus) {
      this.callbacks.toggle(...this.focus.region);
    }
  }

  /** Switches between travelling by regions and moving the brush itself. */
  toggleCursor() {
    const at = this.focus ?? {
      x: this.plate.width / this.plate.pxPerCm / 2,
      y: this.plate.height / this.plate.pxPerCm / 2,
    };
    this.cursor = this.cursor ? null : { x: at.x, y: at.y };
    this.draw();
  }
}
