"""Paths laid over the relief: what of them is seen, and what the surface hides."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.mesh import CLIFF
from landscape.plot.polyline import Lines, Reduced, clip, lines, travelled
from landscape.plot.projection import Projection
from landscape.plot.rasterizer import FAR
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.track import CROWDED, NOTHING, PATTERNS, Position, Track, inked, view_box
from landscape.scene.scene import Path, Relief

PIECE = 5.0
"""Pixels of the base from one point of a draped path to the next at most."""
MOST = 6000
"""Points of one draped path."""
PER_STEP = 400
THIN, SAME = 0.7, 0.01
"""Pixels of the base that a point of a long path is away from the one before at least, and of any: near a minimum, most
points of a path are in one place."""
THIN_FROM = 1500
"""Points of a path that is long."""
HIDDEN_BY = 0.010
"""How much nearer than a line the surface must be to hide it, against the picture's longer side: the mesh is not f."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Draped:
    """A path on the surface, whatever the camera."""

    path: Path
    places: NDArray[np.float64]
    """(k, 3) in the box, NaN beside the mesh or where the surface is not defined."""
    steps: NDArray[np.float64]
    """(k,) the step at each, increasing."""
    length: float
    """In pixels of the base."""

    whole: NDArray[np.float32]
    """The places as kernels take them, with a gap in place of what leads up or down a cliff."""


def drape(paths: Sequence[Path], relief: Relief, projection: ReliefProjection) -> list[Draped]:
    """Lay paths over the surface, all at once: between two points of one it follows the surface, not the chord."""
    if not paths:
        return []
    first = np.concatenate([path.points for path in paths])
    at = np.concatenate([np.arange(len(path.points), dtype=np.float64) for path in paths])
    pixels = projection.base(first) * (projection.width, projection.height)
    kept, ends = _kept(pixels, np.array([len(path.points) for path in paths]))
    first, at, pixels = first[kept], at[kept], pixels[kept]
    joints = ends[:-1] - 1
    """Where one path ends, and nothing leads on."""
    lengths = np.append(np.nan_to_num(np.hypot(*np.diff(pixels, axis=0).T), nan=0.0, posinf=1e5), 0.0)
    lengths[joints] = 0.0
    starts = np.append(0, ends[:-1])
    whole = np.add.reduceat(np.minimum(lengths, 1e4), starts)
    piece = np.repeat(np.maximum(PIECE, whole / MOST), np.diff(np.append(starts, ends[-1])))
    counts = np.clip(np.ceil(lengths / piece), 1, PER_STEP).astype(int)
    source = np.repeat(np.arange(len(counts)), counts)
    part = (np.arange(len(source)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[source]
    with np.errstate(invalid="ignore", over="ignore"):
        ways, steps = np.diff(first, axis=0, append=first[-1:]), np.diff(at, append=at[-1:])
        ways[joints], steps[joints], ways[-1], steps[-1] = 0.0, 0.0, 0.0, 0.0
        points, steps = first[source] + part[:, None] * ways[source], at[source] + part * steps[source]
    cuts = np.cumsum(counts)[ends - 1]
    places = lifted(points, relief, projection)
    parts = (np.split(each, cuts[:-1]) for each in (places, _gapped(places, cuts[:-1]), steps))
    return [
        Draped(path=path, places=place, whole=gapped, steps=step, length=float(length))
        for path, place, gapped, step, length in zip(paths, *parts, whole, strict=True)
    ]


def _kept(pixels: NDArray[np.float64], counts: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Tell which points are draped of paths of so many, one after the other; and where each path ends among them.

    These are the first and the last of each, and those that are some way from the one before.
    """
    ends = np.cumsum(counts)
    starts = ends - counts
    lengths = travelled(pixels)
    lengths -= np.repeat(lengths[starts], counts)
    marks = np.floor(lengths / np.repeat(np.where(counts > THIN_FROM, THIN, SAME), counts))
    kept = np.append(True, marks[1:] > marks[:-1])
    kept[starts] = kept[ends - 1] = True
    return kept, np.cumsum(np.add.reduceat(kept.astype(np.intp), starts))


def _gapped(places: NDArray[np.float64], joints: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return places as kernels take them, with a gap after each cliff, but none where another path begins."""
    with np.errstate(invalid="ignore", over="ignore"):
        found = places.astype(np.float32)
        cliff = np.abs(np.diff(places[:, 2])) > CLIFF
    cliff[joints - 1] = False
    found[1:][cliff] = np.nan
    return found


def lifted(points: NDArray[np.float64], relief: Relief, projection: ReliefProjection) -> NDArray[np.float64]:
    """Return the places in the box (k, 3) of surface points (k, 2); NaN beside the mesh."""
    base = projection.base(points)
    with np.errstate(invalid="ignore"):
        inside = ((base >= -1e-9) & (base <= 1.0 + 1e-9)).all(axis=1)
    heights = np.full(len(points), np.nan)
    if inside.any():
        heights[inside] = relief.heights(points[inside])
    return np.column_stack((base, heights))


def is_seen(seen: NDArray[np.float64], depth: NDArray[np.float32], projection: ReliefProjection) -> NDArray[np.bool_]:
    """Tell which places (k, 3), in pixels and nearness, the surface does not hide; it hides nothing beside the picture.

    ``depth`` may be finer than the picture's pixels, and is then larger in the same measure.
    """
    finer = depth.shape[1] // projection.width
    limit = HIDDEN_BY * max(projection.width, projection.height)
    shown = np.ones(len(seen), np.bool_)
    with np.errstate(invalid="ignore"):
        across, down = (np.nan_to_num(seen[:, k] * finer, nan=-1.0, posinf=-1.0, neginf=-1.0) for k in (0, 1))
        inside = (across >= 0) & (down >= 0) & (across < depth.shape[1]) & (down < depth.shape[0])
        surface = depth[down[inside].astype(int), across[inside].astype(int)] / finer
        shown[inside] = ~(surface > seen[inside, 2] + limit)
    return shown


@dataclass(frozen=True, kw_only=True, eq=False)
class ReliefTrack(Track):
    """A draped path in the pixels of one camera."""

    draped: Draped
    relief: Relief
    camera: ReliefProjection

    heads: dict[float, Position] = field(default_factory=dict)
    """Where the path was found to be at the last step that was asked for: a surface is evaluated for it."""

    def head(self, step: float) -> Position:
        """Return where the path is at ``step``, on the surface."""
        if step not in self.heads:
            self.heads.clear()
            self.heads[step] = self._head(step)
        return self.heads[step]

    def _head(self, step: float) -> Position:
        whole = min(int(step), self.steps)
        point, part = self.path.points[whole], min(step, self.steps) - whole
        if part > 0:
            point = point + part * (self.path.points[whole + 1] - point)
        place = lifted(point[None], self.relief, self.camera)
        across, down, _ = self.camera.seen(place)[0].tolist()
        return across, down

    def tail(self, step: float) -> Lines:
        """Return the line over the surface from the last whole step to the head."""
        if not 0 < step < self.steps:
            return NOTHING
        between = (self.draped.steps >= int(step)) & (self.draped.steps < step)
        points = self.camera.seen(self.draped.places[between])[:, :2]
        joined = lines(np.vstack((points, self.head(step))))
        return clip(joined[np.isfinite(joined).all(axis=1)], view_box(self.projection))[0]


def relief_tracks(
    draped: Sequence[Draped], relief: Relief, camera: ReliefProjection, depth: NDArray[np.float32]
) -> tuple[list[ReliefTrack], list[ReliefTrack]]:
    """Return for each path what of it is hidden, to be drawn faintly, and what is seen."""
    hidden: list[ReliefTrack] = []
    shown: list[ReliefTrack] = []
    for each in draped:
        seen = camera.seen(each.places)
        open_ = is_seen(seen, depth, camera)
        points = np.ascontiguousarray(seen[:, :2])
        joined = lines(points)
        with np.errstate(invalid="ignore"):
            cliff = np.abs(np.diff(each.places[:, 2])) > CLIFF
        finite = np.isfinite(joined).all(axis=1) & ~cliff
        before = travelled(np.nan_to_num(points))[:-1]
        reached = np.ceil(each.steps[1:] - 1e-9)
        clear = open_[:-1] & open_[1:]
        for of, into in ((finite & ~clear, hidden), (finite & clear, shown)):
            into.append(_track(each, relief, camera, joined[of], before[of], reached[of], faint=into is hidden))
    return hidden, shown


def _track(
    draped: Draped,
    relief: Relief,
    camera: ReliefProjection,
    joined: Lines,
    before: NDArray[np.float64],
    reached: NDArray[np.float64],
    *,
    faint: bool,
) -> ReliefTrack:
    inside, origin = clip(joined, view_box(flat(camera)))
    before, reached = before[origin], reached[origin]
    length = float(np.hypot(inside[:, 2] - inside[:, 0], inside[:, 3] - inside[:, 1]).sum())
    crowded = length > CROWDED * camera.unit
    pattern = () if crowded or faint else PATTERNS[draped.path.dash]
    whole = Reduced(kept=np.arange(len(inside)), joined=inside, origin=np.arange(len(inside)), before=before)
    [(ink, source)] = inked([whole], [pattern], camera.unit)
    return ReliefTrack(
        path=draped.path,
        joined=inside,
        reached=reached,
        ink=ink,
        ink_reached=reached[source],
        crowded=crowded,
        kept=np.arange(1),
        projection=flat(camera),
        faint=faint,
        draped=draped,
        relief=relief,
        camera=camera,
    )


def flat(camera: ReliefProjection) -> Projection:
    """Return the size of the picture, for what only needs that."""
    return Projection(x=camera.x, y=camera.y, width=camera.width, height=camera.height, unit=camera.unit)


def nearness(depth: NDArray[np.float32], across: float, down: float, projection: ReliefProjection) -> float | None:
    """Return how near the surface is at a pixel position; None where it is not."""
    finer = depth.shape[1] / projection.width
    column, row = int(across * finer), int(down * finer)
    if not (0 <= column < depth.shape[1] and 0 <= row < depth.shape[0]):
        return None
    found = float(depth[row, column])
    return found / finer if found > FAR / 2 else None
