"""The norm of the first hidden layer as it is read: its lines with the numbers of one unit and one mini-batch."""

from landscape.network.data.samples import samples
from landscape.network.measures.norm_lines import Floats, NormLines, batch_rows, norm_lines
from landscape.network.network import RUNNING, Network
from landscape.network.training.recording import Recording
from landscape.scene.line_numbers import shown_line
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 4
NAMES = {"x_hat": "x′", "w": "w₁"}
"""How names are written that the language of formulas writes otherwise."""


def norm_text(experiment: Experiment, network: Network, recording: Recording, frame: int, say: Translation) -> str:
    """Return the lines of a network at a frame of its recording, in training and in evaluation mode; empty for none."""
    rows, step = samples(experiment.data), int(recording.frames[frame])
    drawn = batch_rows(rows, experiment.batch_size, experiment.seed, step)
    found = norm_lines(
        network, recording.weights[frame], rows.inputs[drawn], rows.outputs, experiment.precision,
        (experiment.seed, step),
    )  # fmt: skip
    return "\n\n".join(_told(one, network, say) for one in found)


def _told(one: NormLines, network: Network, say: Translation) -> str:
    lines = [f"{NAMES.get(line.name, line.name)} = {shown_line(line).rows[0].text}" for line in one.lines]
    return "\n".join((_title(one, network, say), *_statistics(one, network, say), *lines))


def _title(one: NormLines, network: Network, say: Translation) -> str:
    if not one.training:
        return say("In evaluation, with what is remembered:")
    if network.normalization == "cross":
        return say("In training, over the units, with another row:")
    if network.normalization in RUNNING:
        return say("In training, with the mini-batch:")
    named = {"weight": say("Over the weights of the unit:"), "instance": say("Over the pixels of the channel:")}
    return named.get(network.normalization) or say("Over the units:")


def _statistics(one: NormLines, network: Network, say: Translation) -> list[str]:
    """Return the lines of the mean, the variance, and what else a norm takes."""
    mean, variance = _short(one.mean), _short(one.variance)
    if one.whitening is not None:
        head = [say("correlation of units 1 and 2: {value}", value=_short(one.correlation))] if one.training else []
        return [*head, _whitened(one.whitening)]
    if not one.training:
        spread = f"σ = {_short(one.variance**0.5)}" if network.normalization == "renorm" else f"σ² = {variance}"
        return [f"μ = {mean}", spread]
    if network.normalization == "weight":
        v, last, length = _short(one.values[0]), _short(one.values[-1]), _short(one.variance**0.5)
        weighed = _short(one.lines[-1].numbers["x"][0])
        return [f"v·x = {weighed}", f"‖v‖ = √(({v})² + … + ({last})²) = {length}"]
    if network.normalization == "rms":
        x, last = _short(one.values[0]), _short(one.values[-1])
        return [f"σ² = (({x})² + … + ({last})²)/{len(one.values)} = {variance}"]
    if one.partner is None:
        return _averaged(one.values, "")
    return [*_averaged(one.values, ""), *_averaged(one.partner, "ʙ")]


def _averaged(values: Floats, mark: str) -> list[str]:
    """Return mean and variance of some values, with the first and the last of them."""
    x, last = _short(values[0]), _short(values[-1])
    count, mean, variance = len(values), _short(values.mean()), _short(values.var())
    return [
        f"μ{mark} = ({x} + … + {last})/{count} = {mean}".replace("+ −", "− "),
        f"σ{mark}² = (({x} − {mean})² + …)/{count} = {variance}".replace("− −", "+ "),
    ]


def _whitened(taken: tuple[Floats, Floats]) -> str:
    """Return what whitening takes of the first units and of the last one."""
    row, centred = taken
    parts = [f"{_short(u)}·({_short(x)})" for u, x in zip(row, centred, strict=True)]
    shown = parts if len(parts) < 4 else [*parts[:2], "…", parts[-1]]
    return f"x′ = Σ u(x − μ) = {' + '.join(shown)} = {_short(float(row @ centred))}".replace("+ −", "− ")


def _short(value: float) -> str:
    return number(float(value), DIGITS)
