"""Old posts as the desk shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from achemap.atlas.vocabulary import regions
from achemap.library.records import SECTION_HEADINGS
from achemap_site.authoring.desk import drafting
from achemap_site.authoring.desk.forms import SORTS
from achemap_site.authoring.desk.models import (
    OldExport,
    OldPicture,
    OldPost,
    PictureUse,
)
from achemap_site.authoring.desk.reading import is_leaf
from achemap_site.patterns.models import (
    MusclePage,
    PatternPage,
    RecordPage,
    TextPage,
)


HEAVY = ("content", "newer_content", "paragraphs", "proposals", "facts")
# Below this a person should look at where a paragraph went.
UNSURE = 0.6
_KINDS = (
    ("muscle", "Muscles"),
    ("zone", "Zones"),
    ("sign", "Signs"),
    ("similar", "Similar patterns"),
    ("red-flag", "Signs of danger"),
    ("aggravator", "What sets it off"),
    ("care-step", "Self-care"),
    ("product", "Products, marked as advertising"),
    ("video", "Videos"),
    ("technique", "Techniques"),
    ("companion", "Posts that belong to it"),
)


def listed() -> QuerySet[OldPost]:
    """Return old posts with their state as it is now; “published” follows the page."""
    return (
        OldPost.objects.defer(*HEAVY)
        .select_related("person", "page", "export")
        .annotate(
            now=Case(
                When(page__live=True, then=Value(OldPost.State.PUBLISHED.value)),
                default=F("state"),
            )
        )
    )


def filtered(given: Mapping[str, Any]) -> QuerySet[OldPost]:
    """Return the old posts that the filters leave, sorted."""
    posts = listed()
    if words := given.get("q"):
        posts = posts.filter(Q(title__icontains=words) | Q(link__icontains=words))
    if state := given.get("state"):
        posts = posts.filter(now=state)
    for name in ("kind", "generation"):
        if value := given.get(name):
            posts = posts.filter(**{name: value})
    if given.get("export"):
        posts = posts.filter(export_id=int(given["export"]))
    if person := given.get("person"):
        nobody = person == "nobody"
        posts = posts.filter(person=None if nobody else int(person))
    return posts.order_by(*SORTS.get(given.get("sort") or "title", SORTS["title"]))


def state_counts() -> list[tuple[str, Any, int]]:
    """Return (state, its name, how many posts) for every state."""
    found = {
        row["now"]: row["n"]
        for row in listed().order_by().values("now").annotate(n=Count("pk"))
    }
    return [(value, name, found.get(value, 0)) for value, name in OldPost.State.choices]


def original(old: OldPost) -> list[dict[str, Any]]:
    """Return the paragraphs for the frame that shows the original."""
    return [
        {
            "n": each["n"],
            "html": drafting.original_html(each),
            "is_heading": each["kind"] == "heading",
        }
        for each in old.paragraphs
    ]


def sections(old: OldPost) -> list[dict[str, Any]]:
    """Return the five sections and “nowhere”, each with its paragraphs in order."""
    names = [
        *SECTION_HEADINGS.items(),
        ("similar", _("Similar patterns")),
        ("article", _("A text of its own")),
        ("", _("In no section")),
    ]
    return [
        {
            "id": section,
            "name": name,
            "paragraphs": [
                _shown(each) for each in old.paragraphs if each["section"] == section
            ],
        }
        for section, name in names
    ]


def _shown(paragraph: Mapping[str, Any]) -> dict[str, Any]:
    percent = round(100 * paragraph["confidence"])
    return {
        **paragraph,
        "percent": percent,
        "is_unsure": bool(paragraph["section"]) and percent < 100 * UNSURE,
        "opening": paragraph["text"][:60] or paragraph["kind"],
    }


def proposals(old: OldPost) -> list[dict[str, Any]]:
    """Return proposals by kind, the surest first, in words a person reads."""
    names = _names(old)
    groups: list[dict[str, Any]] = []
    for kind, heading in _KINDS:
        found = [
            {
                **each,
                "number": number,
                "name": names.get((kind, each["value"]), each["value"]),
                "role": str(each["kind"]).partition(".")[2],
                "percent": round(100 * each["confidence"]),
                "is_whole_group": kind == "zone" and not is_leaf(each["value"]),
            }
            for number, each in enumerate(old.proposals)
            if str(each["kind"]).partition(".")[0] == kind
        ]
        if found:
            found.sort(key=lambda each: -each["confidence"])
            groups.append({"kind": kind, "heading": _(heading), "proposals": found})
    return groups


def _names(old: OldPost) -> dict[tuple[str, str], str]:
    values = {str(each["value"]) for each in old.proposals}
    muscles = MusclePage.objects.filter(record_id__in=values)
    found = {("muscle", m.record_id): m.title for m in muscles}
    found |= {("zone", r): regions()[r].name for r in values if r in regions()}
    return found | {
        ("sign", value): value.replace("-", " ") for value in values if "/" not in value
    }


def targets(old: OldPost) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a post can become: a page of its own, or part of another."""
    kinds = [("pattern", _("A new pain pattern")), ("text", _("A new page of text"))]
    if old.kind not in {"pattern", "self-care"}:
        kinds.reverse()
    pages = PatternPage.objects.order_by("title").values_list("pk", "title")
    return [
        (_("Its own page"), kinds),
        (_("Add to a pattern"), [(str(pk), title) for pk, title in pages]),
    ]


def drafted(old: OldPost) -> dict[str, Any]:
    """Return what became of a post that has a page."""
    if old.page is None:
        return {}
    page = old.page.specific
    return {
        "page": page,
        "is_record": isinstance(page, RecordPage),
        "redirects": old.facts.get("redirects", []),
        "not_carried": [
            *drafting.not_carried(
                old.paragraphs, holds_tables=isinstance(page, TextPage)
            ),
            *_pictures_left(old),
        ],
    }


# --- pictures ----------------------------------------------------------------


def pictures(old: OldPost) -> list[PictureUse]:
    """Return the pictures of a post, in the order in which they stood."""
    return list(old.picture_uses.select_related("picture__image"))


def _pictures_left(old: OldPost) -> list[tuple[str, str]]:
    """Return (address, why) for the pictures that a post's draft does not hold."""
    return [
        (str(use.picture), _why_left(use)) for use in pictures(old) if not use.in_draft
    ]


def _why_left(use: PictureUse) -> str:
    picture = use.picture
    if picture.image is not None:
        return str(_("here, but not in the draft: put it in by hand"))
    if picture.state == OldPicture.State.FOUND:
        return str(_("was deleted from the pictures here"))
    state = str(picture.get_state_display())
    return f"{state}: {picture.reason}" if picture.reason else state


def picture_counts(export: OldExport) -> dict[str, int]:
    """Return how many pictures of an export's sites there are, by what became of them.

    “in no post” are files of the media library that no post shows; they are left.
    """
    every = OldPicture.objects.filter(site__in=export.sites)
    found = dict(
        every.filter(uses__isnull=False)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk", distinct=True))
    )
    names = {"found": "found", "missing": "missing", "refused": "refused", "waiting": "not looked for"}  # fmt: skip
    return {name: found.get(state, 0) for state, name in names.items()} | {
        "not described": every.filter(uses__in=undescribed()).distinct().count(),
        "in no post": every.filter(uses__isnull=True).count(),
    }


def undescribed() -> QuerySet[PictureUse]:
    """Return where a picture stands that nobody has put into words."""
    return PictureUse.objects.filter(alt="", picture__alt="")


def picture_work() -> dict[int, list[tuple[str, str]]]:
    """Return, by old post, what its pictures lack: (id, words) for the overview."""
    states = OldPicture.State
    asked: list[tuple[str, Any, QuerySet[PictureUse]]] = [
        ("alt", _("%(n)s pictures without a description"), undescribed()),
        ("picture", _("%(n)s pictures missing"), PictureUse.objects.filter(picture__state__in=[states.MISSING, states.WAITING])),
        ("picture", _("%(n)s pictures refused"), PictureUse.objects.filter(picture__state=states.REFUSED)),
    ]  # fmt: skip
    found: dict[int, list[tuple[str, str]]] = {}
    for name, words, uses in asked:
        counted = uses.order_by().values_list("post").annotate(n=Count("pk"))
        for post, n in counted:
            found.setdefault(post, []).append((name, words % {"n": n}))
    return found
