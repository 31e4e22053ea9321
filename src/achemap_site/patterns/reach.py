"""Which regions of the body a pattern reaches, and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from achemap.atlas.grammar import WEIGHT, Zone, parse_zone
from achemap.atlas.vocabulary import leaves, regions


# A region counts as reached when this share of it lies in a zone.
LEAST_SHARE = 0.08


def reach_of(zones: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return leaf region -> strongest level for plain zones, head to foot.

    A zone that is unfinished or unreadable reaches nothing: drafts may have some.
    """
    found: dict[str, str] = {}
    for data in zones:
        try:
            zone = parse_zone(data)
        except (ValueError, KeyError, TypeError):
            continue
        for region in _regions_of(zone):
            if region not in found or WEIGHT[zone.level] > WEIGHT[found[region]]:
                found[region] = zone.level
    return {region: found[region] for region in regions() if region in found}


def _regions_of(zone: Zone) -> Iterable[str]:
    named = _named_regions(zone)
    try:
        return [*named, *_covered_regions(zone)]
    except (ImportError, OSError):  # the atlas of the surface is not built
        return named


def _named_regions(zone: Zone) -> list[str]:
    if zone.area is not None:
        return list(leaves(zone.area.region))
    if zone.spot is not None:
        points = [zone.spot.at]
    else:
        points = list(zone.band.through) if zone.band is not None else []
    anchors = [point.anchor for point in points]
    return [leaf for one in anchors if not one.landmark for leaf in leaves(one.name)]


def _covered_regions(zone: Zone) -> Iterable[str]:
    from achemap.atlas.shares import region_shares

    return [
        region for region, share in region_shares(zone).items() if share >= LEAST_SHARE
    ]
