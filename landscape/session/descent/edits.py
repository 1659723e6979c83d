"""Every change a person can make to a surface and its runs: pure functions from a document to the next.

Each checks what it was given and raises :class:`~landscape.errors.InputError` where that cannot be used; the document
it was called with never changes. Runs are named by their ids.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Literal, TypeAlias, get_args

from landscape.catalogue.optimizers import RATE, UpdateRule, live_state, state_after
from landscape.catalogue.parameters import bind
from landscape.catalogue.rates import default_rate
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surface_checks import check_typed
from landscape.catalogue.surface_trees import own_parameter_names
from landscape.catalogue.surfaces import Surface, parameters_of, surface_entries
from landscape.errors import InputError
from landscape.geometry.escape import escaped
from landscape.geometry.fitted_view import fitted_view
from landscape.geometry.levels import LevelScale
from landscape.session import checks
from landscape.session.camera import Camera, StageView
from landscape.session.descent import checks as own_checks
from landscape.session.descent.document import MAX_RUNS, Animation, ColorMap, Descent, HyperMap, Run
from landscape.session.descent.map_ranges import refitted
from landscape.session.descent.targets import retargeted
from landscape.session.session import Point

Layer: TypeAlias = Literal["contours", "arrows", "critical", "lens", "sharpness"]

FAN = (1 / 9, 1 / 3, 1.0, 3.0, 9.0)
"""Factors of the five learning rates that are compared."""


def choose_surface(descent: Descent, surface: Surface) -> Descent:
    """Put the runs on another surface: from its own start, with rates, steps and domain that suit it.

    A surface of the same formula only replaces the present one: starts and rates stay.
    """
    own_checks.surface(surface)
    kept = descent.surface
    if (surface.formula, surface.entry, surface.columns) == (kept.formula, kept.entry, kept.columns):
        return _with_surface(descent, surface)
    entry = surface_entries().get(surface.entry)
    runs = tuple(replace(run, rule=_suited(surface, run.rule), start=None) for run in descent.runs)
    chosen = replace(
        descent,
        surface=surface,
        runs=runs,
        start=entry.start if entry else _corner(surface),
        steps=entry.steps if entry else descent.steps,
        batch_size=0,
    )
    return own_checks.still_shown(replace(chosen, hyper_map=refitted(chosen), comparison=retargeted(chosen)))


def set_formula(descent: Descent, formula: str) -> Descent:
    """Replace the surface's formula by one that was typed; the values of its parameters stay, and the starts in view.

    It is neither turned nor stretched, and shown where its critical points are: what was made for another formula
    stays only where it suits this one. The data stay where the formula reads them.
    """
    kept = descent.surface
    if formula == kept.formula:
        return descent
    names = own_parameter_names(formula, ())
    values = tuple((name, value) for name, value in kept.values if name in names)
    data, model = (kept.data, kept.model) if any(column in names for column in kept.columns) else ((), "")
    changes: dict[str, Any] = {"rotation": 0.0, "scaling": (1.0, 1.0), "data": data, "model": model, "entry": ""}
    described = tuple(one for one in parameters_of(kept) if one.name in names) if kept.entry else kept.described
    changes["described"] = tuple(one for one in described if one.name in names)
    typed = own_checks.surface(replace(kept, formula=formula, values=values, **changes))
    check_typed(formula, typed.columns)
    defaults = {parameter.name: parameter.default for parameter in parameters_of(replace(typed, values=()))}
    typed = replace(typed, values=tuple((defaults | dict(values)).items()))
    typed = replace(typed, domain=fitted_view(typed, chosen=bool(data) or not kept.entry))
    changed = _with_surface(_in_view(descent, typed), typed)
    return replace(changed, comparison=retargeted(changed))


def _in_view(descent: Descent, surface: Surface) -> Descent:
    """Take the starts that are out of view back into it."""

    def holds(point: Point) -> bool:
        return all(low <= place <= high for place, (low, high) in zip(point, surface.domain, strict=True))

    runs = tuple(replace(run, start=None) if run.start and not holds(run.start) else run for run in descent.runs)
    return replace(descent, runs=runs, start=descent.start if holds(descent.start) else _corner(surface))


def set_surface(descent: Descent, surface: Surface) -> Descent:
    """Put a surface under the runs exactly as they are: starts, rates and steps stay."""
    return _with_surface(descent, surface)


def set_surface_value(descent: Descent, name: str, value: float) -> Descent:
    """Give a parameter of the surface a value."""
    surface = descent.surface
    values = bind(parameters_of(surface), dict(surface.values) | {name: value}, surface.entry or surface.formula)
    return _with_surface(descent, replace(surface, values=values))


def set_rotation(descent: Descent, degrees: float) -> Descent:
    """Turn the surface counter-clockwise about the centre of its domain."""
    return _with_surface(descent, replace(descent.surface, rotation=float(degrees)))


def set_scaling(descent: Descent, x: float, y: float) -> Descent:
    """Stretch the surface along its own axes."""
    return _with_surface(descent, replace(descent.surface, scaling=(float(x), float(y))))


def set_domain(descent: Descent, x: tuple[float, float], y: tuple[float, float]) -> Descent:
    """Set the part of the plane that is shown, and that a run must not leave."""
    domain = ((float(x[0]), float(x[1])), (float(y[0]), float(y[1])))
    return _with_surface(descent, replace(descent.surface, domain=domain))


def set_data_point(descent: Descent, row: int, input: float, target: float) -> Descent:
    """Move one row of the data: its first column to ``input``, its last to ``target``."""
    columns = [list(column) for _, column in descent.surface.data]
    columns[0][row], columns[-1][row] = float(input), float(target)
    data = tuple((name, tuple(column)) for name, column in zip(descent.surface.columns, columns, strict=True))
    return _with_surface(descent, replace(descent.surface, data=data))


def _with_surface(descent: Descent, surface: Surface) -> Descent:
    """Put ``surface`` under the runs as they are; a mini-batch cannot have more rows than the data."""
    own_checks.surface(surface)
    changed = replace(descent, surface=surface, batch_size=min(descent.batch_size, surface.rows))
    return own_checks.still_shown(changed)


def _corner(surface: Surface) -> Point:
    """Return a start for a formula that was typed: towards the upper left, off every axis and diagonal."""
    (left, right), (low, high) = surface.domain
    return left + 0.2 * (right - left), low + 0.85 * (high - low)


# Starts


def move_start(descent: Descent, point: Point, run: int | None = None) -> Descent:
    """Put the common start at ``point``, or where ``run`` is given, the start of that run alone."""
    point = checks.point(point)
    return replace(descent, start=point) if run is None else _change_run(descent, run, start=point)


def move_all_starts(descent: Descent, point: Point, run: int | None = None) -> Descent:
    """Shift every start alike, so that that of ``run`` (None: the common one) comes to ``point``."""
    held = descent.start if run is None else descent.start_of(descent.run_of(run))
    dx, dy = point[0] - held[0], point[1] - held[1]

    def shifted(start: Point) -> Point:
        return checks.point((start[0] + dx, start[1] + dy))

    runs = tuple(replace(one, start=shifted(one.start)) if one.start else one for one in descent.runs)
    return replace(descent, start=shifted(descent.start), runs=runs)


def gather_starts(descent: Descent, point: Point) -> Descent:
    """Let all runs begin at ``point``, together."""
    runs = tuple(replace(run, start=None) for run in descent.runs)
    return replace(descent, start=checks.point(point), runs=runs)


def own_start(descent: Descent, run: int, own: bool) -> Descent:
    """Give a run a start of its own, at first where it begins now, or let it share the common one again."""
    return _change_run(descent, run, start=descent.start_of(descent.run_of(run)) if own else None)


def set_state(descent: Descent, run: int, name: str, numbers: Sequence[float]) -> Descent:
    """Let the rule of a run begin with this under a name that it remembers: two numbers, or one of x and y together."""
    held = descent.run_of(run)
    state = tuple({**dict(held.state), name: tuple(map(float, numbers))}.items())
    return _change_run(descent, run, state=own_checks.state(state, held.rule))


def set_previous(descent: Descent, run: int, previous: Point | None) -> Descent:
    """Let a run begin as if its step before had begun at ``previous``; None: at rest, with nothing remembered.

    What the rule remembers is worked out now: when the start is moved, the velocity stays.
    """
    held = descent.run_of(run)
    start = descent.start_of(held)
    state = () if previous is None else state_after(held.rule, checks.point(previous), start)
    return _change_run(descent, run, state=own_checks.state(state, held.rule))


def escape(descent: Descent, run: int, point: Point) -> Descent:
    """Let a run begin a small way from ``point`` along its escape direction, out of a saddle and downhill."""
    start = escaped(descent.surface, checks.point(point))
    if start is None:
        raise InputError("There is no escape direction here: the surface curves upwards in every direction")
    return move_start(descent, start, run)


# Runs


def add_run(descent: Descent, rule: UpdateRule, name: str = "") -> Descent:
    """Add a run of ``rule``, with a learning rate that suits the surface, in the first colour that is free."""
    checks.rule(rule)
    made = Run(id=0, rule=_suited(descent.surface, rule), name=checks.name(name))
    return _insert(descent, len(descent.runs), [made])


def remove_run(descent: Descent, run: int) -> Descent:
    """Remove a run, and what is shown of it alone; the others keep their colours."""
    gone = descent.run_of(run)
    basins = None if descent.basins == run else descent.basins
    hyper_map = None if descent.hyper_map and descent.hyper_map.run == run else descent.hyper_map
    animation = None if descent.animation and descent.animation.run == run else descent.animation
    cut = replace(descent.cut, run=None) if descent.cut and descent.cut.run == run else descent.cut
    explained = None if descent.explained == run else descent.explained
    runs = tuple(one for one in descent.runs if one is not gone)
    kept: dict[str, Any] = {"basins": basins, "hyper_map": hyper_map, "animation": animation, "cut": cut}
    return replace(descent, runs=runs, explained=explained, **kept)


def duplicate_run(descent: Descent, run: int) -> Descent:
    """Add a copy of a run below it, in another colour."""
    return _insert(descent, _place(descent, run) + 1, [replace(descent.run_of(run), visible=True)])


def fan_rates(descent: Descent, run: int) -> Descent:
    """Compare five learning rates: 1/9, 1/3, 1, 3 and 9 times that of ``run``, which stays in the middle.

    Where fewer runs fit, the factors nearest to 1 are taken.
    """
    own_checks.runs(len(descent.runs) + 1)
    centre, place = descent.run_of(run), _place(descent, run)
    places = MAX_RUNS - len(descent.runs)
    chosen = sorted((FAN[1], FAN[3], FAN[0], FAN[4])[:places])
    made = [replace(centre, rule=centre.rule.with_values(lr=centre.rule.lr * factor)) for factor in chosen]
    slower = [one for one in made if one.rule.lr < centre.rule.lr]
    with_slower = _insert(descent, place, slower)
    return _insert(with_slower, place + len(slower) + 1, made[len(slower) :])


def rename_run(descent: Descent, run: int, name: str) -> Descent:
    """Call a run ``name``; an empty name gives it its optimizer's title back."""
    return _change_run(descent, run, name=checks.name(name))


def choose_rule(descent: Descent, run: int, rule: UpdateRule) -> Descent:
    """Give a run another optimizer, with a learning rate that suits the surface, under the optimizer's own title."""
    checks.rule(rule)
    kept, suited = descent.hyper_map, _suited(descent.surface, rule)
    changed = _change_run(replace(descent, hyper_map=None), run, rule=suited, name="", strategy=None)
    shown = replace(changed, hyper_map=kept)
    return replace(shown, hyper_map=refitted(shown)) if kept and kept.run == run else shown


def set_rule(descent: Descent, run: int, rule: UpdateRule) -> Descent:
    """Give a run exactly this rule."""
    return _change_run(descent, run, rule=checks.rule(rule))


def set_hyper(descent: Descent, run: int, name: str, value: float) -> Descent:
    """Give a hyper-parameter of a run a value; ``lr`` is its learning rate."""
    held = descent.run_of(run).with_value(name, value)
    return _change_run(descent, run, rule=checks.rule(held.rule), strategy=held.strategy)


def set_visible(descent: Descent, run: int, visible: bool) -> Descent:
    """Show or hide a run."""
    return _change_run(descent, run, visible=visible)


def solo_run(descent: Descent, run: int) -> Descent:
    """Show this run alone; once more, and all are shown again."""
    only = descent.run_of(run)
    alone = all(one.visible == (one is only) for one in descent.runs)
    return replace(descent, runs=tuple(replace(one, visible=alone or one is only) for one in descent.runs))


def _change_run(descent: Descent, run: int, **changes: Any) -> Descent:  # noqa: ANN401
    old = descent.run_of(run)
    changed = replace(old, **changes)
    if old.state and changed.rule.rule != old.rule.rule:
        known = live_state(changed.rule.rule)
        changed = replace(changed, state=tuple(each for each in changed.state if each[0] in known))
    return own_checks.still_shown(replace(descent, runs=tuple(changed if one is old else one for one in descent.runs)))


def _place(descent: Descent, run: int) -> int:
    return descent.runs.index(descent.run_of(run))


def _insert(descent: Descent, place: int, runs: Sequence[Run]) -> Descent:
    """Insert ``runs``, each with an id of its own and in the first colour that is free."""
    own_checks.runs(len(descent.runs) + len(runs))
    used = {run.color for run in descent.runs}
    free = [color for color in range(MAX_RUNS) if color not in used]
    ids = count(1 + max((run.id for run in descent.runs), default=-1))
    named = tuple(replace(run, id=id, color=color) for run, id, color in zip(runs, ids, free, strict=False))
    return replace(descent, runs=descent.runs[:place] + named + descent.runs[place:])


def _suited(surface: Surface, rule: UpdateRule) -> UpdateRule:
    """Return ``rule`` with the learning rate that suits ``surface``, where it has one."""
    return rule.with_values(lr=default_rate(surface, rule)) if RATE in dict(rule.values) else rule


# Schedule, steps and noise


def set_schedule(descent: Descent, schedule: Schedule, run: int | None = None) -> Descent:
    """Set the common schedule, or where ``run`` is given, the schedule of that run alone."""
    schedule = checks.schedule(schedule)
    if run is not None:
        return _change_run(descent, run, schedule=schedule)
    return own_checks.still_shown(replace(descent, schedule=schedule))


def own_schedule(descent: Descent, run: int, own: bool) -> Descent:
    """Give a run a schedule of its own, at first the one it follows now, or let it follow the common one again."""
    return _change_run(descent, run, schedule=descent.schedule_of(descent.run_of(run)) if own else None)


def set_steps(descent: Descent, steps: int) -> Descent:
    """Set how many steps every run makes."""
    return replace(descent, steps=checks.steps(steps))


def set_noise(descent: Descent, noise: float) -> Descent:
    """Set the standard deviation of the normal noise added to each gradient component."""
    return replace(descent, noise=own_checks.noise(noise))


def set_batch_size(descent: Descent, rows: int) -> Descent:
    """Set how many rows of data a mini-batch has; 0: all."""
    return replace(descent, batch_size=own_checks.batch_size(rows, descent.surface))


def set_seed(descent: Descent, seed: int) -> Descent:
    """Set what noise and mini-batches are drawn from."""
    return replace(descent, seed=checks.seed(seed))


# What is shown


def set_colormap(descent: Descent, colormap: ColorMap) -> Descent:
    """Set the colour map of the surface."""
    checks.choice(colormap, get_args(ColorMap))
    return replace(descent, colormap=colormap)


def set_stage(descent: Descent, stage: StageView) -> Descent:
    """Show the surface from above, in three dimensions, or both."""
    checks.choice(stage, get_args(StageView))
    return replace(descent, stage=stage)


def set_camera(descent: Descent, camera: Camera) -> Descent:
    """See the relief from elsewhere, or make it higher or lower."""
    return replace(descent, camera=own_checks.camera(camera))


def set_levels(descent: Descent, levels: LevelScale) -> Descent:
    """Set how colours and contour lines are spread over the values."""
    checks.choice(levels, get_args(LevelScale))
    return replace(descent, levels=levels)


def set_layer(descent: Descent, layer: Layer, shown: bool) -> Descent:
    """Show or hide a layer: contour lines, arrows of steepest descent, critical points, the lens or the sharpness."""
    checks.choice(layer, get_args(Layer))
    changes: dict[str, Any] = {layer: shown}
    return replace(descent, **changes)


def show_basins(descent: Descent, run: int | None) -> Descent:
    """Show where a run ends from every start; None: no longer."""
    return own_checks.shown(replace(descent, basins=None if run is None else descent.run_of(run).id))


def explain(descent: Descent, run: int | None) -> Descent:
    """Explain the steps of a run line by line; None: of none."""
    return replace(descent, explained=None if run is None else descent.run_of(run).id)


def show_map(descent: Descent, hyper_map: HyperMap | None) -> Descent:
    """Show what becomes of a run as two of its hyper-parameters vary; None: no longer."""
    return own_checks.shown(replace(descent, hyper_map=hyper_map))


def animate(descent: Descent, animation: Animation | None) -> Descent:
    """Let films vary a parameter in place of the step; None: the step."""
    return own_checks.shown(replace(descent, animation=animation))
