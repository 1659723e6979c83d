"""The scene of a race: where trials stand, when they come, and what is told of them."""

import numpy as np
import pytest

from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.search.build import build_search, known_of
from landscape.scene.search.moment import outcome_text, panel_line, truth_line
from landscape.scene.search.questions import study_questions
from landscape.scene.search.text import values_text
from landscape.search.truth import truth_of
from landscape.session.search import edits
from landscape.session.search.document import default_study
from landscape.translation import Translation

SAY = Translation()
STUDY = edits.set_number(default_study(), "repetitions", 20)


def scene_of(study):
    answers = Answers()
    for question in study_questions(study):
        answers.compute(question)
    return build_search(study, known_of(study, answers), SAY)


@pytest.fixture(scope="module")
def scene():
    return scene_of(STUDY)


def test_a_grid_of_25_tests_5_values_of_each_and_random_trials_25(scene):
    told = [panel_line(scene, panel, 25, SAY) for panel in scene.panels]
    assert told[0].startswith("5 × 5 values")
    assert told[1].startswith("25 × 25 values")


def test_a_trial_is_the_run_with_its_values(scene):
    panel = scene.panels[1]
    for values, result in zip(panel.values.tolist(), panel.results.tolist(), strict=True):
        rule = STUDY.rule.with_values(**dict(zip(scene.names, values, strict=True)))
        assert result == pytest.approx(descend(STUDY.surface, rule, STUDY.start, STUDY.steps).losses[-1], rel=1e-6)


def test_trials_come_one_for_each_whole_run_of_the_budget(scene):
    assert [panel.known(7) for panel in scene.panels] == [7, 7]
    assert scene.panels[0].best(0) == -1
    assert scene.panels[1].best(25) == int(scene.panels[1].results.argmin())


def test_the_map_has_the_colour_of_the_trials_that_stand_there(scene):
    panel, shade = scene.panels[1], scene.truth.heat.shade
    rows, columns = shade.shape
    near = [shade[min(int(y * rows), rows - 1), min(int(x * columns), columns - 1)] for x, y in panel.places.tolist()]
    assert np.median(np.abs(np.array(near) - panel.shades)) < 0.02


def test_the_rate_matters_and_momentum_hardly(scene):
    assert [title for title, _ in scene.importance] == ["learning rate", "β₁"]
    rate, momentum = (share for _, share in scene.importance)
    assert rate > 0.8 > 0.1 > momentum
    assert "89 %" in truth_line(scene, SAY)


def test_the_outcome_says_how_many_searches_hit_the_best(scene):
    assert "% of 20 searches hit the best 5 %" in outcome_text(scene, 1, 25, SAY)
    assert outcome_text(scene, 1, 0, SAY) == "nothing yet"


def test_the_same_draws_stand_at_the_upper_end_when_they_are_drawn_evenly(scene):
    even = scene_of(edits.change_entrant(STUDY, 1, even=True)).panels[1]
    assert (scene.panels[1].places[:, 0] > 0.75).mean() == pytest.approx(0.25, abs=0.15)
    assert (even.places[:, 0] > 0.75).mean() > 0.75


def test_cut_trials_have_learning_curves(scene):
    halving = scene_of(edits.change_entrant(STUDY, 0, strategy="halving"))
    assert len(scene.charts) == 2
    curves = halving.charts[2]
    assert len(curves.lines) > 100
    assert sum(line.x[-1] == STUDY.steps for line in curves.lines) < len(curves.lines) / 10


def test_the_share_says_of_how_many_searches_it_is_and_that_grids_differ_in_their_order_only(scene):
    told = [outcome_text(scene, place, 25, SAY) for place in (0, 1)]
    assert all(" of 20 searches hit the best 5 %" in one for one in told)
    assert ["same values" in one for one in told] == [True, False]


def test_while_other_searches_are_still_made_the_outcome_says_so():
    answers = Answers()
    race, truth, _ = study_questions(STUDY)
    for question in (race, truth):
        answers.compute(question)
    early = build_search(STUDY, known_of(STUDY, answers), SAY)
    assert outcome_text(early, 0, 25, SAY).endswith("computing…")


def test_choices_stand_in_the_middle_of_their_parts_and_are_counted_once():
    few = edits.set_dimension(edits.set_scale(STUDY, "lr", "choice"), "lr", choices=(0.01, 0.1, 0.5))
    scene = scene_of(few)
    assert set(scene.panels[1].places[:, 0].round(9)) == {round((k + 0.5) / 3, 9) for k in range(3)}
    assert panel_line(scene, scene.panels[1], 25, SAY).startswith("3 × 25 values")


def test_of_a_single_dimension_the_truth_is_a_curve_and_every_trial_stands_on_it():
    scene = scene_of(edits.remove_dimension(STUDY, "beta1"))
    at, heights = scene.truth.curve.T
    assert len(at) == 1024
    assert scene.up.title == "loss"
    apart = []
    for panel in scene.panels:
        near = np.abs(at[:, None] - panel.places[:, 0]).argmin(axis=0)
        near_heights = heights[np.clip(near[:, None] + np.arange(-2, 3), 0, 1023)]
        apart += (np.abs(near_heights - panel.places[:, 1, None]).min(axis=1)).tolist()
    assert np.median(apart) < 0.01
    assert panel_line(scene, scene.panels[0], 25, SAY).startswith("25 values")


def test_of_three_dimensions_every_trial_has_a_place_on_each_side():
    study = edits.add_dimension(STUDY, "beta2")
    scene = scene_of(study)
    assert scene.parallel
    assert [side.name for side in scene.sides] == ["lr", "beta1", "beta2"]
    panel = scene.panels[1]
    distance = (1 - panel.values[:, 2]) / (1 - 0.9)
    expected = np.log(distance) / np.log((1 - 0.9999) / (1 - 0.9))
    assert panel.units[:, 2] == pytest.approx(expected)


def test_values_close_to_one_are_told_apart():
    assert "0.9999" in values_text({"beta2": 0.9999}, SAY)


def test_the_curves_of_a_population_are_a_tree_with_the_way_of_the_best_over_it():
    study = edits.set_number(
        edits.remove_entrant(edits.change_entrant(STUDY, 0, strategy="population"), 1), "trials", 10
    )
    scene = scene_of(study)
    [panel] = scene.panels
    tree = scene.charts[-1].lines
    edges, best = tree[:-1], tree[-1]
    assert len(edges) == int((panel.after >= 0).sum()) == 90
    copied = panel.trial[panel.after] != panel.trial
    assert copied[panel.after >= 0].any()
    assert (np.diff(best.x) > 0.0).all()
    assert best.x[[0, -1]].tolist() == [20.0, 200.0]
    assert best.y[-1] == min(line.y[-1] for line in edges if line.x[-1] == 200.0)


def test_while_the_truth_is_computed_it_is_told_how_much_of_it_is_known():
    question = study_questions(STUDY)[1]
    answers = Answers()
    whole = answers.compute(question)
    half = whole.results.copy()
    half[: len(half) // 2] = np.nan
    scene = build_search(STUDY, known_of(STUDY, answers)._replace(truth=truth_of(half)), SAY)
    assert truth_line(scene, SAY) == "computing… 50 %"
