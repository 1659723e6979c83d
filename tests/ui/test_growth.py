"""What is opened and closed again and again leaves nothing behind: neither widgets nor other objects of Qt's."""

import gc
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton
from shiboken6 import isValid

from landscape.session.descent import edits
from landscape.session.files import open_session
from landscape.ui.buttons import Choice, DropButton, IconButton
from landscape.ui.descent.panels.run_row import RunRow
from tests.ui.conftest import Person
from tests.ui.finding import find, seen

TIMES = 4
"""So often what was warmed before is done again."""


def left() -> Counter[str]:
    """Return how many there are of every kind of object of Qt's, those that garbage still holds among them."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    # By the type: what isinstance asks of a weak proxy is the dead object's.
    known = (one for one in gc.get_objects() if issubclass(type(one), QObject) and isValid(one))
    return Counter(type(one).__name__ for one in known) + Counter(
        f"{type(one).__name__} seen by Qt" for one in QApplication.allWidgets()
    )


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


def change_look(person: Person) -> None:
    for language, theme in (("zh", "light"), ("en", "dark")):
        person.window.set_language(language)
        person.window.set_theme(theme)
        person.settle()


def change_workspace(person: Person) -> None:
    for workspace in ("network", "descent"):
        person.window.open_workspace(workspace)
        person.settle()


DOINGS = [
    open_export, open_keys, open_about, open_escape_times, open_picker, open_menus, change_runs, change_surface,
    show_map, change_look, change_workspace,
]  # fmt: skip


@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.__name__)
def test_what_is_done_again_and_again_leaves_nothing_behind(
    open_window: Callable[..., Person], doing: Callable[[Person], None]
) -> None:
    """Without a search for garbage: what is closed goes by itself."""
    person = open_window(open_session("leaving-a-saddle"))
    for _ in range(2):
        doing(person)
    gc.collect()
    gc.disable()
    try:
        before = left()
        for _ in range(TIMES):
            doing(person)
        after = left()
    finally:
        gc.enable()
    more = {kind: count - before[kind] for kind, count in after.items() if count > before[kind]}
    assert not {kind: count for kind, count in more.items() if count >= TIMES}
