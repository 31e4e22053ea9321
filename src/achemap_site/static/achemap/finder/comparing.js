// Why a pattern is not first, and two patterns side by side.

import { WORDS, button, filled, make } from "./making.js";
import { compare, whyNot } from "./why.js";

const SHOWN = 4;
const STRONG = 1.5;
const CLEAR = 0.5;
const SLIGHT = 0.05;

const listOf = (title, words) =>
  words.length
    ? [make("p", { class: "label" }, title), make("ul", { class: "plain-list" }, words.map((each) => make("li", {}, each)))]
    : [];

/** What keeps a pattern from being first; `say` answers a question with yes. */
export function whyPart(found, say) {
  if (!found) return [make("p", {}, WORDS.nothingMore)];
  const told = (rows) => rows.slice(0, SHOWN).map(({ evidence }) => evidence);
  const parts = [
    ...listOf(filled(WORDS.behind, found.leader.pattern.title), told(found.behind)),
    ...listOf(WORDS.pulls, told(found.pulls_down)),
    ...listOf(WORDS.ahead, told(found.ahead)),
  ];
  if (!parts.length) parts.push(make("p", {}, WORDS.nothingMore));
  if (found.unsaid.length) {
    const chips = found.unsaid.map(({ id, name }) =>
      make("li", {}, button(name, `unsaid ${found.own.pattern.id} ${id}`, () => say(id, "yes"), { class: "chip" })),
    );
    parts.push(make("p", { class: "label" }, WORDS.unsaid), make("ul", { class: "chips" }, chips));
  }
  return parts;
}

/** The fold that says why, filled when it is opened; `open` keeps it open. */
export function whyFold(result, ranking, tables, state, say) {
  const { id } = result.pattern;
  const inside = make("div", { class: "inside stack tight" });
  const first = ranking.results[0] === result;
  const fold = make("details", { class: "fold why" },
    make("summary", { "data-key": `why ${id}` }, first ? WORDS.whyFirst : WORDS.whyNot), inside);
  const fill = () => inside.replaceChildren(...whyPart(whyNot(tables, ranking, id), say));
  if (state.why.has(id)) {
    fold.open = true;
    fill();
  }
  fold.addEventListener("toggle", () => {
    if (fold.open && !state.why.has(id)) fill();
    state.why[fold.open ? "add" : "delete"](id);
  });
  return fold;
}

function strength(weight) {
  if (weight >= STRONG) return WORDS.for3;
  if (weight >= CLEAR) return WORDS.for2;
  if (weight >= SLIGHT) return WORDS.for1;
  if (weight > -SLIGHT) return WORDS.for0;
  return weight > -CLEAR ? WORDS.against1 : WORDS.against2;
}

const cell = (weight) =>
  make("td", { class: weight >= SLIGHT ? "for" : weight <= -SLIGHT ? "against" : "soft" }, strength(weight));

function table(found) {
  const rows = [...found.for_a, ...found.for_b, ...found.shared];
  const seen = new Set();
  const unique = rows.filter(({ evidence }) => !seen.has(evidence) && seen.add(evidence));
  const head = make("tr", {}, make("th", { scope: "col" }, WORDS.whatYouSaid),
    [found.a, found.b].map(({ pattern }) => make("th", { scope: "col" }, pattern.title)));
  const body = unique.slice(0, 2 * SHOWN).map((each) =>
    make("tr", {}, make("th", { scope: "row" }, each.evidence), cell(each.a), cell(each.b)));
  return make("table", { class: "compare" }, make("thead", {}, head), make("tbody", {}, body));
}

/** Two patterns side by side, or the hint to choose a second one. */
export function comparePart(state, ranking, tables, { say, close }) {
  const [a, b] = state.compared;
  if (!a) return [];
  if (!b) {
    const title = tables.patterns.find(({ id }) => id === a)?.title ?? a;
    return [make("p", { class: "box calm", role: "status" }, filled(WORDS.compareHint, title))];
  }
  const found = compare(tables, ranking, a, b);
  if (!found) return [];
  const titleOf = new Map([found.a, found.b].map(({ pattern }) => [pattern.id, pattern.title]));
  // The words of one pattern are about the other: "that one …".
  const other = (id) => (id === a ? b : a);
  const apart = found.tell_apart.map(({ pattern, words }) =>
    make("li", {}, make("b", {}, filled(WORDS.apartOf, titleOf.get(other(pattern)))), " ", words));
  const asks = found.questions.map(({ id, text }) =>
    make("li", { class: "stack tight" }, make("p", {}, text),
      make("div", { class: "row" },
        button(WORDS.answerYes, `cmp yes ${id}`, () => say(id, "yes"), { class: "quiet" }),
        button(WORDS.answerNo, `cmp no ${id}`, () => say(id, "no"), { class: "quiet" }))));
  return [
    make("section", { class: "card stack compare-box", "aria-labelledby": "cmp-h" },
      make("h2", { id: "cmp-h", tabindex: "-1" }, WORDS.sideBySide),
      table(found),
      apart.length ? make("h3", {}, WORDS.apart) : null,
      apart.length ? make("ul", { class: "plain-list stack tight" }, apart) : null,
      asks.length ? make("h3", {}, WORDS.ask) : null,
      asks.length ? make("ul", { class: "plain-list stack tight" }, asks) : null,
      button(WORDS.close, "cmp close", close, { class: "quiet" })),
  ];
}
