"""An export into old posts: in small steps, so that it can be stopped at any time.

A post is stored once, known by its old site and number. Each batch is one
transaction together with the count of what was read, so a process that is killed
leaves whole batches; the next run reads the file again and adds what is missing.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from achemap.errors import BadInput
from achemap.library.loading import STARTER, load
from achemap.library.records import Muscle
from achemap.wordpress.media import Gatherer
from achemap.wordpress.reading import read_posts
from achemap.wordpress.records import Post
from achemap.wordpress.uploads import Archive
from achemap_site.authoring.desk import pictures
from achemap_site.authoring.desk.models import OldExport, OldPost, PictureUse
from achemap_site.authoring.desk.reading import (
    NOT_TEXTS,
    fields_of,
    fingerprint,
    key_of,
)


BATCH = 25
# A reading process says that it lives with every batch.
SILENT_AFTER = timedelta(seconds=90)
ENDINGS = (".xml", ".wxr", ".zip", ".gz", ".json", ".html", ".htm")


@lru_cache(maxsize=1)
def _muscles() -> dict[str, Muscle]:
    return dict(load(STARTER).muscles)


def keep_export(*, stream: IO[bytes], name: str, by: Any) -> tuple[OldExport, bool]:
    """Store an uploaded file; return its record and whether it is new.

    The same bytes are stored once, whatever the file is called. Raises BadInput for
    a file that is no export by its name, or that is empty.
    """
    name = Path(name).name[:200]
    if not name.lower().endswith(ENDINGS):
        raise BadInput(
            f"“{name}” is not an export",
            fix=f"choose a file that ends in {', '.join(ENDINGS)}",
        )
    digest = hashlib.sha256()
    size = 0
    for block in iter(lambda: stream.read(1 << 20), b""):
        digest.update(block)
        size += len(block)
    if not size:
        raise BadInput(f"“{name}” is empty", fix="export again and choose that file")
    stream.seek(0)
    known = OldExport.objects.filter(sha256=digest.hexdigest()).first()
    if known is not None:
        return known, False
    export = OldExport(name=name, sha256=digest.hexdigest(), size=size, uploaded_by=by)
    ending = "".join(Path(name).suffixes[-2:]).lower()
    kept_as = f"{export.sha256[:16]}{ending if len(ending) < 12 else ''}"
    export.file.save(kept_as, File(stream), save=False)
    export.save()
    return export, True


def keep_uploads(*, export: OldExport, stream: IO[bytes]) -> None:
    """Store a zip of the uploads folder beside an export, in place of an older one.

    Raises BadInput when it is no zip.
    """
    before = export.uploads.name
    export.uploads.save(f"{export.sha256[:16]}-uploads.zip", File(stream), save=False)
    try:
        Archive(Path(export.uploads.path)).close()
    except BadInput as error:
        export.uploads.delete(save=False)
        raise BadInput(
            "the pictures are no whole zip file",
            fix="zip the folder wp-content/uploads and choose that file",
        ) from error
    export.save(update_fields=["uploads"])
    if before:
        export.uploads.storage.delete(before)


def start(export: OldExport) -> None:
    """Read an export: in a process of its own, or at once when settings say so."""
    if settings.IMPORT_AT_ONCE:
        run(export.pk)
        return
    subprocess.Popen(  # noqa: S603 - our own command
        [
            sys.executable,
            "-m",
            "achemap_site.manage",
            "import_posts",
            f"--id={export.pk}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def is_silent(export: OldExport) -> bool:
    """Return whether the process that reads an export was killed."""
    return export.state == OldExport.State.READING and (
        export.heard_of is None or export.heard_of < timezone.now() - SILENT_AFTER
    )


def _claim(number: int) -> bool:
    """Take an export for this process; False when another one reads it."""
    silent = Q(heard_of__isnull=True) | Q(heard_of__lt=timezone.now() - SILENT_AFTER)
    free = ~Q(state=OldExport.State.READING) | silent
    return bool(
        OldExport.objects.filter(free, pk=number).update(
            state=OldExport.State.READING,
            heard_of=timezone.now(),
            items_read=0,
            posts_new=0,
            posts_same=0,
            posts_changed=0,
            not_texts={},
            doubled=[],
            problem="",
        )
    )


def run(
    number: int, *, uploads: Path | None = None, hosts: Iterable[str] = ()
) -> OldExport:
    """Read an export to its end, then its pictures; what is there stays as it is.

    Pictures come from the zip beside the export, from `uploads` (a folder or a zip)
    and from `hosts`, besides those that the settings name. A file that cannot be read
    ends as “could not be read” with the reason; the posts before the fault are kept.
    """
    if not _claim(number):
        return OldExport.objects.get(pk=number)
    export = OldExport.objects.get(pk=number)
    try:
        fault = _read(export)
        _gather(export, uploads, hosts)
        if fault is not None:
            raise fault
    except BadInput as error:
        export.state = OldExport.State.FAILED
        export.problem = str(error).replace(Path(export.file.name).name, export.name)
    except Exception as error:
        export.state = OldExport.State.FAILED
        export.problem = f"{type(error).__name__}: {error}"[:500]
        export.save()
        raise
    else:
        export.state = OldExport.State.DONE
        if not export.items_read:
            export.state = OldExport.State.FAILED
            export.problem = str(BadInput("holds no posts", file=export.name))
    export.save()
    return export


def _read(export: OldExport) -> BadInput | None:
    """Store the posts; return the fault at which the file ends, if it has one."""
    path = Path(export.file.path)
    last = _doubled(export, path)
    try:
        for batch in _batches(_last_only(export, read_posts(path), last)):
            _store(export, batch)
    except BadInput as error:
        return error
    return None


def _doubled(export: OldExport, path: Path) -> dict[tuple[str, str], int]:
    """Note the posts whose number stands twice; return how often each of them does."""
    titles: dict[tuple[str, str], list[str]] = {}
    try:
        for at, post in enumerate(read_posts(path)):
            if at % 500 == 0:
                _beat(export)
            if post.kind not in NOT_TEXTS:
                titles.setdefault(key_of(post), []).append(post.title[:80])
    except BadInput:  # told when it is read in earnest
        pass
    twice = {key: each for key, each in titles.items() if len(each) > 1}
    export.doubled = [
        [key[1], [title.replace("\x00", "") for title in each]]
        for key, each in twice.items()
    ]
    return {key: len(each) for key, each in twice.items()}


def _last_only(
    export: OldExport, posts: Iterable[Post], left: dict[tuple[str, str], int]
) -> Iterator[Post]:
    """Yield posts, of those with the same number the last one only."""
    for post in posts:
        key = key_of(post) if left and post.kind not in NOT_TEXTS else None
        if key in left and left[key] > 1:
            left[key] -= 1
            export.items_read += 1
        else:
            yield post


def _beat(export: OldExport) -> None:
    """Say that the process lives."""
    export.heard_of = timezone.now()
    OldExport.objects.filter(pk=export.pk).update(heard_of=export.heard_of)


def _gather(export: OldExport, uploads: Path | None, hosts: Iterable[str]) -> None:
    """Look for the pictures of the sites that an export speaks of."""
    allowed = frozenset(
        host.lower() for host in (*settings.FETCH_PICTURES_FROM, *hosts)
    )
    packed = Path(export.uploads.path) if export.uploads else None
    if uploads is not None and uploads.is_file():
        packed, uploads = uploads, None
    archive = Archive(packed) if packed is not None else None
    try:
        pictures.gather(
            set(export.sites),
            Gatherer(uploads, allowed, archive),
            export.uploaded_by,
            lambda: _beat(export),
        )
    finally:
        if archive is not None:
            archive.close()


def _batches(posts: Iterable[Post]) -> Iterator[list[Post]]:
    """Yield posts in batches; those before a fault come before its error."""
    each = iter(posts)
    while True:
        batch: list[Post] = []
        try:
            batch.extend(islice(each, BATCH))
        except BadInput:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch


@transaction.atomic
def _store(export: OldExport, batch: list[Post]) -> None:
    """Store one batch and how far the export was read, together."""
    texts = {key_of(post): post for post in batch if post.kind not in NOT_TEXTS}
    skipped = Counter(post.kind for post in batch if post.kind in NOT_TEXTS)
    known = {
        (post.host, post.number): post
        for post in OldPost.objects.filter(number__in=[key[1] for key in texts]).defer(
            "paragraphs", "proposals", "facts"
        )
    }
    new = [
        OldPost(
            host=key[0], number=key[1], export=export, **fields_of(post, _muscles())
        )
        for key, post in texts.items()
        if key not in known
    ]
    OldPost.objects.bulk_create(new)
    pictures.note_attachments(post for post in batch if post.kind == "attachment")
    pictures.note_uses(new)
    pictures.note_uses(_unnoted(known, texts))
    changed = sum(_renew(known[key], texts[key]) for key in texts if key in known)
    export.sites = sorted({*export.sites, *(key[0] for key in texts)})
    export.items_read += len(batch)
    export.posts_new += len(new)
    export.posts_changed += changed
    export.posts_same += len(texts) - len(new) - changed
    export.not_texts = dict(Counter(export.not_texts) + skipped)
    export.heard_of = timezone.now()
    export.save()


def _unnoted(
    known: dict[tuple[str, str], OldPost], texts: dict[tuple[str, str], Post]
) -> list[OldPost]:
    """Return posts that came before pictures were brought along."""
    noted = set(
        PictureUse.objects.filter(post__in=known.values()).values_list(
            "post", flat=True
        )
    )
    return [
        known[key]
        for key, post in texts.items()
        if key in known and known[key].pk not in noted and pictures.has_pictures(post)
    ]


def _renew(old: OldPost, post: Post) -> bool:
    """Take over a newer text; return whether there is one.

    A post that nobody has worked on yet becomes the newer one. Else the newer text
    is kept beside it, for a person to compare.
    """
    if old.sha256 == fingerprint(post) or old.newer_content == post.content != "":
        return False
    if old.state == OldPost.State.NEW:
        for name, value in fields_of(post, _muscles()).items():
            setattr(old, name, value)
        pictures.note_uses([old])
    else:
        old.newer_content = post.content.replace("\x00", "")
    old.save()
    return True


@transaction.atomic
def take_newer(*, old: OldPost) -> None:
    """Make the text of a newer export the post's text; its parts are placed anew.

    Raises BadInput when there is none, or when a page was made of the older text.
    """
    if not old.newer_content:
        raise BadInput("no export holds a newer text", fix="keep this one")
    if old.page_id is not None:
        raise BadInput("a page is made of the older text", fix="change the page")
    facts = old.facts
    post = Post(
        id=old.number,
        kind=old.post_type,
        title=old.title,
        slug=str(facts.get("slug", "")),
        link=old.link,
        guid=str(facts.get("guid", "")),
        content=old.newer_content,
    )
    found = fields_of(post, _muscles())
    taken = ("content", "sha256", "kind", "generation", "counts", "paragraphs", "proposals", "completeness")  # fmt: skip
    for name in taken:
        setattr(old, name, found[name])
    old.newer_content = ""
    old.save()
    pictures.note_uses([old])
