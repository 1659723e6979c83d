"""What a person does with files and dialogs."""

import tempfile
from itertools import cycle
from pathlib import Path

from landscape.session.files import lesson, save
from tests.gaps.operation import Steps, operation
from tests.gaps.surfaces import close_dialogs
from tests.ui.conftest import Person

LESSONS = cycle(("ravine", "newton-saddle", "beale-race", "momentum-map", "edge-of-stability"))


@operation
def choosing_a_lesson(person: Person) -> Steps:
    yield None
    person.window.files.open(next(LESSONS))


@operation
def opening_a_file(person: Person) -> Steps:
    path = Path(tempfile.mkdtemp()) / "session.landscape"
    save(lesson("saddle"), path)
    yield None
    person.window.files.open(str(path))


@operation
def saving(person: Person) -> Steps:
    path = Path(tempfile.mkdtemp()) / "session.landscape"
    yield None
    person.window.files.save_as(str(path))


@operation(first=True)
def opening_the_export_first(person: Person) -> Steps:
    yield None
    person.choose("File", "Export…")


@operation
def opening_dialogs(person: Person) -> Steps:
    yield None
    for way in (("Help", "Keys and mouse"), ("Help", "About Landscape"), ("File", "Export…"), ("File", "Save as…")):
        person.choose(*way)
        yield None
        close_dialogs(person)
        yield 0.1


@operation
def opening_the_menu_bar(person: Person) -> Steps:
    yield None
    for way in (("File",), ("File", "Open lesson"), ("View",), ("View", "Basins"), ("View", "Theme"), ("Play",)):
        menu = person.menu(*way)
        menu.popup(person.window.mapToGlobal(person.window.rect().center()))
        yield 0.1
        menu.close()
        yield 0.05


@operation
def copying_the_picture(person: Person) -> Steps:
    yield None
    person.window.copy_picture()
