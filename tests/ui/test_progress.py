"""What is told of how long something will still take."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QAbstractButton

from landscape.scene.text import duration
from landscape.translation import Translation
from landscape.ui import progress
from landscape.ui.progress import ProgressRow


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(seconds=100.0)
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    return now


@pytest.fixture
def row(qtbot, clock):
    made = ProgressRow(SimpleNamespace(say=Translation()))
    qtbot.addWidget(made)
    made.follow("search", 0.0)
    made.show()
    return made


def going(row, clock, shares, apart=1.0):
    for share in shares:
        clock.seconds += apart
        row.follow("search", share)


def test_what_goes_on_evenly_takes_as_long_for_the_rest(row, clock):
    going(row, clock, [0.1, 0.2, 0.3, 0.4])
    assert row.text == f"40 %, {duration(6.0)} left"


def test_a_quick_beginning_does_not_promise_a_quick_end(row, clock):
    going(row, clock, [0.3, 0.66])
    going(row, clock, [0.66 + 0.002 * second for second in range(1, 31)])
    assert row.text == f"72 %, {duration(0.28 / 0.002)} left"


def test_at_the_very_beginning_nothing_is_promised(row, clock):
    going(row, clock, [0.01, 0.02])
    assert row.text == "2 %"


def test_after_a_pause_the_time_of_the_pause_does_not_count(row, clock):
    going(row, clock, [0.1, 0.2])
    row.findChild(QAbstractButton).click()
    clock.seconds += 1000.0
    row.findChild(QAbstractButton).click()
    going(row, clock, [0.3, 0.4])
    assert row.text == f"40 %, {duration(6.0)} left"
