// This module has no DOM access.
// The parts of the bundle, each loaded once, when it is first needed.

import { lexiconFrom } from "../language/reading.js";
import { prepareWords } from "../triage/cues.js";
import { prepare } from "../triage/rules.js";
import { cellsFrom, similarFrom, tablesFrom, textFrom } from "./bundle.js";

async function got(url, as) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer[as]();
}

export class Device {
  /** `base` is the folder of the bundle's files, with a slash at its end. */
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
      const [words, weights] = await Promise.all([
        got(`${this.base}words.json`, "json"),
        got(`${this.base}words.bin`, "arrayBuffer"),
        this.core(),
      ]);
      this.tables.text = textFrom(words, weights);
      this.lexicon = lexiconFrom(words);
    });
  }

  /** The safety rules: no self-care without them. */
  rules() {
    return this.once("danger", async () => {
      const danger = await got(`${this.base}danger.json`, "json");
      this.danger = {
        known: prepare(danger), words: prepareWords(danger.words), named: danger.named,
      };
    });
  }

  apart() {
    return this.once("apart", async () => {
      const [apart] = await Promise.all([got(`${this.base}apart.json`, "json"), this.core()]);
      this.tables.similar = similarFrom(apart);
    });
  }

  /** Loads what this input needs. Words are never ranked without the safety rules. */
  async for({ text, cells }) {
    await Promise.all([
      this.core(),
      text ? this.words() : null,
      text ? this.rules() : null,
      cells.length ? this.cells() : null,
    ]);
  }

  /** Loads the rest, so that the page goes on without a network. */
  async all() {
    await Promise.all([this.words(), this.rules(), this.cells(), this.apart()]);
  }
}
