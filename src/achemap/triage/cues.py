"""Read signs of danger in everyday words.

A cue is a danger concept with the ways people say it. A way is written as
`part + part`: the parts may stand in any order within one sentence, at most
`within` words apart. Inside a part words follow each other; `..` lets up to four
words stand between; `{group}` is any phrase of a word group, `{group}|word` that or
the word; `word*` is a word that begins so; `a|b` is either word, `a|b_c` either "a" or "b c". Small words (the, my,
very …) are skipped on both sides. A way that begins with `far:` may reach over
sentences, up to `FAR` words wide: people tell one sign in two sentences.

The reading only ever raises concern. What is negated, over, or another person's is
left out; see `scope.py`. So is a word inside a harmless phrase: "ball of the foot",
"boot camp" (`idioms` for every cue, `unless` for one; the group `not-chest` for the
place words of the zone `chest`: "ribs at the back").
The same rules live in `static/achemap/triage/cues.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from achemap.errors import BadInput
from achemap.triage.records import Record
from achemap.triage.tokens import Word, plain_words


WITHIN = 10
GAP = 4
FAR = 40
FAR_MARK = "far: "
IDIOM = "idiom"


class Cue(Record, frozen=True):
    """A danger concept: its id, the ways to say it, and how it is read.

    `past` keeps it when it lies in the past; `named` drops it when it is only feared
    ("worried it is cancer"); `within` is the widest stretch in words; `across` lets the
    parts stand in different sentences; `unless` are phrases whose words do not count.
    """

    id: str
    ways: tuple[str, ...]
    past: bool = False
    named: bool = False
    within: int = WITHIN
    across: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A cue found in the text: the word indexes it covers, and its span."""

    cue: str
    covered: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.covered[0]

    @property
    def last(self) -> int:
        return self.covered[-1]


Step = tuple[str, int]  # atom name, most words before it
Part = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A compiled way: its parts in any order within `within` words."""

    cue: str
    parts: tuple[Part, ...]
    within: int
    across: bool


class _Node:
    """A node of the phrase trie: exact words, word beginnings, atoms that end here."""

    __slots__ = ("atoms", "exact", "prefix")

    def __init__(self) -> None:
        # Most of the many nodes lead nowhere: what they hold is made when needed.
        self.exact: dict[str, _Node] | None = None
        self.prefix: dict[str, _Node] | None = None
        self.atoms: tuple[str, ...] = ()

    def grow(self, word: str) -> _Node:
        if word.endswith("*"):
            word = word[:-1]
            held = self.prefix = {} if self.prefix is None else self.prefix
        else:
            held = self.exact = {} if self.exact is None else self.exact
        node = held.get(word)
        if node is None:
            node = held[word] = _Node()
        return node

    def after(self, word: str) -> Iterator[_Node]:
        if self.exact is not None and word in self.exact:
            yield self.exact[word]
        if self.prefix is not None:
            for beginning, node in self.prefix.items():
                if word.startswith(beginning):
                    yield node


def _spelled(phrase: str) -> Iterator[list[str]]:
    folded = phrase.lower().replace("'", "")
    if "|" not in folded:
        yield plain_words(folded.replace("_", " "))
        return
    for chosen in product(*(word.split("|") for word in folded.split())):
        yield plain_words(" ".join(chosen).replace("_", " "))


def _parse_part(part: str, groups: Mapping[str, tuple[str, ...]]) -> list[Step]:
    """Split one part into steps: groups, and runs of words as anonymous atoms."""
    steps: list[Step] = []
    gap, run = 0, []  # type: int, list[str]

    def flush() -> None:
        nonlocal gap
        if run:
            steps.append((" ".join(run), gap))
            run.clear()
            gap = 0

    for word in part.split():
        if word == "..":
            flush()
            gap = GAP
        elif "{" in word:
            flush()
            for name in _groups_in(word):
                if name not in groups:
                    raise BadInput(f"unknown word group {name}", field="cues.ways")
            steps.append((word, gap))
            gap = 0
        elif plain_words(word.replace("|", " ").replace("_", " ")):
            run.append(word)
    flush()
    return steps


def _groups_in(word: str) -> list[str]:
    return [one[1:-1] for one in word.split("|") if one.startswith("{")]


def _all_spelled(said: Iterable[str]) -> set[tuple[str, ...]]:
    return {tuple(one) for way in said for one in _spelled(way)}


def _spelled_with(
    atom: str, phrases: Mapping[str, set[tuple[str, ...]]]
) -> set[tuple[str, ...]]:
    """Return the phrases of an atom; `{group}|word` is either."""
    if "{" not in atom:
        return _all_spelled([atom])
    words = [one for one in atom.split("|") if not one.startswith("{")]
    held = _all_spelled(words)
    return held.union(*(phrases["{" + name + "}"] for name in _groups_in(atom)))


def _ways_of(cue: Cue, groups: Mapping[str, tuple[str, ...]]) -> Iterator[Way]:
    for wanted in cue.ways:
        is_far = wanted.startswith(FAR_MARK)
        said = wanted.removeprefix(FAR_MARK).split(" + ")
        parts = [tuple(_parse_part(part, groups)) for part in said]
        if not all(parts):
            raise BadInput(f"a way of {cue.id} has an empty part: {wanted!r}")
        within = FAR if is_far else cue.within
        yield Way(cue.id, tuple(parts), within, across=is_far or cue.across)


def _grown(phrases: Mapping[str, set[tuple[str, ...]]]) -> _Node:
    """Return the trie of all phrases; where one ends stands its atom."""
    root = _Node()
    for atom, spelled in phrases.items():
        for phrase in sorted(spelled):
            node = root
            for word in phrase:
                node = node.grow(word)
            node.atoms = (*node.atoms, atom)
    return root


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, compiled: a trie of phrases and the ways by their first atom."""

    cues: Mapping[str, Cue]
    places: Mapping[str, tuple[str, ...]]
    root: _Node
    ways: Mapping[str, tuple[Way, ...]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    vocabulary: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    idioms: tuple[str, ...]

    @classmethod
    def build(
        cls,
        groups: Mapping[str, tuple[str, ...]],
        cues: Mapping[str, Cue],
        places: Mapping[str, Sequence[str]],
        idioms: Sequence[str] = (),
    ) -> Lexicon:
        """Compile word groups, cues, the place words of zones, harmless phrases."""
        phrases = {
            "{" + name + "}": _all_spelled(said) - {()} for name, said in groups.items()
        }
        ways: dict[str, list[Way]] = {}
        for cue in cues.values():
            for way in _ways_of(cue, groups):
                ways.setdefault(way.parts[0][0][0], []).append(way)
                for atom, _ in (step for part in way.parts for step in part):
                    if atom not in phrases:
                        phrases[atom] = _spelled_with(atom, phrases)
        named: dict[str, Sequence[str]] = {IDIOM: idioms}
        named |= {f"zone:{zone}": names for zone, names in places.items()}
        named |= {f"unless:{cue.id}": cue.unless for cue in cues.values()}
        phrases |= {atom: _all_spelled(said) for atom, said in named.items() if said}
        root = _grown(phrases)
        return cls(
            cues=dict(cues),
            places={zone: tuple(names) for zone, names in places.items()},
            root=root,
            ways={atom: tuple(held) for atom, held in ways.items()},
            phrases={atom: tuple(sorted(held)) for atom, held in phrases.items()},
            groups=dict(groups),
            idioms=tuple(idioms),
            vocabulary=frozenset(
                word.rstrip("*")
                for held in phrases.values()
                for phrase in held
                for word in phrase
            ),
        )

    def knows(self, word: str) -> bool:
        """Return whether a phrase of the danger words may begin or go on with it."""
        return word in self.vocabulary

    def atoms_in(self, words: Sequence[Word]) -> dict[str, list[tuple[int, ...]]]:
        """Return for each atom the word indexes of every place it stands."""
        kept = [at for at, word in enumerate(words) if not word.skipped]
        found: dict[str, list[tuple[int, ...]]] = {}
        for first in range(len(kept)):
            nodes: list[tuple[_Node, tuple[int, ...]]] = [(self.root, ())]
            for at in kept[first:]:
                if words[at].is_mark:
                    break
                grown = [
                    (after, (*path, at))
                    for node, path in nodes
                    for after in node.after(words[at].text)
                ]
                for node, path in grown:
                    for atom in node.atoms:
                        found.setdefault(atom, []).append(path)
                nodes = grown
                if not nodes:
                    break
        return found

    def read(self, words: Sequence[Word]) -> list[Found]:
        """Return every way of every cue that stands in `words`, in no scope yet."""
        atoms = self.atoms_in(words)
        order = _order(words)
        found: list[Found] = []
        harmless = {at for path in atoms.get(IDIOM, ()) for at in path}
        for atom in atoms:
            for way in self.ways.get(atom, ()):
                unless = atoms.get(f"unless:{way.cue}", ())
                out = harmless.union(*unless)
                for covered in _matches(way, atoms, words, order):
                    if out.isdisjoint(covered):
                        found.append(Found(way.cue, covered))
        for zone in self.places:
            elsewhere = set().union(*atoms.get("{not-" + zone + "}", ()))
            for path in atoms.get(f"zone:{zone}", ()):
                if elsewhere.isdisjoint(path):
                    found.append(Found(f"zone:{zone}", path))
        return found


def _order(words: Sequence[Word]) -> list[int]:
    """Return for each word its number among the words that are not skipped."""
    numbers, number = [], 0
    for word in words:
        numbers.append(number)
        if not (word.skipped or word.is_mark):
            number += 1
    return numbers


def _cut(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a comma or the like stands between two words."""
    return any(words[at].is_mark for at in range(first + 1, last))


def _chains(
    part: Part,
    atoms: Mapping[str, list[tuple[int, ...]]],
    words: Sequence[Word],
    order: Sequence[int],
) -> list[tuple[int, ...]]:
    chains = list(atoms.get(part[0][0], ()))
    for atom, gap in part[1:]:
        grown = []
        for chain in chains:
            for path in atoms.get(atom, ()):
                between = order[path[0]] - order[chain[-1]] - 1
                if (
                    path[0] > chain[-1]
                    and between <= gap
                    and words[path[0]].sentence == words[chain[-1]].sentence
                    and (gap or not _cut(words, chain[-1], path[0]))
                ):
                    grown.append(chain + path)
        chains = grown
        if not chains:
            break
    return chains


def _matches(
    way: Way,
    atoms: Mapping[str, list[tuple[int, ...]]],
    words: Sequence[Word],
    order: Sequence[int],
) -> Iterable[tuple[int, ...]]:
    if any(step not in atoms for part in way.parts for step, _ in part):
        return
    choices = [_chains(part, atoms, words, order)[:12] for part in way.parts]
    for chosen in product(*choices):
        covered = sorted({at for chain in chosen for at in chain})
        if len(covered) < sum(len(chain) for chain in chosen):
            continue  # parts overlap
        first, last = covered[0], covered[-1]
        if words[first].sentence != words[last].sentence and not way.across:
            continue
        if order[last] - order[first] + 1 > way.within and len(way.parts) > 1:
            continue
        yield tuple(covered)
