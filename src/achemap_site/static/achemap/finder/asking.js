// The next question, and the answers given, each undone with one tap.

import { WORDS, button, filled, make } from "./making.js";

/** The question worth asking next. */
export function questionPart(question, answered, answer, undo) {
  if (!question) return [];
  const choose = (value, words) =>
    button(words, `answer ${value}`, () => answer(question.id, value), { class: "quiet" });
  return [
    make("section", { class: "card stack tight ask", "aria-labelledby": "ask-h" },
      make("h2", { id: "ask-h", class: "label", tabindex: "-1" }, WORDS.question),
      make("p", { class: "asked" }, question.text),
      make("div", { class: "row" },
        choose("yes", WORDS.answerYes), choose("no", WORDS.answerNo), choose("unknown", WORDS.skip)),
      make("p", { class: "hint" }, WORDS.questionHint),
      answered ? button(WORDS.undoLast, "undo last", undo, { class: "plain" }) : null),
  ];
}

/** The answers given so far. */
export function answersPart(answers, names, undo) {
  const given = Object.entries(answers).filter(([, value]) => value !== "unknown");
  if (!given.length) return [];
  const chips = given.map(([id, value]) => {
    const concept = id.slice(id.indexOf(":") + 1);
    const words = `${(names.get(concept) ?? concept.replaceAll("-", " "))}: ${WORDS[value]}`;
    const made = button(words, `said ${id}`, () => undo(id), {
      class: "chip", "aria-label": filled(WORDS.undo, words),
    });
    made.append(make("span", { "aria-hidden": "true", class: "mark" }, "×"));
    return make("li", {}, made);
  });
  return [
    make("section", { class: "stack tight", "aria-labelledby": "said-h" },
      make("h2", { class: "label", id: "said-h" }, WORDS.answered),
      make("ul", { class: "chips" }, chips)),
  ];
}
