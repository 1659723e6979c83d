"""The norm of the first hidden layer as it is read: its lines with the numbers of one unit and one mini-batch."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from landscape.formula.lines import Line
from landscape.formula.tree import Name
from landscape.formula.typeset import Part
from landscape.network.data.samples import samples
from landscape.network.measures.norm_lines import Floats, NormLines, batch_rows, norm_lines
from landscape.network.network import RUNNING, Network
from landscape.network.training.recording import Recording
from landscape.scene.formula_lines import FormulaLine, line_formula
from landscape.scene.line_numbers import ShownLine, ShownNumbers, shown_line
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

DIGITS = 4
SYMBOLS = (
    ("x", "x_1"), ("x_hat", r"\hat{x}_1"), ("z", "z_1"), ("sigma2", r"\sigma^2"), ("mu_b", r"\mu_B"),
    ("sigma2_b", r"\sigma_B^2"), ("mu_r", r"\mu_r"), ("sigma", r"\sigma_r"), ("r_max", r"r_{\max}"),
    ("d_max", r"d_{\max}"),
)  # fmt: skip
"""How names are written: x₁ is the number that is followed, x₂ and so on are averaged with it."""
OF_WEIGHTS = (("w", "w_1"), ("v", "v_1"), ("x", r"(v \cdot x)"), ("length", r"\|v\|"))
"""How those of weight norm are."""
MEAN = r"\mu \leftarrow \frac{1}{m} \sum_{i=1}^{m} x_i"
VARIANCE = r"\sigma^2 \leftarrow \frac{1}{m} \sum_{i=1}^{m} (x_i - \mu)^2"
SQUARES = r"\sigma^2 \leftarrow \frac{1}{m} \sum_{i=1}^{m} x_i^2"
OTHER_MEAN = r"\mu_B \leftarrow \frac{1}{m} \sum_{i=1}^{m} y_i"
OTHER_VARIANCE = r"\sigma_B^2 \leftarrow \frac{1}{m} \sum_{i=1}^{m} (y_i - \mu_B)^2"
PRODUCT, LENGTH = r"v \cdot x \leftarrow \sum_i v_i x_i", r"\|v\| \leftarrow \sqrt{\sum_i v_i^2}"
WHITENED = r"\hat{x}_1 \leftarrow \sum_k u_k (x_k - \mu_k)"
CORRELATION = r"\rho_{12} \leftarrow \frac{\Sigma_{12}}{\sqrt{\Sigma_{11} \Sigma_{22}}}"
MOVED = {
    "gamma": (r"\gamma \leftarrow \gamma_0 + \sum_k w_k u_k", "γ ← γ₀ + Σ wₖuₖ"),
    "beta": (r"\beta \leftarrow \beta_0 + \sum_k v_k u_k", "β ← β₀ + Σ vₖuₖ"),
}
"""By the inputs u of the row."""
REMEMBERED = {"mu": r"\mu \leftarrow \mu_r", "sigma2": r"\sigma^2 \leftarrow \sigma_r^2", "sigma": r"\sigma_r"}
"""What is remembered of earlier mini-batches."""
_NUMBER = re.compile("([0-9][0-9.]*(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)")


@dataclass(frozen=True, kw_only=True)
class NormSection:
    """What a norm makes of one number, in training or in evaluation mode."""

    title: str
    lines: tuple[FormulaLine, ...]


def norm_sections(
    experiment: Experiment, network: Network, recording: Recording, frame: int, say: Translation
) -> tuple[NormSection, ...]:
    """Return the lines of a network at a frame of its recording, in training and in evaluation mode; empty for none."""
    rows, step = samples(experiment.data), int(recording.frames[frame])
    drawn = batch_rows(rows, experiment.batch_size, experiment.seed, step)
    found = norm_lines(
        network, recording.weights[frame], rows.inputs[drawn], rows.outputs, experiment.precision,
        (experiment.seed, step),
    )  # fmt: skip
    return tuple(
        NormSection(
            title=_title(one, network, say), lines=(*_statistics(one, network), *_moved(one), *_own(one, network))
        )
        for one in found
    )


def _own(one: NormLines, network: Network) -> list[FormulaLine]:
    """Return the lines that are formulas of the language."""
    symbols = OF_WEIGHTS if network.normalization == "weight" else SYMBOLS
    found = []
    for line in one.lines:
        formula, text = line_formula(line.name, line.expression, symbols)
        # The language has no name with a square in it.
        found.append(FormulaLine(latex=formula, text=text.replace("σ₂", "σ²"), shown=shown_line(line)))
    return found


def _moved(one: NormLines) -> Iterator[FormulaLine]:
    """Yield the lines of γ and β where the inputs of the row move them."""
    for name, moved in (("gamma", one.gamma), ("beta", one.beta)):
        if moved is not None:
            latex, text = MOVED[name]
            pairs = np.stack((moved.by, moved.inputs), axis=1)
            sum_of = _between(pairs, lambda pair: f"{_short(pair[0])}·({_short(pair[1])})", first=2)
            numbers = f"{_short(moved.own)} + {sum_of}".replace("+ −", "− ")
            yield _line(name, latex, text, numbers, moved.value)


def _title(one: NormLines, network: Network, say: Translation) -> str:
    """Return of what the lines are; before the first ones what moves γ and β, where something does."""
    about = _about(one, network, say)
    if one.gamma is None or not one.training:
        return about
    moves = say(
        "γ and β are not the same for all rows: a small network, here a linear map of the row's inputs u, recovers "
        "them (FiLM, Perez et al. 2018)."
    )
    return f"{moves} {about}"


def _about(one: NormLines, network: Network, say: Translation) -> str:
    if not one.training:
        return say("In evaluation, with what is remembered:")
    if network.normalization == "cross":
        return say("In training, over the units, with another row:")
    if network.normalization in RUNNING:
        return say("In training, with the mini-batch:")
    named = {"weight": say("Over the weights of the unit:"), "instance": say("Over the pixels of the channel:")}
    return named.get(network.normalization) or say("Over the units:")


def _statistics(one: NormLines, network: Network) -> list[FormulaLine]:
    """Return the lines of the mean, the variance, and what else a norm takes."""
    if one.whitening is not None:
        correlation = _line("rho", CORRELATION, "ρ₁₂ ← Σ₁₂/√(Σ₁₁Σ₂₂)", "", one.correlation)
        return [*([correlation] if one.training else []), _whitened(one.whitening)]
    if not one.training:
        return _remembered(one, network)
    if network.normalization == "weight":
        squares = f"√({_between(one.values, lambda v: f'({_short(v)})²')})"
        return [
            _line("x", PRODUCT, "v·x ← Σ vᵢxᵢ", "", one.lines[-1].numbers["x"][0]),
            _line("length", LENGTH, "‖v‖ ← √(Σ vᵢ²)", squares, one.variance**0.5),
        ]
    if network.normalization == "rms":
        squares = f"({_between(one.values, lambda x: f'({_short(x)})²')})/{len(one.values)}"
        return [_line("sigma2", SQUARES, "σ² ← (1/m) Σ xᵢ²", squares, one.variance)]
    own = _averaged(one.values, ("μ ← (1/m) Σ xᵢ", MEAN), ("σ² ← (1/m) Σ (xᵢ − μ)²", VARIANCE))
    if one.partner is None:
        return own
    other = ("μʙ ← (1/m) Σ yᵢ", OTHER_MEAN), ("σʙ² ← (1/m) Σ (yᵢ − μʙ)²", OTHER_VARIANCE)
    return [*own, *_averaged(one.partner, *other)]


def _remembered(one: NormLines, network: Network) -> list[FormulaLine]:
    """Return the lines of mean and variance in evaluation mode; batch renormalization keeps standard deviations."""
    mean = _line("mu", REMEMBERED["mu"], "μ ← μᵣ", "running_mean", one.mean)
    if network.normalization == "renorm":
        return [mean, _line("sigma", REMEMBERED["sigma"], "σᵣ", "running_std", one.variance**0.5)]
    return [mean, _line("sigma2", REMEMBERED["sigma2"], "σ² ← σᵣ²", "running_var", one.variance)]


def _averaged(values: Floats, of_mean: tuple[str, str], of_variance: tuple[str, str]) -> list[FormulaLine]:
    """Return the lines of mean and variance of some values, with the first and the last of them."""
    count, mean, variance = len(values), float(values.mean()), float(values.var())
    sum_of = f"({_between(values, _short)})/{count}"
    squares = f"({_between(values, lambda x: f'({_short(x)} − {_short(mean)})²')})/{count}"
    return [
        _line("mu", of_mean[1], of_mean[0], sum_of, mean),
        _line("sigma2", of_variance[1], of_variance[0], squares, variance),
    ]


def _whitened(taken: tuple[Floats, Floats]) -> FormulaLine:
    """Return what whitening takes of the first units and of the last one."""
    row, centred = taken
    parts = _between(np.stack(taken, axis=1), lambda pair: f"{_short(pair[0])}·({_short(pair[1])})", first=2)
    return _line("x_hat", WHITENED, "x̂₁ ← Σ uₖ(xₖ − μₖ)", parts, float(row @ centred))


def _between(values: Floats, write: Callable[[Any], str], first: int = 1) -> str:
    """Return a sum over values of which the first summands and the last are written."""
    count = len(values)
    shown = range(count) if count <= first + 1 else (*range(first), count - 1)
    parts = [write(values[index]) for index in shown]
    if count > len(parts):
        parts.insert(first, "…")
    return " + ".join(parts).replace("+ −", "− ").replace("− −", "+ ")


def _line(name: str, latex: str, text: str, numbers: str, result: float) -> FormulaLine:
    """Return a line that is no formula of the language."""
    parts = (Part(part, name if index % 2 else "") for index, part in enumerate(_NUMBER.split(numbers)) if part)
    shown = ShownNumbers(parts=tuple(parts), result=_short(result), coordinate=-1)
    line = Line(name=name, expression=Name(name), result=(result,))
    return FormulaLine(latex=latex, text=text, shown=ShownLine(line=line, rows=(shown,)))


def _short(value: float) -> str:
    return number(float(value), DIGITS)
