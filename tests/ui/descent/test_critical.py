import time

from PySide6.QtCore import QEvent, QPoint

from landscape.catalogue.surfaces import surface
from landscape.scene.descent.critical_question import critical_points_question
from landscape.session.descent import edits
from landscape.session.files import default_session


def arrived(person) -> bool:
    scene = person.window.workspaces.front.refresh.scene
    critical = scene.critical if scene else None
    return critical is not None and not critical.pending


def settle(person) -> None:
    person.settle()
    person.qtbot.waitUntil(lambda: arrived(person), timeout=20_000)
    person.settle()


def start(open_window, name: str = "himmelblau"):
    person = open_window(edits.choose_surface(default_session(), surface(name)))
    settle(person)
    return person


def rows(panel) -> list[tuple[str, ...]]:
    model = panel._model
    return [tuple(model.data(model.index(row, column)) for column in (1, 2, 3)) for row in range(model.rowCount())]


def test_the_list_shows_every_critical_point_with_the_certificate(open_window):
    panel = start(open_window).window.workspaces.front.panels.critical
    assert panel.isVisible()
    assert panel._certificate.text() == "4 minima, 1 maximum, 4 saddles: proven complete here (index 4 + 1 − 4 = 1)"
    told = rows(panel)
    assert len(told) == 9
    assert ("3", "2", "0") in told
    assert panel._table.height() >= 9 * 22


def test_an_empty_domain_is_told_of(open_window):
    person = start(open_window)
    person.window.edit(edits.set_formula, "x + 2*y")
    settle(person)
    panel = person.window.workspaces.front.panels.critical
    assert panel._certificate.text() == "No critical points in the domain: proven"
    assert not panel._table.isVisible()


def test_pointing_at_a_marker_points_at_its_row(open_window):
    person = start(open_window)
    panel, window = person.window.workspaces.front.panels.critical, person.window
    maximum = next(marker for marker in window.workspaces.front.refresh.scene.markers if marker.kind == "maximum")
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(*maximum.point) + QPoint(2, 1), False)
    person.qtbot.waitUntil(lambda: panel._model._hovered == panel._model.row_of(maximum), timeout=2000)
    assert window.workspaces.front.stage.map._rings.boundingRect().isValid()
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(0.0, 5.0), False)
    person.qtbot.waitUntil(lambda: panel._model._hovered == -1, timeout=2000)
    assert window.workspaces.front.stage.map._rings.boundingRect().isEmpty()


def test_pointing_at_a_row_rings_its_marker(open_window):
    person = start(open_window)
    panel, table = person.window.workspaces.front.panels.critical, person.window.workspaces.front.panels.critical._table
    place = table.visualRect(panel._model.index(4, 1)).center()
    person.mouse(QEvent.Type.MouseMove, table.viewport(), place, False)
    rings = person.window.workspaces.front.stage.map._rings
    person.qtbot.waitUntil(lambda: rings.boundingRect().isValid(), timeout=2000)
    expected = person.window.workspaces.front.stage.map._position(panel._model.marker(4).point)
    assert rings.boundingRect().center() == expected


def test_a_click_on_a_marker_chooses_its_row_and_a_click_beside_it_none(open_window):
    person = start(open_window)
    panel = person.window.workspaces.front.panels.critical
    maximum = next(
        marker for marker in person.window.workspaces.front.refresh.scene.markers if marker.kind == "maximum"
    )
    person.drag([person.pixel(*maximum.point)])
    person.qtbot.waitUntil(lambda: panel._table.currentIndex().isValid(), timeout=2000)
    assert panel._table.currentIndex().row() == panel._model.row_of(maximum)
    person.qtbot.wait(600)
    person.drag([person.pixel(0.0, 5.0)])
    person.qtbot.waitUntil(lambda: not panel._table.currentIndex().isValid(), timeout=2000)


def test_a_double_click_on_a_row_flies_to_the_point(open_window):
    person = start(open_window)
    panel, stage = person.window.workspaces.front.panels.critical, person.window.workspaces.front.stage
    marker = panel._model.marker(4)
    panel._table.doubleClicked.emit(panel._model.index(4, 0))

    def is_there() -> bool:
        (x0, x1), (y0, y1) = stage.map.view()
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        return all(abs(a - b) < 1e-6 for a, b in zip(middle, marker.point, strict=True)) and x1 - x0 < 6.0

    person.qtbot.waitUntil(is_there, timeout=5000)
    settle(person)


def test_what_was_proven_stays_while_a_parameter_is_dragged_and_is_replaced_then(open_window):
    person = start(open_window)
    window = person.window
    before = window.workspaces.front.refresh.scene.markers
    for a in (10.9, 10.7, 10.5):
        window.edit(edits.set_surface_value, "a", a, gesture="drag")
        window.workspaces.front.refresh.now()
        assert len(window.workspaces.front.refresh.scene.markers) == len(before)
    settle(person)
    after = window.workspaces.front.refresh.scene
    expected = window.answers.get(critical_points_question(window.history.session.document.surface).brief)
    assert [marker.point for marker in after.critical.markers] == [(p.x, p.y) for p in expected.points]
    assert after.markers != before


def test_a_search_that_was_cut_short_is_done_again_with_patience(open_window, monkeypatch):
    monkeypatch.setattr("landscape.scene.descent.critical_question.BRIEF", (20, 5.0))
    person = start(open_window, "rastrigin")
    assert "441" not in person.window.workspaces.front.panels.critical._certificate.text()
    assert (
        "121 minima, 100 maxima, 220 saddles: proven"
        in person.window.workspaces.front.panels.critical._certificate.text()
    )
    assert person.window.workspaces.front.panels.critical._part.text() == "121 of 441 in the picture"


def test_the_layer_is_switched_off_and_on_from_the_menu(open_window):
    person = start(open_window)
    window = person.window
    window._commands["critical"]()
    person.settle()
    assert window.workspaces.front.refresh.scene.markers == ()
    assert not window.workspaces.front.panels.critical.isVisible()
    window.undo()
    settle(person)
    assert len(window.workspaces.front.refresh.scene.markers) == 9
    assert window.workspaces.front.panels.critical.isVisible()


def test_closing_the_window_during_a_search_does_not_wait_for_it(open_window):
    person = open_window(edits.choose_surface(default_session(), surface("levy13")))
    person.qtbot.waitUntil(lambda: person.window.search._wanted is not None, timeout=5000)
    begun = time.perf_counter()
    person.window.close()
    assert time.perf_counter() - begun < 1.0
