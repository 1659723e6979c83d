"""What a person exports: pictures, films and tables, the dialog that it is done with, and the clipboard."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from landscape.session.descent import edits, maps
from landscape.session.descent.document import Animation
from landscape.session.descent.workspace import default_descent
from landscape.session.network.document import default_experiment
from landscape.session.session import Session, session_with
from landscape.ui.dialogs.export import ExportDialog
from tests.gaps.operation import Steps, operation
from tests.gaps.surfaces import eight_runs
from tests.ui.conftest import Person
from tests.ui.export_dialog import choose_format, choose_size

HD, UHD = (1920, 1080), (3840, 2160)
LOOK = 0.02
"""Seconds between two looks at whether a file is written."""


def opened(person: Person, suffix: str, size: tuple[int, int]) -> ExportDialog:
    """Open the dialog with a second of film chosen."""
    person.window.settings.setValue("export/length", "1")
    person.choose("File", "Export…")
    dialog = person.window.findChildren(ExportDialog)[-1]
    choose_format(person, dialog, suffix)
    if size != HD:
        choose_size(person, dialog, *size)
    return dialog


def begin(dialog: ExportDialog, suffix: str) -> None:
    """Have a file written into a new folder."""
    dialog.export_to(Path(tempfile.mkdtemp()) / f"a{suffix}")


def exporting(suffix: str, size: tuple[int, int], person: Person) -> Steps:
    """Write a file, from the dialog."""
    dialog = opened(person, suffix, size)
    yield 1.0
    begin(dialog, suffix)
    while dialog.running:
        yield LOOK
    dialog.close()


def cancel(person: Person) -> None:
    """Cancel what is being written."""
    for export in person.window.exports.all:
        person.window.exports.cancel(export)


def cancelling(suffix: str, size: tuple[int, int], person: Person) -> Steps:
    """Begin to write a film, and cancel it."""
    dialog = opened(person, suffix, size)
    begin(dialog, suffix)
    yield 0.8
    cancel(person)
    while dialog.running:
        yield LOOK
    dialog.close()


def closing(suffix: str, size: tuple[int, int], person: Person) -> Steps:
    """Begin to write a film, close the dialog, and cancel the film a second later."""
    dialog = opened(person, suffix, size)
    begin(dialog, suffix)
    yield 0.8
    dialog.close()
    yield 1.0
    cancel(person)
    while person.window.exports.busy:
        yield LOOK


def using_the_dialog(person: Person) -> Steps:
    """Choose one format and size after the other, while the preview plays."""
    yield None
    dialog = opened(person, ".mp4", HD)
    yield 2.0
    for suffix in (".png", ".csv", ".svg", ".gif"):
        choose_format(person, dialog, suffix)
        yield 0.5
    choose_size(person, dialog, 1080, 1920)
    yield 2.0
    dialog.close()


def copying(person: Person) -> Steps:
    """Copy the picture."""
    yield None
    person.window.copy_picture()
    yield 1.0


def trained() -> Session:
    """Return networks that are trained within moments."""
    return session_with(replace(default_experiment(), steps=60))


def varied() -> Session:
    """Return a descent whose film goes through the rates of a run, with the basins of each."""
    descent = edits.animate(default_descent(), Animation(run=0, name="lr", first=1e-4, last=1e-2))
    return session_with(edits.show_basins(descent, 0))


def mapped() -> Session:
    """Return a descent with basins and a map of hyper-parameters."""
    return session_with(maps.show_map_of(edits.show_basins(default_descent(), 0), 1))


for suffix, size in ((".png", HD), (".png", UHD), (".svg", HD), (".gif", HD), (".mp4", HD), (".mp4", UHD)):
    operation(partial(exporting, suffix, size), name=f"exporting_{suffix[1:]}_{size[1]}")
    operation(partial(exporting, suffix, size), opened=trained, name=f"exporting_{suffix[1:]}_{size[1]}_of_networks")
for suffix in (".csv", ".png", ".svg", ".mp4"):
    long = partial(eight_runs, 100_000)
    operation(partial(exporting, suffix, HD), opened=long, name=f"exporting_{suffix[1:]}_8_runs_of_100000")
operation(partial(exporting, ".png", HD), opened=mapped, first=True, name="exporting_cold_basins_and_map")
operation(partial(exporting, ".mp4", HD), opened=varied, name="exporting_a_film_of_a_rate")
for suffix in (".mp4", ".gif"):
    operation(partial(cancelling, suffix, UHD), name=f"cancelling_{suffix[1:]}_2160")
    operation(partial(closing, suffix, UHD), name=f"closing_the_dialog_of_{suffix[1:]}_2160")
operation(using_the_dialog)
operation(using_the_dialog, opened=trained, name="using_the_dialog_with_networks")
operation(copying, opened=trained, name="copying_the_picture_of_networks")
