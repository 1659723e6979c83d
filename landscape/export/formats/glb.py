"""The relief of a surface with its paths, to turn in a browser, on slides or in a room (binary glTF 2.0)."""

import json
import struct
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import PROGRAM, Imprint
from landscape.export.solid import Solid
from landscape.export.turns import in_thread
from landscape.geometry.solids import Body

FLOATS, WORDS, BYTES = 5126, 5125, 5121
"""How glTF numbers these types."""
METERS = 0.001


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write surface, paths, heads and minima in a thread."""
    imprint = film.imprint(animated=False)
    yield from in_thread(lambda _: path.write_bytes(_encoded(film.solid(), imprint)))
    yield 1


def _encoded(solid: Solid, imprint: Imprint) -> bytes:
    made = _Writer()
    made.add(imprint.title, solid.surface, None, solid.colors)
    for thing in solid.things:
        made.add(thing.name, thing.body, thing.color)
    told = {"title": imprint.title, "description": imprint.text, "source": imprint.link}
    asset = {"version": "2.0", "generator": PROGRAM, "extras": {name: text for name, text in told.items() if text}}
    return made.packed(asset)


class _Writer:
    """Collects meshes: numbers in one block of bytes, and what they mean as JSON."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._views: list[Any] = []
        self._numbers: list[Any] = []
        self._meshes: list[Any] = []
        self._materials: list[Any] = []

    def add(self, name: str, body: Body, color: str | None, colors: NDArray[np.uint8] | None = None) -> None:
        """Add a mesh of one colour, or with a colour of each vertex."""
        # In glTF y is upwards.
        right, back, up = METERS * body.vertices.T
        points = np.column_stack((right, up, -back)).astype("<f4")
        given = {
            "POSITION": self._column(points, FLOATS, "VEC3", bounds=True),
            "NORMAL": self._column(_normals(points, body.faces), FLOATS, "VEC3"),
        }
        if colors is not None:
            opaque = np.column_stack((colors, np.full(len(colors), 255, np.uint8)))
            given["COLOR_0"] = self._column(opaque, BYTES, "VEC4")
        base = [1.0, 1.0, 1.0] if color is None else _linear(color)
        surface = {"baseColorFactor": [*base, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.7}
        self._materials.append({"pbrMetallicRoughness": surface, "doubleSided": color is None})
        faces = self._column(body.faces.astype("<u4").ravel(), WORDS, "SCALAR")
        part = {"attributes": given, "indices": faces, "material": len(self._materials) - 1}
        self._meshes.append({"name": name, "primitives": [part]})

    def packed(self, asset: dict[str, Any]) -> bytes:
        """Return the whole file."""
        nodes = [{"mesh": index, "name": mesh["name"]} for index, mesh in enumerate(self._meshes)]
        told = {
            "asset": asset,
            "scene": 0,
            "scenes": [{"nodes": list(range(len(nodes)))}],
            "nodes": nodes,
            "meshes": self._meshes,
            "materials": self._materials,
            "accessors": self._numbers,
            "bufferViews": self._views,
            "buffers": [{"byteLength": len(self._bytes)}],
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        content = bytes(self._bytes)
        head = struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(content))
        parts = ((b"JSON", text), (b"BIN\0", content))
        return head + b"".join(struct.pack("<I4s", len(part), kind) + part for kind, part in parts)

    def _column(self, values: NDArray[Any], kind: int, shape: str, *, bounds: bool = False) -> int:
        data = values.tobytes()
        self._views.append({"buffer": 0, "byteOffset": len(self._bytes), "byteLength": len(data)})
        self._bytes += data
        found: dict[str, Any] = {
            "bufferView": len(self._views) - 1,
            "componentType": kind,
            "count": len(values),
            "type": shape,
        }
        if bounds:
            found |= {"min": values.min(axis=0).tolist(), "max": values.max(axis=0).tolist()}
        if kind == BYTES:
            found["normalized"] = True
        self._numbers.append(found)
        return len(self._numbers) - 1


def _normals(points: NDArray[Any], faces: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return unit normals (n, 3): of the triangles around each vertex, the larger the more."""
    corners = points[faces].astype(np.float64)
    each = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    found = np.stack(
        [np.bincount(faces.ravel(), np.repeat(each[:, axis], 3), len(points)) for axis in range(3)], axis=1
    )
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    upright = np.where(lengths > 0, found / np.where(lengths > 0, lengths, 1.0), (0.0, 1.0, 0.0))
    return upright.astype("<f4")


def _linear(color: str) -> list[float]:
    """Return a colour as light, in which glTF counts."""
    parts = np.frombuffer(bytes.fromhex(color[1:]), np.uint8) / 255
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return [round(float(part), 5) for part in light]


FORMAT = Format(
    suffix=".glb",
    titles={"en": "Relief to turn (GLB)", "zh": "可旋转立体图（GLB）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda _: 1,
    solid=True,
)
