"""Language and theme: what stands follows, and looks as if it had been opened so."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from landscape.session.files import lesson
from landscape.ui.descent.panels.surface import SurfacePanel
from tests.brief import briefly
from tests.ui.conftest import Person
from tests.ui.finding import find, seen
from tests.untaught import untaught

OTHER = {"language": "zh", "theme": "light"}
LESSONS = (
    "leaving-a-saddle",
    "momentum-map",
    "sigmoid-depth",
    "edge-of-stability",
    "batch-norm",
    "squared-error",
    "price-on-a-bowl",
)
PAGES = ("twins", "sweep", "why", "landscape", "bias")

Open = Callable[..., Person]


def switch(person: Person, language: str = "", theme: str = "") -> None:
    if language:
        person.window.set_language(language)
        person.settle()
    if theme:
        person.window.set_theme(theme)
        person.settle()


def picture(person: Person) -> QImage:
    QApplication.processEvents()
    return person.window.grab().toImage()


def words(person: Person) -> list[tuple[str, ...]]:
    """Return all that is written on the widgets of a window, hidden ones included, and said of them."""
    written = []
    for widget in set(person.window.findChildren(QWidget)) - overflow(person):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
        written.append((type(widget).__name__, text, widget.toolTip(), widget.accessibleName()))
    return sorted(written)


def overflow(person: Person) -> set[QWidget]:
    """Return the menu that Qt makes for menus without room in the menu bar, once and when it first lacks room."""
    found = person.window.findChild(QToolButton, "qt_menubar_ext_button")
    return {found.menu()} if found is not None and found.menu() is not None else set()


def alike(switched: Person, opened: Person) -> None:
    assert words(switched) == words(opened)
    assert picture(switched) == picture(opened)


@pytest.mark.parametrize("name", LESSONS)
def test_a_window_that_was_switched_looks_as_if_it_had_been_opened_so(open_window: Open, name: str) -> None:
    # It loads the kernels: what is computed before they are there may differ in the last digit.
    open_window(briefly(untaught(name)))
    switched = open_window(briefly(untaught(name)))
    switch(switched, **OTHER)
    alike(switched, open_window(briefly(untaught(name)), **OTHER))


@pytest.mark.parametrize("name", ["ravine", "d2l-gradient-descent", "saddle"])
def test_so_does_a_lesson_beside_the_stage(open_window: Open, name: str) -> None:
    """Its choices are runs that have names in each language, or sentences, or places."""
    switched = open_window(briefly(lesson(name)))
    switch(switched, **OTHER)
    assert words(switched) == words(open_window(briefly(lesson(name)), **OTHER))


@pytest.mark.parametrize("page", PAGES)
def test_so_does_every_page_of_the_networks(open_window: Open, page: str) -> None:
    shown = briefly(untaught("batch-norm"))
    switched, opened = open_window(shown), open_window(shown, **OTHER)
    for person in (switched, opened):
        person.view.show_page(page)
        person.settle()
    switch(switched, **OTHER)
    alike(switched, opened)


def test_what_is_hidden_follows_too(open_window: Open) -> None:
    """The other workspace is behind while the look changes."""
    switched, opened = open_window(), open_window(**OTHER)
    for person in (switched, opened):
        person.window.open_workspace("network")
        person.settle()
        person.window.open_workspace("descent")
        person.settle()
    switch(switched, **OTHER)
    for person in (switched, opened):
        person.window.open_workspace("network")
        person.settle()
    alike(switched, opened)


def test_a_form_that_is_open_and_a_complaint_follow(open_window: Open) -> None:
    switched, opened = open_window(), open_window(**OTHER)
    for person in (switched, opened):
        person.panels.runs.choose(person.descent.runs[0].id)
        person.panels.surface.formula_field.setPlainText("x**2 +")
        person.panels.surface.formula_field.flush()
        person.settle()
    switch(switched, **OTHER)
    alike(switched, opened)


def test_nothing_is_made_anew_when_language_and_theme_change(person: Person) -> None:
    for look in ({"language": "zh"}, {"language": "en", "theme": "light"}):
        switch(person, **look)
    before = set(person.window.findChildren(QWidget))
    for look in ({"language": "en", "theme": "dark"}, OTHER, {"language": "en"}, {"theme": "dark"}, OTHER):
        switch(person, **look)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert set(person.window.findChildren(QWidget)) == before


@pytest.mark.parametrize("look", [{"language": "zh"}, {"theme": "light"}])
def test_keyboard_typed_text_scrolling_and_choice_survive(open_window: Open, look: dict[str, str]) -> None:
    person = open_window(briefly(untaught("leaving-a-saddle")), size=(1280, 640))
    panels = person.panels
    side = next(area for area in seen(person.window, QScrollArea) if area.isAncestorOf(panels.surface))
    panels.runs.choose(person.descent.runs[0].id)
    table = find(person.window, QTableView, "Critical points")
    table.selectRow(0)
    person.settle()
    field = panels.surface.formula_field
    field.setFocus()
    person.qtbot.keyClicks(field, "+ (")
    side.verticalScrollBar().setValue(40)
    typed, scrolled = field.toPlainText(), side.verticalScrollBar().value()
    switch(person, **look)
    assert isinstance(panels.surface, SurfacePanel)
    assert QApplication.focusWidget() is field
    assert field.toPlainText() == typed
    assert side.verticalScrollBar().value() == scrolled
    assert table.currentIndex().row() == 0
    assert panels.runs.chosen == person.descent.runs[0].id


def test_what_is_written_on_a_dialog_follows(open_window: Open) -> None:
    person = open_window(theme="system")
    person.window.open_keys()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    person.window.set_language("zh")
    assert dialog.windowTitle() == person.window.say("Keys and mouse")
    person.key(Qt.Key.Key_Escape, widget=dialog)
