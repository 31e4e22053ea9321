"""Pictures of patterns, drawn from data."""

from achemap.illustrate.figure import figure, panels, write_figure
from achemap.illustrate.rasterize import png
from achemap.illustrate.words import describe


# Raised when the same pattern is drawn differently than before.
DRAWING = 2

__all__ = ["DRAWING", "describe", "figure", "panels", "png", "write_figure"]
