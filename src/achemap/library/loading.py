"""All files of a library folder to one Library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from achemap.errors import BadInput
from achemap.library.reading import (
    parse_article,
    parse_muscle,
    parse_pattern,
    parse_product,
    parse_sources,
    parse_technique,
    read_text,
)
from achemap.library.records import Library, Source


# The library that comes with the package.
STARTER = Path(__file__).parent.parent / "data"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _files(root: Path, folder: str, ending: str) -> Iterator[Path]:
    return iter(sorted((root / folder).glob(f"*{ending}")))


def _read_folder(
    root: Path,
    folder: str,
    ending: str,
    parse: Callable[[str, Path | str], N],
    files: dict[tuple[str, str], str],
) -> dict[str, N]:
    found: dict[str, N] = {}
    for path in _files(root, folder, ending):
        name = path.relative_to(root)
        record = parse(read_text(path), name)
        if record.id != path.stem:
            raise BadInput(
                f"{record.id!r} is not the file's name",
                file=name,
                field="id",
                fix=f"write id: {path.stem}, or rename the file",
            )
        found[record.id] = record
        files[folder, record.id] = str(name)
    return found


def _read_sources(root: Path, files: dict[tuple[str, str], str]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in _files(root, "sources", ".yaml"):
        name = path.relative_to(root)
        for source in parse_sources(read_text(path), name):
            if source.key in found:
                raise BadInput(
                    f"source {source.key!r} is there twice",
                    file=name,
                    field="key",
                    fix=f"also in {files['sources', source.key]}; keep one",
                )
            found[source.key] = source
            files["sources", source.key] = str(name)
    return found


def load(path: Path | None = None) -> Library:
    """Read every record under `path` (default: the starter library).

    Raises BadInput for the first file that cannot be read; nothing is skipped.
    """
    root = STARTER if path is None else path
    if not root.is_dir():
        raise BadInput("is not a folder", file=root, fix="name a library folder")
    return _load(root)


@lru_cache(maxsize=2)
def _load(root: Path) -> Library:
    files: dict[tuple[str, str], str] = {}
    return Library(
        patterns=_read_folder(root, "patterns", ".md", parse_pattern, files),
        muscles=_read_folder(root, "muscles", ".yaml", parse_muscle, files),
        techniques=_read_folder(root, "techniques", ".md", parse_technique, files),
        products=_read_folder(root, "products", ".yaml", parse_product, files),
        sources=_read_sources(root, files),
        concepts=_read_folder(root, "concepts", ".md", parse_article, files),
        collections=_read_folder(root, "collections", ".md", parse_article, files),
        files=files,
    )
