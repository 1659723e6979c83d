"""Triangle meshes of bodies: a relief on a base plate (watertight, for printing), tubes along lines, and balls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIDES = 10
"""Of a tube."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Body:
    """Triangles that face outwards: seen from there, their corners run against the clock."""

    vertices: NDArray[np.float64]
    """(n, 3)."""
    faces: NDArray[np.int64]
    """(m, 3) rows of ``vertices``."""


def sheet(points: NDArray[np.float64]) -> Body:
    """Return a surface that faces upwards through points (rows, columns, 3), x growing along the columns, y the rows.

    What touches a point with NaN is left out.
    """
    rows, columns = points.shape[:2]
    corner = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (each.ravel() for each in (corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]))
    faces = np.concatenate((np.stack((a, b, c), axis=1), np.stack((a, c, d), axis=1)))
    vertices = points.reshape(-1, 3)
    whole = np.asarray(np.isfinite(vertices).all(axis=1))
    return Body(vertices=np.where(whole[:, None], vertices, 0.0), faces=faces[whole[faces].all(axis=1)])


def plate(points: NDArray[np.float64]) -> Body:
    """Return the body between a surface through points (rows, columns, 3), as for :func:`sheet`, and the plane z = 0.

    It is watertight where all points are finite and above that plane.
    """
    top = sheet(points)
    rows, columns = points.shape[:2]
    corner = np.arange(rows * columns).reshape(rows, columns)
    # Around the border against the clock, each corner once.
    border = np.concatenate((corner[0, :-1], corner[:-1, -1], corner[-1, :0:-1], corner[:0:-1, 0]))
    floor = np.column_stack((top.vertices[border, :2], np.zeros(len(border))))
    centre = np.append(floor[:, :2].mean(axis=0), 0.0)
    first = len(top.vertices)
    low = first + np.arange(len(border))
    after, low_after = np.roll(border, -1), np.roll(low, -1)
    middle = np.full(len(border), first + len(border))
    walls = (np.stack((border, low, low_after), axis=1), np.stack((border, low_after, after), axis=1))
    bottom = np.stack((low_after, low, middle), axis=1)
    return Body(
        vertices=np.concatenate((top.vertices, floor, centre[None])), faces=np.concatenate((top.faces, *walls, bottom))
    )


def tube(line: NDArray[np.float64], radius: float) -> Body:
    """Return a closed tube along a line (k, 3); a ball where all its points are one."""
    apart = np.concatenate(([True], (np.abs(np.diff(line, axis=0)) > 1e-9).any(axis=1)))
    line = line[apart]
    if len(line) < 2:
        return ball(line[0], radius)
    steps = np.diff(line, axis=0)
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    along = np.concatenate((steps[:1], steps[:-1] + steps[1:], steps[-1:]))
    lengths = np.linalg.norm(along, axis=1, keepdims=True)
    along = np.where(lengths > 1e-6, along / np.maximum(lengths, 1e-6), np.concatenate((steps, steps[-1:])))
    steep = np.abs(along[:, 2:]) > 0.9
    across = np.cross(along, np.where(steep, [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    other = np.cross(along, across)
    angles = 2 * np.pi * np.arange(SIDES) / SIDES
    rings = line[:, None] + radius * (
        np.cos(angles)[None, :, None] * across[:, None] + np.sin(angles)[None, :, None] * other[:, None]
    )
    return _closed(rings, line[0], line[-1])


def ball(centre: NDArray[np.float64], radius: float) -> Body:
    """Return a ball."""
    heights = np.linspace(-np.pi / 2, np.pi / 2, SIDES)[1:-1]
    angles = 2 * np.pi * np.arange(SIDES) / SIDES
    rings = np.stack(
        (
            np.cos(heights)[:, None] * np.cos(angles),
            np.cos(heights)[:, None] * np.sin(angles),
            np.repeat(np.sin(heights)[:, None], SIDES, axis=1),
        ),
        axis=2,
    )
    poles = radius * np.array([0.0, 0.0, 1.0])
    return _closed(centre + radius * rings, centre - poles, centre + poles)


def _closed(rings: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64]) -> Body:
    """Return rings (k, sides, 3), each against the clock seen from the end, joined and closed by a point at both."""
    count, sides = rings.shape[:2]
    corner = np.arange(count * sides).reshape(count, sides)
    after = np.roll(corner, -1, axis=1)
    a, b, c, d = (each.ravel() for each in (corner[:-1], after[:-1], after[1:], corner[1:]))
    first, last = np.full(sides, count * sides), np.full(sides, count * sides + 1)
    faces = (
        np.stack((a, b, c), axis=1),
        np.stack((a, c, d), axis=1),
        np.stack((after[0], corner[0], first), axis=1),
        np.stack((corner[-1], after[-1], last), axis=1),
    )
    return Body(vertices=np.concatenate((rings.reshape(-1, 3), begin[None], end[None])), faces=np.concatenate(faces))
