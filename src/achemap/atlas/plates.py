"""Plates: flat views of the body with pictures, outlines and cells to hit."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from achemap.atlas import files
from achemap.atlas.surface import load
from achemap.errors import BadInput, suggestion


Body = Literal["neutral", "female", "male"]
BODIES: tuple[Body, ...] = ("neutral", "female", "male")
VISIBLE_SHARE = 0.12  # of a cell's own area, about 83 degrees from edge-on


@dataclass(frozen=True, slots=True)
class Bone:
    """A bony landmark on a plate: an open curve or, when `filled`, a closed shape."""

    name: str
    side: Literal["left", "right", "midline"]
    path: str
    width_px: float
    filled: bool


@dataclass(frozen=True)
class Plate:
    """One view of one body. Pixels count from the picture's top left corner.

    `shows` is the side drawn ("left", "right" or "both"). `flip` is true when a
    plate drawn for the right side stands for the left: the picture file then has to
    be mirrored by whoever shows it; everything else here is mirrored already.
    View cm are (u, v): u to the right of the picture, v up; for the standing views
    v is the height above the soles. `frame` is left, right, bottom, top in view cm.
    """

    name: str
    title: str
    body: Body
    pose: str
    shows: str
    flip: bool
    size: tuple[int, int]
    scale: float
    frame: tuple[float, float, float, float]
    matrix: npt.NDArray[np.float64]
    raster_step: int

    @property
    def image_path(self) -> Path:
        """Return the shaded WebP with a clear background."""
        return files.FOLDER / "plates" / self.body / f"{self.name}.webp"

    def image_bytes(self) -> bytes:
        """Return the picture's bytes, checked; raises BadInput when damaged."""
        return files.read(f"plates/{self.body}/{self.name}.webp")

    @property
    def sides(self) -> tuple[str, str] | None:
        """Return the patient's sides at the picture's left and right edge.

        None for plates that show one side only. Taken from the view itself, so that
        a new plate cannot be labelled the wrong way round.
        """
        if self.shows != "both":
            return None
        return ("right", "left") if self.matrix[0, 0] > 0 else ("left", "right")

    def to_px(self, points_cm: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return pixels (n, 2) of view cm (n, 2)."""
        p = np.asarray(points_cm, dtype=np.float64).reshape(-1, 2)
        x = (p[:, 0] - self.frame[0]) * self.scale
        x = self.size[0] - x if self.flip else x
        return np.column_stack([x, (self.frame[3] - p[:, 1]) * self.scale])

    def to_cm(self, points_px: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return view cm (n, 2) of pixels (n, 2)."""
        p = np.asarray(points_px, dtype=np.float64).reshape(-1, 2)
        x = self.size[0] - p[:, 0] if self.flip else p[:, 0]
        return np.column_stack(
            [x / self.scale + self.frame[0], self.frame[3] - p[:, 1] / self.scale]
        )

    def project(self, cells: npt.ArrayLike | None = None) -> npt.NDArray[np.float64]:
        """Return pixels (n, 2) of cell centres, hidden ones too (None: all cells)."""
        places = _places(self.body, self.pose)
        if cells is not None:
            wanted = np.asarray(cells, dtype=np.int64)
            places = places[wanted ^ 1 if self.flip else wanted]
        elif self.flip:
            places = places[np.arange(len(places)) ^ 1]
        return self.to_px(places @ self.matrix[:2].T)

    @functools.cached_property
    def id_raster(self) -> npt.NDArray[np.int32]:
        """Return the cell under every `raster_step` pixels (rows, columns), or -1."""
        entry = _entry(self.name)["bodies"][self.body]
        width, height = entry["raster"]
        packed = files.read(f"plates/{self.body}/{self.name}.ids")
        value, run = np.frombuffer(zlib.decompress(packed), "<u2").reshape(2, -1)
        out = np.repeat(value.astype(np.int32), run).reshape(height, width) - 1
        if self.flip:
            out = np.where(out >= 0, out ^ 1, -1)[:, ::-1]
        return np.ascontiguousarray(out)

    @functools.cached_property
    def share(self) -> npt.NDArray[np.float64]:
        """Return how much of each cell's own area the plate shows (0 hidden, 1 flat on)."""
        atlas = load()
        held = self.id_raster[self.id_raster >= 0]
        cm2 = (self.raster_step / self.scale) ** 2
        shown = np.bincount(held, minlength=atlas.count) * cm2
        part: npt.NDArray[np.float64] = np.minimum(shown / atlas.area_cm2, 1.0)
        return part

    @functools.cached_property
    def visible(self) -> npt.NDArray[np.bool_]:
        """Return which cells the plate shows well enough to paint on."""
        return self.share > VISIBLE_SHARE

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the cell under a pixel, or None off the body."""
        row, column = int(y // self.raster_step), int(x // self.raster_step)
        height, width = self.id_raster.shape
        if not (0 <= row < height and 0 <= column < width):
            return None
        cell = int(self.id_raster[row, column])
        return cell if cell >= 0 else None

    @functools.cached_property
    def _drawing(self) -> dict[str, Any]:
        content = files.read(f"plates/{self.body}/{self.name}.json")
        data: dict[str, Any] = json.loads(content)
        return data

    @property
    def outline_path(self) -> str:
        """Return SVG path data of the body's outline (unmirrored: see `flip`)."""
        return str(self._drawing["outline"])

    @functools.cached_property
    def region_paths(self) -> Mapping[tuple[str, str], str]:
        """Return (region id, "left" | "right" | "midline") to unmirrored path data."""
        out = {}
        other = {"left": "right", "right": "left", "midline": "midline"}
        for key, path in self._drawing["regions"].items():
            name, _, side = key.partition(".")
            side = side or "midline"
            out[name, other[side] if self.flip else side] = path
        return MappingProxyType(out)

    @functools.cached_property
    def bones(self) -> tuple[Bone, ...]:
        """Return bony landmarks, to be drawn lightly (unmirrored: see `flip`)."""
        return tuple(
            Bone(b["name"], b["side"], b["d"], float(b["width"]), bool(b["filled"]))
            for b in self._drawing["bones"]
        )

    def _group(self, kind: str, inside: str) -> str:
        turn = f' transform="translate({self.size[0]} 0) scale(-1 1)"'
        return f'<g class="{kind}"{turn if self.flip else ""}>{inside}</g>'

    @property
    def outline_svg(self) -> str:
        """Return the outline as an SVG group, in pixels of the plate."""
        path = f'<path d="{self.outline_path}" fill-rule="evenodd"/>'
        return self._group("outline", path)

    @property
    def regions_svg(self) -> str:
        """Return one path per region and side, with data-region and data-side."""
        parts = [
            f'<path data-region="{escape(name)}" data-side="{side}" d="{path}"'
            ' fill-rule="evenodd"/>'
            for (name, side), path in self.region_paths.items()
        ]
        return self._group("regions", "".join(parts))

    @property
    def bones_svg(self) -> str:
        """Return bony landmarks as pale bands with a faint edge (own colours)."""
        parts = []
        for bone in self.bones:
            if bone.filled:
                parts.append(
                    f'<path d="{bone.path}" fill="#fffdf8" fill-opacity=".42"'
                    ' stroke="#6b5d55" stroke-opacity=".4" stroke-width="1"/>'
                )
                continue
            for colour, opacity, extra in (
                ("#6b5d55", 0.28, 1.6),
                ("#fffdf8", 0.62, 0),
            ):
                parts.append(
                    f'<path d="{bone.path}" fill="none" stroke="{colour}"'
                    f' stroke-opacity="{opacity}" stroke-width="{bone.width_px + extra:.1f}"'
                    ' stroke-linecap="round" stroke-linejoin="round"/>'
                )
        clip = f"bones-{self.name}-{self.body}-{self.shows}"
        return self._group(
            "bones",
            f'<clipPath id="{clip}"><path d="{self.outline_path}"'
            f' clip-rule="evenodd"/></clipPath><g clip-path="url(#{clip})">'
            + "".join(parts)
            + "</g>",
        )


@functools.lru_cache(maxsize=1)
def _index() -> Mapping[str, Any]:
    data = json.loads(files.read("plates/plates.json"))
    return {entry["name"]: entry for entry in data["plates"]}


def _entry(name: str) -> Mapping[str, Any]:
    index = _index()
    if name not in index:
        fix = suggestion(name, index)
        raise BadInput(f"unknown plate {name!r}", field="plate", fix=fix)
    entry: Mapping[str, Any] = index[name]
    return entry


@functools.lru_cache(maxsize=1)
def _bodies() -> npt.NDArray[np.int16]:
    """Return (body, pose, left cell, xyz) in 0.1 mm."""
    flat = np.frombuffer(files.read("bodies.bin"), "<i2")
    return flat.reshape(len(BODIES), 2, -1, 3).astype(np.int16)


@functools.lru_cache(maxsize=6)
def _places(body: Body, pose: str) -> npt.NDArray[np.float64]:
    """Return cm places (n, 3) of all cells of a body in a pose."""
    left = _bodies()[BODIES.index(body), 0 if pose == "anatomical" else 1] / 100.0
    out = np.repeat(left, 2, axis=0)
    out[1::2, 0] *= -1
    return out


def plate_names() -> tuple[str, ...]:
    """Return the names of all plates."""
    return tuple(_index())


@functools.lru_cache(maxsize=128)
def plate(name: str, body: Body = "neutral", side: str = "right") -> Plate:
    """Return a plate; `side` "left" mirrors the close-ups drawn for the right side.

    Raises BadInput for an unknown plate or body.
    """
    entry = _entry(name)
    if body not in BODIES:
        fix = suggestion(body, BODIES)
        raise BadInput(f"unknown body {body!r}", field="body", fix=fix)
    own = entry["bodies"][body]
    flip = side == "left" and entry["shows"] == "right" and name != "right"
    return Plate(
        name=name,
        title=entry["title"],
        body=body,
        pose=entry["pose"],
        shows="left" if flip else entry["shows"],
        flip=flip,
        size=(int(own["size"][0]), int(own["size"][1])),
        scale=float(entry["scale"]),
        frame=tuple(own["frame"]),
        matrix=np.array(entry["matrix"], dtype=np.float64),
        raster_step=int(own["step"]),
    )
