"""CSV files with data of a person's own."""

import csv
import math
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from pathlib import Path

from landscape.errors import InputError, quoted
from landscape.network.data.samples import MOST_CLASSES, MOST_INPUTS, MOST_ROWS, Data, check
from landscape.reading import read

_LARGEST = 10_000_000
"""Bytes of a file."""
_MOST_LINES = 10 * MOST_ROWS
"""Lines of a file, the empty ones included."""
_LONGEST = 1000
"""Characters of a cell."""


def read_table(path: Path) -> Data:
    """Return the data in a CSV file: inputs, and in the last column what is to be predicted.

    Cells are parted by commas, semicolons or tabs, whichever the first line has most of. A first line without any
    number names the columns. The last column holds classes where it has words, or at most 10 whole numbers in at
    least twice as many rows; otherwise values to be predicted.

    Raises:
        InputError: for a file that cannot be read or is no table of numbers; says in which line.
    """
    lines = _lines(path)
    first, rows = lines[0][1], lines
    names = (*(f"x{place}" for place in range(1, len(first))), "target")
    if not any(map(_is_number, first)):
        names, rows = _names(first), lines[1:]
    if not 4 <= len(rows) <= MOST_ROWS:
        raise InputError(
            "{file} has {given} rows of data; allowed are {least} to {most}",
            file=path.name, given=len(rows), least=4, most=MOST_ROWS,
        )  # fmt: skip
    inputs = [_numbers(path, line, cells[:-1]) for line, cells in rows]
    targets = [cells[-1] for _, cells in rows]
    kind, column, labels = _targets(path, targets)
    columns = (*zip(*inputs, strict=True), column)
    return check(Data(name=kind, columns=tuple(zip(names, columns, strict=True)), labels=labels))


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return the lines that are not empty, cut into cells, with their numbers."""
    try:
        text = read(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("{file} is not text in UTF-8", file=path.name) from None
    head = text[:_LONGEST].partition("\n")[0]
    rows = csv.reader((line.rstrip("\n") for line in StringIO(text, None)), delimiter=max(",;\t", key=head.count))
    lines: list[tuple[int, list[str]]] = []
    try:
        for cells in rows:
            if rows.line_num > _MOST_LINES:
                raise _too_many(path)
            if any(map(str.strip, cells)):
                lines.append((rows.line_num, [cell.strip() for cell in cells]))
                _check_size(path, lines)
    except csv.Error as error:
        raise InputError("{file}, line {line}: {problem}", file=path.name, line=rows.line_num, problem=error) from error
    if not lines:
        raise _no_columns(path)
    return lines


def _check_size(path: Path, lines: Sequence[tuple[int, list[str]]]) -> None:
    """Refuse what is no table as soon as that is seen: all of it may take long."""
    line, cells = lines[-1]
    if not 2 <= len(lines[0][1]) <= MOST_INPUTS + 1:
        raise _no_columns(path)
    if len(lines) > MOST_ROWS + 1:
        raise _too_many(path)
    if len(cells) != len(lines[0][1]):
        raise InputError(
            "{file}, line {line}: there are {given} cells, and in the first line {wanted}",
            file=path.name, line=line, given=len(cells), wanted=len(lines[0][1]),
        )  # fmt: skip
    if max(map(len, cells)) > _LONGEST:
        raise InputError("{file}, line {line}: a cell has more than {most} characters",
                         file=path.name, line=line, most=_LONGEST)  # fmt: skip


def _too_many(path: Path) -> InputError:
    return InputError("{file} has more than {most} rows of data", file=path.name, most=MOST_ROWS)


def _no_columns(path: Path) -> InputError:
    return InputError(
        "{file} needs columns parted by commas, semicolons or tabs: from 1 to {most} inputs and then the target",
        file=path.name, most=MOST_INPUTS,
    )  # fmt: skip


def _numbers(path: Path, line: int, cells: Sequence[str]) -> tuple[float, ...]:
    with suppress(ValueError):
        numbers = tuple(map(float, cells))
        if all(map(math.isfinite, numbers)):
            return numbers
    wrong = next(cell for cell in cells if not _is_number(cell))
    raise InputError(
        "{file}, line {line}: {given} is not a finite number", file=path.name, line=line, given=quoted(wrong)
    )


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns are called: different names, none empty."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell or f"x{place}"
        names.append(f"{name} {place}" if name in names else name)
    return tuple(names)


def _targets(path: Path, cells: Sequence[str]) -> tuple[str, tuple[float, ...], tuple[str, ...]]:
    """Return the data set's name, the last column, and what its classes are called."""
    numeric = all(map(_is_number, cells))
    if numeric:
        values = tuple(map(float, cells))
        classes = sorted(set(values))
        few = len(classes) <= MOST_CLASSES and 2 * len(classes) <= len(cells)
        if not few or not all(value.is_integer() for value in classes):
            return "measurements", values, ()
        labels = tuple(str(int(value)) for value in classes)
        return "points", tuple(float(classes.index(value)) for value in values), labels
    labels = tuple(sorted(set(cells)))
    if len(labels) > MOST_CLASSES:
        raise InputError(
            "{file} has {given} classes in its last column; allowed are {most}",
            file=path.name, given=len(labels), most=MOST_CLASSES,
        )  # fmt: skip
    return "points", tuple(float(labels.index(cell)) for cell in cells), labels


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
