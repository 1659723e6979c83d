"""Panda: the rate of one run is changed from the play head on, and what was changed is told and undone."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.session.descent import edits
from landscape.ui.fields import NumberField
from tests.ui.finding import find, seen, sentences

pytestmark = pytest.mark.slow


@pytest.fixture
def by_hand(person):
    """The panel that changes the rate of the first run, open."""
    run = person.descent.runs[0].id
    person.edit(edits.choose_rule, run, optimizer("sgd"))
    person.edit(edits.set_hyper, run, "lr", 0.01)
    person.panels.runs.choose(run)
    panel = person.panels.schedule.by_hand
    panel.switch.setChecked(True)
    return panel


def test_a_rate_typed_at_a_step_holds_from_there_on_for_the_chosen_run_alone(person, by_hand):
    person.window.player.go(10)
    person.type(find(by_hand, NumberField, "rate from here on"), "0.002")
    first, second = person.descent.runs[:2]
    rates = person.descent.schedule_of(first).rates(first.rule.lr, 30)
    assert (rates[9], rates[10], rates[29]) == pytest.approx((0.01, 0.002, 0.002))
    assert second.schedule is None


def test_what_was_changed_is_told_and_undone(person, by_hand):
    for step, rate in ((10, "0.002"), (20, "0.001")):
        person.window.player.go(step)
        person.type(find(by_hand, NumberField, "rate from here on"), rate)
    assert "step 0: 0.01 · step 10: 0.002 · step 20: 0.001" in sentences(by_hand)
    person.window.undo()
    assert "step 0: 0.01 · step 10: 0.002" in sentences(by_hand)


def test_the_field_shows_the_rate_at_the_play_head(person, by_hand):
    person.window.player.go(10)
    person.type(find(by_hand, NumberField, "rate from here on"), "0.002")
    person.window.player.go(9)
    assert find(by_hand, NumberField, "rate from here on").value == pytest.approx(0.01)
    person.window.player.go(11)
    assert find(by_hand, NumberField, "rate from here on").value == pytest.approx(0.002)


def test_until_it_is_asked_for_there_is_no_second_rate(person):
    assert not [each for each in seen(person.view, NumberField) if each.accessibleName() == "rate from here on"]
