"""What stands around a word: negation, the past, other people, hedges, sides.

Each function takes the tokens of a text and returns one flag (or number) a token.
Rules are few and plain, so that a reader can see why a word did not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from achemap.language.words import Token, listed, rules


Side = Literal["left", "right", "both"]

_SENTENCE_ENDS = frozenset(".;!?\n")
TURNS = listed("turns")
NEGATORS = listed("negators")
LIMITS = listed("limits")
# A negator followed by one of these negates nothing that follows.
_EMPTY_AFTER = listed("empty-after")
_EMPTY_PAIRS = frozenset(tuple(each.split()) for each in rules()["empty-pairs"])
_NEGATOR_PHRASES = frozenset(tuple(e.split()) for e in rules()["negator-phrases"])
_NEGATOR_STARTS = frozenset(phrase[0] for phrase in _NEGATOR_PHRASES)
_WELL = listed("well")
_IS = listed("is")
_WELL_REACH = 6
_GOES_ON = frozenset(("and", "but", "though", "although", "however"))
_SCOPE_ENDS = listed("scope-ends")
_AND_ENDS = listed("and-ends")
_NEG_REACH = 9
OTHERS = listed("others")
_HAVING = listed("having")
_NOT_OWNED = listed("not-owned")
_FIRST = listed("first-person")
_HEDGES = listed("hedges")
_NOT_SIDE = listed("not-side")
_LEFT_VERB_BEFORE = listed("left-verb-before")
_LEFT_VERB_AFTER = listed("left-verb-after")
_LEFT_OVER_BEFORE = listed("left-over-before")
# Phrases that say it is over, by their first word.
_RESOLVED: dict[str, list[tuple[str, ...]]] = {}
for _phrase in rules()["resolved"]:
    _RESOLVED.setdefault(_phrase.split()[0], []).append(tuple(_phrase.split()))


def clauses(words: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Return the sentence number and the clause number of each token."""
    sentence = clause = 0
    sentences, parts = [], []
    for word in words:
        if word.is_mark:
            clause += 1
            if word.text in _SENTENCE_ENDS:
                sentence += 1
        elif word.text in TURNS:
            clause += 1
        sentences.append(sentence)
        parts.append(clause)
    return sentences, parts


def _list_goes_on(words: Sequence[Token], comma: int) -> bool:
    """True when the comma stands in a list that ends in "or" or "nor"."""
    since = 0
    for word in words[comma + 1 : comma + 13]:
        if word.text in {"or", "nor"}:
            return since <= 4
        if word.text == ",":
            since = 0
            continue
        if word.is_mark or word.text in TURNS or word.text in {"and", "i", "it"}:
            return False
        since += 1
    return False


def _pair(words: Sequence[Token], at: int) -> tuple[str, ...]:
    return tuple(word.text for word in words[at : at + 2])


def _negates(words: Sequence[Token], at: int) -> bool:
    starts = at and words[at - 1].text in _NEGATOR_STARTS
    if starts and _pair(words, at - 1) in _NEGATOR_PHRASES:
        return True
    if words[at].text not in NEGATORS:
        return False
    after = words[at + 1].text if at + 1 < len(words) else ""
    if after in _EMPTY_AFTER or _pair(words, at + 1) in _EMPTY_PAIRS:
        return False
    earlier = {word.text for word in words[max(0, at - 8) : at]}
    return not (words[at].text == "without" and earlier & LIMITS)


def _stops(words: Sequence[Token], at: int) -> bool:
    """True when a negation does not reach past the token at `at`."""
    word = words[at]
    if word.text in _SENTENCE_ENDS or word.text in TURNS or word.text in _SCOPE_ENDS:
        return True
    if word.is_mark:
        return not (word.text in ",/" and _list_goes_on(words, at))
    after = words[at + 1].text if at + 1 < len(words) else ""
    return word.text == "and" and after in _AND_ENDS


def _called_well(words: Sequence[Token]) -> set[int]:
    """Return the tokens before "is fine", back to the start of their clause.

    Only where the clause ends there: "fine until I bend" denies nothing.
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        if word.text not in _WELL or at == 0:
            continue
        after = words[at + 1] if at + 1 < len(words) else None
        if after and not (after.is_mark or after.text in _GOES_ON):
            continue
        before = at - 1
        while before >= 0 and words[before].text in _IS:
            before -= 1
        said = before < at - 1 or words[before].text.endswith("'s")
        if before < 0 or not said or words[before].text in NEGATORS:
            continue
        for place in range(before, max(-1, before - _WELL_REACH), -1):
            if words[place].is_mark or words[place].text in TURNS:
                break
            if words[place].text in {"and", "because"}:
                break
            found.add(place)
    return found


def negated(words: Sequence[Token]) -> list[bool]:
    """Return for each token whether a negator before it reaches it.

    So are the words before "is fine".
    """
    well = _called_well(words)
    flags = [False] * len(words)
    reach = -1
    for at, word in enumerate(words):
        if _stops(words, at):
            reach = -1
        flags[at] = at <= reach or at in well
        goes_on = word.text in {"or", "nor"} and at <= reach
        if goes_on or _negates(words, at):
            reach = at + _NEG_REACH
    return flags


def past(words: Sequence[Token], parts: Sequence[int]) -> list[bool]:
    """Return for each token whether its clause speaks of something over."""
    texts = [word.text for word in words]
    over: set[int] = set()
    for at in range(len(texts)):
        for phrase in _RESOLVED.get(texts[at], ()):
            if tuple(texts[at : at + len(phrase)]) == phrase:
                over.add(parts[at])
    return [part in over for part in parts]


def other_person(words: Sequence[Token], parts: Sequence[int]) -> list[bool]:
    """Return for each token whether it tells of someone else ("my mum had …")."""
    flags = [False] * len(words)
    active = -1
    for at, word in enumerate(words):
        if word.text in _FIRST and word.text != "my":
            active = -1
        own = word.text.removesuffix("'s")
        if own in OTHERS:
            near = {each.text for each in words[at + 1 : at + 3]}
            if near & _HAVING or (word.text.endswith("'s") and not near & _NOT_OWNED):
                active = parts[at]
        flags[at] = parts[at] == active
    return flags


def speaks_of_self(words: Sequence[Token]) -> bool:
    """True when the text has an "I", a "me", or a "my" that is not "my mum"."""
    for at, word in enumerate(words):
        if word.text != "my":
            if word.text in _FIRST:
                return True
        elif (
            at + 1 < len(words) and words[at + 1].text.removesuffix("'s") not in OTHERS
        ):
            return True
    return False


def hedged(words: Sequence[Token], parts: Sequence[int]) -> list[bool]:
    """Return for each token whether its clause holds a hedge ("maybe")."""
    doubt = {
        part for word, part in zip(words, parts, strict=True) if word.text in _HEDGES
    }
    return [part in doubt for part in parts]


def _side_at(words: Sequence[Token], at: int) -> Side | None:
    word = words[at].text
    before = words[at - 1].text if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    if word in {"left", "lefthand"}:
        verb = before in _LEFT_VERB_BEFORE or after in _LEFT_VERB_AFTER
        ends = at + 1 >= len(words) or words[at + 1].is_mark or after == "over"
        verb = verb or (ends and before in _LEFT_OVER_BEFORE)
        return None if verb else "left"
    if word in {"right", "righthand"}:
        loose = after in _NOT_SIDE and before not in {"the", "my", "on"}
        return None if loose or before in {"all", "not", "feel"} else "right"
    if word in {"both", "bilateral", "bilaterally"}:
        return "both"
    if word in {"either", "each"} and after in {"side", "sides"}:
        return "both"
    return None


def sides(words: Sequence[Token]) -> list[Side | None]:
    """Return the side that each token says, None for most."""
    return [_side_at(words, at) for at in range(len(words))]


@dataclass(frozen=True, slots=True)
class Sides:
    """The side each token says, and the only side of a clause, sentence and text."""

    said: Sequence[Side | None]
    of_part: Mapping[int, Side | None]
    of_sentence: Mapping[int, Side | None]
    of_text: Side | None


def _only(
    said: Sequence[Side | None], numbers: Sequence[int]
) -> dict[int, Side | None]:
    found: dict[int, set[Side]] = {}
    for side, number in zip(said, numbers, strict=True):
        if side:
            found.setdefault(number, set()).add(side)
    return {
        number: next(iter(own)) if len(own) == 1 else None
        for number, own in found.items()
    }


def sides_of(
    words: Sequence[Token], sentences: Sequence[int], parts: Sequence[int]
) -> Sides:
    """Return all sides that a text says."""
    said = sides(words)
    whole = _only(said, [0] * len(words))
    return Sides(said, _only(said, parts), _only(said, sentences), whole.get(0))


def side_of(
    first: int,
    last: int,
    held: Sides,
    sentences: Sequence[int],
    parts: Sequence[int],
) -> Side | None:
    """Return the side that goes with tokens `first` to `last`.

    Within the words, else just before, just after, in the clause, in the sentence;
    else the side of the whole text when it names only one.
    """
    said = held.said
    inside: list[Side] = [side for side in said[first : last + 1] if side]
    if inside:
        return inside[0]
    around: list[int] = [*range(first - 1, first - 5, -1), *range(last + 1, last + 5)]
    for at in around:
        near = said[at] if 0 <= at < len(said) else None
        if near is not None and parts[at] == parts[first]:
            return near
    only = held.of_part.get(parts[first]) or held.of_sentence.get(sentences[first])
    return only or held.of_text
