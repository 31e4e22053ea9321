// The ranked patterns as cards.

import { counts } from "../language/reading.js";
import { whyFold } from "./comparing.js";
import { WORDS, button, filled, fitOf, make, percent } from "./making.js";

const SHOWN_REASONS = 4;
const LEAST_BY_WORDING = 0.05;
const LEAST_SHOWN = 0.01;
const ALWAYS_SHOWN = 3;

function reasonsOf(because) {
  const line = make("p", { class: "small reasons-line" }, make("b", {}, WORDS.why), " ");
  because.slice(0, SHOWN_REASONS).forEach(({ evidence, weight }, at) => {
    if (at) line.append("; ");
    if (weight < 0) line.append(make("span", { class: "soft" }, `(${WORDS.against} ${evidence})`));
    else line.append(evidence);
  });
  return line;
}

/** A form that leads to the plan; the answers given here go along in it. */
function planForm(id, about) {
  const hidden = Object.entries(about.answers).map(([name, value]) => [`${WORDS.answerPrefix}${name}`, value]);
  hidden.push(["about", "1"], ["age", about.age ?? ""], ["sex", about.sex ?? ""]);
  return make("form", { method: "post", action: filled(WORDS.addresses.relief, id) },
    hidden.map(([name, value]) => make("input", { type: "hidden", name, value })),
    make("button", { type: "submit", "data-key": `plan ${id}` }, WORDS.plan));
}

function compareButton(id, state, toggle) {
  const on = state.compared.includes(id);
  return button(on ? WORDS.comparing : WORDS.compare, `compare ${id}`, () => toggle(id), {
    class: "quiet small-button", "aria-pressed": String(on),
  });
}

function card(result, around) {
  const { ranking, tables, state, say, toggle, pictures, plan } = around;
  const { pattern, probability, side, because } = result;
  const muscles = pattern.muscles.map((each) => each.replaceAll("-", " ")).join(", ");
  const sore = { left: WORDS.leftSide, right: WORDS.rightSide }[side];
  const link = make("a", { href: filled(WORDS.addresses.pattern, pattern.id), "data-key": `go ${pattern.id}` }, pattern.title);
  const sure = make("p", { class: "row sure" },
    make("span", { class: "badge reproduced" }, fitOf(probability)),
    make("span", { class: "soft small" }, percent(probability)));
  return make("li", { class: "card stack tight", "data-pattern": pattern.id },
    make("div", { class: "found-head" }, pictures.of(pattern, tables),
      make("div", { class: "stack tight" }, sure, make("h3", {}, link),
        make("p", { class: "soft small" }, [muscles, sore].filter(Boolean).join(" · ")))),
    because.length ? reasonsOf(because) : null,
    make("p", { class: "soft small" }, WORDS[pattern.grade] ?? pattern.grade),
    make("div", { class: "row" }, plan ? planForm(pattern.id, plan) : null,
      ranking.results.length > 1 ? compareButton(pattern.id, state, toggle) : null),
    ranking.results.length > 1 ? whyFold(result, ranking, tables, state, say) : null);
}

/** The results worth showing: the first few, and all that are not too unlikely. */
export const shownOf = (ranking) =>
  (isNothing(ranking) ? [] : ranking.results).filter((each, at) => at < ALWAYS_SHOWN || each.probability >= LEAST_SHOWN);

/** True when no known thing was said and nothing fits by its wording either. */
export function isNothing({ complaint, results }) {
  if (!results.length) return true;
  const { understood, cells, regions, answers } = complaint;
  const other = cells.length || regions.length || Object.keys(answers).length;
  return !other && !understood.mentions.some(counts) && results[0].probability < LEAST_BY_WORDING;
}

/** The list of cards, what else it could be, and what nothing explains. */
export function rankedPart(around) {
  const { ranking } = around;
  const shown = shownOf(ranking);
  const title = make("h2", { id: "fit", tabindex: "-1" }, WORDS.fit);
  if (!shown.length) return [title, make("p", {}, WORDS.none)];
  const parts = [title, make("ol", { class: "ranked" }, shown.map((each) => card(each, around)))];
  parts.push(make("p", { class: "soft small" }, filled(WORDS.other, percent(ranking.something_else))));
  if (ranking.unexplained.length) {
    parts.push(make("p", { class: "soft small" }, filled(WORDS.unexplained, ranking.unexplained.join(", "))));
  }
  return parts;
}
