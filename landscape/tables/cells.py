"""The cells of a table: what parts them, told over the whole table, and whether its decimals have a comma."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from landscape.errors import InputError

MOST_LINES = 200_000
"""Lines of a table, the empty ones included."""
MOST_COLUMNS = 1000
MOST_CELLS = 2_000_000
LONGEST = 1000
"""Characters of a cell."""
SAMPLED = 2000
"""Lines, from all over the table, by which it is told what parts the cells."""
EVERY = 4096
"""Lines between two words of how far it is."""
BLANKS = " "
SEPARATORS = (",", ";", "\t", BLANKS)
_HINT = re.compile(r"sep=(.)\n")
_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GERMAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_GAPS = " \u00a0\u2009\u202f'\u2019"
"""Blanks, and the marks of Switzerland, between thousands."""
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_GAPS}]\d{{3}})+(?:[.,]\d+)?")
_COMMENT = "#"

Progress = Callable[[float], None]


def unwatched(_part: float) -> None:
    """Tell nobody how far it is."""


class Cells(NamedTuple):
    """A table cut into cells."""

    rows: list[list[str]]
    """All equally long, without space around the cells; what is missing is empty."""
    lines: list[int]
    """The number of the line that each row stands in."""
    separator: str
    comma: bool
    """Whether decimals have a comma."""


def cut(text: str, name: str, separator: str = "", progress: Progress = unwatched) -> Cells:
    """Return the cells of a text, without lines that are empty.

    Args:
        text: All of the file.
        name: Of the file, for the messages.
        separator: One of ``SEPARATORS``; empty: the one that is told from the table.
        progress: Told how far it is, from 0 to 1; what it raises ends the reading.

    Raises:
        InputError: for what is no table; says in which line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hint = _HINT.match(text)
    skipped = 0
    if hint:
        separator, text, skipped = separator or hint[1], text[hint.end() :], 1
    count = text.count("\n") + 1
    if count > MOST_LINES + 2:
        raise _too_many(name)
    lines = text.split("\n")
    comments = _comments(lines)
    separator = separator or separator_of(_sample(lines[comments:]))
    lines[:comments] = [""] * (comments - 1) + [_names_in(lines, comments, separator)] if comments else []
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, row in _rows(lines, separator, name):
        if any(row):
            rows.append(row)
            numbers.append(number + skipped)
            if len(rows) * len(row) > MOST_CELLS:
                raise InputError("{file} has more than {most} cells", file=name, most=MOST_CELLS)
        if number % EVERY == 0:
            progress(number / count)
    if not rows or max(map(len, rows[:SAMPLED])) < 2:
        raise _no_columns(name)
    _even(rows, numbers, name)
    return Cells(rows, numbers, separator, _has_comma(rows, separator))


def number_of(cell: str, comma: bool) -> float:
    """Return the number in a cell.

    Raises:
        ValueError: there is none.
    """
    if "_" in cell:
        raise ValueError(cell)
    cell = _plain(cell)
    if "," not in cell:
        return float(cell)
    if comma:
        return float((cell.replace(".", "") if _GERMAN.fullmatch(cell) else cell).replace(",", "."))
    if _THOUSANDS.fullmatch(cell):
        return float(cell.replace(",", ""))
    raise ValueError(cell)


def _plain(cell: str) -> str:
    """Return a number as programs write it: with a hyphen for its minus, and nothing between its thousands."""
    if cell.isascii() and " " not in cell and "'" not in cell:
        return cell
    plain = cell.replace("\N{MINUS SIGN}", "-")
    return plain.translate(dict.fromkeys(map(ord, _GAPS))) if _GROUPED.fullmatch(plain) else plain


def _comments(lines: Sequence[str]) -> int:
    """Return how many lines in front of the table are empty or begin as a comment, up to the last comment."""
    count = 0
    for number, line in enumerate(lines, 1):
        if line.startswith(_COMMENT):
            count = number
        elif line.strip():
            break
    return count


def _names_in(lines: Sequence[str], comments: int, separator: str) -> str:
    """Return the last comment, if it names the columns of a table that begins with numbers; else nothing."""
    last = lines[comments - 1].lstrip(f"{_COMMENT} ")
    first = next((_split(line, separator) for line in lines[comments:] if line.strip()), [])
    names = len(_split(last, separator)) == len(first) > 1 and all(map(_looks_numeric, first))
    return last if names else ""


def separator_of(lines: Sequence[str]) -> str:
    """Return what parts the cells: it makes most lines equally long, and most cells numbers."""
    return max(SEPARATORS, key=lambda separator: _score(lines, separator))


def _score(lines: Sequence[str], separator: str) -> float:
    rows = [row for line in lines if any(row := _split(line, separator))]
    if not rows:
        return 0.0
    width, equal = Counter(len(_trimmed(row)) for row in rows).most_common(1)[0]
    if not 2 <= width <= MOST_COLUMNS:
        return 0.0
    cells = [cell for row in rows[:SAMPLED] for cell in row[:50] if cell]
    return equal / len(rows) + sum(map(_looks_numeric, cells)) / max(len(cells), 1)


def _split(line: str, separator: str) -> list[str]:
    if separator == BLANKS:
        return line.split()
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end > 1 and not row[end - 1]:
        end -= 1
    return row[:end]


def _looks_numeric(cell: str) -> bool:
    try:
        number_of(cell, True)
    except ValueError:
        return False
    return True


def _sample(lines: Sequence[str]) -> list[str]:
    """Return lines from all over the table, none of them endless."""
    step = max(1, len(lines) // SAMPLED)
    return [line[: 10 * LONGEST] for line in lines[::step] if line.strip()]


def _rows(lines: Sequence[str], separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every line as cells without space around them, with its number; a quoted cell may go over several."""
    if separator == BLANKS:
        for number, line in enumerate(lines, 1):
            yield number, _checked(line.split(maxsplit=MOST_COLUMNS + 1), number, name)
        return
    first = next((line for line in lines if line.strip()), "")
    if first.count(separator) > MOST_COLUMNS:
        raise _no_columns(name)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, _checked([cell.strip() for cell in row], reader.line_num, name)
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(name, reader.line_num) from error
        raise InputError("{file}, line {line}: {problem}", file=name, line=reader.line_num, problem=error) from error


def _checked(row: list[str], number: int, name: str) -> list[str]:
    if len(row) > MOST_COLUMNS:
        raise _no_columns(name)
    if row and max(map(len, row)) > LONGEST:
        raise _too_long(name, number)
    if number > MOST_LINES + 1:
        raise _too_many(name)
    return row


def _even(rows: list[list[str]], numbers: Sequence[int], name: str) -> None:
    """Make all rows as long as most are; cells at the end that are empty may go, what is missing becomes empty."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    width = max(width, len(_trimmed(rows[0])))
    for index, row in enumerate(rows):
        if len(row) < width:
            rows[index] = row + [""] * (width - len(row))
        elif len(row) > width:
            if any(row[width:]):
                raise InputError(
                    "{file}, line {line}: there are {given} cells, and in most lines {wanted}",
                    file=name, line=numbers[index], given=len(row), wanted=width,
                )  # fmt: skip
            rows[index] = row[:width]


def _has_comma(rows: Sequence[Sequence[str]], separator: str) -> bool:
    """Tell whether decimals have a comma, rather than thousands."""
    written = (_plain(cell) for row in rows for cell in row if "," in cell)
    cells = [cell for cell in written if _COMMA.fullmatch(cell) or _GERMAN.fullmatch(cell)]
    return bool(cells) and not (separator == "," and all(map(_THOUSANDS.fullmatch, cells)))


def _too_many(name: str) -> InputError:
    return InputError("{file} has more than {most} lines", file=name, most=MOST_LINES)


def _too_long(name: str, line: int) -> InputError:
    return InputError("{file}, line {line}: a cell has more than {most} characters", file=name, line=line, most=LONGEST)


def _no_columns(name: str) -> InputError:
    return InputError(
        "{file} needs columns parted by commas, semicolons, tabs or blanks: from 2 to {most} of them",
        file=name, most=MOST_COLUMNS,
    )  # fmt: skip
