"""A zip of the old site's uploads folder, read one file at a time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from achemap.errors import BadInput


LARGEST_FILE = 40_000_000
_MOST_FILES = 300_000


class Archive:
    """A zip that holds wp-content/uploads, or what lies in it.

    Nothing is unpacked to disk, so names in it can lead nowhere else. Raises BadInput
    when it is no zip, or holds too many files.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BadInput(
                "is not a whole zip file", file=path, fix="zip the uploads folder again"
            ) from error
        listed = self._zip.infolist()
        if len(listed) > _MOST_FILES:
            self._zip.close()
            raise BadInput(
                f"holds more than {_MOST_FILES} files",
                file=path,
                fix="zip the pictures year by year",
            )
        self._known = {
            name: info
            for info in listed
            if not info.is_dir()
            for name in _names(info.filename)
        }

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def read(self, names: Iterable[str]) -> bytes | None:
        """Return the first file that has one of the names, None when none has.

        Raises ValueError, with the reason, for a file that is too large or broken.
        """
        found = next((self._known[name] for name in names if name in self._known), None)
        if found is None:
            return None
        try:
            with self._zip.open(found) as stream:
                raw = stream.read(LARGEST_FILE + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:  # fmt: skip
            raise ValueError("cannot be unpacked") from error
        if len(raw) > LARGEST_FILE:
            raise ValueError(f"is larger than {LARGEST_FILE} bytes")
        return raw


def _names(path: str) -> set[str]:
    """Return the names under which a file of the zip is known."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    if "uploads" in parts:
        parts = parts[len(parts) - parts[::-1].index("uploads") :]
        return {"/".join(parts)}
    return {"/".join(parts), "/".join(parts[1:])} - {""}
