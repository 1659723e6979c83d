"""What stands in the command line: files without a command, formulas, choices, settings, domains, points, sizes."""

import argparse
import os
import re
from collections.abc import Callable, Collection, Sequence

from landscape.errors import nearest

_OPTION = re.compile(r"--[a-z-]*(=|$)|-[ho]?$|-o[^(*^+]*$")


def one_of(names: Collection[str]) -> Callable[[str], str]:
    """Return what checks a choice, with the nearest one where there is none of that name."""

    def chosen(text: str) -> str:
        near = "" if text in names else nearest(text, names)
        if near:
            raise argparse.ArgumentTypeError(f"there is no {text}; did you mean {near}?")
        return text

    return chosen


def setting(text: str) -> tuple[str, float]:
    """Return the name and the value in ``a=3``."""
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value if name not in ("domain", "scaling", "data") else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a parameter; write NAME=VALUE, such as a=3") from None


def domain(text: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of x and y in ``-2,2,-2,2``."""
    try:
        x0, x1, y0, y1 = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a domain; write x0,x1,y0,y1, such as -2,2,-2,2") from None
    return (x0, x1), (y0, y1)


def point(text: str) -> tuple[float, float]:
    """Return x and y in ``-1,2``."""
    try:
        x, y = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a point; write x,y, such as -1,2") from None
    return x, y


def size(text: str) -> tuple[int, int]:
    """Return width and height in ``1920x1080``."""
    width, cross, height = text.lower().replace("×", "x").partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write WIDTHxHEIGHT, such as 1920x1080")
    return int(width), int(height)


def with_formulas(words: Sequence[str]) -> list[str]:
    """Return the arguments with a space before each formula that begins with a minus: argparse sees no option then."""
    if not {"critical", "export"} & set(words[:1]):
        return list(words)
    return [f" {word}" if word.startswith("-") and not _OPTION.match(word) else word for word in words]


def with_open(words: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return the arguments with the command ``open`` before a file or link that stands where a command would."""
    first = words[0] if words else ""
    is_file = first not in commands and not first.startswith("-") and os.path.isfile(first)
    return ["open", *words] if is_file or first.startswith("landscape:") else list(words)
