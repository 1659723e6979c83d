"""Methods that Qt calls: what they raise is told at once, and never goes back through Qt.

With an error on its way, Qt's bindings go on painting and handling events. The next method of ours that they then look
up for the first time loses a reference that they do not own: it is never called again, and sooner or later the process
ends.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from traceback import clear_frames, walk_tb
from typing import ParamSpec, TypeVar

from PySide6.QtGui import QPainter

Given = ParamSpec("Given")
Result = TypeVar("Result")

_waiting: ContextVar[list[Exception] | None] = ContextVar("_waiting", default=None)
"""Errors that are raised where the picture is asked for, as soon as Qt is done."""


def guarded(otherwise: Result) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Have what a method raises told by ``sys.excepthook``, and Qt given ``otherwise`` in place of what it returns."""

    def guard(method: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(method)
        def called(*given: Given.args, **named: Given.kwargs) -> Result:
            try:
                return method(*given, **named)
            except Exception as error:  # noqa: BLE001  nobody above could do anything about it
                _tell(error)
                _let_go(error, given)
                return otherwise

        return called

    return guard


@contextmanager
def raising() -> Iterator[None]:
    """Raise at the end what guarded methods raised meanwhile, in place of telling it: a picture is whole or none."""
    errors: list[Exception] = []
    before = _waiting.set(errors)
    try:
        yield
    finally:
        _waiting.reset(before)
    if errors:
        raise errors[0]


def _tell(error: Exception) -> None:
    waiting = _waiting.get()
    if waiting is None:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        waiting.append(error)


def _let_go(error: Exception, given: tuple[object, ...]) -> None:
    """End the painters that the method had begun, the last first, and let go of all that it had in hand.

    Whoever keeps the error would keep its painters, and no other can begin on the same device. A picture that is
    destroyed before its painter has ended would end the process.
    """
    for frame, _ in reversed(list(walk_tb(error.__traceback__))[1:]):
        for value in list(frame.f_locals.values()):
            if isinstance(value, QPainter) and value.isActive() and all(value is not one for one in given):
                value.end()
    clear_frames(error.__traceback__)
