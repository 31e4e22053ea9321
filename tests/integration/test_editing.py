"""The pattern editor's server half: forms, drawing, words, hints, pasting."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from achemap.atlas.baking import zone_field
from achemap.atlas.grammar import parse_zone
from achemap_site.patterns import fronts
from achemap_site.patterns.editing import zone_text
from achemap_site.patterns.models import PatternPage


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


# --- texts for streams --------------------------------------------------------


def test_zones_and_points_of_every_pattern_survive_as_text() -> None:
    for page in PatternPage.objects.all():
        for kind in ("zones", "points"):
            text = zone_text.text_of(kind, getattr(page, kind))
            entries = zone_text.entries_of(kind, text)
            assert [each.problem for each in entries] == [None] * len(entries)
            made = zone_text.blocks_of(kind, entries)
            stored = fronts.pairs(getattr(page, kind))
            front = fronts.zone_front if kind == "zones" else _point
            assert [front(*pair) for pair in made] == [front(*pair) for pair in stored]


def _point(_kind: str, value: Any) -> Any:
    return fronts.point_front(value)


def test_fields_of_every_pattern_survive_the_form() -> None:
    form_class = PatternPage.get_edit_handler().get_form_class()
    for page in PatternPage.objects.all():
        form = form_class(instance=page)
        for name in ("muscles", "zones", "points", "signs", "similar"):
            field = form.fields[name]
            text = field.prepare_value(getattr(page, name))
            assert field.clean(text) is field.before, (page, name)


@pytest.fixture
def marked(founding: Any) -> Any:
    """A page whose ice has a way to stroke and whose patch has an inner edge."""
    blocks = []
    for kind, value in fronts.pairs(founding.care):
        strip = {"strip": "rib-angle-11\nrib-angle-9"} if kind == "ice" else {}
        edge = {"inner_edge": "across-spine"} if kind == "product" else {}
        blocks.append((kind, {**value, **strip, **edge}))
    founding.care = fronts.blocks(blocks)
    founding.save()
    founding.refresh_from_db()
    return founding


def test_blocks_of_care_keep_the_way_of_a_stroke_and_the_edge_of_a_patch(
    marked: Any,
) -> None:
    before = marked.record().care
    assert [str(point) for point in before.ice.strip] == ["rib-angle-11", "rib-angle-9"]
    assert before.product[0].inner_edge == "across-spine"

    for _again in range(2):
        marked.care = marked.care.stream_block.clean(marked.care)
        marked.save()
        marked.refresh_from_db()

    assert marked.record().care == before


def test_care_that_was_stored_before_these_were_fields_is_still_read(
    marked: Any,
) -> None:
    before = marked.record().care
    stored = []
    for kind, value in fronts.pairs(marked.care):
        old = dict(value)
        if kind == "ice":
            old = fronts.thermal_front(value)
        if kind == "product":
            old = fronts.placement_front(value)
        stored.append((kind, old))
    marked.care = fronts.blocks(stored)
    marked.save()
    marked.refresh_from_db()
    assert marked.record().care == before

    marked.care = marked.care.stream_block.clean(marked.care)

    assert marked.record().care == before


def test_a_changed_zone_keeps_the_ids_of_the_others(founding: Any) -> None:
    founding.save()  # gives the blocks their ids
    founding.refresh_from_db()
    form_class = PatternPage.get_edit_handler().get_form_class()
    field = form_class(instance=founding).fields["zones"]
    lines = field.prepare_value(founding.zones).splitlines()

    made = field.clean("\n".join([*lines[1:], "- {level: common, area: flank}"]))

    ids = [block.get("id") for block in founding.zones.raw_data]
    assert [block.get("id") for block in made.raw_data][:-1] == ids[1:]


# --- drawing ------------------------------------------------------------------


def draw(client: Client, **asked: Any) -> Any:
    return client.post(
        reverse("patterns_editing:draw"),
        json.dumps(asked),
        content_type="application/json",
    )


def cells_of(zone: dict[str, Any]) -> set[int]:
    return set(np.flatnonzero(zone_field(parse_zone(zone)) > 0).tolist())


@pytest.mark.parametrize(
    "zone",
    [
        {"level": "essential", "area": "kidney-angle"},
        {"level": "common", "spot": {"at": "rib-angle-11 out 2", "radius_cm": 3}},
        {"level": "common", "area": "flank", "side": "other"},
        {"level": "common", "spot": {"at": "spine-l1 out 5", "radius_cm": 4}, "side": "both"},
        {"level": "spillover", "shape": {"plate": "back", "spline": [[4, 100], [14, 104], [11, 128], [5, 121]]}},
    ],
)  # fmt: skip
def test_what_is_painted_comes_back_as_a_zone_over_the_same_place(
    editor: Client, zone: dict[str, Any]
) -> None:
    painted = cells_of(zone)
    change = {
        "act": "paint",
        "level": zone["level"],
        "plate": "back",
        "cells": sorted(painted),
    }

    answer = draw(editor, change=change).json()

    (entry,) = answer["entries"]
    made = set(entry["cells"])
    assert entry["level"] == zone["level"]
    assert entry["side"] == zone.get("side", "same")
    assert len(made & painted) / len(made | painted) > 0.85
    assert answer["picture"]["panels"]


def test_a_curve_is_kept_to_the_millimetre_on_the_neutral_body(editor: Client) -> None:
    points = [[50.0, 40.0], [58.0, 42.0], [55.0, 55.0]]
    first = draw(
        editor, change={"act": "spline", "plate": "back", "spline": points}
    ).json()

    again = draw(editor, zones=first["zones"], points="").json()

    assert again["zones"] == first["zones"]
    spline = again["entries"][0]["spline"]
    assert spline["plate"] == "back"
    assert np.allclose(spline["points"], points, atol=0.051)
    assert again["entries"][0]["cells"] == first["entries"][0]["cells"]


def test_a_curve_drawn_on_another_body_lies_over_the_same_place(editor: Client) -> None:
    from achemap_site.patterns.editing.sketching import shown

    female, _left = shown("back", "female")
    held = sorted(cells_of({"level": "common", "area": "kidney-angle"}))
    middle = female.project(held).mean(0) / female.scale
    points = [[middle[0] + dx, middle[1] + dy] for dx, dy in ((-3, -3), (3, -3), (3, 3), (-3, 3))]  # fmt: skip

    change = {"act": "spline", "plate": "back", "body": "female", "spline": points}
    made = draw(editor, change=change).json()["entries"][0]["cells"]

    assert len(set(held) & set(made)) > 0.5 * min(len(held), len(made))


def test_a_close_up_of_the_left_hand_is_written_for_the_other_side(
    editor: Client,
) -> None:
    points = [[8.0, 20.0], [11.0, 20.0], [11.0, 24.0], [8.0, 24.0]]

    change = {"act": "spline", "plate": "hand-palm-left", "spline": points}
    entry = draw(editor, change=change).json()["entries"][0]

    assert entry["side"] == "other"
    assert "plate: hand-palm," in entry["text"]
    assert entry["spline"]["plate"] == "hand-palm-left"
    assert np.allclose(entry["spline"]["points"], points, atol=0.051)
    assert all(cell % 2 == 0 for cell in entry["cells"])


@pytest.mark.parametrize(
    ("name", "written"), [("back", "back"), ("front", "front"), ("left", "right")]
)
def test_a_curve_on_the_left_is_written_for_the_right_and_shown_where_it_was_drawn(
    editor: Client, name: str, written: str
) -> None:
    x = {"back": 30.0, "front": 54.0, "left": 66.0}[name]
    points = [[x, 45.0], [x + 6, 46.0], [x + 5, 55.0], [x + 1, 54.0]]

    change = {"act": "spline", "plate": name, "spline": points}
    entry = draw(editor, change=change).json()["entries"][0]

    assert entry["side"] == "other"
    assert f"plate: {written}," in entry["text"]
    assert all(cell % 2 == 0 for cell in entry["cells"])
    assert entry["spline"]["plate"] == name
    assert np.allclose(entry["spline"]["points"], points, atol=0.051)


def test_a_line_can_change_its_level_its_side_and_its_form(editor: Client) -> None:
    zones = "- {level: essential, area: flank}\n- {level: common, area: kidney-angle}"

    for change, expected in (
        ({"act": "level", "first": 1, "level": "spillover"}, "level: spillover, area: kid"),
        ({"act": "side", "first": 0, "side": "both"}, "area: flank, side: both"),
        ({"act": "form", "first": 1, "form": "shape", "plate": "back"}, "plate: back"),
        ({"act": "remove", "first": 0, "last": 1}, "- {level: common, area: kidney-angle}"),
    ):  # fmt: skip
        answer = draw(editor, zones=zones, change=change).json()
        assert expected in answer["zones"]
        assert len(answer["entries"]) == (1 if change["act"] == "remove" else 2)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ("- {level: essential, area: kidny-angle}", "did you mean kidney-angle"),
        ("\n- {level: essential, area: flank, width: 3}", "zones:2"),
        ("- {level: strong, area: flank}", "level"),
        ("- {level: essential, band: {through: [spine-l1], width_cm: 3}}", "two points"),
        ("- {level: essential, spot: {at: spine-l1 sideways 2, radius_cm: 3}}", "direction"),
        ("flank please", "write - {level: essential"),
        ("- {level: essential, area: [flank}", "readable YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line_and_kept(
    editor: Client, zones: str, expected: str
) -> None:
    answer = draw(editor, zones=zones).json()

    assert answer["zones"] == zones
    assert any(expected in problem for problem in answer["problems"])


@pytest.mark.parametrize(
    "change",
    [
        {"act": "paint", "cells": [10**9]},
        {"act": "point", "cells": []},
        {"act": "spline", "spline": [[1, 2]]},
        {"act": "explode"},
        {"act": "paint", "plate": "moon", "cells": [1]},
        {"act": "paint", "cells": "all"},
    ],
)
def test_a_change_that_makes_no_sense_is_one_line_and_status_422(
    editor: Client, change: dict[str, Any]
) -> None:
    answer = draw(editor, change=change)

    assert answer.status_code == 422
    assert "\n" not in answer.json()["problem"]


def test_drawing_is_for_editors_only(client: Client) -> None:
    answer = draw(client, zones="")

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


# --- choosers and words -------------------------------------------------------


def test_choosers_offer_titles(editor: Client) -> None:
    for kind in ("pattern", "muscle", "technique", "product", "source", "rule", "word", "article", "region"):  # fmt: skip
        rows = editor.get(reverse("patterns_editing:records", args=[kind])).json()
        assert all(row["id"] and row["title"] for row in rows["records"]), kind
        assert rows["records"], kind
    missing = reverse("patterns_editing:records", args=["page"])
    assert editor.get(missing).status_code == 404


WORD = {
    "id": "carrying-a-harp",
    "kind": "activity",
    "name": "Carrying a harp",
    "ways": "lugging my harp\ncarrying the harp about",
}


@pytest.fixture
def words_beside(tmp_path: Any, monkeypatch: Any) -> Any:
    file = tmp_path / "words-site.yaml"
    monkeypatch.setenv("ACHEMAP_WORDS", str(file))
    return file


def add_word(client: Client, **changed: str) -> Any:
    return client.post(
        reverse("patterns_editing:words"),
        json.dumps({**WORD, **changed}),
        content_type="application/json",
    )


def test_a_new_word_is_understood_and_survives_an_export(
    editor: Client, words_beside: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    from achemap.language import load_lexicon, understand
    from achemap_site.patterns.actions import export_library
    from achemap_site.patterns.models import Word
    from achemap_site.patterns.records_without_pages import site_words

    with django_capture_on_commit_callbacks(execute=True):
        assert add_word(editor).json() == {"id": "carrying-a-harp"}

    lexicon = load_lexicon()
    assert lexicon.concepts["carrying-a-harp"].ways[0] == "lugging my harp"
    heard = understand("it hurts when lugging my harp", lexicon=lexicon)
    assert "carrying-a-harp" in {each.concept for each in heard.mentions}

    folder = tmp_path / "library"
    written = export_library(folder=folder)
    assert site_words.FILE in written
    assert (folder / site_words.FILE).read_text() == words_beside.read_text()

    Word.objects.all().delete()

    class Done:
        new: list[str] = []  # noqa: RUF012 - a stand-in for the account of a load

    site_words.load_words(root=folder, done=Done())
    assert Word.objects.get().name == "Carrying a harp"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": "coughing"}, "already in the lexicon"),
        ({"ways": "only one"}, "two ways"),
        ({"kind": "danger"}, "kind"),
        ({"id": "no good id"}, "id"),
        ({"name": ""}, "name"),
    ],
)
def test_a_word_that_will_not_do_is_refused(
    editor: Client, words_beside: Any, changed: dict[str, str], expected: str
) -> None:
    answer = add_word(editor, **changed)

    assert answer.status_code == 422
    assert expected in answer.json()["problem"]
    assert not words_beside.exists()
