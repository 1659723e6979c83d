"""What is shown of networks in training, told without drawing it."""

from dataclasses import fields, replace
from typing import get_args, get_type_hints

import numpy as np
import pytest

from landscape.errors import InputError
from landscape.network.data.samples import samples
from landscape.network.draws import dropout_mask
from landscape.network.evaluation import evaluate, predict
from landscape.network.network import Network
from landscape.network.training.learning_rate_sweep import Result
from landscape.scene.answers import Answers
from landscape.scene.network.course import build_course, data_of, heights
from landscape.scene.network.measures import MEASURES
from landscape.scene.network.questions import AnswerQuestion, build_moment, network_answer, recording_questions
from landscape.scene.network.scene import Cloud, Fit, Guesses, Pictures, Region, Regions
from landscape.scene.network.slice import DescentsQuestion, SliceQuestion, build_slices
from landscape.scene.network.softmax import softmax_table
from landscape.scene.network.sweep import build_sweep, seeds_of, seeds_sentence, sweep_of
from landscape.scene.network.text import field_titles, layers_text, race_sentence, twin_names, value_titles
from landscape.scene.network.why import build_why, why_question
from landscape.session.lesson import Quantity
from landscape.session.network import edits
from landscape.session.network.document import Experiment, default_experiment
from landscape.translation import Translation

SAY = Translation()
SHORT = replace(default_experiment(), steps=40)


def on(name: str, **changes: object) -> Experiment:
    return edits.set_data(edits.choose_data(SHORT, name), samples=80, **changes)


def recorded(experiment: Experiment):
    answers = Answers()
    return [answers.compute(question) for question in recording_questions(experiment)]


@pytest.fixture(scope="module")
def recordings():
    return recorded(SHORT)


def test_layers_are_written_as_a_person_writes_them():
    assert layers_text((12, 12, 12, 4)) == "3×12 4"
    assert layers_text(()) == "–"


@pytest.mark.parametrize("name", value_titles(SAY))
def test_every_value_that_can_be_chosen_has_a_name_of_its_own(name: str):
    titles = value_titles(SAY)[name]
    assert set(titles) == set(get_args(get_type_hints(Network)[name]) or (True, False))
    assert len(set(titles.values())) == len(titles)


def test_every_field_of_a_network_has_a_name():
    assert list(field_titles(SAY)) == [field.name for field in fields(Network)]


def test_twins_are_called_by_what_they_differ_in():
    assert twin_names(SHORT, SAY) == ("without norm", "batch norm")
    first = SHORT.twins[0]
    deeper = replace(SHORT, twins=(first, replace(first, hidden=(8,), gain=2.0)))
    assert twin_names(deeper, SAY) == ("layers 4×12, gain 1.4", "layers 8, gain 2")
    assert len(set(twin_names(replace(SHORT, twins=(first, first)), SAY))) == 2


def test_the_sentence_tells_only_what_is_known_at_the_step(recordings):
    losses = recordings[1].losses[:, 0]
    reached = int(losses.argmin())
    experiment = replace(SHORT, threshold=float(losses[reached]))
    before = build_moment(experiment, recordings, [None, None], reached - 1, SAY).sentence
    at = build_moment(experiment, recordings, [None, None], reached, SAY).sentence
    assert f"batch norm not within {reached - 1}" in before
    assert f"batch norm: {reached}" in at
    assert "Same data, seed and batches" in at


def test_before_the_first_step_nothing_is_told_of_either(recordings):
    told = "Steps to loss 0.2: without norm: …, batch norm: …. Same data, seed and batches."
    assert race_sentence(replace(SHORT, threshold=0.2), recordings, 0, SAY) == told
    assert race_sentence(replace(SHORT, threshold=0.2), [recordings[0], None], 0, SAY) == told


def test_no_median_is_told_before_every_seed_is_there():
    sweep = seeds_of(SHORT)
    assert seeds_sentence(SHORT, sweep, (), SAY) == "Median of 5 seeds: computing…"


def test_the_ratio_is_told_where_both_arrive(recordings):
    both = [recording.losses[:, 0] for recording in recordings]
    threshold = float(max(losses.min() for losses in both))
    slow, quick = (int(np.flatnonzero(losses <= threshold)[0]) for losses in both)
    sentence = build_moment(replace(SHORT, threshold=threshold), recordings, [None, None], 40, SAY).sentence
    assert f"without norm: {slow}, batch norm: {quick} (" in sentence


def test_no_ratio_is_told_that_would_be_one(recordings):
    slow, _ = recordings
    nearly = [replace(slow, at=slow.at * factor, step=slow.step * factor) for factor in (50, 51)]
    experiment = replace(SHORT, threshold=float(slow.losses[:, 0].min()))
    assert "times)" not in race_sentence(experiment, nearly, 40 * 51, SAY)
    far = [nearly[0], replace(slow, at=slow.at * 60, step=slow.step * 60)]
    assert "(1.2 times)" in race_sentence(experiment, far, 40 * 60, SAY)


def test_curves_hold_every_step_of_both_and_the_threshold(recordings):
    course = build_course(SHORT, recordings, SAY)
    loss, accuracy = course.curves
    assert [curve.run for curve in loss.curves] == [-1, 0, 0, 1, 1]
    assert all(len(curve.values) == 41 for curve in (*loss.curves, *accuracy.curves))
    assert set(loss.curves[0].values) == {SHORT.threshold}
    assert np.array_equal(loss.curves[1].values, recordings[0].losses[:, 0])
    assert [len(twin.layers) for twin in course.twins] == [4, 4]
    assert build_course(SHORT, (None, None), SAY).known == 0


def test_a_region_holds_the_probabilities_and_its_border_lies_between_the_classes(recordings):
    region = network_answer(SHORT.data, SHORT.twins[1], recordings[1].weights[-1])
    assert isinstance(region, Region)
    assert np.allclose(region.shades.sum(axis=-1), 1.0, atol=1e-5)
    cloud = data_of(SHORT.data)
    assert isinstance(cloud, Cloud)
    line = region.lines[0]
    line = line[np.isfinite(line).all(axis=1)]
    side = region.shades.shape[0]
    columns = np.clip(((line[:, 0] - cloud.x[0]) / (cloud.x[1] - cloud.x[0]) * side).astype(int), 0, side - 1)
    rows = np.clip(((line[:, 1] - cloud.y[0]) / (cloud.y[1] - cloud.y[0]) * side).astype(int), 0, side - 1)
    assert np.median(np.abs(region.shades[rows, columns, 0] - 0.5)) < 0.1


def test_rows_are_coloured_by_class_and_those_of_the_test_are_told_apart():
    cloud = data_of(SHORT.data)
    rows = samples(SHORT.data)
    assert isinstance(cloud, Cloud)
    assert cloud.tested.sum() == len(rows.test_inputs)
    assert np.array_equal(cloud.shades.argmax(axis=1)[~cloud.tested], rows.targets)
    assert cloud.x[1] - cloud.x[0] == pytest.approx(cloud.y[1] - cloud.y[0])


def test_one_input_gives_a_curve_and_a_formula_of_two_a_region():
    line = on("function")
    assert isinstance(network_answer(line.data, line.twins[0], recorded(line)[0].weights[-1]), Fit)
    plane = on("function", formula="x*y")
    answer = network_answer(plane.data, plane.twins[0], recorded(plane)[0].weights[-1])
    assert isinstance(answer, Region)
    assert answer.shades.shape[-1] == 2
    assert len(build_course(line, recorded(line), SAY).curves) == 1


def test_pictures_are_guessed():
    digits = on("digits")
    shown = data_of(digits.data)
    assert isinstance(shown, Pictures)
    answer = network_answer(digits.data, digits.twins[0], recorded(digits)[0].weights[-1])
    assert isinstance(answer, Guesses)
    assert answer.classes.shape == shown.classes.shape


def test_heights_are_shares_between_the_lowest_and_the_highest():
    assert heights(np.array([0.0, 1.0, 4.0, 9.0]), (0.0, 4.0))[:, 1].tolist() == [0.0, 0.25, 1.0, 1.0]


def test_an_unfinished_recording_answers_like_the_whole_one(recordings):
    asked = recording_questions(SHORT)[1]
    question = AnswerQuestion(recording=asked, frame=10)
    part = replace(recordings[1], frames=recordings[1].frames[:11], weights=recordings[1].weights[:11])
    unfinished, whole = Answers(), Answers()
    unfinished.put(asked, part, 0.5)
    whole.put(asked, recordings[1])
    assert np.array_equal(unfinished.compute(question).shades, whole.compute(question).shades)
    assert unfinished.get(asked) is None


def test_a_sweep_does_not_depend_on_the_rate_that_is_chosen():
    other = replace(SHORT, rule=SHORT.rule.with_values(lr=0.7))
    assert sweep_of(other) == sweep_of(SHORT)


def test_the_sentence_of_a_sweep_tells_who_is_faster_even_if_it_is_not_batch_norm():
    sweep = sweep_of(SHORT)
    assert sweep is not None
    results = [
        Result(network=network, rate=rate, seed=seed, steps=(10, 30)[network] if rate < 6 else None, loss=0.1)
        for network in (0, 1)
        for rate in range(len(sweep.rates))
        for seed in range(sweep.seeds)
    ]
    scene = build_sweep(SHORT, sweep, results, SAY)
    assert scene.done == scene.total
    assert "At the best rates without norm is 3 times faster." in scene.sentence
    assert "gets there at 6 of 11 rates" in scene.sentence
    assert "faster" not in build_sweep(SHORT, sweep, results[:-1], SAY).sentence
    panel = scene.curves[0]
    assert [curve.name for curve in panel.curves] == ["without norm", "batch norm"]
    first, second = (curve.dots[0] for curve in panel.curves)
    assert first.places.tolist() == [rate for rate in sweep.rates for _ in range(sweep.seeds)]
    assert first.values.tolist() == [10.0] * 6 * sweep.seeds + [np.inf] * 5 * sweep.seeds
    assert set(second.values.tolist()) == {30.0, np.inf}
    assert panel.curves[1].values.tolist() == [30.0] * 6 + [np.inf] * 5
    assert panel.abscissa.places.tolist() == list(sweep.rates)
    assert panel.abscissa.here == SHORT.rule.lr
    assert panel.ordinate == (5.0, max(SHORT.steps, 10))


def test_every_measure_is_taken_of_both_networks():
    brief = replace(SHORT, steps=4)
    found = Answers().compute(why_question(brief))
    scene = build_why(brief, found, SAY)
    assert [len(panel.curves) for panel in scene.curves] == [2, 2, 2, 2, 3, 3]
    assert "a network that does not learn looks smooth" in scene.sentence
    assert "Shaken at random at every step, batch norm" in scene.sentence


def sliced(recordings) -> tuple[SliceQuestion, Answers]:
    """Return the question after the slices, and answers that know the trainings."""
    answers = Answers()
    for asked, recording in zip(recording_questions(SHORT), recordings, strict=True):
        answers.put(asked, recording)
    return SliceQuestion(recordings=recording_questions(SHORT), directions="path"), answers


def test_slices_have_one_scale_and_the_path_ends_in_their_origin(recordings):
    question, answers = sliced(recordings)
    found = next(cuts for cuts, _ in question.results(answers, lambda: False) if len(cuts) == 2)
    assert np.allclose(found[0].path[-1], 0.0, atol=1e-9)
    answers.put(question, found, 0.5)
    asked = DescentsQuestion(slices=question, rule=SHORT.rule, seed=SHORT.seed, starts=((0.0, 0.0), None))
    started, nowhere = answers.compute(asked)
    assert nowhere is None
    scene = build_slices(SHORT, recordings, found, SAY, (started, None))
    assert len(scene.twins[0].descent) > 1
    assert not len(scene.twins[1].descent)
    assert [len(panel.curves) for panel in scene.losses.curves] == [1]
    assert scene.losses.curves[0].curves[0].values is started.losses
    losses = np.concatenate([cut.losses.ravel() for cut in found])
    shades = np.concatenate([twin.shade.ravel() for twin in scene.twins])
    order = np.argsort(losses, kind="stable")
    assert np.all(np.diff(shades[order]) >= -1e-6)
    assert "% of the variance" in scene.twins[0].note


def test_the_distance_from_the_plane_is_what_the_projection_leaves_of_the_weights(recordings):
    question, answers = sliced(recordings)
    (cut,), _ = next(question.results(answers, lambda: False))
    recording, plane = recordings[0], cut.given.plane
    path = recording.weights[:, : len(plane.at(0.0, 0.0))]
    lengths = np.linalg.norm(path - path[-1], axis=1)
    left = [np.linalg.norm(weights - plane.at(*point)) for weights, point in zip(path, cut.path, strict=True)]
    shown = build_slices(SHORT, recordings, [cut], SAY).distances.curves[0].curves[0]
    assert shown.values[recording.frames] == pytest.approx(100 * np.array(left) / lengths.max(), abs=1e-9)


def test_a_mask_of_dropout_is_that_of_the_step_that_is_shown():
    first, second = SHORT.twins
    dropped = replace(SHORT, twins=(first, replace(second, dropout=0.5)))
    found = recorded(dropped)
    moment = build_moment(dropped, found, [network_answer(SHORT.data, first, found[0].weights[3])] * 2, 3, SAY)
    plain, masked = moment.twins
    assert all(layer.kept == () for layer in plain.layers)
    for place, layer in enumerate(masked.layers):
        expected = dropout_mask(dropped.seed, 3, place, 12, dropped.batch_size, 0.5)[:, 0]
        assert layer.kept == tuple(expected.tolist())


def test_where_early_stopping_went_back_to_is_marked_on_the_test_curve():
    stopping = replace(
        SHORT, steps=300, early_stopping=10, rule=SHORT.rule.with_values(lr=3.0),
        data=replace(SHORT.data, samples=60, noise=0.5),
    )  # fmt: skip
    found = recorded(stopping)
    assert all(one.outcome == "stopped" and one.step < 300 for one in found)
    losses = build_course(stopping, found, SAY).curves[0]
    marks = [(curve.run, dots) for curve in losses.curves for dots in curve.dots]
    assert [run for run, _ in marks] == [0, 1]
    for run, dots in marks:
        assert dots.places.tolist() == [found[run].restored]
        assert dots.values[0] == found[run].losses[found[run].restored, 1]
    told = network_answer(stopping.data, stopping.twins[0], found[0].weights[-1])
    ended = build_moment(stopping, found, [told] * 2, 300, SAY).twins
    assert ended[0].numbers.startswith(f"back to step {found[0].restored}: loss")


def test_the_table_of_the_softmax_holds_each_class_of_one_row(recordings):
    table = softmax_table(SHORT, recordings[0], 5, SAY)
    assert [cells[0] for cells in table.cells] == ["0", "1"]
    assert sum(float(cells[3]) for cells in table.cells) == pytest.approx(1.0, abs=0.01)
    likely = float(table.cells[table.labels[0]][3])
    assert f"= {-np.log(likely):.2f}"[:5] in table.sentence
    assert not table.sigmoids
    values = on("function")
    assert softmax_table(values, recorded(values)[0], 0, SAY) is None


def test_the_table_of_the_softmax_is_narrow_however_sure_the_network_is(recordings):
    sure = replace(recordings[0], weights=60.0 * recordings[0].weights)
    table = softmax_table(SHORT, sure, len(sure.weights) - 1, SAY)
    assert max(len(cell) for cells in table.cells for cell in cells[3:]) <= 5
    assert "1" in {cells[3] for cells in table.cells}


@pytest.fixture(scope="module")
def labelled():
    """An experiment with several labels a row, softmax against sigmoids, and its recordings."""
    shown = edits.set_option(on("regions"), "loss", "cross_entropy", 0)
    return shown, recorded(shown)


def test_several_labels_take_the_loss_that_can_give_them_and_classes_the_softmax_again():
    chosen = edits.choose_data(SHORT, "regions")
    assert {twin.loss for twin in chosen.twins} == {"binary_cross_entropy"}
    assert {twin.loss for twin in edits.choose_data(chosen, "moons").twins} == {"cross_entropy"}
    with pytest.raises(InputError, match="classes of two inputs"):
        edits.draw_points(chosen)


def test_sigmoids_have_a_region_for_each_label_and_a_softmax_one_answer_everywhere(labelled):
    shown, found = labelled
    softmax, sigmoid = (
        network_answer(shown.data, twin, one.weights[-1]) for twin, one in zip(shown.twins, found, strict=True)
    )
    assert isinstance(softmax, Region)
    assert softmax.shades.sum(axis=-1) == pytest.approx(1.0, abs=1e-5)
    assert isinstance(sigmoid, Regions)
    assert set((sigmoid.shares > 0.5).sum(axis=-1).reshape(-1).tolist()) >= {0, 1}
    cloud = data_of(shown.data)
    assert cloud.several
    middle = (cloud.x[0] + cloud.x[1]) / 2, (cloud.y[0] + cloud.y[1]) / 2
    for label, lines in enumerate(sigmoid.lines):
        points = np.concatenate(lines)
        points = points[np.isfinite(points).all(axis=1)]
        told = predict(shown.twins[1], found[1].weights[-1], points, 3)[:, label]
        assert told == pytest.approx(0.5, abs=0.02), middle


def test_the_table_of_sigmoids_holds_both_sums(labelled):
    shown, found = labelled
    rows = samples(shown.data)
    for frame in range(0, 40, 5):
        table = softmax_table(shown, found[1], frame, SAY)
        row = int(table.sentence.split()[1].rstrip(",")) - 1
        assert table.sigmoids
        assert table.labels == tuple(np.flatnonzero(rows.targets[row]))
        weights = found[1].weights[frame]
        likely = predict(shown.twins[1], weights, rows.inputs[row : row + 1], 3)[0]
        assert table.cells[-1][0] == "Σ"
        assert float(table.cells[-1][2]) == pytest.approx(likely.sum(), abs=0.06)
        assert table.cells[-1][3] == "1"
        loss = evaluate(shown.twins[1], weights, rows.inputs[row : row + 1], rows.targets[row : row + 1], 3).loss
        assert float(table.sentence.split()[-1].rstrip(".")) == pytest.approx(loss, rel=0.05)


def test_the_table_of_a_softmax_tells_the_least_that_labels_cost_it(labelled):
    shown, found = labelled
    told = {}
    for frame in range(40):
        table = softmax_table(shown, found[0], frame, SAY)
        told[len(table.labels)] = table.sentence
    assert "at best ln 3 = 1.1" in told[0]
    assert "cannot say" in told[0]
    assert "class" in told[1]
    assert "at best ln 2 = 0.69" in told[2]


def test_exact_matches_and_labels_are_told_side_by_side(labelled):
    shown, found = labelled
    answers = [network_answer(shown.data, twin, one.weights[-1]) for twin, one in zip(shown.twins, found, strict=True)]
    numbers = build_moment(shown, found, answers, 40, SAY).twins[1].numbers
    exact, labels = 100 * found[1].accuracies[-1], 100 * found[1].label_accuracies[-1]
    assert f"exact {exact[0]:.0f}/{exact[1]:.0f} · labels {labels[0]:.0f}/{labels[1]:.0f} %" in numbers
    assert [panel.title for panel in build_course(shown, found, SAY).curves] == ["loss", "exact match"]


def test_a_lesson_can_tell_what_a_softmax_cannot_come_under(labelled):
    shown, _ = labelled
    counts = samples(shown.data).targets.sum(axis=1)
    told = {
        (of, run): MEASURES.measure(shown, Quantity(name="a", of=of, run=run), Answers(), SAY)
        for of in ("least", "single")
        for run in (0, 1)
    }
    assert told["least", 0] == pytest.approx(np.log(np.where(counts == 0, 3, counts)).mean())
    assert told["least", 1] == 0.0
    assert told["single", 0] == (counts == 1).mean()
    assert np.isnan(MEASURES.measure(SHORT, Quantity(name="a", of="least"), Answers(), SAY))
