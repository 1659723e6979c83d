"""Syntax colouring: which part of a text, as it is typed, is a number, a function, a given name or a remembered one.

Unlike the parser this takes every text: what is no word of the language yet is passed over.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from landscape.formula.tokens import words
from landscape.formula.vocabulary import CONSTANTS, FUNCTION_WORDS, ONLY_CALLED

Role: TypeAlias = Literal["number", "function", "given", "state", "parameter", "local"]


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the names of a text stand for; all others are made in it."""

    given: Collection[str] = ()
    """What its lines are given: ``theta`` and ``g``, ``x`` and ``y``."""
    state: Collection[str] = ()
    """What they remember."""
    parameters: Collection[str] = ()


def coloured(line: str, names: Names) -> Iterator[tuple[int, int, Role]]:
    """Yield place, length and role of each number and name in a line."""
    for token in words(line):
        end = token.position + token.length
        if token.kind == "number":
            yield token.position, token.length, "number"
        elif token.kind == "name":
            yield token.position, token.length, _role(token.text, names, called=_opens(line, end))


def _opens(line: str, position: int) -> bool:
    """Tell whether a parenthesis comes next."""
    while position < len(line) and line[position].isspace():
        position += 1
    return line.startswith("(", position)


def _role(name: str, names: Names, *, called: bool) -> Role:
    if name in names.state:
        return "state"
    if name in names.given:
        return "given"
    if name in FUNCTION_WORDS and (called or name not in ONLY_CALLED):
        return "function"
    if name in names.parameters:
        return "parameter"
    return "number" if name in CONSTANTS else "local"
