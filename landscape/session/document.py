"""What stands in a session file: the fields, their types, and how they become a session.

Imports msgspec; only :mod:`landscape.session.files` uses this module, when a file is read or written.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, TypeVar

import msgspec

from landscape.catalogue import optimizers, schedules, surfaces
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.parameters import bind
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surface_checks import Domain
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.errors import InputError
from landscape.geometry.levels import LevelScale
from landscape.session import checks
from landscape.session.session import Animation, ColorMap, HyperMap, Point, Run, Session

Part = TypeVar("Part")
FORMAT: Literal["landscape session"] = "landscape session"
VERSION = 1
"""Raised when a file of this program could no longer be read by an earlier one."""


class Header(msgspec.Struct):
    """What every version of the format begins with."""

    format: str = ""
    version: int = 0
    title: dict[str, str] = {}


class SurfaceFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A surface."""

    formula: str
    domain: Domain
    entry: str = ""
    values: dict[str, float] = {}
    rotation: float = 0.0
    scaling: tuple[float, float] = (1.0, 1.0)
    data: dict[str, tuple[float, ...]] = {}
    model: str = ""


class RuleFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An update rule."""

    rule: str
    entry: str = ""
    values: dict[str, float] = {}


class ScheduleFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A schedule."""

    formula: str
    entry: str = ""
    values: dict[str, float] = {}
    warmup: int = 0


class RunFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A run."""

    optimizer: RuleFields
    color: int = 0
    name: str = ""
    start: Point | None = None
    schedule: ScheduleFields | None = None
    visible: bool = True


class Document(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A whole file."""

    format: str
    version: int
    title: dict[str, str] = {}
    surface: SurfaceFields
    start: Point
    steps: int
    runs: tuple[RunFields, ...] = ()
    schedule: ScheduleFields
    noise: float = 0.0
    batch_size: int = 0
    seed: int = 0
    colormap: ColorMap = "viridis"
    levels: LevelScale = "auto"
    contours: bool = True
    arrows: bool = False
    critical: bool = True
    lens: bool = False
    sharpness: bool = False
    basins: int | None = None
    hyper_map: HyperMap | None = None
    animation: Animation | None = None


def document(session: Session) -> Document:
    """Return what is written of ``session``."""
    return Document(
        format=FORMAT,
        version=VERSION,
        title=dict(session.title),
        surface=_surface_fields(session.surface),
        start=session.start,
        steps=session.steps,
        runs=tuple(_run_fields(run) for run in session.runs),
        schedule=_schedule_fields(session.schedule),
        noise=session.noise,
        batch_size=session.batch_size,
        seed=session.seed,
        colormap=session.colormap,
        levels=session.levels,
        contours=session.contours,
        arrows=session.arrows,
        critical=session.critical,
        lens=session.lens,
        sharpness=session.sharpness,
        basins=session.basins,
        hyper_map=session.hyper_map,
        animation=session.animation,
    )


def session_of(read: Document) -> Session:
    """Return the session that was written, with every formula parsed and every value checked.

    A part says that it is from the catalogue only where its formula is still the catalogue's.

    Raises:
        InputError: names the field, and what is wrong with it.
    """
    checks.runs(len(read.runs))
    made = Session(
        title=read.title,
        surface=_checked("surface", partial(_surface, read.surface)),
        start=read.start,
        steps=read.steps,
        runs=tuple(_checked(f"runs[{index}]", partial(_run, run)) for index, run in enumerate(read.runs)),
        schedule=_checked("schedule", partial(_schedule, read.schedule)),
        noise=read.noise,
        batch_size=read.batch_size,
        seed=read.seed,
        colormap=read.colormap,
        levels=read.levels,
        contours=read.contours,
        arrows=read.arrows,
        critical=read.critical,
        lens=read.lens,
        sharpness=read.sharpness,
        basins=read.basins,
        hyper_map=read.hyper_map,
        animation=read.animation,
    )
    return checks.check(made)


def _checked(field: str, make: Callable[[], Part]) -> Part:
    try:
        return make()
    except InputError as error:
        raise InputError('the field "{field}" cannot be used: {problem}', field=field, problem=error) from error


def _surface_fields(surface: Surface) -> SurfaceFields:
    return SurfaceFields(
        formula=surface.formula,
        domain=surface.domain,
        entry=surface.entry,
        values=dict(surface.values),
        rotation=surface.rotation,
        scaling=surface.scaling,
        data=dict(surface.data),
        model=surface.model,
    )


def _rule_fields(rule: UpdateRule) -> RuleFields:
    return RuleFields(rule=rule.rule, entry=rule.entry, values=dict(rule.values))


def _schedule_fields(schedule: Schedule) -> ScheduleFields:
    values = dict(schedule.values)
    return ScheduleFields(formula=schedule.formula, entry=schedule.entry, values=values, warmup=schedule.warmup)


def _run_fields(run: Run) -> RunFields:
    return RunFields(
        optimizer=_rule_fields(run.rule),
        color=run.color,
        name=run.name,
        start=run.start,
        schedule=_schedule_fields(run.schedule) if run.schedule else None,
        visible=run.visible,
    )


def _surface(read: SurfaceFields) -> Surface:
    surface = Surface(
        formula=read.formula,
        values=tuple(read.values.items()),
        domain=read.domain,
        rotation=read.rotation,
        scaling=read.scaling,
        data=tuple(read.data.items()),
        model=read.model,
        entry=read.entry,
    )
    entry = surfaces.entry_of(surface)
    if entry is None or entry.model != surface.model:
        surface = replace(surface, entry="")
    checks.surface(surface)
    return replace(surface, values=bind(parameters_of(surface), read.values, surface.entry or surface.formula))


def _rule(read: RuleFields) -> UpdateRule:
    rule = UpdateRule(read.rule, tuple(read.values.items()), read.entry)
    return checks.rule(rule if optimizers.entry_of(rule) else replace(rule, entry=""))


def _schedule(read: ScheduleFields) -> Schedule:
    schedule = Schedule(read.formula, tuple(read.values.items()), read.warmup, read.entry)
    return schedules.check(schedule if schedules.entry_of(schedule) else replace(schedule, entry=""))


def _run(read: RunFields) -> Run:
    run = Run(
        rule=_rule(read.optimizer),
        color=read.color,
        name=read.name,
        start=read.start,
        schedule=_schedule(read.schedule) if read.schedule else None,
        visible=read.visible,
    )
    return checks.run(run)
