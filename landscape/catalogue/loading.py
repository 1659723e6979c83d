"""Reads the catalogue's TOML files, the shipped ones and a person's own, and says exactly what is wrong in one.

``assets/catalogue/surfaces.toml``, ``optimizers.toml`` and ``schedules.toml`` are the shipped ones. Files of the same
names in the ``catalogue`` folder of the user's configuration are read by the same code; an entry of theirs that
cannot be used is left out and becomes a problem that can be shown, so that a typing mistake never keeps the program
from starting. Formulas of the shipped files are not parsed here, which keeps starting fast; the tests parse them.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from landscape.catalogue.parameters import Parameter, Scale
from landscape.errors import InputError
from landscape.resources import asset, user_folder

Entry = TypeVar("Entry")

_SCALES: tuple[str, ...] = get_args(Scale)


@dataclass(frozen=True)
class Shelf(Generic[Entry]):
    """All entries of one kind by id, and what was wrong with those of the user's that had to be left out."""

    entries: Mapping[str, Entry]
    problems: tuple[InputError, ...] = ()


class Fields:
    """The fields of one entry, taken out one by one; :meth:`finish` refuses what is left over."""

    def __init__(self, file: str, entry: str, table: Mapping[str, Any]) -> None:
        self.file = file
        self.entry = entry
        self._table = table
        self._asked: list[str] = []

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
        return value if isinstance(value, str) else self._refuse(name, value, "text")

    def flag(self, name: str, default: bool) -> bool:
        """Return a field that must be ``true`` or ``false``."""
        value = self.take(name, default)
        return value if isinstance(value, bool) else self._refuse(name, value, "true or false")

    def whole(self, name: str, default: int) -> int:
        """Return a field that must be a whole number above 0."""
        value = self.take(name, default)
        good = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return int(value) if good else self._refuse(name, value, "a whole number above 0")

    def numbers(self, name: str, length: int, default: Sequence[float] | None = None) -> tuple[float, ...]:
        """Return a field that must be a list of ``length`` numbers."""
        value = self.take(name, default)
        good = isinstance(value, (list, tuple)) and len(value) == length and all(map(_is_number, value))
        return tuple(map(float, value)) if good else self._refuse(name, value, f"a list of {length} numbers")

    def ranges(self, name: str) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return a field that must be two ranges, ``[[x0, x1], [y0, y1]]``."""
        rows = self.rows(name, 2)
        if len(rows) != 2:
            self._refuse(name, self._table[name], "two ranges [[x0, x1], [y0, y1]]")
        (x0, x1), (y0, y1) = rows
        return (x0, x1), (y0, y1)

    def rows(self, name: str, length: int, default: Sequence[Any] | None = None) -> tuple[tuple[float, ...], ...]:
        """Return a field that must be a list of lists of ``length`` numbers."""
        value = self.take(name, default)
        good = isinstance(value, (list, tuple)) and all(
            isinstance(row, list) and len(row) == length and all(map(_is_number, row)) for row in value
        )
        if not good:
            self._refuse(name, value, f"a list of lists of {length} numbers")
        return tuple(tuple(map(float, row)) for row in value)

    def table(self, name: str) -> Mapping[str, float]:
        """Return a field that must be a table of numbers; empty where it is missing."""
        value = self.take(name, {})
        good = isinstance(value, dict) and all(map(_is_number, value.values()))
        return {key: float(number) for key, number in value.items()} if good else self._refuse(
            name, value, "a table of numbers"
        )  # fmt: skip

    def columns(self, name: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """Return a field that must be a table of equally long lists of numbers; empty where it is missing."""
        value = self.take(name, {})
        good = isinstance(value, dict) and all(
            isinstance(column, list) and column and all(map(_is_number, column)) for column in value.values()
        )
        if not good or len({len(column) for column in value.values()}) > 1:
            self._refuse(name, value, "a table of equally long lists of numbers")
        return tuple((key, tuple(map(float, column))) for key, column in value.items())

    def titles(self) -> Mapping[str, str]:
        """Return the field ``title``: ``{en = "...", zh = "..."}``; the English one is required."""
        value: Mapping[str, str] = self.take("title")
        good = isinstance(value, dict) and value.get("en") and all(isinstance(text, str) for text in value.values())
        return value if good else self._refuse("title", value, '{en = "...", zh = "..."}')

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the field ``parameters``, a table of tables, in the order of the file."""
        tables = self.take("parameters", {})
        if not isinstance(tables, dict):
            self._refuse("parameters", tables, "a table of tables")
        return tuple(self._parameter(name, table) for name, table in tables.items())

    def finish(self) -> None:
        """Refuse fields that nothing asked for."""
        for name in self._table:
            if name not in self._asked:
                raise InputError(
                    '{file}: [{entry}] has an unknown field "{field}"; allowed are {allowed}',
                    file=self.file, entry=self.entry, field=name, allowed=", ".join(self._asked),
                )  # fmt: skip

    def check(self, name: str, examine: Callable[[], object]) -> None:
        """Run ``examine`` and name this file, entry and field in the error that it raises."""
        try:
            examine()
        except InputError as error:
            raise InputError(
                '{file}: in [{entry}], "{field}" cannot be used: {reason}',
                file=self.file, entry=self.entry, field=name, reason=str(error),
            ) from error  # fmt: skip

    def _parameter(self, name: str, table: Any) -> Parameter:  # noqa: ANN401
        field = f"parameters.{name}"
        if not isinstance(table, dict) or not {"default", "min", "max"} <= set(table):
            self._refuse(field, table, "{default = ..., min = ..., max = ...}")
        numbers = (table["default"], table["min"], table["max"])
        scale, symbol = table.get("scale", "linear"), table.get("symbol", "")
        if not all(map(_is_number, numbers)) or not table["min"] <= table["default"] <= table["max"]:
            self._refuse(field, table, "numbers with min <= default <= max")
        if scale not in _SCALES or not isinstance(symbol, str):
            self._refuse(field, table, f"a scale out of {', '.join(_SCALES)} and a symbol that is text")
        unknown = set(table) - {"default", "min", "max", "scale", "symbol"}
        if unknown:
            self._refuse(field, sorted(unknown)[0], "made of default, min, max, scale and symbol")
        default, minimum, maximum = map(float, numbers)
        return Parameter(
            name=name, default=default, minimum=minimum, maximum=maximum, scale=scale, symbol=symbol
        )  # fmt: skip

    def _refuse(self, name: str, value: object, allowed: str) -> Any:  # noqa: ANN401
        raise InputError(
            '{file}: in [{entry}], "{field}" must be {allowed}, not {given}',
            file=self.file, entry=self.entry, field=name, allowed=allowed, given=_short(value),
        )  # fmt: skip


def shelf(kind: str, build: Callable[[Fields], Entry], examine: Callable[[Fields, Entry], None]) -> Shelf[Entry]:
    """Read the shipped and the user's entries of one kind.

    Args:
        kind: ``"surfaces"``, ``"optimizers"`` or ``"schedules"``: the name of the files.
        build: Makes an entry of its fields, without parsing formulas.
        examine: Parses what the user's own entry holds; raises InputError.

    Raises:
        InputError: where a shipped file is wrong, which is a defect of the program.
    """
    entries = {}
    for name, table in _read(asset("catalogue", f"{kind}.toml")).items():
        entries[name] = _entry(Fields(f"{kind}.toml", name, table), build)
    own = user_folder("config") / "catalogue" / f"{kind}.toml"
    if not own.is_file():
        return Shelf(entries)
    problems: list[InputError] = []
    try:
        tables = _read(own)
    except InputError as error:
        return Shelf(entries, (error,))
    for name, table in tables.items():
        try:
            if name in entries:
                raise InputError("{file}: [{entry}] is taken by a shipped entry", file=str(own), entry=name)
            fields = Fields(str(own), name, table)
            entry = _entry(fields, build)
            examine(fields, entry)
            entries[name] = entry
        except InputError as error:
            problems.append(error)
    return Shelf(entries, tuple(problems))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError("{file} cannot be read: {reason}", file=str(path), reason=str(error)) from error


def _entry(fields: Fields, build: Callable[[Fields], Entry]) -> Entry:
    if not isinstance(fields._table, dict):
        fields._refuse("entry", fields._table, "a table")
    entry = build(fields)
    fields.finish()
    return entry


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < float("inf")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
