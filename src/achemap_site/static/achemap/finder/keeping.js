// This module has no DOM access.
// What a reader gave as the part of a link after #, which browsers never send.
// Answers to the safety questions are not kept: they are asked anew.

const ANSWERS = { y: "yes", n: "no", u: "unknown" };
const LONGEST = 4000;
const MOST = 60;
const ID = /^[a-z0-9-]{1,80}$/;
const QUESTION = /^[a-z-]{1,20}:[a-z0-9-]{1,80}$/;
const KEY = /^-?[a-z0-9-]{1,80}(\.(left|right|both))?$/;

const list = (text) => (text ? text.split(",").slice(0, MOST) : []);

/** The fragment for {text, encoded, regions: [id], age, sex, left: Set, answers}. */
export function fragmentOf(state) {
  const kept = new URLSearchParams();
  if (state.text) kept.set("t", state.text);
  if (state.encoded) kept.set("p", state.encoded);
  if (state.regions.length) kept.set("r", state.regions.join(","));
  if (state.age) kept.set("a", String(state.age));
  if (state.sex) kept.set("s", state.sex);
  if (state.left.size) kept.set("x", [...state.left].join(","));
  const answered = Object.entries(state.answers);
  if (answered.length) kept.set("q", answered.map(([id, value]) => `${id}~${value[0]}`).join(","));
  return String(kept);
}

/** What a fragment holds; anything odd in it is left out. Null when it is empty. */
export function stateFrom(fragment) {
  const kept = new URLSearchParams(fragment);
  const answers = {};
  for (const each of list(kept.get("q"))) {
    const [id, value] = each.split("~");
    const said = ANSWERS[value];
    if (QUESTION.test(id) && said) answers[id] = said;
  }
  const age = Number(kept.get("a"));
  const found = {
    text: (kept.get("t") ?? "").slice(0, LONGEST),
    encoded: kept.get("p") ?? "",
    regions: list(kept.get("r")).filter((each) => ID.test(each)),
    age: Number.isInteger(age) && age > 0 && age <= 120 ? age : null,
    sex: ["f", "m"].includes(kept.get("s")) ? kept.get("s") : null,
    left: new Set(list(kept.get("x")).filter((each) => KEY.test(each))),
    answers,
  };
  return found.text || found.encoded || found.regions.length ? found : null;
}
