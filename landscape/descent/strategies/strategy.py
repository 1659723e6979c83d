"""A strategy of the registry with its hyper-parameters: annealing, genetic search, simplices, line searches."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TypeAlias

from landscape.arguments import checked
from landscape.catalogue.formulas import named
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.optimizers import check as check_rule
from landscape.catalogue.parameters import Parameter, bind, widened
from landscape.catalogue.strategies import Strategy
from landscape.errors import InputError

Count: TypeAlias = Callable[[Mapping[str, float]], int]
"""How many of something a strategy has, of its hyper-parameters."""


@dataclass(frozen=True, kw_only=True)
class StrategyEntry:
    """A strategy of the registry: what can be set of it, and what it tells of each step."""

    id: str
    titles: Mapping[str, str]
    source: str
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, int]
    """What is recorded of each step besides the point: names, and how many numbers each is."""
    members: Count = lambda _: 1
    """Points that are kept of each step."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """What is recorded of each member besides its point and value."""
    rate: str = ""
    """The column that is the length of the step in units of its direction, as a learning rate is."""
    draws: Count = lambda _: 0
    """Random numbers in a step at most."""
    scratch: Count = lambda _: 0
    """Numbers that it remembers besides what is recorded."""
    runs_rule: bool = False
    """Whether an update rule runs inside."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Hyper-parameters that are the number of one of several ways: how these are called."""
    suited: Mapping[str, float] = field(default_factory=dict)
    """Hyper-parameters that suit a surface as parts of how far its values spread, such as a temperature."""


@checked
def strategy(name: str, rule: UpdateRule | None = None, **values: float) -> Strategy:
    """Return a strategy by its name, to be run by :func:`landscape.descent.trajectory.descend`.

    Args:
        name: ``"annealing"``, ``"genetic"``, ``"nelder_mead"`` and so on.
        rule: What a strategy runs inside that starts a rule again and again; the others take none.
        **values: Hyper-parameters; the others get their defaults.

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    return check(Strategy(name, tuple(values.items()), rule))


def check(given: Strategy) -> Strategy:
    """Return ``given`` with all its values, if all of it can be used: what is read from a file goes through here."""
    entry = entry_of(given)
    if given.rule is not None and not entry.runs_rule:
        raise InputError('"{name}" runs no update rule', name=entry.id)
    rule = None if given.rule is None else check_rule(given.rule)
    return Strategy(entry.id, bind(entry.parameters, dict(given.values), entry.id), rule)


def strategy_parameters(given: Strategy) -> tuple[Parameter, ...]:
    """Return the hyper-parameters of a strategy, with ranges that hold its values."""
    return widened(entry_of(given).parameters, given.values)


def entry_of(given: Strategy) -> StrategyEntry:
    """Return what the registry knows of a strategy; InputError where it is not in it."""
    return named(strategy_entries(), given.entry)


def strategy_entries() -> Mapping[str, StrategyEntry]:
    """Return all strategies by id, in the order of the menus."""
    return MappingProxyType({name: module.STRATEGY for name, module in _modules().items()})


def runs_rule(given: Strategy) -> bool:
    """Tell whether an update rule runs inside of a strategy."""
    return entry_of(given).runs_rule


def evaluations_in_a_step(given: Strategy) -> int:
    """Return about how many evaluations a step of a strategy takes, to tell how long it takes."""
    entry, values = entry_of(given), dict(given.values)
    return 4 * entry.members(values) + round(values.get("local", 0.0))


def module_of(given: Strategy) -> ModuleType:
    """Return the module with the kernels of a strategy."""
    return _modules()[entry_of(given).id]


@cache
def _modules() -> Mapping[str, ModuleType]:
    found = sorted(_found(), key=lambda module: str(module.__name__))
    return MappingProxyType({module.STRATEGY.id: module for module in found})


def _found() -> Iterator[ModuleType]:
    from landscape.descent import strategies

    for each in iter_modules(strategies.__path__, f"{strategies.__name__}."):
        module = import_module(each.name)
        if hasattr(module, "STRATEGY"):
            yield module
