"""Runs that a strategy moves: edited, refused, saved and read again."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.errors import InputError
from landscape.session.descent import edits, maps
from landscape.session.descent.checks import check
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.strategies import add_strategy, choose_inner, choose_strategy, suited
from landscape.session.descent.tuning import tuned_runs
from landscape.session.descent.workspace import default_descent
from landscape.session.files import load, save
from landscape.session.session import session_with


def one(name: str = "annealing", **values: float) -> tuple[Descent, int]:
    descent = add_strategy(default_descent(), strategy(name, **values))
    return descent, descent.runs[-1].id


@pytest.mark.parametrize("name", strategy_entries())
def test_a_file_brings_it_back(name: str, tmp_path) -> None:
    descent, _ = one(name)
    save(session_with(descent), tmp_path / "a.json")
    assert load(tmp_path / "a.json").document == descent
    assert check(descent) == descent


def test_a_file_of_a_strategy_that_is_unknown_is_refused(tmp_path) -> None:
    descent, _ = one()
    save(session_with(descent), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    (tmp_path / "a.json").write_text(text.replace('"entry": "annealing"', '"entry": "anealing"'), encoding="utf-8")
    with pytest.raises(InputError, match='did you mean "annealing"'):
        load(tmp_path / "a.json")


def test_its_hyper_parameters_are_set_like_those_of_a_rule() -> None:
    descent, run = one()
    changed = edits.set_hyper(descent, run, "cooling", 0.9)
    assert dict(changed.run_of(run).values)["cooling"] == 0.9
    with pytest.raises(InputError, match="lr"):
        edits.set_hyper(descent, run, "lr", 0.1)


def test_restarts_have_those_of_their_rule_too() -> None:
    descent, run = one("restarts")
    changed = edits.set_hyper(edits.set_hyper(descent, run, "lr", 0.25), run, "length", 30)
    assert dict(changed.run_of(run).values) == {"length": 30.0, "box": 1.0, "lr": 0.25, "weight_decay": 0.0}
    inner = choose_inner(changed, run, optimizer("adam"))
    assert inner.run_of(run).rule.entry == "adam"
    assert inner.run_of(run).strategy == changed.run_of(run).strategy


def test_a_rule_takes_its_place() -> None:
    descent, run = one()
    assert edits.choose_rule(descent, run, optimizer("adam")).run_of(run).strategy is None


def test_what_is_of_rules_alone_is_refused_or_leaves_it_out() -> None:
    descent, run = one()
    for refused in (edits.show_basins, maps.show_map_of):
        with pytest.raises(InputError, match="not of a strategy"):
            refused(descent, run)
    assert run not in {one.id for one in tuned_runs(descent)}


def test_basins_of_a_run_that_becomes_a_strategy_are_shown_no_more() -> None:
    descent = edits.show_basins(default_descent(), 0)
    assert choose_strategy(descent, 0, strategy("swarm")).basins is None


def test_a_film_can_vary_what_is_set_of_it() -> None:
    descent, run = one()
    shown = edits.animate(descent, Animation(run=run, name="cooling", first=0.8, last=0.99))
    assert shown.animation is not None
    with pytest.raises(InputError):
        edits.animate(descent, Animation(run=run, name="lr", first=0.1, last=1.0))


def test_a_temperature_suits_the_surface() -> None:
    """Half of how far the middle of the values is above the lowest: large on a high surface, small on a low one."""
    high = dict(suited(surface("1000*(x**2 + y**2)"), strategy("annealing")).values)["temperature"]
    low = dict(suited(surface("x**2 + y**2"), strategy("annealing")).values)["temperature"]
    assert high == pytest.approx(1000 * low, rel=0.3)
    assert 0.5 < low < 10.0
    assert suited(surface("sqrt(-1 - x**2)"), strategy("annealing")).values[0] == ("temperature", 0.5)
