// Evaluates complaints with the browser's modules; used in Chromium and in node.
// give: {core, cells, words, weights, apart, inputs}; the paths lead to the modules.

const stood = ({ pattern, rank, probability, side }) => [pattern.id, rank, probability, side];
const weighs = (rows) => rows.map(({ evidence, a, b }) => [evidence, a, b]);

/** Why the last shown is not higher, and the first two side by side. */
function whyOf({ whyNot, compare }, tables, found) {
  const ids = found.results.map(({ pattern }) => pattern.id);
  const why = whyNot(tables, found, ids.at(-1));
  const both = compare(tables, found, ids[0], ids[1]);
  return {
    standings: [why.own, why.leader, both.a, both.b].map(stood),
    pulls_down: why.pulls_down.map(({ evidence, weight }) => [evidence, weight, weight]),
    behind: weighs(why.behind),
    ahead: weighs(why.ahead),
    shared: weighs(both.shared),
    for_a: weighs(both.for_a),
    for_b: weighs(both.for_b),
    unsaid: why.unsaid.map(({ id, name, chance }) => [id, name, chance]),
    tell_apart: both.tell_apart.map(({ pattern, words }) => [pattern, words]),
    questions: both.questions.map(({ id, text, a, b }) => [id, text, a, b]),
  };
}

export async function evaluate(base, give) {
  const { tablesFrom, cellsFrom, textFrom, similarFrom } = await import(`${base}/finder/bundle.js`);
  const { lexiconFrom } = await import(`${base}/language/reading.js`);
  const { complaintFrom, find } = await import(`${base}/finder/scoring.js`);
  const why = await import(`${base}/finder/why.js`);
  const tables = tablesFrom(give.core);
  tables.cells = cellsFrom(give.cells);
  tables.text = textFrom(give.words, give.weights);
  tables.similar = similarFrom(give.apart);
  const lexicon = lexiconFrom(give.words);
  return give.inputs.map((given, at) => {
    const complaint = complaintFrom(given, lexicon);
    const found = find(complaint, tables, 10);
    const heard = complaint.understood;
    return {
      results: found.results.map((each) => [
        each.pattern.id, each.score, each.probability, each.side,
        each.because.map((reason) => [reason.evidence, reason.weight]),
      ]),
      other: found.something_else,
      together: found.together.map((each) => [each.pattern, each.places]),
      unexplained: found.unexplained,
      question: found.next_question && [found.next_question.id, found.next_question.gain],
      mentions: heard.mentions.map((each) => [
        each.concept, each.role, each.words, each.negated, each.past, each.other_person,
        each.hedged, each.side, each.relation,
      ]),
      corrections: heard.corrections,
      not_understood: heard.not_understood,
      why: at % 10 === 0 && found.results.length ? whyOf(why, tables, found) : null,
    };
  });
}
