"""A lesson beside a session: a question, a prediction, what came of it, a number to compute, and a variation.

No number is in its texts: they name quantities of the session in braces, ``"after {k} steps it is at {x:3}"``, and what
is in the braces is a formula of these. So a text is true of whatever the session has become.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from landscape.errors import InputError
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import Node, free_names
from landscape.memory import bounded

Point: TypeAlias = tuple[float, float]
Texts: TypeAlias = Mapping[str, str]
"""A text by language, ``{"en": ..., "zh": ...}``."""
Kind: TypeAlias = Literal["place", "basin", "first", "choice", "number"]
"""What is predicted: where a run is, near which point it ends, which run is first, one of several texts, a number."""
Of: TypeAlias = Literal[
    "loss", "test_loss", "right", "test_right", "labels_right", "single", "least",
    "x", "y", "gradient", "steps_to", "ended", "lost", "lowest", "highest",
    "distance", "path", "turns", "hyper", "parameter", "rate", "sharpness", "flattest", "value", "noise", "length",
    "title", "distinct", "share_above", "best", "best_value", "trials", "evaluations",
    "found", "found_low", "found_high", "half", "price", "starts", "budget", "target",
]  # fmt: skip

LONGEST = 1000
"""Characters of a text."""
LONGEST_NAME = 20
MOST = 40
"""Quantities, options and sentences of a lesson, each."""
BRACES = re.compile(r"\{([^{}:]*)(?::([1-9]))?\}")
"""A quantity or a formula of some in a text, and how many digits of it are shown."""
DIGITS = 4
PAGES = ("question", "run", "difference", "number", "variation")


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number that is taken from the session, or the title of a run."""

    name: str
    of: Of
    """What it is; what the other fields say depends on it."""
    run: int = 0
    """The run, the network or the entrant, by its id."""
    step: int | None = None
    """After so many steps, or trials; None: the last one."""
    point: Point | None = None
    """Where the surface is looked at, in place of where the run is; or what a distance is measured to."""
    hyper: str = ""
    """Which hyper-parameter, parameter of the surface, coordinate or dimension."""
    below: float | None = None
    """A threshold."""


@dataclass(frozen=True, kw_only=True)
class Saying:
    """A sentence that is said where its condition holds."""

    text: Texts
    when: str = ""
    """Comparisons of quantities, parted by commas, all of which must hold; empty: always."""


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What is asked before anything has been seen."""

    kind: Kind
    text: Texts
    run: int = 0
    """The run whose place or end is asked for, by its id."""
    step: int | None = None
    """Until then the run goes on before the answer is told; None: to the end."""
    places: tuple[Point, ...] = ()
    """Near one of these the run ends."""
    below: float | None = None
    """The run is first whose loss is at or under this; None: the one with the lowest loss at the step."""
    options: tuple[Saying, ...] = ()
    """Texts to choose from; the first is right whose condition holds."""
    answer: str = ""
    """The number, as a formula of quantities."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A number to be computed on paper."""

    text: Texts
    answer: str
    """A formula of quantities."""
    way: Texts = field(default_factory=dict)
    """How it is computed, told after an answer."""
    tolerance: float = 0.02
    """Share of the number by which an answer may be off."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What a lesson says, in the order in which it says it."""

    topic: str = ""
    """One of ``TOPICS``, or empty."""
    source: str = ""
    """Where the figure is from, such as "Distill"."""
    quantities: tuple[Quantity, ...] = ()
    question: Texts
    prediction: Prediction
    difference: tuple[Saying, ...] = ()
    """What is to be seen after the run."""
    task: Task | None = None
    variation: Texts = field(default_factory=dict)


TOPICS = ("rates", "momentum", "adaptive", "saddles", "noise", "global", "networks", "norms", "search", "shapes")


def check(given: Lesson) -> Lesson:
    """Return a lesson whose texts are there and whose formulas can be read; InputError for what cannot be used."""
    names = {one.name for one in given.quantities}
    counted = (given.quantities, given.difference, given.prediction.options, given.prediction.places)
    if any(len(each) > MOST for each in counted):
        raise InputError("A lesson has {most} quantities, sentences and options at most, each", most=MOST)
    if len(names) != len(given.quantities) or not all(map(_is_name, names)):
        raise InputError("Each quantity of a lesson needs a name of its own")
    if given.topic not in ("", *TOPICS) or len(given.source) > LONGEST or not given.source.isprintable():
        raise InputError("A lesson has no topic or source of this kind")
    for text in texts(given):
        _check_text(text, names)
    for condition in conditions(given):
        holds_trees(condition, names)
    for formula in (given.prediction.answer, given.task.answer if given.task else ""):
        if formula:
            tree_of(formula, names)
    if given.prediction.kind == "number" and not given.prediction.answer:
        raise InputError("A number that is predicted needs a formula that says what it is")
    return given


def texts(given: Lesson) -> Iterator[Texts]:
    """Yield every text of a lesson that is not empty."""
    task = (given.task.text, given.task.way) if given.task else ()
    said = (one.text for one in (*given.prediction.options, *given.difference))
    return (each for each in (given.question, given.prediction.text, *said, *task, given.variation) if each)


def conditions(given: Lesson) -> Iterator[str]:
    """Yield every condition of a lesson."""
    return (one.when for one in (*given.prediction.options, *given.difference) if one.when)


def tree_of(formula: str, names: set[str] | frozenset[str]) -> Node:
    """Return a formula of quantities as a tree; InputError where it cannot be read, or names what is no quantity."""
    tree = _tree(formula)
    strangers = free_names(tree) - names
    if strangers:
        raise InputError('A lesson has no quantity "{name}"', name=min(strangers))
    return tree


def holds_trees(condition: str, names: set[str] | frozenset[str]) -> tuple[Node, ...]:
    """Return a tree for each comparison of a condition, which is 1 where that holds and 0 elsewhere."""
    return tuple(tree_of(f"where({one}, 1, 0)", names) for one in condition.split(",")) if condition.strip() else ()


def _is_name(name: str) -> bool:
    """Tell whether formulas can read something of this name: e and pi are numbers."""
    return name.isidentifier() and len(name) <= LONGEST_NAME and free_names(_tree(name)) == {name}


@bounded(512, megabytes=16)
def _tree(formula: str) -> Node:
    return parse_expression(formula, ())


def _check_text(given: Texts, names: set[str]) -> None:
    """Refuse a text without English, too long, or with something in braces that is no formula of quantities."""
    if not given.get("en"):
        raise InputError('A text of a lesson needs an English one, "en"')
    for text in given.values():
        if len(text) > LONGEST:
            raise InputError("A text of a lesson has {most} characters at most", most=LONGEST)
        for formula, _ in BRACES.findall(text):
            tree_of(formula, names)
        if re.search("[{}]", BRACES.sub("", text)):
            raise InputError("A brace in a text of a lesson needs its other half")


KINDS: tuple[str, ...] = get_args(Kind)
