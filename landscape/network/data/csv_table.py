"""Tables (CSV) with data of a person's own: which columns a network is given, and which it is to predict."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from landscape.errors import InputError
from landscape.network.data.samples import MOST_CLASSES, MOST_INPUTS, MOST_OWN_ROWS, Data, check
from landscape.tables.cells import Progress, unwatched
from landscape.tables.table import Table, classes, numbers, read_table, taken, usual_kind

LEAST = 4
"""Rows of data."""
Kind: TypeAlias = Literal["classes", "values"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is taken of a table."""

    inputs: tuple[int, ...]
    """Places of columns."""
    target: int
    kind: Kind
    """Whether the target holds classes, or values to be predicted."""
    leave_out: bool = False
    """Whether rows with a missing cell are left out; else one is a mistake."""


def read_data(path: Path, progress: Progress = unwatched) -> Data:
    """Return the data in a file, as they are most likely meant: inputs, and in the last column what is to be predicted.

    Raises:
        InputError: for a file that cannot be read, or is no table of numbers; says in which line.
    """
    table = read_table(path, progress=progress)
    return data_of(table, usual_choice(table))


def usual_choice(table: Table) -> Choice:
    """Return what is most likely meant: the last column is the target, and all others with numbers are inputs.

    Where no other has, all are: the message then says which cell is no number.
    """
    if len(table.columns) < 2:
        raise _no_columns(table)
    target = len(table.columns) - 1
    numeric = tuple(place for place in range(target) if table.columns[place].numbers is not None)
    kind: Kind = "classes" if usual_kind(table, target, MOST_CLASSES) == "classes" else "values"
    return Choice(inputs=(numeric or tuple(range(target)))[:MOST_INPUTS], target=target, kind=kind)


def data_of(table: Table, choice: Choice) -> Data:
    """Return the data that are chosen of a table.

    Raises:
        InputError: for cells that are missing or no numbers, and for too many rows, inputs or classes.
    """
    if not 1 <= len(choice.inputs) <= MOST_INPUTS or choice.target in choice.inputs:
        raise _no_columns(table)
    rows = taken(table, (*choice.inputs, choice.target), choice.leave_out)
    if not LEAST <= len(rows) <= MOST_OWN_ROWS:
        raise InputError(
            "{file} has {given} rows of data; allowed are {least} to {most}",
            file=table.file, given=len(rows), least=LEAST, most=MOST_OWN_ROWS,
        )  # fmt: skip
    inputs = [(table.columns[place].name, tuple(numbers(table, place, rows).tolist())) for place in choice.inputs]
    name = table.columns[choice.target].name
    if choice.kind == "values":
        target = tuple(numbers(table, choice.target, rows).tolist())
        return check(Data(name="measurements", columns=(*inputs, (name, target))))
    labels, found = classes(table, choice.target, rows, MOST_CLASSES)
    column = (name, tuple(map(float, found.tolist())))
    return check(Data(name="points", columns=(*inputs, column), labels=labels))


def _no_columns(table: Table) -> InputError:
    return InputError(
        "{file} needs columns: from 1 to {most} inputs, and another one as the target",
        file=table.file,
        most=MOST_INPUTS,
    )
