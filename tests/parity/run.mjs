// Evaluates complaints with the browser's modules; used in Chromium and in node.
// give: {core, cells, words, weights, inputs}; the paths lead to the modules.

export async function evaluate(base, give) {
  const { tablesFrom, cellsFrom, textFrom } = await import(`${base}/finder/bundle.js`);
  const { lexiconFrom } = await import(`${base}/language/reading.js`);
  const { complaintFrom, find } = await import(`${base}/finder/scoring.js`);
  const tables = tablesFrom(give.core);
  tables.cells = cellsFrom(give.cells);
  tables.text = textFrom(give.words, give.weights);
  const lexicon = lexiconFrom(give.words);
  return give.inputs.map((given) => {
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
    };
  });
}
