"""Finding the lexicon's phrases in a row of words: longest first, small gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from achemap.language.words import SKIPPED, Token, listed


# Words that a phrase may pass over: "pain in the side of my left knee".
SOFT = listed("soft")
_HALVED = listed("half-of")
_SIDES = frozenset(("left", "right"))
_OWNING = listed("owning")
_OPEN_ENDS = listed("open-ends")
MOST_GAPS = 2
LAYERS: Mapping[str, int] = {
    "region": 0,
    "feeling": 1,
    "activity": 2,
    "gesture": 2,
    "danger": 3,
    "ignored": 4,
    "companion": 5,
    "time": 5,
}
END = ""

Trie = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: tokens `first` to `last`, `size` stems, `gaps` passed over."""

    first: int
    last: int
    size: int
    gaps: int
    layer: int
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The words that count, in order: stem, token number, and part of sentence."""

    stems: Sequence[str]
    places: Sequence[int]
    parts: Sequence[int]
    soft: Sequence[bool]


def _is_half(words: Sequence[Token], stems: Sequence[str], at: int) -> bool:
    """True for the "side" of "left side of my chest": it names a half, no place."""
    if words[at].text != "side" or at == 0 or words[at - 1].text not in _SIDES:
        return False
    for number in range(at + 1, min(at + 4, len(words))):
        if words[number].is_mark:
            return False
        if words[number].text not in SKIPPED:
            return stems[number] in _HALVED
    return False


def row_of(words: Sequence[Token], stems: Sequence[str]) -> Row:
    """Return the words of a text that phrases are made of; marks end a part."""
    part = 0
    kept: list[tuple[str, int, int, bool]] = []
    for number, word in enumerate(words):
        if word.is_mark:
            part += 1
        elif word.text not in SKIPPED and not _is_half(words, stems, number):
            kept.append((stems[number], number, part, word.text in SOFT))
    return Row(
        [each[0] for each in kept],
        [each[1] for each in kept],
        [each[2] for each in kept],
        [each[3] for each in kept],
    )


def _walk(
    node: Trie, row: Row, at: int, size: int, gaps: int
) -> Iterator[tuple[int, int, int, Mapping[int, tuple[str, ...]]]]:
    """Yield (last word, stems, gaps, concepts by layer) of phrases through `node`."""
    if END in node:
        yield at - 1, size, gaps, node[END]
    if at >= len(row.stems) or row.parts[at] != row.parts[at - 1]:
        return
    child = node.get(row.stems[at])
    if child is not None:
        yield from _walk(child, row, at + 1, size + 1, gaps)
    if gaps >= MOST_GAPS or len(node) == (END in node):
        return
    free = row.soft[at] or (size >= 2 and gaps == 0)
    follows = at + 1 < len(row.stems) and row.parts[at + 1] == row.parts[at]
    if free and follows:
        for skip in (1, 2):
            after = at + skip
            if after >= len(row.stems) or row.parts[after] != row.parts[at]:
                return
            child = node.get(row.stems[after])
            if child is not None and gaps + skip <= MOST_GAPS:
                yield from _walk(child, row, after + 1, size + 1, gaps + skip)
            if not row.soft[after]:
                return


def found_in(row: Row, trie: Trie) -> list[Match]:
    """Return every phrase of `trie` in `row`, overlapping ones too."""
    matches: list[Match] = []
    for at, stem in enumerate(row.stems):
        node = trie.get(stem)
        if node is None:
            continue
        for last, size, gaps, layers in _walk(node, row, at + 1, 1, 0):
            first, end = row.places[at], row.places[last]
            matches.extend(
                Match(first, end, size, gaps, layer, concepts)
                for layer, concepts in layers.items()
            )
    return matches


def means_nothing(match: Match, words: Sequence[Token]) -> bool:
    """Return whether an ignored phrase stands here word for word.

    "In hand" is no hand, "in my hand" is; "back from work" is no back, "my back
    from lifting" is.
    """
    count = match.last - match.first + 1
    if match.gaps or str(count) not in match.concepts:
        return False
    before = words[match.first - 1].text if match.first else ""
    return not (words[match.last].text in _OPEN_ENDS and before in _OWNING)


def _rank(match: Match) -> tuple[int, bool, int, int, int]:
    nothing = match.layer == LAYERS["ignored"]
    return (-match.size, nothing, match.gaps, match.first, match.layer)


@dataclass(slots=True)
class _Taken:
    """Which words are taken: by layer, and by which activity."""

    words: dict[int, set[int]]
    activities: dict[int, Match]
    feelings: dict[int, Match]

    def allows(self, match: Match) -> bool:
        """Return whether no kept match takes the words of `match`."""
        own = range(match.first, match.last + 1)
        if not self.words.setdefault(match.layer, set()).isdisjoint(own):
            return False
        nothing = self.words.setdefault(LAYERS["ignored"], set())
        if match.layer != LAYERS["danger"] and not nothing.isdisjoint(own):
            return False
        if match.layer == LAYERS["activity"]:
            whole = self.feelings.get(match.first)
            return not (whole and match.last <= whole.last and whole.size > match.size)
        over = self.activities.get(match.first)
        if over is None or match.layer > LAYERS["feeling"]:
            return True
        begins = over.first < match.first or match.last <= over.last
        return not (begins and over.size > match.size)

    def take(self, match: Match) -> None:
        """Take the words of a match that is kept."""
        own = range(match.first, match.last + 1)
        self.words.setdefault(match.layer, set()).update(own)
        if match.layer == LAYERS["activity"]:
            self.activities.update(dict.fromkeys(own, match))
        elif match.layer == LAYERS["feeling"]:
            self.feelings.update(dict.fromkeys(own, match))


def kept_of(matches: Iterable[Match]) -> list[Match]:
    """Return the matches that stand: in each layer the longest, without overlap.

    A longer activity takes the region and feeling words inside it ("reaching
    behind my back" names no pain in the back), a longer feeling the activity words
    ("falls asleep" is no fall); an ignored phrase takes all but danger.
    """
    taken = _Taken({}, {}, {})
    kept: list[Match] = []
    for match in sorted(matches, key=_rank):
        if taken.allows(match):
            taken.take(match)
            kept.append(match)
    return sorted(kept, key=lambda each: (each.first, each.layer, each.last))
