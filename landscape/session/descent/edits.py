"""Every change a person can make: pure functions from a session to the next.

Each checks what it was given and raises :class:`~landscape.errors.InputError` where that cannot be used; the session
it was called with never changes. Runs are named by their index.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias, get_args

from landscape.catalogue.optimizers import RATE, UpdateRule
from landscape.catalogue.parameters import bind
from landscape.catalogue.rates import default_rate
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.schedules import check as check_schedule
from landscape.catalogue.surface_trees import own_parameter_names
from landscape.catalogue.surfaces import Surface, parameters_of, surface_entries
from landscape.errors import InputError
from landscape.geometry.escape import escaped
from landscape.geometry.levels import LevelScale
from landscape.session.descent import checks
from landscape.session.descent.map_ranges import refitted
from landscape.session.session import MAX_RUNS, Animation, ColorMap, HyperMap, Point, Run, Session

Layer: TypeAlias = Literal["contours", "arrows", "critical", "lens", "sharpness"]

FAN = (1 / 9, 1 / 3, 1.0, 3.0, 9.0)
"""Factors of the five learning rates that are compared."""

# Surface


def choose_surface(session: Session, surface: Surface) -> Session:
    """Put the runs on another surface: from its own start, with rates, steps and domain that suit it.

    A surface of the same formula only replaces the present one: starts and rates stay.
    """
    checks.surface(surface)
    kept = session.surface
    if (surface.formula, surface.entry, surface.columns) == (kept.formula, kept.entry, kept.columns):
        return _with_surface(session, surface)
    entry = surface_entries().get(surface.entry)
    runs = tuple(replace(run, rule=_suited(surface, run.rule), start=None) for run in session.runs)
    chosen = replace(
        session,
        surface=surface,
        runs=runs,
        start=entry.start if entry else _corner(surface),
        steps=entry.steps if entry else session.steps,
        batch_size=0,
        title={},
    )
    return checks.still_shown(replace(chosen, hyper_map=refitted(chosen)))


def set_formula(session: Session, formula: str) -> Session:
    """Replace the surface's formula by one that was typed; domain, starts and the values of its parameters stay.

    The data stay where the formula reads them.
    """
    kept = session.surface
    if formula == kept.formula:
        return session
    names = own_parameter_names(formula, ())
    values = tuple((name, value) for name, value in kept.values if name in names)
    data, model = (kept.data, kept.model) if any(column in names for column in kept.columns) else ((), "")
    typed = checks.surface(replace(kept, formula=formula, values=values, data=data, model=model, entry=""))
    defaults = {parameter.name: parameter.default for parameter in parameters_of(replace(typed, values=()))}
    return _with_surface(replace(session, title={}), replace(typed, values=tuple((defaults | dict(values)).items())))


def set_surface_value(session: Session, name: str, value: float) -> Session:
    """Give a parameter of the surface a value."""
    surface = session.surface
    values = bind(parameters_of(surface), dict(surface.values) | {name: value}, surface.entry or surface.formula)
    return _with_surface(session, replace(surface, values=values))


def set_rotation(session: Session, degrees: float) -> Session:
    """Turn the surface counter-clockwise about the centre of its domain."""
    return _with_surface(session, replace(session.surface, rotation=float(degrees)))


def set_scaling(session: Session, x: float, y: float) -> Session:
    """Stretch the surface along its own axes."""
    return _with_surface(session, replace(session.surface, scaling=(float(x), float(y))))


def set_domain(session: Session, x: tuple[float, float], y: tuple[float, float]) -> Session:
    """Set the part of the plane that is shown, and that a run must not leave."""
    domain = ((float(x[0]), float(x[1])), (float(y[0]), float(y[1])))
    return _with_surface(session, replace(session.surface, domain=domain))


def set_data_point(session: Session, row: int, input: float, target: float) -> Session:
    """Move one row of the data: its first column to ``input``, its last to ``target``."""
    columns = [list(column) for _, column in session.surface.data]
    columns[0][row], columns[-1][row] = float(input), float(target)
    data = tuple((name, tuple(column)) for name, column in zip(session.surface.columns, columns, strict=True))
    return _with_surface(session, replace(session.surface, data=data))


def _with_surface(session: Session, surface: Surface) -> Session:
    """Put ``surface`` under the runs as they are; a mini-batch cannot have more rows than the data."""
    checks.surface(surface)
    changed = replace(session, surface=surface, batch_size=min(session.batch_size, surface.rows))
    return checks.still_shown(changed)


def _corner(surface: Surface) -> Point:
    """Return a start for a formula that was typed: towards the upper left, off every axis and diagonal."""
    (left, right), (low, high) = surface.domain
    return left + 0.2 * (right - left), low + 0.85 * (high - low)


# Starts


def move_start(session: Session, point: Point, run: int | None = None) -> Session:
    """Put the common start at ``point``, or where ``run`` is given, the start of that run alone."""
    point = checks.point(point)
    return replace(session, start=point) if run is None else _change_run(session, run, start=point)


def move_all_starts(session: Session, point: Point, run: int | None = None) -> Session:
    """Shift every start alike, so that that of ``run`` (None: the common one) comes to ``point``."""
    held = session.start if run is None else session.start_of(session.runs[run])
    dx, dy = point[0] - held[0], point[1] - held[1]

    def shifted(start: Point) -> Point:
        return checks.point((start[0] + dx, start[1] + dy))

    runs = tuple(replace(one, start=shifted(one.start)) if one.start else one for one in session.runs)
    return replace(session, start=shifted(session.start), runs=runs)


def gather_starts(session: Session, point: Point) -> Session:
    """Let all runs begin at ``point``, together."""
    runs = tuple(replace(run, start=None) for run in session.runs)
    return replace(session, start=checks.point(point), runs=runs)


def own_start(session: Session, run: int, own: bool) -> Session:
    """Give a run a start of its own, at first where it begins now, or let it share the common one again."""
    return _change_run(session, run, start=session.start_of(session.runs[run]) if own else None)


def escape(session: Session, run: int, point: Point) -> Session:
    """Let a run begin a small way from ``point`` along its escape direction, out of a saddle and downhill."""
    start = escaped(session.surface, checks.point(point))
    if start is None:
        raise InputError("There is no escape direction here: the surface curves upwards in every direction")
    return move_start(session, start, run)


# Runs


def add_run(session: Session, rule: UpdateRule, name: str = "") -> Session:
    """Add a run of ``rule``, with a learning rate that suits the surface, in the first colour that is free."""
    checks.rule(rule)
    return _insert(session, len(session.runs), [Run(rule=_suited(session.surface, rule), name=checks.name(name))])


def remove_run(session: Session, run: int) -> Session:
    """Remove a run, and what is shown of it alone; the others keep their colours."""
    gone = session.runs[run].color
    basins = None if session.basins == gone else session.basins
    hyper_map = None if session.hyper_map and session.hyper_map.run == gone else session.hyper_map
    animation = None if session.animation and session.animation.run == gone else session.animation
    runs = session.runs[:run] + session.runs[run + 1 :]
    return replace(session, runs=runs, basins=basins, hyper_map=hyper_map, animation=animation)


def duplicate_run(session: Session, run: int) -> Session:
    """Add a copy of a run below it, in another colour."""
    return _insert(session, run + 1, [replace(session.runs[run], visible=True)])


def fan_rates(session: Session, run: int) -> Session:
    """Compare five learning rates: 1/9, 1/3, 1, 3 and 9 times that of ``run``, which stays in the middle.

    Where fewer runs fit, the factors nearest to 1 are taken.
    """
    checks.runs(len(session.runs) + 1)
    centre = session.runs[run]
    places = MAX_RUNS - len(session.runs)
    chosen = sorted((FAN[1], FAN[3], FAN[0], FAN[4])[:places])
    made = [replace(centre, rule=centre.rule.with_values(lr=centre.rule.lr * factor)) for factor in chosen]
    slower = [one for one in made if one.rule.lr < centre.rule.lr]
    with_slower = _insert(session, run, slower)
    return _insert(with_slower, run + len(slower) + 1, made[len(slower) :])


def rename_run(session: Session, run: int, name: str) -> Session:
    """Call a run ``name``; an empty name gives it its optimizer's title back."""
    return _change_run(session, run, name=checks.name(name))


def choose_rule(session: Session, run: int, rule: UpdateRule) -> Session:
    """Give a run another optimizer, with a learning rate that suits the surface, under the optimizer's own title."""
    checks.rule(rule)
    kept = session.hyper_map
    changed = _change_run(replace(session, hyper_map=None), run, rule=_suited(session.surface, rule), name="")
    shown = replace(changed, hyper_map=kept)
    return replace(shown, hyper_map=refitted(shown)) if kept and kept.run == session.runs[run].color else shown


def set_rule(session: Session, run: int, rule: UpdateRule) -> Session:
    """Give a run exactly this rule."""
    return _change_run(session, run, rule=checks.rule(rule))


def set_hyper(session: Session, run: int, name: str, value: float) -> Session:
    """Give a hyper-parameter of a run a value; ``lr`` is its learning rate."""
    rule = session.runs[run].rule.with_values(**{name: value})
    return _change_run(session, run, rule=checks.rule(rule))


def set_visible(session: Session, run: int, visible: bool) -> Session:
    """Show or hide a run."""
    return _change_run(session, run, visible=visible)


def solo_run(session: Session, run: int) -> Session:
    """Show this run alone; once more, and all are shown again."""
    alone = [one.visible for one in session.runs] == [index == run for index in range(len(session.runs))]
    runs = tuple(replace(one, visible=alone or index == run) for index, one in enumerate(session.runs))
    return replace(session, runs=runs)


def _change_run(session: Session, run: int, **changes: Any) -> Session:  # noqa: ANN401
    changed = replace(session.runs[run], **changes)
    return checks.still_shown(replace(session, runs=(*session.runs[:run], changed, *session.runs[run + 1 :])))


def _insert(session: Session, place: int, runs: Sequence[Run]) -> Session:
    """Insert ``runs``, each in the first colour that is free."""
    checks.runs(len(session.runs) + len(runs))
    used = {run.color for run in session.runs}
    free = [color for color in range(MAX_RUNS) if color not in used]
    colored = tuple(replace(run, color=color) for run, color in zip(runs, free, strict=False))
    return replace(session, runs=session.runs[:place] + colored + session.runs[place:])


def _suited(surface: Surface, rule: UpdateRule) -> UpdateRule:
    """Return ``rule`` with the learning rate that suits ``surface``, where it has one."""
    return rule.with_values(lr=default_rate(surface, rule)) if RATE in dict(rule.values) else rule


# Schedule, steps and noise


def set_schedule(session: Session, schedule: Schedule, run: int | None = None) -> Session:
    """Set the common schedule, or where ``run`` is given, the schedule of that run alone."""
    schedule = check_schedule(schedule)
    return replace(session, schedule=schedule) if run is None else _change_run(session, run, schedule=schedule)


def own_schedule(session: Session, run: int, own: bool) -> Session:
    """Give a run a schedule of its own, at first the one it follows now, or let it follow the common one again."""
    return _change_run(session, run, schedule=session.schedule_of(session.runs[run]) if own else None)


def set_steps(session: Session, steps: int) -> Session:
    """Set how many steps every run makes."""
    return replace(session, steps=checks.steps(steps))


def set_noise(session: Session, noise: float) -> Session:
    """Set the standard deviation of the normal noise added to each gradient component."""
    return replace(session, noise=checks.noise(noise))


def set_batch_size(session: Session, rows: int) -> Session:
    """Set how many rows of data a mini-batch has; 0: all."""
    return replace(session, batch_size=checks.batch_size(rows, session.surface))


def set_seed(session: Session, seed: int) -> Session:
    """Set what noise and mini-batches are drawn from."""
    return replace(session, seed=checks.seed(seed))


# What is shown


def set_colormap(session: Session, colormap: ColorMap) -> Session:
    """Set the colour map of the surface."""
    checks.choice(colormap, get_args(ColorMap))
    return replace(session, colormap=colormap)


def set_levels(session: Session, levels: LevelScale) -> Session:
    """Set how colours and contour lines are spread over the values."""
    checks.choice(levels, get_args(LevelScale))
    return replace(session, levels=levels)


def set_layer(session: Session, layer: Layer, shown: bool) -> Session:
    """Show or hide a layer: contour lines, arrows of steepest descent, critical points, the lens or the sharpness."""
    checks.choice(layer, get_args(Layer))
    changes: dict[str, Any] = {layer: shown}
    return replace(session, **changes)


def show_basins(session: Session, run: int | None) -> Session:
    """Show where a run ends from every start; None: no longer."""
    return replace(session, basins=None if run is None else session.runs[run].color)


def show_map(session: Session, hyper_map: HyperMap | None) -> Session:
    """Show what becomes of a run as two of its hyper-parameters vary; None: no longer."""
    return checks.shown(replace(session, hyper_map=hyper_map))


def animate(session: Session, animation: Animation | None) -> Session:
    """Let films vary a parameter in place of the step; None: the step."""
    return checks.shown(replace(session, animation=animation))
