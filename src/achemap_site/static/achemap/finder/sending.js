// What leaves this page, and only when the reader says so: the words, or a link.

import { WORDS, button, make } from "./making.js";

const LONGEST = 500;

/** The form that sends the words to the editors; exactly what it shows is sent. */
export class Telling {
  constructor(template) {
    this.template = template;
    this.sent = new Set();
    this.open = false;
  }

  part(text, zeroHits) {
    const words = text.slice(0, LONGEST);
    if (!words || !this.template) return [];
    if (this.sent.has(words)) return [make("p", { class: "box calm", role: "status" }, WORDS.sent)];
    const form = this.template.content.querySelector("form").cloneNode(true);
    form.querySelector("blockquote").textContent = words;
    form.elements.words.value = words;
    const note = make("p", { class: "errors", role: "alert" });
    form.append(note);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(form, words, note);
    });
    if (zeroHits) return [form];
    const fold = make("details", { class: "fold" }, make("summary", { "data-key": "none fit" }, WORDS.noneFit),
      make("div", { class: "inside" }, form));
    fold.open = this.open;
    fold.addEventListener("toggle", () => (this.open = fold.open));
    return [fold];
  }

  async send(form, words, note) {
    const press = form.querySelector("button");
    press.disabled = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" },
      });
      const { problem } = await answer.json();
      note.textContent = problem;
      if (problem) return;
      this.sent.add(words);
      form.replaceWith(make("p", { class: "box calm", role: "status" }, WORDS.sent));
    } catch {
      note.textContent = WORDS.sendFailed;
    } finally {
      press.disabled = false;
    }
  }
}

/** The link that holds what was said, and the button that takes it all away. */
export function keepingPart(fragment, clear) {
  const href = `#${fragment}`;
  const told = make("span", { class: "small", role: "status" });
  const share = button(WORDS.share, "share", async () => {
    const url = new URL(href, location.href).href;
    try {
      if (navigator.share) await navigator.share({ url });
      else {
        await navigator.clipboard.writeText(url);
        told.textContent = WORDS.copied;
      }
    } catch (error) {
      if (error.name !== "AbortError") told.textContent = WORDS.copyFailed;
    }
  }, { class: "quiet" });
  return [
    make("section", { class: "stack tight keep" },
      make("p", { class: "small soft" }, make("a", { href, "data-key": "link" }, WORDS.link), ". ", WORDS.linkNote),
      make("div", { class: "row" }, share,
        button(WORDS.clear, "clear", clear, { class: "quiet", title: WORDS.clearNote }), told)),
  ];
}
