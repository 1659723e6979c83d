"""The norm of the first hidden layer as it is read: four lines with the numbers of one unit and one mini-batch."""

from landscape.network.data.samples import samples
from landscape.network.measures.norm_lines import NormLines, batch_rows, norm_lines
from landscape.network.network import Network
from landscape.network.training.recording import Recording
from landscape.scene.line_numbers import shown_line
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 4


def norm_text(experiment: Experiment, network: Network, recording: Recording, frame: int, say: Translation) -> str:
    """Return the lines of a network at a frame of its recording, in training and in evaluation mode; empty for none."""
    rows = samples(experiment.data)
    drawn = batch_rows(rows, experiment.batch_size, experiment.seed, int(recording.frames[frame]))
    found = norm_lines(network, recording.weights[frame], rows.inputs[drawn], rows.outputs, experiment.precision)
    return "\n\n".join(_told(one, network, say) for one in found)


def _told(one: NormLines, network: Network, say: Translation) -> str:
    x, *others = (number(float(value), DIGITS) for value in one.values)
    last, count = others[-1] if others else x, len(one.values)
    if one.training:
        title = say("In training, with the mini-batch:") if network.normalization == "batch" else say("Over the units:")
    else:
        title = say("In evaluation, with what is remembered:")
    mean, variance = number(one.mean, DIGITS), number(one.variance, DIGITS)
    if not one.training:
        statistics = [f"μ = {mean}", f"σ² = {variance}"]
    elif network.normalization == "rms":
        statistics = [f"σ² = (({x})² + … + ({last})²)/{count} = {variance}"]
    else:
        statistics = [
            f"μ = ({x} + … + {last})/{count} = {mean}".replace("+ −", "− "),
            f"σ² = (({x} − {mean})² + …)/{count} = {variance}".replace("− −", "+ "),
        ]
    names = ("x′", "z")
    lines = [f"{name} = {shown_line(line).rows[0].text}" for name, line in zip(names, one.lines, strict=True)]
    return "\n".join((title, *statistics, *lines))
