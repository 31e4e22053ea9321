"""Where the atlas files are, and the check that none of them is damaged."""

from __future__ import annotations

import csv
import functools
import hashlib
import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from achemap.errors import BadInput


VERSION = "bm-1"
FOLDER = Path(__file__).resolve().parent.parent / "data" / "atlas"


@functools.lru_cache(maxsize=4)
def manifest(folder: Path = FOLDER) -> Mapping[str, str]:
    """Return file name to sha256 of every atlas file of this version."""
    path = folder / "manifest.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        files: dict[str, str] = data["files"]
        version = data["version"]
    except (OSError, ValueError, KeyError) as error:
        raise BadInput("not a readable atlas manifest", file=path) from error
    if version != VERSION:
        raise BadInput(f"atlas is {version}, need {VERSION}", file=path)
    return files


def read(name: str, folder: Path = FOLDER) -> bytes:
    """Return one atlas file; raises BadInput when it is missing or damaged."""
    path = folder / name
    wanted = manifest(folder).get(name)
    if wanted is None:
        raise BadInput("not in the atlas manifest", file=path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput("missing atlas file", file=path, fix="reinstall") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise BadInput(
            "damaged atlas file: its sha256 is not the one in manifest.json",
            file=path,
            fix="restore it or rebuild with tools/build_atlas",
        )
    return content


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the rows of one CSV file of the atlas."""
    text = read(name, folder).decode("utf-8")
    return list(csv.DictReader(StringIO(text, newline="")))
