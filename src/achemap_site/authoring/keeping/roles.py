"""Who may do what: four roles with least rights, and the way of a text to readers.

Made when they are not there; what an operator changed afterwards stays changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.models.workflows import GroupApprovalTask

from achemap_site.authoring.keeping.models import SecondReadingTask
from achemap_site.patterns.models import HomePage


@dataclass(frozen=True, slots=True)
class Role:
    """A group: rights on pages under the first page, on images, and on records."""

    name: str
    pages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


ENTER = "wagtailadmin.access_admin"
AUTHOR = Role(
    "Author",
    pages=("add_page",),
    images=("add_image", "choose_image"),
    rights=(ENTER, "authoring.view_oldpost", "authoring.change_oldpost"),
)
SECOND_READER = Role(
    "Second reader",
    images=("choose_image",),
    rights=(ENTER, "authoring.view_oldpost"),
)
EDITOR = Role(
    "Editor",
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    images=("add_image", "change_image", "choose_image"),
    rights=(
        ENTER,
        "authoring.view_oldpost",
        "authoring.change_oldpost",
        "authoring.add_oldexport",
        "authoring.view_feedback",
        "authoring.change_feedback",
        "authoring.view_unansweredwords",
        "authoring.change_unansweredwords",
        "authoring.add_featuredpattern",
        "authoring.change_featuredpattern",
        "authoring.delete_featuredpattern",
        "authoring.change_sitewords",
        "patterns.add_product",
        "patterns.change_product",
        "patterns.add_source",
        "patterns.change_source",
        "patterns.add_word",
        "patterns.change_word",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
OPERATOR = Role(
    "Operator",
    rights=(
        ENTER,
        "authoring.view_oldpost",
        "authoring.add_oldexport",
        "authoring.export_everything",
        "authoring.change_sitewords",
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
        "wagtailcore.change_site",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
ROLES = (AUTHOR, SECOND_READER, EDITOR, OPERATOR)
WORKFLOW = "Second reading, then publishing"
# What Wagtail makes by itself; removed while nobody uses it, lest there be two sets.
_WAGTAILS_GROUPS = ("Editors", "Moderators")
_WAGTAILS_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_roles(*, again: bool = False) -> list[str]:
    """Make the roles and the workflow that are missing; return what was made.

    With `again`, existing roles get exactly the rights above.
    """
    home = HomePage.objects.first()
    if home is None:
        return []
    made = [role.name for role in ROLES if _ensure(role, home, again)]
    if _ensure_workflow(home):
        made.append(WORKFLOW)
    if made:
        _remove_unused()
    return made


def _permissions(names: Iterable[str]) -> list[Permission]:
    pairs = [name.split(".") for name in names]
    found = Permission.objects.filter(
        content_type__app_label__in={app for app, _ in pairs},
        codename__in=[code for _, code in pairs],
    ).select_related("content_type")
    wanted = {tuple(pair) for pair in pairs}
    return [p for p in found if (p.content_type.app_label, p.codename) in wanted]


def _ensure(role: Role, home: Page, again: bool) -> bool:
    group, is_new = Group.objects.get_or_create(name=role.name)
    if not (is_new or again):
        return False
    group.permissions.set(_permissions(role.rights))
    group.page_permissions.all().delete()
    group.collection_permissions.all().delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=home.page_ptr, permission=permission)
        for permission in _permissions(f"wagtailcore.{name}" for name in role.pages)
    )
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in _permissions(f"wagtailimages.{name}" for name in role.images)
    )
    return True


def _ensure_workflow(home: Page) -> bool:
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return False
    reading = SecondReadingTask.objects.create(name="Second reading")
    reading.groups.set(Group.objects.filter(name__in=(SECOND_READER.name, EDITOR.name)))
    publishing = GroupApprovalTask.objects.create(name="Publishing")
    publishing.groups.set(Group.objects.filter(name=EDITOR.name))
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, task in enumerate((reading, publishing)):
        WorkflowTask.objects.create(
            workflow=workflow, task=task.task_ptr, sort_order=order
        )
    WorkflowPage.objects.update_or_create(
        page=home.page_ptr, defaults={"workflow": workflow}
    )
    return True


def _remove_unused() -> None:
    """Take away Wagtail's own roles and workflow, unless somebody uses them."""
    old = Workflow.objects.filter(name=_WAGTAILS_WORKFLOW).first()
    if old is not None and WorkflowState.objects.filter(workflow=old).exists():
        return
    groups = Group.objects.filter(name__in=_WAGTAILS_GROUPS)
    if groups.filter(user__isnull=False).exists():
        return
    if old is not None:
        tasks = [task.pk for task in old.tasks]
        old.delete()
        GroupApprovalTask.objects.filter(
            pk__in=tasks, workflow_tasks__isnull=True
        ).delete()
    groups.delete()
