"""A run keeps its id whatever happens to the others, and what is shown of it stays its own."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer
from landscape.errors import InputError
from landscape.session.descent import edits, maps
from landscape.session.descent.checks import check
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.workspace import default_descent


def ids(descent: Descent) -> list[int]:
    return [run.id for run in descent.runs]


def test_two_runs_of_one_id_are_refused_with_a_sentence():
    descent = default_descent()
    twice = replace(descent, runs=(*descent.runs, replace(descent.runs[1], color=5)))
    with pytest.raises(InputError, match="Two runs have the id 1; each needs one of its own"):
        check(twice)


@pytest.mark.parametrize("id", [-1, 2**31 + 1, True])
def test_an_id_is_a_whole_number(id):
    descent = default_descent()
    with pytest.raises(InputError, match='"id" must be a whole number'):
        check(replace(descent, runs=(replace(descent.runs[0], id=id),)))


def test_what_names_a_run_that_there_is_not_is_refused():
    descent = edits.remove_run(default_descent(), 1)
    for edit in (edits.show_basins, edits.remove_run, edits.duplicate_run, edits.solo_run, maps.show_map_of):
        with pytest.raises(InputError, match="There is no run 1"):
            edit(descent, 1)


def test_the_runs_that_stay_keep_their_ids_when_one_is_removed():
    assert ids(edits.remove_run(default_descent(), 1)) == [0, 2, 3]


def test_a_copy_has_an_id_of_its_own_and_stands_below_the_run():
    copied = edits.duplicate_run(edits.remove_run(default_descent(), 1), 2)
    assert ids(copied) == [0, 2, 4, 3]
    assert copied.run_of(4).rule == copied.run_of(2).rule


def test_five_learning_rates_leave_the_id_of_the_run_in_the_middle():
    descent = edits.set_hyper(edits.remove_run(default_descent(), 0), 2, "lr", 0.09)
    fan = edits.fan_rates(descent, 2)
    assert ids(fan) == [1, 4, 5, 2, 6, 7, 3]
    assert fan.run_of(2) == descent.run_of(2)
    assert [fan.run_of(id).rule.lr for id in (4, 5, 6, 7)] == pytest.approx([0.01, 0.03, 0.27, 0.81])


def test_a_run_that_is_added_has_an_id_that_no_run_has():
    added = edits.add_run(edits.remove_run(default_descent(), 0), optimizer("adam"))
    assert ids(added) == [1, 2, 3, 4]


def shown_of(run: int) -> Descent:
    """Return a descent with basins, a map and an animation of a run."""
    descent = maps.show_map_of(edits.show_basins(default_descent(), run), run)
    return edits.animate(descent, Animation(run=run, name="lr", first=0.01, last=0.1))


@pytest.mark.parametrize("run", [1, 2, 3])
def test_what_is_shown_of_a_run_stays_while_others_come_and_go(run: int):
    descent = shown_of(run)
    changed = edits.fan_rates(edits.remove_run(edits.duplicate_run(descent, run), 0), run)
    shown = (changed.basins, changed.hyper_map.run, changed.animation.run)
    assert shown == (run, run, run)
    assert changed.run_of(run) == descent.run_of(run)


@pytest.mark.parametrize("run", [1, 2, 3])
def test_what_is_shown_of_a_run_goes_with_it(run: int):
    gone = edits.remove_run(shown_of(run), run)
    assert (gone.basins, gone.hyper_map, gone.animation) == (None, None, None)


CHANGES = st.lists(st.tuples(st.sampled_from(["add", "remove", "duplicate", "fan"]), st.integers(0, 7)), max_size=15)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_every_run_keeps_its_id_and_its_rule_through_any_changes(changes: list[tuple[str, int]]):
    descent = default_descent()
    edit = {
        "add": lambda descent, _: edits.add_run(descent, optimizer("adam")),
        "remove": edits.remove_run,
        "duplicate": edits.duplicate_run,
        "fan": edits.fan_rates,
    }
    for name, place in changes:
        if not descent.runs:
            break
        run = ids(descent)[place % len(descent.runs)]
        try:
            new = edit[name](descent, run)
        except InputError:
            continue
        assert len(set(ids(new))) == len(new.runs)
        stay = [one for one in descent.runs if name != "remove" or one.id != run]
        assert [one for one in new.runs if one.id in {each.id for each in stay}] == stay
        descent = new
