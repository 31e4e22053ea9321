// The plate that is painted on: pointers and keys.

import { DEEP } from "./painting.js";
import { Traveller, regionOf } from "./travel.js";
import { Layer, PlateView } from "./view.js";

const KEY_STEP_CM = 0.5;
const PEN_ERASER = 32; // of PointerEvent.buttons: the other end of a pen
const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const STEPS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Inks by cell value: strength in three reds, darker stripes for "deep inside". */
function inks() {
  const made = {};
  const reds = { 1: [238, 146, 152], 2: [206, 66, 72], 3: [142, 24, 38] };
  const striped = (x, y) => (x + y) % 6 < 3;
  for (const [strength, colour] of Object.entries(reds)) {
    made[strength] = { colour, alpha: 205 };
    made[Number(strength) + DEEP] = { colour, alpha: 215, texture: striped };
  }
  return made;
}

export class Stage extends PlateView {
  /** `callbacks`: stroke(cells, phase, about), toggle(region, side), look(region, side). */
  constructor(root, callbacks) {
    super(root);
    this.callbacks = callbacks;
    this.pointers = new Map();
    this.brush = { cm: 1, px: 13, tool: "brush" };
    this.cursor = null;
    this.paintLayer = new Layer(inks());
    this.changed = new Set();
    this.listen();
  }

  listen() {
    const { root } = this;
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointermove", (event) => this.move(event));
    root.addEventListener("pointerup", (event) => this.up(event, "end"));
    root.addEventListener("pointercancel", (event) => this.up(event, "cancel"));
    root.addEventListener("pointerleave", () => this.highlight(null));
    root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("blur", () => this.highlight(null));
  }

  /** Shows a plate with the values of a painting. */
  show(plate, painting) {
    this.painting = painting;
    this.traveller = new Traveller(plate, painting.body);
    this.cursor = null;
    this.lit = null;
    super.show(plate);
    this.changed.clear();
    this.paintLayer.show(plate, painting.values);
    this.layers = [this.paintLayer.canvas];
  }

  /** Puts the colour of cells into the picture with the next frame. */
  recolour(cells) {
    if (!this.plate) return;
    for (const cell of cells) this.changed.add(cell);
    this.draw();
  }

  paint() {
    this.colourNow();
    super.paint();
  }

  /** Colours what has changed since the last frame. */
  colourNow() {
    if (!this.changed.size) return;
    this.paintLayer.recolour(this.changed, this.painting.values);
    this.changed.clear();
  }

  drawMarks(pen, unit) {
    if (!this.cursor) return;
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

  down(event) {
    const erases = event.pointerType === "pen" && Boolean(event.buttons & PEN_ERASER);
    if (!this.plate || (event.button > 0 && !erases)) return;
    // The hand rests on the screen while a pen draws.
    if (this.penDown && event.pointerType === "touch") return;
    this.penDown = event.pointerType === "pen";
    this.root.focus({ preventScroll: true });
    this.root.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.cursor = null;
    this.highlight(null);
    if (this.pointers.size > 1) {
      this.leave("cancel");
      return;
    }
    event.preventDefault();
    this.began = event;
    if (this.brush.tool === "region") return;
    this.line = [this.place(event)];
    this.callbacks.stroke([], "begin", { erases });
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

  up(event, phase) {
    if (!this.pointers.delete(event.pointerId) || this.pointers.size) return;
    this.penDown = false;
    const taps = phase === "end" && this.brush.tool === "region" && this.began;
    this.leave(phase);
    if (taps) this.fill(event);
  }

  /** Ends what the pointer was doing, or takes it back. */
  leave(phase) {
    if (this.line) this.callbacks.stroke([], phase, { line: this.line, radius: this.radius });
    this.line = null;
    this.began = null;
  }

  extend(points) {
    this.callbacks.stroke(this.plate.cellsAlong(points, this.radius), "more");
  }

  fill(event) {
    const cell = this.plate.cellAt(...this.place(event));
    if (cell >= 0) this.callbacks.toggle(...regionOf(this.painting.body, cell));
  }

  lookAt(event) {
    const cell = this.plate.cellAt(...this.place(event));
    this.highlight(cell < 0 ? null : regionOf(this.painting.body, cell));
  }

  /** Lights up a region, given as [id, side]; null for none. */
  highlight(region) {
    if (!this.plate || (region?.join(" ") ?? "") === this.traveller.key) return;
    const lit = this.traveller.light(region);
    this.layers = lit ? [this.paintLayer.canvas, lit] : [this.paintLayer.canvas];
    this.callbacks.look(region);
    this.draw();
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

  key(event) {
    if (!this.plate || event.target !== this.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way) this.arrow(way);
    else if (event.key === " " || event.key === "Enter") this.press();
    else if (event.key === "c" || event.key === "C") this.toggleCursor();
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.25);
    else if (event.key === "-") this.zoomBy(0.8);
    else if (event.key === "Escape" && (this.cursor || this.traveller.at)) this.forget();
    else return;
    event.preventDefault();
  }

  arrow(way) {
    if (!this.cursor) {
      this.highlight(this.traveller.step(way));
      return;
    }
    const { width, height, pxPerCm } = this.plate;
    const within = (value, most) => Math.min(Math.max(value, 0), most / pxPerCm);
    this.cursor.x = within(this.cursor.x + STEPS[way][0] * KEY_STEP_CM, width);
    this.cursor.y = within(this.cursor.y + STEPS[way][1] * KEY_STEP_CM, height);
    const cell = this.plate.cellAt(this.cursor.x, this.cursor.y);
    this.highlight(cell < 0 ? null : regionOf(this.painting.body, cell));
    this.draw();
  }

  press() {
    if (this.cursor && this.brush.tool !== "region") {
      const { x, y } = this.cursor;
      this.callbacks.stroke([], "begin", {});
      this.extend([[x, y]]);
      this.callbacks.stroke([], "end", { line: [[x, y]], radius: this.radius });
      return;
    }
    const cell = this.cursor ? this.plate.cellAt(this.cursor.x, this.cursor.y) : -1;
    const region = cell >= 0 ? regionOf(this.painting.body, cell) : this.traveller.at?.region;
    if (region) this.callbacks.toggle(...region);
  }

  forget() {
    this.cursor = null;
    this.traveller.at = null;
    this.highlight(null);
    this.callbacks.look(null);
    this.draw();
  }

  /** Switches between travelling by regions and moving the brush itself. */
  toggleCursor() {
    const at = this.traveller.at ?? {
      x: this.plate.width / this.plate.pxPerCm / 2,
      y: this.plate.height / this.plate.pxPerCm / 2,
    };
    this.cursor = this.cursor ? null : { x: at.x, y: at.y };
    this.draw();
  }
}

