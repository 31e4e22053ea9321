// The safety questions on this device, and what follows from them.
// The same rules and the same order as on the server; answers stay on this page.

import { packed, topicsOf } from "./danger.js";
import { WORDS, button, filled, make } from "./making.js";

const LEVELS = ["yes", "no", "unknown"];

/** An emergency shows only what to do now. */
export function emergencyPart(screen, change) {
  const worst = screen.fired.filter(({ level }) => level === "emergency");
  const crisis = worst.some(({ rule }) => rule === "suicide");
  const phone = [...new Set(worst.map((each) => each.phone).filter(Boolean))];
  return [
    make("section", { class: "verdict emergency", role: "alert", "data-danger": "emergency" },
      make("h2", { id: "verdict", tabindex: "-1" }, WORDS.help),
      crisis ? make("p", { class: "lead" }, filled(WORDS.callCrisis, WORDS.crisis)) : null,
      WORDS.numbers.map((each) => make("a", { class: "call", href: `tel:${each}` }, filled(WORDS.callNumber, each))),
      WORDS.numbers.length ? null : make("p", { class: "lead" }, filled(WORDS.callNumber, WORDS.call)),
      make("p", {}, worst[0].say),
      phone.length ? make("h3", {}, WORDS.phone) : null,
      phone.map((each) => make("p", {}, each)),
      make("p", {}, WORDS.drive)),
    make("p", { class: "small soft" }, WORDS.notMeant),
    change ? button(WORDS.changeAnswers, "change answers", change, { class: "quiet" }) : null,
  ];
}

function reasonsOf(fired) {
  return make("ul", { class: "reasons" }, fired.map((one) =>
    make("li", {}, make("p", {}, make("b", {}, one.say)),
      one.because.map((each) => make("p", { class: "small" }, each)))));
}

/** Leads to the server's page with a note to print; everything said goes along. */
function noteForm(fields) {
  return make("form", { method: "post", action: WORDS.addresses.find, class: "stack tight" },
    fields.map(([name, value]) => make("input", { type: "hidden", name, value })),
    make("button", { type: "submit", class: "quiet", "data-key": "note" }, WORDS.note),
    make("p", { class: "small soft" }, WORDS.noteHint));
}

/** "See a doctor today" or "first", with the reasons. */
export function doctorPart(screen, fields) {
  const today = screen.atLeast === "urgent";
  return make("section", { class: `verdict ${screen.atLeast}`, "data-danger": screen.atLeast },
    make("h2", { id: "verdict", tabindex: "-1" }, today ? WORDS.today : WORDS.first),
    make("p", {}, today ? WORDS.todayLead : WORDS.firstLead),
    reasonsOf(screen.fired),
    make("p", { class: "small" }, WORDS.notWait),
    fields ? noteForm(fields) : null);
}

/** The questions as short pages, a topic or a few. Nothing of them is kept. */
export class Safety {
  constructor(redraw) {
    this.redraw = redraw;
    this.forget();
  }

  forget() {
    this.answers = {};
    this.open = false;
    this.steps = [];
    this.oneByOne = new Set();
    this.problem = false;
    this.marked = new Map();
  }

  begin() {
    this.open = true;
    this.redraw("#safety-h");
  }

  back() {
    const last = this.steps.pop();
    for (const id of last ?? []) delete this.answers[id];
    if (!last) this.open = false;
    this.oneByOne.clear();
    this.marked.clear();
    this.redraw("#safety-h");
  }

  take(found) {
    this.answers = { ...this.answers, ...found };
    this.steps.push(Object.keys(found));
    this.problem = false;
    this.marked.clear();
    this.redraw("#safety-h, #verdict");
  }

  /** Takes a page: signs ticked, the rest "no", or each to be asked by itself. */
  goOn({ flags, single }, rest) {
    if (single.some(({ id }) => !LEVELS.includes(this.marked.get(id)))) {
      this.problem = true;
      this.redraw("[data-safety] [role=alert]");
      return;
    }
    const found = Object.fromEntries(single.map(({ id }) => [id, this.marked.get(id)]));
    const ticked = flags.filter(({ id }) => this.marked.get(id) === "yes");
    for (const { id } of ticked) found[id] = "yes";
    for (const { id } of flags) {
      if (found[id]) continue;
      if (rest === "unsure") this.oneByOne.add(id);
      else found[id] = "no";
    }
    this.take(found);
  }

  choice(type, ask, value, words) {
    const box = make("input", { type, name: type === "radio" ? `live.${ask.id}` : false, "data-key": `q ${ask.id} ${value}` });
    box.checked = this.marked.get(ask.id) === value;
    const label = make("label", { class: "choice" }, box, make("span", {}, words));
    box.addEventListener("change", () => {
      if (box.checked) this.marked.set(ask.id, value);
      else this.marked.delete(ask.id);
      label.closest("[data-safety]")?.dispatchEvent(new CustomEvent("safety:marked"));
    });
    return label;
  }

  single(ask) {
    const options = LEVELS.map((value) =>
      this.choice("radio", ask, value, { yes: WORDS.answerYes, no: WORDS.answerNo, unknown: WORDS.answerUnknown }[value]));
    return make("fieldset", { class: "question" }, make("legend", {}, ask.text),
      make("div", { class: "choices across" }, options));
  }

  flagged(flags) {
    return make("fieldset", {}, make("legend", { class: "hint hint-legend" }, WORDS.tick),
      make("div", { class: "choices" }, flags.map((ask) => this.choice("checkbox", ask, "yes", ask.label))));
  }

  buttons(page) {
    const { flags } = page;
    const any = () => flags.some(({ id }) => this.marked.get(id) === "yes");
    const words = () => (flags.length ? (any() ? WORDS.nothingElse : WORDS.noneOfThese) : WORDS.goOn);
    const on = button(words(), "safety on", () => this.goOn(page, "none"), { class: "wide" });
    const watch = () => (on.textContent = words());
    const unsure = flags.length
      ? button(WORDS.notSureSome, "safety unsure", () => this.goOn(page, "unsure"), { class: "quiet wide" })
      : null;
    const back = button(WORDS.back, "safety back", () => this.back(), { class: "quiet wide" });
    return { watch, parts: [on, unsure, back] };
  }

  /** One topic: signs to tick, and questions to answer by themselves. */
  split({ asks, title }) {
    const flagged = asks.filter(({ id, worry }) => worry === "yes" && !this.oneByOne.has(id));
    const flags = flagged.length > 1 ? flagged : [];
    return { title, flags, single: flags.length ? asks.filter((each) => !flagged.includes(each)) : asks };
  }

  page(topics) {
    const pages = packed(topics, this.steps.length);
    const groups = pages[0].map((topic) => this.split(topic));
    const page = { flags: groups.flatMap(({ flags }) => flags), single: groups.flatMap(({ single }) => single) };
    const { watch, parts } = this.buttons(page);
    const step = `${filled(WORDS.step, this.steps.length + 1)} ${filled(WORDS.stepOf, this.steps.length + pages.length)}`;
    const box = make("section", { class: "card stack safety", "data-safety": "", "aria-labelledby": "safety-h" },
      make("p", { class: "progress" }, step),
      make("h2", { id: "safety-h", tabindex: "-1" }, groups[0].title),
      this.problem ? make("p", { class: "errors", role: "alert", tabindex: "-1" }, WORDS.leftOpen) : null,
      groups.flatMap(({ title, flags, single }, at) => [
        at ? make("h3", {}, title) : null,
        ...single.map((ask) => this.single(ask)),
        flags.length ? this.flagged(flags) : null,
      ]),
      make("div", { class: "stack tight" }, parts));
    box.addEventListener("safety:marked", watch);
    return box;
  }

  isOver(screen, known) {
    return !topicsOf(screen, known).length && !screen.ask.length;
  }

  /**
   * What stands above the patterns: an invitation, a page of questions, or a result.
   * `fields` are what the server needs to write a note: [[name, value]].
   */
  part(screen, known, fields) {
    const topics = topicsOf(screen, known);
    if (!topics.length && screen.ask.length) {
      return [make("p", { class: "box careful" }, WORDS.safetyPlace)];
    }
    const change = this.steps.length
      ? button(WORDS.changeAnswers, "change answers", () => { this.forget(); this.open = true; this.redraw("#safety-h"); }, { class: "quiet" })
      : null;
    const said = Object.entries(this.answers).map(([id, value]) => [`${WORDS.answerPrefix}${id}`, value]);
    const note = topics.length ? null : [...fields, ...said, ["about", "1"]];
    const verdict = screen.atLeast === "selfcare_ok" ? null : doctorPart(screen, note);
    if (!topics.length) {
      return [verdict ?? make("p", { class: "box calm", id: "verdict", tabindex: "-1" }, WORDS.calm), change];
    }
    if (this.open) return [verdict, this.page(topics)];
    return [
      verdict,
      make("section", { class: "box danger", "data-danger": "", "aria-labelledby": "safety-h" },
        make("h2", { id: "safety-h", tabindex: "-1" }, WORDS.safety),
        make("p", {}, verdict ? WORDS.safetyMore : WORDS.safetyLead),
        button(WORDS.safetyStart, "safety start", () => this.begin(), { class: "wide" })),
    ];
  }
}
