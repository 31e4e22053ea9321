"""The lexicon: concepts of the reader's words, read from `data/lexicon/*.yaml`.

A file holds `language: en`, `concepts: [{id, kind, name, ways, regions?}]` (and
`kind`, when all its concepts have the same), and may hold `same: {word: [words]}` (words that count as one), `ignored: [phrases]` and
`known: words` (right spellings). A concept of kind region is
a region of the atlas, or, with `regions: {id: weight}`, a fuzzy place.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from achemap.atlas.vocabulary import leaves, regions
from achemap.errors import BadInput, suggestion
from achemap.language.matching import END, LAYERS, Trie
from achemap.language.words import SKIPPED, grammar, stem, tokens


Kind = Literal[
    "region",
    "feeling",
    "activity",
    "gesture",
    "companion",
    "time",
    "danger",
]
KINDS: tuple[Kind, ...] = (
    "region",
    "feeling",
    "activity",
    "gesture",
    "companion",
    "time",
    "danger",
)
_CORE = ("region", "feeling")
STARTER = Path(__file__).parent.parent / "data" / "lexicon"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that people say in many ways.

    `places` is empty but for kind region: leaf region id -> weight, largest 1.
    """

    id: str
    kind: Kind
    name: str
    ways: tuple[str, ...]
    places: Mapping[str, float]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts, ready for finding them in texts.

    `trie` leads from stem to stem to the concepts of a phrase, by layer (see
    matching.py); `same` maps a stem to the stem it counts as; `ignored` phrases
    that mean nothing ("came back"). For spelling: `vocabulary` holds every word that
    is right, `known_stems` their stems, `targets` the words of phrases, which others
    are repaired to, `core` those of places and feelings. `plain` need no concept.
    """

    concepts: Mapping[str, Concept]
    same: Mapping[str, str]
    ignored: tuple[str, ...]
    trie: Trie
    vocabulary: frozenset[str]
    known_stems: frozenset[str]
    targets: frozenset[str]
    core: frozenset[str]
    plain: frozenset[str]
    aliases: Mapping[tuple[str, str], str]

    def named(self, kind: str, name: str) -> Concept | None:
        """Return the concept of `kind` that has this id or other id, if any."""
        own = self.concepts.get(name)
        if own is not None and own.kind == kind:
            return own
        other = self.aliases.get((kind, name))
        return None if other is None else self.concepts[other]


def phrase_of(way: str, same: Mapping[str, str]) -> tuple[str, ...]:
    """Return the stems of `way` that count, in order."""
    stems = [
        same.get(token.stem, token.stem)
        for token in tokens(way)
        if not token.is_mark and token.text not in SKIPPED
    ]
    return tuple(stems)


def _rows(path: Path) -> Mapping[str, Any]:
    try:
        with path.open(encoding="utf-8") as text:
            held = yaml.load(text, _LOADER)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "not readable as YAML"
        raise BadInput(
            str(problem), file=path, line=line, fix="check the indentation and quotes"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", file=path) from None
    if not isinstance(held, dict):
        raise BadInput("is not a mapping", file=path, fix="start with `language: en`")
    return cast("Mapping[str, Any]", held)


def _places(row: Mapping[str, Any], path: Path) -> dict[str, float]:
    """Return leaf region -> weight of a region concept, scaled to a largest of 1."""
    concept = row["id"]
    given = row.get("regions") or {concept: 1.0}
    found: dict[str, float] = {}
    for region, weight in given.items():
        if region not in regions():
            fix = suggestion(str(region), regions())
            raise BadInput(
                f"unknown region {region!r}", file=path, field=concept, fix=fix
            )
        if not isinstance(weight, int | float) or not 0 < weight <= 1:
            raise BadInput(
                f"weight of {region} is {weight!r}",
                file=path,
                field=concept,
                fix="give a number above 0 and up to 1",
            )
        for leaf in leaves(region):
            found[leaf] = max(found.get(leaf, 0.0), float(weight))
    top = max(found.values())
    return {leaf: weight / top for leaf, weight in found.items()}


def _concept(row: object, path: Path, number: int, usual: object) -> Concept:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise BadInput(f"concept {number} has no id", file=path, fix="give `id: …`")
    kind, ways = row.get("kind", usual), row.get("ways")
    if kind not in KINDS:
        raise BadInput(
            f"unknown kind {kind!r}",
            file=path,
            field=row["id"],
            fix=suggestion(str(kind), KINDS),
        )
    if not isinstance(ways, list) or not all(isinstance(way, str) for way in ways):
        raise BadInput(
            "ways is not a list of phrases",
            file=path,
            field=row["id"],
            fix="quote phrases such as yes, no, on, or with a colon",
        )
    name = str(row.get("name") or row["id"].replace("-", " "))
    places = _places(row, path) if kind == "region" else {}
    also = tuple(str(each) for each in row.get("also") or ())
    return Concept(row["id"], kind, name, tuple(ways), places, also)


def _read(
    paths: Iterable[Path],
) -> tuple[dict[str, Concept], dict[str, str], list[str], list[str]]:
    concepts: dict[str, Concept] = {}
    same: dict[str, str] = {}
    ignored: list[str] = []
    known: list[str] = []
    homes: dict[str, Path] = {}
    for path in paths:
        held = _rows(path)
        for word, others in (held.get("same") or {}).items():
            same.update({stem(str(other)): stem(str(word)) for other in others})
        ignored.extend(held.get("ignored") or [])
        known.extend(str(held.get("known") or "").split())
        for number, row in enumerate(held.get("concepts") or [], start=1):
            concept = _concept(row, path, number, held.get("kind"))
            if concept.id in concepts:
                raise BadInput(
                    f"the id is already in {homes[concept.id].name}",
                    file=path,
                    field=concept.id,
                    fix="add the ways there, or choose another id",
                )
            concepts[concept.id] = concept
            homes[concept.id] = path
    return concepts, same, ignored, known


def own_phrases(concept: Concept, same: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of a concept; one word left of several says too little."""
    for way in (*concept.ways, concept.name, concept.id.replace("-", " ")):
        phrase = phrase_of(way, same)
        if len(phrase) > 1 or (phrase and len(way.split()) == 1):
            yield phrase


def _planted(trie: Trie, phrase: Sequence[str], layer: int, concept: str) -> None:
    node = trie
    for each in phrase:
        node = node.setdefault(each, {})
    layers: dict[int, tuple[str, ...]] = node.setdefault(END, {})
    held = layers.get(layer, ())
    if concept not in held:
        layers[layer] = (*held, concept)


def lexicon_of(
    concepts: Mapping[str, Concept],
    same: Mapping[str, str],
    ignored: Iterable[str] = (),
    known_words: Iterable[str] = (),
) -> Lexicon:
    """Return a Lexicon with its phrase tables, built from plain concepts.

    `known_words` are words that are spelled right though no phrase holds them.
    """
    plain = {*known_words, *SKIPPED, *grammar()}
    targets: set[str] = set()
    core: set[str] = set()
    for concept in concepts.values():
        for way in (*concept.ways, concept.name):
            words = {token.text for token in tokens(way) if not token.is_mark}
            targets |= words
            if concept.kind in _CORE:
                core |= words
    phrases = {
        concept.id: list(dict.fromkeys(own_phrases(concept, same)))
        for concept in concepts.values()
    }
    stems = {stem(word) for word in targets | plain}
    core -= plain
    return assembled(concepts, same, ignored, plain, phrases, targets, core, stems)


def _trie_of(
    concepts: Mapping[str, Concept],
    phrases: Mapping[str, Iterable[Sequence[str]]],
    nothing: Iterable[tuple[int, Sequence[str]]],
) -> Trie:
    """Return the trie; a phrase of `nothing` comes with its number of words."""
    trie: Trie = {}
    for name, own in phrases.items():
        layer = LAYERS[concepts[name].kind]
        for each in own:
            _planted(trie, each, layer, name)
    for count, phrase in nothing:
        if len(phrase) > 1:
            _planted(trie, phrase, LAYERS["ignored"], str(count))
    return trie


def assembled(
    concepts: Mapping[str, Concept],
    same: Mapping[str, str],
    ignored: Iterable[str],
    plain: Iterable[str],
    phrases: Mapping[str, Iterable[Sequence[str]]],
    targets: Iterable[str],
    core: Iterable[str],
    stems: Iterable[str],
) -> Lexicon:
    """Return a Lexicon from parts that were worked out before (see lexicon_of).

    `phrases` holds the stems of each concept's phrases, `stems` those of all words.
    """
    known = frozenset(plain)
    meant = frozenset(targets)
    nothing = tuple(ignored)
    empty = [(len(tokens(way)), phrase_of(way, same)) for way in nothing]
    trie = _trie_of(concepts, phrases, empty)
    aliases: dict[tuple[str, str], str] = {
        (each.kind, other): each.id for each in concepts.values() for other in each.also
    }
    return Lexicon(
        concepts,
        same,
        nothing,
        trie,
        known | meant,
        frozenset(stems),
        meant,
        frozenset(core),
        known,
        aliases,
    )


_LOADED: dict[tuple[Path, str], Lexicon] = {}


def site_words() -> Path | None:
    """Return the file of a site's own words, named by ACHEMAP_WORDS, if any is."""
    given = os.environ.get("ACHEMAP_WORDS")
    return Path(given) if given else None


def site_words_state() -> str:
    """Return a text that changes with the file of a site's own words."""
    file = site_words()
    try:
        held = file.stat() if file else None
    except FileNotFoundError:
        held = None
    return f"{held.st_size} {held.st_mtime_ns}" if held else ""


def load_lexicon(directory: Path = STARTER) -> Lexicon:
    """Return the lexicon of `directory`, all its `*.yaml` files together; read once.

    A site's own words belong to the starter lexicon (see `site_words`) and are read
    again when they change. Raises BadInput for a file that cannot be read, an unknown
    kind or region, or an id that is there twice.
    """
    state = site_words_state() if directory == STARTER else ""
    key = (directory, state)
    if key not in _LOADED:
        files = sorted(directory.glob("*.yaml"))
        own = site_words()
        if state and own is not None and not state.startswith("0 "):
            files.append(own)
        for old in [each for each in _LOADED if each[0] == directory]:
            del _LOADED[old]
        _LOADED[key] = lexicon_of(*_read(files))
    return _LOADED[key]


def keep_loaded(lexicon: Lexicon, directory: Path = STARTER) -> None:
    """Let `load_lexicon` return this compiled lexicon of `directory`, unread."""
    state = site_words_state() if directory == STARTER else ""
    _LOADED.setdefault((directory, state), lexicon)
