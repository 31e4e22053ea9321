"""What stands around a word: negation, the past, other people, hedges, sides.

Each function takes the tokens of a text and returns one flag (or number) a token.
Rules are few and plain, so that a reader can see why a word did not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from achemap.language.words import Token


Side = Literal["left", "right", "both"]

_SENTENCE_ENDS = frozenset(".;!?\n")
_TURNS = frozenset("but however though although yet except unless until".split())
_NEGATORS = frozenset(
    "no not never without nor neither none nothing isn't isnt wasn't wasnt aren't "
    "arent weren't doesn't doesnt don't dont didn't didnt hasn't hasnt haven't havent "
    "hadn't hadnt won't wont wouldn't wouldnt denies denied".split()
)
LIMITS = frozenset("can't cant cannot couldn't couldnt unable struggle hardly".split())
# A negator followed by one of these negates nothing that follows.
_EMPTY_AFTER = frozenset(
    "matter idea doubt only just sure wonder sooner mention longer relief better "
    "able comfortable position go stop let end way know helps help until ease eases "
    "stopping getting been".split()
)
_NEG_REACH = 9
_OTHERS = frozenset(
    "mum mom mother dad father wife husband sister brother friend partner son "
    "daughter colleague neighbour neighbor aunt uncle gran grandma grandad grandmother "
    "grandfather nan boyfriend girlfriend cousin boss mate coworker mama papa".split()
)
_HAVING = frozenset(
    "has had have gets got suffers suffered died 's complains complained".split()
)
_FIRST = frozenset("i me i'm i've i'd im ive my mine myself".split())
_HEDGES = frozenset(
    "maybe perhaps might possibly probably slightly somewhat sometimes occasionally "
    "guess suppose seems seem rarely unsure".split()
)
_NOT_SIDE = frozenset(
    "up at under where across down after now behind round around above below between "
    "over before next near by to through along beside away beneath there here inside "
    "into out when as in on side's beside".split()
)
_LEFT_VERB_BEFORE = frozenset("i has have had he she they we it's".split())
_LEFT_VERB_AFTER = frozenset("me with it work home over out us him her them".split())
_RESOLVED = (
    ("no", "longer"),
    ("went", "away"),
    ("gone", "now"),
    ("cleared", "up"),
    ("has", "stopped"),
    ("had", "stopped"),
    ("used", "to"),
    ("last", "year"),
    ("years", "ago"),
    ("year", "ago"),
    ("decades", "ago"),
    ("in", "the", "past"),
    ("as", "a", "child"),
    ("as", "a", "kid"),
    ("as", "a", "teenager"),
    ("when", "i", "was", "young"),
    ("when", "i", "was", "younger"),
    ("long", "ago"),
    ("history", "of"),
    ("previously",),
)


def clauses(words: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Return the sentence number and the clause number of each token."""
    sentence = clause = 0
    sentences, parts = [], []
    for word in words:
        if word.is_mark:
            clause += 1
            if word.text in _SENTENCE_ENDS:
                sentence += 1
        elif word.text in _TURNS:
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
        if word.is_mark or word.text in _TURNS or word.text in {"and", "i", "it"}:
            return False
        since += 1
    return False


def _negates(words: Sequence[Token], at: int) -> bool:
    if words[at].text not in _NEGATORS:
        return False
    after = words[at + 1].text if at + 1 < len(words) else ""
    if after in _EMPTY_AFTER:
        return False
    earlier = {word.text for word in words[max(0, at - 8) : at]}
    return not (words[at].text == "without" and earlier & LIMITS)


def negated(words: Sequence[Token]) -> list[bool]:
    """Return for each token whether a negator before it reaches it."""
    flags = [False] * len(words)
    reach = -1
    for at, word in enumerate(words):
        ends = word.text in _SENTENCE_ENDS or word.text in _TURNS
        if ends or word.text in {"(", ")", "because", "since", "just", "only"}:
            reach = -1
        elif word.is_mark and not (word.text in ",/" and _list_goes_on(words, at)):
            reach = -1
        elif word.text == "and" and at + 1 < len(words) and (
            words[at + 1].text in {"i", "it", "now", "then", "when", "my"}
        ):
            reach = -1
        flags[at] = at <= reach
        if _negates(words, at):
            reach = at + _NEG_REACH
        elif word.text in {"or", "nor"} and at <= reach:
            reach = at + _NEG_REACH
    return flags


def past(words: Sequence[Token], parts: Sequence[int]) -> list[bool]:
    """Return for each token whether its clause speaks of something over."""
    texts = [word.text for word in words]
    over: set[int] = set()
    for at in range(len(texts)):
        for phrase in _RESOLVED:
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
        if own in _OTHERS:
            near = {each.text for each in words[at + 1 : at + 3]}
            if near & _HAVING or (
                word.text.endswith("'s") and not near & {"says", "said", "dog", "car"}
            ):
                active = parts[at]
        flags[at] = parts[at] == active
    return flags


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


def side_of(
    first: int,
    last: int,
    said: Sequence[Side | None],
    sentences: Sequence[int],
    parts: Sequence[int],
) -> Side | None:
    """Return the side that goes with tokens `first` to `last`.

    Within the words, else just before, just after, in the clause, in the sentence;
    else the side of the whole text when it names only one.
    """
    inside = [side for side in said[first : last + 1] if side]
    if inside:
        return inside[0]
    for at in [*range(first - 1, first - 5, -1), *range(last + 1, last + 5)]:
        if 0 <= at < len(said) and said[at] and parts[at] == parts[first]:
            return said[at]
    for numbers in (parts, sentences):
        here = {
            side
            for side, number in zip(said, numbers, strict=True)
            if side and number == numbers[first]
        }
        if len(here) == 1:
            return here.pop()
    everywhere = {side for side in said if side}
    return everywhere.pop() if len(everywhere) == 1 else None
