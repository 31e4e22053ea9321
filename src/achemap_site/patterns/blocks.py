"""What an editor fills in beside the prose: two levels of blocks, never more."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from achemap_site.patterns import choices, fronts


# Lays the small fields of a block beside each other; see editor.css.
FIELDS = "struct-block ac-fields"


class Stream(StreamField):
    """A StreamField whose blocks stay out of the migrations.

    The blocks change often and the stored JSON does not depend on them; the price
    is that data migrations cannot render blocks.
    """

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        super().__init__(block_types, **options)

    def deconstruct(self) -> Any:
        name, _path, _args, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, "achemap_site.patterns.blocks.Stream", [], options


def _choice(options: Any, **extra: Any) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=options, **extra)


def _is_list(value: dict[str, Any], key: str) -> bool:
    return isinstance(value.get(key), list)


def _point_help() -> Any:
    return _(
        "A landmark or region, then moves over the skin in cm: "
        "“rib-angle-11 out 2 down 1”, “t7..t12 40%”."
    )


class AreaBlock(blocks.StructBlock):
    level = _choice(choices.LEVELS)
    region = _choice(choices.leaf_regions)
    part = _choice(choices.ZONE_PARTS, required=False)
    side = _choice(choices.ZONE_SIDES, default="same")

    class Meta:
        label = _("Area: a region or part of one")
        icon = "pick"


class SpotBlock(blocks.StructBlock):
    level = _choice(choices.LEVELS)
    at = blocks.CharBlock(help_text=_point_help())
    radius_cm = blocks.FloatBlock(min_value=0.2, max_value=25)
    side = _choice(choices.ZONE_SIDES, default="same")

    class Meta:
        label = _("Spot: a circle on the skin")
        icon = "radio-full"


class BandBlock(blocks.StructBlock):
    level = _choice(choices.LEVELS)
    through = blocks.TextBlock(rows=3, help_text=_("One point a line, at least two."))
    width_cm = blocks.FloatBlock(min_value=0.2, max_value=40)
    side = _choice(choices.ZONE_SIDES, default="same")

    class Meta:
        label = _("Band: a strip through points")
        icon = "minus"


class ShapeBlock(blocks.StructBlock):
    level = _choice(choices.LEVELS)
    plate = blocks.CharBlock()
    spline = blocks.TextBlock(
        rows=3, help_text=_("Written by the drawing tool: x y a line.")
    )
    side = _choice(choices.ZONE_SIDES, default="same")

    class Meta:
        label = _("Shape: drawn on a plate")
        icon = "edit"


class PointBlock(blocks.StructBlock):
    at = blocks.CharBlock(help_text=_point_help())
    label = blocks.CharBlock(required=False)

    class Meta:
        label = _("Trigger point")
        icon = "crosshairs"


class SignBlock(blocks.StructBlock):
    group = _choice(choices.SIGN_GROUPS)
    concept = blocks.CharBlock(
        help_text=_("A word of the lexicon, such as “coughing”.")
    )
    how_often = _choice(choices.HOW_OFTEN, default="often")

    class Meta:
        label = _("Sign")
        icon = "tag"


class LookalikeBlock(blocks.StructBlock):
    pattern = _choice(choices.patterns)
    tell_apart = blocks.TextBlock(rows=2)

    class Meta:
        label = _("Similar pattern")
        icon = "copy"


class _Renewed(blocks.StructBlock):
    """A block that also reads how its values were stored in earlier versions."""

    @staticmethod
    def renewed(value: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.renewed(value))

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([self.renewed(value) for value in values])


class ThermalBlock(_Renewed):
    where = blocks.TextBlock(rows=1)
    minutes = blocks.IntegerBlock(min_value=1, max_value=20)
    note = blocks.TextBlock(rows=1, required=False)
    strip = blocks.TextBlock(
        rows=1,
        required=False,
        label=_("Way of the stroke"),
        help_text=_("For ice: points of the body, one a line, two or more."),
    )

    @staticmethod
    def renewed(value: dict[str, Any]) -> dict[str, Any]:
        return fronts.thermal_value(value) if _is_list(value, "strip") else value

    class Meta:
        form_classname = FIELDS


class PressureBlock(blocks.StructBlock):
    where = blocks.TextBlock(rows=1)
    how = blocks.TextBlock(rows=1)
    seconds = blocks.IntegerBlock(min_value=1)
    times = blocks.IntegerBlock(min_value=1, default=1)

    class Meta:
        form_classname = FIELDS


class StepBlock(blocks.StructBlock):
    number = blocks.IntegerBlock(required=False, min_value=1)
    kind = _choice(choices.STEP_KINDS)
    text = blocks.TextBlock(rows=2)
    seconds = blocks.IntegerBlock(min_value=1, max_value=1800)
    times = blocks.IntegerBlock(min_value=1, max_value=20, default=1)
    sides = _choice(choices.STEP_SIDES, default="none")
    technique = _choice(choices.techniques, required=False)
    flags = blocks.MultipleChoiceBlock(choices=choices.STEP_FLAGS, required=False)

    class Meta:
        label = _("Timed step")
        icon = "time"
        form_classname = FIELDS


class PlacementBlock(_Renewed):
    product = _choice(choices.products)
    placement = blocks.TextBlock(rows=1)
    inner_edge = _choice(
        choices.INNER_EDGES, required=False, label=_("Inner edge of a patch")
    )

    @staticmethod
    def renewed(value: dict[str, Any]) -> dict[str, Any]:
        return fronts.placement_value(value) if "inner-edge" in value else value

    class Meta:
        label = _("Product and where it goes")
        icon = "tag"
        form_classname = FIELDS


ZONES = [
    ("area", AreaBlock()),
    ("spot", SpotBlock()),
    ("band", BandBlock()),
    ("shape", ShapeBlock()),
]
POINTS = [("point", PointBlock())]
SIGNS = [("sign", SignBlock())]
SIMILAR = [("similar", LookalikeBlock())]
CARE = [
    ("heat", ThermalBlock(label=_("Heat"), icon="sun")),
    ("ice", ThermalBlock(label=_("Ice"), icon="snippet")),
    ("pressure", PressureBlock(label=_("Pressure"), icon="crosshairs")),
    ("step", StepBlock()),
    ("product", PlacementBlock()),
]
STEPS = [("step", StepBlock())]
MUSCLES = [
    (
        "muscle",
        blocks.ChoiceBlock(choices=choices.muscles, label=_("Muscle"), icon="user"),
    )
]
