"""What is edited: its text, what its names stand for, its parameters, and what an edit of it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.formula.colouring import Names
from landscape.formula.tree import Node


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One formula, as it is now."""

    key: str
    """Tells it from others: edits of one are typed in one go."""
    title: str
    """What it is called, or would be in the catalogue."""
    text: str
    names: Names
    lines: tuple[tuple[str, Node], ...]
    """Its statements, each with the name that it assigns, for the typeset preview."""
    symbols: Mapping[str, str] = field(default_factory=dict)
    """LaTeX of its parameters, by name."""
    memory: tuple[str, ...] = ()
    """The names that it remembers from step to step."""
    parameters: tuple[Parameter, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    ranged: bool = False
    """Whether its ranges and scales can be set: those of the catalogue's stay."""


Answer = InputError | None


@dataclass(frozen=True, kw_only=True)
class Editing:
    """How a kind of formula is edited; each edit answers with what is wrong, or None."""

    heading: str
    field: str
    """What a screen reader calls the field."""
    meanings: Mapping[str, str]
    """The names that its lines are given, with what they stand for."""
    take: Callable[[str], Answer]
    """Read the text that is typed."""
    set_value: Callable[[str, float, str], Answer]
    describe: Callable[[Parameter], Answer]
    """Give a parameter another range or scale."""
    rename: Callable[[str], Answer]
    add: Callable[[str], Answer]
    """Write it into the person's own catalogue, under a title."""
