"""The compiled library on disk: made once, then read back in a moment.

`compiled()` keeps its files in a cache folder, named after a fingerprint of the
library's files, so that a warm start reads no YAML and needs no scikit-learn.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from achemap import __version__
from achemap.finder.tables import (
    CellTable,
    PatternRow,
    Settings,
    SignRow,
    Tables,
    TextTable,
)
from achemap.language import Concept, Lexicon, lexicon_of
from achemap.language.lexicon import (
    assembled,
    keep_loaded,
    own_phrases,
    site_words_state,
)
from achemap.library import Library, Pattern, load


DATA = Path(__file__).parent.parent / "data"
FORMAT = 7
KEPT = 4
_WATCHED = ("patterns", "muscles", "lexicon", "language", "atlas", "finder")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The compiled library: the finder's tables, the lexicon, and their version."""

    version: str
    tables: Tables = field(repr=False)
    lexicon: Lexicon = field(repr=False)

    def describe(self) -> str:
        """Return one line that says what the bundle holds."""
        tables = self.tables
        return (
            f"bundle {self.version}: {len(tables.patterns)} patterns, "
            f"{len(self.lexicon.concepts)} concepts, {len(tables.signs)} signs, "
            f"{len(tables.text.features)} text features, {tables.cells.count} cells"
        )


def fingerprint(library_path: Path | None = None) -> str:
    """Return a short hash of the names, sizes and times of the library's files.

    Cheap (no file is read); changes when any of them is edited.
    """
    root = library_path or DATA
    seen = hashlib.sha256(
        f"{FORMAT} {__version__} {root} {site_words_state()}".encode()
    )
    for base in dict.fromkeys((root, DATA)):
        for folder in _WATCHED:
            with_files = base / folder
            if not with_files.is_dir():
                continue
            for entry in sorted(os.scandir(with_files), key=lambda each: each.name):
                if entry.is_file() and not entry.name.startswith("."):
                    held = entry.stat()
                    mark = f"{folder}/{entry.name} {held.st_size} {held.st_mtime_ns}\n"
                    seen.update(mark.encode())
    return seen.hexdigest()[:20]


def cache_folder() -> Path:
    """Return where compiled bundles are kept: ACHEMAP_CACHE or the user's cache."""
    given = os.environ.get("ACHEMAP_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "achemap"


def settings_of(path: Path = DATA / "finder" / "settings.json") -> Settings:
    """Return the model's numbers, as tuned over sayings."""
    return Settings(**json.loads(path.read_text(encoding="utf-8")))


def spelled_in(library: Library) -> set[str]:
    """Return the plain words of the library's prose: they are spelled right."""
    texts = [
        text
        for each in library.patterns.values()
        for text in (each.title, each.partial, *_prose(each))
    ]
    texts += [each.function for each in library.muscles.values()]
    texts += [each.body for each in library.techniques.values()]
    found = {word for text in texts for word in re.findall(r"[a-z]+", text.lower())}
    return {word for word in found if len(word) > 2}


def _prose(pattern: Pattern) -> Iterable[str]:
    held = pattern.sections
    yield from (held.describe, held.activate, held.relief, held.anatomy)
    yield from (*pattern.care.avoid, *pattern.care.relief)
    yield from (each.tell_apart for each in pattern.similar)


def build(library_path: Path | None = None) -> Bundle:
    """Compile the library, the lexicon and the atlas; takes some seconds.

    Raises BadInput for files that cannot be read.
    """
    from achemap import atlas
    from achemap.finder.compiling import tables_of
    from achemap.language import load_lexicon

    lexicon = load_lexicon()
    library = load(library_path) if library_path else load()
    wider = lexicon_of(
        lexicon.concepts,
        lexicon.same,
        lexicon.ignored,
        sorted(lexicon.plain | spelled_in(library)),
    )
    tables = tables_of(library, wider, atlas.load(), settings_of())
    return Bundle(fingerprint(library_path), tables, wider)


def _plain(bundle: Bundle) -> dict[str, Any]:
    tables, lexicon = bundle.tables, bundle.lexicon
    return {
        "version": bundle.version,
        "settings": asdict(tables.settings),
        "patterns": [asdict(row) for row in tables.patterns],
        "leaves": tables.leaves,
        "midline": tables.midline,
        "places": tables.places,
        "signs": [
            [
                role,
                concept,
                row.usual,
                row.mean,
                row.patterns.tolist(),
                row.chances.tolist(),
            ]
            for (role, concept), row in tables.signs.items()
        ],
        "features": list(tables.text.features),
        "step": tables.text.step,
        "cell-count": tables.cells.count,
        "names": tables.names,
        "concepts": [
            [each.id, each.kind, each.name, each.ways, dict(each.places), each.also]
            for each in lexicon.concepts.values()
        ],
        "same": dict(lexicon.same),
        "ignored": lexicon.ignored,
        "plain": sorted(lexicon.plain),
        "phrases": {
            each.id: list(dict.fromkeys(own_phrases(each, lexicon.same)))
            for each in lexicon.concepts.values()
        },
        "targets": sorted(lexicon.targets),
        "core": sorted(lexicon.core),
        "stems": sorted(lexicon.known_stems),
    }


def _arrays(bundle: Bundle) -> dict[str, np.ndarray[Any, Any]]:
    tables = bundle.tables
    return {
        "same": tables.same,
        "opposite": tables.opposite,
        "centres": tables.centres,
        "rarity": tables.text.rarity,
        "text_starts": tables.text.starts,
        "text_patterns": tables.text.patterns,
        "text_weights": tables.text.weights,
        "bias": tables.text.bias,
        "area": tables.cells.area_cm2,
        "cell_starts": tables.cells.starts,
        "cell_patterns": tables.cells.patterns,
        "cell_odds": tables.cells.odds,
    }


def _pattern(row: Mapping[str, Any]) -> PatternRow:
    return PatternRow(
        id=row["id"],
        title=row["title"],
        muscles=tuple(row["muscles"]),
        grade=row["grade"],
        prior=row["prior"],
        triage=tuple(row["triage"]),
        similar=tuple((each[0], each[1]) for each in row["similar"]),
    )


def _tables(held: Mapping[str, Any], arrays: Mapping[str, Any]) -> Tables:
    return Tables(
        patterns=tuple(_pattern(row) for row in held["patterns"]),
        leaves=tuple(held["leaves"]),
        midline=tuple(held["midline"]),
        same=arrays["same"],
        opposite=arrays["opposite"],
        places={
            name: (tuple(at), tuple(w)) for name, (at, w) in held["places"].items()
        },
        centres=arrays["centres"],
        signs={
            (role, concept): SignRow(
                usual, mean, np.array(at, dtype=np.int32), np.array(chances)
            )
            for role, concept, usual, mean, at, chances in held["signs"]
        },
        text=TextTable(
            features={name: at for at, name in enumerate(held["features"])},
            rarity=arrays["rarity"],
            starts=arrays["text_starts"],
            patterns=arrays["text_patterns"],
            weights=arrays["text_weights"],
            step=held["step"],
            bias=arrays["bias"],
        ),
        cells=CellTable(
            count=held["cell-count"],
            area_cm2=arrays["area"],
            starts=arrays["cell_starts"],
            patterns=arrays["cell_patterns"],
            odds=arrays["cell_odds"],
        ),
        settings=Settings(**held["settings"]),
        names=held["names"],
    )


def save(bundle: Bundle, folder: Path) -> None:
    """Write a bundle's files into `folder`, each in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        arrays, plain = Path(place) / "arrays.npz", Path(place) / "plain.json"
        np.savez(arrays, **_arrays(bundle))  # type: ignore[arg-type]
        plain.write_text(json.dumps(_plain(bundle)), encoding="utf-8")
        arrays.replace(folder / f"{bundle.version}.npz")
        plain.replace(folder / f"{bundle.version}.json")


def read(version: str, folder: Path) -> Bundle | None:
    """Return the bundle of that version from `folder`, None when it is not there."""
    try:
        held = json.loads((folder / f"{version}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{version}.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError):
        return None
    concepts = {
        row[0]: Concept(row[0], row[1], row[2], tuple(row[3]), row[4], tuple(row[5]))
        for row in held["concepts"]
    }
    lexicon = assembled(
        concepts,
        held["same"],
        held["ignored"],
        held["plain"],
        held["phrases"],
        held["targets"],
        held["core"],
        held["stems"],
    )
    return Bundle(held["version"], _tables(held, arrays), lexicon)


def _forget_old(folder: Path) -> None:
    """Delete all but the newest KEPT bundles of `folder`."""
    held = sorted(folder.glob("*.json"), key=lambda each: -each.stat().st_mtime)
    for old in held[KEPT:]:
        old.unlink()
        old.with_suffix(".npz").unlink(missing_ok=True)


@lru_cache(maxsize=2)
def compiled(library_path: Path | None = None) -> Bundle:
    """Return the compiled library, from the cache when nothing has changed.

    Compiles and stores it otherwise; a cache that cannot be written is no error.
    """
    version = fingerprint(library_path)
    folder = cache_folder()
    found = read(version, folder)
    if found is None:
        found = build(library_path)
        with contextlib.suppress(OSError):
            save(found, folder)
            _forget_old(folder)
    keep_loaded(found.lexicon)
    return found
