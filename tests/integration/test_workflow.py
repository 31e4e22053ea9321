"""Write, second reader, publish; roles with least rights; what is kept."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Site, Workflow

from achemap_site.authoring import menus
from achemap_site.authoring.keeping import actions, links
from achemap_site.authoring.keeping.roles import WORKFLOW, ensure_roles
from achemap_site.authoring.models import Assignment, BrokenLink, Checkpoint, SiteWords
from achemap_site.patterns.models import PatternPage, TextPage


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles() -> None:
    ensure_roles()


def person(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", first_name=name)
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles)
    return user


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reaches(user: User, url: str) -> bool:
    """Whether a page opens; a download is taken to its end."""
    answer = as_(user).get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return bool(answer.status_code == 200)


def act(page: PatternPage, user: User, action: str = "approve") -> Any:
    page = PatternPage.objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    assert state is not None
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]
    )
    return as_(user).post(url, {"comment": "read"})


@pytest.fixture
def changed(founding: Any) -> PatternPage:
    """The founding page with a change that its author asks somebody to read."""
    author = person("Ann", "Author")
    founding.partial = "Only the ribs."
    founding.owner = author
    founding.save_revision(user=author)
    founding.get_workflow().start(founding, author)
    return PatternPage.objects.get(pk=founding.pk)


def test_roles_are_made_once_and_stay_as_an_operator_left_them() -> None:
    group = Group.objects.get(name="Editor")
    group.permissions.clear()

    assert ensure_roles() == []
    assert group.permissions.count() == 0
    ensure_roles(again=True)

    assert group.permissions.count() > 10
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()


def test_wagtails_own_groups_stay_while_somebody_is_in_them() -> None:
    Group.objects.filter(name="Author").delete()
    used = Group.objects.create(name="Moderators")
    used.user_set.add(User.objects.create_user("old-hand"))

    ensure_roles()

    assert Group.objects.filter(name="Moderators").exists()


def test_only_an_editor_may_publish() -> None:
    may = set(
        GroupPagePermission.objects.filter(
            permission__codename="publish_page"
        ).values_list("group__name", flat=True)
    )

    assert may == {"Editor"}


def test_a_text_is_read_signed_and_published(changed: PatternPage) -> None:
    reader, editor = person("Ben", "Second reader"), person("Eve", "Editor")

    act(changed, reader)

    page = PatternPage.objects.get(pk=changed.pk)
    assert (page.live, page.partial == "Only the ribs.") == (True, False)
    assert page.current_workflow_task_state.task.name == "Publishing"

    act(changed, editor)

    page = PatternPage.objects.get(pk=changed.pk)
    assert page.partial == "Only the ribs."
    assert page.reviewed_by == "Ben"
    assert page.reviewed is not None
    shown = as_(editor).get(f"/admin/keeping/{page.pk}/").content.decode()
    assert "Second reading" in shown
    assert "Ben" in shown
    assert "Eve" in shown

    def signed() -> str:
        listed = as_(editor).get(f"/admin/overview/?q={page.title[:20]}")
        return str(listed.context["rows"][0].signed)

    assert signed() == f"Ben, {page.reviewed}"
    page.partial = "Something else."
    page.save_revision(user=editor).publish()
    assert signed() == f"Ben, {page.reviewed} (changed since)"


def test_nobody_is_the_second_reader_of_their_own_text(changed: PatternPage) -> None:
    author = User.objects.get(username="Ann")
    author.groups.add(Group.objects.get(name="Second reader"))

    act(changed, author)

    page = PatternPage.objects.get(pk=changed.pk)
    assert page.current_workflow_task_state.task.name == "Second reading"
    assert (page.reviewed, page.reviewed_by) == (changed.reviewed, changed.reviewed_by)


def test_a_reader_can_send_a_text_back(changed: PatternPage) -> None:
    act(changed, person("Ben", "Second reader"), "reject")

    page = PatternPage.objects.get(pk=changed.pk)
    assert page.current_workflow_state.status == "needs_changes"
    assert (page.reviewed, page.reviewed_by) == (changed.reviewed, changed.reviewed_by)


def test_each_role_reaches_what_it_needs_and_no_more(founding: Any) -> None:
    places = {
        "overview": "/admin/overview/",
        "desk": "/admin/old-posts/",
        "upload": "/admin/old-posts/upload/",
        "export": "/admin/export/wordpress/",
        "users": "/admin/users/",
        "redirects": "/admin/redirects/",
    }
    reached = {
        role: {name for name, url in places.items() if reaches(user, url)}
        for role in ("Author", "Second reader", "Editor", "Operator")
        for user in [person(role.replace(" ", ""), role)]
    }

    assert reached == {
        "Author": {"overview", "desk"},
        "Second reader": {"overview", "desk"},
        "Editor": {"overview", "desk", "upload", "redirects"},
        "Operator": {"overview", "desk", "upload", "export", "users", "redirects"},
    }
    author = User.objects.get(username="Author")
    assert not founding.permissions_for_user(author).can_publish()
    assert founding.get_parent().permissions_for_user(author).can_add_subpage()


def test_a_checkpoint_is_compared_and_brought_back(founding: Any) -> None:
    editor = person("Eve", "Editor")
    client = as_(editor)
    url = f"/admin/keeping/{founding.pk}/"
    before = founding.partial

    client.post(url, {"name": "before the rewrite"})
    client.post(url, {"name": "before the rewrite"})
    founding.refresh_from_db()
    founding.partial = "Rewritten."
    founding.save_revision(user=editor).publish()
    kept = Checkpoint.objects.get()
    shown = client.get(url).content.decode()
    client.post(url, {"restore": str(kept.pk)})

    assert "before the rewrite" in shown
    assert f"/revisions/compare/{kept.revision_id}...latest/" in shown
    founding.refresh_from_db()
    assert founding.partial == "Rewritten."
    assert founding.get_latest_revision_as_object().partial == before


def test_a_checkpoint_outlives_purged_revisions_but_not_its_page(founding: Any) -> None:
    editor = person("Eve", "Editor")
    kept = actions.make_checkpoint(page=founding, name="kept", by=editor)
    kept.revision.delete()
    kept.refresh_from_db()

    actions.restore_checkpoint(checkpoint=kept, by=editor)
    assert as_(editor).get(f"/admin/keeping/{founding.pk}/").status_code == 200
    founding.delete()

    assert not Checkpoint.objects.exists()


def test_a_changed_address_leaves_a_redirect_and_is_told(
    founding: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = as_(User.objects.create_superuser("chief"))
    old = founding.url
    founding.slug = "mid-back"
    with django_capture_on_commit_callbacks(execute=True):
        founding.save_revision().publish()
    request = client.get("/admin/").wsgi_request

    menus.published(request, founding)

    said = [str(message) for message in get_messages(request)]
    assert any(old.rstrip("/") in message for message in said)
    assert Redirect.objects.filter(redirect_page_id=founding.pk).exists()
    assert client.get(old, follow=True).redirect_chain


def test_broken_links_are_found_and_listed(founding: Any) -> None:
    home = founding.get_parent().get_parent()
    page = TextPage(
        title="Links",
        slug="links",
        body='<p><a href="/go/pattern/nowhere/">a</a> <a href="/patterns/">b</a>'
        f' <a href="/nope/">c</a> <a linktype="page" id="{founding.pk}">d</a>'
        ' <a linktype="page" id="999999">e</a> <a href="mailto:x@example.org">f</a>'
        ' <a href="/find/">g</a> <a href="https://else.example/">h</a></p>',
    )
    home.add_child(instance=page)
    client = as_(User.objects.create_superuser("chief"))

    client.post("/admin/overview/links/")

    assert set(
        BrokenLink.objects.filter(page_id=page.pk).values_list("address", flat=True)
    ) == {"/go/pattern/nowhere/", "/nope/", "page 999999"}
    page.body = "<p>none</p>"
    page.save()
    assert links.check_page(page) == 0
    assert not BrokenLink.objects.filter(page_id=page.pk).exists()


def test_private_networks_are_never_asked() -> None:
    assert "does not answer" in links.ask("http://127.0.0.1:1/", 1)
    assert "does not answer" in links.ask("ftp://else.example/", 1)


def test_reminders_name_what_is_due_and_write_to_its_owner(founding: Any) -> None:
    owner, editor = person("Ann", "Author"), person("Eve", "Editor")
    other = PatternPage.objects.exclude(pk=founding.pk).first()
    assert other is not None
    PatternPage.objects.filter(pk__in=(founding.pk, other.pk)).update(
        review_by="2020-01-01"
    )
    Assignment.objects.create(page_id=founding.pk, person=owner)
    said = StringIO()

    call_command("remind", "--mail", "--days", "0", stdout=said)

    assert f"2020-01-01 {founding.title}" in said.getvalue()
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert founding.title in letters[owner.email]
    assert other.title in letters[editor.email]
    assert founding.title not in letters[editor.email]


def test_therapy_notes_are_open_unless_the_owner_wants_members(
    founding: Any, client: Client
) -> None:
    api = f"/api/v1/patterns/{founding.record_id}"
    words = strip_tags(founding.therapy_notes.split("<p>")[1])[:40]
    assert words in client.get(founding.url).content.decode()
    assert "therapy-notes" in client.get(api).json()["sections"]

    site = Site.objects.get(is_default_site=True)
    SiteWords.objects.update_or_create(site=site, defaults={"notes_for_members": True})

    page = client.get(founding.url)
    assert words not in page.content.decode()
    assert "/_util/login/?next=" in page.content.decode()
    assert "therapy-notes" not in client.get(api).json()["sections"]
    assert client.get("/_util/login/").status_code == 200
    member = as_(User.objects.create_user("member"))
    answer = member.get(founding.url)
    assert words in answer.content.decode()
    assert "Cookie" in answer.headers["Vary"]
