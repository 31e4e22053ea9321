"""Front matter of a library file to page fields and back.

A *front* is the plain mapping at the top of a library file. `*_fields` turns it
into page attributes, `*_front` does the reverse; a round trip gives an equal
mapping, so a file that nobody edited is written back unchanged.
"""

from achemap_site.patterns.fronts.care import (
    care_blocks,
    care_front,
    placement_front,
    placement_value,
    step_front,
    step_value,
    thermal_front,
    thermal_value,
)
from achemap_site.patterns.fronts.fields import (
    Fields,
    Front,
    blocks,
    items,
    lines,
    pairs,
)
from achemap_site.patterns.fronts.records import (
    article_fields,
    article_front,
    muscle_fields,
    muscle_front,
    pattern_fields,
    pattern_front,
    technique_fields,
    technique_front,
)
from achemap_site.patterns.fronts.review import review_fields, review_front
from achemap_site.patterns.fronts.signs import SIGN_GROUPS, sign_blocks, signs_front
from achemap_site.patterns.fronts.zones import (
    point_front,
    point_value,
    zone_block,
    zone_front,
)


__all__ = [
    "SIGN_GROUPS",
    "Fields",
    "Front",
    "article_fields",
    "article_front",
    "blocks",
    "care_blocks",
    "care_front",
    "items",
    "lines",
    "muscle_fields",
    "muscle_front",
    "pairs",
    "pattern_fields",
    "pattern_front",
    "placement_front",
    "placement_value",
    "point_front",
    "point_value",
    "review_fields",
    "review_front",
    "sign_blocks",
    "signs_front",
    "step_front",
    "step_value",
    "technique_fields",
    "technique_front",
    "thermal_front",
    "thermal_value",
    "zone_block",
    "zone_front",
]
