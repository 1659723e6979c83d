"""The loop of a fuzz run: cases made, tried, timed, and what they should not have done."""

import faulthandler
import random
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from landscape.errors import LONGEST, InputError

LONGEST_SENTENCE = 20 * LONGEST
GRACE = 4
"""What does not end in this many times its limit, though interrupted, ends the process."""


@dataclass(frozen=True, kw_only=True)
class Fuzz:
    """One kind of input."""

    make: Callable[[random.Random], Any]
    attempt: Callable[[Any, random.Random], None]
    """Use a case; raises InputError where it is refused."""
    count: int
    """Cases of a long run."""
    short: int
    """Cases of a run in the suite."""
    limit: float
    """Seconds a case may take."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A case that was neither used nor refused as it should be."""

    number: int
    error: str
    case: str


class Overdue(BaseException):
    """A case has taken too long; nothing catches it on its way."""


def generator(seed: int, number: int) -> random.Random:
    """Return the random numbers of one case."""
    return random.Random(f"{seed} {number}")


def run(fuzz: Fuzz, count: int, seed: int = 0, first: int = 0) -> Iterator[Fault | bool]:
    """Try so many cases, and yield for each what went wrong, or where nothing did, whether it could be used."""
    for number in range(first, first + count):
        source = generator(seed, number)
        case = fuzz.make(source)
        try:
            with _limited(fuzz.limit), _strict():
                used = _is_used(fuzz, case, source)
        except (Exception, Overdue) as error:  # noqa: BLE001  whatever it is, the next case is tried
            told = "".join(traceback.format_exception(error, limit=-6))
            yield Fault(number=number, error=told, case=repr(case)[:2000])
        else:
            yield used


def _is_used(fuzz: Fuzz, case: object, source: random.Random) -> bool:
    """Tell whether a case can be used; a refusal must be one short printable sentence."""
    try:
        fuzz.attempt(case, source)
    except InputError as error:
        told = str(error)
        assert told, "The sentence is empty"
        assert told.isprintable(), f"The sentence is not printable: {told!r}"
        assert len(told) <= LONGEST_SENTENCE, f"The sentence has {len(told)} characters"
        return False
    return True


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer; what cannot be interrupted ends the process and says where it was."""

    def overdue(*_: object) -> None:
        raise Overdue(f"Not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, overdue)
    faulthandler.dump_traceback_later(GRACE * seconds + 10, exit=True)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    begin = time.perf_counter()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()
    assert time.perf_counter() - begin < seconds


@contextmanager
def _strict() -> Iterator[None]:
    """Let every warning be an error, but for one of a library about itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "path is deprecated", DeprecationWarning)
        yield
