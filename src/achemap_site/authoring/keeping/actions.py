"""Checkpoints, assignments, and what is said when an address changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from achemap.errors import BadInput
from achemap_site.authoring.keeping.models import Assignment, Checkpoint


@transaction.atomic
def make_checkpoint(*, page: Page, name: str, by: Any) -> Checkpoint:
    """Give the newest version of a page a name. Raises BadInput when it is taken."""
    name = " ".join(name.split())[:120]
    if not name:
        raise BadInput("a checkpoint needs a name", fix="such as “before the rewrite”")
    if Checkpoint.objects.filter(page_id=page.pk, name=name).exists():
        raise BadInput(f"there is a checkpoint “{name}” already", fix="choose another")
    revision = page.get_latest_revision()
    if revision is None:
        revision = page.specific.save_revision(user=by, changed=False)
    revision.refresh_from_db(fields=["content"])  # as it is stored: plain JSON
    return Checkpoint.objects.create(
        page_id=page.pk,
        name=name,
        made_by=by,
        revision=revision,
        content=revision.content,
    )


@transaction.atomic
def restore_checkpoint(*, checkpoint: Checkpoint, by: Any) -> Revision:
    """Make a new draft version with a checkpoint's content; nothing is published."""
    page = checkpoint.page.specific
    restored = page.with_content_json(checkpoint.content)
    found: Revision = restored.save_revision(
        user=by, log_action=True, previous_revision=checkpoint.revision
    )
    return found


@transaction.atomic
def assign_pages(*, pages: Sequence[int], person: Any) -> None:
    """Give pages to a person, or to nobody."""
    Assignment.objects.filter(page_id__in=pages).delete()
    if person is not None:
        Assignment.objects.bulk_create(
            Assignment(page_id=number, person=person) for number in pages
        )


@transaction.atomic
def ask_for_reading(*, pages: Sequence[int], by: Any) -> tuple[int, int]:
    """Start the workflow for pages with unpublished changes; return (started, left)."""
    started = 0
    for page in Page.objects.filter(pk__in=pages, has_unpublished_changes=True):
        specific = page.specific
        workflow = specific.get_workflow()
        may = specific.permissions_for_user(by).can_submit_for_moderation()
        if workflow is not None and may and not specific.workflow_in_progress:
            workflow.start(specific, by)
            started += 1
    return started, len(pages) - started
