"""A recording says what the trainer did, whole or in pieces."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.network.data.samples import samples
from landscape.network.evaluation import evaluate
from landscape.network.network import Network
from landscape.network.training.recording import (
    BINS,
    HIGHEST,
    LOWEST,
    MOST_FRAMES,
    MOST_LOSSES,
    Recorder,
    density,
    idle_share,
    record,
)
from landscape.network.training.trainer import Trainer
from landscape.session.network.document import default_experiment

EXPERIMENT = default_experiment()
ROWS = samples(EXPERIMENT.data)
PLAIN, NORMED = EXPERIMENT.twins


def trained(steps: int):
    return replace(EXPERIMENT.training, steps=steps)


@pytest.fixture(scope="module")
def recording():
    return record(NORMED, trained(60), ROWS)


def test_the_losses_are_those_of_a_trainer_at_every_step(recording):
    trainer = Trainer(NORMED, trained(60), ROWS)
    for step in range(61):
        assert recording.losses[step, 0] == trainer.evaluate().loss
        trainer.advance(1)
    assert recording.at.tolist() == list(range(61))


def test_the_test_losses_take_the_running_statistics_that_were_kept(recording):
    judged = evaluate(NORMED, recording.weights[-1], ROWS.test_inputs, ROWS.test_targets, ROWS.classes)
    assert recording.losses[-1, 1] == judged.loss
    assert recording.accuracies[-1, 1] == judged.accuracy
    trained_rows = evaluate(NORMED, recording.weights[-1], ROWS.inputs, ROWS.targets, ROWS.classes)
    assert recording.losses[-1, 2] == trained_rows.loss


def test_the_threshold_is_reached_at_the_first_step_at_or_under_it(recording):
    losses = recording.losses[:, 0]
    threshold = float(losses[40])
    assert recording.reached(threshold) == np.flatnonzero(losses <= threshold)[0]
    assert recording.reached(float(losses.min()) / 2) is None


def test_pieces_and_a_whole_are_the_same(recording):
    recorder = Recorder(NORMED, trained(60), ROWS)
    pieces = []
    while recorder.running:
        recorder.advance(1e-9, lambda: False)
        pieces.append(recorder.recording())
    assert len(pieces) > 10
    assert np.array_equal(pieces[-1].losses, recording.losses)
    assert np.array_equal(pieces[3].weights, recording.weights[: len(pieces[3].frames)])
    with pytest.raises(ValueError, match="read-only"):
        pieces[-1].losses[0] = 0.0


def test_a_long_training_is_looked_at_at_some_steps_and_at_its_ends():
    recording = record(PLAIN, trained(5001), ROWS)
    assert recording.step == recording.at[-1] == recording.frames[-1] == 5001
    assert recording.at[0] == recording.frames[0] == 0
    assert MOST_LOSSES / 2 < len(recording.at) <= MOST_LOSSES + 2
    assert MOST_FRAMES / 2 < len(recording.frames) <= MOST_FRAMES + 2
    assert len(recording.every_step(recording.losses[:, 0])) == 5002
    assert recording.frames[recording.frame(2500.0)] <= 2500 < recording.frames[recording.frame(2500.0) + 1]


def test_a_training_that_is_lost_ends_where_the_trainer_ends():
    wild, linear = replace(trained(60), rule=EXPERIMENT.rule.with_values(lr=60.0)), replace(PLAIN, activation="linear")
    recording = record(linear, wild, ROWS)
    trainer = Trainer(linear, wild, ROWS)
    trainer.advance(60)
    assert recording.outcome == trainer.outcome == "diverged"
    assert recording.step == trainer.step < 60


def test_a_histogram_counts_what_lies_beyond_at_its_ends():
    counts = density(np.array([LOWEST - 3, LOWEST + 1e-9, 0.01, HIGHEST + 9, np.nan]))
    assert counts.shape == (BINS,)
    assert counts[0] == 1.0
    assert counts[-1] == counts[BINS // 2] == 0.5
    assert counts.sum() == 2.0


def test_dead_units_and_saturated_activations_are_idle():
    values = np.array([[-1.0, 3.0], [-2.0, -1.0]])
    assert idle_share(values, "relu") == 0.5
    assert idle_share(values, "tanh") == 0.25
    assert np.isnan(idle_share(values, "linear"))


def test_a_network_without_hidden_layers_can_be_recorded():
    recording = record(Network(hidden=()), trained(3), ROWS)
    assert recording.densities.shape[:2] == (4, 0)
    assert recording.gradients.shape == (4, 1)


def test_a_recording_holds_no_room_for_steps_that_are_never_made():
    """However early a training ends."""
    recording = record(PLAIN, trained(3), ROWS)
    for name in ("losses", "frames", "weights", "densities"):
        values = getattr(recording, name)
        held = values if values.base is None else values.base
        assert held.nbytes <= 2 * values.nbytes, name
