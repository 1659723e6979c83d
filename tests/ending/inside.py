"""A program that is brought to one of the states: ``python -m tests.ending.inside FOLDER STATE signal|close``.

It is the program itself, from its command line on; only a watch is set beside its window, which says "ready", and
closes the window where nobody sends a signal.
"""

import runpy
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from landscape.session.files import save
from landscape.ui import app
from tests.ending.states import STATES, State


def watch(window: Any, state: State, folder: Path, closes: bool) -> None:
    """Bring a window to a state, say so, and close it if nobody else does."""

    def look() -> None:
        front = window.workspaces.front
        if getattr(front, "panels", front) is None or (state.settled and not (front.settled() and window.jobs.idle)):
            return
        looking.stop()
        state.act(window, folder)
        QTimer.singleShot(round(1000 * state.after), window, tell)

    def tell() -> None:
        print("ready", flush=True)
        if closes:
            QTimer.singleShot(0, window.close)

    looking = QTimer(window, interval=20)
    looking.timeout.connect(look)
    looking.start()


def main(place: str, name: str, way: str) -> None:
    """Run the program."""
    folder, state, opening = Path(place), STATES[name], app.open_window
    path = folder / "state.landscape"
    save(state.session(), path)

    def open_window(*given: Any, **named: Any) -> Any:
        window = opening(*given, **named)
        watch(window, state, folder, way == "close")
        return window

    app.open_window = open_window
    sys.argv = ["landscape", "open", str(path)]
    runpy.run_module("landscape", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
