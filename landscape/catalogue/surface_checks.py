"""What a surface may be made of: each function returns what it was given in its own form, or says what is allowed."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from landscape.catalogue.formulas import check_columns, names_read
from landscape.catalogue.surface_trees import VARIABLES, gradient_trees, own_parameter_names, surface_tree
from landscape.errors import InputError
from landscape.formula.meanings import misread, without_variables
from landscape.formula.syntax import parse_expression, unknown_name_error
from landscape.formula.tree import Name

Range: TypeAlias = tuple[float, float]
Domain: TypeAlias = tuple[Range, Range]
Data: TypeAlias = tuple[tuple[str, tuple[float, ...]], ...]

THINNEST = 1e-9
"""Width of a domain relative to how far its ends are from 0: below, neighbouring numbers run out."""
WIDTHS = (1e-100, 1e100)
"""Width of a domain: beyond, what drawing multiplies and divides by runs out of numbers, and Qt crashes."""
MAX_ROWS = 10_000
"""Data rows a surface may carry."""


def as_domain(given: Sequence[Sequence[float]]) -> Domain:
    """Return two ranges with finite ends, the smaller first."""
    try:
        (x0, x1), (y0, y1) = ((float(low), float(high)) for low, high in given)
    except (TypeError, ValueError, OverflowError):
        raise InputError("A domain is two ranges ((x0, x1), (y0, y1)), not {given}", given=given) from None
    for low, high in ((x0, x1), (y0, y1)):
        if not (low < high and math.isfinite(high - low)):
            raise InputError(
                "A domain needs two finite ends, the smaller first, not {low} to {high}", low=low, high=high
            )
    return (x0, x1), (y0, y1)


def as_picture(given: Sequence[Sequence[float]]) -> Domain:
    """Return two such ranges that can be drawn, neither too thin nor too wide."""
    domain = as_domain(given)
    for low, high in domain:
        if high - low < max(WIDTHS[0], THINNEST * max(abs(low), abs(high))):
            raise InputError("A domain from {low} to {high} is too thin", low=low, high=high)
        if high - low > WIDTHS[1]:
            raise InputError("A domain from {low} to {high} is too wide", low=low, high=high)
    return domain


def as_degrees(given: float) -> float:
    """Return a finite number of degrees."""
    degrees = _number(given)
    if not math.isfinite(degrees):
        raise InputError("A rotation must be a finite number of degrees, not {given}", given=given)
    return degrees


def as_scaling(given: Sequence[float]) -> tuple[float, float]:
    """Return two finite factors above 0."""
    factors = [_number(factor) for factor in given] if isinstance(given, Sequence) else []
    if len(factors) != 2 or not all(math.isfinite(factor) and factor > 0 for factor in factors):
        raise InputError("A scaling must be two finite numbers above 0, not {given}", given=given)
    return factors[0], factors[1]


def as_data(given: Iterable[tuple[str, Sequence[float]]]) -> Data:
    """Return equally long columns of finite numbers."""
    data = tuple((name, tuple(map(_number, column))) for name, column in given)
    lengths = {len(column) for _, column in data}
    if len(lengths) > 1 or 0 in lengths or max(lengths, default=1) > MAX_ROWS:
        raise InputError("Data columns must be equally long, with 1 to {most} rows", most=MAX_ROWS)
    for name, column in data:
        if name in VARIABLES or not name.isidentifier() or not isinstance(parse_expression(name), Name):
            raise InputError('A data column cannot be called "{name}"', name=name)
        if not all(map(math.isfinite, column)):
            raise InputError('The data column "{name}" has a value that is not a finite number', name=name)
    return data


def check_formula(formula: str, columns: tuple[str, ...], parameters: Collection[str]) -> None:
    """Refuse a formula that cannot be differentiated, misuses its data, or has names that most likely mean something.

    ``parameters`` are those that somebody has given a value, or described.
    """
    error = misread(formula, names_read((surface_tree(formula, False),), ()), (*VARIABLES, *columns), parameters)
    if error is not None:
        raise error
    check_columns(surface_tree(formula, False), columns)
    gradient_trees(formula, False)


def check_typed(formula: str, columns: tuple[str, ...]) -> None:
    """Refuse a formula in which neither x nor y is written: a surface that is flat, most likely by mistake."""
    error = without_variables(formula, own_parameter_names(formula, columns))
    if error is not None:
        raise error


def check_model(model: str, formula: str, columns: tuple[str, ...]) -> None:
    """Refuse a prediction that reads more than the variables, the parameters and the first column."""
    allowed = {*VARIABLES, *columns[:1], *own_parameter_names(formula, columns)}
    for name in names_read((parse_expression(model),), allowed) if model else ():
        raise unknown_name_error(name, model, allowed)


def _number(value: object) -> float:
    """Return ``value`` as a float; NaN where it is none, for the check that follows."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan
