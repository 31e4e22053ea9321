"""Pictures of patterns, drawn from data."""

from achemap.illustrate.figure import figure, panels, write_figure
from achemap.illustrate.rasterize import png
from achemap.illustrate.words import describe


__all__ = ["describe", "figure", "panels", "png", "write_figure"]
