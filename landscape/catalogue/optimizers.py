"""Update rules: what an optimizer does in one step, as lines of formulas.

An **elementwise** rule assigns ``theta`` and is applied to each parameter on its own; it may read ``theta``, ``g``,
``lr``, ``t`` (the number of the step, from 1), ``gnorm`` (the norm of the whole gradient) and ``noise`` (a fresh
standard normal). A **planar** rule assigns ``x`` and ``y`` and may read ``gx gy hxx hxy hyy``, ``lr``, ``t`` and
``gnorm``. A name that is read before it is assigned is state and starts at 0, unless a start brings a value; every
other name that is not given is a hyper-parameter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from landscape.arguments import checked
from landscape.catalogue.formulas import check_described, named, names_read, refuse_reductions
from landscape.catalogue.loading import Fields, Shelf, shelf
from landscape.catalogue.parameters import Described, Parameter, Values, bind, described, widened
from landscape.catalogue.parameters import check_described as check_ranges
from landscape.catalogue.programs import remembered
from landscape.errors import InputError
from landscape.formula.syntax import parse_expression, parse_program, unknown_name_error
from landscape.formula.tree import Program, evaluate

COMMON = ("t", "gnorm")
ELEMENTWISE = ("theta", "g", "noise", *COMMON)
PLANAR = ("x", "y", "gx", "gy", "hxx", "hxy", "hyy", *COMMON)
RATE = "lr"

State: TypeAlias = tuple[tuple[str, tuple[float, ...]], ...]
"""What a rule remembers at the start, by name: two numbers each, for x and for y, or one where it moves both together.
What is not named is 0."""


@dataclass(frozen=True)
class UpdateRule:
    """An update rule with its hyper-parameters at ``values``."""

    rule: str
    values: Values = ()
    entry: str = ""
    """Catalogue id; empty for a rule that was typed."""
    described: Described = ()
    """The ranges and scales of hyper-parameters that somebody gave a rule that was typed."""

    @property
    def program(self) -> Program:
        """The statements of the rule."""
        return _program(self.rule)

    @property
    def planar(self) -> bool:
        """Whether the rule moves x and y together, and so may read the Hessian."""
        return "theta" not in self.program.assigned

    @property
    def state(self) -> tuple[str, ...]:
        """What the rule remembers between steps; without what a hyper-parameter that is 0 switches off."""
        return live_state(self.rule, self.zeros)

    @property
    def zeros(self) -> frozenset[str]:
        """The hyper-parameters that are 0."""
        return frozenset(name for name, value in self.values if value == 0.0 and name != RATE)

    @property
    def hyper_names(self) -> tuple[str, ...]:
        """Hyper-parameters other than ``lr``, in the order the kernels take them."""
        return tuple(name for name in _free(self.rule) if name != RATE)

    @property
    def kernel_values(self) -> tuple[float, ...]:
        """Values of ``hyper_names``, in that order."""
        values = dict(self.values)
        try:
            return tuple(values[name] for name in self.hyper_names)
        except KeyError as missing:
            raise InputError('The rule needs a value of "{name}"', name=missing.args[0]) from None

    @property
    def lr(self) -> float:
        """The learning rate; 1 for a rule that does not read one."""
        return dict(self.values).get(RATE, 1.0)

    @checked
    def with_values(self, **values: float) -> "UpdateRule":
        """Return the rule with some hyper-parameters changed; InputError for one that it does not have."""
        return replace(self, values=bind(rule_parameters(self), {**dict(self.values), **values}, _owner(self)))


@dataclass(frozen=True, kw_only=True)
class OptimizerEntry:
    """An update rule of the catalogue."""

    id: str
    titles: Mapping[str, str]
    group: str
    family: str
    """Optimizers of one family are given the same learning rate by a surface."""
    rule: str
    parameters: tuple[Parameter, ...]
    source: str
    reference: str = ""
    """What it agrees with step by step: ``torch.optim.Adam``, ``optax.lion``; empty where there is none."""
    former: tuple[str, ...] = ()
    """Lines that it had before: a rule of a file that has them gets those of today, which do the same."""
    previous: Mapping[str, str] = field(default_factory=dict)
    """What it remembers where the step before led from ``previous`` to ``theta``: formulas by name, of these two and
    the hyper-parameters; empty where that does not follow from two points."""


@checked
def optimizer(name_or_rule: str, **values: float) -> UpdateRule:
    """Return an optimizer of the catalogue by its id, or of the lines of a rule.

    Args:
        name_or_rule: A catalogue id such as ``"adam"``, or statements ``name = expression``, one per line.
        **values: Hyper-parameters; the others get their defaults, which are PyTorch's where it has the optimizer.

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    text = name_or_rule.strip()
    if text.isidentifier():
        entry = named(optimizer_entries(), text)
        return UpdateRule(entry.rule, bind(entry.parameters, values, text), text)
    return check(UpdateRule(text, tuple(values.items())))


def check(candidate: UpdateRule) -> UpdateRule:
    """Return ``candidate`` if all of it can be used: what is read from a file goes through here."""
    candidate = renewed(candidate)
    check_rule(candidate.rule)
    check_ranges(candidate.described)
    parameters = rule_parameters(replace(candidate, values=()))
    return replace(candidate, values=bind(parameters, dict(candidate.values), _owner(candidate)))


def renewed(rule: UpdateRule) -> UpdateRule:
    """Return ``rule`` with the lines that its entry has today, where it has those that the entry had before."""
    entry = optimizer_entries().get(rule.entry)
    return replace(rule, rule=entry.rule) if entry is not None and rule.rule.strip() in entry.former else rule


def state_after(rule: UpdateRule, previous: Sequence[float], start: Sequence[float]) -> State:
    """Return what ``rule`` remembers at ``start`` if its step before began at ``previous``: the velocity.

    Raises:
        InputError: for a rule of which two points do not tell that.
    """
    entry = entry_of(rule)
    if entry is None or not entry.previous:
        raise InputError("What this rule remembers does not follow from a point before the start")
    known: dict[str, ArrayLike] = {
        **dict(rule.values),
        "previous": np.array(previous, float),
        "theta": np.array(start, float),
    }
    trees = [parse_expression(formula) for formula in entry.previous.values()]
    found = [tuple(np.broadcast_to(value, 2).tolist()) for value in evaluate(trees, known)]
    return tuple(zip(entry.previous, found, strict=True))


def check_rule(rule: str) -> None:
    """Refuse a rule that does not move anything, or reads what its kind of rule is not given.

    Raises:
        InputError: says which; a FormulaError where a place in the text is to blame.
    """
    program = _program(rule)
    assigned = set(program.assigned)
    if "theta" not in assigned and not {"x", "y"} <= assigned:
        raise InputError('A rule must assign "theta", or both "x" and "y"')
    if "theta" in assigned and assigned & {"x", "y"}:
        raise InputError('A rule assigns either "theta", or "x" and "y", not both')
    given, other = (ELEMENTWISE, PLANAR) if "theta" in assigned else (PLANAR, ELEMENTWISE)
    for name in _free(rule):
        if name in other:
            raise unknown_name_error(name, rule, {*given, RATE, *assigned})
    refuse_reductions(expression for _, expression in program.statements)


def optimizer_entries() -> Mapping[str, OptimizerEntry]:
    """Return the catalogue's optimizers by id, in the order of the menus."""
    return optimizer_shelf().entries


@lru_cache(maxsize=1)
def optimizer_shelf() -> Shelf[OptimizerEntry]:
    """Return the shipped and the user's own optimizers, with what was wrong with the latter."""
    return shelf("optimizers", _build, _examine)


def reread() -> None:
    """Read the user's own optimizers anew when they are next asked for."""
    optimizer_shelf.cache_clear()
    _usual.cache_clear()


def rule_parameters(rule: UpdateRule) -> tuple[Parameter, ...]:
    """Return the hyper-parameters of a rule, ``lr`` first: those of its entry, or of the names in its lines.

    A name that is a hyper-parameter somewhere in the catalogue has the same default and range as there; any other
    has 1 and -10 to 10. A range is widened where the rule's value lies outside of it.
    """
    entry = entry_of(rule)
    if entry is not None:
        return widened(entry.parameters, rule.values)
    names = sorted(_free(rule.rule), key=lambda name: name != RATE)
    return widened(described(map(_usual, names), rule.described), rule.values)


def entry_of(rule: UpdateRule) -> OptimizerEntry | None:
    """Return the entry that ``rule`` was made from; None where its lines are others by now."""
    entry = optimizer_entries().get(rule.entry)
    return entry if entry is not None and entry.rule == rule.rule else None


@lru_cache(maxsize=256)
def _usual(name: str) -> Parameter:
    for entry in optimizer_entries().values():
        for parameter in entry.parameters:
            if parameter.name == name:
                return parameter
    return Parameter(name=name, default=1.0, minimum=-10.0, maximum=10.0)


@lru_cache(maxsize=256)
def _program(rule: str) -> Program:
    return parse_program(rule)


@lru_cache(maxsize=1024)
def live_state(rule: str, zeros: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return what the lines of a rule remember, where the hyper-parameters in ``zeros`` are 0."""
    program = _program(rule)
    elementwise = "theta" in program.assigned
    given = (*ELEMENTWISE, RATE) if elementwise else (*PLANAR, RATE)
    names = tuple(name for name in program.state if name not in given)
    return remembered(program, ("theta",) if elementwise else ("x", "y"), names, zeros)


@lru_cache(maxsize=256)
def _free(rule: str) -> tuple[str, ...]:
    """Return the names that are neither given nor assigned, in the order they are first read."""
    program = _program(rule)
    given = ELEMENTWISE if "theta" in program.assigned else PLANAR
    return names_read((tree for _, tree in program.statements), (*given, *program.assigned))


def _owner(rule: UpdateRule) -> str:
    return rule.entry or rule.rule


def _build(fields: Fields) -> OptimizerEntry:
    return OptimizerEntry(
        id=fields.entry,
        titles=fields.titles(),
        group=fields.text("group"),
        family=fields.text("family"),
        rule=fields.text("rule").strip(),
        parameters=fields.parameters(),
        source=fields.text("source"),
        reference=fields.text("reference", ""),
        former=tuple(lines.strip() for lines in fields.texts("former")),
        previous=fields.table_of_texts("previous"),
    )


def _examine(fields: Fields, entry: OptimizerEntry) -> None:
    fields.check("rule", lambda: check_rule(entry.rule))
    fields.check("parameters", lambda: check_entry(entry))


def check_entry(entry: OptimizerEntry) -> None:
    """Refuse parameters that the rule does not read, and names that it reads but that have no parameter.

    What is remembered of a point before the start is refused where it reads anything else, or is not remembered.
    """
    given = ELEMENTWISE if "theta" in _program(entry.rule).assigned else PLANAR
    check_described(entry.parameters, _free(entry.rule), entry.rule, given)
    allowed = ("previous", "theta", *(parameter.name for parameter in entry.parameters))
    for name, formula in entry.previous.items():
        if name not in live_state(entry.rule):
            raise unknown_name_error(name, formula, live_state(entry.rule))
        for read in names_read((parse_expression(formula),), allowed):
            raise unknown_name_error(read, formula, allowed)
