"""A table of a person's own as columns: which hold numbers, which words, what is missing, and what is taken of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError, Listing, quoted
from landscape.reading import read
from landscape.tables.cells import Cells, Progress, cut, number_of, unwatched
from landscape.tables.text import decoded

LARGEST = 50_000_000
"""Bytes of a file."""
MISSING = frozenset(("", "na", "n/a", "nan", "null", "#n/a", "?"))
"""What stands for a missing cell, in small letters."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column."""

    name: str
    numbers: NDArray[np.float64] | None
    """(rows,), NaN where a cell is missing; None: it has words."""
    cells: tuple[str, ...]
    """(rows,), as they stand in the file."""
    missing: NDArray[np.bool_]
    """(rows,): which cells are."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """All columns, but for empty ones."""

    file: str
    columns: tuple[Column, ...]
    lines: tuple[int, ...]
    """(rows,): the number of the line that each row stands in."""
    header: bool
    """Whether the first line names the columns."""
    separator: str
    comma: bool
    """Whether decimals have a comma."""
    encoding: str
    empty: int
    """How many columns were left out because nothing is in them."""

    @property
    def rows(self) -> int:
        """How many rows there are, without the names."""
        return len(self.lines)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is read; what is empty or None is told from the file."""

    encoding: str = ""
    separator: str = ""
    header: bool | None = None


def read_table(path: Path, how: Reading = Reading(), progress: Progress = unwatched) -> Table:
    """Return the table in a file.

    Cells are parted by commas, semicolons, tabs or blanks, decimals have a point or a comma, and the text is in UTF-8,
    UTF-16, GBK or Latin-1: all of it is told from the file. The first line names the columns where it has no numbers,
    or a word above numbers. A column with nothing in it is left out.

    Args:
        path: The file, of at most ``LARGEST`` bytes.
        how: What is known better.
        progress: Told how far it is, from 0 to 1; what it raises ends the reading.

    Raises:
        InputError: for a file that cannot be read or is no table; says in which line.
    """
    content = read(path, LARGEST)
    text, encoding = decoded(content, path.name, how.encoding)
    found = cut(text, path.name, how.separator, lambda part: progress(0.7 * part))
    header = _names_columns(found) if how.header is None else how.header
    names, rows = (found.rows[0], found.rows[1:]) if header else ([""] * len(found.rows[0]), found.rows)
    columns = []
    by_column: list[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(names)
    for place, (name, cells) in enumerate(zip(_names(names), by_column, strict=True)):
        progress(0.7 + 0.3 * place / len(names))
        if any(cells):
            columns.append(_column(name, tuple(cells), found.comma))
    return Table(
        file=path.name,
        columns=tuple(columns),
        lines=tuple(found.lines[header:]),
        header=header,
        separator=found.separator,
        comma=found.comma,
        encoding=encoding,
        empty=len(names) - len(columns),
    )


def taken(table: Table, places: Sequence[int], leave_out: bool) -> NDArray[np.intp]:
    """Return the rows in which no cell of the columns at ``places`` is missing.

    Raises:
        InputError: where one is missing and rows are not to be left out; says in which line and column.
    """
    lacking = np.zeros(table.rows, dtype=bool)
    for place in places:
        lacking |= table.columns[place].missing
    if lacking.any() and not leave_out:
        row = int(np.argmax(lacking))
        column = next(table.columns[place] for place in places if table.columns[place].missing[row])
        raise InputError(
            '{file}, line {line}: the cell of column "{column}" is empty; such rows ({count}) can be left out',
            file=table.file, line=table.lines[row], column=column.name, count=int(lacking.sum()),
        )  # fmt: skip
    return np.flatnonzero(~lacking)


def numbers(table: Table, place: int, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the numbers of a column in some rows.

    Raises:
        InputError: for a cell that is no finite number; says in which line.
    """
    column = table.columns[place]
    if column.numbers is not None:
        return column.numbers[rows]
    row = next((row for row in rows.tolist() if not _is_number(column.cells[row], table.comma)), None)
    if row is None:
        return np.array([number_of(column.cells[row], table.comma) for row in rows.tolist()])
    raise InputError(
        "{file}, line {line}: {given} is not a finite number",
        file=table.file, line=table.lines[row], given=quoted(column.cells[row]),
    )  # fmt: skip


def classes(table: Table, place: int, rows: NDArray[np.intp], most: int) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return what the classes of a column are called, sorted, and that of each row.

    Raises:
        InputError: for more than ``most`` classes.
    """
    column = table.columns[place]
    if column.numbers is not None:
        values, found = np.unique(column.numbers[rows], return_inverse=True)
        names = tuple(f"{value:.15g}" for value in values.tolist())
    else:
        words, found = np.unique(np.array([column.cells[row] for row in rows.tolist()], dtype=str), return_inverse=True)
        names = tuple(map(str, words.tolist()))
    if len(names) > most:
        raise InputError(
            "{file} has {given} classes in its column {column}; allowed are {most}",
            file=table.file, given=len(names), column=Listing((column.name,)), most=most,
        )  # fmt: skip
    return names, found.astype(np.int64)


def usual_kind(table: Table, place: int, most: int) -> str:
    """Return ``"classes"`` for words, and for few whole numbers in at least twice as many rows; else ``"values"``."""
    column = table.columns[place]
    if column.numbers is None:
        return "classes"
    values = np.unique(column.numbers[~column.missing])
    few = len(values) <= most and 2 * len(values) <= int((~column.missing).sum())
    return "classes" if few and bool((values == np.round(values)).all()) else "values"


def _column(name: str, cells: tuple[str, ...], comma: bool) -> Column:
    missing = np.fromiter((cell.lower() in MISSING for cell in cells), dtype=bool, count=len(cells))
    try:
        found = np.array(
            [np.nan if lacks else number_of(cell, comma) for cell, lacks in zip(cells, missing.tolist(), strict=True)]
        )
    except ValueError:
        return Column(name=name, numbers=None, cells=cells, missing=missing)
    finite = bool(np.isfinite(found[~missing]).all()) and not bool(missing.all())
    return Column(name=name, numbers=found if finite else None, cells=cells, missing=missing)


def _names_columns(found: Cells) -> bool:
    """Tell whether the first line names the columns: a word above numbers, or no number where others are below."""
    first, rest = found.rows[0], found.rows[1:1001]
    if not rest:
        return not any(_is_number(cell, found.comma) for cell in first)
    for place, cell in enumerate(first):
        below = [row[place] for row in rest if row[place].lower() not in MISSING]
        is_word = cell.lower() not in MISSING and not _is_number(cell, found.comma)
        if is_word and below and all(_is_number(each, found.comma) for each in below):
            return True
    return False


def _names(cells: Sequence[str]) -> list[str]:
    """Return what the columns are called: different names, none empty."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell or f"x{place}"
        names.append(f"{name} {place}" if name in names else name)
    return names


def _is_number(cell: str, comma: bool) -> bool:
    try:
        return bool(np.isfinite(number_of(cell, comma)))
    except ValueError:
        return False
