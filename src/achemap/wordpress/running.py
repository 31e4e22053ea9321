"""An export to a folder of drafts, with a report of what went where and what did not.

Nothing is seen before everything is ready: drafts are made in a folder of their own
inside the target and moved, one by one and each whole, when the export was read to
its end. Every file's content depends only on the export, so a second run changes
nothing and a run that was killed is finished by running it again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import msgspec

from achemap.errors import BadInput
from achemap.library.records import Muscle
from achemap.wordpress.converting import Converted, convert_post
from achemap.wordpress.ledger import Ledger
from achemap.wordpress.media import Gathered, Gatherer
from achemap.wordpress.reading import read_items
from achemap.wordpress.records import Author, Post, Site, Term
from achemap.wordpress.redirects import slug_of


# Item types that are not texts of the site, and what becomes of them.
SKIPPED: Mapping[str, str] = {
    "attachment": "listed in media.json",
    "nav_menu_item": "listed in menus.json",
    "revision": "an earlier state of a post that is here",
    "custom_css": "the old site's looks",
    "customize_changeset": "the old site's looks",
    "oembed_cache": "a copy of another site's page",
    "wp_global_styles": "the old site's looks",
    "wp_template": "the old site's looks",
    "wp_template_part": "the old site's looks",
    "wp_navigation": "the old site's looks",
    "wp_font_family": "the old site's looks",
    "wp_font_face": "the old site's looks",
    "user_request": "private data",
    "acf-field": "the settings of a plug-in",
    "acf-field-group": "the settings of a plug-in",
}
UNFINISHED = ".unfinished"
Progress = Callable[[int], None]


@dataclass(slots=True)
class _Run:
    """The state of one conversion."""

    stage: Path
    ledger: Ledger
    gatherer: Gatherer
    totals: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    generations: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    site: Site = field(default_factory=Site)
    terms: list[Term] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    menus: list[dict[str, str]] = field(default_factory=list)
    doubles: list[dict[str, str]] = field(default_factory=list)
    done: int = 0


def _json(data: object) -> bytes:
    try:
        return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
    except UnicodeEncodeError:
        return _raw(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _checksum(post: Post) -> str:
    return hashlib.sha256(_raw(repr(post))).hexdigest()


def _file_name(post: Post) -> str:
    """Return the draft's file name, which depends on the post's id alone."""
    if post.id.isdigit():
        return f"{post.id}.json"
    digest = hashlib.sha256(_raw(post.id)).hexdigest()[:8]
    return f"{slug_of(post.id)[:60] or 'post'}-{digest}.json"


def _take_text(run: _Run, post: Post, muscles: Mapping[str, Muscle]) -> None:
    checksum = _checksum(post)
    known = run.ledger.known(post.id)
    if known == checksum:
        run.doubles.append({"id": post.id, "what": "the same item twice; kept once"})
        return
    if known is not None:
        own = hashlib.sha256(_raw(post.content + post.title)).hexdigest()[:6]
        post = replace(post, id=f"{post.id}-{own}")
        run.doubles.append({"id": post.id, "what": "another item with an id in use"})
        if run.ledger.known(post.id) is not None:
            return
    converted = convert_post(post, muscles)
    path = run.stage / "drafts" / _file_name(post)
    path.write_bytes(_json(converted.draft))
    entry = converted.entry
    run.ledger.note(post, checksum, entry, converted.addresses)
    _count(run, entry)
    _note_media(run, converted)


def _count(run: _Run, entry: Mapping[str, Any]) -> None:
    for name, value in entry.items():
        if isinstance(value, int) and not isinstance(value, bool):
            run.totals[name] += value
    run.totals["protected"] += bool(entry["protected"])
    run.generations[entry["generation"]] += 1
    run.statuses[entry["status"]] += 1
    run.done += 1


def _note_media(run: _Run, converted: Converted) -> None:
    for each in converted.placement.in_order():
        for media in each.segment.media:
            if media.kind != "picture":
                continue
            data = {
                "post": converted.post.id,
                "at": each.segment.at,
                "attachment": media.attachment,
                "url": media.address,
                "alt": media.described,
                "caption": media.caption,
            }
            run.ledger.media(media.address, {"from": "post", **data})


def _take_other(run: _Run, post: Post) -> None:
    run.skipped[post.kind] += 1
    if post.kind == "attachment":
        address = post.attachment_url or post.guid
        alt = post.field("_wp_attachment_image_alt")
        told = {
            "from": "attachment",
            "attachment": post.id,
            "url": address,
            "title": post.title,
            "alt": run.gatherer.fit_alt(alt, address),
            "caption": post.excerpt,
            "parent": post.parent,
        }
        run.ledger.media(address, told)
    elif post.kind == "nav_menu_item":
        run.menus.append(
            {
                "menu": next((n for t, n in post.terms if t == "nav_menu"), ""),
                "title": post.title,
                "order": post.menu_order,
                "parent": post.field("_menu_item_menu_item_parent"),
                "type": post.field("_menu_item_type"),
                "object": post.field("_menu_item_object"),
                "post": post.field("_menu_item_object_id"),
                "url": post.field("_menu_item_url"),
                "id": post.id,
            }
        )


def _read(
    run: _Run, source: Path, muscles: Mapping[str, Muscle], progress: Progress
) -> None:
    for item in read_items(source):
        match item:
            case Post():
                if item.kind in SKIPPED:
                    _take_other(run, item)
                else:
                    _take_text(run, item, muscles)
                progress(run.done)
            case Site():
                run.site = item
            case Term():
                run.terms.append(item)
            case Author():
                run.authors.append(item)


def _list(stream: IO[str], items: Iterable[object]) -> int:
    """Write a JSON list, one item a line, without holding it; return its length."""
    stream.write("[")
    count = 0
    for item in items:
        stream.write(",\n " if count else "\n ")
        stream.write(json.dumps(item, ensure_ascii=False))
        count += 1
    stream.write("\n]")
    return count


def _write_list(path: Path, items: Iterable[object]) -> int:
    with path.open("w", encoding="utf-8", errors="replace") as stream:
        count = _list(stream, items)
        stream.write("\n")
    return count


def _site_of(run: _Run) -> dict[str, Any]:
    return {
        "title": run.site.title,
        "address": run.site.address,
        "language": run.site.language,
        "version": run.site.version,
        "terms": [
            [each.taxonomy, each.slug, each.name, each.parent, each.description]
            for each in run.terms
        ],
        "authors": [[each.login, each.name] for each in run.authors],
    }


def _redirects(run: _Run) -> Iterator[dict[str, str]]:
    for each in run.ledger.redirects():
        yield {"old": each.old, "new": each.new, "post": each.post}


def _finish(run: _Run) -> dict[str, Any]:
    """Write the lists beside the drafts and the report; return its totals."""
    gathered = Gathered()
    redirected = _write_list(run.stage / "redirects.json", _redirects(run))
    listed = _write_list(
        run.stage / "media.json",
        run.gatherer.all(run.ledger.all_media(), run.stage, gathered),
    )
    (run.stage / "menus.json").write_bytes(_json(run.menus))
    (run.stage / "site.json").write_bytes(_json(_site_of(run)))
    problems = list(run.ledger.problems())
    totals: dict[str, Any] = {
        "posts_in": run.done + run.skipped.total() + len(run.doubles),
        "posts_converted": run.done,
        "attachments": run.skipped["attachment"],
        "menu_items": run.skipped["nav_menu_item"],
        **{name: run.totals[name] for name in sorted(run.totals)},
        "media_listed": listed,
        "media_found": gathered.found,
        "media_missing": gathered.missing,
        "media_refused": gathered.refused,
        "redirects": redirected,
        "address_problems": len(problems),
        "items_twice": len(run.doubles),
        "skipped": dict(sorted(run.skipped.items())),
        "skipped_because": {
            kind: SKIPPED[kind] for kind in sorted(run.skipped) if kind in SKIPPED
        },
        "generations": dict(sorted(run.generations.items())),
        "statuses": dict(sorted(run.statuses.items())),
        "twice": run.doubles,
        "addresses": problems,
    }
    with (run.stage / "report.json").open(
        "w", encoding="utf-8", errors="replace"
    ) as stream:
        head = json.dumps(totals, ensure_ascii=False, indent=1)
        stream.write(head.removesuffix("\n}") + ',\n "posts": ')
        _list(stream, run.ledger.entries())
        stream.write("\n}\n")
    return totals


def _same(one: Path, other: Path) -> bool:
    """Return whether two files hold the same bytes."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
    except FileNotFoundError:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while piece := left.read(1 << 20):
            if piece != right.read(1 << 20):
                return False
    return True


def _move(staged: Path, target: Path) -> bool:
    """Put a file where it belongs, whole; return whether that changed anything."""
    if _same(staged, target):
        staged.unlink()
        return False
    try:
        staged.replace(target)
    except OSError:
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(staged, part)
        part.replace(target)
        staged.unlink()
    return True


def _publish(stage: Path, out: Path, report: Path) -> int:
    """Move all staged files to their places, the report last; return how many changed."""
    changed = 0
    for folder in ("drafts", "media"):
        (out / folder).mkdir(exist_ok=True)
        for staged in sorted((stage / folder).iterdir()):
            changed += _move(staged, out / folder / staged.name)
    for name in ("media.json", "menus.json", "redirects.json", "site.json"):
        changed += _move(stage / name, out / name)
    changed += _move(stage / "report.json", report)
    return changed


def _left_over(stage: Path, out: Path) -> list[str]:
    """Return drafts in the target that this export does not hold."""
    new = {each.name for each in (stage / "drafts").iterdir()}
    old = (out / "drafts").glob("*.json") if (out / "drafts").is_dir() else ()
    return sorted(each.name for each in old if each.name not in new)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the target folder, so that no second run writes into it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise BadInput(f"cannot be made: {error.strerror}", file=out) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BadInput(
            "is being written by another run", file=out, fix="wait until it is done"
        ) from error
    finally:
        os.close(handle)


def _staged(out: Path, report: Path) -> Path:
    """Return an empty folder for unfinished work."""
    stage = out / UNFINISHED
    try:
        if stage.exists():
            shutil.rmtree(stage)
        (stage / "drafts").mkdir(parents=True)
        (stage / "media").mkdir()
        report.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot be made: {error.strerror}", file=out) from error
    return stage


def convert_export(
    source: Path,
    out: Path,
    report: Path,
    muscles: Mapping[str, Muscle],
    progress: Progress = lambda done: None,
    gatherer: Gatherer | None = None,
) -> dict[str, Any]:
    """Convert an export into `out` and write the report; return the report's totals.

    Drafts go to `out`/drafts, one file a post named by its id; files of the old site
    to `out`/media and media.json, addresses to redirects.json, menus to menus.json,
    categories, tags and authors to site.json. Raises BadInput for an export that
    cannot be read; then nothing in `out` and no report has changed.
    """
    with _alone(out):
        stage = _staged(out, report)
        ledger = Ledger(stage / "ledger.sqlite3")
        try:
            run = _Run(stage, ledger, gatherer or Gatherer())
            _read(run, source, muscles, progress)
            totals = _finish(run)
            left_over = _left_over(stage, out)
            changed = _publish(stage, out, report)
        except (sqlite3.Error, OSError) as error:
            raise BadInput(f"cannot be written: {error}", file=out) from error
        finally:
            ledger.close()
            shutil.rmtree(stage, ignore_errors=True)
    return {**totals, "files_changed": changed, "left_over": left_over}
