"""Pictures of the old site: where they stood, and each file kept once.

What stood where is noted with the posts, in the same transaction. Looking for the
files comes after the posts; each picture is a transaction of its own, so that a run
can be stopped at any time and the next one does the rest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models import Q
from wagtail.images import get_image_model

from achemap.wordpress.media import Gatherer, plain, whole_name
from achemap.wordpress.media_links import is_file_name
from achemap.wordpress.pictures import Picture, Refused, checked
from achemap.wordpress.records import Post
from achemap_site.authoring.desk.models import OldPicture, OldPost, PictureUse
from achemap_site.authoring.desk.reading import key_of


_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg")
_ALT, _FEATURED = "_wp_attachment_image_alt", "_thumbnail_id"
Found = tuple[str, str, str, str, int]


def _key(site: str, address: str, number: str = "") -> str:
    """Return what a picture is known by; every size of it has the same."""
    if not address:
        return f"#{number}"[:64]
    if address.startswith("data:"):
        return hashlib.sha256(address.encode()).hexdigest()
    try:
        parts = urlsplit(urljoin(f"https://{site}/", whole_name(address)))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return hashlib.sha256(address.encode()).hexdigest()
    known = f"{host}{unquote(parts.path)}"
    if not parts.path.lower().endswith(_ENDINGS):
        known += f"?{parts.query}"
    return hashlib.sha256(known.encode()).hexdigest()


def _shown(paragraphs: Iterable[Mapping[str, Any]], fields: Any) -> Iterator[Found]:
    """Yield address, number, alt, caption and part of each picture of a post."""
    for name, value in fields:
        if name == _FEATURED and str(value).isdigit() and int(value):
            yield "", str(int(value)), "", "", 0
    for each in paragraphs:
        numbers = each.get("attachments") or [""] * len(each["media"])
        for (kind, address, alt, caption), number in zip(
            each["media"], numbers, strict=False
        ):
            if kind == "picture" and (address or number):
                yield address, str(number)[:40], alt, caption, each["n"]


# --- what stood where --------------------------------------------------------


def note_uses(posts: Sequence[OldPost]) -> None:
    """Note the pictures of some posts anew; what is known of the files stays."""
    found = {
        post.pk: list(_shown(post.paragraphs, post.facts.get("fields", [])))
        for post in posts
    }
    rows = _rows(
        (post.host, address, number, alt)
        for post in posts
        for address, number, alt, _caption, _part in found[post.pk]
    )
    PictureUse.objects.filter(post__in=[post.pk for post in posts]).delete()
    PictureUse.objects.bulk_create(
        PictureUse(
            post=post,
            picture=rows[post.host, _key(post.host, address, number)],
            position=position,
            part=part,
            alt=alt,
            caption=caption,
        )
        for post in posts
        for position, (address, number, alt, caption, part) in enumerate(found[post.pk])
    )


def note_attachments(posts: Iterable[Post]) -> None:
    """Note the addresses, numbers and descriptions of the export's media library."""
    _rows(
        (
            key_of(post)[0],
            post.attachment_url,
            post.id[:40],
            "" if is_file_name(post.field(_ALT), post.attachment_url) else post.field(_ALT).strip(),
        )
        for post in posts
        if post.attachment_url
    )  # fmt: skip


def _rows(
    wanted: Iterable[tuple[str, str, str, str]],
) -> dict[tuple[str, str], OldPicture]:
    """Return the pictures of (site, address, number, alt), made where they are new."""
    rows: dict[tuple[str, str], OldPicture] = {}
    for site, address, number, alt in wanted:
        key = (site, _key(site, address, number))
        row = rows.setdefault(
            key, OldPicture(site=key[0], key=key[1], address=address.replace("\0", ""))
        )
        row.number = row.number or number
        row.alt = row.alt or alt
    known = {
        (row.site, row.key): row
        for row in OldPicture.objects.filter(key__in={key for _site, key in rows})
    }
    OldPicture.objects.bulk_create([row for k, row in rows.items() if k not in known])
    for key, row in known.items():
        new = rows.get(key)
        if new is None:
            continue
        if (new.number and not row.number) or (new.alt and not row.alt):
            row.number, row.alt = row.number or new.number, row.alt or new.alt
            row.save(update_fields=["number", "alt"])
        rows[key] = row
    return rows


def has_pictures(post: Post) -> bool:
    """Return whether a post shows any picture, as far as its source tells."""
    return (
        "<img" in post.content
        or "[gallery" in post.content
        or bool(post.field(_FEATURED))
    )


@transaction.atomic
def join_numbers(sites: Collection[str]) -> None:
    """Lead pictures known by number only to the file of the media library."""
    loose = OldPicture.objects.filter(site__in=sites, key__startswith="#")
    for row in loose:
        whole = (
            OldPicture.objects.filter(site=row.site, number=row.number)
            .exclude(address="")
            .first()
        )
        if whole is not None:
            PictureUse.objects.filter(picture=row).update(picture=whole)
            row.delete()


# --- the files ---------------------------------------------------------------


def gather(
    sites: Collection[str], gatherer: Gatherer, by: Any, beat: Callable[[], None]
) -> None:
    """Look for every picture of some sites that stands in a post and is not here yet.

    `beat` is called now and then, to say that the process lives.
    """
    join_numbers(sites)
    waiting = OldPicture.objects.filter(
        ~Q(state=OldPicture.State.FOUND), site__in=sites, uses__isnull=False
    )
    for at, number in enumerate(list(waiting.distinct().values_list("pk", flat=True))):
        if at % 10 == 0:
            beat()
        _look(OldPicture.objects.get(pk=number), gatherer, by)
    beat()


def _look(row: OldPicture, gatherer: Gatherer, by: Any) -> None:
    """Look for one picture, and keep it or the reason why it is not here."""
    inside = row.address.startswith("data:")
    if gatherer.is_idle and not inside:
        return
    row.state, row.reason = OldPicture.State.MISSING, ""
    try:
        raw = _inside(row.address) if inside else _raw(row, gatherer)
    except (OSError, ValueError, URLError) as error:
        row.reason = plain(error)
        raw = None
    if raw is not None:
        _keep(row, raw, by)
        return
    row.reason = row.reason or (
        "is neither among the uploads nor at a host that may be asked"
        if row.address
        else "its file is not in the export’s media library"
    )
    row.save()


def _raw(row: OldPicture, gatherer: Gatherer) -> bytes | None:
    """Return a picture's file, the whole one rather than a smaller copy."""
    if not row.address:
        return None
    address = urljoin(f"https://{row.site}/", row.address)
    whole = whole_name(address)
    if whole != address:
        try:
            found = gatherer.raw(whole)
        except (OSError, ValueError):
            found = None
        if found is not None:
            return found
    return gatherer.raw(address)


def _inside(address: str) -> bytes:
    """Return a picture that is written into the text itself."""
    head, _, data = address.partition(",")
    if not head.endswith(";base64"):
        return unquote_to_bytes(data)
    try:
        return base64.b64decode(unquote(data), validate=False)
    except binascii.Error as error:
        raise ValueError("is written into the text, and broken") from error


def _keep(row: OldPicture, raw: bytes, by: Any) -> None:
    row.sha256 = hashlib.sha256(raw).hexdigest()
    same = OldPicture.objects.filter(sha256=row.sha256, image__isnull=False).first()
    try:
        made = None if same else checked(raw)
    except Refused as error:
        row.state, row.reason = OldPicture.State.REFUSED, str(error)[:255]
        row.save()
        return
    with transaction.atomic():
        row.state = OldPicture.State.FOUND
        row.image = same.image if same else _image(row, made, by)
        # The same picture was described where it stood elsewhere.
        row.alt = row.alt or row.image.description
        row.reason = made.note if made else ""
        row.save()


def _image(row: OldPicture, made: Picture | None, by: Any) -> Any:
    assert made is not None  # noqa: S101 - as read by the caller
    digest = hashlib.sha1(made.content, usedforsecurity=False).hexdigest()
    known = get_image_model().objects.filter(file_hash=digest).first()
    if known is not None:
        return known
    image = get_image_model()(
        title=(row.alt or _title(row))[:255],
        description=row.alt[:255],
        uploaded_by_user=by,
        file=ImageFile(BytesIO(made.content), f"{row.sha256[:20]}.{made.suffix}"),
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _title(row: OldPicture) -> str:
    """Return a name for the list of pictures; it is never shown to readers."""
    use = row.uses.select_related("post").first()
    words = (use.caption or use.post.title) if use else ""
    return f"Picture of “{' '.join(words.split())[:200]}”"
