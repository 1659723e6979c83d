"""The landscape of each network: its loss on a plane through its weights, with the path of its training."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.geometry.levels import Shading, contour_lines, shading
from landscape.network.data.samples import samples
from landscape.network.layout import Layout, layout
from landscape.network.slices.directions import Plane, common_size, principal_plane, random_plane
from landscape.network.slices.slice import Descent, Slice, descend_on_slice, grid
from landscape.network.training.recording import Recording
from landscape.scene.layers import Curve, CurvePanel, Range
from landscape.scene.network.page import Directions, Point
from landscape.scene.network.questions import RecordingQuestion
from landscape.scene.network.scene import Floats
from landscape.scene.network.text import twin_names
from landscape.scene.palette import TWIN_COLORS, color_map
from landscape.scene.question import Ask, Cancelled, Question, StreamQuestion, gathered
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

SHAPES = (25, 81)
"""Points along each side of the grid: first a coarse one, then a fine one."""
MARGIN = 0.35
"""Free part around the path, of its width."""
SMALLEST = 1e-3
"""Of the longer side: the shorter one is at least so long."""
DESCENT_STEPS = 300


@dataclass(frozen=True, kw_only=True, eq=False)
class Cut:
    """The slice of one network."""

    twin: int
    given: Slice
    x: Range
    y: Range
    losses: Floats
    """(rows, columns), row 0 at the lowest y."""
    path: Floats
    """(frames, 2): the training, projected."""
    shares: tuple[float, float] | None
    """Of the path's variance along both directions."""
    away: Floats
    """(frames,): how far the training is from the plane, against how long its path is."""
    directions: Directions
    """Of the plane."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceTwin:
    """One slice as it is drawn."""

    name: str
    color: str
    note: str
    cut: Cut | None
    shade: NDArray[np.float32] | None
    lines: tuple[Floats, ...]
    frames: Floats
    """(frames,): the step of each point of the path."""
    descent: Floats
    """(k, 2): an optimizer started on the slice; empty where none was."""
    levels: tuple[float, ...] = ()
    """Of the lines."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceScene:
    """Both slices."""

    twins: tuple[SliceTwin, ...]
    colors: NDArray[np.uint8]
    """(256, 3): the colour map."""
    distances: "SliceCurves"
    """How far each training is from its plane."""
    losses: "SliceCurves"
    """Along the paths of the optimizers that were started; no curves where none was."""
    shading: Shading | None = None
    """From losses to shades, of both."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceCurves:
    """A panel of curves under the slices, over steps of its own."""

    curves: tuple[CurvePanel, ...]
    steps: int


@dataclass(frozen=True, kw_only=True)
class SliceQuestion(StreamQuestion[tuple[Cut, ...]]):
    """The slices of both networks, first coarse, then fine."""

    recordings: tuple[RecordingQuestion, RecordingQuestion]
    directions: Directions

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trainings, through whose weights the planes go."""
        return self.recordings

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Cut, ...], float]]:
        """Cut through one network after the other."""
        recordings = [ask(one) for one in self.recordings]
        return gathered(self._cuts(recordings, cancelled), 2 * len(SHAPES), cancelled)

    def _cuts(self, recordings: Sequence[Recording], cancelled: Cancelled) -> Iterator[Cut]:
        rows = samples(self.recordings[0].data)
        wheres = [layout(one.network, rows.inputs.shape[1], rows.outputs) for one in recordings]
        paths = [_finite(one.weights)[:, : where.size] for one, where in zip(recordings, wheres, strict=True)]
        planes = _planes(wheres, paths, self.directions)
        for size in SHAPES:
            for twin, (plane, path) in enumerate(zip(planes, paths, strict=True)):
                given = Slice(network=recordings[twin].network, samples=rows, plane=plane)
                made = _cut(twin, given, path, self.directions, size, cancelled)
                if made is None:
                    return
                yield made


def _finite(weights: Floats) -> Floats:
    """Return the frames before the weights overflowed."""
    return np.asarray(weights[np.isfinite(weights).all(axis=1)])


def _planes(wheres: Sequence[Layout], paths: Sequence[Floats], directions: Directions) -> tuple[Plane, ...]:
    """Return the plane through the last weights of each network."""
    if directions == "path":
        return tuple(principal_plane(path) for path in paths)
    ends = [(where, path[-1]) for where, path in zip(wheres, paths, strict=True)]
    size = common_size(ends) if directions == "alike" else None
    return tuple(random_plane(where, end, size=size) for where, end in ends)


def _cut(twin: int, given: Slice, path: Floats, directions: Directions, size: int, cancelled: Cancelled) -> Cut | None:
    """Return the slice of one network on a grid of ``size`` points along each side; None once it is cancelled."""
    points, away = given.plane.project(path)
    x, y = _domain(points, directions)
    losses = grid(given, (x, y), (size, size), cancelled=cancelled)
    if losses is None:
        return None
    return Cut(
        twin=twin,
        given=given,
        x=x,
        y=y,
        losses=losses,
        path=points,
        directions=directions,
        shares=given.plane.shares,
        away=_relative(away, path),
    )


@dataclass(frozen=True, kw_only=True)
class DescentsQuestion(Question[tuple[Descent | None, ...]]):
    """The optimizers that were started on the slices; None where none was."""

    slices: SliceQuestion
    rule: UpdateRule
    seed: int
    starts: tuple[Point | None, Point | None]

    def answer(self, ask: Ask) -> tuple[Descent | None, ...]:
        """Let the optimizer go on the plane of each slice to the end."""
        return self._run(ask, lambda: False)

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Descent | None, ...], float]]:
        """Let it go, unless it is stopped."""
        found = self._run(ask, cancelled)
        if not cancelled():
            yield found, 1.0

    def _run(self, ask: Ask, cancelled: Cancelled) -> tuple[Descent | None, ...]:
        """Let the optimizer go on the plane of each slice: the same on the coarse grid and on the fine one."""
        cuts = latest(ask.so_far(self.slices) or ())
        if any(cut is None and start is not None for cut, start in zip(cuts, self.starts, strict=True)):
            cuts = latest(ask(self.slices))
        return tuple(
            None if cut is None or start is None else self._descent(cut, start, cancelled)
            for cut, start in zip(cuts, self.starts, strict=True)
        )

    def _descent(self, cut: Cut, start: Point, cancelled: Cancelled) -> Descent:
        return descend_on_slice(cut.given, self.rule, start, DESCENT_STEPS, None, self.seed, cancelled)

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return inf


def latest(found: Sequence[Cut]) -> tuple[Cut | None, ...]:
    """Return the finest slice of each network that there is."""
    return tuple(next((cut for cut in reversed(found) if cut.twin == twin), None) for twin in (0, 1))


def _relative(away: Floats, path: Floats) -> Floats:
    longest = float(np.linalg.norm(path - path[-1], axis=1).max())
    return away / longest if longest else np.zeros(len(away))


def _domain(points: Floats, directions: Directions) -> tuple[Range, Range]:
    """Return the part of the plane to show: around the path, or for random directions once their length."""
    if directions != "path":
        return (-1.0, 1.0), (-1.0, 1.0)
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, max(float((high - low).max()) * 0.25, SMALLEST))
    middle, half = (low + high) / 2, (0.5 + MARGIN) * size
    return (float(middle[0] - half[0]), float(middle[0] + half[0])), (
        float(middle[1] - half[1]),
        float(middle[1] + half[1]),
    )


def build_slices(
    experiment: Experiment,
    recordings: Sequence[Recording | None],
    found: Sequence[Cut],
    say: Translation,
    descents: Sequence[Descent | None] = (None, None),
) -> SliceScene:
    """Return both slices, each the finest that there is, with the optimizers that were started on them."""
    names = twin_names(experiment, say)
    last = latest(found)
    # One scale for both: the same colour is the same loss.
    shaded = shading(np.concatenate([cut.losses.ravel() for cut in last if cut] or [np.zeros(1)]))
    shades = iter(np.split(shaded.shade, np.cumsum([cut.losses.size for cut in last if cut])[:-1].tolist()))
    twins = []
    for name, color, cut, recording, descent in zip(names, TWIN_COLORS, last, recordings, descents, strict=True):
        started = np.empty((0, 2)) if descent is None else descent.points
        frames = recording.frames.astype(np.float64) if recording else np.zeros(0)
        if cut is None:
            made = SliceTwin(
                name=name, color=color, note="", cut=None, shade=None, lines=(), frames=frames, descent=started
            )
        else:
            x, y = (np.linspace(*side, len(cut.losses)) for side in (cut.x, cut.y))
            lines = contour_lines(cut.losses, x, y, shaded.levels)
            made = SliceTwin(
                name=name,
                color=color,
                note=_note(cut, say),
                cut=cut,
                shade=next(shades).reshape(cut.losses.shape),
                lines=tuple(line for _, line in lines),
                levels=tuple(level for level, _ in lines),
                frames=frames,
                descent=started,
            )
        twins.append(made)
    return SliceScene(
        twins=tuple(twins),
        colors=color_map("viridis"),
        distances=_distances(experiment, twins, say),
        losses=_losses(names, descents, say),
        shading=shaded if any(cut is not None for cut in last) else None,
    )


def _distances(experiment: Experiment, twins: Sequence[SliceTwin], say: Translation) -> SliceCurves:
    """Return what the slices leave out of the trainings, step by step, in straight lines between the frames."""
    curves = []
    for index, twin in enumerate(twins):
        if twin.cut is not None and len(twin.frames) >= len(twin.cut.away):
            steps = twin.frames[: len(twin.cut.away)]
            values = np.interp(np.arange(int(steps[-1]) + 1), steps, 100 * twin.cut.away)
            curves.append(Curve(run=index, name=twin.name, color=twin.color, dash="solid", values=values))
    title = say("distance of the training from the plane, % of its path")
    panel = CurvePanel(quantity="measure", title=title, curves=tuple(curves), log=False)
    return SliceCurves(curves=(panel,) if curves else (), steps=experiment.steps)


def _losses(names: Sequence[str], descents: Sequence[Descent | None], say: Translation) -> SliceCurves:
    """Return the losses along the paths of the started optimizers."""
    curves = tuple(
        Curve(run=index, name=name, color=TWIN_COLORS[index], dash="solid", values=descent.losses)
        for index, (name, descent) in enumerate(zip(names, descents, strict=True))
        if descent is not None and len(descent.losses)
    )
    panel = CurvePanel(quantity="measure", title=say("loss of the optimizer on the plane"), curves=curves, log=True)
    return SliceCurves(curves=(panel,) if curves else (), steps=DESCENT_STEPS)


def _note(cut: Cut, say: Translation) -> str:
    """Return what the directions are, and what they leave out."""
    if cut.directions == "alike":
        return say("Random, of one size in both networks.")
    if cut.shares is None:
        return say("Random, by each unit's own length.")
    first, second = (number(100 * share, 2) for share in cut.shares)
    away = number(100 * float(cut.away.max()), 2)
    return say("{first} % and {second} % of the variance; up to {away} % away", first=first, second=second, away=away)
