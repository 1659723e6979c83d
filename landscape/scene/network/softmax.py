"""The softmax in numbers: a table of the classes for one row of the data, and the cross-entropy of it.

Where the loss has a sigmoid for each class, the table tells what these make of the same logits.
"""

import math

import numpy as np

from landscape.network.data.samples import Samples, samples
from landscape.network.data.targets import wanted_of
from landscape.network.evaluation import logits
from landscape.network.measures.norm_lines import batch_rows
from landscape.network.measures.softmax import sigmoids_of, softmax
from landscape.network.training.recording import Recording
from landscape.scene.network.scene import Floats, SoftmaxTable
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 2
LEAST = 0.005
"""What is closer to 0 is only said to be so."""
HEADS = ("z", "t=eᶻ", "ŷ", "max", "ŷ−y")
"""Above the columns behind the class; the third is the softmax, t/Σt, and the fourth the hardmax."""
SIGMOID_HEADS = ("z", "σ(z)", "t/Σt", "y", "σ−y")
"""Likewise; t/Σt is what a softmax would make of the same logits."""


def softmax_table(experiment: Experiment, recording: Recording, frame: int, say: Translation) -> SoftmaxTable | None:
    """Return the numbers of the first row of the mini-batch at a frame, in evaluation mode; None without a softmax."""
    rows, network = samples(experiment.data), recording.network
    if not rows.classes or network.loss == "squared_error":
        return None
    row = int(batch_rows(rows, experiment.batch_size, experiment.seed, int(recording.frames[frame]))[0])
    z = logits(network, recording.weights[frame], rows.inputs[row : row + 1], rows.classes)[0]
    if not np.isfinite(z).all():
        return None
    wanted = wanted_of(network, rows.targets[row : row + 1], rows.classes)[0]
    if network.loss == "binary_cross_entropy":
        return _sigmoid_table(rows, row, z, wanted, say)
    found = softmax(z, wanted)
    columns = (found.logits, found.powers, found.probabilities, found.hard, found.slopes)
    labels = _labels(rows, row)
    told = {"row": row + 1, "loss": number(found.loss, DIGITS)}
    if len(labels) != 1:
        asked = int(np.count_nonzero(wanted))
        told |= {"labels": _named(rows, labels, say), "count": asked, "least": number(math.log(asked), DIGITS)}
        sentence = say(
            "Row {row}, labels: {labels}. A softmax gives shares of 1, so 1/{count} of each is asked for: "
            "cross-entropy {loss}, at best ln {count} = {least}.", **told,
        ) if labels else say(
            "Row {row} has no label, which a softmax cannot say: 1/{count} of every class is asked for. "
            "Cross-entropy {loss}, at best ln {count} = {least}.", **told,
        )  # fmt: skip
    else:
        likely = number(float(found.probabilities[labels[0]]), DIGITS)
        sentence = say(
            "Row {row}, class {label}: ŷ = t/Σt, cross-entropy −ln {likely} = {loss}; the last column is its gradient.",
            label=rows.labels[labels[0]], likely=likely, **told,
        )  # fmt: skip
    return SoftmaxTable(
        heads=("", *HEADS), cells=_cells(rows.labels, columns),
        labels=labels, sigmoids=False, sentence=sentence,
    )  # fmt: skip


def _sigmoid_table(rows: Samples, row: int, z: Floats, wanted: Floats, say: Translation) -> SoftmaxTable:
    """Return what sigmoids make of the logits of a row, what a softmax would, and the sums of both."""
    found, shares = sigmoids_of(z, wanted), softmax(z, wanted).probabilities
    columns = (found.logits, found.probabilities, shares, found.wanted, found.slopes)
    together = [float(np.sum(column)) for column in (found.probabilities, shares, found.wanted)]
    labels = _labels(rows, row)
    sentence = say(
        "Row {row}, labels: {labels}. Each class has a sigmoid of its own; they sum to {sum}, a softmax always to 1. "
        "Loss: the mean of −ln σ of the labels and −ln(1−σ) of the others, {loss}.",
        row=row + 1, labels=_named(rows, labels, say), sum=number(together[0], DIGITS),
        loss=number(found.loss, DIGITS),
    )  # fmt: skip
    return SoftmaxTable(
        heads=("", *SIGMOID_HEADS),
        cells=(*_cells(rows.labels, columns), ("Σ", "", *map(_cell, together), "")),
        labels=labels,
        sigmoids=True,
        sentence=sentence,
    )


def _labels(rows: Samples, row: int) -> tuple[int, ...]:
    """Return which classes a row is of."""
    return tuple(np.flatnonzero(rows.targets[row]).tolist()) if rows.several else (int(rows.targets[row]),)


def _named(rows: Samples, labels: tuple[int, ...], say: Translation) -> str:
    return ", ".join(rows.labels[label] for label in labels) or say("none")


def _cells(names: tuple[str, ...], columns: tuple[Floats, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each class: its name, and its number in each column."""
    return tuple(
        (name, *(_cell(float(value)) for value in values)) for name, *values in zip(names, *columns, strict=True)
    )


def _cell(value: float) -> str:
    """Return a number as short as six columns side by side need it: to the hundredth where it is below 1."""
    if 0.0 < abs(value) < LEAST:
        return "≈0"
    return number(round(value, DIGITS) if abs(value) < 1.0 else value, DIGITS)
