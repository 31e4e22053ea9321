"""The browser's files: the same tables and lexicon, small, in JSON and bytes.

    manifest.json  version, and for each file its bytes and SHA-256
    core.json      patterns, places, signs, shares, settings: ranking and lists
    cells.bin      painted cells (with core.json: enough to paint)
    words.json     lexicon, word lists, features (while the reader types)
    words.bin      the text model's weights
    apart.json     what tells look-alikes apart (when two are compared)

`static/achemap/finder/bundle.js` reads them. Numbers are little-endian.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from achemap.errors import BadInput
from achemap.finder.stored import Bundle, compiled
from achemap.finder.tables import CHANCE_STEP, SHARE_STEP, Tables
from achemap.language import Lexicon
from achemap.language.lexicon import own_phrases
from achemap.language.matching import LAYERS
from achemap.language.words import rules


MOST_PATTERNS = 65_000


def _sparse(rows: npt.NDArray[np.float64]) -> list[list[int]]:
    """Return each row as [column, level, column, level, …], levels in SHARE_STEP."""
    found = []
    for row in np.round(rows / SHARE_STEP).astype(int):
        held = np.flatnonzero(row)
        found.append([int(each) for at in held for each in (at, row[at])])
    return found


def _core(bundle: Bundle) -> dict[str, Any]:
    tables = bundle.tables
    return {
        "version": bundle.version,
        "settings": asdict(tables.settings),
        "patterns": [
            [row.id, row.title, row.muscles, row.grade, row.prior]
            for row in tables.patterns
        ],
        "leaves": tables.leaves,
        "midline": [int(each) for each in tables.midline],
        "centres": tables.centres.tolist(),
        "same": _sparse(tables.same),
        "opposite": _sparse(tables.opposite),
        "places": tables.places,
        "signs": [
            [
                role,
                concept,
                round(row.usual / CHANCE_STEP),
                row.mean,
                row.patterns.tolist(),
                [round(each / CHANCE_STEP) for each in row.chances.tolist()],
            ]
            for (role, concept), row in tables.signs.items()
        ],
        "names": _names(tables),
    }


def _names(tables: Tables) -> dict[str, str]:
    """Return the names that answers and questions show."""
    used = {concept for _, concept in tables.signs}
    used.update(tables.places, tables.leaves)
    return {name: tables.names[name] for name in sorted(used) if name in tables.names}


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _cells(tables: Tables) -> bytes:
    """Return the cell table by pattern: steps between cells, then the odds.

    Header: cell count, pattern count (u32). Areas (u16, in 0.01 cm2). Then for each
    pattern: number of cells (u32), their steps (varints), their odds (signed bytes).
    """
    table, count = tables.cells, len(tables.patterns)
    areas = np.round(table.area_cm2 * 100).astype("<u2")
    cells = np.repeat(np.arange(table.count), np.diff(table.starts))
    parts = [struct.pack("<II", table.count, count), areas.tobytes()]
    for pattern in range(count):
        held = table.patterns == pattern
        own, odds = cells[held], table.odds[held]
        steps = np.diff(own, prepend=0)
        parts.append(struct.pack("<I", len(own)))
        parts.append(b"".join(_varint(int(step)) for step in steps))
        parts.append(np.clip(odds, -128, 127).astype(np.int8).tobytes())
    return b"".join(parts)


def _phrases(lexicon: Lexicon) -> list[list[Any]]:
    """Return [concept, layer, phrase, phrase, …] with phrases as stems in a row."""
    found: list[list[Any]] = []
    for concept in lexicon.concepts.values():
        own = dict.fromkeys(
            " ".join(each) for each in own_phrases(concept, lexicon.same)
        )
        found.append([concept.id, LAYERS[concept.kind], *own])
    return found


def _words(bundle: Bundle) -> dict[str, Any]:
    tables, lexicon = bundle.tables, bundle.lexicon
    return {
        "version": bundle.version,
        "rules": rules(),
        "same": dict(lexicon.same),
        "ignored": lexicon.ignored,
        "kinds": {each.id: each.kind for each in lexicon.concepts.values()},
        "names": {each.id: each.name for each in lexicon.concepts.values()},
        "phrases": _phrases(lexicon),
        "targets": " ".join(sorted(lexicon.targets)),
        "core": " ".join(sorted(lexicon.core)),
        "plain": " ".join(sorted(lexicon.plain)),
        "features": list(tables.text.features),
        "rarity": [round(float(each), 4) for each in tables.text.rarity],
        "step": tables.text.step,
        "bias": [round(float(each), 4) for each in tables.text.bias],
    }


def _weights(tables: Tables) -> bytes:
    """Return the text weights: a count a feature (u16), steps, weights (bytes)."""
    table = tables.text
    counts = np.diff(table.starts).astype("<u2")
    steps = []
    for start, end in zip(table.starts[:-1], table.starts[1:], strict=True):
        steps.append(np.diff(table.patterns[start:end], prepend=0))
    every = np.concatenate(steps) if steps else np.zeros(0, dtype=np.int64)
    parts = [
        struct.pack("<II", len(counts), len(every)),
        counts.tobytes(),
        table.weights.astype(np.int8).tobytes(),
        b"".join(_varint(int(step)) for step in every),
    ]
    return b"".join(parts)


def _json(held: Mapping[str, Any]) -> bytes:
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def files_of(bundle: Bundle) -> dict[str, bytes]:
    """Return the browser's files by name, the manifest last.

    Raises BadInput for a library too large for the format.
    """
    rows = bundle.tables.patterns
    if len(rows) > MOST_PATTERNS:
        raise BadInput(f"more than {MOST_PATTERNS} patterns", field="patterns")
    found = {
        "core.json": _json(_core(bundle)),
        "cells.bin": _cells(bundle.tables),
        "words.json": _json(_words(bundle)),
        "words.bin": _weights(bundle.tables),
        "apart.json": _json({"similar": [row.similar for row in rows]}),
    }
    manifest = {
        "version": bundle.version,
        "files": {
            name: {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}
            for name, held in found.items()
        },
    }
    return {**found, "manifest.json": _json(manifest)}


def write(folder: Path, bundle: Bundle | None = None) -> dict[str, int]:
    """Write the browser's files into `folder`; returns the bytes of each.

    Without `bundle` the compiled starter library is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = files_of(bundle or compiled())
    for name, held in found.items():
        (folder / name).write_bytes(held)
    return {name: len(held) for name, held in found.items()}
