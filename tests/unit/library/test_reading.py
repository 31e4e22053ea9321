"""Library files: what is read, and that each error names file, line and field."""

from pathlib import Path

import pytest

from achemap.errors import BadInput
from achemap.library import STARTER, load
from achemap.library.reading import parse_muscle, parse_pattern, read_text
from achemap.library.records import SECTION_HEADINGS


FOUNDING = STARTER / "patterns" / "serratus-posterior-inferior.md"


@pytest.fixture(scope="module")
def founding() -> str:
    return read_text(FOUNDING)


def test_the_founding_pattern_is_read(founding: str) -> None:
    pattern = parse_pattern(founding)

    assert pattern.title == "Aching and burning in the mid back"
    assert "kidney-checked" in pattern.triage
    assert pattern.care.ice is not None
    assert all(getattr(pattern.sections, name) for name in SECTION_HEADINGS)


@pytest.mark.parametrize(
    ("was", "becomes", "field", "says"),
    [
        ("level: essential", "level: esential", "zones[0].level", "esential"),
        ("minutes: 15", "minutes: soon", "care.heat.minutes", "Expected `int`"),
        ("minutes: 15", "minutes: 90", "care.heat", "between 1 and 20"),
        ("title:", "titel:", "titel", "did you mean title"),
        ("aching: always", "aching: mostly", "signs.feels", "mostly"),
        ("rib-angle-11", "rib-angel-11", "zones[0].", "rib-angle-11"),
        ("muscles: [serratus-posterior-inferior]", "muscles: []", None, "at least one"),
        ("authored: 2026-11-23", "authored: soon", "authored", "date"),
    ],
)
def test_an_error_names_file_line_and_field(
    founding: str, was: str, becomes: str, field: str | None, says: str
) -> None:
    broken = founding.replace(was, becomes, 1)
    line = next(
        number
        for number, text in enumerate(broken.splitlines(), start=1)
        if becomes in text
    )

    with pytest.raises(BadInput, match=says) as caught:
        parse_pattern(broken, "patterns/x.md")

    error = caught.value
    assert error.file == "patterns/x.md"
    assert "\n" not in str(error)
    if field is not None:
        assert error.field is not None
        assert error.field.startswith(field)
        assert error.line == line


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("## Therapy notes", "## Therapie notes", "did you mean Therapy notes"),
        ("## Therapy notes", "## What sets it off", "there twice"),
        ("## How people describe it", "Lost words", "before the first section"),
        ("---\nid:", "id:", "does not begin with front matter"),
        ("muscles: [", "muscles: [[", "not readable YAML"),
    ],
)
def test_a_broken_file_is_refused(
    founding: str, was: str, becomes: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        parse_pattern(founding.replace(was, becomes, 1), "patterns/x.md")


def test_a_missing_field_is_named() -> None:
    with pytest.raises(BadInput, match="'name' is missing") as caught:
        parse_muscle("id: x\n", "muscles/x.yaml")

    assert caught.value.line == 1


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns" / "x.md").write_bytes(b"---\nid: \xff\n---\n")

    with pytest.raises(BadInput, match="UTF-8"):
        load(tmp_path)


def test_an_id_that_is_not_the_files_name_is_refused(
    tmp_path: Path, founding: str
) -> None:
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns" / "other.md").write_text(founding, encoding="utf-8")

    with pytest.raises(BadInput, match="not the file's name"):
        load(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a folder"):
        load(tmp_path / "nowhere")
