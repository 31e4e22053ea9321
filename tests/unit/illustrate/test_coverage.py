"""Every zone and every trigger point of every pattern is seen in one of its panels."""

from __future__ import annotations

import pytest

from achemap.illustrate.coverage import coverage
from achemap.library import load


# Shares of area. A band that goes round a limb or a finger is never seen whole.
LEVEL_SEEN = 0.5
ZONE_SEEN = 0.3


@pytest.mark.parametrize("name", sorted(load().patterns))
def test_nothing_is_left_out(name: str) -> None:
    pattern = load().patterns[name]

    shown = coverage(pattern)

    assert min(shown.levels.values()) >= LEVEL_SEEN, shown.levels
    assert min(shown.zones) >= ZONE_SEEN, shown.zones
    assert all(shown.points), shown.points


def test_the_left_side_shows_as_much() -> None:
    pattern = load().patterns["temporalis-middle"]

    right, left = coverage(pattern), coverage(pattern, side="left")

    assert left.levels == pytest.approx(right.levels, abs=0.05)
    assert left.points == right.points
