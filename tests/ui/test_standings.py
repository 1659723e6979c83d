"""The standings as a table: a line for each run, sorted by any column."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from landscape.catalogue.surfaces import surface
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.standings import standing_rows
from landscape.scene.standings import Heading, Row
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.network.document import default_experiment
from landscape.translation import Translation
from landscape.ui.standings_table import GAP, StandingsTable
from tests.ui.finding import find, seen
from tests.untaught import untaught


def table(person) -> StandingsTable:
    (found,) = seen(person.window, StandingsTable)
    return found


def order(person) -> list[str]:
    return [row.name for row in table(person).rows]


def press(person, title: str) -> None:
    person.click(find(table(person), QToolButton, f"Sort by: {title}"))


def test_pressing_a_title_sorts_by_it_and_pressing_again_turns_the_order(person) -> None:
    person.window.player.go(10)
    person.settle()
    points = {path.name: path.points[10] for path in person.scene.paths}
    slopes = {name: float(np.hypot(*person.descent.surface.gradient(*at))) for name, at in points.items()}
    press(person, "‖∇f‖")
    assert order(person) == sorted(slopes, key=slopes.get)
    press(person, "‖∇f‖")
    assert order(person) == sorted(slopes, key=slopes.get, reverse=True)
    press(person, "run")
    assert order(person) == sorted(slopes, key=str.casefold)


def test_the_order_is_kept_while_the_runs_play(person) -> None:
    press(person, "run")
    person.window.player.go(3)
    person.settle()
    assert order(person) == sorted(order(person), key=str.casefold)


def test_the_order_and_the_keyboard_stay_when_the_language_changes(person) -> None:
    head = find(table(person), QToolButton, "Sort by: run")
    head.setFocus(Qt.FocusReason.TabFocusReason)
    person.key(Qt.Key.Key_Space, widget=head)
    person.window.set_language("zh")
    person.settle()
    assert QApplication.focusWidget() is head
    assert head.text() == f"{person.window.say('run')} ▴"
    assert order(person) == sorted(order(person), key=str.casefold)


def test_a_title_is_pressed_by_keyboard(person) -> None:
    head = find(table(person), QToolButton, "Sort by: run")
    head.setFocus(Qt.FocusReason.TabFocusReason)
    person.key(Qt.Key.Key_Space, widget=head)
    assert order(person) == sorted(order(person), key=str.casefold)


def test_a_diverged_run_is_last_and_its_state_is_told_in_words(open_window) -> None:
    person = open_window(edits.set_hyper(default_descent(), 0, "lr", 3.0))
    wild = person.scene.paths[0]
    assert wild.outcome == "diverged"
    assert table(person).rows[-1].name == wild.name
    assert table(person).rows[-1].state == wild.note
    assert wild.note in table(person).accessibleDescription()


def test_the_steps_are_those_until_a_thousandth_of_the_loss_is_left(open_window) -> None:
    person = open_window(edits.choose_surface(default_descent(), surface("ravine")))
    losses = {
        path.name: np.array([float(person.descent.surface.value(*point)) for point in path.points])
        for path in person.scene.paths
    }
    for row in table(person).rows:
        # The threshold is rounded to one digit.
        own, first = losses[row.name] / losses[row.name][0], row.numbers[2]
        if np.isfinite(first):
            assert own[int(first)] <= 1.5e-3
            assert (own[: int(first)] > 0.6e-3).all()
        else:
            assert (own > 0.6e-3).all()
    reached = [row.numbers[2] for row in table(person).rows if np.isfinite(row.numbers[2])]
    assert reached
    person.window.player.go(min(reached) - 1)
    person.settle()
    assert not np.isfinite([row.numbers[2] for row in table(person).rows]).any()


def test_both_networks_have_a_line_with_the_losses_of_the_step(open_window) -> None:
    person = open_window(untaught("batch-norm"))
    recordings = [person.window.answers.so_far(one) for one in recording_questions(person.experiment)]
    found = {row.name: row.numbers for row in table(person).rows}
    assert sorted(numbers[0] for numbers in found.values()) == sorted(one.losses[-1, 0] for one in recordings)
    threshold = person.experiment.threshold
    for one in recordings:
        first = float(one.at[np.flatnonzero(one.losses[:, 0] <= threshold)[0]])
        assert first in [numbers[2] for numbers in found.values()]


def test_every_strategy_of_a_search_has_a_line_with_its_best_result(open_window) -> None:
    person = open_window(untaught("grid-or-random"))
    scene = person.stage.scene
    best = {panel.title: panel.results.min() for panel in scene.panels}
    assert {row.name: row.numbers[0] for row in table(person).rows} == best


@pytest.mark.parametrize("name", ["x", "RMSProp", "Momentum"])
@pytest.mark.parametrize("width", [222, 330, 600])
def test_nothing_of_a_number_is_cut_off(person, width, name) -> None:
    shown, heading = table(person), Heading(title="f", tip="")
    row = Row(name=name, color="#808080", numbers=(-4.56e-13, 1.0, 7.0))
    shown.show_rows((heading, heading, Heading(title="n", tip="", whole=True)), [row])
    shown.resize(width, shown.height())
    metrics = shown.fontMetrics()
    numbers = shown._number_width()  # noqa: SLF001
    assert metrics.horizontalAdvance(shown._fitting(row, 0, numbers - 4)) <= numbers  # noqa: SLF001


def test_short_numbers_leave_their_room_to_the_names_and_columns_never_become_narrower_again(person) -> None:
    shown, heading = table(person), Heading(title="loss", tip="")
    shown.resize(222, shown.height())

    def room_of_the_name(*numbers: float) -> float:
        shown.show_rows((heading, heading), [Row(name="without norm", color="#808080", numbers=numbers)])
        return shown._name_width()  # noqa: SLF001

    whole = shown.fontMetrics().horizontalAdvance("without norm")
    assert room_of_the_name(0.378, 0.354) >= whole
    narrow = room_of_the_name(4.5e-13, 0.354)
    assert narrow < whole
    assert room_of_the_name(0.378, 0.354) == narrow


def test_numbers_have_fewer_digits_where_a_name_would_be_cut_off(person) -> None:
    shown, heading = table(person), Heading(title="f", tip="")
    shown.resize(222, shown.height())
    row = Row(name="Momentum", color="#808080", numbers=(1.63e-29, 4.67e-14))
    shown.show_rows((heading, heading), [row])
    assert shown._name_width() >= shown.fontMetrics().horizontalAdvance("Momentum")  # noqa: SLF001
    assert shown._fitting(row, 0, shown._number_width() - GAP) == "2×10⁻²⁹"  # noqa: SLF001


def test_networks_of_which_nothing_is_known_are_being_computed() -> None:
    rows = standing_rows(default_experiment(), [None, None], 0.0, Translation())
    assert [row.state for row in rows] == ["computing…", "computing…"]
