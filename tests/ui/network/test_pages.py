"""What is exported and copied of the pages of the networks."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from landscape.scene.network.pages import page_questions
from landscape.session.network import edits
from landscape.ui.canvas import Canvas
from landscape.ui.dialogs.export import ExportDialog
from landscape.ui.network.page import Page
from tests.ui.conftest import Person
from tests.ui.export_dialog import choose_format, choose_size, open_export, previewed
from tests.ui.finding import find, sentences
from tests.untaught import untaught
from tests.written import written

pytestmark = pytest.mark.slow


@pytest.fixture
def lecturer(open_window) -> Person:
    shown = untaught("batch-norm")
    person = open_window()
    person.window.history.replace(shown.with_document(replace(shown.document, steps=12)))
    return person


def page_in_front(person: Person) -> Page:
    return next(page for page in person.view.findChildren(Page) if page.isVisible())


def wait_for_page(person: Person, name: str) -> None:
    """Bring a page to the front, and wait until all of it is known."""
    person.view.show_page(name)

    def known() -> bool:
        page = page_in_front(person)
        asked = page_questions(person.experiment, page.shown())
        return page.scene is not None and all(person.window.answers.get(one) is not None for one in asked)

    person.qtbot.waitUntil(known, timeout=30_000)


def dialog(person: Person, suffix: str) -> ExportDialog:
    found = open_export(person)
    choose_size(person, found, 480, 300)
    choose_format(person, found, suffix)
    return found


@pytest.mark.parametrize("name", ["sweep", "why", "landscape", "bias"])
def test_the_page_in_front_is_exported_and_copied_as_far_as_it_is_known(lecturer, tmp_path, name):
    wait_for_page(lecturer, name)
    lecturer.window.copy_picture()
    lecturer.qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 1920, timeout=9000)
    QGuiApplication.clipboard().clear()
    made = dialog(lecturer, ".csv")
    assert made.form.options()["page"].name == name
    (question,) = page_questions(lecturer.experiment, made.form.options()["page"])
    assert lecturer.window.answers.get(question) is not None
    path = tmp_path / "page.csv"
    made.export_to(path)
    lecturer.qtbot.waitUntil(path.exists, timeout=20_000)
    lecturer.qtbot.waitUntil(lambda: not made.running, timeout=20_000)
    first = {
        "sweep": "network,lr,seed,steps,loss",
        "why": "step,measure,network,value",
        "landscape": "network,x,y,loss",
        "bias": "network,seed,step,loss,test_loss",
    }
    assert path.read_text(encoding="utf-8").splitlines()[0] == first[name]
    made.close()


def test_a_start_on_a_landscape_is_dragged_and_its_path_and_loss_follow(lecturer):
    wait_for_page(lecturer, "landscape")
    page = page_in_front(lecturer)
    middle = page.view.rect().center()
    told = []
    page.view.pressed.connect(lambda *at: told.append(at))
    first, last = QPoint(middle.x() // 2, middle.y()), QPoint(middle.x() // 2 + 40, middle.y() + 30)
    lecturer.drag([first, (first + last) / 2, last], page.view)

    def followed() -> bool:
        descent = page.scene.twins[0].descent
        return len(descent) > 0 and np.allclose(descent[0], page.shown().starts[0])

    lecturer.qtbot.waitUntil(followed, timeout=20_000)
    twin, point = told[-1]
    assert len({at for _, at in told}) == 3
    assert twin == 0
    assert page.shown().starts[0] == point
    assert page.shown().starts[1] is None
    assert [len(panel.curves) for panel in page.scene.losses.curves] == [1]
    assert find(page, Canvas, "Loss of the optimizer").height() > 100


def test_a_long_training_leaves_the_dialog_alive_and_can_be_cancelled(lecturer, tmp_path):
    lecturer.edit(edits.set_training, "steps", 50_000)
    made = dialog(lecturer, ".mp4")
    lecturer.qtbot.waitUntil(lambda: any("computing" in text for text in written(made.preview)), timeout=20_000)
    assert previewed(made.preview) is None
    folder = tmp_path / "films"  # Beside the settings, which Qt writes when it likes.
    folder.mkdir()
    made.export_to(folder / "race.mp4")
    assert made.running
    share = lambda: any(text.startswith("computing, ") and text.endswith(" %") for text in sentences(made))  # noqa: E731
    lecturer.qtbot.waitUntil(share, timeout=20_000)
    lecturer.click(find(made, QPushButton, "Cancel"))
    assert not made.running
    assert list(folder.iterdir()) == []
    made.close()


def test_an_export_begins_once_the_networks_are_trained(lecturer, tmp_path):
    lecturer.edit(edits.set_training, "steps", 1500)
    made = dialog(lecturer, ".png")
    path = tmp_path / "race.png"
    made.export_to(path)
    lecturer.qtbot.waitUntil(path.exists, timeout=30_000)
    lecturer.qtbot.waitUntil(lambda: not made.running, timeout=30_000)
    lecturer.qtbot.waitUntil(lambda: previewed(made.preview) is not None, timeout=30_000)
    made.close()


def test_the_landscapes_are_shown_in_three_dimensions_and_a_click_starts_the_optimizer(lecturer):
    wait_for_page(lecturer, "landscape")
    page = page_in_front(lecturer)
    for stage, wanted in (("relief", (False, True)), ("both", (True, True)), ("map", (True, False))):
        page.bar.chosen.emit(stage)
        assert (page.view.isVisible(), page.reliefs.isVisible()) == wanted
    page.bar.chosen.emit("relief")
    plot = page.reliefs.plots[1]
    lecturer.qtbot.waitUntil(lambda: plot.stage.complete, timeout=30_000)
    (x0, x1), (y0, y1) = plot.view()
    plot.stage_clicked.emit((x0 + x1) / 2, (y0 + y1) / 2)
    lecturer.qtbot.waitUntil(lambda: len(page.scene.twins[1].descent) > 1, timeout=30_000)
    lecturer.qtbot.waitUntil(lambda: len(plot.stage._seen) == 2, timeout=30_000)  # noqa: SLF001


def test_pages_are_chosen_from_a_list_where_their_names_have_no_room(lecturer):
    stage = lecturer.view.stage
    assert (stage.tabs.isVisible(), stage.choice.isVisible()) == (True, False)
    lecturer.window.scaling.choose(200)
    lecturer.window.resize(1280, 720)
    lecturer.settle()
    assert (stage.tabs.isVisible(), stage.choice.isVisible()) == (False, True)
    lecturer.pick(stage.choice, "Why")
    assert (stage.page, stage.choice.key) == ("why", "why")
    lecturer.window.scaling.choose(100)
    lecturer.settle()
    assert (stage.tabs.isVisible(), stage.choice.isVisible()) == (True, False)
