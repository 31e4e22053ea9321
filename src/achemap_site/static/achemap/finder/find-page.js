// Ranks while the reader types or paints, on this device; nothing is sent.
// Without this file, or when something cannot be loaded, the form works as it is.

import { counts, lexiconFrom } from "../language/reading.js";
import { prepareWords, read } from "../triage/cues.js";
import { evaluate, prepare, zonesOf } from "../triage/rules.js";
import { cellsFrom, tablesFrom, textFrom } from "./bundle.js";
import { complaintFrom, find } from "./scoring.js";

const WORDS = {
  danger: "Before any self-care, answer the safety questions.",
  sign: "Something you wrote can be a sign of danger. Answer the safety questions now.",
  answer: "Answer them",
  understood: "What we understood",
  missed: "Not understood:",
  not: "not:",
  fit: "Patterns that fit so far",
  why: "Why:",
  against: "against:",
  other: "Something that is not described here:",
  unexplained: "None of these explains:",
  none: "Nothing you said points to a pattern that we know. Try other words, or choose the place.",
  one: "One pattern may fit. The list is below.",
  many: "%s patterns may fit, best first. The list is below.",
  link: "A link to what you said",
  linkNote: "(what you said is in the link; it is never sent to us)",
  tiny: "less than 1 %",
  most: "more than 99 %",
  "classic-map": "Evidence: classic map, described by one tradition",
  reproduced: "Evidence: seen again by others",
  contested: "Evidence: sources disagree",
};
const PAUSE = 200;
const SHOWN = 5;
const SHOWN_REASONS = 3;
const SHOWN_UNKNOWN = 8;
const LEAST_SHOWN = 0.01;

/** A chance in words: never certain, never nothing. */
function percent(chance) {
  const rounded = Math.round(100 * chance);
  if (rounded < 1) return WORDS.tiny;
  return rounded > 99 ? WORDS.most : `${rounded} %`;
}

/** An element with text, attributes and children; text is never read as HTML. */
function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

async function got(url, as) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer[as]();
}

/** Loads each part of the bundle once, when it is first needed. */
class Device {
  constructor(base) {
    this.base = base;
    this.parts = new Map();
    this.tables = null;
    this.lexicon = null;
    this.danger = null;
  }

  once(part, load) {
    if (!this.parts.has(part)) {
      const loading = load();
      this.parts.set(part, loading);
      loading.catch(() => this.parts.delete(part));
    }
    return this.parts.get(part);
  }

  core() {
    return this.once("core", async () => {
      this.tables = tablesFrom(await got(`${this.base}core.json`, "json"));
    });
  }

  cells() {
    return this.once("cells", async () => {
      const [buffer] = await Promise.all([got(`${this.base}cells.bin`, "arrayBuffer"), this.core()]);
      this.tables.cells = cellsFrom(buffer);
    });
  }

  words() {
    return this.once("words", async () => {
      const [words, weights, danger] = await Promise.all([
        got(`${this.base}words.json`, "json"),
        got(`${this.base}words.bin`, "arrayBuffer"),
        got(`${this.base}danger.json`, "json"),
        this.core(),
      ]);
      this.tables.text = textFrom(words, weights);
      this.lexicon = lexiconFrom(words);
      this.danger = { rules: prepare(danger), words: prepareWords(danger.words) };
    });
  }

  async for({ text, cells }) {
    await Promise.all([this.core(), text ? this.words() : null, cells.length ? this.cells() : null]);
  }
}

/** What must be said at once about signs of danger in the words, or null. */
function alarmOf({ text, understood, regions }, { danger, tables }) {
  if (!danger || !text) return null;
  const named = regions.map(({ region }) => region);
  for (const each of understood.mentions) {
    if (each.kind === "region" && !each.negated && !each.other_person) named.push(each.concept);
  }
  const leaves = named.flatMap((name) => (tables.places.get(name) ?? [[]])[0]);
  const heardNow = read(text, danger.words, understood.corrections);
  const places = zonesOf(danger.rules.set, leaves.map((leaf) => tables.leaves[leaf]));
  const zones = [...new Set([...places, ...heardNow.zones])];
  const about = { zones, hasPlace: zones.length > 0, age: null, sex: null, cues: heardNow.cues };
  const { atLeast, fired } = evaluate(danger.rules, about);
  return atLeast === "emergency" || atLeast === "urgent" ? fired[0] : null;
}

function chips(understood, names) {
  const seen = new Map();
  for (const each of understood.mentions) {
    if (!counts(each) && !each.negated) continue;
    const name = names.get(each.concept) ?? each.concept;
    const side = each.side ? `, ${each.side}` : "";
    const words = `${each.negated ? `${WORDS.not} ` : ""}${name}${side}`;
    seen.set(words, make("li", { class: "chip" }, words));
  }
  return [...seen.values()];
}

function heard(understood, names) {
  const found = chips(understood, names);
  if (!found.length) return [];
  const parts = [
    make("h2", { class: "label" }, WORDS.understood),
    make("ul", { class: "chips" }, ...found),
  ];
  const missed = understood.not_understood.slice(0, SHOWN_UNKNOWN);
  if (missed.length) {
    parts.push(make("p", { class: "small soft" }, `${WORDS.missed} ${missed.join(", ")}`));
  }
  return parts;
}

function reasonsOf(because) {
  const line = make("p", { class: "small" }, make("b", {}, WORDS.why), " ");
  because.slice(0, SHOWN_REASONS).forEach(({ evidence, weight }, at) => {
    if (at) line.append("; ");
    if (weight < 0) line.append(make("span", { class: "soft" }, `(${WORDS.against} ${evidence})`));
    else line.append(evidence);
  });
  return line;
}

function card({ pattern, probability, side, because }) {
  const muscles = pattern.muscles.map((each) => each.replaceAll("-", " ")).join(", ");
  const link = make("a", { href: `/go/pattern/${pattern.id}/` }, pattern.title);
  const about = [percent(probability), muscles, side].filter(Boolean);
  const parts = [make("h3", {}, link), make("p", { class: "soft small" }, about.join(" · "))];
  if (because.length) parts.push(reasonsOf(because));
  parts.push(make("p", { class: "soft small" }, WORDS[pattern.grade] ?? pattern.grade));
  return make("li", { class: "card stack" }, ...parts);
}

function dangerLine(alarm) {
  const words = make("p", {}, make("b", {}, alarm ? WORDS.sign : WORDS.danger));
  const more = alarm ? [make("p", {}, alarm.say)] : [];
  const button = make("button", { type: "submit", class: "wide" }, WORDS.answer);
  return make("div", { class: "box danger", "data-danger": "" }, words, ...more, button);
}

function ranked(ranking) {
  const shown = ranking.results.filter((each, at) => !at || each.probability >= LEAST_SHOWN);
  const parts = [make("h2", { class: "label" }, WORDS.fit)];
  if (!shown.length) return [0, [...parts, make("p", {}, WORDS.none)]];
  parts.push(make("ol", { class: "ranked" }, ...shown.map(card)));
  const rest = `${WORDS.other} ${percent(ranking.something_else)}`;
  parts.push(make("p", { class: "soft small" }, rest));
  if (ranking.unexplained.length) {
    const left = `${WORDS.unexplained} ${ranking.unexplained.join(", ")}`;
    parts.push(make("p", { class: "soft small" }, left));
  }
  return [shown.length, parts];
}

function summed(count) {
  if (!count) return WORDS.none;
  return count === 1 ? WORDS.one : WORDS.many.replace("%s", String(count));
}

class FindPage {
  constructor(form, mount) {
    this.form = form;
    this.device = new Device(mount.dataset.bundle);
    this.paint = { cells: [], encoded: "" };
    this.turn = 0;
    this.mount = mount;
    this.status = make("p", { role: "status", "aria-live": "polite", class: "small soft" });
    this.body = make("div", { class: "stack" });
    mount.classList.add("stack");
    mount.append(this.status, this.body);
    mount.hidden = false;
  }

  listen() {
    const text = this.form.elements.text;
    text.addEventListener("focus", () => this.device.words().catch(() => {}), { once: true });
    text.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.rank(), PAUSE);
    });
    this.form.addEventListener("change", (event) => {
      if (event.target.name === "region") this.rank();
    });
    this.form.addEventListener("bodymap:change", (event) => {
      const { cells, encoded, empty } = event.detail;
      this.paint = { cells: Array.from(cells), encoded: empty ? "" : encoded };
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.rank());
    });
  }

  get given() {
    const boxes = this.form.querySelectorAll('input[name="region"]:checked');
    const regions = Array.from(boxes, ({ value }) => ({ region: value, side: null }));
    return { text: this.form.elements.text.value.trim(), cells: this.paint.cells, regions };
  }

  async rank() {
    const { given } = this;
    const turn = (this.turn += 1);
    try {
      if (given.text || given.cells.length || given.regions.length) await this.device.for(given);
      if (turn === this.turn) this.show(given);
    } catch {
      // Could not be loaded or read: the form sends the same to the server.
      this.status.textContent = "";
      this.body.replaceChildren();
    }
  }

  show(given) {
    if (!given.text && !given.cells.length && !given.regions.length) {
      this.status.textContent = "";
      this.body.replaceChildren();
      return;
    }
    const { tables, lexicon } = this.device;
    const complaint = complaintFrom(given, lexicon);
    const { understood } = complaint;
    const alarm = alarmOf(complaint, this.device);
    // As on the server: with a sign of danger, no patterns before the questions.
    const [count, list] = alarm ? [0, []] : ranked(find(complaint, tables, SHOWN));
    this.body.replaceChildren(
      dangerLine(alarm),
      ...heard(understood, lexicon?.names ?? tables.names),
      ...list,
      this.link(given.text),
    );
    const line = alarm ? WORDS.sign : summed(count);
    if (this.status.textContent !== line) this.status.textContent = line;
  }

  link(text) {
    const kept = new URLSearchParams();
    if (text) kept.set("t", text);
    if (this.paint.encoded) kept.set("p", this.paint.encoded);
    const link = make("a", { href: `#${kept}` }, WORDS.link);
    return make("p", { class: "small soft" }, link, ` ${WORDS.linkNote}`);
  }

  async restore() {
    const kept = new URLSearchParams(location.hash.slice(1));
    const text = this.form.elements.text;
    if (kept.get("t") && !text.value) text.value = kept.get("t").slice(0, text.maxLength);
    this.rank();
    const map = this.form.querySelector("body-map");
    if (!map) return;
    try {
      await customElements.whenDefined("body-map");
      await map.ready;
      if (kept.get("p")) map.encoded = kept.get("p");
    } catch {
      // A drawing of another version of the body: start without it.
    }
  }
}

const form = document.querySelector("form[data-finder]");
const mount = form?.querySelector('[data-mount="finder"]');
if (mount?.dataset.bundle) {
  const page = new FindPage(form, mount);
  page.listen();
  page.restore();
}
