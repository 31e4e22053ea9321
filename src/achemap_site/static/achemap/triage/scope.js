// This module has no DOM access.
// Which found cues count: the twin of achemap/triage/scope.py.

const set = (words) => new Set(words.split(" "));
const NOUN_NO = set("denies deny neither never nil no nor without zero");
const VERB_NO = set("aint arent didnt doesnt dont hadnt hasnt havent isnt nobody none not nothing wasnt werent wont wouldnt");
const HARMLESS_AFTER = set(
  "able better change clue doubt ease eased easing even explanation getting go going help helped helping idea improved improving just know matter much obvious only position reason relief remember settle settled settling sleep sleeping slept stop stopped stopping sure think trying understand until want wonder",
);
const BREAKS = set("although because but except however now since then though today until when whereas which while yet");
const SUBJECTS = set("been had has have he hes i id ill it its she shes there theres they theyre we");
const RELATIVES = set(
  "aunt auntie boss boyfriend brother colleague cousin dads family father fathers friend girlfriend gran grandad grandfather grandma grandmother grandparent husband mate mother mothers mums nan neighbor neighbour parents partner sister uncle wife",
);
// "Gran fell", "my dad is 70 and has": the text speaks for this relative.
const TELLS = set("is has cant says keeps looks feels fell woke");
const FEARS = set("afraid could fear fearing frightened google googled googling if maybe might paranoid scared wonder wondering worried worry worrying");
const STILL = set("been began begun ever for since start started still");
const LONG_AGO = ["years ago", "year ago", "months ago", "month ago", "last year", "last month", "last winter", "last summer", "last spring", "last autumn", "when i was", "used to", "as a child", "as a kid", "as a teenager", "in the past", "previously", "long ago", "decades ago"];
const OVER = new RegExp(
  "\\b(?:(?:has|have|had|is|all) gone(?= *(?:$|[.,;!?]|now|away|but|and i|completely|since|down))|went away|gone (?:now|away)|(?:has )?cleared up|has cleared|got over|healed (?:in|up|now|fine|well|last|by)|has (?:settled|resolved|passed)|is over(?= *(?:$|[.,;!?]|now)))",
);
const REACH = 6;
const LISTING = new Set([",", "and", "–", "—", "-", ":"]);

const texts = (words, first, last) => words.slice(Math.max(0, first), Math.max(0, last)).map((word) => word.text);

function clauseOf(words, found) {
  let first = found.covered[0], last = found.covered.at(-1);
  const sentence = words[first].sentence;
  while (first > 0 && words[first - 1].sentence === sentence && !BREAKS.has(words[first - 1].text)) first -= 1;
  while (last + 1 < words.length && words[last + 1].sentence === sentence && !BREAKS.has(words[last + 1].text)) last += 1;
  return [first, last + 1];
}

function isShort(words, comma, end) {
  let length = 0;
  for (let at = comma + 1; at < end; at += 1) {
    if (words[at].mark) length = 0;
    else if (!words[at].skipped) {
      length += 1;
      if (length > 3) return false;
    }
  }
  return true;
}

function crosses(words, no, at, end) {
  const wide = NOUN_NO.has(words[no].text);
  const listed = texts(words, no, Math.min(end, words.length)).some((text) => text === "or" || text === "nor");
  let steps = 0;
  for (let here = no + 1; here < at; here += 1) {
    const text = words[here].text;
    const next = words[here + 1]?.text ?? "";
    if (BREAKS.has(text)) return false;
    if (LISTING.has(text)) {
      if (SUBJECTS.has(next) || ["my", "the", "can", "cant"].includes(next)) return false;
      if (text === "," && !listed && !(wide && isShort(words, here, end))) return false;
      if (text === "and" && !wide) return false;
      if (text !== "," && text !== "and") return false;
      steps = 0;
    } else if (!words[here].mark && !words[here].skipped) {
      steps += 1;
      if (steps > REACH) return false;
    }
  }
  return true;
}

function isDenied(words, found, first, end) {
  const covered = new Set(found.covered);
  const last = found.covered.at(-1);
  for (let at = first; at < last; at += 1) {
    if (covered.has(at) || !(NOUN_NO.has(words[at].text) || VERB_NO.has(words[at].text))) continue;
    const next = words.slice(at + 1, end).find((word) => !word.skipped)?.text ?? "";
    if (HARMLESS_AFTER.has(next)) continue;
    if (crosses(words, at, found.covered.find((here) => here > at), end)) return true;
  }
  const tail = texts(words, last + 1, Math.min(end, last + 4)).slice(0, 2).join(" ");
  return [": no", ": none", "- no", "is normal"].includes(tail);
}

function isOver(words, found, first, end) {
  const last = found.covered.at(-1);
  const sentence = words[last].sentence;
  let stop = last + 1;
  while (stop < words.length && words[stop].sentence === sentence) stop += 1;
  const tail = texts(words, last + 1, Math.min(stop, last + 12));
  if (OVER.test(tail.join(" ")) && !tail.includes("not")) return true;
  const clause = texts(words, first, end);
  const said = clause.join(" ");
  return LONG_AGO.some((phrase) => said.includes(phrase)) && !clause.some((text) => STILL.has(text));
}

function isForAnother(words) {
  const all = words.map((word) => word.text);
  const third = all.filter((text) => ["he", "she", "her", "his", "him", "hes", "shes"].includes(text)).length;
  const mine = all.filter((text) => text === "i" || text === "me").length;
  const told = words.slice(0, 6).filter((word) => !word.skipped).map((word) => word.text);
  const begins = told.length > 1 && RELATIVES.has(told[0]) && TELLS.has(told[1]) && !mine;
  return begins || (third >= 2 && third >= mine) || all.join(" ").includes("typing for");
}

function isAnothers(words, found, first) {
  for (let at = found.covered[0] - 1; at >= first; at -= 1) {
    if (["i", "me", "myself"].includes(words[at].text)) return false;
    if (RELATIVES.has(words[at].text)) return !["says", "said"].includes(words[at + 1]?.text);
  }
  return texts(words, first, words.length).join(" ").includes("runs in the family");
}

export function counted(words, found, cues) {
  const proxy = isForAnother(words);
  return found.filter((each) => {
    const cue = cues.get(each.cue);
    const [first, end] = clauseOf(words, each);
    if (isDenied(words, each, first, end)) return false;
    if (cue === undefined) return true;
    if (!cue.past && isOver(words, each, first, end)) return false;
    if (!proxy && isAnothers(words, each, first)) return false;
    return !(cue.named && texts(words, first, each.covered[0]).some((text) => FEARS.has(text)));
  });
}
