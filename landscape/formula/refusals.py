"""What the parser refuses, token by token, and what is to be written instead."""

import keyword
import re
from collections.abc import Sequence

from landscape.errors import Listing
from landscape.formula.mistakes import FormulaError, suggestion
from landscape.formula.tokens import GREEK, Token
from landscape.formula.tree import FUNCTIONS
from landscape.formula.vocabulary import CALLABLE, COMPARE, CONSTANTS, FUNCTION_WORDS, ONLY_CALLED

_INDEX = re.compile(r"(?<![A-Za-z_])[xX]\s*\[\s*([0-9])\s*\]")


def misplaced(token: Token, neighbours: Sequence[Token] = ()) -> FormulaError:
    """Return the error for a token that cannot stand where it does, given a comma with what is beside it."""
    if token.kind == "end":
        return FormulaError("The formula ends too early: a number, a name or a bracket must follow", **token.place)
    if token.kind in ("number", "name"):
        refuse_keyword(token)
        return FormulaError(
            "An operator is missing before {word}: to multiply, write *{word}", **token.place, word=token.text
        )
    if token.text in COMPARE:
        return FormulaError("A comparison can only be the condition of where(condition, a, b)", **token.place)
    if token.text == "=":
        return FormulaError("= cannot stand here; to compare, write ==", **token.place)
    if token.text == ",":
        between = [word.kind for word in neighbours[::2]] == ["number", "number"]
        return FormulaError(
            "A comma only separates the arguments of a function; decimals have a point",
            **token.place, instead="." if between else None,
        )  # fmt: skip
    return FormulaError("{word} cannot stand here", **token.place, word=token.text)


def check_target(token: Token) -> None:
    """Refuse to give a value to a function or a constant."""
    known = token.text in FUNCTIONS or token.text in FUNCTION_WORDS
    if token.text in CONSTANTS or (known and token.text not in ONLY_CALLED):
        raise FormulaError("{name} is a function or a constant; choose another name", **token.place, name=token.text)
    refuse_keyword(token)


def refuse_keyword(token: Token) -> None:
    """Refuse a word of Python as a name."""
    if keyword.iskeyword(token.text) and token.text not in GREEK.values():
        raise FormulaError("{name} is a word of Python and cannot be a name here", **token.place, name=token.text)


def refuse_index(token: Token, following: Sequence[Token]) -> None:
    """Refuse ``x[0]``, as other languages have it."""
    if [word.text for word in following[::2]] != ["[", "]"] or following[1].kind != "number":
        return
    if following[0].position == token.position + token.length:
        length = following[2].position + 1 - token.position
        instead = "x" if token.text in ("x", "X") else None
        raise FormulaError(
            "{name}[…] cannot be used in a formula: the variables are x and y",
            position=token.position, length=length, instead=instead, name=token.text,
        )  # fmt: skip


def is_indexed(text: str) -> bool:
    """Tell whether a text is ``x[0]`` or the like."""
    return _INDEX.fullmatch(text) is not None


def unindexed(text: str) -> str:
    """Return a text with x and y for ``x[0]`` and ``x[1]``, or for ``x[1]`` and ``x[2]`` where nothing has index 0."""
    first = min(map(int, _INDEX.findall(text)), default=0)
    return _INDEX.sub(lambda match: {0: "x", 1: "y"}.get(int(match[1]) - min(first, 1), match[0]), text)


def unknown_function(token: Token) -> FormulaError:
    """Return the error for a name with a bracket behind it."""
    meant = suggestion(token.text, (*FUNCTION_WORDS, "x", "y"))
    if meant:
        return FormulaError(
            "{name} is not a function; did you mean {meant}? To multiply, write {name}*(…)",
            **token.place, instead=meant, name=token.text, meant=meant,
        )  # fmt: skip
    return FormulaError(
        "{name} is not a function; to multiply, write {name}*(…). The functions are {names}",
        **token.place, name=token.text, names=Listing(CALLABLE),
    )  # fmt: skip
