"""The convolution in numbers: the first filter at one place of the first row of the mini-batch."""

from dataclasses import dataclass

from landscape.network.data.samples import samples
from landscape.network.measures.convolution import Convolved, convolved
from landscape.network.measures.norm_lines import batch_rows
from landscape.network.training.recording import Recording
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Convolution:
    """What a filter makes of one place, as it is drawn."""

    found: Convolved
    sums: tuple[tuple[str, str], ...]
    """What is added up: where each number comes from, and the number; the bias last, if there is one."""
    total: str
    sentence: str


def convolution_at(experiment: Experiment, recording: Recording, frame: int, say: Translation) -> Convolution | None:
    """Return the numbers at a frame of a recording; None where the network has no convolution."""
    rows, network = samples(experiment.data), recording.network
    row = int(batch_rows(rows, experiment.batch_size, experiment.seed, int(recording.frames[frame]))[0])
    found = convolved(network, recording.weights[frame], rows.inputs[row], rows.outputs)
    if found is None:
        return None
    names = (say("red"), say("green"), say("blue")) if len(found.sums) == 3 else (say("sum"),)
    sums = [(name, number(float(value), DIGITS)) for name, value in zip(names, found.sums, strict=True)]
    if found.bias is not None:
        sums.append((say("bias"), number(found.bias, DIGITS)))
    down, across = found.place
    sentence = say(
        "Filter 1 on row {row}, at line {down} and column {across}, where it answers most: "
        "pixels × weights = products, their sum for each channel, and the sum of these.",
        row=row + 1, down=down + 1, across=across + 1,
    )  # fmt: skip
    return Convolution(found=found, sums=tuple(sums), total=number(found.total, DIGITS), sentence=sentence)
