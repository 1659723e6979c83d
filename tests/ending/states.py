"""What the program may be doing when it is to end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.maps import show_map_of
from landscape.session.files import default_session, lesson
from landscape.session.network.document import default_experiment
from landscape.session.session import Document, Session, session_with

Window = Any
TANGENTS = "*".join(f"tan(x + {k}y)" for k in range(1, 25))
"""Poles wherever one looks: boxes that are never decided, and a Hessian of thousands of parts."""


def nested(levels: int = 60) -> str:
    """Return ``max`` and ``min`` in turns, of which each holds the one before."""
    text = "x*y"
    for level in range(levels):
        text = f"{'max' if level % 2 else 'min'}({text}, x - {level}y/60)"
    return text


@dataclass(frozen=True, kw_only=True)
class State:
    """One thing that the program may be doing."""

    session: Callable[[], Session] = default_session
    """What it is opened with."""
    act: Callable[[Window, Path], object] = lambda window, folder: None
    """What is done to the window once it stands, with a folder for files."""
    settled: bool = False
    """Whether all that is asked has to be answered before."""
    after: float = 0.7
    """Seconds from there until it is to end."""
    settings: str = ""
    """The file of the settings."""


def _descent() -> Descent:
    document = default_session().document
    assert isinstance(document, Descent)
    return document


def _surface(formula: str) -> Callable[[], Session]:
    return lambda: session_with(edits.choose_surface(_descent(), surface(formula)))


def _documented(change: Callable[[Descent], Document]) -> Callable[[], Session]:
    return lambda: session_with(change(_descent()))


def _mapped(descent: Descent) -> Descent:
    return show_map_of(replace(descent, steps=100_000), descent.runs[1].id)


def _with_basins(descent: Descent) -> Descent:
    many = replace(edits.choose_surface(descent, surface("rastrigin")), steps=100_000)
    return edits.show_basins(many, many.runs[1].id)


def _network(**changes: Any) -> Callable[[], Session]:
    return lambda: session_with(replace(default_experiment(), **changes))


def _page(name: str) -> Callable[[Window, Path], object]:
    return lambda window, _: window.workspaces.front.show_page(name)


def _command(name: str) -> Callable[[Window, Path], object]:
    return lambda window, _: window.lesson.commands()[name].run()


def _exported(suffix: str) -> State:
    def begin(window: Window, folder: Path) -> None:
        from landscape.ui.dialogs.export import ExportDialog

        window.open_export()
        window.findChildren(ExportDialog)[-1].export_to(folder / f"film{suffix}")

    settings = f"[export]\nsuffix={suffix}\nwidth=1920\nheight=1080\nrate=60\nlength=60\n"
    return State(act=begin, settings=settings, after=1.5 if suffix in (".mp4", ".gif") else 0.1)


def _compiling() -> Session:
    """Return what no other test has compiled: a formula and rules on it, whose kernels take seconds."""
    terms = " + ".join(f"sin({k}.5x)*cos({k}.25y)/{k}" for k in range(1, 12))
    return session_with(edits.show_basins(edits.choose_surface(_descent(), surface(terms)), _descent().runs[0].id))


STATES = {
    "idle": State(settled=True),
    "playing": State(settled=True, act=lambda window, _: window.player.play(True)),
    "critical points, nested": State(session=_surface(nested()), after=3.0),
    "critical points, tangents": State(session=_surface(TANGENTS), after=3.0),
    "critical points, late": State(session=_surface(TANGENTS), after=24.0),
    "basins": State(session=_documented(_with_basins)),
    "map": State(session=_documented(_mapped)),
    "training": State(session=_network(steps=100_000)),
    "sweep": State(session=_network(steps=20_000), act=_page("sweep"), after=2.0),
    "why": State(session=_network(), act=_page("why"), after=3.0),
    "landscape": State(session=_network(), act=_page("landscape"), after=3.0),
    "exporting .mp4": _exported(".mp4"),
    "exporting .gif": _exported(".gif"),
    "exporting .png": _exported(".png"),
    "exporting .svg": _exported(".svg"),
    "exporting .csv": _exported(".csv"),
    "export dialog": State(settled=True, act=lambda window, _: window.open_export()),
    "keys": State(settled=True, act=lambda window, _: window.open_keys()),
    "about": State(settled=True, act=lambda window, _: window.open_about()),
    "message": State(settled=True, act=lambda window, _: window.files.tell(InputError("It is so"))),
    "opening a file": State(settled=True, act=lambda window, _: window.files.ask_open()),
    "saving a file": State(settled=True, act=lambda window, _: window.files.ask_save()),
    "menu": State(settled=True, act=lambda window, _: _open_menu(window)),
    "finder": State(settled=True, act=lambda window, _: window.open_finder()),
    "gallery": State(settled=True, act=_command("gallery"), after=0.3),
    "gallery, drawing": State(settled=True, act=_command("gallery"), after=3.0),
    "editing a lesson": State(session=lambda: lesson("ravine"), settled=True, act=_command("edit-lesson")),
    "presenting": State(session=lambda: lesson("ravine"), settled=True, act=lambda window, _: window.hall.present()),
    "searching": State(session=lambda: lesson("rate-and-batch-size"), after=1.5),
    "compiling": State(session=_compiling, after=0.3),
    "compiling, later": State(session=_compiling, after=1.5),
    "compiling, networks": State(session=lambda: lesson("batch-norm"), after=1.0),
}


def _open_menu(window: Window) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMenu

    menu = window.menuWidget().findChildren(QMenu)[0]
    QTimer.singleShot(0, lambda: menu.exec(window.mapToGlobal(window.rect().center())))
