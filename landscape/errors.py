"""A user's mistake, as one sentence that can be translated."""

import math
from collections.abc import Iterable, Mapping
from copy import copy
from numbers import Integral
from pathlib import PurePath
from reprlib import Repr
from typing import TypeVar

LONGEST = 120
"""Characters that a sentence shows of one thing that was given; what is longer loses its middle."""
_SEVERAL = 6
"""Of what is in a list or a table, so many are shown."""
_DIGITS = 18
"""Whole numbers of more digits are shown as powers of ten."""
Error = TypeVar("Error", bound=BaseException)


class InputError(ValueError):
    """Something a person gave that cannot be used: says what was given and what is allowed.

    The sentence is kept as ``template`` and ``values``, so that the window can show it in another language: of titles
    by language, as a value, the one in it. ``str(error)`` is the English sentence. Whatever the values are, it is
    printable and short: they are kept as :func:`shown` gives them.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = {name: shown(value) for name, value in values.items()}
        told = {name: value["en"] if isinstance(value, Mapping) else value for name, value in self.values.items()}
        super().__init__(template.format(**told))


class Listing(str):
    """The names that are allowed, which a sentence tells whole however many there are."""

    __slots__ = ()

    def __new__(cls, names: Iterable[str]) -> "Listing":
        """Return the names in a line."""
        return super().__new__(cls, ", ".join(map(_brief, names)))


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return the name in ``allowed`` most like ``name``, or an empty string where none is alike."""
    # Loaded with the first mistake, not with the first picture.
    from difflib import get_close_matches

    close = get_close_matches(name[:LONGEST], list(allowed), n=1, cutoff=0.6)
    return close[0] if close else ""


def shown(value: object) -> object:
    """Return ``value`` as a sentence can hold it.

    Numbers, listings, other errors and titles by language stay what they are; all else becomes text that is printable
    and short, and so does a whole number of many digits.
    """
    if isinstance(value, InputError | Listing) or (isinstance(value, Mapping) and isinstance(value.get("en"), str)):
        return value
    if isinstance(value, float):
        return value
    if isinstance(value, Integral):
        return value if abs(value) < 10**_DIGITS else _power_of_ten(int(value))
    return _brief(str(value) if isinstance(value, str | BaseException | PurePath) else _written(value))


def quoted(value: object) -> str:
    """Return how ``value`` is written in Python, printable and short: text with its quotation marks."""
    return _brief(_written(value))


class _Writer(Repr):
    """Writes what is in lists and tables, no more than a sentence can show of it."""

    def repr_int(self, value: int, level: int) -> str:  # noqa: ARG002
        """Write a whole number; Python refuses to write one of thousands of digits."""
        return str(shown(value))


_WRITER = _Writer()
_WRITER.maxstring = _WRITER.maxother = 2 * LONGEST
_WRITER.maxlist = _WRITER.maxtuple = _WRITER.maxdict = _WRITER.maxset = _WRITER.maxfrozenset = _SEVERAL


def _written(value: object) -> str:
    try:
        return _WRITER.repr(value)
    except Exception:  # noqa: BLE001  what was given may fail in any way when it is asked what it is
        return f"<{type(value).__name__}>"


def _brief(text: str) -> str:
    if len(text) > LONGEST:
        head = 2 * LONGEST // 3
        text = f"{text[:head]}…{text[head + 1 - LONGEST :]}"
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def _escaped(character: str) -> str:
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")


def _power_of_ten(value: int) -> str:
    exponent, digits = divmod(math.log10(abs(value)), 1.0)
    return f"{'-' if value < 0 else ''}{10.0**digits:.3f}e+{exponent:.0f}"


def again(error: Exception) -> Exception:
    """Return the like of an error that is kept, to be raised: the one that is kept would hold on to where it was."""
    return type(error)(error.template, **error.values) if isinstance(error, InputError) else copy(error)


def forget_frames(error: Error) -> Error:
    """Return an error that no longer holds what was at work where it rose, nor do those that it came from.

    An error that outlives its thread, or is kept, would keep alive all that its frames had in hand.
    """
    one: BaseException | None = error
    while one is not None:
        one.__traceback__ = None
        one = one.__cause__ or one.__context__
    return error
