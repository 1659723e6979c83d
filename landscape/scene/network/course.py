"""From an experiment and what was recorded of it to the course that is shown."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.memory import bounded
from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.layout import SIDE
from landscape.network.training.recording import HIGHEST, LOWEST, Recording
from landscape.scene.layers import Curve, CurvePanel, Dash, Dots, Range
from landscape.scene.network.scene import Cloud, Course, Floats, LayerHistory, Pictures, Twin
from landscape.scene.network.text import layer_titles, recording_note, statistics_sentence, twin_names
from landscape.scene.palette import RUN_COLORS, TWIN_COLORS
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

Recordings: TypeAlias = Sequence[Recording | None]

SHOWN_PICTURES = 64
MARGIN = 0.1
"""Free part around the data, of their width."""
WIDE = 50.0
"""Ratio of the largest to the smallest loss from which on the ordinate is logarithmic."""


def build_course(experiment: Experiment, recordings: Recordings, say: Translation, title: str = "") -> Course:
    """Return what is known of an experiment from the recordings of its two networks, None where nothing is yet."""
    known = min(recording.step if recording else 0 for recording in recordings)
    names = twin_names(experiment, say)
    return Course(
        title=title or say.pick(DATASETS[experiment.data.name].titles),
        steps=experiment.steps,
        known=known,
        data=data_of(experiment.data),
        twins=tuple(
            _twin(name, color, recording, say)
            for name, color, recording in zip(names, TWIN_COLORS, recordings, strict=True)
        ),
        curves=_curves(experiment, recordings, names, say),
        statistics=statistics_sentence(experiment, say),
    )


@bounded(8, megabytes=64)
def data_of(data: Data) -> Cloud | Pictures:
    """Return the data as they are drawn: a cloud of points, or pictures."""
    rows = samples(data)
    inputs = np.concatenate((rows.inputs, rows.test_inputs))
    targets = np.concatenate((rows.targets, rows.test_targets))
    if DATASETS[data.name].channels:
        seen, classes = shown_pictures(rows)
        low, high = float(inputs.min()), float(inputs.max())
        tones = (255.0 * (seen - low) / ((high - low) or 1.0)).astype(np.uint8)
        pixels = tones.reshape(len(seen), -1, SIDE, SIDE).transpose(0, 2, 3, 1)
        return Pictures(pixels=pixels, classes=classes, data=data)
    tested = np.arange(len(inputs)) >= len(rows.inputs)
    values = targets.reshape(len(targets), -1)[:, 0].astype(np.float64)
    if inputs.shape[1] == 1:
        places, shades = np.column_stack((inputs[:, 0], values)), np.tile((1.0, 0.0), (len(values), 1))
    else:
        places = inputs[:, :2]
        shades = _shades(rows, targets) if rows.classes else heights(values, target_range(rows))
    x, y = _padded(places[:, 0]), _padded(places[:, 1])
    if inputs.shape[1] > 1:
        x, y = _square(x, y)
    return Cloud(places=places, shades=shades, tested=tested, x=x, y=y, several=rows.several)


def _shades(rows: Samples, targets: NDArray[Any]) -> Floats:
    """Return 1 for the class of each row, or for its labels."""
    return targets.astype(np.float64) if rows.several else np.eye(rows.classes)[targets]


def shown_pictures(rows: Samples) -> tuple[Floats, NDArray[np.intp]]:
    """Return inputs and classes of the pictures that are shown: those of the test, if it has any."""
    tested = len(rows.test_inputs) > 0
    inputs, targets = (rows.test_inputs, rows.test_targets) if tested else (rows.inputs, rows.targets)
    return inputs[:SHOWN_PICTURES], targets[:SHOWN_PICTURES].astype(np.intp)


def target_range(rows: Samples) -> Range:
    """Return the lowest and the highest value to be predicted."""
    values = np.concatenate((rows.targets, rows.test_targets))
    return float(values.min()), float(values.max())


def heights(values: Floats, between: Range) -> Floats:
    """Return (..., 2): how low and how high some values are between two others, as shares of 1."""
    low, high = between
    share = np.clip((values - low) / ((high - low) or 1.0), 0.0, 1.0)
    return np.stack((1.0 - share, share), axis=-1)


def _padded(values: Floats) -> Range:
    low, high = float(values.min()), float(values.max())
    room = MARGIN * ((high - low) or 1.0)
    return low - room, high + room


def _square(x: Range, y: Range) -> tuple[Range, Range]:
    """Return ranges of one width around the same middles: the plane is not stretched."""
    half = max(x[1] - x[0], y[1] - y[0]) / 2
    middle = (x[0] + x[1]) / 2, (y[0] + y[1]) / 2
    return (middle[0] - half, middle[0] + half), (middle[1] - half, middle[1] + half)


def _twin(name: str, color: str, recording: Recording | None, say: Translation) -> Twin:
    if recording is None:
        return Twin(name=name, color=color, note="", note_step=0, layers=())
    steps = recording.frames.astype(np.float64)
    layers = tuple(
        LayerHistory(title=title, density=recording.densities[:, index].T, steps=steps, low=LOWEST, high=HIGHEST)
        for index, title in enumerate(layer_titles(recording.network, say))
    )
    return Twin(name=name, color=color, note=recording_note(recording, say), note_step=recording.step, layers=layers)


def _curves(
    experiment: Experiment, recordings: Recordings, names: tuple[str, str], say: Translation
) -> tuple[CurvePanel, ...]:
    """Return the losses with the threshold, and where there are classes the accuracies: dashed on the test rows."""
    threshold = Curve(
        run=-1,
        name=say("threshold"),
        color=RUN_COLORS[7],
        dash="dot",
        values=np.full(experiment.steps + 1, experiment.threshold),
    )
    losses: list[Curve] = [threshold]
    accuracies: list[Curve] = []
    for index, (recording, name, color) in enumerate(zip(recordings, names, TWIN_COLORS, strict=True)):
        if recording is None:
            continue
        parts: tuple[tuple[int, str, Dash], ...] = ((0, name, "solid"), (1, say("{name}, test", name=name), "dash"))
        for column, title, dash in parts:
            for panel, values in ((losses, recording.losses), (accuracies, recording.accuracies)):
                if np.isfinite(values[:, column]).any():
                    every = recording.every_step(values[:, column])
                    dots = _restored(recording, every) if panel is losses and column else ()
                    panel.append(Curve(run=index, name=title, color=color, dash=dash, values=every, dots=dots))
    keys = (f"— {say('training')}", *((f"– – {say('test')}",) if any(one.dash == "dash" for one in losses) else ()))
    panels = [
        CurvePanel(
            quantity="loss", title=say("loss"), curves=tuple(losses), log=_is_wide(losses),
            keys=(*keys, f"··· {say('threshold')} {number(experiment.threshold, 3)}"),
        )
    ]  # fmt: skip
    if accuracies:
        accuracy = say("exact match") if samples(experiment.data).several else say("accuracy")
        panels.append(CurvePanel(quantity="accuracy", title=accuracy, curves=tuple(accuracies), log=False, keys=keys))
    return tuple(panels)


def _restored(recording: Recording, losses: Floats) -> tuple[Dots, ...]:
    """Return the mark of the step that early stopping went back to; none where it did not."""
    if recording.restored is None:
        return ()
    place = np.array([recording.restored])
    return (Dots(places=place.astype(np.float64), values=losses[place], look="ring"),)


def _is_wide(curves: Sequence[Curve]) -> bool:
    values = np.concatenate([curve.values for curve in curves])
    above = values[np.isfinite(values) & (values > 0)]
    return bool(above.size and above.max() > WIDE * above.min())
