"""Reads the catalogue's TOML files, the shipped ones and a person's own, and says exactly what is wrong in one.

``assets/catalogue/surfaces.toml``, ``optimizers.toml`` and ``schedules.toml`` are the shipped ones. Files of the same
names in the ``catalogue`` folder of the user's configuration are read by the same code; an entry of theirs that
cannot be used is left out and becomes a problem that can be shown, so that a typing mistake never keeps the program
from starting. Formulas of the shipped files are not parsed here, which keeps starting fast; the tests parse them.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from landscape.catalogue.parameters import Parameter, Scale
from landscape.catalogue.shipped import Shipped, sections
from landscape.errors import InputError, Listing, quoted
from landscape.reading import read, unreadable
from landscape.resources import NOWHERE, asset, user_folder

Entry = TypeVar("Entry")

GROUPS = "groups"
"""The table of a file that is not an entry but holds the titles of groups."""

LARGEST = 1_000_000
"""Bytes of a file: thirty times those of the shipped surfaces."""
MOST_DOTS = 30
"""In a name such as ``parameters.lr``: the time to read one grows with their square."""
_BETWEEN = re.compile(r"[=,{}\[\]\n]")
_HEAD = re.compile(r"""\s*\[\s*["']?([^\]"'.\s]+)""")
MOST_ENTRIES = 300
"""In a person's own file: all of its formulas are parsed when the program starts."""

_SCALES: tuple[str, ...] = get_args(Scale)


@dataclass(frozen=True)
class Shelf(Generic[Entry]):
    """All entries and groups of one kind by id, and what was wrong with those of the user's that had to be left out."""

    entries: Mapping[str, Entry]
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Titles of the groups in the menus, by the id that entries name."""
    problems: tuple[InputError, ...] = ()


class Fields:
    """The fields of one entry, taken out one by one; :meth:`finish` refuses what is left over."""

    def __init__(self, file: str, entry: str, table: Mapping[str, Any]) -> None:
        self.file = file
        self.entry = entry
        self._table = table
        self._asked: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all fields."""
        return iter(self._table)

    def take(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return the raw value of a field, or ``default`` where it is missing; without a default it is required."""
        self._asked.append(name)
        value = self._table.get(name, default)
        if value is None:
            raise InputError(
                '{file}: [{entry}] needs the field "{field}"', file=self.file, entry=self.entry, field=name
            )
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field that must be text."""
        value = self.take(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, value, InputError("text"))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that must be a list of texts; empty where it is missing."""
        value = self.take(name, ())
        if not isinstance(value, (list, tuple)) or not all(map(_is_text, value)):
            raise self._wrong(name, value, InputError("a list of texts"))
        return tuple(value)

    def table_of_texts(self, name: str) -> Mapping[str, str]:
        """Return a field that must be a table of texts; empty where it is missing."""
        value: Mapping[str, str] = self.take(name, {})
        if not isinstance(value, dict) or not all(map(_is_text, value.values())):
            raise self._wrong(name, value, InputError("a table of texts"))
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Return a field that must be ``true`` or ``false``."""
        value = self.take(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, value, InputError("true or false"))
        return value

    def whole(self, name: str, default: int) -> int:
        """Return a field that must be a whole number above 0."""
        value = self.take(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise self._wrong(name, value, InputError("a whole number above 0"))
        return value

    def numbers(self, name: str, length: int) -> tuple[float, ...]:
        """Return a field that must be a list of ``length`` numbers."""
        value = self.take(name)
        if not _is_row(value) or len(value) != length:
            raise self._wrong(name, value, InputError("a list of {length} numbers", length=length))
        return tuple(map(float, value))

    def ranges(self, name: str) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return a field that must be two ranges, ``[[x0, x1], [y0, y1]]``."""
        rows = self.rows(name, 2)
        if len(rows) != 2:
            raise self._wrong(name, self.take(name), InputError("two ranges [[x0, x1], [y0, y1]]"))
        (x0, x1), (y0, y1) = rows
        return (x0, x1), (y0, y1)

    def rows(self, name: str, length: int, default: Sequence[Any] | None = None) -> tuple[tuple[float, ...], ...]:
        """Return a field that must be a list of lists of ``length`` numbers."""
        value = self.take(name, default)
        if not isinstance(value, (list, tuple)) or not all(_is_row(row) and len(row) == length for row in value):
            raise self._wrong(name, value, InputError("a list of lists of {length} numbers", length=length))
        return tuple(tuple(map(float, row)) for row in value)

    def table(self, name: str) -> Mapping[str, float]:
        """Return a field that must be a table of numbers; empty where it is missing."""
        value = self.take(name, {})
        if not isinstance(value, dict) or not all(map(_is_number, value.values())):
            raise self._wrong(name, value, InputError("a table of numbers"))
        return {key: float(number) for key, number in value.items()}

    def columns(self, name: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """Return a field that must be a table of equally long lists of numbers; empty where it is missing."""
        value = self.take(name, {})
        good = isinstance(value, dict) and all(map(_is_row, value.values()))
        if not good or len({len(column) for column in value.values()}) > 1:
            raise self._wrong(name, value, InputError("a table of equally long lists of numbers"))
        return tuple((key, tuple(map(float, column))) for key, column in value.items())

    def titles(self, name: str = "title") -> Mapping[str, str]:
        """Return a field that must be ``{en = "...", zh = "..."}``; the English one is required."""
        value: Mapping[str, str] = self.take(name)
        if not isinstance(value, dict) or not value.get("en") or not all(map(_is_text, value.values())):
            raise self._wrong(name, value, InputError('a table of titles with the English one: en = "..."'))
        return value

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the field ``parameters``, a table of tables, in the order of the file."""
        tables = self.take("parameters", {})
        if not isinstance(tables, dict):
            raise self._wrong("parameters", tables, InputError("a table of tables"))
        return tuple(self._parameter(name, table) for name, table in tables.items())

    def finish(self) -> None:
        """Refuse fields that nothing asked for."""
        for name in self._table:
            if name not in self._asked:
                raise InputError(
                    '{file}: [{entry}] has an unknown field "{field}"; allowed are {allowed}',
                    file=self.file, entry=self.entry, field=name, allowed=Listing(self._asked),
                )  # fmt: skip

    def check(self, name: str, examine: Callable[[], object]) -> None:
        """Run ``examine`` and name this file, entry and field in the error that it raises."""
        try:
            examine()
        except InputError as error:
            raise InputError(
                '{file}: in [{entry}], "{field}" cannot be used: {reason}',
                file=self.file, entry=self.entry, field=name, reason=error,
            ) from error  # fmt: skip

    def _parameter(self, name: str, table: Any) -> Parameter:  # noqa: ANN401
        field = f"parameters.{name}"
        if not isinstance(table, dict) or not {"default", "min", "max"} <= set(table):
            raise self._wrong(field, table, InputError("a table with default, min and max"))
        default, minimum, maximum = numbers = (table["default"], table["min"], table["max"])
        if not _is_row(numbers) or not minimum <= default <= maximum:
            raise self._wrong(field, table, InputError("numbers with min <= default <= max"))
        scale, symbol = table.get("scale", "linear"), table.get("symbol", "")
        if scale not in _SCALES or not isinstance(symbol, str):
            allowed = InputError("a scale out of {scales} and a symbol that is text", scales=Listing(_SCALES))
            raise self._wrong(field, table, allowed)
        unknown = sorted(set(table) - {"default", "min", "max", "scale", "symbol"})
        if unknown:
            raise self._wrong(field, unknown[0], InputError("made of default, min, max, scale and symbol"))
        return Parameter(
            name=name,
            default=float(default),
            minimum=float(minimum),
            maximum=float(maximum),
            scale=scale,
            symbol=symbol,
        )

    def _wrong(self, name: str, value: object, allowed: InputError) -> InputError:
        return InputError(
            '{file}: in [{entry}], "{field}" must be {allowed}, not {given}',
            file=self.file, entry=self.entry, field=name, allowed=allowed, given=quoted(value),
        )  # fmt: skip


def shelf(kind: str, build: Callable[[Fields], Entry], examine: Callable[[Fields, Entry], None]) -> Shelf[Entry]:
    """Read the shipped and the user's entries of one kind.

    Args:
        kind: ``"surfaces"``, ``"optimizers"`` or ``"schedules"``: the name of the files.
        build: Makes an entry of its fields, without parsing formulas.
        examine: Parses what the user's own entry holds; raises InputError.

    A shipped file that is wrong is a defect of the program, and an error once its entry is asked for.
    """
    shipped, groups = _shipped(f"{kind}.toml", build)
    problems: list[InputError] = []
    try:
        own, tables = _own(kind)
    except InputError as error:
        return Shelf(shipped, groups, (error,))
    if not tables:
        return Shelf(shipped, groups)
    entries = dict(shipped)
    lines = _lines_of(own, tables)
    for name, table in tables.items():
        place = f"{own}:{lines[name]}" if name in lines else str(own)
        try:
            if name in entries:
                raise InputError("{file}: [{entry}] is taken by a shipped entry", file=place, entry=name)
            if name == GROUPS:
                groups = {**_groups(place, table), **groups}
                continue
            fields, entry = _entry(place, name, table, build)
            examine(fields, entry)
            entries[name] = entry
        except InputError as error:
            problems.append(error)
    return Shelf(entries, groups, tuple(problems))


def _shipped(
    file: str, build: Callable[[Fields], Entry]
) -> tuple[Mapping[str, Entry], Mapping[str, Mapping[str, str]]]:
    """Return the shipped entries and groups of one kind."""

    def make(name: str, lines: str) -> Entry:
        return _entry(file, name, tomllib.loads(lines)[name], build)[1]

    parts = sections(asset("catalogue", file).read_text(encoding="utf-8"))
    groups = tomllib.loads(parts.pop(GROUPS, "")).get(GROUPS, {})
    return Shipped(parts, make), _groups(file, groups)


def own_place(kind: str) -> Path:
    """Return where a person's own file of a kind is, or would be."""
    folder = user_folder("config")
    if NOWHERE in folder.parents:
        raise InputError("There is no home folder: nothing is kept in it, and no catalogue read from it")
    return folder / "catalogue" / f"{kind}.toml"


def _own(kind: str) -> tuple[Path, Mapping[str, Any]]:
    """Return where a person's own file is, and what is in it; nothing where there is none, nor a place for it."""
    place = own_place(kind)
    try:
        there = place.exists()
    except OSError as error:
        raise unreadable(place.parent, error) from error
    tables = read_tables(place) if there else {}
    if len(tables) > MOST_ENTRIES:
        raise InputError("{file} has more than {most} entries", file=place, most=MOST_ENTRIES)
    return place, tables


def read_tables(path: Path) -> Mapping[str, Any]:
    """Return what is in a person's own file; InputError with the place in it where it is no TOML."""
    try:
        text = read(path, LARGEST).decode("utf-8")
        if any(part.count(".") > MOST_DOTS for part in _BETWEEN.split(text)):
            raise InputError("{file} has a name of more than {most} parts", file=path, most=MOST_DOTS)
        return tomllib.loads(text)
    except InputError:
        raise
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("{file} cannot be read: {reason}", file=path, reason=error) from error
    except ValueError as error:
        too_long = InputError("a whole number has thousands of digits")
        raise InputError("{file} cannot be read: {reason}", file=path, reason=too_long) from error


def _lines_of(path: Path, names: Iterable[str]) -> Mapping[str, int]:
    """Return the line of a file, from 1, in which each entry begins, where it has a head of its own."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        head = _HEAD.match(line)
        if head is not None and head[1] in names:
            found.setdefault(head[1], number)
    return found


def _groups(file: str, table: object) -> Mapping[str, Mapping[str, str]]:
    """Return the titles in the table ``[groups]``: ``mine = {en = "Mine", zh = "我的"}`` for each group."""
    fields = Fields(file, GROUPS, _table(file, GROUPS, table))
    return {name: fields.titles(name) for name in fields}


def _entry(file: str, name: str, table: object, build: Callable[[Fields], Entry]) -> tuple[Fields, Entry]:
    fields = Fields(file, name, _table(file, name, table))
    entry = build(fields)
    fields.finish()
    return fields, entry


def _table(file: str, name: str, table: object) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise InputError("{file}: [{entry}] must be a table, not {given}", file=file, entry=name, given=quoted(table))
    return table


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 1e300


def _is_row(value: object) -> bool:
    return isinstance(value, (list, tuple)) and len(value) > 0 and all(map(_is_number, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)
