"""A tree as people write it: in LaTeX for typesetting, or as one line of Unicode text.

The layout is the same for both (signs are pulled to the front, brackets only where they are needed); a notation says
how each part looks. Nothing is rearranged: the factors and terms keep the order they were given in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from landscape.formula.symbols import latex_number, latex_symbol, plain_number, plain_symbol, superscript
from landscape.formula.tree import COMPARISONS, Call, Name, Node, Number, is_number, walk

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_FIRST_SIGN = 0xE000
"""Of the signs that Unicode leaves to everyone's own use."""
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_WORD = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of the line: its text without the sign, how tightly it binds, and whether it is higher than one line."""

    text: str
    binding: int = _ATOM
    negative: bool = False
    tall: bool = False


class _Notation(Protocol):
    """What differs between LaTeX and plain text; pieces come in with their sign and brackets where needed."""

    minus: str
    relations: Mapping[str, str]

    def name(self, name: str) -> _Piece: ...
    def number(self, value: float) -> str: ...
    def bracket(self, piece: _Piece) -> str: ...
    def product(self, left: str, right: str) -> str: ...
    def quotient(self, above: _Piece, below: _Piece) -> _Piece: ...
    def power(self, base: str, exponent: _Piece, whole: int | None) -> str: ...
    def apply(self, function: str, arguments: list[_Piece]) -> _Piece: ...
    def raised(self, function: str, argument: _Piece, power: int) -> str: ...
    def choice(self, condition: str, otherwise: str, yes: _Piece, no: _Piece) -> _Piece: ...


def latex(node: Node, symbols: Mapping[str, str] | None = None) -> str:
    r"""Return ``node`` in LaTeX that ziamath accepts.

    ``symbols`` gives the LaTeX of names, ``{"lr": r"\eta"}``; other names are written by their spelling, so that
    ``beta1`` becomes \beta_1 and ``m_hat`` becomes \hat{m}.
    """
    return _line(node, _Latex(symbols or {}))


def pretty(node: Node) -> str:
    """Return ``node`` as one line of Unicode text, such as ``(x² + y − 11)²``."""
    return _line(node, _Plain())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line: text as it is, or the number that stands for a name."""

    text: str
    name: str = ""


def filled(node: Node, numbers: Mapping[str, str]) -> tuple[Part, ...]:
    """Return ``node`` as one line of text with numbers in place of names: ``0.9·0.31 + (1 − 0.9)·(−2.4)``.

    A number that is negative may have its minus in the text before it, as in ``1 − 2.4``. A name without a number is
    written by its spelling.
    """
    notation = _Filled(numbers)
    return notation.parts(_line(node, notation))


def nesting(text: str) -> int:
    """Return how deeply the groups of a LaTeX text are nested; the time of ziamath doubles with each."""
    level = deepest = 0
    cases = text.replace(r"\begin{cases}", "{").replace(r"\end{cases}", "}")
    for part in cases.replace(r"\left", "{").replace(r"\right", "}"):
        level += (part == "{") - (part == "}")
        deepest = max(deepest, level)
    return deepest


def _line(root: Node, notation: _Notation) -> str:
    pieces: dict[Node, _Piece] = {}
    for node in walk((root,)):
        pieces[node] = _piece(node, pieces, notation)
    return _signed(pieces[root], notation)


def _piece(node: Node, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    if isinstance(node, Name):
        return notation.name(node.id)
    if isinstance(node, Number):
        text = notation.number(abs(node.value))
        return _Piece(text=text, binding=_ATOM if _single(text) else _PRODUCT, negative=node.value < 0.0,
                      tall=text.startswith(r"\frac"))  # fmt: skip
    if node.function in _LAYOUT:
        return _LAYOUT[node.function](node, pieces, notation)
    if node.function in COMPARISONS:
        return _Piece(text=_relation(node.function, node, pieces, notation), binding=_SUM)
    arguments = [_unsigned(pieces[argument], notation) for argument in _chain(node)]
    return notation.apply(node.function, arguments)


def _single(text: str) -> bool:
    """Tell whether a number is written in one sign or in plain digits."""
    return text in (r"\pi", "π", "e") or text.replace(".", "").isdigit()


def _chain(node: Call) -> list[Node]:
    """Return the arguments of ``min(a, b, c)`` as given, of any other function its arguments."""
    parts: list[Node] = list(node.arguments)
    while node.function in ("min", "max", "norm") and isinstance(parts[0], Call) and parts[0].function == node.function:
        parts[:1] = parts[0].arguments
    return parts


def _signed(piece: _Piece, notation: _Notation) -> str:
    return notation.minus + piece.text if piece.negative else piece.text


def _unsigned(piece: _Piece, notation: _Notation) -> _Piece:
    """Return the piece with its sign written out."""
    return replace(piece, text=_signed(piece, notation), binding=_SUM if piece.negative else piece.binding,
                   negative=False)  # fmt: skip


def _bound(piece: _Piece, binding: int, notation: _Notation) -> str:
    """Return the text with its sign, in brackets where it binds less tightly than ``binding``."""
    piece = _unsigned(piece, notation)
    return piece.text if piece.binding >= binding else notation.bracket(piece)


def _relation(function: str, node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> str:
    left, right = (_signed(pieces[argument], notation) for argument in node.arguments)
    return f"{left} {notation.relations[function]} {right}"


def _sum(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    a, b = (pieces[argument] for argument in node.arguments)
    minus = b.negative != (node.function == "sub")
    open_end = b.binding > _SUM or (not minus and not b.text.startswith(notation.minus))
    right = b.text if open_end else notation.bracket(b)
    text = f"{_signed(a, notation)} {notation.minus if minus else '+'} {right}"
    return _Piece(text=text, binding=_SUM, tall=a.tall or b.tall)


def _negative(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    piece = pieces[node.arguments[0]]
    if piece.binding > _SUM:
        return replace(piece, binding=min(piece.binding, _PRODUCT), negative=not piece.negative)
    return _Piece(text=notation.bracket(piece), binding=_PRODUCT, negative=True, tall=piece.tall)


def _product(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    a, b = (pieces[argument] for argument in node.arguments)
    left = _bound(replace(a, negative=False), _PRODUCT, notation)
    right = _bound(b, _PRODUCT, notation)
    return _Piece(
        text=notation.product(left, right), binding=_PRODUCT, negative=a.negative, tall=a.tall or b.tall
    )  # fmt: skip


def _quotient(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    a, b = (pieces[argument] for argument in node.arguments)
    quotient = notation.quotient(replace(a, negative=False), _unsigned(b, notation))
    return replace(quotient, negative=a.negative)


def _power(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    base, exponent = node.arguments
    whole = int(exponent.value) if isinstance(exponent, Number) and _is_whole(exponent.value) else None
    if isinstance(base, Call) and base.function in _RAISED and whole is not None and whole > 1:
        argument = pieces[base.arguments[0]]
        return _Piece(
            text=notation.raised(base.function, _unsigned(argument, notation), whole),
            binding=_POWER,
            tall=argument.tall,
        )
    if is_number(exponent, 0.5):
        return notation.apply("sqrt", [_unsigned(pieces[base], notation)])
    raised = replace(pieces[exponent], text=_signed(pieces[exponent], notation))
    text = notation.power(_bound(pieces[base], _ATOM, notation), raised, whole)
    return _Piece(text=text, binding=_POWER, tall=pieces[base].tall)


def _is_whole(value: float) -> bool:
    """Tell whether a number is whole, and few enough digits to be written with all of them."""
    return value.is_integer() and abs(value) < 1e12


def _where(node: Call, pieces: Mapping[Node, _Piece], notation: _Notation) -> _Piece:
    condition, yes, no = node.arguments
    if not isinstance(condition, Call) or condition.function not in _OPPOSITE:
        return notation.apply("where", [_unsigned(pieces[argument], notation) for argument in node.arguments])
    otherwise = _relation(_OPPOSITE[condition.function], condition, pieces, notation)
    return notation.choice(
        pieces[condition].text, otherwise, _unsigned(pieces[yes], notation), _unsigned(pieces[no], notation)
    )


_LAYOUT: Mapping[str, Callable[[Call, Mapping[Node, _Piece], _Notation], _Piece]] = {
    "add": _sum, "sub": _sum, "neg": _negative, "mul": _product, "div": _quotient, "pow": _power, "where": _where,
}  # fmt: skip
_OPPOSITE = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
_RAISED = ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "log", "log2", "log10")


class _Latex:
    minus = "-"
    relations: Mapping[str, str] = {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "=", "ne": r"\ne"}
    fences: Mapping[str, tuple[str, str]] = {
        "abs": ("|", "|"), "norm": (r"\|", r"\|"),
        "floor": (r"\lfloor ", r"\rfloor "), "ceil": (r"\lceil ", r"\rceil "),
    }  # fmt: skip
    functions: Mapping[str, str] = {
        "log": r"\ln", "log10": r"\log_{10}", "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan",
        "sigmoid": r"\sigma", "gamma": r"\Gamma", "polygamma": r"\psi", "gauss": r"\operatorname{erf}'",
        "log2": r"\log_{2}",
        **{f"a{name}": rf"\operatorname{{ar{name}}}" for name in ("sinh", "cosh", "tanh")},
        **{
            name: rf"\{name}"
            for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "exp", "min", "max")
        },
    }  # fmt: skip

    def __init__(self, symbols: Mapping[str, str]) -> None:
        self.symbols = symbols

    def name(self, name: str) -> _Piece:
        return _Piece(text=self.symbols.get(name) or latex_symbol(name))

    def number(self, value: float) -> str:
        return latex_number(value)

    def fenced(self, left: str, text: str, right: str, tall: bool) -> str:
        # \left and \right only where they are needed: each level doubles the time of ziamath.
        return rf"\left{left}{text}\right{right}" if tall else f"{left}{text}{right}"

    def bracket(self, piece: _Piece) -> str:
        return self.fenced("(", piece.text, ")", piece.tall)

    def product(self, left: str, right: str) -> str:
        if right[0].isdigit() or (right.startswith(r"\frac") and left[-1].isdigit()):
            return rf"{left} \cdot {right}"
        return rf"{left} \, {right}" if r"\mathrm" in left + right else f"{left} {right}"

    def quotient(self, above: _Piece, below: _Piece) -> _Piece:
        return _Piece(text=rf"\frac{{{above.text}}}{{{below.text}}}", binding=_PRODUCT, tall=True)

    def power(self, base: str, exponent: _Piece, whole: int | None) -> str:
        text = exponent.text
        return f"{base}^{text}" if whole is not None and len(text) == 1 else f"{base}^{{{text}}}"

    def apply(self, function: str, arguments: list[_Piece]) -> _Piece:
        text, tall = ", ".join(argument.text for argument in arguments), any(a.tall for a in arguments)
        if function in ("sqrt", "cbrt"):
            return _Piece(text=rf"\sqrt{'[3]' if function == 'cbrt' else ''}{{{text}}}", binding=_POWER, tall=tall)
        if function in self.fences:
            left, right = self.fences[function]
            # ziamath stretches a bare floor or ceiling to the height of its neighbours.
            return _Piece(text=self.fenced(left, text, right, tall or function in ("floor", "ceil")), tall=tall)
        if function == "exp" and not tall and nesting(text) < 2:
            return _Piece(text=f"e^{{{text}}}", binding=_POWER)
        sign = self.functions.get(function, rf"\operatorname{{{function}}}")
        return _Piece(text=sign + self.fenced("(", text, ")", tall), binding=_POWER, tall=tall)

    def raised(self, function: str, argument: _Piece, power: int) -> str:
        return f"{self.functions[function]}^{{{power}}}{self.bracket(argument)}"

    def choice(self, condition: str, otherwise: str, yes: _Piece, no: _Piece) -> _Piece:
        rows = rf"{yes.text}, & {condition} \\ {no.text}, & {otherwise}"
        return _Piece(text=rf"\begin{{cases}} {rows} \end{{cases}}", binding=_SUM, tall=True)


class _Plain:
    minus = "−"
    relations: Mapping[str, str] = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥", "eq": "=", "ne": "≠"}
    fences: Mapping[str, tuple[str, str]] = {
        "abs": ("|", "|"), "norm": ("‖", "‖"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"),
    }  # fmt: skip
    functions: Mapping[str, str] = {
        "log": "ln",
        "log2": "log₂",
        "log10": "log₁₀",
        "sigmoid": "σ",
        "gamma": "Γ",
        "polygamma": "ψ",
        "gauss": "erf′",
    }

    def name(self, name: str) -> _Piece:
        return _Piece(text=plain_symbol(name))

    def number(self, value: float) -> str:
        return plain_number(value)

    def bracket(self, piece: _Piece) -> str:
        return f"({piece.text})"

    def product(self, left: str, right: str) -> str:
        if left[-1] not in "0123456789)π" or right[0].isdigit() or "/" in left:
            return f"{left}·{right}"
        return f"{left} {right}" if _WORD.match(right) else left + right

    def quotient(self, above: _Piece, below: _Piece) -> _Piece:
        return _Piece(text=f"{_bound(above, _PRODUCT, self)}/{_bound(below, _POWER, self)}", binding=_PRODUCT)

    def power(self, base: str, exponent: _Piece, whole: int | None) -> str:
        if whole is not None:
            return base + superscript(whole)
        single = exponent.binding == _ATOM and exponent.text.isalnum()
        return f"{base}^{exponent.text}" if single else f"{base}^({exponent.text})"

    def apply(self, function: str, arguments: list[_Piece]) -> _Piece:
        text = ", ".join(argument.text for argument in arguments)
        if function in ("sqrt", "cbrt"):
            return _Piece(text=("√" if function == "sqrt" else "∛") + _bound(arguments[0], _ATOM, self), binding=_POWER)
        if function in self.fences:
            left, right = self.fences[function]
            return _Piece(text=left + text + right)
        return _Piece(text=f"{self.functions.get(function, function)}({text})", binding=_POWER)

    def raised(self, function: str, argument: _Piece, power: int) -> str:
        return f"{self.functions.get(function, function)}{superscript(power)}({argument.text})"

    def choice(self, condition: str, otherwise: str, yes: _Piece, no: _Piece) -> _Piece:
        return _Piece(text=f"{{{yes.text} ({condition}), {no.text} ({otherwise})}}")


class _Filled(_Plain):
    """Plain text with a sign of its own for the number of each name, so that it is found again in the line.

    A whole number in an exponent has another one: it is written in raised digits.
    """

    def __init__(self, numbers: Mapping[str, str]) -> None:
        self._numbers = numbers
        self._signs = {name: chr(_FIRST_SIGN + 2 * index) for index, name in enumerate(numbers)}
        self._raised = {sign: chr(ord(sign) + 1) for sign in self._signs.values()}
        self._divided = re.compile(f"([{chr(_FIRST_SIGN)}-{chr(_FIRST_SIGN + 2 * len(numbers) + 1)}])")
        self._parts = {}
        for name, sign in self._signs.items():
            text = numbers[name].removeprefix("−")
            self._parts[sign] = Part(text, name)
            self._parts[self._raised[sign]] = Part(superscript(int(text)) if text.isdecimal() else text, name)

    def parts(self, line: str) -> tuple[Part, ...]:
        """Return the line with the numbers in it."""
        return tuple(self._parts.get(piece, Part(piece)) for piece in self._divided.split(line) if piece)

    def name(self, name: str) -> _Piece:
        text = self._numbers.get(name)
        if text is None:
            return super().name(name)
        binding = _PRODUCT if text[-1] in _RAISED_DIGITS else _ATOM
        return _Piece(text=self._signs[name], binding=binding, negative=text.startswith("−"))

    def power(self, base: str, exponent: _Piece, whole: int | None) -> str:
        sign = exponent.text
        if sign in self._raised and exponent.binding == _ATOM and self._parts[sign].text.isdecimal():
            return base + self._raised[sign]
        return super().power(base, exponent, whole)

    def product(self, left: str, right: str) -> str:
        return f"{left}·{right}"
