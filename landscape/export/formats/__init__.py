"""The formats, one file each: whatever module here has a ``FORMAT`` can be exported to."""

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType

from landscape.errors import InputError, Listing
from landscape.export.film import Film


@dataclass(frozen=True, kw_only=True)
class Format:
    """A kind of file."""

    suffix: str
    """With the dot: ``".mp4"``; there are some with two, ``".handout.pdf"``."""
    titles: Mapping[str, str]
    """What it is called, by language."""
    animated: bool
    """Whether it has many frames, so that rate and length matter."""
    pictured: bool
    """Whether it shows pixels, so that size and theme matter."""
    write: Callable[[Path, Film], Generator[int | None]]
    """Write a film to a path by turns, and yield how many frames are done, or None where no more are than before.

    Drawing happens in the thread that iterates, all else in others. Closing it, or an error, leaves the file in any
    state, but no thread running; stopped, it yields until no thread runs.
    """
    length: Callable[[Film], int]
    """How many frames it will write."""
    multiple: int = 1
    """Width and height are multiples of this number of pixels."""
    rates: tuple[float, ...] = ()
    """The only frames per second that are possible; empty: all are."""
    loops: bool = False
    """Whether it says how many times it runs."""
    sheer: bool = False
    """Whether the ground can be left out, so that what lies behind the picture is seen."""
    paper: bool = False
    """Whether it is to be printed, and so is light."""
    audible: bool = False
    """Whether it is, or can be, heard."""
    solid: bool = False
    """Whether it is made of the surface itself, and so only of one."""
    carries: bool = True
    """Whether it can carry the session it was made of."""

    def fitted(self, film: Film) -> Film:
        """Return a film as it can be written: no larger than it is, and with the nearest rate.

        Raises:
            InputError: It cannot be transparent, or is no relief.
        """
        width, height = (side - side % self.multiple for side in film.size)
        if film.settings.transparent and self.pictured and not self.sheer:
            sheer = Listing(suffix for suffix, each in formats().items() if each.sheer)
            raise InputError(
                "{suffix} cannot be transparent; {allowed} can. On slides of one colour, choose that for the ground",
                suffix=self.suffix, allowed=sheer,
            )  # fmt: skip
        if self.solid:
            film.check_solid()
        if self.audible and (film.settings.sound or not self.pictured):
            film.check_sound()
        fps = min(self.rates, key=lambda rate: abs(math.log(rate / film.fps))) if self.rates else film.fps
        theme = "light" if self.paper else film.settings.theme
        sound = film.settings.sound and self.audible
        return film.changed(size=(width, height), fps=fps, theme=theme, sound=sound)

    @property
    def title(self) -> str:
        """What it is called in English."""
        return self.titles["en"]


@cache
def formats() -> Mapping[str, Format]:
    """Return the formats by their suffix, in the order of their suffixes."""
    found = [import_module(f"{__name__}.{module.name}").FORMAT for module in iter_modules(__path__)]
    return MappingProxyType({each.suffix: each for each in sorted(found, key=lambda each: str(each.suffix))})
