import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QTableView

from landscape.catalogue.surfaces import surface
from landscape.plot.markers import Rings
from landscape.scene.descent.critical_question import critical_points_question
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.ui.descent.critical import CLOSE, FLIGHT
from tests.ui.descent.critical_list import click_row, list_of, place
from tests.ui.finding import seen, sentences

pytestmark = pytest.mark.slow


def arrived(person) -> bool:
    scene = person.scene
    critical = scene.critical if scene else None
    return critical is not None and not critical.pending


def settle(person) -> None:
    person.settle()
    person.qtbot.waitUntil(lambda: arrived(person), timeout=20_000)
    person.settle()


def start(open_window, name: str = "himmelblau"):
    person = open_window(edits.choose_surface(default_descent(), surface(name)))
    settle(person)
    return person


def rows(table: QTableView) -> list[tuple[str, ...]]:
    model = table.model()
    return [tuple(model.data(model.index(row, column)) for column in (1, 2, 3)) for row in range(model.rowCount())]


def tinted(table: QTableView) -> list[str]:
    """Return the hints of the rows that are tinted."""
    model = table.model()
    tints = [model.index(row, 1) for row in range(model.rowCount())]
    return [at.data(Qt.ItemDataRole.ToolTipRole) for at in tints if at.data(Qt.ItemDataRole.BackgroundRole)]


def rings(person) -> Rings:
    return next(item for item in person.stage.map_view.scene().items() if isinstance(item, Rings))


def test_the_list_shows_every_critical_point_with_the_certificate(open_window):
    person = start(open_window)
    panel = person.panels.critical
    assert panel.isVisible()
    assert sentences(panel) == [
        "Critical points",
        "4 minima, 1 maximum, 4 saddles: proven complete here (index 4 + 1 − 4 = 1)",
    ]
    told = rows(list_of(person))
    assert len(told) == 9
    assert ("3", "2", "0") in told
    assert list_of(person).height() >= 9 * 22


def test_an_empty_domain_is_told_of(open_window):
    person = start(open_window)
    person.edit(edits.set_formula, "x + 2*y")
    settle(person)
    panel = person.panels.critical
    assert sentences(panel) == ["Critical points", "No critical points in the domain: proven"]
    assert seen(panel, QTableView) == []


def test_pointing_at_a_marker_points_at_its_row(open_window):
    person = start(open_window)
    table = list_of(person)
    maximum = next(marker for marker in person.scene.markers if marker.kind == "maximum")
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(*maximum.point) + QPoint(2, 1), False)
    person.qtbot.waitUntil(lambda: tinted(table) == [maximum.label], timeout=2000)
    assert rings(person).boundingRect().isValid()
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(0.0, 5.0), False)
    person.qtbot.waitUntil(lambda: tinted(table) == [], timeout=2000)
    assert rings(person).boundingRect().isEmpty()


def test_pointing_at_a_row_rings_its_marker(open_window):
    person = start(open_window)
    table, ring = list_of(person), rings(person)
    person.mouse(QEvent.Type.MouseMove, table.viewport(), place(table, 4), False)
    person.qtbot.waitUntil(lambda: ring.boundingRect().isValid(), timeout=2000)
    marked = ring.mapToScene(ring.boundingRect().center())
    assert marked == person.stage.map.pixel_of(person.scene.critical.markers[4].point)


def test_a_click_on_a_marker_chooses_its_row_and_a_click_beside_it_none(open_window):
    person = start(open_window)
    table = list_of(person)
    maximum = next(marker for marker in person.scene.markers if marker.kind == "maximum")
    person.drag([person.pixel(*maximum.point)])
    person.qtbot.waitUntil(lambda: table.currentIndex().isValid(), timeout=2000)
    assert table.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == maximum.label
    person.qtbot.wait(600)
    person.drag([person.pixel(0.0, 5.0)])
    person.qtbot.waitUntil(lambda: not table.currentIndex().isValid(), timeout=2000)


def test_a_double_click_on_a_row_flies_to_the_point(open_window):
    person = start(open_window)
    table, stage = list_of(person), person.stage
    marker = person.scene.critical.markers[4]
    click_row(person, 4)
    person.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 4))

    def is_there() -> bool:
        (x0, x1), (y0, y1) = stage.map.view()
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        return all(abs(a - b) < 1e-6 for a, b in zip(middle, marker.point, strict=True)) and x1 - x0 < 6.0

    person.qtbot.waitUntil(is_there, timeout=5000)
    settle(person)


def test_a_double_click_on_a_row_and_return_each_begin_one_flight(open_window):
    person = start(open_window)
    table, flights = list_of(person), []
    person.panels.critical.flown.connect(flights.append)
    click_row(person, 4)
    person.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 4))
    assert flights == [person.scene.critical.markers[4]]
    person.key(Qt.Key.Key_Return, widget=table)
    assert flights == 2 * [person.scene.critical.markers[4]]
    settle(person)


@pytest.mark.parametrize("zoom", [0, 12])
def test_after_a_flight_a_unit_of_x_is_to_one_of_y_as_before(open_window, zoom):
    person = start(open_window)
    person.edit(edits.set_domain, (-6.0, 6.0), (-4.0, 4.0))
    settle(person)
    person.wheel(person.canvas, person.pixel(1.0, 1.0), zoom)
    stage, marker = person.stage, person.scene.critical.markers[2]
    before = aspect(stage)
    click_row(person, 2)
    person.key(Qt.Key.Key_Return, widget=list_of(person))
    person.qtbot.waitUntil(lambda: sum(stage.map.view()[0]) / 2 == pytest.approx(marker.point[0]), timeout=5000)
    person.qtbot.wait(FLIGHT)
    (x, y) = stage.map.view()
    assert aspect(stage) == pytest.approx(before, rel=1e-6)
    assert (sum(x) / 2, sum(y) / 2) == pytest.approx(marker.point)
    assert min((x[1] - x[0]) / 12.0, (y[1] - y[0]) / 8.0) <= CLOSE + 1e-9


def aspect(stage) -> float:
    (x0, x1), (y0, y1) = stage.map.view()
    return (x1 - x0) / (y1 - y0)


def test_what_was_proven_stays_while_a_parameter_is_dragged_and_is_replaced_then(open_window):
    person = start(open_window)
    before = person.scene.markers
    for a in (10.9, 10.7, 10.5):
        person.edit(edits.set_surface_value, "a", a, gesture="drag")
        person.view.refresh.now()
        assert len(person.scene.markers) == len(before)
    settle(person)
    after = person.scene
    (brief,) = critical_points_question(person.descent.surface).coarser
    expected = person.window.answers.get(brief)
    assert [marker.point for marker in after.critical.markers] == [(p.x, p.y) for p in expected.points]
    assert after.markers != before


def test_a_search_that_was_cut_short_is_done_again_with_patience(open_window, monkeypatch):
    monkeypatch.setattr("landscape.scene.descent.critical_question.BRIEF", (20, 5.0))
    person = start(open_window, "rastrigin")
    _, certificate, part = sentences(person.panels.critical)
    assert "441" not in certificate
    assert "121 minima, 100 maxima, 220 saddles: proven" in certificate
    assert part == "121 of 441 in the picture"


def test_the_layer_is_switched_off_and_on_from_the_menu(open_window):
    person = start(open_window)
    person.choose("View", "Critical points")
    person.settle()
    assert person.scene.markers == ()
    assert not person.panels.critical.isVisible()
    person.window.undo()
    settle(person)
    assert len(person.scene.markers) == 9
    assert person.panels.critical.isVisible()


def test_closing_the_window_during_a_search_does_not_wait_for_it(open_window):
    person = open_window()
    person.edit(edits.choose_surface, surface("levy13"))
    person.qtbot.waitUntil(lambda: "searching…" in sentences(person.panels.critical), timeout=5000)
    assert not person.window.jobs.idle
    begun = time.perf_counter()
    person.window.close()
    assert time.perf_counter() - begun < 1.0
