"""One picture file: what it really is, and a harmless copy of it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import resvg_py
from lxml import etree


# Wider or higher than this no page shows a picture.
LARGEST_SIDE = 2400
_MOST_PIXELS = 60_000_000
_MOST_PIXELS_WHOLE = 20_000_000
_LARGEST_SVG = 1_000_000
_MOST_ELEMENTS = 5_000
_MOST_USES = 20
_FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "png", "WEBP": "png", "BMP": "png", "TIFF": "png"}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_KEPT = frozenset(
    ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "title", "desc", "use", "linearGradient", "radialGradient", "stop", "clipPath", "symbol"]
)  # fmt: skip
_HREF = "{http://www.w3.org/1999/xlink}href"


class Refused(ValueError):
    """A file that is no picture, or one that could do harm; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew: its bytes, file ending, size in pixels, and a remark."""

    content: bytes
    suffix: str
    width: int
    height: int
    note: str = ""


def checked(raw: bytes) -> Picture:
    """Return a file's picture, written anew.

    Raises Refused for what is not a picture, is too large, or cannot be made harmless.
    """
    head = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")):
        return _drawing(raw)
    return _photograph(raw)


def _photograph(raw: bytes) -> Picture:
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise Refused("no picture library here: install achemap[site]") from error
    try:
        with warnings.catch_warnings(), _whole_only():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(raw), formats=tuple(_FORMATS))
            kind, size = image.format or "", image.size
            if size[0] * size[1] > _MOST_PIXELS:
                raise Refused(f"is {size[0]} by {size[1]} pixels: too large")
            moving = getattr(image, "n_frames", 1) > 1
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            if image.size[0] * image.size[1] > _MOST_PIXELS_WHOLE:
                raise Refused(f"is {size[0]} by {size[1]} pixels: too large")
            image.load()
            flat = ImageOps.exif_transpose(image) or image
            flat.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            flat = flat.convert("RGB" if kind == "JPEG" else _mode(flat.mode))
    except Refused:
        raise
    except Exception as error:
        raise Refused("is not a whole picture") from error
    out = BytesIO()
    suffix = _FORMATS[kind]
    if suffix == "jpg":
        flat.save(out, "JPEG", quality=88, optimize=False)
    else:
        flat.save(out, "PNG")
    note = "moved; only its first picture is kept" if moving else ""
    return Picture(out.getvalue(), suffix, flat.width, flat.height, note)


@contextmanager
def _whole_only() -> Iterator[None]:
    """Have Pillow refuse a file that was cut off, whatever others in the process set.

    WeasyPrint switches this off for the whole process when it is imported.
    """
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _mode(mode: str) -> str:
    return "RGBA" if mode in {"RGBA", "LA", "P", "PA"} else "RGB"


def _drawing(raw: bytes) -> Picture:
    if len(raw) > _LARGEST_SVG:
        raise Refused("is a drawing that is too large")
    if re.search(rb"<!(?:DOCTYPE|ENTITY)[^>]*\[", raw, re.IGNORECASE):
        raise Refused("is a drawing that declares entities")
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False
        )
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("is neither a picture nor a drawing") from error
    if root.tag not in {"svg", f"{_SVG}svg"}:
        raise Refused("is neither a picture nor a drawing")
    _disarm(root)
    try:
        plain = etree.tostring(root, encoding="unicode")
        painted = bytes(resvg_py.svg_to_bytes(svg_string=plain, width=1200))
    except Exception as error:
        raise Refused("is a drawing that cannot be painted") from error
    made = _photograph(painted)
    return Picture(made.content, "png", made.width, made.height, "was a drawing (SVG)")


def _disarm(root: etree._Element) -> None:
    """Take everything out of a drawing that is not drawn from its own words."""
    elements = list(root.iter())
    uses = sum(1 for each in elements if str(each.tag).endswith("use"))
    if len(elements) > _MOST_ELEMENTS or uses > _MOST_USES:
        raise Refused("is a drawing with too many parts")
    for each in elements:
        parent = each.getparent()
        name = str(each.tag).rpartition("}")[2] if isinstance(each.tag, str) else ""
        if name not in _SVG_KEPT and parent is not None:
            parent.remove(each)
            continue
        for name_of, value in list(each.attrib.items()):
            key = str(name_of)
            outside = key in {"href", _HREF} and not str(value).startswith("#")
            if key.lower().startswith("on") or outside or key == "style":
                del each.attrib[name_of]
