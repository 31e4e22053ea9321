from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from achemap_site.patterns import fronts


LEVELS = st.sampled_from(["essential", "common", "spillover"])
SIDES = st.sampled_from(["same", "other", "both"])
SIZES = st.integers(1, 20) | st.floats(0.5, 20).map(lambda x: round(x, 2))
POINTS = st.sampled_from(["rib-angle-11", "spine-l1 out 5 up 1", "a..b 40%"])
FORMS = st.one_of(
    st.builds(
        lambda r, p: {"area": r + p},
        st.just("kidney-angle"),
        st.sampled_from(["", ".upper"]),
    ),
    st.builds(lambda a, r: {"spot": {"at": a, "radius_cm": r}}, POINTS, SIZES),
    st.builds(
        lambda t, w: {"band": {"through": t, "width_cm": w}},
        st.lists(POINTS, min_size=2, max_size=4),
        SIZES,
    ),
    st.builds(
        lambda s: {"shape": {"plate": "back", "spline": s}},
        st.lists(
            st.lists(st.integers(0, 90), min_size=2, max_size=2), min_size=3, max_size=6
        ),
    ),
)


@given(LEVELS, FORMS, SIDES)
def test_a_zone_survives_the_editor(
    level: str, form: dict[str, Any], side: str
) -> None:
    zone = {"level": level, **form} | ({} if side == "same" else {"side": side})

    assert fronts.zone_front(*fronts.zone_block(zone)) == zone


@given(
    st.dictionaries(
        st.sampled_from(fronts.SIGN_GROUPS),
        st.dictionaries(
            st.text("abc-", min_size=1),
            st.sampled_from(["often", "rarely"]),
            min_size=1,
        ),
    )
)
def test_signs_survive_the_editor(signs: dict[str, dict[str, str]]) -> None:
    values = [value for _, value in fronts.sign_blocks(signs)]

    assert fronts.signs_front(values) == signs


@given(st.lists(st.text(min_size=1).map(lambda t: " ".join(t.split())).filter(bool)))
def test_lists_survive_a_field_with_one_item_a_line(items: list[str]) -> None:
    assert fronts.items(fronts.lines(items)) == items


def test_blocks_are_the_json_that_a_stream_field_stores() -> None:
    stored = fronts.blocks([("point", {"at": "x"})])

    assert json.loads(stored) == [{"type": "point", "value": {"at": "x"}}]
    assert fronts.pairs(SimpleNamespace(raw_data=json.loads(stored))) == [
        ("point", {"at": "x"})
    ]
