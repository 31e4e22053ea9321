// The list beside the body: a row for each zone and trigger point, with what can be
// changed about it; and the picture as readers will see it.

import { make } from "./making.js";

/** Labels of choices carry an explanation after a colon; rows show what is before it. */
export function shortened(label) {
  return String(label).replace(/\s*[:(].*$/, "");
}

export class ZoneList {
  /** `change(change)` asks for one change; `open([first, last] or null)` to draw on. */
  constructor({ words, levels, sides, change, open }) {
    Object.assign(this, { words, levels, sides, change, open });
    this.node = make("ol", { className: "zd-list" });
  }

  /** Shows zones, then trigger points; zones from `first` to before `last` are open. */
  show(entries, marks, [first, last]) {
    const rows = entries.map((entry, at) => this.row(entry, at, at >= first && at < last));
    const points = marks.map((mark, at) => this.markRow(mark, at));
    const none = make("li", { className: "zd-none", textContent: this.words.noZones });
    this.node.replaceChildren(...rows, ...points, ...(rows.length ? [] : [none]));
  }

  row(entry, at, open) {
    const remove = this.button(this.words.remove, () => this.change({ act: "remove", first: at, last: at + 1 }));
    if (entry.problem) return make("li", { className: "zd-row broken" }, make("span", { className: "zd-words", textContent: entry.problem }), remove);
    const level = this.choice(this.words.level, this.levels, entry.level, (value) => this.change({ act: "level", first: at, level: value }));
    const side = this.choice(this.words.mirror, this.sides, entry.side, (value) => this.change({ act: "side", first: at, side: value }));
    const form = this.choice(this.words.written, Object.entries(this.words.forms), entry.form, (value) => this.change({ act: "form", first: at, form: value }));
    const edit = this.button(open ? this.words.drawing : this.words.edit, () => this.open(open ? null : [at, at + 1]));
    edit.setAttribute("aria-pressed", String(open));
    return make("li", { className: `zd-row ${entry.level}${open ? " open" : ""}` },
      make("span", { className: "zd-words", textContent: entry.words }),
      make("span", { className: "zd-more" }, level, side, form, edit, remove));
  }

  markRow(mark, at) {
    const remove = this.button(this.words.remove, () => this.change({ act: "unpoint", first: at, last: at + 1 }));
    const words = mark.problem ?? `${this.words.point}${mark.label ? ` ${mark.label}` : ""}: ${mark.words}`;
    return make("li", { className: `zd-row ${mark.problem ? "broken" : "point"}` }, make("span", { className: "zd-words", textContent: words }), make("span", { className: "zd-more" }, remove));
  }

  button(text, run) {
    return make("button", { type: "button", className: "zd-small", textContent: text, onclick: run });
  }

  choice(label, options, value, change) {
    const select = make("select", { "aria-label": label }, ...options.map(([key, name]) => new Option(shortened(name), key)));
    select.value = value;
    select.addEventListener("change", () => change(select.value));
    return select;
  }
}

/** Returns the parts of the picture; the panels are drawn by our own server from checked zones. */
export function pictureParts(picture, words) {
  if (!picture) return [make("p", { textContent: words.noPicture })];
  const panels = picture.panels.map(({ svg, title }) => {
    const figure = make("figure", {}, make("figcaption", { textContent: title }));
    figure.insertAdjacentHTML("afterbegin", svg);
    return figure;
  });
  const textures = make("div", { className: "zd-textures", ariaHidden: "true" });
  textures.innerHTML = `<svg width="0" height="0"><defs>${picture.textures}</defs></svg>`;
  return [textures, make("div", { className: "zd-panels" }, ...panels), make("p", { textContent: picture.words })];
}
