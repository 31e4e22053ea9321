"""The finder of what is published now.

Readers find with the compiled library that `VAR/finder/current.json` names. When
something was published a process of its own compiles it anew; until that is done,
and when it fails, the old one serves. Every server process looks at the file before
it answers, so that all of them change over without a restart.

    current.json     {"content": hash of what was compiled, "library": folder or null}
    library-<hash>/  the published records as library files; null: the starter library
    failed           the content that could not be compiled, so that it is tried once
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from achemap.bundle import Bundle, compiled
from achemap.errors import BadInput
from achemap.library.loading import STARTER
from achemap_site.patterns import catalogue


log = logging.getLogger(__name__)

KEPT_LIBRARIES = 2
MOST_ROUNDS = 3
# These change without a change of what the finder compiles.
_UNREAD = {
    "id",
    "page_ptr_id",
    "path",
    "depth",
    "numchild",
    "url_path",
    "slug",
    "draft_title",
    "seo_title",
    "search_description",
    "has_unpublished_changes",
    "source_text",
    "source_prose",
}


@dataclass(frozen=True, slots=True)
class State:
    """What was compiled last: a hash of the content, and the folder it lies in."""

    content: str = ""
    library: str | None = None


def folder() -> Path:
    """Return where the compiled state is kept."""
    return Path(settings.VAR) / "finder"


# --- what is published, and what was compiled ---------------------------------


def content() -> str:
    """Return a hash of every published pattern and of the editors' own words."""
    return _content(catalogue.current_version(), _own_words())


def _own_words() -> str:
    """Return a text that changes with the file of the editors' own words."""
    try:
        held = Path(os.environ.get("ACHEMAP_WORDS", "")).stat()
    except OSError:
        return ""
    return f"{held.st_size} {held.st_mtime_ns}"


@lru_cache(maxsize=2)
def _content(version: str, words: str) -> str:
    from achemap_site.patterns.models import PatternPage

    rows = PatternPage.objects.live().public().order_by("record_id").values()
    found = hashlib.sha256(words.encode())
    for row in rows:
        held = {name: _plain(row[name]) for name in sorted(row) if _is_read(name)}
        found.update(json.dumps(held, cls=DjangoJSONEncoder).encode())
    return found.hexdigest()[:20]


def _is_read(name: str) -> bool:
    dated = name.endswith("_at") or "revision" in name
    return not dated and name not in _UNREAD


def _plain(value: Any) -> Any:
    """Return a field as plain data; a stream field as it is stored."""
    raw = getattr(value, "raw_data", value)
    return list(raw) if raw is not value else value


def state() -> State:
    """Return what was compiled last; an empty state when nothing was."""
    try:
        held = json.loads((folder() / "current.json").read_text(encoding="utf-8"))
        return State(str(held["content"]), held["library"])
    except (OSError, ValueError, KeyError):
        return State()


def _keep(fresh: State) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    file = folder() / "current.json.new"
    file.write_text(
        json.dumps({"content": fresh.content, "library": fresh.library}),
        encoding="utf-8",
    )
    file.replace(folder() / "current.json")


def is_starter() -> bool:
    """Whether the published patterns are those of the starter library, unedited."""
    from achemap_site.patterns.models import PatternPage

    pages = PatternPage.objects.live().public()
    if pages.filter(latest_revision__isnull=False).exists():
        return False
    texts = dict(pages.values_list("record_id", "source_text"))
    files = {file.stem: file for file in (STARTER / "patterns").glob("*.md")}
    return texts.keys() == files.keys() and all(
        text == files[record].read_text(encoding="utf-8")
        for record, text in texts.items()
    )


# --- reading -------------------------------------------------------------------


def loaded() -> Bundle:
    """Return the finder that serves now, without looking for changes."""
    return _bundle(state())


def current() -> Bundle:
    """Return the finder that serves now; begins a new one when it is out of date."""
    now = state()
    if settings_allow() and content() != now.content:
        start()
    return _bundle(now)


_changing = threading.Lock()


@lru_cache(maxsize=2)
def _bundle(now: State) -> Bundle:
    with _changing:
        compiled.cache_clear()
        if now.library is None:
            return compiled()
        place = folder() / now.library
        if not place.is_dir():
            log.warning("%s is gone: the starter library serves", place)
            return compiled()
        return compiled(place)


def settings_allow() -> bool:
    """Whether this process may begin a compilation; tests say no."""
    return bool(settings.REFRESH_FINDER)


# --- compiling -------------------------------------------------------------------


_running: list[subprocess.Popen[bytes]] = []


def start() -> None:
    """Begin to compile what is published, in a process of its own.

    Nothing happens while one that this process began still runs; others wait for
    each other by a lock, and find nothing left to do.
    """
    _running[:] = [one for one in _running if one.poll() is None]
    if _running or not settings_allow() or _failed() == content():
        return
    command = [sys.executable, "-m", "achemap_site.manage", "compile", "--published"]
    _running.append(
        subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
    )


def _failed() -> str:
    try:
        return (folder() / "failed").read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def _alone() -> Iterator[None]:
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def refresh() -> Bundle:
    """Compile what is published now, unless that is what serves; return it.

    Raises BadInput when a published page cannot be read; the old finder stays.
    """
    with _alone():
        for _round in range(MOST_ROUNDS):
            wanted = content()
            if state().content == wanted:
                break
            _compile(wanted)
            catalogue.forget()
    return loaded()


def _compile(wanted: str) -> None:
    try:
        library = None if is_starter() else _exported(wanted)
        _bundle(State(wanted, library))
    except (BadInput, ValueError, KeyError, TypeError) as error:
        (folder() / "failed").write_text(wanted, encoding="utf-8")
        raise BadInput(f"the published patterns cannot be compiled: {error}") from error
    _keep(State(wanted, library))
    (folder() / "failed").unlink(missing_ok=True)
    _forget_old(library)


def _exported(wanted: str) -> str:
    from achemap_site.patterns.actions import export_library

    name = f"library-{wanted}"
    place = folder() / name
    if not place.is_dir():
        fresh = folder() / f"{name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        export_library(folder=fresh)
        fresh.rename(place)
    return name


def _forget_old(keep: str | None) -> None:
    held = [one for one in folder().glob("library-*") if one.name != keep]
    held.sort(key=lambda one: -one.stat().st_mtime)
    for old in held[KEPT_LIBRARIES - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
