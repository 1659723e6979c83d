"""Kills a program at a random moment of its work, and looks what of that work is lost, damaged or left behind."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landscape.errors import InputError
from landscape.session.files import lesson, load, save
from landscape.ui.recovery import left_behind, recovery_folder
from landscape.ui.settings import open_settings
from landscape.writing import FORGOTTEN, TEMPORARY

LONGEST_LIFE = 6.0
"""Seconds of work after which it is killed at the latest."""
OLDEST = 2.0
"""Seconds of work that may be lost."""
Told = list[tuple[str, int, float]]
"""What was done, to how many steps, and when."""


def killed(seed: str) -> list[str]:
    """Kill a program at a moment that depends on the seed; return what is wrong then: nothing, it is hoped."""
    with tempfile.TemporaryDirectory(prefix="killing-") as place, _configured(Path(place, "config")):
        path = Path(place, "work", "mine.landscape")
        path.parent.mkdir()
        save(lesson("saddle"), path)
        told, when = _work(path, seed)
        found = [*_lost(path, told, when)]
        _next_day(Path(place))
        return [*found, *_left(path)]


@contextmanager
def _configured(folder: Path) -> Iterator[None]:
    before = os.environ.get("LANDSCAPE_CONFIG")
    os.environ["LANDSCAPE_CONFIG"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("LANDSCAPE_CONFIG")
        if before is not None:
            os.environ["LANDSCAPE_CONFIG"] = before


def _work(path: Path, seed: str) -> tuple[Told, float]:
    """Let the program work until it is killed; return what it told, and when that was."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    command = [sys.executable, "-m", "tests.killing.inside", str(path), seed]
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.Random(f"life {seed}").uniform(0.0, LONGEST_LIFE))
        process.kill()
        when = time.time()
        lines = (first + process.stdout.read()).splitlines(keepends=True)
    # The last line may be half of one.
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(what, int(steps), float(at)) for what, steps, at in words], when


def _lost(path: Path, told: Told, when: float) -> Iterator[str]:
    """Yield what is damaged, and whether anything is lost that should not be."""
    if not told:
        yield "it did nothing"
    kept = list(recovery_folder().glob("[!.]*.landscape"))
    steps, hands = {}, [0]
    for file in (path, *kept):
        try:
            session = load(file)
            steps[file] = session.document.last_step
            hands += [len(each.attempt.hands) for each in session.presentations.values() if each.attempt is not None]
        except InputError as error:
            yield f"damaged: {error}"
    saved = max((count for what, count, _ in told if what == "saved"), default=0)
    if steps.get(path, 0) < saved:
        yield f"{saved} steps were saved, and the file has {steps.get(path)}"
    old = [(what, count) for what, count, at in told if what == "kept" or at < when - OLDEST]
    safe = max((count for what, count in old if what != "counted"), default=0)
    if max(steps.values(), default=0) < safe:
        yield f"{safe} steps should be kept, and there are {max(steps.values(), default=0)}"
    counted = max((count for what, count in old if what == "counted"), default=0)
    if max(hands) < counted:
        yield f"{counted} hands should be kept, and there are {max(hands)}"


def _next_day(place: Path) -> None:
    """Let files that were being written be as old as those that nobody writes any more."""
    for file in place.rglob(".*"):
        if TEMPORARY.fullmatch(file.name):
            os.utime(file, (time.time() - 2 * FORGOTTEN,) * 2)


def _left(path: Path) -> Iterator[str]:
    """Yield what is there although all that was offered was removed, and the file was saved again."""
    for slot in left_behind():
        slot.remove()
    save(lesson("saddle"), path)
    # As every window does when it closes: Qt takes over the lock of a process that is no more.
    settings = open_settings()
    settings.setValue("theme", "dark")
    settings.sync()
    config = recovery_folder().parent
    files = (*path.parent.iterdir(), *config.iterdir(), *recovery_folder().glob("*"))
    for file in files:
        if file not in (path, recovery_folder(), config / "window.ini"):
            yield f"left behind: {file.name}"
