"""Error messages: what is wrong with a formula, where, and what to write instead."""

import unicodedata
from collections.abc import Iterable

from landscape.errors import InputError, nearest

_ALIKE = (
    ("аеорсухіјѕһԁԛԝАВЕЗКМНОРСТУХІЈЅ", "aeopcyxijshdqwABE3KMHOPCTYXIJS"),
    ("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧı", "oABEZHIKMNOPTYXi"),
)
LOOKALIKES = {alien: latin for aliens, latins in _ALIKE for alien, latin in zip(aliens, latins, strict=True)}
"""Cyrillic, Greek and other letters that cannot be told from the Latin letter they are mapped to."""


class FormulaError(InputError):
    """A formula that cannot be used.

    ``position`` and ``length`` mark the place in the text as it was given, in code points from 0.
    """

    suggestion = ""
    """The whole text as it was probably meant; empty where that is not known."""

    def __init__(
        self, template: str, /, *, position: int = 0, length: int = 1, instead: str | None = None, **values: object
    ) -> None:
        self.position = position
        self.length = length
        self.instead = instead
        """What was probably meant in that place."""
        super().__init__(template, **values)


def character_error(character: str, position: int) -> FormulaError:
    """Return the error for a character that is not part of the language; the sentence itself is always printable."""
    if character in LOOKALIKES:
        return FormulaError(
            "{character} looks like {latin} but is another letter: type {latin}",
            position=position, character=described(character), latin=LOOKALIKES[character],
        )  # fmt: skip
    return FormulaError("{character} cannot be used in a formula", position=position, character=described(character))


def described(character: str) -> str:
    """Return a printable ASCII character as itself, any other as its code point with its Unicode name."""
    if character.isascii() and character.isprintable():
        return character
    code = f"U+{ord(character):04X}"
    names = {"Cc": "CONTROL CHARACTER", "Cs": "LONE SURROGATE"}
    name = unicodedata.name(character, names.get(unicodedata.category(character), ""))
    return f"{code} {name}".rstrip()


def as_product(name: str, allowed: Iterable[str]) -> str:
    """Return ``name`` written as a product of allowed names, ``xy`` as ``x*y``, or an empty string."""
    factors: dict[int, tuple[str, ...]] = {0: ()}
    words = sorted(set(allowed), key=len, reverse=True)
    for end in range(1, len(name) + 1):
        for word in words:
            if name[:end].endswith(word) and end - len(word) in factors and end not in factors:
                factors[end] = (*factors[end - len(word)], word)
    found = factors.get(len(name), ())
    return "*".join(found) if len(found) > 1 else ""


def suggestion(name: str, allowed: Iterable[str]) -> str:
    """Return what was probably meant by ``name``: a product, or the nearest allowed name, or an empty string."""
    names = list(allowed)
    return as_product(name, names) or nearest(name, names)
