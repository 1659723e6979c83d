"""The relief of a surface for a printer: one watertight body on a base plate, in millimetres (binary STL)."""

from collections.abc import Generator
from pathlib import Path

import numpy as np

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread
from landscape.geometry.solids import Body

_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("unused", "<u2")])


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the body of the relief in a thread."""
    yield from in_thread(lambda _: path.write_bytes(_encoded(film.solid().body)))
    yield 1


def _encoded(body: Body) -> bytes:
    triangles = np.zeros(len(body.faces), _TRIANGLE)
    corners = body.vertices.astype(np.float32)[body.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    triangles["corners"], triangles["normal"] = corners, normals / np.maximum(lengths, 1e-30)
    head = b"Relief in millimetres".ljust(80) + len(triangles).to_bytes(4, "little")
    return head + triangles.tobytes()


FORMAT = Format(
    suffix=".stl",
    titles={"en": "Relief for a 3-D printer (STL)", "zh": "3D 打印立体图（STL）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda _: 1,
    carries=False,
    solid=True,
)
