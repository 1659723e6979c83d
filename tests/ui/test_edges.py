"""Panels are widened and hidden at their edges, and are the same the next day."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from landscape.session.descent import edits
from landscape.session.files import lesson
from landscape.ui.edges import Edge
from landscape.ui.layouts import Side
from landscape.ui.stage_bar import StageBar
from tests.brief import in_front
from tests.ui.finding import seen

WORKSPACES = ("descent", "network", "search")


def in_workspace(open_window, name: str):
    return open_window(in_front(name))


def pull(person, edge: Edge, by: int) -> None:
    """Drag an edge to the right by so many pixels, in pixels of the screen: it moves under the pointer."""
    at = edge.mapToGlobal(edge.rect().center())
    kinds = QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseMove, QMouseEvent.Type.MouseButtonRelease
    for kind, way in zip(kinds, (0, by, by), strict=True):
        place = at + QPoint(way, 0)
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, edge.mapFromGlobal(place), place, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(edge, event)
    QApplication.processEvents()


def widths(person) -> list[int]:
    return [side.width() for side in seen(person.view, Side)]


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_panels_are_widened_by_their_edges_and_the_stage_gives_way(open_window, workspace: str) -> None:
    person = in_workspace(open_window, workspace)
    left, right = seen(person.view, Edge)
    before, stage = widths(person), person.stage.width()
    pull(person, left, 60)
    pull(person, right, -40)
    assert widths(person) == [before[0] + 60, before[1] + 40]
    assert person.stage.width() == stage - 100


def test_panels_are_never_so_narrow_that_something_is_cut_nor_so_wide_that_no_stage_is_left(person) -> None:
    left = seen(person.view, Edge)[0]
    before = widths(person)
    pull(person, left, -200)
    assert widths(person) == before
    pull(person, left, 2000)
    assert widths(person)[0] <= 0.4 * person.window.width()
    assert person.stage.width() >= 320


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_click_on_an_edge_hides_the_panels_and_another_shows_them(open_window, workspace: str) -> None:
    person = in_workspace(open_window, workspace)
    left = seen(person.view, Edge)[0]
    before = widths(person)
    person.click(left)
    QApplication.processEvents()
    assert widths(person) == before[1:]
    person.click(left)
    QApplication.processEvents()
    assert widths(person) == before


def test_a_key_hides_both_sides_and_shows_them(person) -> None:
    person.choose("View", "Panels")
    assert seen(person.view, Side) == []
    person.choose("View", "Panels")
    assert len(seen(person.view, Side)) == 2


def test_width_and_hiding_are_remembered_and_hold_in_every_workspace(open_window) -> None:
    person = open_window()
    left, right = seen(person.view, Edge)
    pull(person, left, 50)
    person.click(right)
    wide = widths(person)
    person.window.open_workspace("search")
    person.settle()
    assert widths(person) == wide
    person.window.close()
    assert widths(open_window()) == wide


def test_the_editor_leaves_hidden_panels_hidden(person) -> None:
    person.click(seen(person.view, Edge)[0])
    person.view.edit_surface()
    assert person.view.editor.isVisible()
    person.view.editor.leave()
    QApplication.processEvents()
    assert len(seen(person.view, Side)) == 1


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_panels_make_room_for_the_stage_in_a_large_window_and_come_back_where_they_are_wanted(
    open_window, settings, workspace: str
) -> None:
    settings.setValue("scale", "225")
    person = open_window(in_front(workspace), size=(1920, 1080))
    assert person.stage.width() >= 0.42 * person.window.width()
    assert len(seen(person.view, Side)) == 1
    person.click(seen(person.view, Edge)[1])
    QApplication.processEvents()
    assert len(seen(person.view, Side)) == 2
    person.window.resize(1900, 1080)
    QApplication.processEvents()
    assert len(seen(person.view, Side)) == 2


def test_beside_a_lesson_in_a_large_window_the_stage_has_all_that_is_left(open_window, settings) -> None:
    settings.setValue("scale", "225")
    person = open_window(lesson("d2l-momentum"), size=(1920, 1080))
    assert seen(person.view, Side) == []
    assert person.stage.width() > 1000
    person.click(seen(person.view, Edge)[0])
    assert len(seen(person.view, Side)) == 1


@pytest.mark.parametrize("stage", ["map", "both"])
def test_the_choice_of_views_never_covers_the_colours_beside_the_map(open_window, settings, stage: str) -> None:
    settings.setValue("scale", "225")
    person = open_window(size=(1920, 1080))
    person.edit(edits.set_stage, stage)
    person.settle()
    [bar] = seen(person.stage, StageBar)
    colours = person.stage.map.item.vb.sceneBoundingRect().right()
    assert bar.geometry().right() < colours
    shown = [each.text() for each in seen(bar, QPushButton)]
    every = ["Map", "Relief", "Both", "Compare"]
    assert shown == (every if stage == "map" else ["Both"])
    QApplication.sendEvent(bar, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert [each.text() for each in seen(bar, QPushButton)] == every
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert [each.text() for each in seen(bar, QPushButton)] == shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_menu_opens_with_alt_and_its_letter_in_both_languages(person, language: str) -> None:
    person.window.set_language(language)
    titles = [menu.title() for menu in person.window.menu_row._menus]  # noqa: SLF001
    assert [title[title.index("&") + 1] for title in titles] == list("FEVPH")
