// <pattern-hints>: what is still missing or could be said better, while one writes.
// The form is sent as it is; nothing is saved by it.

import { filled, read, shown } from "./asking.js";
import { make } from "./making.js";

const PAUSE = 1200;

class PatternHints extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.closest("form");
    this.words = JSON.parse(this.dataset.words);
    this.count = make("span", { className: "ph-count", textContent: "…" });
    this.list = make("div", { className: "ph-list" });
    this.list.setAttribute("aria-live", "polite");
    this.drawer = make("details", { className: "ph-drawer" }, make("summary", {}, make("span", { textContent: this.words.title }), this.count), this.list);
    // It stays in sight whichever tab is open.
    this.form.append(this);
    this.append(this.drawer);
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    // Rich text tells nobody that it was typed in; its hidden field changes.
    this.form.addEventListener("keyup", () => this.later());
    this.later(600);
  }

  later(pause = PAUSE) {
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    const data = new FormData(this.form);
    const sent = new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();
    if (sent === this.sent) return;
    this.sent = sent;
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": data.get("csrfmiddlewaretoken") },
        body: sent,
        signal: this.asking.signal,
      }).then(read);
      this.show(answer);
      this.dataset.ready = "";
    } catch (error) {
      if (error.name === "AbortError") return;
      this.sent = null;
      this.count.textContent = "?";
      this.list.replaceChildren(make("p", { textContent: shown(error, this.words.noAnswer) }));
    }
  }

  show({ hints, measures }) {
    const grave = hints.filter((hint) => hint.weight === "danger").length;
    this.count.textContent = String(hints.length);
    this.drawer.dataset.weight = grave ? "danger" : hints.length ? "mend" : "fine";
    const parts = Object.entries(this.words.weights).flatMap(([weight, heading]) => {
      const own = hints.filter((hint) => hint.weight === weight);
      if (!own.length) return [];
      return [make("h3", { className: weight, textContent: heading }), make("ul", {}, ...own.map((hint) => this.row(hint)))];
    });
    this.list.replaceChildren(...(parts.length ? parts : [make("p", { textContent: this.words.none })]));
    this.measure(measures);
  }

  row(hint) {
    const panel = this.panelOf(hint.field);
    const name = panel && this.nameOf(panel);
    const where = panel ? make("button", { type: "button", className: "ph-go", textContent: name, onclick: () => this.go(panel) }) : make("b", { textContent: hint.field });
    return make("li", {}, where, ` ${hint.text}`, hint.fix ? make("small", { textContent: hint.fix }) : null);
  }

  panelOf(field) {
    const input = this.form.querySelector(`[name="${field}"], [name^="${field}-"], #id_${field}`);
    return input?.closest(".w-field, .w-panel") ?? null;
  }

  nameOf(panel) {
    const heading = panel.closest(".w-panel")?.querySelector(".w-panel__heading") ?? panel.closest(".w-panel__wrapper")?.querySelector(".w-field__label");
    const own = panel.closest(".w-panel__wrapper")?.querySelector(".w-field__label");
    return (own ?? heading)?.textContent.replace("*", "").trim() ?? "";
  }

  go(panel) {
    const tab = panel.closest("[role=tabpanel]");
    if (tab?.hidden) document.getElementById(tab.getAttribute("aria-labelledby"))?.click();
    this.drawer.open = false;
    panel.scrollIntoView({ block: "center" });
    const focus = panel.querySelector("textarea:not([hidden]), input:not([type=hidden]), select, [contenteditable=true]");
    focus?.focus({ preventScroll: true });
  }

  /** Writes words and reading grade under each section. */
  measure(measures) {
    for (const [field, held] of Object.entries(measures)) {
      const panel = this.panelOf(field);
      if (!panel) continue;
      let line = panel.querySelector(":scope > .ph-measure");
      if (!line) {
        line = make("p", { className: "ph-measure" });
        panel.append(line);
      }
      if (field === "sayings") {
        line.textContent = filled(this.words.sayings, held);
        line.toggleAttribute("data-mend", held.count < held.wanted);
        continue;
      }
      const high = held.for_readers && held.grade > 8;
      const graded = held.for_readers && held.grade;
      const text = high ? this.words.high : graded ? this.words.grade : this.words.words;
      line.textContent = filled(text, { count: held.words, grade: held.grade });
      line.toggleAttribute("data-mend", high);
    }
  }
}

customElements.define("pattern-hints", PatternHints);
