"""Ends a program in one of its states, and looks how soon it has gone, and what it leaves."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import landscape
from landscape.session.files import save
from tests.ending.states import STATES

WAYS = ("SIGTERM", "SIGINT", "close")
OFFSCREEN = "This plugin does not support "
"""What Qt's window system without a screen says of dialogs and menus, whoever opens them; no other does."""
PACKAGE = Path(landscape.__file__).parent
LONGEST = 150.0
"""Seconds after which nobody waits any more."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a program ended."""

    seconds: float
    """From when it was told to until it was gone; infinite where it never went."""
    code: int
    errors: str
    """What it wrote on standard error."""
    left: tuple[str, ...]
    """The files that it left where it worked."""


def ended(name: str, way: str) -> Ending:
    """Bring a window to a state, and end it."""
    with tempfile.TemporaryDirectory(prefix="ending-") as place:
        config, work = Path(place, "config"), Path(place, "work")
        config.mkdir()
        work.mkdir()
        (config / "window.ini").write_text(STATES[name].settings)
        own = {"LANDSCAPE_CONFIG": str(config)}
        if name.startswith("compiling"):
            own["LANDSCAPE_CACHE"] = str(Path(place, "cache"))
        command = [sys.executable, "-m", "tests.ending.inside", str(work), name, way]
        with _started(command, own) as process:
            _line(process)
            found = _end(process, way)
        return _with_files(found, work, {"state.landscape"})


def ended_at_start(seconds: float, way: str, arguments: Sequence[str] = ()) -> Ending:
    """Start a window, and end it so many seconds later.

    Where Python itself is still starting, there is no program yet that could end without a word.
    """
    with tempfile.TemporaryDirectory(prefix="ending-") as place:
        command = [sys.executable, "-m", "landscape", *arguments]
        with _started(command, {"LANDSCAPE_CONFIG": place}) as process:
            time.sleep(seconds)
            found = _end(process, way)
    began = not (found.errors or found.code < 0) or str(PACKAGE) in found.errors
    return found if began else replace(found, code=0, errors="")


def ended_while_loading(library: str, way: str) -> Ending:
    """Start a window, and end it as soon as it has loaded a library; on Linux."""
    command = [sys.executable, "-m", "landscape"]
    with (
        tempfile.TemporaryDirectory(prefix="ending-") as place,
        _started(command, {"LANDSCAPE_CONFIG": place}) as process,
    ):
        while process.poll() is None and library not in Path(f"/proc/{process.pid}/maps").read_text():
            time.sleep(0.01)
        return _end(process, way)


def export_ended(name: str, file: str, seconds: float, way: str) -> Ending:
    """Write what one of the states shows from the command line, and end that so many seconds after it has begun."""
    with tempfile.TemporaryDirectory(prefix="ending-") as place, tempfile.TemporaryDirectory() as config:
        path = Path(config, "state.landscape")
        save(STATES[name].session(), path)
        own = {"LANDSCAPE_CONFIG": config}
        if name.startswith("compiling"):
            own["LANDSCAPE_CACHE"] = str(Path(config, "cache"))
        command = [sys.executable, "-m", "landscape", "export", str(path), "-o", file, "--seconds", "60"]
        with _started(command, own, place) as process:
            while process.poll() is None and not any(Path(place).iterdir()):
                time.sleep(0.01)
            time.sleep(seconds)
            found = _end(process, way)
        return _with_files(found, Path(place), set())


def _started(command: list[str], own: dict[str, str], folder: str | None = None) -> "subprocess.Popen[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **own}
    root = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        command, env=environment, cwd=folder or root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _line(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def _end(process: "subprocess.Popen[str]", way: str) -> Ending:
    begin = time.perf_counter()
    if way != "close":
        process.send_signal(getattr(signal, way))
    try:
        process.wait(LONGEST)
        seconds = time.perf_counter() - begin
    except subprocess.TimeoutExpired:
        seconds = float("inf")
        process.kill()
    _, errors = process.communicate()
    told = [line for line in errors.splitlines(keepends=True) if not line.startswith(OFFSCREEN)]
    return Ending(seconds=seconds, code=process.returncode, errors="".join(told), left=())


def _with_files(found: Ending, folder: Path, given: set[str]) -> Ending:
    return replace(found, left=tuple(sorted({path.name for path in folder.iterdir()} - given)))
