"""What a lesson is made of as lines of text, which a person writes: quantities, and sentences with their conditions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from landscape.errors import InputError, Listing
from landscape.session.lesson import Of, Quantity, Saying

POINT = re.compile(r"\(\s*([^,()]+),\s*([^,()]+)\)")
KEYS = ("run", "step", "point", "of", "below")
"""What may stand behind a quantity, as ``run=1``; ``of`` is a hyper-parameter, a coordinate or a dimension."""
BAR = "|"
"""Between a condition and the sentence that is said where it holds."""


def quantity_lines(quantities: Sequence[Quantity]) -> str:
    """Return quantities as text, one a line: ``a = loss run=1 step=10``."""
    return "\n".join(_line(one) for one in quantities)


def _line(one: Quantity) -> str:
    given = {
        "run": str(one.run) if one.run else "",
        "step": "" if one.step is None else str(one.step),
        "point": "" if one.point is None else "({!r},{!r})".format(*one.point),
        "of": one.hyper,
        "below": "" if one.below is None else repr(one.below),
    }
    return " ".join([f"{one.name} = {one.of}", *(f"{key}={value}" for key, value in given.items() if value)])


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Return the quantities that are written in a text.

    Raises:
        InputError: says which line cannot be used.
    """
    return tuple(_quantity(line) for line in text.splitlines() if line.strip())


def _quantity(line: str) -> Quantity:
    name, equals, rest = (part.strip() for part in line.partition("="))
    of, *settings = POINT.sub(lambda found: f"({found[1].strip()},{found[2].strip()})", rest).split() or [""]
    known = get_args(Of)
    if not (equals and name) or of not in known:
        raise InputError('"{line}" is no quantity; write a = loss run=1 step=10, with one of {allowed}',
                         line=line.strip(), allowed=Listing(known))  # fmt: skip
    try:
        return Quantity(name=name, of=of, **dict(map(_setting, settings)))  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        raise InputError('"{line}" is no quantity; behind it may stand {allowed}, as in run=1',
                         line=line.strip(), allowed=Listing(KEYS)) from error  # fmt: skip


def _setting(text: str) -> tuple[str, Any]:
    key, _, value = text.partition("=")
    if key in ("run", "step"):
        return key, int(value)
    if key == "point":
        x, y = value.strip("()").split(",")
        return key, (float(x), float(y))
    if key == "below":
        return key, float(value)
    if key == "of" and value:
        return "hyper", value
    raise ValueError(key)


def saying_lines(sayings: Sequence[Saying], language: str) -> str:
    """Return sentences in a language as text, one a line: ``condition | sentence``, or the sentence alone."""
    return "\n".join(
        f"{one.when} {BAR} {one.text.get(language, '')}" if one.when else one.text.get(language, "") for one in sayings
    )


def sayings_in(texts: Mapping[str, str]) -> tuple[Saying, ...]:
    """Return the sentences of texts by language; the conditions are those of the English lines, which must be there."""
    lines = {language: list(_sayings(text)) for language, text in texts.items()}
    return tuple(
        Saying(
            when=when,
            text={language: found[index][1] for language, found in lines.items() if _has(found, index)},
        )
        for index, (when, _) in enumerate(lines["en"])
    )


def _has(found: Sequence[tuple[str, str]], index: int) -> bool:
    return index < len(found) and bool(found[index][1])


def _sayings(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.strip():
            when, bar, sentence = line.partition(BAR)
            yield (when.strip(), sentence.strip()) if bar else ("", when.strip())
