"""The facts of a step: what the surface is like at a place, how each run does, and how near it is to its limit.

Computed once, for the panels of the window, for the legend of a picture and for the tests alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.descent.recorded import Trajectory
from landscape.errors import InputError
from landscape.geometry.curvature import eigenvalues, entries_of, hessians
from landscape.geometry.escape import near_saddle, saddle_near
from landscape.geometry.preconditioning import gain, preconditioned_sharpness
from landscape.geometry.stability import stable_rate
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.text import run_titles
from landscape.scene.layers import Dash
from landscape.scene.question import Array
from landscape.scene.scene import Path, Scene
from landscape.scene.standings import Heading, Row
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.session.descent.map_ranges import threshold_from
from landscape.session.session import Point
from landscape.translation import Translation

ROWS = ("f", "∇f", "‖∇f‖", "λ₁, λ₂", "κ", "2/λmax")
"""What is told of a point of the surface."""


Curves: TypeAlias = Mapping[str, Mapping[int, Array]]
"""The values along each run, by quantity and run."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one run does at a step."""

    run: int
    name: str
    color: str
    dash: Dash
    loss: float
    """NaN where it is not known."""
    gradient: float
    """Norm of the gradient; NaN where it is not known."""
    note: str
    """What became of the run; empty while it is on its way."""
    lost: bool
    """It has diverged."""


def standings(scene: Scene, step: float) -> tuple[Standing, ...]:
    """Return how the visible runs do at ``step``, in their order."""
    curves: Curves = {panel.quantity: {one.run: one.values for one in panel.curves} for panel in scene.curves}
    measured = _measured(scene.paths, curves, step, scene.surface)
    return tuple(_standing(path, step, *found) for path, found in zip(scene.paths, measured, strict=True))


def standings_at(scene: Scene, step: float) -> tuple[Standing, ...]:
    """Return the same with the lowest loss first; runs that diverged or have no finite loss come last."""
    found = standings(scene, step)
    return tuple(sorted(found, key=lambda one: (one.lost, one.loss if np.isfinite(one.loss) else np.inf)))


def standing_headings(say: Translation) -> tuple[Heading, ...]:
    """Return what stands over the columns of the standings."""
    return (
        Heading(title="f", tip=say("The loss: the value of the surface where the run is.")),
        Heading(title="‖∇f‖", tip=say("The norm of the gradient: how steep the surface is where the run is.")),
        Heading(
            title=say("steps"),
            tip=say("Steps until a thousandth is left of the way from the first loss to the lowest known minimum."),
            whole=True,
        ),
    )


def standing_rows(scene: Scene, step: float) -> tuple[Row, ...]:
    """Return how the visible runs do at ``step``, as lines of a table."""
    losses = {one.run: one.values for panel in scene.curves if panel.quantity == "loss" for one in panel.curves}
    return tuple(
        Row(
            name=one.name, color=one.color, dash=one.dash, state=one.note, lost=one.lost,
            numbers=(one.loss, one.gradient, _reached(losses.get(one.run), step, scene.surface)),
        )
        for one in standings(scene, step)
    )  # fmt: skip


def _reached(losses: NDArray[np.float64] | None, step: float, surface: Surface | None) -> float:
    """Return the first step up to now whose loss is at or under the threshold; NaN where there is none."""
    if losses is None or not len(losses) or surface is None:
        return math.nan
    there = losses[: int(step) + 1] <= threshold_from(surface, float(losses[0]))
    return float(there.argmax()) if there.any() else math.nan


def point_at(path: Path, step: float) -> Point:
    """Return where a run is drawn at a step: between two whole ones, on the line from one to the other."""
    last = len(path.points) - 1
    whole = min(int(step), last)
    here, there = path.points[whole], path.points[min(whole + 1, last)]
    x, y = (here + (min(step, last) - whole) * (there - here)).tolist()
    return x, y


def _measured(paths: Sequence[Path], curves: Curves, step: float, surface: Surface | None) -> list[tuple[float, float]]:
    """Return the loss of each run at a step, and the norm of its gradient; NaN where they are not known.

    Between two whole steps the surface is evaluated, for all runs at once: a call costs more than they do.
    """
    found = np.full((len(paths), 2), np.nan)
    between: list[int] = []
    for k, path in enumerate(paths):
        last = len(path.points) - 1
        at = min(int(step), last)
        for column, name in enumerate(("loss", "gradient")):
            values = curves.get(name, {}).get(path.run)
            if values is not None and at < len(values):
                found[k, column] = values[at]
        if at < min(step, last) and np.isfinite(found[k, 0]):
            between.append(k)
    if surface is not None and between:
        x, y = np.array([point_at(paths[k], step) for k in between]).T
        found[between] = np.column_stack((surface.value(x, y), np.hypot(*surface.gradient(x, y))))
    return [(loss, gradient) for loss, gradient in found.tolist()]


def _standing(path: Path, step: float, loss: float, gradient: float) -> Standing:
    last = len(path.points) - 1
    told = step >= min(path.note_step, last)
    return Standing(
        run=path.run,
        name=path.name,
        color=path.color,
        dash=path.dash,
        loss=loss,
        gradient=gradient,
        note=path.note if told else "",
        lost=path.outcome == "diverged" and step >= last,
    )


@dataclass(frozen=True, kw_only=True)
class Here:
    """What the surface is like at the pointer, or where a run is."""

    text: str
    """What the place is called."""
    numbers: Mapping[str, str]
    """By ``ROWS``."""
    sentence: str
    """How near the run is to the limit of its learning rate; empty where nothing holds it."""
    stuck: Point | None
    """Where the run is, if that is near a saddle or a maximum; None elsewhere, and at the pointer."""
    saddle: Point | None
    """The saddle that the run is near to."""
    trust: str = ""
    """On which disc the osculating paraboloid of the probe can be trusted; empty elsewhere."""


def here(
    descent: Descent,
    scene: Scene | None,
    answers: Answers,
    say: Translation,
    *,
    run: int | None,
    step: float,
    pointer: Point | None,
) -> Here:
    """Return what is told of the pointer, or where there is none, of the probe, or without one, of a run at a step.

    Args:
        descent: The surface and the runs.
        scene: Where the paths are.
        answers: What is known of the trajectories.
        say: The language.
        run: The run, by its id; None: the first one.
        step: The play head.
        pointer: Where the pointer is on the map.
    """
    run = chosen_run(descent, run)
    point, text = place_of(descent, scene, run, step, say)
    fixed = pointer if pointer is not None else descent.probe
    stuck = stuck_at(descent, scene, run, step) if fixed is None else None
    felt = _felt(descent, answers, say, run, int(step)) if fixed is None and run is not None else ""
    if fixed is not None:
        x, y = point = fixed
        told = say("at ({x}, {y})", x=number(x, 4), y=number(y, 4))
        text = told if pointer is not None else say("probe {place}", place=told)
    return Here(
        text=text,
        numbers=numbers_at(descent, point),
        sentence=felt or stability_sentence(descent, run, point, say, int(step), _followed(descent, answers, run)),
        stuck=stuck,
        saddle=None if stuck is None else saddle_near(descent.surface, stuck),
        trust=_trust(scene, fixed, say),
    )


def _trust(scene: Scene | None, point: Point | None, say: Translation) -> str:
    """Return on which disc the probe's paraboloid can be trusted, where ``point`` is the probe."""
    if scene is None or scene.probe is None or point != scene.probe.osculation.point:
        return ""
    # Loaded with the first probe, not with the first panel.
    from landscape.scene.descent.probe import trust_sentence

    return trust_sentence(scene.probe.osculation, say)


def chosen_run(descent: Descent, run: int | None) -> int | None:
    """Return the run that is meant: the first one where none is chosen, or the chosen one has gone."""
    ids = [one.id for one in descent.runs]
    return run if run in ids else next(iter(ids), None)


def place_of(
    descent: Descent, scene: Scene | None, run: int | None, step: float, say: Translation
) -> tuple[Point, str]:
    """Return where a run is at a step, and how that is called; where it starts before it has made a step."""
    path = next((path for path in scene.paths if path.run == run), None) if scene else None
    if path is None or step < 1:
        start = descent.start if run is None else descent.start_of(descent.run_of(run))
        return start, say("at the start")
    shown = min(step, len(path.points) - 1)
    return point_at(path, shown), say("at step {step}", step=number(shown))


def stuck_at(descent: Descent, scene: Scene | None, run: int | None, step: float) -> Point | None:
    """Return where a run is at a step if that is near a saddle or a maximum; None if it is elsewhere."""
    point, _ = place_of(descent, scene, run, step, Translation())
    return point if run is not None and near_saddle(descent.surface, point) else None


def _felt(descent: Descent, answers: Answers, say: Translation, run: int, step: int) -> str:
    """Return how the curvature that an adaptive run feels compares with its limit; empty where that is unknown."""
    trajectory = answers.get(trajectory_question(descent, descent.run_of(run)))
    return adaptive_sentence(descent, run, trajectory, step, say) if trajectory else ""


def _followed(descent: Descent, answers: Answers, run: int | None) -> Array | None:
    """Return the rates of a run whose schedule alone does not tell them; None elsewhere, and while it is computed."""
    if run is None or not descent.schedule_of(descent.run_of(run)).follows:
        return None
    trajectory = answers.get(trajectory_question(descent, descent.run_of(run)))
    return trajectory.rates if trajectory is not None and len(trajectory.rates) else None


def numbers_at(descent: Descent, point: Point) -> dict[str, str]:
    """Return the texts of ``ROWS`` at ``point``; what does not exist there is "–"."""
    surface = descent.surface
    texts = {name: number(float("nan")) for name in ROWS}
    texts["f"] = number(float(surface.value(*point)), 5)
    try:
        gradient, hessian = surface.gradient(*point), surface.hessian(*point)
    except InputError:
        # A formula too large to be differentiated twice: what is known is shown.
        return texts
    parts = [number(float(part), 3) for part in gradient]
    if any("×" in part for part in parts):  # There is room for two powers of ten with two digits each.
        parts = [number(float(part), 2) for part in gradient]
    texts["∇f"] = f"({', '.join(parts)})"
    texts["‖∇f‖"] = number(float(np.hypot(*gradient)), 4)
    if np.isfinite(hessian).all():
        low, high = eigenvalues(entries_of(hessian)).tolist()
        texts["λ₁, λ₂"] = f"{number(high, 4)}, {number(low, 4)}"
        if low > 0:
            texts["κ"] = number(high / low, 4)
        if high > 0:
            texts["2/λmax"] = number(2.0 / high, 3)
    return texts


def stability_sentence(
    descent: Descent, run: int | None, point: Point, say: Translation, step: int = 0, rates: Array | None = None
) -> str:
    """Return how the rate of a run compares with the largest that is stable at ``point``.

    The limit is the run's own rule's; where that has none, gradient descent's is told. Where there is no Hessian, that
    is said; where nothing holds a run, nothing is.

    Args:
        descent: The surface and the runs.
        run: The run, by its id; None: there is none.
        point: Where.
        say: The language.
        step: The step whose learning rate is meant.
        rates: Of the run's steps, where its schedule follows what it does.
    """
    try:
        hessian = descent.surface.hessian(*point)
    except InputError as error:
        return say("The Hessian cannot be computed: {problem}", problem=say.error(error))
    if not np.isfinite(hessian).all():
        return say("There is no Hessian here")
    sharpness = float(eigenvalues(entries_of(hessian))[1])
    rule = None if run is None else descent.run_of(run).own_rule
    limit = stable_rate(rule, sharpness) if rule is not None else None
    if run is None or rule is None or limit is None:
        if not sharpness > 0.0:
            return ""
        return say("Gradient descent is stable here below lr = {rate}", rate=number(2.0 / sharpness, 3))
    followed = descent.schedule_of(descent.run_of(run))
    if rates is None and not followed.follows:
        rates = followed.rates(lr=rule.lr, steps=descent.steps)
    rate = rule.lr if rates is None else float(rates[min(step, len(rates) - 1)])
    told = {
        "name": run_titles(descent, say)[run],
        "lr": number(rate),
        "ratio": number(rate / limit, 2),
        "limit": number(limit, 3),
    }
    if rate > limit:
        return say("{name}: lr {lr} is {ratio} times the stable limit {limit} along the steep axis", **told)
    return say("{name}: lr {lr} is stable here, {ratio} of the limit {limit} along the steep axis", **told)


def adaptive_sentence(descent: Descent, run: int, trajectory: Trajectory, step: int, say: Translation) -> str:
    """Return how the curvature that an adaptive rule feels after ``step`` steps compares with what is stable for it.

    Empty for the rules that do not scale the gradient, at the start, and where nothing holds the run.
    """
    rule, step = descent.run_of(run).own_rule, min(step, len(trajectory.rates))
    factor = None if rule is None else gain(rule)
    if rule is None or factor is None or step < 1:
        return ""
    (entries,) = hessians(descent.surface, trajectory.points[step : step + 1])
    felt = preconditioned_sharpness(rule, trajectory.state, step, entries)
    if felt is None or felt <= 0.0:
        return ""
    limit = factor / float(trajectory.rates[min(step, len(trajectory.rates) - 1)])
    return say(
        "{name}: its preconditioned sharpness {felt} is {ratio} of the limit {limit} = {gain}/lr",
        name=run_titles(descent, say)[run],
        felt=number(felt, 3),
        ratio=number(felt / limit, 2),
        limit=number(limit, 3),
        gain=number(factor, 3),
    )
