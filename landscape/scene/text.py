"""Numbers and names in every picture."""

import math

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule, optimizer_entries
from landscape.formula.symbols import superscript
from landscape.scene.workspaces import scene_part
from landscape.session.session import Session
from landscape.translation import Translation


def number(value: float, digits: int = 4) -> str:
    """Return ``value`` with at most ``digits`` significant digits, a proper minus, and ``×10⁻³`` where it is short.

    Plain from 0.001 to below 100,000; powers of ten outside. NaN is "–", infinity "∞".
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if value == 0 or -3 <= power <= 4:
        rounded = float(f"{mantissa}e{power}")
        text = f"{rounded:.{max(0, digits - 1 - power)}f}"
        return _tidy(text) if "." in text else _tidy(text + ".")
    factor = _tidy(mantissa + "." if "." not in mantissa else mantissa)
    power_of_ten = f"10{superscript(power)}"
    return {"1": power_of_ten, "−1": f"−{power_of_ten}"}.get(factor, f"{factor}×{power_of_ten}")


def duration(seconds: float) -> str:
    """Return a time as minutes and seconds, ``2:05``, with the hours before where there are any: ``1:00:00``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def below_zero(rates: NDArray[np.float64], say: Translation) -> str:
    """Return that some of the learning rates, one a step, are below 0, where a run goes uphill; else nothing."""
    steps = np.flatnonzero(rates < 0.0)
    if not len(steps):
        return ""
    return say(
        "The rate is below 0 at {count} of {steps} steps, first at step {first}",
        count=len(steps), steps=len(rates), first=int(steps[0]),
    )  # fmt: skip


def _tidy(decimal: str) -> str:
    """Return a decimal number without the zeros that end it, with a proper minus and no minus on 0."""
    short = decimal.rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short.replace("-", "−")


def together(sentence: str) -> str:
    """Return ``sentence`` with ``f = 0.1`` kept on one line."""
    return sentence.replace(" = ", "\u00a0=\u00a0")


def rule_title(rule: UpdateRule, say: Translation) -> str:
    """Return the optimizer's title in the catalogue; a rule that was typed has none of its own."""
    entry = optimizer_entries().get(rule.entry)
    return say.pick(entry.titles) if entry else say("Own rule")


def session_title(session: Session, say: Translation) -> str:
    """Return the lesson's title, or that of the document in front."""
    return say.pick(session.title) if session.title else scene_part(session.workspace).title(session.document, say)
