"""Frames drawn for export, with or without a window on the machine."""

import sys
import threading
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop
from PySide6.QtWidgets import QApplication

from landscape.errors import InputError
from landscape.export.settings import Settings
from landscape.export.turns import Turns, finished, in_thread
from landscape.export.workspaces import Renderer, export_part
from landscape.plot.pixels import painted_frame
from landscape.plot.theme import configure
from landscape.scene.answers import Answers
from landscape.session.session import Session

AT_ONCE = 6_000_000
"""Bytes of fresh memory that are touched in one turn."""
PAGE = 4096
"""Bytes that the system gives at the least."""


def renderer_of(session: Session, settings: Settings, answers: Answers, *, still: bool) -> Renderer:
    """Return what draws the workspace of ``session`` that is in front; ``still``: whatever a film of it may vary."""
    drawing = export_part(session.workspace)
    application()
    _let_timers_start()
    configure()
    return drawing.renderer(session, settings, answers, still)


def drawing(
    renderer: Renderer, size: tuple[int, int], step: float, over: NDArray[np.uint8] | None = None
) -> Turns[NDArray[np.uint8]]:
    """Draw a step in ``size`` pixels, by turns: return (height, width, 4) blue, green, red, unused.

    ``over``: such an array, drawn over and returned.
    """
    pixels = over if over is not None else (yield from _room(size))
    yield from renderer.painting(painted_frame(pixels), step)
    return pixels


def _room(size: tuple[int, int]) -> Turns[NDArray[np.uint8]]:
    """Return an array for a frame, by turns.

    The system gives memory when it is first touched: all of a large frame at once would keep the window waiting.
    """
    width, height = size
    pixels = np.empty((height, width, 4), np.uint8)
    for part in np.array_split(pixels.reshape(-1), 1 + pixels.size // AT_ONCE):
        part[::PAGE] = 0
        yield None
    return pixels


def sheer_drawing(
    on_black: Renderer, on_white: Renderer, size: tuple[int, int], step: float
) -> Turns[NDArray[np.uint8]]:
    """Draw a step without its ground, by turns: return (height, width, 4) blue, green, red and opacity."""
    black = yield from drawing(on_black, size, step)
    white = yield from drawing(on_white, size, step)
    return (yield from in_thread(lambda _: matted(black, white)))


def matted(black: NDArray[np.uint8], white: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture (height, width, 4) that was drawn on black and on white.

    Of a colour c with the opacity a, the one is a·c, the other a·c + (1 - a)·255.
    """
    opacity = 255 - (white[..., :3].astype(np.int16) - black[..., :3]).clip(0, 255).max(axis=2)
    found = np.empty_like(black)
    found[..., :3] = np.minimum(np.round(255.0 * black[..., :3] / np.maximum(opacity, 1)[..., None]), 255)
    found[..., 3] = opacity
    return found


def frame(renderer: Renderer, size: tuple[int, int], step: float) -> NDArray[np.uint8]:
    """Return the same at once."""
    return finished(drawing(renderer, size, step))


@cache
def application() -> QApplication:
    """Return the running application, or start one that needs no display.

    Kept for good: Qt does not bear a second one after the first has gone.

    Raises:
        InputError: None runs, and this is not the main thread: one of another thread would end the process at its exit.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if threading.current_thread() is not threading.main_thread():
        raise InputError("The first picture or film has to be exported in the main thread; those after it need not")
    # On Linux there may be no display; elsewhere there always is, and only the usual platform has all the fonts.
    platform = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    return QApplication(["landscape", *platform])


def _let_timers_start() -> None:
    """Give this thread what Qt's timers need where it has none: Qt writes on standard error about each of them.

    Nobody waits for any of them; but what is drawn is made of widgets, and they start some.
    """
    if QAbstractEventDispatcher.instance() is None:
        QEventLoop()
