// Choosers: records by their titles, while the field keeps their ids.

import { forget, matching, records, send, shown } from "./asking.js";
import { make, token, touched } from "./making.js";

const KIND_OF = { feels: "feeling", worse: "activity", better: "activity", onset: "activity", gesture: "gesture", "comes-with": "companion", time: "time" };
let count = 0;

/** Where the records are asked for: beside the address of the admin page. */
function base() {
  return document.querySelector("[data-records-address]")?.dataset.recordsAddress ?? `${location.pathname.split("/admin/")[0]}/admin/editing/records/`;
}

/** A text box with a list of what fits; `chosen(record)` is called for a choice. */
class Box {
  constructor({ words, label, offers, chosen, extra }) {
    Object.assign(this, { words, offers, chosen, extra, at: -1 });
    const id = `ac-list-${(count += 1)}`;
    this.input = make("input", { type: "text", placeholder: words.find, autocomplete: "off", role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" });
    this.list = make("ul", { id, role: "listbox", className: "ac-offers", hidden: true });
    this.node = make("div", { className: "ac-box" }, this.input, this.list);
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("focus", () => this.open());
    this.input.addEventListener("blur", () => setTimeout(() => this.shut(), 150));
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  async open() {
    const wanted = this.input.value;
    const found = matching(await this.offers(), wanted);
    if (this.input.value !== wanted || document.activeElement !== this.input) return;
    const rows = found.map((record) => this.offer(record.title, record.note, () => this.choose(record)));
    if (!rows.length) rows.push(make("li", { className: "ac-none", textContent: this.words.nothing }));
    if (this.extra) rows.push(this.offer(this.extra.label, "", () => this.extra.run(wanted)));
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(found.length && wanted ? 0 : -1);
  }

  offer(title, note, run) {
    const row = make("li", { role: "option", id: `ac-offer-${(count += 1)}` }, make("span", { textContent: title }), note ? make("small", { textContent: note }) : null);
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => {
      this.shut();
      run();
    });
    return row;
  }

  choose(record) {
    this.input.value = "";
    this.shut();
    this.chosen(record);
  }

  point(at) {
    const rows = [...this.list.querySelectorAll("[role=option]")];
    this.at = Math.max(-1, Math.min(at, rows.length - 1));
    rows.forEach((row, each) => row.setAttribute("aria-selected", String(each === this.at)));
    const row = rows[this.at];
    this.input.setAttribute("aria-activedescendant", row?.id ?? "");
    row?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) this.open();
      else this.point(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      if (this.at >= 0) this.list.querySelectorAll("[role=option]")[this.at].click();
    } else if (event.key === "Escape" && !this.list.hidden) this.shut();
    else return;
    event.preventDefault();
  }

  shut() {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
  }
}

function button(label, run, more = {}) {
  return make("button", { type: "button", className: "ac-button", textContent: label, onclick: run, ...more });
}

/** What all choosers share: the field that is stored, and titles of ids. */
class Chooser extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector("textarea");
    this.settings = JSON.parse(this.dataset.settings);
    this.words = this.settings.words;
    this.field.hidden = true;
    this.titles = new Map();
    this.area = make("div", { className: "ac-area" });
    this.append(this.area);
    this.rows = this.parse(this.field.value);
    this.begin();
    this.show();
    this.ready = this.learn().then(() => {
      this.show();
      this.dataset.ready = "";
    }).catch((error) => {
      // Without titles the ids are still there, and can still be edited as text.
      console.error(error);
      this.field.hidden = false;
    });
  }

  begin() {}

  get kind() {
    return this.settings.kind;
  }

  async learn() {
    for (const each of await records(base(), this.kind)) this.titles.set(each.id, each);
  }

  title(id) {
    if (!this.titles.size) return id;
    return this.titles.get(id)?.title ?? `${id} (${this.words.unknown})`;
  }

  get label() {
    return document.querySelector(`label[for="${this.field.id}"]`)?.textContent.trim() ?? "";
  }

  store() {
    const text = this.text();
    if (text === this.field.value) return;
    this.field.value = text;
    touched(this.field);
  }
}

class RecordList extends Chooser {
  parse(text) {
    if (!this.settings.json) return text.split("\n").map((line) => line.trim()).filter(Boolean);
    return JSON.parse(text || "[]");
  }

  text() {
    return this.settings.json ? JSON.stringify(this.rows) : this.rows.join("\n");
  }

  begin() {
    this.chips = make("ul", { className: "ac-chips" });
    this.box = new Box({
      words: this.words,
      label: `${this.words.add} ${this.label}`,
      offers: async () => (await records(base(), this.kind)).filter((each) => !this.rows.includes(each.id)),
      chosen: (record) => {
        if (this.settings.most === 1) this.rows = [];
        this.rows.push(record.id);
        this.store();
        this.show();
      },
    });
    this.area.append(this.chips, this.box.node);
  }

  show() {
    this.chips.replaceChildren(...this.rows.map((id, at) => this.chip(id, at)));
  }

  chip(id, at) {
    const record = this.titles.get(id);
    const up = at ? button("↑", () => this.move(at), { "aria-label": `${this.words.up}: ${this.title(id)}` }) : null;
    const remove = button("×", () => this.remove(at), { "aria-label": `${this.words.remove}: ${this.title(id)}` });
    const known = !this.titles.size || record;
    return make("li", { className: known ? "ac-chip" : "ac-chip unknown", title: id },
      make("span", {}, this.title(id), record?.note ? make("small", { textContent: ` ${record.note}` }) : null), up, remove);
  }

  move(at) {
    [this.rows[at - 1], this.rows[at]] = [this.rows[at], this.rows[at - 1]];
    this.store();
    this.show();
  }

  remove(at) {
    this.rows.splice(at, 1);
    this.store();
    this.show();
    this.box.input.focus();
  }
}

class SignRows extends Chooser {
  get kind() {
    return "word";
  }

  parse(text) {
    return JSON.parse(text || "[]");
  }

  text() {
    return JSON.stringify(this.rows);
  }

  begin() {
    this.groups = this.settings.groups.map(({ value, label }) => {
      const rows = make("ul", { className: "ac-signs" });
      const box = new Box({
        words: this.words,
        label: `${this.words.add} ${label}`,
        offers: async () => {
          const taken = new Set(this.rows.filter((row) => row.group === value).map((row) => row.concept));
          const all = await records(base(), "word");
          return all.filter((each) => each.kind === KIND_OF[value] && !taken.has(each.id));
        },
        chosen: (record) => this.add(value, record.id),
        extra: { label: this.words.newWord, run: (typed) => this.newWord(value, typed) },
      });
      const heading = make("h3", { textContent: label });
      return { value, rows, box, node: make("section", { className: "ac-group", "data-group": value }, heading, rows, box.node) };
    });
    this.area.append(...this.groups.map((group) => group.node));
  }

  show() {
    for (const group of this.groups) {
      const own = this.rows.filter((row) => row.group === group.value);
      group.rows.replaceChildren(...own.map((row) => this.row(row)));
    }
  }

  row(row) {
    const often = make("select", { "aria-label": `${this.words.howOften}: ${this.title(row.concept)}` }, ...this.settings.howOften.map(({ value, label }) => new Option(label, value)));
    often.value = row.how_often;
    often.addEventListener("change", () => {
      row.how_often = often.value;
      this.store();
    });
    const remove = button("×", () => {
      this.rows.splice(this.rows.indexOf(row), 1);
      this.store();
      this.show();
    }, { "aria-label": `${this.words.remove}: ${this.title(row.concept)}` });
    const known = !this.titles.size || this.titles.has(row.concept);
    return make("li", { className: known ? "" : "unknown", title: row.concept }, make("span", { textContent: this.title(row.concept) }), often, remove);
  }

  add(group, concept) {
    const last = this.rows.findLastIndex((row) => row.group === group);
    this.rows.splice(last < 0 ? this.rows.length : last + 1, 0, { group, concept, how_often: "often" });
    this.store();
    this.show();
  }

  newWord(group, typed) {
    const words = this.words.word;
    const problem = make("p", { className: "ac-problem", role: "alert" });
    const name = make("input", { type: "text", value: typed });
    const id = make("input", { type: "text", value: slug(typed) });
    const ways = make("textarea", { rows: 5, value: typed });
    name.addEventListener("input", () => (id.value = slug(name.value)));
    const labelled = (text, field) => make("label", {}, make("span", { textContent: text }), field);
    const dialog = make("dialog", { className: "ac-dialog", "aria-label": words.title },
      make("h3", { textContent: words.title }), labelled(words.name, name), labelled(words.id, id), labelled(words.ways, ways), problem,
      make("p", { className: "ac-acts" },
        button(words.save, async () => {
          try {
            const made = await send(base().replace("records/", "words/"), { id: id.value, kind: KIND_OF[group], name: name.value, ways: ways.value }, token(this));
            forget("word");
            await this.learn();
            dialog.close();
            this.add(group, made.id);
          } catch (error) {
            problem.textContent = shown(error, this.words.noAnswer);
          }
        }, { className: "button" }),
        button(words.cancel, () => dialog.close(), { className: "button button-secondary" })));
    // Enter in the dialog must not send the page's form.
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    });
    dialog.addEventListener("close", () => dialog.remove());
    this.append(dialog);
    dialog.showModal();
  }
}

function slug(text) {
  return text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80);
}

class SimilarRows extends Chooser {
  get kind() {
    return "pattern";
  }

  parse(text) {
    return JSON.parse(text || "[]");
  }

  text() {
    return JSON.stringify(this.rows);
  }

  begin() {
    this.list = make("ol", { className: "ac-similar" });
    this.box = new Box({
      words: this.words,
      label: this.words.addSimilar,
      offers: async () => {
        const taken = new Set(this.rows.map((row) => row.pattern));
        return (await records(base(), "pattern")).filter((each) => !taken.has(each.id));
      },
      chosen: (record) => {
        this.rows.push({ pattern: record.id, tell_apart: "" });
        this.store();
        this.show();
        this.list.querySelector("li:last-child textarea")?.focus();
      },
    });
    this.area.append(this.list, this.box.node);
  }

  show() {
    this.list.replaceChildren(...this.rows.map((row, at) => this.row(row, at)));
  }

  row(row, at) {
    const text = make("textarea", { rows: 2, value: row.tell_apart, placeholder: this.words.apart, "aria-label": `${this.words.apart}: ${this.title(row.pattern)}` });
    text.addEventListener("input", () => {
      row.tell_apart = text.value;
      this.store();
    });
    const remove = button("×", () => {
      this.rows.splice(at, 1);
      this.store();
      this.show();
    }, { "aria-label": `${this.words.remove}: ${this.title(row.pattern)}` });
    const known = !this.titles.size || this.titles.has(row.pattern);
    return make("li", { className: known ? "" : "unknown", title: row.pattern }, make("p", {}, make("b", { textContent: this.title(row.pattern) }), remove), text);
  }
}

customElements.define("record-list", RecordList);
customElements.define("sign-rows", SignRows);
customElements.define("similar-rows", SimilarRows);
