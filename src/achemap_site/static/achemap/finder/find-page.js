// Ranks while the reader types or paints, on this device; nothing is sent.
// Without this file, or when something cannot be loaded, the form works as it is.

import { answersPart, questionPart } from "./asking.js";
import { isNothing, rankedPart, shownOf } from "./cards.js";
import { comparePart } from "./comparing.js";
import { corrected } from "./correcting.js";
import { screenOf } from "./danger.js";
import { Device } from "./device.js";
import { fragmentOf, stateFrom } from "./keeping.js";
import { WORDS, filled, fitOf, make, redraw } from "./making.js";
import { Pictures } from "./picture.js";
import { Safety, emergencyPart } from "./safety.js";
import { find } from "./scoring.js";
import { Telling, keepingPart } from "./sending.js";
import { understoodPart } from "./understood.js";

const PAUSE = 150;
const SHOWN = 5;
const NOTHING = { text: "", encoded: "", regions: [], age: null, sex: null, left: [], answers: {} };

class FindPage {
  constructor(form, mount) {
    this.form = form;
    this.mount = mount;
    this.page = mount.closest("[data-find-page]");
    this.device = new Device(mount.dataset.bundle);
    this.paint = { cells: [], encoded: "", leaves: [] };
    this.state = { left: new Set(), answers: {}, compared: [], why: new Set() };
    this.turn = 0;
    this.pictures = new Pictures();
    this.safety = new Safety((target) => this.rank(target));
    this.telling = new Telling(document.querySelector("template[data-send-words]"));
    this.status = make("p", { role: "status", "aria-live": "polite", class: "hidden-words" });
    this.body = make("div", { class: "stack" });
    this.heard = this.page.querySelector("[data-mount=heard]");
    this.bar = this.page.querySelector("[data-mount=bar]");
    mount.append(this.status, this.body);
    for (const each of [mount, this.heard]) each.hidden = false;
    this.works(true);
  }

  /** Where the device cannot rank, the form and its button go to the server. */
  works(does) {
    this.live = does;
    for (const each of this.form.querySelectorAll("[data-without-script]")) each.hidden = does;
  }

  listen() {
    const { text, age, sex } = this.form.elements;
    text.addEventListener("focus", () => this.device.all().catch(() => {}), { once: true });
    text.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.rank(), PAUSE);
    });
    age.addEventListener("input", () => this.rank());
    sex.addEventListener("change", () => this.rank());
    this.form.addEventListener("change", (event) => {
      if (event.target.name === "region") this.rank();
    });
    this.form.addEventListener("bodymap:change", (event) => {
      const { cells, encoded, empty, places } = event.detail;
      const leaves = [...new Set((places ?? []).map(({ region }) => region))];
      this.paint = { cells: Array.from(cells), encoded: empty ? "" : encoded, leaves };
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.rank(null, this.where));
    });
    this.form.addEventListener("submit", (event) => {
      if (!this.live) return;
      event.preventDefault();
      this.mount.querySelector("#safety-h, #verdict, #fit")?.focus();
    });
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== this.fragment(this.given)) this.restore();
    });
    this.bar.querySelector("button").addEventListener("click", () => {
      const found = this.mount.querySelector("#verdict, #safety-h, #fit");
      found?.focus({ preventScroll: true });
      found?.scrollIntoView();
    });
    this.watchBar();
  }

  /** The bar at the foot of a phone goes away while the list is in sight. */
  watchBar() {
    const watch = new IntersectionObserver(([entry]) => {
      const below = !entry.isIntersecting && entry.boundingClientRect.top > 0;
      this.bar.classList.toggle("away", !below);
    });
    watch.observe(this.mount);
  }

  get given() {
    const { elements } = this.form;
    const boxes = this.form.querySelectorAll('input[name="region"]:checked');
    const age = Number.parseInt(elements.age.value, 10);
    return {
      text: elements.text.value.trim(),
      cells: this.paint.cells,
      regions: Array.from(boxes, ({ value }) => ({ region: value, side: null })),
      age: age >= 0 && age <= 120 ? age : null,
      sex: elements.sex.value || null,
      answers: this.state.answers,
    };
  }

  /** The part of the page with the body. */
  get where() {
    return this.form.querySelector(".where");
  }

  /** Runs what changes the page while `still` stays where it is on the screen. */
  keeping(still, change) {
    const before = still?.getBoundingClientRect().top;
    change();
    const moved = still ? still.getBoundingClientRect().top - before : 0;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  }

  /** On a phone words come with their list, a painting is not pushed away by it. */
  arrange({ text, cells }) {
    const { classList } = this.page;
    if (!text) classList.remove("words-first");
    else if (!cells.length) classList.add("words-first");
  }

  /**
   * Ranks what is given now. `target` is what gets the focus afterwards, `still` what
   * must not move on the screen.
   */
  async rank(target, still) {
    const { given } = this;
    const turn = (this.turn += 1);
    const any = given.text || given.cells.length || given.regions.length;
    try {
      if (any) await this.device.for(given);
      if (turn !== this.turn) return;
      this.works(true);
      this.keeping(still, () => {
        this.arrange(given);
        if (any) this.show(given);
        else this.showNothing();
      });
      if (target) this.page.querySelector(target)?.focus();
      if (any && !this.device.danger) this.device.rules().then(() => this.rank(), () => {});
    } catch {
      // Could not be loaded or read: the form sends the same to the server.
      this.showNothing();
      this.body.replaceChildren();
      this.works(false);
    }
  }

  showNothing() {
    this.page.classList.remove("now");
    this.heard.replaceChildren();
    this.say("");
    this.body.replaceChildren(make("p", { class: "soft empty" }, WORDS.empty));
    this.bar.hidden = true;
  }

  /** Screens and ranks: {complaint, first, screen, ranking}. */
  work(given) {
    const { device, state, safety } = this;
    const { complaint, first } = corrected(given, device.lexicon, state.left);
    const about = { age: given.age, sex: given.sex, painted: this.paint.leaves, answers: safety.answers };
    // What was taken out of the list still counts for safety: the words are there.
    const said = { ...complaint, text: given.text, understood: first };
    const screen = device.danger ? screenOf(said, about, device) : null;
    return { complaint, first, screen, ranking: find(complaint, device.tables, SHOWN) };
  }

  show(given) {
    const done = this.work(given);
    const { screen, first } = done;
    const { tables, lexicon } = this.device;
    const emergency = screen?.atLeast === "emergency";
    this.page.classList.toggle("now", emergency);
    const names = lexicon?.names ?? tables.names;
    redraw(this.heard, understoodPart(first, this.state.left, names, (key) => this.toggle(this.state.left, key)));
    if (emergency) {
      const change = this.safety.steps.length
        ? () => {
            this.safety.forget();
            this.safety.begin();
          }
        : null;
      redraw(this.body, emergencyPart(screen, change));
      this.say(WORDS.help, WORDS.help);
      return;
    }
    redraw(this.body, this.parts(given, done));
    this.sum(done);
  }

  parts(given, { screen, ranking }) {
    const { tables, danger } = this.device;
    const over = screen && this.safety.isOver(screen, danger.known);
    const calm = over && screen.disposition === "selfcare_ok";
    const say = (id, value) => this.answer(id, value);
    const plan = calm ? { age: given.age, sex: given.sex, answers: this.safety.answers } : null;
    const around = {
      ranking, tables, plan, say, state: this.state, pictures: this.pictures,
      toggle: (id) => this.compare(id),
    };
    const ranked = [
      over && !isNothing(ranking) ? questionPart(ranking.next_question, Object.keys(given.answers).length, say, () => this.undo()) : null,
      answersPart(given.answers, tables.names, (id) => this.undo(id)),
      comparePart(this.state, ranking, tables, { say, close: () => this.compare(null) }),
      rankedPart(around),
    ].flat();
    const urgent = screen?.atLeast === "urgent";
    return [
      screen ? this.safety.part(screen, danger.known, this.fields(given)) : [make("p", { class: "soft" }, WORDS.working)],
      urgent ? this.later(ranked, over) : ranked,
      this.telling.part(given.text, isNothing(ranking)),
      keepingPart(this.fragment(given), () => this.clear()),
    ].flat();
  }

  /** What the server's form would send. */
  fields({ text, cells, regions, age, sex }) {
    return [
      ["text", text], ["cells", cells.join(",")], ["age", age ?? ""], ["sex", sex ?? ""],
      ...regions.map(({ region }) => ["region", region]),
    ];
  }

  /** With an urgent sign patterns come only after the questions, folded away. */
  later(ranked, over) {
    if (!over) return [];
    const inside = make("div", { class: "inside stack" }, ranked);
    return [make("details", { class: "fold" }, make("summary", { "data-key": "later" }, WORDS.later), inside)];
  }

  sum({ ranking, screen }) {
    const shown = shownOf(ranking);
    const count = shown.length;
    const held = screen && ["urgent", "doctor_first"].includes(screen.atLeast);
    const doctor = screen?.atLeast === "urgent" ? WORDS.today : WORDS.first;
    const listed = count === 1 ? WORDS.one : count ? filled(WORDS.many, String(count)) : WORDS.none;
    const short = count ? `${shown[0].pattern.title}: ${fitOf(shown[0].probability)}` : WORDS.see;
    this.say(held ? doctor : listed, held ? doctor : short);
  }

  say(line, bar) {
    if (this.status.textContent !== line) this.status.textContent = line;
    this.bar.hidden = !bar;
    this.bar.querySelector("[data-line]").textContent = bar ?? "";
  }

  toggle(set, key) {
    if (!set.delete(key)) set.add(key);
    this.rank();
  }

  answer(id, value) {
    this.state.answers = { ...this.state.answers, [id]: value };
    this.rank("#ask-h");
  }

  undo(id) {
    const answers = { ...this.state.answers };
    delete answers[id ?? Object.keys(answers).at(-1)];
    this.state.answers = answers;
    this.rank();
  }

  async compare(id) {
    const { compared } = this.state;
    if (id === null) this.state.compared = [];
    else if (compared.includes(id)) this.state.compared = compared.filter((each) => each !== id);
    else this.state.compared = [...compared, id].slice(-2);
    await this.device.apart().catch(() => {});
    this.rank(this.state.compared.length === 2 ? "#cmp-h" : undefined);
  }

  fragment(given) {
    const regions = given.regions.map(({ region }) => region);
    return fragmentOf({ ...given, regions, encoded: this.paint.encoded, left: this.state.left });
  }

  get map() {
    return this.form.querySelector("body-map");
  }

  clear() {
    history.replaceState(null, "", location.pathname);
    this.take({ ...NOTHING });
    this.form.elements.text.focus();
  }

  /** Puts a state into the form and onto the body, and ranks it. */
  take(kept) {
    const { elements } = this.form;
    elements.text.value = kept.text;
    elements.age.value = kept.age ?? "";
    elements.sex.value = kept.sex ?? "";
    for (const box of this.form.querySelectorAll('input[name="region"]')) {
      box.checked = kept.regions.includes(box.value);
    }
    this.state = { left: new Set(kept.left), answers: { ...kept.answers }, compared: [], why: new Set() };
    this.safety.forget();
    this.paintAs(kept.encoded);
    this.rank();
  }

  paintAs(encoded) {
    if (!this.map?.painting) return;
    try {
      if (encoded) this.map.encoded = encoded;
      else if (!this.map.painting.empty) this.map.act("clear");
    } catch {
      // A drawing of another version of the body: go on without it.
    }
  }

  async restore() {
    const kept = stateFrom(location.hash.slice(1));
    if (kept) this.take(kept);
    else this.rank();
    if (!this.map) return;
    await customElements.whenDefined("body-map");
    await this.map.ready;
    if (kept) this.paintAs(kept.encoded);
  }
}

const form = document.querySelector("form[data-finder]");
const mount = document.querySelector('[data-mount="finder"]');
if (form && mount?.dataset.bundle) {
  const page = new FindPage(form, mount);
  page.listen();
  page.restore();
}
