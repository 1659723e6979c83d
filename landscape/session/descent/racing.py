"""Races: runs that somebody has written, such as ``adam,lr=.3`` or ``annealing``, in place of those of a surface."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from landscape.annotations import Misfit
from landscape.catalogue.optimizers import RATE, UpdateRule, optimizer, optimizer_entries, rule_parameters
from landscape.catalogue.parameters import Values
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.edits import edit_document
from landscape.session.session import Point, Session

SWITCHED = {"true": 1.0, "false": 0.0}
_EXAMPLE = "adam,lr=.3"


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """A rule that takes part in a race."""

    rule: UpdateRule
    rated: bool
    """Whether it keeps its own learning rate; else it gets one that suits the surface."""
    name: str = ""
    """What it is called; empty: by the rule's own title."""
    strategy: str = ""
    """The strategy that moves it, by its id; empty: the rule does."""
    set: Values = ()
    """Hyper-parameters of the strategy that were written; the others suit the surface."""


def entrant(text: str) -> Entrant:
    """Return what a text says of a run: a rule by its id or its lines, then ``name=value`` of hyper-parameters.

    They are parted by commas outside of brackets: ``rmsprop,lr=.01,centered=true``, ``theta = theta - lr*g,lr=.1``.
    Without a learning rate it gets one that suits the surface. A strategy is written in the same way:
    ``annealing,cooling=.9``; one that runs a rule inside runs gradient descent, at a rate such as ``restarts,lr=.1``.

    Raises:
        InputError: says what cannot be used, what is allowed, and what is near.
    """
    written, *settings = _parts(text)
    strategy = _strategy(written.strip())
    rule = "sgd" if strategy else written
    known = {one.name: one.scale for one in rule_parameters(optimizer(rule))}
    values: dict[str, float | str] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (equals and name.isidentifier()):
            raise InputError(
                '"{text}" is no hyper-parameter of a run; write NAME=VALUE, as in {example}',
                text=setting.strip(), example=_EXAMPLE,
            )  # fmt: skip
        if name in values:
            raise InputError('"{name}" is given twice', name=name)
        values[name] = _switched(name, value) if known.get(name) == "switch" else _number(value)
    if strategy:
        return _moved_by(strategy, values)
    return Entrant(rule=optimizer(rule, **values), rated=RATE in values)  # type: ignore[arg-type]


def _strategy(written: str) -> str:
    """Return the id of a strategy if that is what was written, and nothing otherwise."""
    if not written.isidentifier() or written in optimizer_entries():
        return ""
    # Loaded only for what is no rule of the catalogue.
    from landscape.descent.strategies.strategy import strategy_entries

    return written if written in strategy_entries() else ""


def _moved_by(entry: str, values: Mapping[str, float | str]) -> Entrant:
    """Return a run that a strategy moves; what is set of the rule that it runs inside goes to that rule."""
    from landscape.descent.strategies.strategy import runs_rule, strategy

    inner = {parameter.name for parameter in rule_parameters(optimizer("sgd"))} if runs_rule(strategy(entry)) else set()
    own = {name: value for name, value in values.items() if name not in inner}
    rule = optimizer("sgd", **{name: value for name, value in values.items() if name in inner})  # type: ignore[arg-type]
    made = strategy(entry, **own)  # type: ignore[arg-type]
    given = tuple((name, value) for name, value in made.values if name in own)
    return Entrant(rule=rule, rated=RATE in values, strategy=entry, set=given)


def entrants(rules: Mapping[str, float | UpdateRule]) -> tuple[Entrant, ...]:
    """Return a run for each rule, by its id or its lines, at a learning rate; or by any name, with an optimizer.

    Raises:
        InputError: for a rule or a rate that cannot be used.
    """
    return tuple(
        Entrant(rule=given, rated=True, name="" if name == given.entry else name)
        if isinstance(given, UpdateRule)
        else Entrant(rule=optimizer(name, lr=given), rated=True)
        for name, given in rules.items()
    )


def raced(session: Session, runs: Iterable[Entrant], start: Point | None = None, steps: int | None = None) -> Session:
    """Return ``session`` with these runs in place of its own, from this start and with so many steps.

    Without runs those that are there stay, and without a start or steps, these.

    Raises:
        InputError: for too many runs, a start or steps that cannot be used, and where another workspace is in front.
    """
    chosen = tuple(runs)
    if not (chosen or start is not None or steps is not None):
        return session
    if session.workspace != Descent.workspace:
        raise InputError("Optimizers race on surfaces; this shows something else")
    return edit_document(session, Descent.workspace, _let_race, chosen, start, steps)


def _let_race(descent: Descent, chosen: Sequence[Entrant], start: Point | None, steps: int | None) -> Descent:
    for run in descent.runs if chosen else ():
        descent = edits.remove_run(descent, run.id)
    for one in chosen:
        descent = edits.add_run(descent, one.rule, one.name)
        if one.rated:
            descent = edits.set_rule(descent, descent.runs[-1].id, one.rule)
        descent = _moved(descent, one) if one.strategy else descent
    descent = descent if start is None else edits.gather_starts(descent, start)
    return descent if steps is None else edits.set_steps(descent, steps)


def _moved(descent: Descent, chosen: Entrant) -> Descent:
    """Have the strategy of an entrant move the last run."""
    from landscape.descent.strategies.strategy import strategy
    from landscape.session.descent.strategies import choose_strategy

    run = descent.runs[-1].id
    descent = choose_strategy(descent, run, strategy(chosen.strategy))
    for name, value in chosen.set:
        descent = edits.set_hyper(descent, run, name, value)
    return descent if not chosen.name else edits.rename_run(descent, run, chosen.name)


def _parts(text: str) -> list[str]:
    """Return what is between the commas outside of brackets."""
    parts, depth = [""], 0
    for character in text.replace("，", ","):
        depth += (character in "([{（") - (character in ")]}）")
        if character == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _switched(name: str, value: str) -> float:
    if value.lower() not in SWITCHED and value not in ("0", "1"):
        raise Misfit(name, value, InputError("true or false")).error
    return SWITCHED.get(value.lower(), value == "1")


def _number(value: str) -> float | str:
    """Return a number; other text as it is, to be refused with its name."""
    try:
        return float(value)
    except ValueError:
        return value
