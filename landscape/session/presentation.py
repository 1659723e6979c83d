"""How a document was prepared to be shown: step, marks, speed, the part of the plane in view, the page in front.

Nothing of it is undone: it is where a person stands before the document. It is saved with it.
"""

import math
from dataclasses import dataclass, replace

from landscape.catalogue.surface_checks import as_picture
from landscape.errors import InputError, Listing
from landscape.session import attempt
from landscape.session.attempt import Attempt

Span = tuple[float, float]

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""How many times as fast as normal the play head can move."""
MOST_MARKS = 500
LONGEST_NOTE = 2000
LONGEST_PAGE = 40
"""Characters of the name of a page."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A place on the time line that a person comes back to."""

    step: int
    note: str = ""
    """What is to be said there."""


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """Where a person stands before a document; what is None is as when it is first opened."""

    step: float | None = None
    """Of the play head; None: the last."""
    marks: tuple[Mark, ...] = ()
    """In the order of their steps, of which each has one at most."""
    speed: float = 1.0
    """One of ``SPEEDS``."""
    loop: bool = False
    view: tuple[Span, Span] | None = None
    """Ranges of x and y that are looked at; None: all of it."""
    page: str = ""
    """What is shown in place of the first page, where a workspace has several."""
    future_hidden: bool = False
    """Paths and curves end at the play head: what is to come is to be predicted."""
    attempt: Attempt | None = None
    """How far its lesson has been taken; None: nothing is predicted yet."""

    @property
    def marked(self) -> tuple[int, ...]:
        """The steps that have a mark."""
        return tuple(mark.step for mark in self.marks)


def check(given: Presentation) -> Presentation:
    """Return a presentation with its marks in order; InputError where something cannot be used."""
    if given.step is not None and not (math.isfinite(given.step) and given.step >= 0):
        raise InputError("The play head cannot stand at step {given}", given=given.step)
    if given.speed not in SPEEDS:
        raise InputError(
            "There is no speed {given}; there are {allowed}",
            given=given.speed,
            allowed=Listing(f"{speed:g}" for speed in SPEEDS),
        )
    if given.view is not None:
        as_picture(given.view)
    if len(given.page) > LONGEST_PAGE or not given.page.isprintable():
        raise InputError("A page has a name of at most {most} characters", most=LONGEST_PAGE)
    if given.attempt is not None:
        attempt.check(given.attempt)
    return replace(given, marks=_in_order(given.marks))


def _in_order(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    if len(marks) > MOST_MARKS:
        raise InputError("A time line has {most} marks at most, not {given}", most=MOST_MARKS, given=len(marks))
    for mark in marks:
        if mark.step < 0:
            raise InputError("A mark cannot stand at step {given}", given=mark.step)
        if len(mark.note) > LONGEST_NOTE:
            raise InputError("The note of a mark has {most} characters at most", most=LONGEST_NOTE)
    return tuple(sorted({mark.step: mark for mark in marks}.values(), key=lambda mark: mark.step))
