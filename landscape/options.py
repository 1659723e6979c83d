"""What stands in the command line: files without a command, formulas, choices, settings, domains, points, sizes."""

import argparse
import os
import re
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from landscape.errors import nearest
from landscape.translation import LANGUAGES

if TYPE_CHECKING:
    from landscape.export.settings import Named

THEMES = ("dark", "light")
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


def add_look(command: argparse.ArgumentParser) -> None:
    """Let a command be told how an exported file is to look."""
    command.add_argument("--size", type=size, default=(1920, 1080), metavar="WxH", help="default 1920x1080")
    command.add_argument("--fps", type=int, default=30, help="frames a second, default 30")
    command.add_argument("--seconds", type=float, default=10.0, help="length of the clip, default 10")
    command.add_argument("--theme", type=one_of(THEMES), choices=THEMES, default="dark")
    command.add_argument("--language", type=one_of(LANGUAGES), choices=tuple(LANGUAGES), default="en")
    views = ("map", "relief", "both")
    command.add_argument("--view", type=one_of(views), choices=views, help="of a surface; as in the file, else the map")
    command.add_argument("--turntable", action="store_true", help="the relief turns once in the course of the clip")
    command.add_argument(
        "--explain", action="store_true", help="the rule of a run below, with the numbers of each step"
    )
    command.add_argument(
        "--caption", action="store_true", help="below, a line for each run: its rule, and the numbers in it"
    )
    command.add_argument("--text", type=float, default=1.0, metavar="X", help="text and lines X times as large")
    workspaces = ("descent", "network", "search")
    command.add_argument("--workspace", type=one_of(workspaces), choices=workspaces, help="instead of the one in front")
    command.add_argument("--page", metavar="NAME", help="of networks: sweep, why, landscape or bias, not the twins")
    command.add_argument("--ground", metavar="#RRGGBB", help="colour around the plots, such as that of the slides")
    command.add_argument("--transparent", action="store_true", help="no ground at all, where the format can do without")
    command.add_argument("--millimeters", type=float, default=100.0, metavar="MM", help="longer side of GLB and STL")
    command.add_argument("--bom", action="store_true", help="a table begins with a byte-order mark, for spreadsheets")
    command.add_argument("--ease", action="store_true", help="the clip begins and ends slowly")
    command.add_argument("--hold", type=float, metavar="S", help="seconds of rest at the end of the clip, default 1")
    command.add_argument(
        "--rewind", action="store_true", help="the clip goes back to its beginning, and repeats without a jump"
    )
    command.add_argument("--sound", action="store_true", help="the clip is heard: pitch the loss, marks click")
    command.add_argument("--loops", type=int, default=0, metavar="N", help="how often an animation runs; 0: for ever")
    command.add_argument(
        "--no-session", action="store_true", help="the file does not carry what it was made of, and opens nowhere again"
    )


def look_of(options: argparse.Namespace) -> "Named":
    """Return what :func:`add_look` has found in the command line."""
    found: Named = {
        "size": options.size,
        "fps": options.fps,
        "seconds": options.seconds,
        "theme": options.theme,
        "language": options.language,
        "stage": options.view,
        "turntable": options.turntable,
        "explain": options.explain,
        "session": not options.no_session,
        "ground": options.ground,
        "transparent": options.transparent,
        "loops": options.loops,
        "byte_order_mark": options.bom,
        "ease": options.ease,
        "rewind": options.rewind,
        "sound": options.sound,
        "hold": options.hold,
        "caption": options.caption,
        "text": options.text,
        "millimeters": options.millimeters,
    }
    if options.workspace is not None:
        found["workspace"] = options.workspace
    if options.page is not None:
        found["page"] = options.page
    return found


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
