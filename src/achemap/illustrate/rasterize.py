"""SVG to PNG, the same on every machine: bundled font, no system fonts."""

from __future__ import annotations

from pathlib import Path


FONTS = Path(__file__).parent.parent / "data" / "fonts"


def png(svg: str, width: int) -> bytes:
    """Return the SVG drawn `width` pixels wide, as PNG bytes, on its own paper."""
    # Only here: most who draw want SVG, and the renderer takes long to load.
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )
    return bytes(drawn)
