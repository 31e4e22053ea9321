// This module has no DOM access.
// The evaluation of the danger screen: the twin of achemap/triage/evaluate.py.
// `set` is what compile_rules() writes. `given` is
// {zones: [id], hasPlace, age, sex, cues: {cue: words}}; `answers` {question: yes|no|unknown}.

export const LEVELS = ["selfcare_ok", "doctor_first", "urgent", "emergency"];
const RANK = Object.fromEntries(LEVELS.map((level, rank) => [level, rank]));
const CERTAIN = 3, LEANING = 2, OPEN = 1, FALSE = 0;
const base = (literal) => literal.split("=")[0];
const literals = (way) => [...(way.all ?? []), ...(way.any ?? []), ...(way.of ?? [])];

export function prepare(set) {
  const questions = new Map(set.questions.map((one) => [one.id, one]));
  const order = new Map(set.questions.map((one, at) => [one.id, at]));
  return { set, questions, order };
}

// Zones of leaf regions, as painted or named.
export function zonesOf(set, leaves) {
  return [...new Set(leaves.flatMap((leaf) => set.places[leaf] ?? []))].sort();
}

function makeState(known, given, answers) {
  const zones = new Set(given.zones);
  const read = new Map();
  for (const one of known.set.questions) {
    const cue = (one.cues ?? []).find((name) => Object.hasOwn(given.cues, name));
    if (cue !== undefined) {
      read.set(one.id, { question: one.id, value: one.worry ?? "yes", words: given.cues[cue], cue });
    }
  }
  const memo = new Map(), enabled = new Map();
  const state = { known, given, zones, answers, read };

  state.asked = (question) => {
    if (enabled.has(question.id)) return enabled.get(question.id);
    const where = question.where;
    let found = where.includes("anywhere") || where.some((zone) => zones.has(zone)) ? CERTAIN : FALSE;
    if (question.when && found) found = Math.min(...question.when.map(state.truth));
    if (question.whenAny && found) {
      found = Math.min(found, Math.max(...question.whenAny.map(state.truth)));
    }
    enabled.set(question.id, found);
    return found;
  };

  const answer = (question) => {
    const said = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
    if (said === (question.worry ?? "yes") || read.has(question.id)) return CERTAIN;
    if (said === "unknown") return LEANING;
    if (said !== undefined) return FALSE;
    return state.asked(question) ? OPEN : FALSE;
  };

  const exact = (literal) => {
    const [name, wanted] = literal.split("=");
    const question = known.questions.get(name);
    if (read.has(name)) return (question.worry ?? "yes") === wanted ? CERTAIN : FALSE;
    if (!Object.hasOwn(answers, name)) return state.asked(question) ? OPEN : FALSE;
    return answers[name] === wanted ? CERTAIN : FALSE;
  };

  const ofAge = (literal) => {
    const bound = Number(literal.replace(/[^0-9]/g, ""));
    const above = literal.includes(">=");
    const age = given.age;
    if (age !== null && age !== undefined) return age >= bound === above ? CERTAIN : FALSE;
    const under = answer(known.questions.get("under-16"));
    if (!above) return bound <= 16 || (under === OPEN && bound <= 50) ? under : CERTAIN;
    if (bound <= 16) return CERTAIN;
    const over = answer(known.questions.get("over-50"));
    if (over === OPEN) return under === CERTAIN ? FALSE : OPEN;
    return bound === 50 || (over === FALSE && bound > 50) ? over : CERTAIN;
  };

  const work = (literal) => {
    if (literal.startsWith("zone:")) return zones.has(literal.slice(5)) ? CERTAIN : FALSE;
    if (literal.startsWith("not-zone:")) return zones.has(literal.slice(9)) ? FALSE : CERTAIN;
    if (literal.startsWith("sex=")) {
      return !given.sex || given.sex === literal.slice(4) ? CERTAIN : FALSE;
    }
    if (/^age(>=|<)/.test(literal)) return ofAge(literal);
    if (literal.includes("=")) return exact(literal);
    return answer(known.questions.get(literal));
  };

  state.truth = (literal) => {
    if (!memo.has(literal)) {
      memo.set(literal, FALSE);
      memo.set(literal, work(literal));
    }
    return memo.get(literal);
  };
  return state;
}

// The question that answers a literal; for an age, the one for ages.
function questionOf(literal) {
  if (/^age(>=|<)/.test(literal)) return literal.includes("<") ? "under-16" : "over-50";
  return base(literal);
}

function counts(way, state, least, weak) {
  const held = (literal) => {
    const truth = state.truth(literal);
    if (truth === LEANING && !weak) {
      const question = state.known.questions.get(questionOf(literal));
      return question !== undefined && question.strong === true && least <= LEANING;
    }
    return truth >= least;
  };
  if (way.all && !way.all.every(held)) return false;
  if (way.any && !way.any.some(held)) return false;
  return !way.atLeast || (way.of ?? []).filter(held).length >= way.atLeast;
}

function levelOf(way, state) {
  if (counts(way, state, CERTAIN, true)) return [way.level, false];
  const backed = literals(way).some(
    (literal) => state.known.questions.has(literal) && state.truth(literal) === CERTAIN,
  );
  if (counts(way, state, LEANING, backed)) {
    const unknown = way.unknown ?? "doctor_first";
    return [RANK[unknown] <= RANK[way.level] ? unknown : way.level, true];
  }
  return [null, false];
}

// All its literals are worrying answers or the age, one of them strong: no place is needed.
function isAlone(way, state) {
  const known = state.known.questions;
  for (const literal of literals(way)) {
    const question = known.get(literal);
    if (question === undefined ? !literal.startsWith("age") : (question.worry ?? "yes") !== "yes") return false;
  }
  return (way.all ?? []).some((name) => known.get(name)?.strong === true);
}

function because(way, state, leaning) {
  const least = leaning ? LEANING : CERTAIN;
  const said = [];
  for (const literal of new Set(literals(way))) {
    if (state.truth(literal) < least) continue;
    const question = state.known.questions.get(literal);
    if (question === undefined) {
      if (literal.startsWith("zone:")) said.push(`Where it hurts: ${state.known.set.zones[literal.slice(5)]}`);
      else if (literal.startsWith("age") && state.given.age !== null) said.push(`Age: ${state.given.age}`);
    } else if (state.read.has(question.id)) {
      said.push(`You wrote: “${state.read.get(question.id).words}”`);
    } else {
      said.push(`${question.text} ${state.answers[question.id] ?? "unknown"}`);
    }
  }
  return said;
}

function fire(rule, state, active) {
  let best = null;
  for (const way of rule.ways) {
    if (!active && !isAlone(way, state)) continue;
    const [level, leaning] = levelOf(way, state);
    if (level === null || (leaning && !active)) continue;
    const better = best === null || RANK[level] > best.rank || (RANK[level] === best.rank && best.leaning && !leaning);
    if (better) best = { rank: RANK[level], leaning, way };
  }
  if (best === null) return null;
  return {
    rule: rule.id,
    title: rule.title,
    level: LEVELS[best.rank],
    because: because(best.way, state, best.leaning),
    say: best.way.say ?? rule.say,
    phone: rule.phone,
    why: rule.why,
    source: rule.source,
    leaning: best.leaning,
  };
}

function* askable(literal, state, depth = 0) {
  if (state.truth(literal) !== OPEN || depth > 4) return;
  const name = questionOf(literal);
  const question = state.known.questions.get(name);
  if (state.asked(question) >= LEANING) {
    yield name;
    return;
  }
  for (const parent of [...(question.when ?? []), ...(question.whenAny ?? [])]) {
    yield* askable(parent, state, depth + 1);
  }
}

function openQuestions(rules, state, atLeast) {
  const found = new Map();
  for (const rule of rules) {
    for (const way of rule.ways) {
      if (RANK[way.level] <= RANK[atLeast] || !counts(way, state, OPEN, true)) continue;
      if (levelOf(way, state)[0] === way.level) continue;
      for (const literal of literals(way)) {
        for (const name of askable(literal, state)) {
          if (!found.has(name) || RANK[found.get(name)] < RANK[way.level]) found.set(name, way.level);
        }
      }
    }
  }
  return found;
}

// Returns the screen: disposition, atLeast, fired, ask, readings, care, ruleset.
export function evaluate(known, given, answers = {}, always = []) {
  const wanted = new Set(always);
  const named = new Set(given.zones);
  const active = known.set.rules.filter(
    (rule) => rule.where.includes("anywhere") || wanted.has(rule.id) || rule.where.some((zone) => named.has(zone)),
  );
  const more = known.set.rules
    .filter((rule) => wanted.has(rule.id))
    .flatMap((rule) => rule.where.filter((zone) => zone !== "anywhere"));
  const state = makeState(known, { ...given, zones: [...new Set([...given.zones, ...more])] }, answers);
  const on = new Set(active.map((rule) => rule.id));
  const fired = known.set.rules.map((rule) => fire(rule, state, on.has(rule.id))).filter((one) => one !== null);
  fired.sort((a, b) => RANK[b.level] - RANK[a.level] || Number(a.leaning) - Number(b.leaning));
  const atLeast = fired.length ? fired[0].level : "selfcare_ok";
  const open = openQuestions(active, state, atLeast);
  const place = (name) => known.set.topics[known.questions.get(name).topic].order;
  const ask = [...open.keys()]
    .sort((a, b) => place(a) - place(b) || known.order.get(a) - known.order.get(b))
    .map((name) => ({ id: name, text: known.questions.get(name).text, label: known.questions.get(name).label, level: open.get(name) }));
  if (!given.hasPlace && atLeast !== "emergency") {
    ask.unshift({ id: "where", text: "Where does it hurt?", label: "Where it hurts", level: "emergency" });
  }
  const care = known.set.questions
    .filter((one) => one.care && state.truth(one.id) >= LEANING)
    .flatMap((one) => one.care);
  return {
    disposition: atLeast !== "selfcare_ok" || !ask.length ? atLeast : "incomplete",
    atLeast,
    fired,
    ask,
    readings: [...state.read.values()],
    care: [...new Set(care)].sort(),
    ruleset: known.set.ruleset,
  };
}
