"""What was predicted before a lesson, by one person or by a room: guesses, hands, an answer, how far it has come."""

import math
from dataclasses import dataclass

from landscape.errors import InputError, Listing
from landscape.session.lesson import PAGES, Point

MOST_GUESSES = 9
"""Guesses that have a key of their own."""
MOST_HANDS = 2000


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One time that a lesson is taken; nothing of it is undone."""

    page: str = PAGES[0]
    """The page that is open."""
    places: tuple[Point, ...] = ()
    """Where the run will be, where that is asked for."""
    numbers: tuple[float, ...] = ()
    """The numbers that were predicted, where one is asked for."""
    chosen: int | None = None
    """Which of the choices, places or numbers is one's own, from 0 on."""
    hands: tuple[int, ...] = ()
    """For which of them each hand was counted, in that order."""
    answer: float | None = None
    """What was answered to the task."""
    closed: bool = False
    """A person put the lesson away: it does not stand beside the stage."""


def check(given: Attempt) -> Attempt:
    """Return an attempt; InputError where something in it cannot be."""
    if given.page not in PAGES:
        raise InputError('A lesson has no page "{page}"; there are {allowed}', page=given.page, allowed=Listing(PAGES))
    numbers = (*given.numbers, *(each for place in given.places for each in place))
    counted = (*given.hands, *(() if given.chosen is None else (given.chosen,)))
    if not all(map(math.isfinite, (*numbers, given.answer or 0.0))):
        raise InputError("A prediction must be finite")
    if max(len(given.places), len(given.numbers)) > MOST_GUESSES or any(
        not 0 <= index < MOST_GUESSES for index in counted
    ):
        raise InputError("A lesson has {most} guesses at most", most=MOST_GUESSES)
    if len(given.hands) > MOST_HANDS:
        raise InputError("A lesson counts {most} hands at most", most=MOST_HANDS)
    return given
