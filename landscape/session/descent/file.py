"""What stands in a session file: the fields, their types, and how they become a session.

Imports msgspec; only :mod:`landscape.session.files` uses this module, when a file is read or written.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, TypeVar

import msgspec

from landscape.catalogue import surfaces
from landscape.catalogue.parameters import bind
from landscape.catalogue.surface_checks import Domain
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.errors import InputError
from landscape.geometry.levels import LevelScale
from landscape.session.descent import checks
from landscape.session.network.file import ExperimentFields, experiment_fields, experiment_of
from landscape.session.rule_document import (
    RuleFields,
    ScheduleFields,
    rule_fields,
    rule_of,
    schedule_fields,
    schedule_of,
)
from landscape.session.session import Animation, ColorMap, HyperMap, Point, Run, Session, Workspace

Part = TypeVar("Part")
FORMAT: Literal["landscape session"] = "landscape session"
VERSION = 1
"""Raised when a file of this program could no longer be read by an earlier one."""


class Header(msgspec.Struct):
    """What every version of the format begins with."""

    format: str = ""
    version: int = 0
    title: dict[str, str] = {}
    workspace: str = "descent"


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
    workspace: Workspace = "descent"
    experiment: ExperimentFields | None = None


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
        schedule=schedule_fields(session.schedule),
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
        workspace=session.workspace,
        experiment=experiment_fields(session.experiment) if session.experiment else None,
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
        schedule=_checked("schedule", partial(schedule_of, read.schedule)),
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
        workspace=read.workspace,
        experiment=_checked("experiment", partial(experiment_of, read.experiment)) if read.experiment else None,
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


def _run_fields(run: Run) -> RunFields:
    return RunFields(
        optimizer=rule_fields(run.rule),
        color=run.color,
        name=run.name,
        start=run.start,
        schedule=schedule_fields(run.schedule) if run.schedule else None,
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


def _run(read: RunFields) -> Run:
    run = Run(
        rule=rule_of(read.optimizer),
        color=read.color,
        name=read.name,
        start=read.start,
        schedule=schedule_of(read.schedule) if read.schedule else None,
        visible=read.visible,
    )
    return checks.run(run)
