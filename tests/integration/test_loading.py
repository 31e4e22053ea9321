from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from achemap.errors import BadInput
from achemap.library import load
from achemap.library.loading import STARTER
from achemap_site.patterns import models
from achemap_site.patterns.actions import KINDS, export_library, load_library


pytestmark = pytest.mark.django_db

FOUNDING = "patterns/serratus-posterior-inferior.md"


def test_loading_again_changes_nothing() -> None:
    done = load_library(root=STARTER)

    assert (done.new, done.updated, done.kept) == ([], [], [])
    assert done.unchanged > 0


def test_every_page_gives_back_its_record() -> None:
    library = load(STARTER)

    for kind in KINDS:
        records = getattr(library, kind.folder)
        pages = {page.record_id: page for page in kind.model.objects.all()}
        assert pages.keys() == records.keys()
        for name, record in records.items():
            assert pages[name].record() == record, name


def test_export_gives_back_the_same_bytes(tmp_path: Path) -> None:
    written = export_library(folder=tmp_path)

    originals = [
        str(path.relative_to(STARTER))
        for folder in (
            "patterns",
            "muscles",
            "techniques",
            "concepts",
            "collections",
            "products",
            "sources",
        )
        for path in (STARTER / folder).glob("*.*")
    ]
    assert written == sorted(originals)
    for name in written:
        assert (tmp_path / name).read_bytes() == (STARTER / name).read_bytes(), name


def test_an_edited_page_is_exported_with_the_edit_and_nothing_else(
    founding: Any, tmp_path: Path
) -> None:
    before = founding.record()
    founding.partial = "Only the spot beside the spine."
    founding.save()

    export_library(folder=tmp_path)

    from achemap.library.reading import parse_pattern

    after = parse_pattern((tmp_path / FOUNDING).read_text(encoding="utf-8"))
    assert after.partial == "Only the spot beside the spine."
    assert after.sections == before.sections
    assert after.zones == before.zones
    assert after.signs == before.signs


@pytest.fixture
def changed_library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(STARTER, folder)
    file = folder / FOUNDING
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("how-common: uncommon", "how-common: rare"), encoding="utf-8"
    )
    return folder


def test_a_changed_file_updates_its_page(changed_library: Path, founding: Any) -> None:
    done = load_library(root=changed_library)

    founding.refresh_from_db()
    assert done.updated == [FOUNDING]
    assert founding.how_common == "rare"


def test_an_editors_change_is_never_overwritten(
    changed_library: Path, founding: Any
) -> None:
    founding.see_someone = "My own words."
    founding.save()

    done = load_library(root=changed_library)

    founding.refresh_from_db()
    assert done.kept == [FOUNDING]
    assert founding.see_someone == "My own words."
    assert founding.how_common == "uncommon"


def test_an_unpublished_draft_is_never_overwritten(
    changed_library: Path, founding: Any
) -> None:
    founding.title = "A draft"
    founding.save_revision()

    done = load_library(root=changed_library)

    assert done.kept == [FOUNDING]


def test_opening_and_saving_in_the_editor_is_no_change(founding: Any) -> None:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    converter = ContentstateConverter(
        features=["h3", "h4", "bold", "italic", "ol", "ul", "link"]
    )
    for field in founding.prose:
        state = converter.from_database_format(getattr(founding, field))
        setattr(founding, field, converter.to_database_format(state))

    assert not founding.is_edited
    assert founding.export_text() == founding.source_text


def test_a_broken_file_changes_nothing_and_names_the_place(
    changed_library: Path,
) -> None:
    file = changed_library / FOUNDING
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("how-common: rare", "how-common: seldom"), encoding="utf-8"
    )

    with pytest.raises(BadInput) as error:
        load_library(root=changed_library)

    assert "serratus-posterior-inferior.md:6" in str(error.value)
    assert "how-common" in str(error.value)


def test_titles_make_the_addresses(founding: Any) -> None:
    assert founding.url_path.endswith("/patterns/aching-and-burning-in-the-mid-back/")
    assert models.MusclePage.objects.filter(slug="serratus-posterior-inferior").exists()
