r"""How names and numbers are written: ``beta1`` as \beta_1 or β₁, ``1e-8`` as a power of ten, 3.14159… as pi."""

import math
import re
from collections.abc import Mapping

from landscape.formula.tokens import GREEK

_LETTERS = {name: letter for letter, name in GREEK.items() if letter != "ς"}
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_KNOWN: Mapping[str, tuple[str, str]] = {
    "lr": (r"\eta", "η"),
    "eps": (r"\epsilon", "ε"),
    "gnorm": (r"\|g\|", "‖g‖"),
    "noise": (r"\xi", "ξ"),
    "gx": ("f_x", "f_x"),
    "gy": ("f_y", "f_y"),
    "hxx": ("f_{xx}", "f_xx"),
    "hxy": ("f_{xy}", "f_xy"),
    "hyy": ("f_{yy}", "f_yy"),
}
"""Names that the language gives a meaning, in LaTeX and as plain text."""
_LARGEST_TOP = 100
"""Largest numerator of a fraction."""


def latex_symbol(name: str) -> str:
    """Return ``name`` in LaTeX: Greek letters, ``m_hat`` with its hat, digits and other endings as a subscript."""
    if name in _KNOWN:
        return _KNOWN[name][0]
    stem, digits, accents, endings = _taken_apart(name)
    if len(stem) > 1 and stem not in _LETTERS:
        stem, endings = r"\ ".join((stem, *endings)), []
    text = f"\\{stem}" if stem in _LETTERS else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    for accent in accents:
        text = rf"\{accent}{{{text}}}"
    below = ", ".join((*filter(None, (digits,)), *(e if len(e) == 1 else rf"\mathrm{{{e}}}" for e in endings)))
    return text if not below else f"{text}_{below}" if len(below) == 1 else f"{text}_{{{below}}}"


def plain_symbol(name: str) -> str:
    """Return ``name`` in Unicode text: ``β₁``, ``m̂``; what has no such form stays as it is."""
    if name in _KNOWN:
        return _KNOWN[name][1]
    stem, digits, accents, endings = _taken_apart(name)
    if endings or (accents and len(stem) > 1 and stem not in _LETTERS):
        return name
    letter = _LETTERS.get(stem, stem)
    return letter + "".join(_ACCENTS[accent] for accent in accents) + digits.translate(_SUBSCRIPTS)


def _taken_apart(name: str) -> tuple[str, str, list[str], list[str]]:
    """Return the stem, the digits at its end, the accents, and the other endings of ``name``."""
    first, *endings = filter(None, name.split("_"))
    stem = first.rstrip("0123456789")
    accents = [ending for ending in endings if ending in _ACCENTS]
    others = [ending for ending in endings if ending not in _ACCENTS]
    if re.fullmatch("[a-wz][xy]", first):  # A component: sx is the x of s.
        return first[0], "", accents, [first[1], *others]
    return stem, first[len(stem) :], accents, others


def latex_number(value: float) -> str:
    """Return a number that is not negative in LaTeX: a fraction, a part of pi, up to 12 digits, infinity or NaN."""
    if not math.isfinite(value):
        return r"\infty" if math.isinf(value) else r"\mathrm{NaN}"
    top, bottom, unit = _fraction(value)
    if bottom:
        numerator = f"{top}" if not unit else r"\pi" if top == 1 else rf"{top} \pi"
        return numerator if bottom == 1 else rf"\frac{{{numerator}}}{{{bottom}}}"
    digits, exponent = _decimal(value)
    power = f"10^{{{exponent}}}"
    return digits if not exponent else power if digits == "1" else rf"{digits} \times {power}"


def plain_number(value: float) -> str:
    """Return the same in Unicode text."""
    if not math.isfinite(value):
        return "∞" if math.isinf(value) else "NaN"
    top, bottom, unit = _fraction(value)
    if bottom:
        numerator = f"{top}" if not unit else "π" if top == 1 else f"{top}π"
        return numerator if bottom == 1 else f"{numerator}/{bottom}"
    digits, exponent = _decimal(value)
    power = f"10{superscript(exponent)}"
    return digits if not exponent else power if digits == "1" else f"{digits}×{power}"


def superscript(value: int) -> str:
    """Return a whole number in raised digits."""
    return str(value).translate(_SUPERSCRIPTS)


def _fraction(value: float) -> tuple[int, int, str]:
    """Return (p, q, unit) where ``value`` is p/q times pi, or p/q, with small p and q; q is 0 where it is not."""
    if value > (_LARGEST_TOP + 1) * math.pi:
        return 0, 0, ""
    for bottom in (1, 2, 3, 4, 6):
        top = round(value * bottom / math.pi)
        if 0 < top <= _LARGEST_TOP and math.isclose(value, top * math.pi / bottom, rel_tol=1e-15):
            return top, bottom, "pi"
    for bottom in (3, 6, 7, 9):
        top = round(value * bottom)
        if 0 < top <= _LARGEST_TOP and top % bottom and value == top / bottom and len(f"{value:.12g}") > 8:
            return top, bottom, ""
    return 0, 0, ""


def _decimal(value: float) -> tuple[str, int]:
    """Return the digits and the power of ten, 0 where the number is short enough without; e is a letter."""
    if value == math.e:
        return "e", 0
    digits, _, exponent = f"{value:.12g}".partition("e")
    return digits, int(exponent or 0)
