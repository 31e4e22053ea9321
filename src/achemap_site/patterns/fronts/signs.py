"""Signs to blocks and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from achemap_site.patterns.fronts.fields import Front


SIGN_GROUPS = ("feels", "worse", "better", "onset", "gesture", "comes-with", "time")


def sign_blocks(signs: Front) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield one block for each sign, in file order."""
    for group, concepts in signs.items():
        for concept, how_often in (concepts or {}).items():
            yield "sign", {"group": group, "concept": concept, "how_often": how_often}


def signs_front(values: Iterable[Front]) -> dict[str, dict[str, str]]:
    """Return the signs by group; groups without signs are left out."""
    found: dict[str, dict[str, str]] = {group: {} for group in SIGN_GROUPS}
    for value in values:
        found[value["group"]][value["concept"]] = value["how_often"]
    return {group: concepts for group, concepts in found.items() if concepts}
