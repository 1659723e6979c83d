"""The lines of a norm as they are read: who takes the numbers that are shown comes to the one that is shown."""

import math

import numpy as np
import pytest

from landscape.network.data.samples import samples
from landscape.network.evaluation import pre_activations
from landscape.network.measures.norm_lines import batch_rows, norm_lines
from landscape.scene.equation import equation_svg
from landscape.scene.line_numbers import read
from landscape.scene.network.norm_lines import norm_sections
from landscape.scene.text import number
from landscape.session.network import edits
from landscape.session.network.document import default_experiment
from landscape.translation import Translation
from tests.scene.network.test_network import recorded

SAY = Translation()
NORMS = ("batch", "layer", "group", "rms", "weight", "renorm", "whitening", "cross")


def sections_of(norm):
    experiment = edits.set_training(default_experiment(), "steps", 20)
    experiment = edits.set_option(experiment, "normalization", norm)
    recording = recorded(experiment)[0]
    frame = len(recording.frames) - 1
    return experiment, recording, frame, norm_sections(experiment, recording.network, recording, frame, SAY)


@pytest.mark.parametrize("norm", NORMS)
def test_every_line_is_typeset(norm):
    _, _, _, sections = sections_of(norm)
    assert sections
    for section in sections:
        for line in section.lines:
            assert equation_svg(line.latex), line.latex


def test_batch_norm_is_read_in_four_lines_in_training_and_in_evaluation():
    experiment, recording, frame, (training, evaluation) = sections_of("batch")
    assert [[line.text[0] for line in section.lines] for section in (training, evaluation)] == [list("μσxz")] * 2
    weights, rows = recording.weights[frame], samples(experiment.data)
    shown = [read(section.lines[-1].shown.rows[0].result) for section in (training, evaluation)]
    expected = pre_activations(recording.network, weights, rows.inputs, rows.classes)[0][:, 0]
    assert np.abs(expected - shown[1]).min() < 1e-3
    assert shown[0] != shown[1]
    means = [read(section.lines[0].shown.rows[0].result) for section in (training, evaluation)]
    assert means[0] != means[1]


@pytest.mark.parametrize("norm", ["batch", "layer", "group"])
def test_the_last_two_lines_come_to_what_they_show_from_the_numbers_that_are_shown(norm):
    for section in sections_of(norm)[-1]:
        mean, variance, normed, given = (line.shown.rows[0] for line in section.lines)
        shown = {name: read(text) for name, text in (normed.numbers | given.numbers).items()}
        assert shown["mu"] == pytest.approx(read(mean.result), rel=1e-3)
        assert shown["sigma2"] == pytest.approx(read(variance.result), rel=1e-3)
        deviation = math.sqrt(shown["sigma2"] + shown["eps"])
        assert read(normed.result) == pytest.approx((shown["x"] - shown["mu"]) / deviation, rel=1e-3, abs=1e-4)
        assert read(given.result) == pytest.approx(shown["gamma"] * read(normed.result) + shown["beta"], abs=1e-3)


def test_a_sum_over_many_numbers_is_written_by_its_first_and_its_last():
    experiment, recording, frame, (training, _) = sections_of("batch")
    rows = samples(experiment.data)
    drawn = batch_rows(rows, experiment.batch_size, experiment.seed, int(recording.frames[frame]))
    weights = recording.weights[frame]
    (own, _) = norm_lines(recording.network, weights, rows.inputs[drawn], rows.outputs, experiment.precision)
    told = "".join(part.text for part in training.lines[0].shown.rows[0].parts)
    first, last = (number(float(own.values[index]), 4) for index in (0, -1))
    assert told == f"({first} + … + {last})/{len(drawn)}".replace("+ −", "− ")


def test_factors_that_the_inputs_move_have_a_line_each_and_are_explained():
    experiment = edits.set_option(edits.set_training(default_experiment(), "steps", 20), "normalization", "batch")
    experiment = edits.set_option(experiment, "conditional", True)
    recording = recorded(experiment)[0]
    frame = len(recording.frames) - 1
    training, evaluation = norm_sections(experiment, recording.network, recording, frame, SAY)
    assert [line.text[0] for line in training.lines] == list("μσγβxz")
    assert "small network" in training.title
    assert "small network" not in evaluation.title
    for line in (*training.lines, *evaluation.lines):
        assert equation_svg(line.latex), line.latex
    gamma, beta, normed, given = (line.shown.rows[0] for line in training.lines[2:])
    shown = {name: read(text) for name, text in (normed.numbers | given.numbers).items()}
    assert shown["gamma"] == pytest.approx(read(gamma.result), rel=1e-3)
    assert shown["beta"] == pytest.approx(read(beta.result), rel=1e-3)
    for row in (gamma, beta):
        text = "".join(part.text for part in row.parts)
        sum_of = text.replace("−", "-").replace("·", "*")
        assert eval(sum_of) == pytest.approx(read(row.result), rel=2e-3, abs=2e-4)
