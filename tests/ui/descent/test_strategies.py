"""Strategies in the window: chosen from menus, set in forms, explained beside the map."""

from PySide6.QtWidgets import QPushButton

from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.session.descent.strategies import add_strategy
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.descent.panels.run_form import RunForm
from landscape.ui.descent.panels.strategy_form import StrategyForm
from landscape.ui.forms import ParameterRow
from tests.ui.finding import find, seen

GROUP = "Ways out of local minima"


def names(person) -> list[str]:
    """What can be set in the form that is open."""
    return [line.label.text() for line in seen(person.panels.runs, ParameterRow)]


def test_every_strategy_is_offered_in_a_group_of_its_own(person) -> None:
    with person.opened(find(person.panels.runs, QPushButton, "Add run")) as menu:
        inner = next(action.menu() for action in menu.actions() if action.text() == GROUP)
        assert {action.text() for action in inner.actions()} == {
            one.titles["en"] for one in strategy_entries().values()
        }


def test_a_strategy_that_is_added_is_run_and_drawn_and_undone(person) -> None:
    before = person.descent
    person.pick(find(person.panels.runs, QPushButton, "Add run"), GROUP, "Particle swarm")
    person.settle()
    assert person.descent.runs[-1].strategy.entry == "swarm"
    assert len(person.scene.populations) == 1
    assert names(person) == ["members", "box", "inertia", "own", "common"]
    person.window.undo()
    assert person.descent == before


def test_a_run_can_be_given_a_strategy_and_a_rule_again(person) -> None:
    person.panels.runs.choose(0)
    (form,) = seen(person.panels.runs, RunForm)
    person.pick(seen(form, DropButton)[0], GROUP, "Simulated annealing")
    person.settle()
    assert person.descent.runs[0].strategy.entry == "annealing"
    assert names(person) == ["temperature", "cooling", "proposal"]
    chosen, _law = seen(seen(person.panels.runs, StrategyForm)[0], DropButton)
    person.pick(chosen, "Adaptive", "Adam")
    person.settle()
    assert person.descent.runs[0].strategy is None
    assert person.descent.runs[0].rule.entry == "adam"
    assert "beta1" in names(person)


def test_the_law_by_which_annealing_cools_is_chosen_and_undone(person) -> None:
    person.edit(add_strategy, strategy("annealing"))
    person.panels.runs.choose(person.descent.runs[-1].id)
    person.pick(find(person.panels.runs, Choice, "cooling law"), "inverse: T₀/(1 + (1/α − 1)k)")
    person.settle()
    values = dict(person.descent.runs[-1].strategy.values)
    assert values["law"] == 2.0
    course = person.scene.populations[-1].course
    assert course.state["temperature"][11] == values["temperature"] / (1 + (1 / values["cooling"] - 1) * 10)
    person.window.undo()
    person.settle()
    assert find(person.panels.runs, Choice, "cooling law").text() == "exponential: T₀αᵏ"


def test_restarts_show_what_runs_inside(person) -> None:
    person.edit(add_strategy, strategy("restarts"))
    person.panels.runs.choose(person.descent.runs[-1].id)
    assert names(person) == ["length", "box", "lr", "weight_decay"]


def test_a_step_of_a_strategy_is_told_beside_the_map(person) -> None:
    person.edit(add_strategy, strategy("nelder_mead"))
    run = person.descent.runs[-1].id
    person.panels.runs.choose(run)
    person.panels.step.toggle()
    person.settle()
    person.view.player.go(3)
    person.settle()
    assert "accepted: the worst corner's f fell" in person.panels.step.story.text()
    person.panels.step.toggle()
    person.settle()
    assert not person.panels.step.story.isVisible()
