"""Surfaces of a person's own data: how far a model is from the points of a table, by its two parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from landscape.catalogue.formulas import names_read
from landscape.catalogue.parameters import bind
from landscape.catalogue.surface_checks import MAX_ROWS, Data, Domain
from landscape.catalogue.surfaces import Surface, check, parameters_of, surface_entries
from landscape.errors import InputError
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import REDUCTIONS, Call, walk
from landscape.session.descent import edits
from landscape.session.edits import edit_document, open_workspace
from landscape.session.session import Session
from landscape.tables.table import Table, classes, numbers, read_table, taken

LEAST = 2
"""Rows of data."""
INPUT, TARGET = "u", "v"
"""What the columns are called in formulas."""
MODELS: Mapping[str, str] = {
    "line": "x*u + y",
    "parabola": "x*u**2 + y*u",
    "exponential": "y*exp(x*u)",
    "power": "y*abs(u)**x",
    "sigmoid": "sigmoid(x*u + y)",
    "tanh": "y*tanh(x*u)",
    "sine": "y*sin(x*u)",
}
LOGISTIC = "sigmoid"
"""The model that is fitted to classes, by their cross-entropy."""
_LOOKS = 7
_SPAN = 41
"""Points on each side of the lattice on which a first guess is looked for."""


def data_of(table: Table, input: int, target: int, leave_out: bool = False, standardize: bool = False) -> Data:
    """Return the columns of a table that a surface is made of; of more than ``MAX_ROWS`` rows, evenly spread ones.

    Two words are taken for 0 and 1. With ``standardize``, the input loses its mean and is divided by its standard
    deviation, which makes ravines round.

    Raises:
        InputError: for cells that are missing or no numbers, and for too few rows.
    """
    rows = taken(table, (input, target), leave_out)
    if len(rows) < LEAST:
        raise InputError(
            "{file} has {given} rows of data; at least {least} are needed",
            file=table.file, given=len(rows), least=LEAST,
        )  # fmt: skip
    rows = rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), MAX_ROWS)).astype(np.intp))]
    found = numbers(table, input, rows)
    if standardize:
        found = (found - found.mean()) / (found.std() or 1.0)
    if table.columns[target].numbers is None and len({table.columns[target].cells[row] for row in rows.tolist()}) == 2:
        wanted = classes(table, target, rows, 2)[1].astype(np.float64)
    else:
        wanted = numbers(table, target, rows)
    return ((INPUT, tuple(found.tolist())), (TARGET, tuple(wanted.tolist())))


def surface_of(data: Data, formula: str, values: Mapping[str, float] | None = None) -> Surface:
    """Return the surface of a model on data, around where it fits well.

    Args:
        data: The columns ``u`` and ``v``.
        formula: What the model predicts of ``u``, with the parameters ``x`` and ``y``; or a whole loss, of ``mean`` or
            ``sum`` over ``u`` and ``v``. The name of one of ``MODELS`` stands for its formula.
        values: Values of the formula's parameters; those that are not given are 1.

    Raises:
        InputError: for a formula that cannot be used, and for a parameter that it does not have.
    """
    model = MODELS.get(formula.strip(), formula.strip())
    entry = surface_entries().get(model)
    if entry is not None and entry.surface.columns == (INPUT, TARGET):
        return _around(_valued(replace(entry.surface, data=data, entry=""), values))
    tree = parse_expression(model)
    if any(isinstance(node, Call) and node.function in REDUCTIONS for node in walk((tree,))):
        made = Surface(formula=model, data=data)
    else:
        _check_reads(model)
        made = Surface(formula=_loss(model, data[-1][1]), data=data, model=model)
    return _around(_valued(made, values))


def _valued(made: Surface, values: Mapping[str, float] | None) -> Surface:
    """Return a surface that can be used, with all of its parameters at their values."""
    given = check(replace(made, values=tuple((dict(made.values) | dict(values or {})).items())))
    return replace(given, values=bind(parameters_of(given), dict(given.values), given.model or given.formula))


def surface_of_file(
    path: Path, formula: str, domain: Domain | None = None, values: Mapping[str, float] | None = None
) -> Surface:
    """Return the surface of a model on the first and the last column of a table with numbers."""
    table = read_table(path)
    found = surface_of(data_of(table, *usual_columns(table)), formula, values)
    return found if domain is None else check(replace(found, domain=domain))


def usual_columns(table: Table) -> tuple[int, int]:
    """Return which column is most likely the input, and which the target: the first and the last with numbers."""
    if len(table.columns) < 2:
        raise InputError("{file} needs two columns: an input and a target", file=table.file)
    numeric = [place for place, column in enumerate(table.columns) if column.numbers is not None]
    if len(numeric) > 1:
        return numeric[0], numeric[-1]
    target = len(table.columns) - 1
    return (numeric[0] if numeric and numeric[0] != target else 0), target


def _check_reads(model: str) -> None:
    read = names_read((parse_expression(model),), ())
    if INPUT not in read:
        raise InputError('The model must read "{name}", the input', name=INPUT)


def _loss(model: str, target: Sequence[float]) -> str:
    """Return the mean squared error; of the sigmoid on classes, the cross-entropy."""
    if model == MODELS[LOGISTIC] and set(target) <= {0.0, 1.0}:
        return f"mean(softplus(x*{INPUT} + y) - {TARGET}*(x*{INPUT} + y))"
    return f"mean(({model} - {TARGET})**2)"


def _around(made: Surface) -> Surface:
    """Return the surface with a domain around its lowest point, as far as looking at a lattice tells it."""
    u, v = made.data_array[0], made.data_array[-1]
    across, up = _reach(1.0, float(u.std()) or 1.0), _reach(max(float(np.abs(v).max()), 1e-9), 1.0)
    centre = np.zeros(2)
    for _ in range(_LOOKS):
        x, y = centre[0] + across * np.linspace(-1, 1, _SPAN), centre[1] + up * np.linspace(-1, 1, _SPAN)
        values = made.value(*np.meshgrid(x, y))
        if not np.isfinite(values).any():
            break
        row, column = np.unravel_index(int(np.nanargmin(np.where(np.isfinite(values), values, np.nan))), values.shape)
        moved = np.array((x[column], y[row]))
        edge = column in (0, _SPAN - 1) or row in (0, _SPAN - 1)
        centre, across, up = moved, across * (2.0 if edge else 0.7), up * (2.0 if edge else 0.7)
    across, up = max(across, abs(centre[0])), max(up, abs(centre[1]))
    (left, right), (low, high) = _short(centre[0], across), _short(centre[1], up)
    return check(replace(made, domain=((left, right), (low, high))))


def _reach(of: float, per: float) -> float:
    return 4.0 * of / per


def _short(centre: float, half: float) -> tuple[float, float]:
    """Return a range around ``centre`` with ends that are short numbers."""
    digit = 10.0 ** np.floor(np.log10(half))
    low, high = np.floor((centre - half) / digit) * digit, np.ceil((centre + half) / digit) * digit
    return float(f"{low:.12g}"), float(f"{high:.12g}")


def session_on_file(session: Session, path: Path, model: str, values: Mapping[str, float] | None = None) -> Session:
    """Return ``session`` with the loss of a model on the table in a file in place of its surface, and in front."""
    surface = surface_of_file(path, model, values=values)
    return edit_document(open_workspace(session, "descent"), "descent", edits.choose_surface, surface)
