"""Matrices and vectors of a rule that moves x and y together: names that belong together, written as one.

``hxx``, ``hxy`` and ``hyy`` are a matrix, ``gx`` and ``gy`` a vector; nothing is declared for it.
"""

from collections.abc import Callable, Mapping, Sequence

from landscape.formula.lines import Line, Numbers
from landscape.formula.symbols import plain_symbol
from landscape.scene.formula_lines import ShownMatrix
from landscape.scene.line_numbers import DIGITS, HIDDEN, Hidden, number_at, written

MATRIX, VECTOR = ("xx", "xy", "yy"), ("x", "y")
SYMBOLS = {"h": "H", "g": "∇f"}
"""Of those that have a sign of their own."""


def given_matrices(lines: Sequence[Line]) -> tuple[ShownMatrix, ...]:
    """Return what the rule is given and reads: the Hessian and the gradient."""
    assigned = {line.name for line in lines}
    read: dict[str, Numbers] = {}
    for line in lines:
        read |= {name: numbers for name, numbers in line.numbers.items() if name not in read}
    known = {name: numbers for name, numbers in read.items() if name not in assigned}
    return _found(("h", "g"), known, lambda _name, _coordinate: False)


def matrices_after(lines: Sequence[Line], index: int, hidden: Hidden) -> tuple[ShownMatrix, ...]:
    """Return what line ``index`` completes: it is the last one that assigns an entry of it."""
    stem = _stem(lines[index].name)
    if not stem or _stem(next((line.name for line in lines[index + 1 :] if _stem(line.name) == stem), "")):
        return ()
    known = {line.name: line.result for line in lines[: index + 1]}
    return _found((stem,), known, hidden)


def _stem(name: str) -> str:
    """Return what the names of one matrix begin with; empty for a name that is none of a matrix."""
    for ending in MATRIX:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return ""


def _found(stems: Sequence[str], known: Mapping[str, Numbers], hidden: Hidden) -> tuple[ShownMatrix, ...]:
    def entry(stem: str) -> Callable[[str], str]:
        def text(ending: str) -> str:
            name = stem + ending
            return HIDDEN if hidden(name, -1) else written(number_at(known[name], 0), DIGITS)

        return text

    made = []
    for stem in stems:
        symbol = SYMBOLS.get(stem) or plain_symbol(stem.rstrip("_")).upper()
        if all(stem + ending in known for ending in MATRIX):
            xx, xy, yy = map(entry(stem), MATRIX)
            made.append(ShownMatrix(symbol=symbol, rows=((xx, xy), (xy, yy))))
        elif all(stem + ending in known for ending in VECTOR):
            x, y = map(entry(stem), VECTOR)
            made.append(ShownMatrix(symbol=symbol, rows=((x,), (y,))))
    return tuple(made)
