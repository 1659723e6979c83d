"""Making a race fair from the panel of the runs."""

from PySide6.QtWidgets import QPushButton

from landscape.scene.descent.tuning import best_rate
from landscape.scene.descent.tuning_question import trials_questions
from landscape.ui.buttons import IconButton
from landscape.ui.descent.panels.spread_strip import SpreadStrip
from tests.ui.finding import find, seen


def test_tune_all_gives_every_run_its_best_rate_in_one_step_and_shows_the_spread(person):
    before = person.descent
    person.click(find(person.panels.runs, QPushButton, "Tune all"))
    person.qtbot.waitUntil(lambda: person.descent.tuning is not None, timeout=30_000)
    person.settle()
    asked = trials_questions(person.descent, person.descent.tuning)
    for run in person.descent.runs:
        question = asked[run.id]
        assert run.rule.lr == best_rate(question.rates, question.answer(None))
    strips = seen(person.panels.runs, SpreadStrip)
    assert len(strips) == len(before.runs)
    assert "29 rates from 10⁻⁶ to 10" in strips[0].toolTip()
    person.window.undo()
    assert person.descent == before
    person.settle()
    assert seen(person.panels.runs, SpreadStrip) == []


def test_tuning_can_be_cancelled_and_then_nothing_has_changed(person):
    before = person.descent
    person.panels.runs.tuner.start(person.descent)
    person.panels.runs.tuner.cancel()
    person.settle()
    assert person.descent == before
    find(person.panels.runs, QPushButton, "Tune all")


def test_the_spread_can_be_hidden_and_the_rates_stay(person):
    person.click(find(person.panels.runs, QPushButton, "Tune all"))
    person.qtbot.waitUntil(lambda: person.descent.tuning is not None, timeout=30_000)
    person.settle()
    tuned = [run.rule.lr for run in person.descent.runs]
    person.click(find(person.panels.runs, IconButton, "Hide how the trials spread"))
    person.settle()
    assert [run.rule.lr for run in person.descent.runs] == tuned
    assert seen(person.panels.runs, SpreadStrip) == []
