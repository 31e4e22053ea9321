"""The compiled finder and the signs of danger for the reader's own device, at addresses that never change.

An address holds the version of the bundle, so that browsers may keep what they got.
The files are kept on disk too: a page that was opened before a publication goes on
loading its own version, from whichever process answers.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from achemap.bundle import Bundle
from achemap.finder.browser import files_of
from achemap.triage import load_rules
from achemap.triage.compiling import compile_rules
from achemap.triage.reading import zones_named
from achemap_site.delivery import published


TYPES = {".json": "application/json", ".bin": "application/octet-stream"}
KEPT = "public, max-age=31536000, immutable"
KEPT_VERSIONS = 3
# Changes with what the files hold: browsers keep them for ever.
FORMAT = 2
_VERSION = re.compile(r"[0-9a-z-]{10,80}")


@dataclass(frozen=True, slots=True)
class Held:
    """One file of the bundle: as it is, and gzipped."""

    plain: bytes
    packed: bytes


def _version(bundle: Bundle) -> str:
    return f"{bundle.version}-{slugify(load_rules().ruleset)}-{FORMAT}"


def _shelf() -> Path:
    return published.folder() / "browser"


@lru_cache(maxsize=KEPT_VERSIONS)
def _held(version: str) -> dict[str, Held]:
    """Return the files of the version that serves, from disk when they lie there."""
    found = _from_shelf(version)
    if found:
        return found
    serving = published.loaded()
    if _version(serving) != version:  # changed in this very moment
        raise FileNotFoundError(version)
    files = {**files_of(serving), "danger.json": _danger(serving)}
    held = {
        name: Held(plain, gzip.compress(plain, 9, mtime=0))
        for name, plain in files.items()
    }
    _put_away(version, held)
    return held


def ready() -> None:
    """Make the files of the version that serves, or read them, before anyone asks."""
    _held(_version(published.loaded()))


def _danger(bundle: Bundle) -> bytes:
    """Return the safety rules, with the zones of every place that words can name."""
    rules = load_rules()
    held = compile_rules(rules)
    held["named"] = {
        name: sorted(zones_named(name, rules))
        for name in bundle.tables.places
        if name not in held["places"]
    }
    return json.dumps(held, separators=(",", ":")).encode()


def _from_shelf(version: str) -> dict[str, Held]:
    place = _shelf() / version
    if not _VERSION.fullmatch(version) or not place.is_dir():
        return {}
    return {
        file.name: Held(
            file.read_bytes(), file.with_name(f"{file.name}.gz").read_bytes()
        )
        for file in place.iterdir()
        if file.suffix in TYPES
    }


def _put_away(version: str, held: dict[str, Held]) -> None:
    """Keep a version on disk, and no more than the newest few."""
    shelf = _shelf()
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        if not (shelf / version).is_dir():
            with tempfile.TemporaryDirectory(dir=shelf) as place:
                fresh = Path(place) / "files"
                fresh.mkdir()
                for name, file in held.items():
                    (fresh / name).write_bytes(file.plain)
                    (fresh / f"{name}.gz").write_bytes(file.packed)
                fresh.rename(shelf / version)
        kept = sorted(shelf.iterdir(), key=lambda one: -one.stat().st_mtime)
        for old in [one for one in kept if one.name != version][KEPT_VERSIONS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:  # a full or read-only disk, or another process was first
        return


def held(version: str, name: str) -> Held:
    """Return a file of a version: the one that serves, or an earlier one on disk.

    Raises FileNotFoundError for an unknown version or name.
    """
    serves = version == _version(published.loaded())
    files = _held(version) if serves else _from_shelf(version)
    if name not in files:
        raise FileNotFoundError(name)
    return files[name]


def bundle_address() -> str:
    """Return the folder where the page finds the bundle, with a slash at its end."""
    address: str = reverse("bundle", args=[_version(published.current()), "x"])
    return address.removesuffix("x")


@require_safe
def bundle(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """Serve a file of the bundle; 404 for an unknown version or name."""
    ending = name[name.rfind(".") :] if "." in name else ""
    try:
        if ending not in TYPES:
            raise FileNotFoundError(name)
        found = held(version, name)
    except FileNotFoundError as error:
        raise Http404(f"no {name} of {version}") from error
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        found.packed if packed else found.plain, content_type=TYPES[ending]
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = KEPT
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
