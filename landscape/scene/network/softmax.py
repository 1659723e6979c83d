"""The softmax in numbers: a table of the classes for one row of the data, and the cross-entropy of it."""

import numpy as np

from landscape.network.data.samples import samples
from landscape.network.evaluation import logits
from landscape.network.measures.norm_lines import batch_rows
from landscape.network.measures.softmax import softmax
from landscape.network.training.recording import Recording
from landscape.scene.network.scene import SoftmaxTable
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 2
LEAST = 0.005
"""What is closer to 0 is only said to be so."""
HEADS = ("z", "t=eᶻ", "ŷ", "max", "ŷ−y")
"""Above the columns behind the class; the third is the softmax, t/Σt, and the fourth the hardmax."""


def softmax_table(experiment: Experiment, recording: Recording, frame: int, say: Translation) -> SoftmaxTable | None:
    """Return the numbers of the first row of the mini-batch at a frame, in evaluation mode; None without a softmax."""
    rows, network = samples(experiment.data), recording.network
    if not rows.classes or network.loss != "cross_entropy":
        return None
    row = int(batch_rows(rows, experiment.batch_size, experiment.seed, int(recording.frames[frame]))[0])
    z = logits(network, recording.weights[frame], rows.inputs[row : row + 1], rows.classes)[0]
    label = int(rows.targets[row])
    if not np.isfinite(z).all():
        return None
    found = softmax(z, label)
    columns = (found.logits, found.powers, found.probabilities, found.hard, found.slopes)
    cells = tuple(
        (name, *(_cell(float(value)) for value in values)) for name, *values in zip(rows.labels, *columns, strict=True)
    )
    likely, loss = number(float(found.probabilities[label]), DIGITS), number(found.loss, DIGITS)
    sentence = say(
        "Row {row}, class {label}: ŷ = t/Σt, cross-entropy −ln {likely} = {loss}; the last column is its gradient.",
        row=row + 1, label=rows.labels[label], likely=likely, loss=loss,
    )  # fmt: skip
    return SoftmaxTable(heads=(say("class"), *HEADS), cells=cells, label=label, sentence=sentence)


def _cell(value: float) -> str:
    """Return a number as short as six columns side by side need it: to the hundredth where it is below 1."""
    if 0.0 < abs(value) < LEAST:
        return "≈0"
    return number(round(value, DIGITS) if abs(value) < 1.0 else value, DIGITS)
