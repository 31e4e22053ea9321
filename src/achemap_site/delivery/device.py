"""The compiled finder and the signs of danger for the reader's own device, at addresses that never change.

An address holds the version of the bundle, so that browsers may keep what they got.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from achemap.bundle import compiled
from achemap.finder.browser import files_of
from achemap.triage import load_rules
from achemap.triage.compiling import compile_rules


TYPES = {".json": "application/json", ".bin": "application/octet-stream"}
KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Held:
    """One file of the bundle: as it is, and gzipped."""

    plain: bytes
    packed: bytes


def _version() -> str:
    return f"{compiled().version}-{slugify(load_rules().ruleset)}"


@lru_cache(maxsize=1)
def held(version: str) -> dict[str, Held]:
    """Return the files of the compiled bundle by name; made once a process.

    `version` is the one of the address; a new one takes the place of the old.
    """
    if version != _version():
        return {}
    danger = json.dumps(compile_rules(load_rules()), separators=(",", ":")).encode()
    return {
        name: Held(plain, gzip.compress(plain, 9, mtime=0))
        for name, plain in {**files_of(compiled()), "danger.json": danger}.items()
    }


def bundle_address() -> str:
    """Return the folder where the page finds the bundle, with a slash at its end."""
    address: str = reverse("bundle", args=[_version(), "x"])
    return address.removesuffix("x")


@require_safe
def bundle(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """Serve a file of the bundle; 404 for another version or name."""
    if version != _version() or name not in held(version):
        raise Http404
    found = held(version)[name]
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        found.packed if packed else found.plain,
        content_type=TYPES[name[name.rindex(".") :]],
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = KEPT
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
