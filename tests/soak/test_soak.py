"""A short run of the random driver, and that it finds what it is there for."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.counts import Count, growth

ROOT = Path(__file__).parents[2]
NEWCOMER = """
import sys
from PySide6.QtWidgets import QPushButton
from landscape.session.workspaces import WORKSPACES, Workspace
from tests.workspaces.sentence.ui.workspace import SentenceView

HOME = "tests.workspaces.sentence.{layer}"
WORKSPACES["sentence"] = Workspace(titles={"en": "Sentence", "zh": "Sentence"}, home=HOME)
begin = SentenceView.__init__

def with_buttons(view):
    begin(view)
    for _ in range(8):  # Of so many one is met for certain.
        button = QPushButton("Divide")
        button.clicked.connect(lambda: 1 / 0)
        view.layout().addWidget(button)

SentenceView.__init__ = with_buttons
from tests.soak.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def drive(folder: Path, *arguments: str, code: tuple[str, ...] = ("-m", "tests.soak")) -> subprocess.CompletedProcess:
    """Run the driver in a process of its own, which may crash."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, *code, "--folder", str(folder), *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip


def counted(*memory: float, warm_from: int = 0) -> list[Count]:
    zero = Count(**dict.fromkeys(Count.__annotations__, 0))
    return [
        replace(zero, actions=500 * index, memory=each, warm=index >= warm_from) for index, each in enumerate(memory)
    ]


@pytest.mark.slow
def test_two_hundred_actions_at_random_break_nothing_and_leave_nothing(tmp_path: Path) -> None:
    done = drive(tmp_path, "--actions", "200", "--seed", "1", "--every", "200")
    assert done.returncode == 0, f"{done.stdout}\n{(tmp_path / 'crash.txt').read_text(encoding='utf-8')}"


@pytest.mark.slow
def test_a_newcomers_buttons_are_found_and_what_it_raises_is_told_with_the_action(tmp_path: Path) -> None:
    done = drive(tmp_path, "--actions", "200", "--workspace", "sentence", "--every", "200", code=("-c", NEWCOMER))
    assert done.returncode == 1, done.stdout
    assert "QPushButton 'Divide'" in (tmp_path / "findings.txt").read_text(encoding="utf-8")
    assert "ZeroDivisionError: division by zero" in done.stdout


def test_growth_is_that_of_a_line_through_all_counts_after_the_warm_up() -> None:
    line = [500 + 2 * index for index in range(16)]
    assert growth(counted(100, 300, *line, warm_from=2)) == pytest.approx(30)
    line[1::5] = [900, 100, 900]
    assert growth(counted(100, 300, *line, warm_from=2)) == pytest.approx(30, abs=2)


def test_what_goes_up_and_down_has_not_grown() -> None:
    assert growth(counted(*[480, 520, 500, 510, 490] * 3, 480)) == pytest.approx(0, abs=2)


def test_kept_answers_have_a_bound_of_their_own() -> None:
    counts = [replace(each, answers=each.memory - 400) for each in counted(*range(410, 432, 2))]
    assert growth(counts) == 0
    assert growth(counts, "memory") == pytest.approx(20)


def test_of_few_counts_no_growth_is_told() -> None:
    assert growth(counted(*[500] * 9)) is None
