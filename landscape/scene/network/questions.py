"""What is computed of networks in training, as frozen questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from landscape.geometry.levels import contour_lines
from landscape.network.data.samples import Data, samples
from landscape.network.draws import dropout_mask
from landscape.network.evaluation import predict
from landscape.network.network import Network, Training
from landscape.network.training.recording import Recorder, Recording
from landscape.scene.network.convolution import convolution_at
from landscape.scene.network.course import data_of, heights, shown_pictures, target_range
from landscape.scene.network.norm_lines import norm_sections
from landscape.scene.network.scene import (
    Fit,
    Floats,
    Guesses,
    LayerState,
    Moment,
    Pictures,
    Region,
    Regions,
    TwinState,
)
from landscape.scene.network.softmax import softmax_table
from landscape.scene.network.standings import standing_headings, standing_rows
from landscape.scene.network.text import race_sentence
from landscape.scene.question import Ask, Cancelled, Question, StreamQuestion
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

RESOLUTION = 96
"""Rows and columns of the plane in which a network is asked."""
SLICE = 1 / 60
"""Seconds that a network trains between two looks at it."""
INPUTS = 240
"""Points of the curve of a network with one input."""

Answer = Region | Regions | Fit | Guesses


@dataclass(frozen=True, kw_only=True)
class RecordingQuestion(StreamQuestion[Recording]):
    """A whole training, written down; as far as it has come while it goes on."""

    data: Data
    network: Network
    training: Training

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Recording, float]]:  # noqa: ARG002
        """Train, and yield what is written down after every ``SLICE``."""
        recorder = Recorder(self.network, self.training, samples(self.data))
        while recorder.running:
            recorder.advance(SLICE, cancelled)
            recording = recorder.recording()
            if recorder.running and cancelled():
                return
            share = 1.0 if not recorder.running else min(recording.step / max(self.training.steps, 1), 0.999)
            yield recording, share


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Question[Answer]):
    """What a network says with the weights of one frame of its recording."""

    recording: RecordingQuestion
    frame: int
    """Which one: an unfinished recording has its first frames in common with the whole one."""

    def answer(self, ask: Ask) -> Answer:
        """Take the weights and ask."""
        recording = ask.so_far(self.recording)
        if recording is None or len(recording.weights) <= self.frame:
            recording = ask(self.recording)
        return network_answer(self.recording.data, self.recording.network, recording.weights[self.frame])

    def seconds(self) -> float:
        """Return infinity: a job, however short."""
        return inf


def recording_questions(experiment: Experiment) -> tuple[RecordingQuestion, RecordingQuestion]:
    """Return the trainings of both networks."""
    first, second = (
        RecordingQuestion(data=experiment.data, network=twin, training=experiment.training) for twin in experiment.twins
    )
    return first, second


def network_answer(data: Data, network: Network, weights: Floats) -> Answer:
    """Return what a network says of the plane of its inputs, along its one input, or of pictures."""
    shown, rows = data_of(data), samples(data)
    if isinstance(shown, Pictures):
        told = predict(network, weights, shown_pictures(rows)[0], rows.classes)
        guesses = np.where(np.isfinite(told).all(axis=1), told.argmax(axis=1), -1)
        return Guesses(classes=guesses, data=data)
    if rows.inputs.shape[1] == 1:
        along = np.linspace(*shown.x, INPUTS)
        return Fit(points=np.column_stack((along, predict(network, weights, along[:, None], rows.classes)[:, 0])))
    x, y = (low + (np.arange(RESOLUTION) + 0.5) / RESOLUTION * (high - low) for low, high in (shown.x, shown.y))
    plane = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    # Of a network with more inputs the plane of the first two is shown, through the mean of the others.
    rest = np.tile(rows.inputs[:, 2:].mean(axis=0), (len(plane), 1))
    told = predict(network, weights, np.hstack((plane, rest)), rows.classes)
    if not rows.classes:
        told = heights(told[:, 0], target_range(rows))
    elif rows.several and network.loss != "cross_entropy":
        shares = told.reshape(RESOLUTION, RESOLUTION, -1).astype(np.float32)
        return Regions(
            shares=shares, lines=tuple(_lines(x, y, shares[..., each] - 0.5) for each in range(rows.classes))
        )
    elif network.loss != "cross_entropy":
        told = np.clip(told, 1e-6, 1.0)
        told /= told.sum(axis=1, keepdims=True)
    shades = told.reshape(RESOLUTION, RESOLUTION, -1).astype(np.float32)
    return Region(shades=shades, lines=_borders(x, y, shades) if rows.classes else ())


def _borders(x: Floats, y: Floats, shades: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> tuple[Floats, ...]:
    """Return the lines where two classes are equally likely, and no other more."""
    if not np.isfinite(shades).all():
        return ()
    found: list[Floats] = []
    classes = shades.shape[-1]
    for each in range(1 if classes == 2 else classes):
        ahead = shades[..., each] - np.delete(shades, each, axis=-1).max(axis=-1)
        found += _lines(x, y, ahead)
    return tuple(found)


def _lines(x: Floats, y: Floats, ahead: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> tuple[Floats, ...]:
    """Return the lines where something is 0."""
    return tuple(line for _, line in contour_lines(ahead.astype(np.float64), x, y, np.zeros(1)))


def build_moment(
    experiment: Experiment,
    recordings: Sequence[Recording | None],
    answers: Sequence[Answer | None],
    step: float,
    say: Translation,
) -> Moment:
    """Return what is to be seen at ``step``: what is not known yet is None."""
    return Moment(
        sentence=race_sentence(experiment, recordings, step, say),
        headings=standing_headings(experiment, say),
        rows=standing_rows(experiment, recordings, step, say),
        twins=tuple(
            _state(experiment, recording, answer, step, say) if recording is not None and answer is not None else None
            for recording, answer in zip(recordings, answers, strict=True)
        ),
    )


def _state(experiment: Experiment, recording: Recording, answer: Answer, step: float, say: Translation) -> TwinState:
    frame = recording.frame(step)
    at = max(int(np.searchsorted(recording.at, step, side="right")) - 1, 0)
    layers = tuple(
        LayerState(gradient=float(gradient), idle=float(idle), kept=kept)
        for gradient, idle, kept in zip(
            recording.gradients[frame], recording.idle[frame], _kept(experiment, recording, frame), strict=False
        )
    )
    return TwinState(
        step=int(recording.at[at]),
        answer=answer,
        layers=layers,
        numbers=_numbers(recording, at, say),
        remembered=float(recording.losses[at, 2]),
        norm=norm_sections(experiment, recording.network, recording, frame, say),
        convolution=convolution_at(experiment, recording, frame, say),
        softmax=softmax_table(experiment, recording, frame, say),
    )


def _kept(experiment: Experiment, recording: Recording, frame: int) -> list[tuple[bool, ...]]:
    """Return for each layer that is activated which units dropout keeps of the first row at the frame's step."""
    network, rows = recording.network, samples(experiment.data)
    step, size = int(recording.frames[frame]), len(rows.inputs)
    if 0 < experiment.batch_size < size:
        size = experiment.batch_size
    found: list[tuple[bool, ...]] = [()] if network.filters else []
    for place, units in enumerate(network.hidden, start=len(found)):
        mask = dropout_mask(experiment.seed, step, place, units, size, network.dropout) if network.dropout else None
        found.append(() if mask is None else tuple(mask[:, 0].tolist()))
    return found


def _numbers(recording: Recording, at: int, say: Translation) -> str:
    """Return loss and accuracy at a step; where early stopping ended the training, the step it went back to."""
    told = _judged(recording, at, say)
    if recording.restored is None or at < len(recording.at) - 1:
        return told
    return say("back to step {step}: {numbers}", numbers=told, step=recording.restored)


def _judged(recording: Recording, at: int, say: Translation) -> str:
    """Return loss and accuracy at a step, on the training and on the test rows."""
    (loss, test_loss, _), (accuracy, test_accuracy) = recording.losses[at].tolist(), recording.accuracies[at].tolist()
    told = {"loss": number(loss, 3), "test": number(test_loss, 3)}
    text = say("loss {loss}, test {test}", **told) if np.isfinite(test_loss) else say("loss {loss}", loss=told["loss"])
    if not np.isfinite(accuracy):
        return text
    if np.isfinite(recording.label_accuracies[at, 0]):
        return _judged_labels(recording, at, say)
    shares = {"share": number(100 * accuracy, 3), "test": number(100 * test_accuracy, 3)}
    tested = np.isfinite(test_accuracy)
    right = say("{share} % right, test {test} %", **shares) if tested else say("{share} % right", share=shares["share"])
    return f"{text} · {right}"


def _judged_labels(recording: Recording, at: int, say: Translation) -> str:
    """Return loss, exact matches and labels that are right at a step, training and test rows side by side: briefly."""
    rows = zip(recording.losses[at, :2], recording.accuracies[at], recording.label_accuracies[at], strict=True)
    both = [[number(loss, 2), *(number(100 * share, 2) for share in shares)] for loss, *shares in rows]
    shown = both if np.isfinite(recording.accuracies[at, 1]) else both[:1]
    loss, exact, labels = ("/".join(part) for part in zip(*shown, strict=True))
    return say("loss {loss} · exact {exact} · labels {labels} %", loss=loss, exact=exact, labels=labels)
