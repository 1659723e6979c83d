"""What a person does in the workspace of the networks."""

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton

from landscape.session.network import edits
from landscape.session.session import Session
from tests.gaps.operation import Steps, operation
from tests.gaps.surfaces import MOVE, NUMBERS, playing
from tests.ui.conftest import Person
from tests.ui.finding import find
from tests.untaught import untaught

PAGES = ("twins", "sweep", "why", "landscape", "bias")


def networks() -> Session:
    """Return the lesson about batch norm."""
    return untaught("batch-norm")


def to_tab(person: Person, title: str) -> None:
    """Press the tab of a workspace."""
    person.click(find(person.window.menuWidget(), QAbstractButton, title))


@operation(first=True)
def opening_the_networks_first(person: Person) -> Steps:
    yield None
    to_tab(person, "Network")


@operation(first=True, opened=networks)
def opening_the_surfaces_first(person: Person) -> Steps:
    yield None
    to_tab(person, "Descent")


@operation
def switching_workspaces(person: Person) -> Steps:
    to_tab(person, "Network")
    yield None
    to_tab(person, "Descent")
    yield None
    to_tab(person, "Network")
    yield None
    to_tab(person, "Descent")


def page_first(name: str, person: Person) -> Steps:
    """Open a page."""
    yield None
    person.view.show_page(name)


for page in PAGES[1:]:
    operation(partial(page_first, page), opened=networks, first=True, name=f"opening_{page}_first")


@operation(opened=networks)
def switching_pages(person: Person) -> Steps:
    for name in PAGES:
        person.view.show_page(name)
        yield None if name == PAGES[-1] else 0.5
    for name in PAGES:
        person.view.show_page(name)
        yield 0.4


@operation(opened=networks)
def training_anew(person: Person) -> Steps:
    yield None
    person.edit(edits.set_hyper, "lr", 0.05 + next(NUMBERS) / 1000)


@operation(opened=networks)
def choosing_a_data_set(person: Person) -> Steps:
    person.edit(edits.choose_data, "spirals")
    yield None
    person.edit(edits.choose_data, "digits")
    yield None
    person.edit(edits.choose_data, "moons")


@operation(opened=networks)
def choosing_a_norm(person: Person) -> Steps:
    person.edit(edits.set_option, "normalization", "batch", 1)
    yield None
    person.edit(edits.set_option, "normalization", "layer", 1)


@operation(opened=networks)
def dragging_on_the_landscape(person: Person) -> Steps:
    person.view.show_page("landscape")
    yield None
    page = person.view.stage._known["landscape"]  # noqa: SLF001
    middle = page.view.rect().center()
    person.mouse(QEvent.Type.MouseButtonPress, page.view, middle, True)
    for turn in range(20):
        person.mouse(QEvent.Type.MouseMove, page.view, middle + QPoint(3 * turn, 2 * turn), True, wait=False)
        yield MOVE
    person.mouse(QEvent.Type.MouseButtonRelease, page.view, middle, False)


@operation(opened=networks)
def taking_a_large_table(person: Person) -> Steps:
    path = Path(tempfile.mkdtemp()) / "table.csv"
    row = ",".join(f"{0.37 * column:.4f}" for column in range(64))
    path.write_text("".join(f"{row},{line % 2}\n" for line in range(10_000)), encoding="utf-8")
    yield None
    person.view.data.read(str(path))
    yield None
    person.view.data.read(str(path))


operation(playing, opened=networks, name="playing_a_training")
