"""What a person opens and closes, shows and hides, again and again: all that a window makes anew while it stands."""

import time
from collections.abc import Callable
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton
from shiboken6 import isValid

from landscape.session.descent import comparing, edits
from landscape.session.network import edits as network_edits
from landscape.ui.buttons import Choice, DropButton, IconButton
from landscape.ui.descent.panels.run_row import RunRow
from tests.ui.conftest import Person
from tests.ui.finding import find, seen

NUMBERS = count(time.time_ns() // 10**9 * 1000)
"""So that no formula comes twice: its machine code is not among what was kept before."""
PAGES = ("twins", "sweep", "why", "landscape", "bias")


def close_dialog(person: Person) -> None:
    dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
    person.settle()
    person.key(Qt.Key.Key_Escape, widget=dialog)


def open_export(person: Person) -> None:
    person.window.open_export()
    person.qtbot.wait(150)
    close_dialog(person)


def open_keys(person: Person) -> None:
    person.window.open_keys()
    close_dialog(person)


def open_about(person: Person) -> None:
    person.window.open_about()
    close_dialog(person)


def open_escape_times(person: Person) -> None:
    person.view.open_escape_times((0.0, 0.0))
    close_dialog(person)


def open_picker(person: Person) -> None:
    person.click(find(person.window, DropButton, "Surface"))
    popup = QApplication.activePopupWidget()
    person.qtbot.wait(50)
    popup.close()


def open_menus(person: Person) -> None:
    for menu in person.window.menuWidget().findChildren(QMenu):
        if isValid(menu):
            menu.aboutToShow.emit()
    for button in (find(person.window, Choice, "Speed"), find(person.window, QPushButton, "Add run")):
        with person.opened(button):
            pass
    for line in seen(person.window, RunRow):
        with person.opened(find(line, IconButton, "What can be done with this run")):
            pass


def change_runs(person: Person) -> None:
    person.edit(edits.duplicate_run, person.descent.runs[0].id)
    person.panels.runs.choose(person.descent.runs[-1].id)
    person.settle()
    person.edit(edits.remove_run, person.descent.runs[-1].id)
    person.settle()


def change_surface(person: Person) -> None:
    for formula in ("x**2 + a*y**2", "x**4 + b*y**2 + c*x*y"):
        person.edit(edits.set_formula, formula)
        person.settle()


def show_map(person: Person) -> None:
    person.edit(edits.show_map, None)
    person.settle()


def compare(person: Person) -> None:
    for shown in (True, False):
        person.edit(comparing.compare, shown)
        person.settle()


def change_look(person: Person) -> None:
    for language, theme in (("zh", "light"), ("en", "dark")):
        person.window.set_language(language)
        person.window.set_theme(theme)
        person.settle()


def change_workspace(person: Person) -> None:
    for workspace in ("network", "descent"):
        person.window.open_workspace(workspace)
        person.settle()


def show_pages(person: Person) -> None:
    person.window.open_workspace("network")
    for page in PAGES:
        person.view.show_page(page)
        person.settle()
    person.window.open_workspace("descent")


def change_layers(person: Person) -> None:
    person.window.open_workspace("network")
    for normalization in ("batch", "none"):
        person.edit(network_edits.set_option, "normalization", normalization, 1)
        person.settle()
    person.window.open_workspace("descent")


def type_formula(person: Person) -> None:
    """Type one that nobody has typed before, and wait for its picture."""
    number = next(NUMBERS)
    formula = f"x^2 + y^4 - x*y/{number}"
    person.type(person.panels.surface.formula_field, formula)
    person.settle()
    assert person.descent.surface.formula == formula


DOINGS: tuple[Callable[[Person], None], ...] = (
    open_export, open_keys, open_about, open_escape_times, open_picker, open_menus, change_runs, change_surface,
    show_map, compare, change_look, change_workspace, show_pages, change_layers, type_formula,
)  # fmt: skip
