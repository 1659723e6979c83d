"""Give a lecture with a clicker's keys on two screens, and unplug one of them; exit code 1 where that went wrong."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import ImageGrab

DISPLAY = ":87"
WIDE, HIGH = 1920, 1080
PATIENCE = 20.0
"""Seconds in which something must come true."""
ROOT = str(Path(__file__).parents[2])
HALL = ("hall", f"{WIDE}/508x{HIGH}/285+{WIDE}+0", "none")
DESK = ("*desk", f"{WIDE}/508x{HIGH}/285+0+0", "screen")
MANY = 50
"""Colours that no screen has without a picture."""
NOTES = (900, 300)
"""Where the notes are on the screen of the speaker."""


def main() -> int:
    """Give it, and print what is wrong."""
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="hall-") as config:
        os.environ |= {"DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb", "LANDSCAPE_CONFIG": config}
        stack.enter_context(_running("Xvfb", DISPLAY, "-screen", "0", f"{2 * WIDE}x{HIGH}x24"))
        time.sleep(1.0)
        stack.enter_context(_running("openbox"))
        time.sleep(1.0)
        for monitor in (DESK, HALL):
            _do("xrandr", "--setmonitor", *monitor)
        stack.enter_context(_running(sys.executable, "-m", "landscape", "open", "ravine", cwd=ROOT))
        wrong = [what for what, holds in _lecture() if not _soon(holds)]
    for what in wrong:
        print(f"not so: {what}")
    print("the lecture was given" if not wrong else f"{len(wrong)} things went wrong")
    return 1 if wrong else 0


def _lecture() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Do one thing after the other; yield what must come of each, and what tells whether it did."""
    yield "the program shows a window", lambda: bool(_windows())
    time.sleep(4.0)
    _key("m")
    _key("F5")
    yield "the stage fills the second screen", _on_hall
    _key("b")
    yield "B makes the hall black", lambda: _hall() == {(0, 0, 0)}
    _key("b")
    yield "B shows the stage again", _on_hall
    _do("xdotool", "mousemove", *map(str, NOTES), "click", "1")
    _key("Next")
    _key("w")
    yield "a clicker leaves the notes, and W makes the hall white", lambda: _hall() == {(255, 255, 255)}
    _key("w")
    _do("xrandr", "--delmonitor", "hall")
    yield "the stage comes back where the second screen is gone", lambda: not _on_hall() and len(_windows()) == 1
    _do("xrandr", "--setmonitor", *HALL)
    yield "and goes there again where the screen comes back", _on_hall
    _key("Escape")
    yield "Escape ends it", lambda: not _on_hall()


def _soon(holds: Callable[[], bool]) -> bool:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.2)
    return False


def _windows() -> list[str]:
    found = subprocess.run(
        ("xdotool", "search", "--onlyvisible", "--name", "Landscape"), capture_output=True, text=True, check=False
    )
    return found.stdout.split()


def _on_hall() -> bool:
    """Tell whether there is a picture on the second screen, whose own ground has one colour."""
    return len(_hall()) > MANY


def _hall() -> set[tuple[int, ...]]:
    """Return the colours on the second screen."""
    colors = ImageGrab.grab((WIDE, 0, 2 * WIDE, HIGH), xdisplay=DISPLAY).getcolors(1 << 22) or []
    return {color for _, color in colors}


def _key(name: str) -> None:
    _do("xdotool", "key", name)
    time.sleep(0.5)


def _do(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def _running(*command: str, cwd: str | None = None) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
