"""Understanding a reader's words: a text becomes mentions of concepts.

The same steps, on the same lexicon, run in the browser
(`static/achemap/language/reading.js`); the two are held equal by tests/parity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from achemap.language import roles, scope
from achemap.language.lexicon import Kind, Lexicon, load_lexicon
from achemap.language.matching import (
    LAYERS,
    Match,
    found_in,
    kept_of,
    means_nothing,
    row_of,
)
from achemap.language.spelling import repaired
from achemap.language.words import SKIPPED, Token, rules, stem, tokens


MentionRole = Literal[
    "region",
    "feels",
    "worse",
    "better",
    "onset",
    "gesture",
    "comes-with",
    "time",
    "danger",
]
Relation = Literal["above", "below", "between", "from", "to"]
_ROLES: dict[str, MentionRole] = {
    "region": "region",
    "feeling": "feels",
    "gesture": "gesture",
    "companion": "comes-with",
    "time": "time",
    "danger": "danger",
}
_RELATIONS: dict[str, Relation] = rules()["relations"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One concept that a text names.

    `start` and `end` are offsets into the text, `words` the words there. `side` is
    None when the text names none. `relation` is set for a place that stands after
    "above", "below", "between", "from" or "to".
    """

    concept: str
    kind: Kind
    role: MentionRole
    start: int
    end: int
    words: str
    negated: bool = False
    past: bool = False
    other_person: bool = False
    hedged: bool = False
    side: scope.Side | None = None
    relation: Relation | None = None

    @property
    def counts(self) -> bool:
        """True when it speaks for the reader's own pain now, said or denied."""
        return not self.other_person and not (self.past and self.role != "onset")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a text, and what was not.

    `corrections` holds (written, read as) for each repaired word. `stems` is for the
    text model: (stem, denied or another's) of each word that counts.
    """

    text: str
    mentions: tuple[Mention, ...]
    not_understood: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]
    stems: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Scopes:
    """The flags of every token of one text."""

    sentences: Sequence[int]
    parts: Sequence[int]
    negated: Sequence[bool]
    past: Sequence[bool]
    other: Sequence[bool]
    hedged: Sequence[bool]
    sides: scope.Sides
    cues: Sequence[roles.Cue | None]


def _scopes(words: Sequence[Token]) -> _Scopes:
    sentences, parts = scope.clauses(words)
    return _Scopes(
        sentences,
        parts,
        scope.negated(words),
        scope.past(words, parts),
        scope.other_person(words, parts),
        scope.hedged(words, parts),
        scope.sides_of(words, sentences, parts),
        roles.cues(words),
    )


def _stems(
    words: Sequence[Token], lexicon: Lexicon
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the stem of each token, spelling repaired, and what was repaired."""
    found: list[str] = []
    corrections: dict[str, str] = {}
    for word in words:
        own = word.stem
        known = word.is_mark or word.text in lexicon.vocabulary
        if not known and own not in lexicon.known_stems:
            better = repaired(word.text, lexicon.targets, lexicon.core)
            if better is not None:
                corrections[word.text] = better
                own = stem(better)
        found.append(lexicon.same.get(own, own))
    return found, list(corrections.items())


def _relation(words: Sequence[Token], first: int) -> Relation | None:
    for at in range(first - 1, max(-1, first - 4), -1):
        if words[at].text in _RELATIONS:
            return _RELATIONS[words[at].text]
        if words[at].text not in SKIPPED:
            return None
    return None


def _mention(
    match: Match,
    concept: str,
    text: str,
    words: Sequence[Token],
    around: _Scopes,
    lexicon: Lexicon,
) -> Mention:
    kind = lexicon.concepts[concept].kind
    first, last = match.first, match.last
    denied = around.negated[first]
    role = _ROLES.get(kind)
    if role is None:
        role, more = roles.role_of(
            words,
            first,
            last,
            around.cues,
            around.parts,
            around.sentences,
            around.negated,
        )
        denied = denied or more
    start, end = words[first].start, words[last].end
    return Mention(
        concept=concept,
        kind=kind,
        role=role,
        start=start,
        end=end,
        words=text[start:end],
        negated=denied,
        past=around.past[first],
        other_person=around.other[first],
        hedged=around.hedged[first],
        side=scope.side_of(first, last, around.sides, around.sentences, around.parts),
        relation=_relation(words, first) if kind == "region" else None,
    )


def _own(mentions: Sequence[Mention], words: Sequence[Token]) -> list[Mention]:
    """Return the mentions; when all tell of someone else, that one is meant."""
    pains = [each for each in mentions if each.kind in ("region", "feeling")]
    theirs = bool(pains) and all(each.other_person for each in pains)
    if theirs and not scope.speaks_of_self(words):
        return [replace(each, other_person=False) for each in mentions]
    return list(mentions)


def _left_over(
    words: Sequence[Token], matches: Sequence[Match], plain: frozenset[str]
) -> tuple[str, ...]:
    taken = {at for match in matches for at in range(match.first, match.last + 1)}
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        known = word.is_mark or at in taken or word.text in plain
        if not known and len(word.text) > 2 and word.text not in SKIPPED:
            found[word.text] = None
    return tuple(found)


def understand(text: str, *, lexicon: Lexicon | None = None) -> Understood:
    """Return what `text` says in the lexicon's concepts; never fails.

    Without `lexicon` the starter lexicon is used.
    """
    known = lexicon or load_lexicon()
    words = tokens(text)
    if not words:
        return Understood(text, (), (), ())
    stems, corrections = _stems(words, known)
    matches = kept_of(
        match
        for match in found_in(row_of(words, stems), known.trie)
        if match.layer != LAYERS["ignored"] or means_nothing(match, words)
    )
    around = _scopes(words)
    mentions = [
        _mention(match, concept, text, words, around, known)
        for match in matches
        if match.layer != LAYERS["ignored"]
        for concept in match.concepts
    ]
    counted = tuple(
        (stems[at], around.negated[at] or around.other[at])
        for at, word in enumerate(words)
        if not word.is_mark and word.text not in SKIPPED
    )
    return Understood(
        text,
        tuple(_own(mentions, words)),
        _left_over(words, matches, known.plain),
        tuple(corrections),
        counted,
    )
