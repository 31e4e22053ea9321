"""The overview: every text with what it lacks, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from achemap_site.authoring.desk.presenters import listed, picture_work
from achemap_site.authoring.feature import monday, rotation
from achemap_site.authoring.keeping.links import record_pages
from achemap_site.authoring.models import (
    Assignment,
    BrokenLink,
    FeaturedPattern,
    Feedback,
    OldPost,
    SecondReadingTask,
)
from achemap_site.authoring.overview import facts
from achemap_site.patterns.models import PatternPage, RecordPage


SOON = timedelta(days=30)
WEEKS = 12


@dataclass(slots=True)
class Row:
    """One text: a page, or an old post that is no page yet."""

    key: str
    kind: str
    title: str
    url: str
    format: str
    status: str
    complete: int
    missing: list[tuple[str, str]] = field(default_factory=list)
    person: Any = None
    review_by: date | None = None
    signed: str = ""
    broken: int = 0
    one_sided: list[str] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        """Whether it should be reviewed by now or within a month."""
        return self.review_by is not None and self.review_by <= today() + SOON


def today() -> date:
    """Return the day by the site's clock."""
    return timezone.localdate()


def rows() -> list[Row]:
    """Return every record page and every old post that waits."""
    found = [*_pages(), *_old_posts()]
    return sorted(found, key=lambda row: row.title.casefold())


def _pages() -> Iterable[Row]:
    people = {
        each.page_id: each.person
        for each in Assignment.objects.select_related("person")
    }
    broken = {
        each["page"]: each["n"]
        for each in BrokenLink.objects.order_by().values("page").annotate(n=Count("pk"))
    }
    from_old = dict(
        OldPost.objects.exclude(page=None).values_list("page_id", "generation")
    )
    moving = dict(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        ).values_list("workflow_state__object_id", "task__name")
    )
    read = _second_readings()
    pages = [_newest(page) for model in record_pages() for page in model.objects.all()]
    sided = facts.one_sided(
        {p.record_id: facts.similar_of(p) for p in pages if isinstance(p, PatternPage)}
    )
    for page in pages:
        lacks, share = facts.missing(page)
        yield Row(
            key=f"page-{page.pk}",
            kind=page.kind,
            title=page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            format=f"{from_old[page.pk]} → {_('new')}" if page.pk in from_old else _("new"),
            status=moving.get(str(page.pk)) or _status(page),
            complete=share,
            missing=lacks,
            person=people.get(page.pk),
            review_by=getattr(page, "review_by", None),
            signed=_signed(page, read.get(str(page.pk))),
            broken=broken.get(page.pk, 0),
            one_sided=sided.get(page.record_id, []) if page.kind == "pattern" else [],
        )  # fmt: skip


def _newest(page: Any) -> Any:
    """Return a page as it is being written, not only as it was published."""
    return (
        page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    )


def _status(page: RecordPage) -> str:
    if not page.live:
        return str(_("draft"))
    return (
        str(_("live, with changes")) if page.has_unpublished_changes else str(_("live"))
    )


def _second_readings() -> dict[str, datetime]:
    """Return, by page number, when its text was last approved by a second reader."""
    done = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        task__in=SecondReadingTask.objects.values("task_ptr"),
        finished_at__isnull=False,
    ).order_by("finished_at")
    return dict(done.values_list("workflow_state__object_id", "finished_at"))


def _signed(page: Any, read: datetime | None) -> str:
    """Return who read a text a second time, and whether it was changed since."""
    if not getattr(page, "reviewed", None):
        return ""
    changed = page.latest_revision_created_at
    since = read is not None and changed is not None and changed > read
    told = f"{page.reviewed_by}, {page.reviewed}"
    return f"{told} ({_('changed since')})" if since else told


def _old_posts() -> Iterable[Row]:
    lacks = picture_work()
    waiting = Q(state__in=(OldPost.State.NEW, OldPost.State.IN_WORK), page=None)
    unfinished = Q(pk__in=lacks) & ~Q(state=OldPost.State.NOT_NEEDED)
    for old in listed().filter(waiting | unfinished):
        yield Row(
            key=f"old-{old.pk}",
            kind="old post",
            title=str(old),
            url=reverse("desk-post", args=[old.pk]),
            format=old.generation,
            status=old.get_state_display(),
            complete=old.completeness,
            missing=lacks.get(old.pk, []),
            person=old.person,
        )


def filtered(every: list[Row], given: Mapping[str, Any]) -> list[Row]:
    """Return the rows that the filters leave, sorted."""
    tests = {
        "q": lambda row, v: v.casefold() in row.title.casefold(),
        "kind": lambda row, v: row.kind == v,
        "missing": lambda row, v: any(name == v for name, _words in row.missing),
        "person": lambda row, v: str(row.person.pk if row.person else "nobody") == v,
        "status": lambda row, v: row.status == v,
        "look": _looks,
    }
    found = [
        row
        for row in every
        if all(
            test(row, given[name]) for name, test in tests.items() if given.get(name)
        )
    ]
    sort = given.get("sort") or "title"
    if sort == "complete":
        found.sort(key=lambda row: row.complete)
    elif sort == "-complete":
        found.sort(key=lambda row: -row.complete)
    elif sort == "review":
        found.sort(key=lambda row: row.review_by or date.max)
    return found


def _looks(row: Row, what: str) -> bool:
    return {
        "due": row.is_due,
        "broken": bool(row.broken),
        "one-sided": bool(row.one_sided),
    }.get(what, True)


# --- the cards ---------------------------------------------------------------


def unanswered(limit: int = 5) -> tuple[int, list[Any]]:
    """Return how many words of readers found nothing, and the most frequent."""
    model = apps.get_model("authoring", "UnansweredWords")
    waiting = model.objects.filter(state="new").order_by("-times")
    return waiting.count(), list(waiting[:limit])


def open_feedback(limit: int = 5) -> tuple[int, list[Feedback]]:
    """Return how many messages of readers are open, and the newest."""
    waiting = Feedback.objects.filter(state=Feedback.State.NEW)
    return waiting.count(), list(waiting[:limit])


def calendar(weeks: int = 6) -> list[dict[str, Any]]:
    """Return the weekly features to come: chosen by hand, or whose turn it is."""
    first = monday(today())
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    chosen = {
        each.week_begins: each
        for each in FeaturedPattern.objects.filter(week_begins__in=days).select_related(
            "pattern"
        )
    }
    titles = dict(PatternPage.objects.live().values_list("record_id", "title"))
    return [_week(day, chosen.get(day), titles) for day in days]


def _week(day: date, by_hand: Any, titles: Mapping[str, str]) -> dict[str, Any]:
    turn = rotation(list(titles), day)
    title = by_hand.pattern.title if by_hand else titles.get(turn or "", "")
    return {"day": day, "title": title, "by_hand": by_hand}


def conversions(weeks: int = WEEKS) -> list[dict[str, Any]]:
    """Return, for the last weeks, how many old posts became drafts and were published."""
    first = monday(today()) - timedelta(weeks=weeks - 1)
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    counts = {day: {"day": day, "drafted": 0, "published": 0} for day in days}
    done = OldPost.objects.exclude(page=None).values_list(
        "drafted", "page__first_published_at"
    )
    for drafted, published in done:
        for name, when in (("drafted", drafted), ("published", published)):
            week = monday(timezone.localtime(when).date()) if when else None
            if week in counts:
                counts[week][name] += 1
    return _bars(list(counts.values()))


def _bars(weeks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the heights of a chart of 100 units, and where each bar stands."""
    most = max(max(week["drafted"], week["published"]) for week in weeks) or 1
    for number, week in enumerate(weeks):
        week["x"] = number * 26 + 4
        for name in ("drafted", "published"):
            week[f"{name}_height"] = round(80 * week[name] / most)
            week[f"{name}_y"] = 90 - week[f"{name}_height"]
        week["x2"] = week["x"] + 10
    return weeks
