"""The picture of the comparison: shares, intervals and ends are those of the repetitions."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.comparison import Success, repetitions_of
from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.descent.comparison import build_comparison, comparison_wanted, reading, told
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.session.descent import comparing, edits
from landscape.session.descent.document import Descent
from landscape.session.descent.racing import entrant, raced
from landscape.session.session import session_with
from landscape.translation import Translation, translation


@pytest.fixture(scope="module")
def descent() -> Descent:
    made = edits.choose_surface(edits.remove_run(_default(), 3), surface("rastrigin"))
    made = raced(session_with(made), map(entrant, ("sgd,lr=.002", "swarm"))).document
    return comparing.set_number(comparing.compare(made), "repetitions", 50)


def _default() -> Descent:
    from landscape.session.descent.workspace import default_descent

    return default_descent()


@pytest.fixture(scope="module")
def answers(descent) -> Answers:
    known = Answers()
    for question in comparison_wanted(descent):
        known.compute(question)
    return known


@pytest.fixture(scope="module")
def scene(descent, answers):
    return build_comparison(descent, descent.comparison, answers, Translation(), "Title")


def test_a_curve_rises_by_one_start_wherever_one_has_found_it(descent, answers, scene) -> None:
    question = list(comparison_questions(descent).values())[1]
    needed = np.sort(answers.get(question).needed)
    line = scene.lines[1]
    for count, at in enumerate(needed[np.isfinite(needed)].tolist(), 1):
        before, after = (line.share(evaluations) for evaluations in (at - 0.5, at))
        assert before <= (count - 1) / 50 < count / 50 <= after
    assert line.x[-1] == descent.comparison.evaluations


def test_the_table_has_the_share_and_its_interval(scene) -> None:
    """Wilson's interval of 0 of 50 ends at 7.1 %, as statsmodels gives it."""
    assert scene.lines[0].cells == ("0 %", "0–7 %", "–", "–")
    found, interval, half, price = scene.lines[1].cells
    assert int(found[:-2]) > 80
    assert interval.endswith("–100 %") or int(interval.split("–")[1][:-2]) < 100
    assert 300 < float(half) < 1500
    assert 300 < float(price) < 2000


def test_every_start_ends_in_one_of_the_places(scene) -> None:
    for ends in scene.ends:
        left = int(ends.note.split()[0]) if ends.note else 0
        assert sum(spot.count for spot in ends.spots) + left == 50
        assert all(0 <= spot.x <= 1 and 0 <= spot.y <= 1 and spot.found <= spot.count for spot in ends.spots)


def test_what_found_the_target_ends_in_the_middle_and_descents_in_the_wells_they_began_in(descent, scene) -> None:
    sgd, swarm = scene.ends
    assert max(swarm.spots, key=lambda spot: spot.count).x == pytest.approx(0.5, abs=0.01)
    low, high = np.transpose(descent.surface.domain)
    for spot in sgd.spots:
        x, y = low + np.array((spot.x, spot.y)) * (high - low)
        assert np.hypot(*descent.surface.gradient(x, y)) < 60.0
    assert len(sgd.spots) > 20


def test_where_a_run_starts_and_for_how_long_it_is_drawn_does_not_matter(descent) -> None:
    moved = edits.set_steps(edits.gather_starts(descent, (1.0, 1.0)), 33)
    assert comparison_questions(moved) == comparison_questions(descent)
    assert comparison_questions(edits.set_seed(descent, 5)) != comparison_questions(descent)


def test_the_repetitions_are_those_of_the_run_with_its_noise_and_its_schedule(descent, answers) -> None:
    noisy = edits.set_noise(descent, 0.5)
    question = comparison_questions(noisy)[noisy.runs[0].id]
    found = Answers().compute(question)
    run = descend(
        noisy.surface, noisy.runs[0].rule, tuple(found.starts[7]), 1000, schedule=noisy.schedule, noise=0.5,
        seed=noisy.seed + 7,
    )  # fmt: skip
    assert tuple(found.ends[7]) == tuple(run.points[-1])


def test_it_is_told_in_words_in_both_languages(scene) -> None:
    assert told(scene, Translation())[1].startswith("SGD: 0 % of the starts, 95 % interval 0–7 %")
    assert reading(scene, 2000.0, Translation()).splitlines()[:2] == ["after 2000 evaluations", "SGD: 0 %"]
    assert "求值" in told(scene, translation("zh"))[1]


def test_it_grows_while_it_is_computed(descent) -> None:
    question = comparison_questions(descent)[descent.runs[1].id]
    known = Answers()
    parts = []

    def cancelled() -> bool:
        return len(parts) >= 2

    for found, share in question.results(known, cancelled):
        parts.append(len(found.needed))
        known.put(question, found, share)
    assert parts == sorted(parts)
    scene = build_comparison(descent, descent.comparison, known, Translation())
    assert [line.name for line in scene.lines] == ["Particle swarm"]


def test_what_was_known_when_it_was_cancelled_is_not_made_again(descent, answers) -> None:
    question = comparison_questions(descent)[descent.runs[1].id]
    whole = answers.get(question)
    known = Answers()
    known.put(question, Success.of(repetitions_of(whole)[:30]), 0.6)
    with_rest = [found for found, _ in question.results(known, lambda: False)][-1]
    for name in ("needed", "taken", "starts", "ends", "values"):
        np.testing.assert_array_equal(getattr(with_rest, name), getattr(whole, name))
    changed = Success.of([replace(one, value=-7.0) for one in repetitions_of(whole)[:30]])
    known = Answers()
    known.put(question, changed, 0.6)
    *_, (found, _) = question.results(known, lambda: False)
    assert (found.values[:30] == -7.0).all()
    np.testing.assert_array_equal(found.values[30:], whole.values[30:])
