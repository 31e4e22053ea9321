// What lies over the body while a curve, a spot or a trigger point is drawn: an SVG in
// cm of the plate that follows the stage's zoom.

import { closedPath } from "./sketch.js";

const SPACE = "http://www.w3.org/2000/svg";
const NEAR_PX = 14;

function shape(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export class Overlay {
  /** `callbacks`: closed(points in cm), clicked(cell), begun() for a new curve. */
  constructor(root, stage, callbacks) {
    Object.assign(this, { root, stage, callbacks, points: [], cells: [], tool: "brush", closed: false });
    this.svg = shape("svg", { class: "zd-over", "aria-hidden": "true" });
    root.append(this.svg);
    for (const kind of ["pointerdown", "pointermove", "pointerup"]) {
      root.addEventListener(kind, (event) => this.pointer(event), { capture: true });
    }
    root.addEventListener("keydown", (event) => this.key(event), { capture: true });
    const paint = stage.paint.bind(stage);
    stage.paint = () => {
      paint();
      this.draw();
    };
  }

  get active() {
    return ["pen", "spot", "point"].includes(this.tool);
  }

  use(tool) {
    this.tool = tool;
    if (tool !== "pen") this.points = [];
    this.root.dataset.over = this.active ? tool : "";
  }

  show(plate) {
    this.plate = plate;
    this.points = [];
    this.draw();
  }

  /** Shows the points of a curve that can be dragged; leaves an unfinished one alone. */
  hold(points) {
    if (!points.length && this.points.length && !this.closed) return;
    this.points = points.map((point) => [...point]);
    this.closed = points.length > 2;
    this.draw();
  }

  /** Marks the cells of trigger points. */
  mark(cells) {
    this.cells = cells;
    this.draw();
  }

  get unit() {
    return this.stage.scale * this.stage.view.zoom * this.plate.pxPerCm;
  }

  on([x, y]) {
    const { view } = this.stage;
    return [x * this.unit + view.x, y * this.unit + view.y];
  }

  nearest(event) {
    const box = this.root.getBoundingClientRect();
    const here = [event.clientX - box.left, event.clientY - box.top];
    let best = -1;
    let least = NEAR_PX;
    this.points.forEach((point, at) => {
      const [x, y] = this.on(point);
      const far = Math.hypot(x - here[0], y - here[1]);
      if (far < least) [best, least] = [at, far];
    });
    return best;
  }

  pointer(event) {
    if (!this.active || !this.plate || event.button > 0) return;
    event.stopImmediatePropagation();
    if (event.type === "pointerdown") {
      event.preventDefault();
      this.root.focus({ preventScroll: true });
    }
    if (this.tool === "pen") this.pen(event);
    else if (event.type === "pointerdown") this.callbacks.clicked(this.plate.cellAt(...this.stage.place(event)));
  }

  pen(event) {
    if (event.type === "pointerdown") {
      this.held = this.nearest(event);
      if (this.held === 0 && !this.closed && this.points.length > 2) this.close();
      else if (this.held < 0) this.add(this.stage.place(event));
      else this.moved = false;
    } else if (event.type === "pointermove" && this.held >= 0 && event.buttons) {
      this.points[this.held] = this.stage.place(event);
      this.moved = true;
      this.draw();
    } else if (event.type === "pointerup") {
      if (this.held >= 0 && this.moved && this.closed) this.callbacks.closed(this.rounded());
      [this.held, this.moved] = [-1, false];
    }
  }

  add(point) {
    if (this.closed || !this.points.length) this.callbacks.begun();
    if (this.closed) this.points = [];
    this.closed = false;
    this.points.push(point);
    this.draw();
  }

  close() {
    this.closed = true;
    this.draw();
    this.callbacks.closed(this.rounded());
  }

  rounded() {
    return this.points.map((point) => point.map((cm) => Math.round(cm * 100) / 100));
  }

  key(event) {
    if (this.tool !== "pen") return;
    if (event.key === "Enter" && !this.closed && this.points.length > 2) this.close();
    else if ((event.key === "Backspace" || event.key === "Escape") && !this.closed) {
      if (event.key === "Escape") this.points = [];
      else this.points.pop();
      this.draw();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  draw() {
    if (!this.plate || !this.stage.scale) return;
    const places = this.points.map((point) => this.on(point));
    const drawn = [];
    if (places.length > 1) {
      const path = this.closed ? closedPath(places) : `M${places.map((place) => place.join(" ")).join("L")}`;
      drawn.push(shape("path", { d: path, class: this.closed ? "curve" : "curve begun" }));
    }
    places.forEach(([x, y], at) => drawn.push(shape("circle", { cx: x, cy: y, r: at ? 5 : 7, class: at ? "handle" : "handle first" })));
    for (const cell of this.cells) {
      const middle = this.middleOf(cell);
      if (middle) drawn.push(this.star(...this.on(middle)));
    }
    this.svg.replaceChildren(...drawn);
  }

  middleOf(cell) {
    const pixels = this.plate.pixelsOf(cell);
    if (!pixels.length) return null;
    let [x, y] = [0, 0];
    for (const pixel of pixels) {
      x += pixel % this.plate.width;
      y += Math.floor(pixel / this.plate.width);
    }
    return [(x / pixels.length + 0.5) / this.plate.pxPerCm, (y / pixels.length + 0.5) / this.plate.pxPerCm];
  }

  star(x, y) {
    const arms = [0, 60, 120].map((angle) => {
      const [dx, dy] = [Math.cos((angle * Math.PI) / 180) * 7, Math.sin((angle * Math.PI) / 180) * 7];
      return `M${x - dx} ${y - dy}L${x + dx} ${y + dy}`;
    });
    return shape("path", { d: arms.join(""), class: "star" });
  }
}
