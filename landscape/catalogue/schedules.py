"""Learning-rate schedules: the rate of every step, as one formula of ``lr``, ``t`` (from 0) and ``T`` (the steps).

A schedule may also be several lines, and then drive a momentum and read the loss: see
:mod:`landscape.catalogue.schedule_programs`.
"""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from numbers import Integral
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.arguments import checked
from landscape.catalogue.formulas import check_described, is_id, named
from landscape.catalogue.loading import Fields, Shelf, shelf
from landscape.catalogue.parameters import Described, Parameter, Values, bind, described, widened
from landscape.catalogue.parameters import check_described as check_ranges
from landscape.catalogue.schedule_programs import (
    GIVEN,
    LOSS,
    MOMENTUM,
    RATE,
    VARIABLES,
    check_lines,
    follower,
    follows_run,
    is_program,
    known_names,
    parameters_read,
    schedule_driven,
    trees_of,
)
from landscape.errors import InputError, quoted
from landscape.formula.meanings import misread
from landscape.formula.tree import evaluate

MOST_STEPS = 10_000_000
"""A run of more would not fit into memory, and a warm-up of more would never end."""


@dataclass(frozen=True)
class Schedule:
    """A schedule with its parameters at ``values``, after ``warmup`` steps of linear warm-up."""

    formula: str
    values: Values = ()
    warmup: int = 0
    entry: str = ""
    """Catalogue id; empty for a formula that was typed."""
    described: Described = ()
    """The ranges and scales of parameters that somebody gave a formula that was typed."""

    @property
    def is_plain(self) -> bool:
        """Whether it gives the rate alone, and for all steps beforehand."""
        return not is_program(self.formula) and not self.follows

    @property
    def follows(self) -> bool:
        """Whether its rates depend on what the run does: they are known only with it."""
        return follows_run(self.formula)

    @checked
    def rates(self, lr: float, steps: int, losses: Sequence[float] | None = None) -> NDArray[np.float64]:
        """Return the learning rate of each step, shape (steps,), read-only.

        During warm-up, step k (from 0) has ``first*(k + 1)/warmup``, where ``first`` is the schedule's own first rate
        (which is ``lr`` for most): it arrives there with its last step, without a jump. Then the schedule begins,
        its clock at 0 and with the remaining steps as its ``T``. A formula that is undefined somewhere gives NaN there.

        Args:
            lr: The rate that the schedule scales; for those that rise and fall, their peak.
            steps: Number of steps, from 0 to ``MOST_STEPS``.
            losses: For one that :attr:`follows` a run, the loss in front of each step, (steps,).

        Raises:
            InputError: for a number of steps that cannot be used, and for losses that are needed but not given.
        """
        rates = self._following(lr, steps, losses) if self.follows and losses is not None else None
        rates = self.part(lr, steps, 0, steps) if rates is None else rates
        rates.flags.writeable = False
        return rates

    @checked
    def part(self, lr: float, steps: int, first: int, count: int) -> NDArray[np.float64]:
        """Return ``rates(lr, steps)[first : first + count]``, without computing the others."""
        for name, given in (("steps", steps), ("first", first), ("count", count)):
            if not (isinstance(given, Integral) and 0 <= given <= MOST_STEPS):
                raise InputError(
                    '"{name}" must be a whole number from {least} to {most}, not {given}',
                    name=name, least=0, most=MOST_STEPS, given=given,
                )  # fmt: skip
        if self.follows:
            raise InputError("This schedule reads the loss: its rates are known only while a run goes on")
        remaining = max(steps - self.warmup, 1)
        warm = np.arange(first + 1.0, min(self.warmup, first + count) + 1.0)
        # NumPy would take None for NaN.
        lr = float(lr)
        own = self._own(lr, remaining, np.arange(max(first - self.warmup, 0.0), first + count - self.warmup))
        if not len(warm):
            return own
        with np.errstate(over="ignore"):
            ramp = self._own(lr, remaining, np.zeros(1))[0] * warm / self.warmup
        return np.concatenate([ramp, own])

    def _own(
        self, lr: float, steps: int, t: NDArray[np.float64], name: str = RATE, own: float = 0.0
    ) -> NDArray[np.float64]:
        values: dict[str, ArrayLike] = {**numbers_read(self, lr, steps, own), "t": t}
        return np.array(np.broadcast_to(evaluate((trees_of(self.formula)[name],), values)[0], t.shape))

    def _following(self, lr: float, steps: int, losses: Sequence[float]) -> NDArray[np.float64]:
        rate_of, told = started(self, 0.0, lr, steps), [*losses[:1], *losses]
        return np.array([rate_of(step, told[step])[0] for step in range(steps)], dtype=np.float64)


def drives(given: Schedule, hyper_names: Collection[str]) -> str:
    """Return which of a rule's hyper-parameters the lines of a schedule drive beside the rate; empty for none."""
    return schedule_driven(given.formula, hyper_names)


def momenta(given: Schedule, own: float, lr: float, steps: int) -> NDArray[np.float64]:
    """Return the momentum of each step, (steps,), of lines that assign one; that of their first while it warms up.

    Args:
        given: The schedule.
        own: The rule's own momentum, which the lines may read as ``momentum``.
        lr: As in :meth:`Schedule.rates`.
        steps: As in :meth:`Schedule.rates`.
    """
    t = np.maximum(np.arange(0.0, steps) - given.warmup, 0.0)
    return given._own(lr, max(steps - given.warmup, 1), t, MOMENTUM, own)  # noqa: SLF001


def started(given: Schedule, own: float, lr: float, steps: int) -> Callable[[int, float], tuple[float, float]]:
    """Return what tells rate and momentum of one step after the other, of the loss before; for those that follow.

    It is called with the number of the step, from 0, and the loss that the lines are told: that in front of the step
    before, and for the first two steps that at the start.
    """
    return follower(given.formula, numbers_read(given, lr, max(steps - given.warmup, 1), own), given.warmup)


def numbers_read(given: Schedule, lr: float, steps: int, own: float) -> dict[str, float]:
    """Return the numbers that the lines may read, but for the step and the loss; ``steps`` without the warm-up."""
    values = dict(given.values)
    for name in parameters_read(given.formula):
        if name not in values:
            raise InputError('The schedule needs a value of "{name}"', name=name)
    found = {MOMENTUM: own, "lr": lr, "T": float(steps), **values}
    return {name: found[name] for name in known_names(given.formula)}


@dataclass(frozen=True, kw_only=True)
class ScheduleEntry:
    """A schedule of the catalogue."""

    id: str
    titles: Mapping[str, str]
    formula: str
    parameters: tuple[Parameter, ...] = ()
    source: str
    reference: str = ""
    """What it agrees with over a run of T steps: ``torch.optim.lr_scheduler.CosineAnnealingLR``; or empty."""


@checked
def schedule(name_or_formula: str, *, warmup: int = 0, **values: float) -> Schedule:
    """Return a schedule of the catalogue by its id, or of a formula.

    Args:
        name_or_formula: A catalogue id such as ``"cosine"``, or a formula of ``lr``, ``t`` and ``T`` such as
            ``"lr*exp(-k*t/T)"``. A single word other than these three is an id.
        warmup: Steps of linear warm-up before it, from 0 to ``MOST_STEPS``.
        **values: Its parameters; those of a formula that are not given are 1.

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    text = name_or_formula.strip()
    if is_id(text, schedule_entries(), VARIABLES):
        entry = named(schedule_entries(), text)
        return Schedule(entry.formula, bind(entry.parameters, values, text, ("warmup",)), _warmup(warmup), text)
    return check(Schedule(text, tuple(values.items()), warmup))


def check(candidate: Schedule) -> Schedule:
    """Return ``candidate`` if all of it can be used: what is read from a file goes through here."""
    check_formula(candidate.formula, [name for name, _ in candidate.values])
    check_ranges(candidate.described)
    parameters = schedule_parameters(replace(candidate, values=()))
    values = bind(parameters, dict(candidate.values), candidate.entry or candidate.formula)
    return replace(candidate, values=values, warmup=_warmup(candidate.warmup))


def check_formula(formula: str, parameters: Collection[str] = ()) -> None:
    """Refuse a formula, or lines, that cannot be a schedule, or have names that most likely mean something.

    ``parameters`` are those that somebody has given a value, or described.
    """
    check_lines(formula)
    error = misread(formula, parameters_read(formula), VARIABLES, parameters)
    if error is not None:
        raise error


def schedule_entries() -> Mapping[str, ScheduleEntry]:
    """Return the catalogue's schedules by id, in the order of the menus."""
    return schedule_shelf().entries


@lru_cache(maxsize=1)
def schedule_shelf() -> Shelf[ScheduleEntry]:
    """Return the shipped and the user's own schedules, with what was wrong with the latter."""
    return shelf("schedules", _build, _examine)


def schedule_parameters(given: Schedule) -> tuple[Parameter, ...]:
    """Return the parameters of a schedule: those of its entry, or of its formula (default 1, range 0 to 10).

    A range is widened where the schedule's value lies outside of it.
    """
    entry = entry_of(given)
    if entry is not None:
        return widened(entry.parameters, given.values)
    own = (Parameter(name=name, default=1.0, minimum=0.0, maximum=10.0) for name in parameters_read(given.formula))
    return widened(described(own, given.described), given.values)


def entry_of(given: Schedule) -> ScheduleEntry | None:
    """Return the entry that ``given`` was made from; None where its formula is another one by now."""
    entry = schedule_entries().get(given.entry)
    return entry if entry is not None and entry.formula == given.formula else None


def _warmup(steps: SupportsIndex) -> int:
    try:
        whole = operator.index(steps)
    except TypeError:
        whole = -1
    if not 0 <= whole <= MOST_STEPS:
        raise InputError(
            "A warm-up is a whole number of steps from 0 to {most}, not {given}", most=MOST_STEPS, given=quoted(steps)
        )
    return whole


def _build(fields: Fields) -> ScheduleEntry:
    return ScheduleEntry(
        id=fields.entry,
        titles=fields.titles(),
        formula=fields.text("formula"),
        parameters=fields.parameters(),
        source=fields.text("source"),
        reference=fields.text("reference", ""),
    )


def _examine(fields: Fields, entry: ScheduleEntry) -> None:
    described = [parameter.name for parameter in entry.parameters]
    fields.check("formula", lambda: check_formula(entry.formula, described))
    fields.check("parameters", lambda: check_entry(entry))


def check_entry(entry: ScheduleEntry) -> None:
    """Refuse parameters that the formula does not read, and names that it reads but that have no parameter."""
    given = GIVEN if is_program(entry.formula) else (*VARIABLES, LOSS)
    check_described(entry.parameters, parameters_read(entry.formula), entry.formula, given)
