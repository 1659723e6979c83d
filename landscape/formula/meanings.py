"""What was meant by a name that is not known: a product without ``*``, a function without brackets, ``x1`` for x.

A parameter has one letter, is a Greek one, or has a name that cannot be taken apart like this; so ``axy`` is never a
parameter unless somebody says so.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from landscape.formula.mistakes import FormulaError
from landscape.formula.tokens import GREEK, Token, tokens
from landscape.formula.vocabulary import CALLABLE, CONSTANTS, FUNCTION_WORDS, function_of

_PLANE = ("x", "y")
_GREEK_WORDS = frozenset(GREEK.values())
_LETTER = re.compile(r"[A-Za-z][0-9]*")
_DIGITS = re.compile(r"[0-9]+")
_INDEXED = re.compile(r"([xyXY])_?([0-9]{1,2})")
_UNARY = sorted((word for word in FUNCTION_WORDS if CALLABLE[function_of(word)] == 1), key=len, reverse=True)
_ENDINGS = ("max", "min", "mean", "hat", "bar")
"""Of a name that is one word: ``xmax``."""
_STEPS = frozenset({"tmax", "tend", "tfinal", "ttotal", "totalsteps", "maxsteps", "nsteps", "numsteps", "steps"})
"""What people call the number of steps, in small letters."""


@dataclass(frozen=True)
class _Factor:
    """A part of a name: as it is to be written, and what it is."""

    text: str
    kind: str


def meant(name: str, variables: Sequence[str]) -> str:
    """Return what ``name`` most likely means in a formula of ``variables``, to be written in its place, or nothing.

    ``axy`` is ``a*x*y``, ``lnx`` is ``ln(x)``, ``X`` is ``x``, ``tmax`` is ``T`` where T is a variable.
    """
    if name in variables or name in _GREEK_WORDS or len(name) > 40:
        return ""
    if len(name) > 1 and name.lower() in variables:
        return name.lower()
    if name in ("X", "Y") and name.lower() in variables:
        return name.lower()
    if "T" in variables and name.replace("_", "").lower() in _STEPS:
        return "T"
    return "" if "_" in name or name.endswith(_ENDINGS) else _as_factors(name, tuple(variables))


def _as_factors(name: str, variables: tuple[str, ...]) -> str:
    factors = _split(name, variables)
    kinds = [factor.kind for factor in factors or ()]
    most = 2 if set(_PLANE) <= set(variables) else 1
    if len(kinds) < 2 or "variable" not in kinds or kinds.count("letter") > most:
        return ""
    return _written(factors or ())


@lru_cache(maxsize=256)
def _split(name: str, variables: tuple[str, ...]) -> tuple[_Factor, ...] | None:
    """Return the factors of a name, as few unknown letters and then as few factors as possible; None for none."""
    best: dict[int, tuple[_Factor, ...] | None] = {len(name): ()}
    for begin in range(len(name) - 1, -1, -1):
        found = [
            (factor, *rest)
            for factor, end in _factors_at(name, begin, variables)
            if (rest := best.get(end)) is not None and (factor.kind != "function" or rest)
        ]
        best[begin] = min(found, key=_cost, default=None)
    return best[0]


def _cost(factors: tuple[_Factor, ...]) -> tuple[int, int]:
    return sum(factor.kind == "letter" for factor in factors), len(factors)


def _factors_at(name: str, begin: int, variables: tuple[str, ...]) -> list[tuple[_Factor, int]]:
    """Return what may begin at a place of a name, with where it ends."""
    found = []
    for variable in variables:
        for spelling in {variable, variable.upper()} if variable in _PLANE else {variable}:
            if name.startswith(spelling, begin):
                end = begin + len(spelling)
                digits = _DIGITS.match(name, end)
                power = f"^{digits.group()}" if digits else ""
                found.append((_Factor(variable + power, "variable"), digits.end() if digits else end))
    for words, kind in ((CONSTANTS, "constant"), (_GREEK_WORDS, "letter"), (_UNARY, "function")):
        found += [
            (_Factor(word, kind), begin + len(word))
            for word in words
            if name.startswith(word, begin) and (len(word) > 1 or kind == "constant")
        ]
    digits, letter = _DIGITS.match(name, begin), _LETTER.match(name, begin)
    if digits and begin:
        found.append((_Factor(digits.group(), "number"), digits.end()))
    if letter and letter.group() not in variables:
        found.append((_Factor(letter.group(), "letter"), letter.end()))
    return found


def _written(factors: Sequence[_Factor]) -> str:
    """Return a product; a function has what follows it for its argument, up to the next one."""
    products: list[list[str]] = [[]]
    for factor in factors:
        if factor.kind == "function":
            products.append([factor.text])
        else:
            products[-1].append(factor.text)
    plain, *applied = products
    return "*".join([*plain, *(f"{function}({'*'.join(inner)})" for function, *inner in applied)])


def indexed(read: Collection[str]) -> dict[str, str]:
    """Return what ``x1``, ``x_2``, ``Y1`` mean among the names that a formula reads, if it does not read x and y."""
    found = {name: (match[1].lower(), int(match[2])) for name in read if (match := _INDEXED.fullmatch(name))}
    letters, places = {letter for letter, _ in found.values()}, sorted({place for _, place in found.values()})
    if not found or set(_PLANE) <= set(read):
        return {}
    if letters == {"x"} and "x" not in read and "y" not in read and len(places) == 2 and places[1] == places[0] + 1:
        return {name: _PLANE[place - places[0]] for name, (_, place) in found.items()}
    if letters == {"x"} and "x" in read and len(places) == 1 and places[0] <= 2:
        return dict.fromkeys(found, "y")
    if letters & set(read) or (letters == {"x"} and len(places) > 2):
        return {}
    return {name: letter if place < 2 else f"{letter}^{place}" for name, (letter, place) in found.items()}


def misread(text: str, read: Sequence[str], variables: Sequence[str], known: Collection[str]) -> FormulaError | None:
    """Return the error for the names that a formula reads and that most likely are not meant as parameters.

    Args:
        text: The formula.
        read: The names that it reads.
        variables: Those that it is given.
        known: Those of its parameters that somebody has spoken of.
    """
    unknown = [name for name in read if name not in known and name not in variables]
    meanings = {name: meaning for name in unknown if (meaning := meant(name, variables))}
    plane = {} if not set(_PLANE) <= set(variables) else indexed(set(read) - set(known))
    meanings |= plane
    words = tokens(text) if meanings else []
    place = next((index for index, word in enumerate(words) if word.kind == "name" and word.text in meanings), None)
    if place is None:
        return None
    error = _unknown(words, place, text, meanings)
    error.suggestion = rewritten(text, meanings)
    return error


def _unknown(words: Sequence[Token], place: int, text: str, meanings: Mapping[str, str]) -> FormulaError:
    word, before = words[place], words[place - 1]
    meaning = meanings[word.text]
    joined = "*" in meaning and place > 0 and before.kind == "number" and _touch(before, word)
    begin, end = before.position if joined else word.position, word.position + word.length
    if meaning in _PLANE:
        return FormulaError(
            "The variables are x and y, not {name}: did you mean {meant}?",
            position=begin, length=end - begin, name=text[begin:end], meant=meaning,
        )  # fmt: skip
    told = f"{before.text}*{meaning}" if joined else meaning
    return FormulaError(
        "{name} is not known: did you mean {meant}?",
        position=begin, length=end - begin, name=text[begin:end], meant=told,
    )  # fmt: skip


def rewritten(text: str, meanings: Mapping[str, str]) -> str:
    """Return ``text`` with what is meant in the place of each name, with the brackets that it needs there."""
    parts, end = [], 0
    words = tokens(text)
    for place, word in enumerate(words):
        if word.kind != "name" or word.text not in meanings:
            continue
        meaning, before = meanings[word.text], words[place - 1] if place else None
        if "*" in meaning and before is not None and before.kind == "number" and _touch(before, word):
            meaning = f"*{meaning}"
        close = word.position + word.length
        if before is not None and before.text in ("/", "**") and "*" in meaning:
            close = _power_end(words, place)
            meaning = f"({meaning}{text[word.position + word.length : close]})"
        elif "^" in meaning and "*" not in meaning and words[place + 1].text == "**":
            meaning = f"({meaning})"
        parts += [text[end : word.position], meaning]
        end = close
    return "".join([*parts, text[end:]])


def _power_end(words: Sequence[Token], place: int) -> int:
    """Return where a name ends with the simple power behind it."""
    last = words[place]
    following = words[place + 1 : place + 3]
    if following and following[0].kind == "power":
        last = following[0]
    elif len(following) == 2 and following[0].text == "**" and following[1].kind in ("number", "name"):
        last = following[1]
    return last.position + last.length


def _touch(before: Token, word: Token) -> bool:
    return before.position + before.length == word.position


def without_variables(text: str, read: Sequence[str]) -> FormulaError | None:
    """Return the error for a formula of a surface whose text has neither x nor y; one or two names may mean them."""
    if any(word.kind == "name" and word.text in _PLANE for word in tokens(text)):
        return None
    error = FormulaError("The formula reads neither x nor y", length=max(len(text), 1))
    names = sorted(read)
    error.suggestion = rewritten(text, dict(zip(names, _PLANE, strict=False))) if 1 <= len(names) <= 2 else ""
    return error
