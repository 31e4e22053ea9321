"""What people do with old posts. Nothing here publishes anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Page

from achemap.errors import BadInput
from achemap.library.records import SECTION_HEADINGS
from achemap.wordpress.media_links import is_file_name
from achemap.wordpress.placing import SECTIONS
from achemap_site.authoring.desk import drafting
from achemap_site.authoring.desk.addresses import add_redirects, new_address, page_now
from achemap_site.authoring.desk.models import OldPicture, OldPost, PictureUse
from achemap_site.authoring.desk.reading import completeness, is_leaf
from achemap_site.patterns import fronts
from achemap_site.patterns.models import (
    HomePage,
    PatternIndexPage,
    PatternPage,
    TextPage,
)


SURE = 0.9
LEFT_OUT = "left out by hand"
PATTERN, TEXT = "pattern", "text"


@transaction.atomic
def place_paragraphs(
    *,
    old: OldPost,
    sections: Mapping[int, str],
    ticked: Iterable[int],
    levels: Mapping[int, str],
    note: str,
) -> None:
    """Store where each paragraph goes and which proposals hold.

    `sections` maps paragraph numbers to a section or "" for “nowhere”; `ticked` and
    `levels` count proposals from 0. Unknown numbers are ignored.
    """
    for paragraph in old.paragraphs:
        wanted = sections.get(paragraph["n"], paragraph["section"])
        if wanted != paragraph["section"] and wanted in {"", *SECTIONS}:
            paragraph["section"] = wanted
            paragraph["confidence"] = 1.0
            paragraph["because"] = "placed by hand" if wanted else LEFT_OUT
    chosen = set(ticked)
    for number, proposal in enumerate(old.proposals):
        proposal["ticked"] = number in chosen
        if levels.get(number) in {"essential", "common", "spillover"}:
            proposal["level"] = levels[number]
    old.note = note
    _touched(old)


@transaction.atomic
def tick_the_sure(*, old: OldPost) -> int:
    """Tick every proposal that is nearly certain; return how many are new."""
    new = [
        each
        for each in old.proposals
        if each["confidence"] >= SURE and not each["ticked"]
    ]
    for each in new:
        each["ticked"] = True
    if new:
        _touched(old)
    return len(new)


def _touched(old: OldPost) -> None:
    old.completeness = completeness(old.paragraphs, old.proposals)
    if old.state == OldPost.State.NEW:
        old.state = OldPost.State.IN_WORK
    old.save()


@transaction.atomic
def assign(*, posts: Sequence[OldPost], person: Any) -> None:
    """Give old posts to a person, or to nobody."""
    OldPost.objects.filter(pk__in=[post.pk for post in posts]).update(person=person)


@transaction.atomic
def set_state(*, posts: Sequence[OldPost], state: str) -> int:
    """Set posts aside or bring them back; those with a page stay. Return how many."""
    allowed = {OldPost.State.NEW, OldPost.State.IN_WORK, OldPost.State.NOT_NEEDED}
    if state not in allowed:
        raise BadInput(f"“{state}” cannot be set by hand", fix="make a draft instead")
    free = OldPost.objects.filter(pk__in=[post.pk for post in posts], page=None)
    return free.update(state=state)


# --- pictures ----------------------------------------------------------------


@transaction.atomic
def describe_pictures(*, old: OldPost, words: Mapping[int, str], by: Any) -> int:
    """Say what pictures of a post show, by their number; return how many are new.

    Where a draft of a post holds such a picture without words, it gets them. Raises
    BadInput for words that are only a file's name.
    """
    done = 0
    uses = old.picture_uses.select_related("picture__image")
    for picture in {use.picture_id: use.picture for use in uses}.values():
        said = " ".join(words.get(picture.pk, "").split())[:250]
        if not said or said == picture.alt:
            continue
        if is_file_name(said, picture.address):
            raise BadInput(f"“{said}” is a file’s name", fix="say what it shows")
        picture.alt = said
        picture.save(update_fields=["alt"])
        if picture.image is not None:
            picture.image.description = picture.image.title = said
            picture.image.save(update_fields=["description", "title"])
            _describe_in_drafts(picture, by)
        done += 1
    return done


def _describe_in_drafts(picture: OldPicture, by: Any) -> None:
    """Put the words into the drafts that hold a picture without any."""
    drafted = picture.uses.filter(in_draft=True, alt="", post__page__isnull=False)
    for use in drafted.select_related("post__page"):
        found = use.post.page
        if not found.permissions_for_user(by).can_edit():
            continue
        page = found.specific.get_latest_revision_as_object()
        as_picture = isinstance(page, TextPage)
        bare, told = (
            drafting.picture_html(picture.image, words, as_picture=as_picture)
            for words in ("", picture.alt)
        )
        fields = [name for name in (*SECTION_HEADINGS, "body") if hasattr(page, name)]
        for name in fields:
            setattr(page, name, getattr(page, name).replace(bare, told))
        page.save_revision(user=by)


# --- drafts ------------------------------------------------------------------


@transaction.atomic
def make_draft(*, old: OldPost, target: str, by: Any) -> Page:
    """Make a draft of an old post, with redirects; a second time returns the first.

    `target` is “pattern”, “text”, or the number of a page to add the text to.
    Raises BadInput when the page to add to cannot hold text, or `by` may not do it.
    """
    old = OldPost.objects.select_for_update().get(pk=old.pk)
    if old.page is not None:
        return old.page
    shown = Pictures(old)
    if target == PATTERN:
        page = _new_page(PatternIndexPage.objects.get(), _pattern(old, by, shown), by)
    elif target == TEXT:
        page = _new_page(HomePage.objects.get(), _text(old, shown), by)
    else:
        page = _added_to(target, old, by, shown)
    PictureUse.objects.filter(pk__in=shown.done).update(in_draft=True)
    old.page = page.page_ptr if hasattr(page, "page_ptr") else page
    old.state = OldPost.State.DRAFTED
    old.drafted = timezone.now()
    old.facts = {**old.facts, "redirects": add_redirects(old=old, page=old.page)}
    old.save()
    return page


class Pictures:
    """The pictures of a post, on their way into a draft; `done` are those it took."""

    def __init__(self, old: OldPost) -> None:
        uses = old.picture_uses.select_related("picture__image")
        self._uses = [use for use in uses if use.picture.image is not None]
        self.done: list[int] = []

    def into(self, *, as_pictures: bool) -> drafting.Into:
        """Return what drafting needs; only pages of text hold pictures and tables."""

        def of_part(part: int) -> str:
            found = [use for use in self._uses if use.part == part]
            self.done += [use.pk for use in found]
            return "".join(
                drafting.picture_html(
                    use.picture.image, use.words, as_picture=as_pictures
                )
                for use in found
            )

        return drafting.Into(new_address, of_part, holds_tables=as_pictures)


def _allow(may: bool, what: str) -> None:
    if not may:
        raise BadInput(f"you may not {what}", fix="ask an editor to do it")


def _new_page(parent: Page, page: Any, by: Any) -> Any:
    may = parent.permissions_for_user(by).can_add_subpage()
    _allow(may, f"add pages under “{parent.title}”")
    page.slug = _free_slug(parent, page.title)
    page.live = False
    page.has_unpublished_changes = True
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=False)
    log(instance=page, action="wagtail.create", user=by)
    return page


def _free_slug(parent: Page, title: str) -> str:
    base = slugify(title)[:200] or "untitled"
    taken = set(
        parent.get_children()
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    tries = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in tries if slug not in taken)


def _title(old: OldPost) -> str:
    return " ".join(old.title.split())[:255] or f"Untitled {old.number}"


def _ticked(old: OldPost, kind: str) -> list[dict[str, Any]]:
    return [each for each in old.proposals if each["ticked"] and each["kind"] == kind]


def _zones(old: OldPost) -> list[tuple[str, Any]]:
    """Return the ticked zones; a map needs an essential one, so the surest is it."""
    zones = [
        {"level": each.get("level", "common"), "region": each["value"], "part": "", "side": "same"}
        for each in sorted(_ticked(old, "zone"), key=lambda each: -each["confidence"])
        if is_leaf(each["value"])
    ]  # fmt: skip
    if zones and all(zone["level"] != "essential" for zone in zones):
        zones[0]["level"] = "essential"
    return [("area", zone) for zone in zones]


def _signs(old: OldPost) -> list[tuple[str, Any]]:
    return [
        ("sign", {"group": group, "concept": each["value"], "how_often": "often"})
        for group in fronts.SIGN_GROUPS
        for each in _ticked(old, f"sign.{group}")
    ]


def _similar(old: OldPost) -> list[tuple[str, Any]]:
    """Return the look-alikes whose posts have a pattern page by now."""
    pages = [page_now(each["value"]) for each in _ticked(old, "similar")]
    records = {page.record_id for page in pages if isinstance(page, PatternPage)}
    return [
        ("similar", {"pattern": record, "tell_apart": ""}) for record in sorted(records)
    ]


def _pattern(old: OldPost, by: Any, shown: Pictures) -> PatternPage:
    page = PatternPage(
        title=_title(old),
        author=old.author or by.get_full_name() or by.get_username(),
        muscles=fronts.blocks(
            ("muscle", each["value"]) for each in _ticked(old, "muscle")
        ),
        zones=fronts.blocks(_zones(old)),
        signs=fronts.blocks(_signs(old)),
        similar=fronts.blocks(_similar(old)),
        see_someone=_sentences(old, "red-flag"),
        relief_on_the_go=fronts.lines(
            each["value"] for each in _ticked(old, "care-step")
        ),
    )
    for section in SECTION_HEADINGS:
        setattr(page, section, _section(old, section, shown))
    return page


def _section(old: OldPost, section: str, shown: Pictures) -> str:
    """Return a section's rich text; what has no section of its own ends the first."""
    into = shown.into(as_pictures=False)
    first = section == "describe"
    names = ("describe", "similar", "article") if first else (section,)
    return (into.pictures(0) if first else "") + "".join(
        drafting.section_html(old.paragraphs, name, into) for name in names
    )


def _sentences(old: OldPost, kind: str) -> str:
    return " ".join(each["value"] for each in _ticked(old, kind))


def _text(old: OldPost, shown: Pictures) -> TextPage:
    return TextPage(title=_title(old), body=_body(old, shown, as_pictures=True))


def _body(old: OldPost, shown: Pictures, *, as_pictures: bool) -> str:
    into = shown.into(as_pictures=as_pictures)
    return into.pictures(0) + drafting.whole_html(old.paragraphs, into)


def _added_to(target: str, old: OldPost, by: Any, shown: Pictures) -> Any:
    """Append an old post to a page, as a new draft version of it."""
    found = Page.objects.filter(pk=int(target)).first() if target.isdigit() else None
    if found is None:
        raise BadInput("there is no such page", fix="choose a page from the list")
    _allow(found.permissions_for_user(by).can_edit(), f"change “{found.title}”")
    page = found.specific.get_latest_revision_as_object()
    if isinstance(page, PatternPage):
        for section in SECTION_HEADINGS:
            more = _section(old, section, shown)
            setattr(page, section, getattr(page, section) + more)
        _append(
            page, "muscles", [("muscle", e["value"]) for e in _ticked(old, "muscle")]
        )
        _append(page, "zones", _zones(old))
        _append(page, "signs", _signs(old))
        _append(page, "similar", _similar(old))
    elif hasattr(page, "body"):
        page.body += _body(old, shown, as_pictures=isinstance(page, TextPage))
    else:
        raise BadInput(
            f"“{page.title}” holds no text of its own", fix="choose another page"
        )
    page.save_revision(user=by)
    return found


def _append(page: PatternPage, field: str, pairs: list[tuple[str, Any]]) -> None:
    have = fronts.pairs(getattr(page, field))
    new = [pair for pair in pairs if pair not in have]
    if new:
        setattr(page, field, fronts.blocks([*have, *new]))
