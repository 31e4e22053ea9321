"""Which found cues count: not what is denied, over, feared, or someone else's.

Scopes are short and end early, so that a doubt raises concern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from achemap.triage.cues import Cue, Found
from achemap.triage.tokens import MARKS, Word


NOUN_NO = frozenset(
    ["no", "without", "never", "nor", "neither", "denies", "deny", "zero", "nil"]
)
VERB_NO = frozenset(
    [
        "not",
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "aint",
        "dont",
        "doesnt",
        "didnt",
        "hasnt",
        "havent",
        "hadnt",
        "wont",
        "wouldnt",
        "nobody",
        "none",
        "nothing",
    ]
)
# "no idea", "not sure", "didn't help": these deny nothing that follows.
HARMLESS_AFTER = frozenset(
    [
        "idea",
        "reason",
        "matter",
        "relief",
        "better",
        "sure",
        "know",
        "only",
        "just",
        "doubt",
        "wonder",
        "remember",
        "help",
        "helping",
        "helped",
        "change",
        "stop",
        "stopped",
        "stopping",
        "much",
        "going",
        "improving",
        "improved",
        "settle",
        "settled",
        "settling",
        "getting",
        "go",
        "position",
        "explanation",
        "obvious",
        "clue",
        "even",
        "understand",
        "think",
        "want",
        "able",
        "eased",
        "easing",
        "ease",
        "until",
        "slept",
        "sleep",
        "sleeping",
        "trying",
    ]
)
BREAKS = frozenset(
    [
        "but",
        "however",
        "although",
        "though",
        "except",
        "because",
        "since",
        "until",
        "yet",
        "which",
        "when",
        "then",
        "while",
        "whereas",
        "now",
        "today",
    ]
)
SUBJECTS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "there",
        "theres",
        "its",
        "hes",
        "shes",
        "theyre",
        "id",
        "ill",
        "been",
        "have",
        "has",
        "had",
    ]
)
RELATIVES = frozenset(
    [
        "mother",
        "father",
        "mums",
        "dads",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "auntie",
        "gran",
        "grandad",
        "grandma",
        "grandmother",
        "grandfather",
        "grandparent",
        "cousin",
        "friend",
        "mate",
        "neighbour",
        "neighbor",
        "colleague",
        "boss",
        "boyfriend",
        "girlfriend",
        "husband",
        "wife",
        "partner",
        "nan",
        "parents",
        "family",
        "mothers",
        "fathers",
    ]
)
# "Gran fell", "my dad is 70 and has": the text speaks for this relative.
TELLS = frozenset(
    ["is", "has", "cant", "says", "keeps", "looks", "feels", "fell", "woke"]
)
FEARS = frozenset(
    [
        "worried",
        "worry",
        "worrying",
        "afraid",
        "scared",
        "frightened",
        "fear",
        "fearing",
        "wondering",
        "wonder",
        "google",
        "googled",
        "googling",
        "paranoid",
        "could",
        "might",
        "maybe",
        "if",
    ]
)
OVER = re.compile(
    r"\b(?:(?:has|have|had|is|all) gone(?= *(?:$|[.,;!?]|now|away|but|and i|completely"
    r"|since|down))|went away|gone (?:now|away)|(?:has )?cleared up|has cleared|got over"
    r"|healed (?:in|up|now|fine|well|last|by)"
    r"|has (?:settled|resolved|passed)|is over(?= *(?:$|[.,;!?]|now)))"
)
LONG_AGO = (
    "years ago",
    "year ago",
    "months ago",
    "month ago",
    "last year",
    "last month",
    "last winter",
    "last summer",
    "last spring",
    "last autumn",
    "when i was",
    "used to",
    "as a child",
    "as a kid",
    "as a teenager",
    "in the past",
    "previously",
    "long ago",
    "decades ago",
)
STILL = frozenset(
    ["since", "started", "start", "began", "begun", "ever", "still", "been", "for"]
)
NEGATION_REACH = 6


def _between(words: Sequence[Word], first: int, last: int) -> list[str]:
    return [words[at].text for at in range(first, last)]


def _clause(words: Sequence[Word], found: Found) -> tuple[int, int]:
    """Return the word range of the sentence around a match, cut at "but" and kin."""
    first, last = found.first, found.last
    sentence = words[first].sentence
    while (
        first > 0
        and words[first - 1].sentence == sentence
        and words[first - 1].text not in BREAKS
    ):
        first -= 1
    while (
        last + 1 < len(words)
        and words[last + 1].sentence == sentence
        and words[last + 1].text not in BREAKS
    ):
        last += 1
    return first, last + 1


def _crosses(words: Sequence[Word], no: int, at: int, end: int) -> bool:
    """Whether a denial at `no` still holds at `at`, over commas and "and"."""
    wide = words[no].text in NOUN_NO
    steps = 0
    listed = any(
        words[here].text in {"or", "nor"} for here in range(no, min(end, len(words)))
    )
    for here in range(no + 1, at):
        text = words[here].text
        after = words[here + 1].text if here + 1 < len(words) else ""
        if text in BREAKS:
            return False
        if text in {",", "and", "–", "—", "-", ":"}:
            if after in SUBJECTS or after in {"my", "the", "can", "cant"}:
                return False
            if text == "," and not listed and not (wide and _short(words, here, end)):
                return False
            if text == "and" and not wide:
                return False
            if text not in {",", "and"}:
                return False
            steps = 0
        elif text not in MARKS and not words[here].skipped:
            steps += 1
            if steps > NEGATION_REACH:
                return False
    return True


def _short(words: Sequence[Word], comma: int, end: int) -> bool:
    """Whether every stretch between commas after `comma` has at most three words."""
    length = 0
    for at in range(comma + 1, end):
        if words[at].is_mark:
            length = 0
        elif not words[at].skipped:
            length += 1
            if length > 3:
                return False
    return True


def _denied(words: Sequence[Word], found: Found, first: int, end: int) -> bool:
    covered = set(found.covered)
    for at in range(first, found.last):
        if at in covered or words[at].text not in NOUN_NO | VERB_NO:
            continue
        after = next(
            (word.text for word in words[at + 1 : end] if not word.skipped), ""
        )
        if after in HARMLESS_AFTER:
            continue
        target = next(here for here in found.covered if here > at)
        if _crosses(words, at, target, end):
            return True
    tail = _between(words, found.last + 1, min(end, found.last + 4))
    return tail[:2] in ([":", "no"], [":", "none"], ["-", "no"], ["is", "normal"])


def _over(words: Sequence[Word], found: Found, first: int, end: int) -> bool:
    sentence = words[found.last].sentence
    stop = found.last + 1
    while stop < len(words) and words[stop].sentence == sentence:
        stop += 1
    tail = " ".join(_between(words, found.last + 1, min(stop, found.last + 12)))
    if OVER.search(tail) and "not" not in tail.split():
        return True
    clause = _between(words, first, end)
    said = " ".join(clause)
    if not any(phrase in said for phrase in LONG_AGO):
        return False
    return not STILL & set(clause)


def _is_for_another(words: Sequence[Word]) -> bool:
    """Whether the whole text speaks for someone else ("my son is 13 and he …")."""
    texts = [word.text for word in words]
    third = sum(
        text in {"he", "she", "her", "his", "him", "hes", "shes"} for text in texts
    )
    mine = sum(text in {"i", "me"} for text in texts)
    told = [word.text for word in words[:6] if not word.skipped]
    begins = len(told) > 1 and told[0] in RELATIVES and told[1] in TELLS and not mine
    return begins or (third >= 2 and third >= mine) or ("typing for" in " ".join(texts))


def _anothers(words: Sequence[Word], found: Found, first: int) -> bool:
    for at in range(found.first - 1, first - 1, -1):
        if words[at].text in {"i", "me", "myself"}:
            return False
        if words[at].text in RELATIVES:
            return not (at + 1 < len(words) and words[at + 1].text in {"says", "said"})
    return "runs in the family" in " ".join(_between(words, first, len(words)))


def counted(
    words: Sequence[Word], found: Sequence[Found], cues: dict[str, Cue]
) -> list[Found]:
    """Return the found cues that the text claims of the person, now."""
    kept = []
    proxy = _is_for_another(words)
    for each in found:
        cue = cues.get(each.cue)
        first, end = _clause(words, each)
        if _denied(words, each, first, end):
            continue
        if cue is not None:
            if not cue.past and _over(words, each, first, end):
                continue
            if not proxy and _anothers(words, each, first):
                continue
            if cue.named and FEARS & set(_between(words, first, each.first)):
                continue
        kept.append(each)
    return kept
