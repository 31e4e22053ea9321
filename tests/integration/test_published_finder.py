"""What is published decides what is found; nothing is compiled in these tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from achemap.bundle import compiled
from achemap.errors import BadInput
from achemap_site.delivery import device, published
from achemap_site.patterns.models import PatternPage


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR = tmp_path
    device._held.cache_clear()
    yield
    device._held.cache_clear()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Which libraries were compiled; the starter library stands in for each."""
    asked: list[str | None] = []

    def bundle(now: published.State) -> Any:
        asked.append(now.library)
        return compiled()

    monkeypatch.setattr(published, "_bundle", bundle)
    return asked


def saying(page: PatternPage, words: str) -> None:
    page.sayings = f"{page.sayings}\n{words}"
    page.save_revision().publish()


def test_the_starter_library_needs_no_second_compilation(built: list[Any]) -> None:
    published.refresh()

    assert published.state() == published.State(published.content(), None)
    assert built[0] is None


def test_a_new_saying_changes_the_content_and_an_address_does_not(
    founding: PatternPage,
) -> None:
    before = published.content()
    founding.slug = "another-address"
    founding.save_revision().publish()
    assert published.content() == before

    saying(founding, "like a wet towel being wrung")
    assert published.content() != before


def test_a_draft_changes_nothing(founding: PatternPage) -> None:
    before = published.content()
    founding.sayings += "\nnot yet"
    founding.save_revision()

    assert published.content() == before


def test_what_is_published_is_compiled_from_its_own_folder(
    founding: PatternPage, built: list[Any]
) -> None:
    saying(founding, "like a wet towel being wrung")

    published.refresh()

    library = published.state().library
    assert built[0] == library
    assert library is not None
    file = published.folder() / library / "patterns" / f"{founding.record_id}.md"
    assert "like a wet towel being wrung" in file.read_text(encoding="utf-8")


def test_nothing_is_compiled_twice(built: list[Any], tmp_path: Path) -> None:
    published.refresh()
    built.clear()
    (tmp_path / "finder" / "current.json").touch()

    published.refresh()

    assert len(built) == 1  # read back, not compiled


def test_the_old_finder_serves_when_the_new_one_cannot_be_made(
    founding: PatternPage, built: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    published.refresh()
    before = published.state()
    saying(founding, "like a wet towel being wrung")

    def broken(**_: Any) -> Any:
        raise BadInput("a page cannot be written")

    monkeypatch.setattr("achemap_site.patterns.actions.export_library", broken)
    with pytest.raises(BadInput, match="cannot be compiled"):
        published.refresh()

    assert published.state() == before
    assert published._failed() == published.content()


def test_a_failed_content_is_not_tried_again(
    founding: PatternPage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REFRESH_FINDER = True
    begun: list[Any] = []
    monkeypatch.setattr(
        published.subprocess, "Popen", lambda command, **_: begun.append(command)
    )
    published.folder().mkdir(parents=True)
    (published.folder() / "failed").write_text(published.content(), encoding="utf-8")

    published.start()
    assert begun == []

    saying(founding, "something new")
    published._running.clear()
    published.start()
    published._running.clear()
    assert begun[0][-2:] == ["compile", "--published"]


def test_withdrawing_a_page_in_the_editor_begins_a_compilation(
    admin_client: Client,
    founding: PatternPage,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.REFRESH_FINDER = True
    begun: list[str] = []
    monkeypatch.setattr(published, "start", lambda: begun.append("begun"))
    founding.sayings += "\nlike a wet towel being wrung"
    founding.save_revision()

    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/pages/{founding.pk}/unpublish/")

    assert begun == ["begun"]


def test_an_earlier_version_is_still_served_to_open_pages(client: Client) -> None:
    base = device.bundle_address()
    assert client.get(f"{base}core.json").status_code == 200
    shelf = published.folder() / "browser"
    (shelf / base.rstrip("/").rpartition("/")[2]).rename(shelf / "an-older-version")
    device._held.cache_clear()

    old = client.get("/bundle/an-older-version/core.json")

    assert old.status_code == 200
    assert json.loads(old.content)["patterns"]
    assert client.get("/bundle/an-older-version/other.json").status_code == 404
    assert client.get("/bundle/an-unknown-version/core.json").status_code == 404


@pytest.fixture
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Compile into a cache of this test, and forget what was compiled."""
    monkeypatch.setenv("ACHEMAP_CACHE", str(tmp_path / "cache"))
    yield
    published._bundle.cache_clear()
    compiled.cache_clear()
    monkeypatch.undo()
    compiled()


def test_a_new_pattern_with_sayings_is_found_on_the_page_and_in_the_api(
    client: Client, founding: PatternPage, own_cache: None
) -> None:
    own = ("page_ptr", "record_id", "reach", "source_text", "source_prose", "sayings")
    fields = {
        field.name: getattr(founding, field.name)
        for field in PatternPage._meta.local_fields
        if field.name not in own
    }
    page = PatternPage(
        title="Squelching behind the belt buckle",
        slug="odd-new-pattern",
        record_id="odd-new-pattern",
        sayings="\n".join(
            f"it {verb} like a wet galosh behind my buckle"
            for verb in ("squelches", "squelched", "goes squelch", "is squelching")
        ),
        **fields,
    )
    founding.get_parent().add_child(instance=page)
    page.save_revision().publish()

    published.refresh()

    words = "it squelches like a wet galosh behind my buckle"
    found = client.post(
        "/api/v1/find", json.dumps({"text": words}), content_type="application/json"
    ).json()
    assert found["results"][0]["pattern"] == "odd-new-pattern"
    shown = client.post("/find/", {"text": words, "skip": "1", "about": "1"})
    assert "Squelching behind the belt buckle" in shown.content.decode()
    core = client.get(f"{device.bundle_address()}core.json").json()
    assert "odd-new-pattern" in [row[0] for row in core["patterns"]]
