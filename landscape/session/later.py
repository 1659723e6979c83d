"""Fields of newer minor versions: kept as JSON text by the place where they stood in a file, and written back there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from landscape.errors import InputError

DEEPEST = 50
"""Levels of lists and objects of such a field: what is nested a thousand times could be read, and not be written."""

Unknown: TypeAlias = tuple[str, str, str]
"""The place of the object that has the field, as ``documents.descent.runs[id 2]``; its name; its content as JSON."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """What a file of a newer minor version says beyond what is known here."""

    minor: int = 0
    """The minor version of the file."""
    fields: tuple[Unknown, ...] = ()


def unknown(place: str, name: str, content: object) -> Unknown:
    """Return a field as it is kept; InputError where it is nested too deeply to be written back."""
    import msgspec

    if not _is_flat(content, DEEPEST):
        problem = InputError("it is nested too deeply")
        raise InputError('the field "{field}" must be otherwise: {problem}', field=name, problem=problem)
    return place, name, msgspec.json.encode(content).decode()


def within(place: str, fields: Iterable[Unknown]) -> list[Unknown]:
    """Return fields of something that stands at ``place`` of something larger, by their places in that."""
    return [(inside(place, holder), name, text) for holder, name, text in fields]


def inside(place: str, name: str) -> str:
    """Return the place of what is called ``name`` in the object at ``place``."""
    return f"{place}.{name}" if place and name else place or name


def has_some(place: str, fields: Iterable[Unknown]) -> bool:
    """Tell whether there are fields in the object at ``place``, or deeper."""
    return any(f"{holder}.".startswith((f"{place}.", f"{place}[")) for holder, _, _ in fields)


def restore(found: dict[str, Any], place: str, fields: Iterable[Unknown]) -> dict[str, Any]:
    """Return the object at ``place`` with the fields that stood there beside those that are known."""
    import msgspec

    return {**{name: msgspec.json.decode(text) for holder, name, text in fields if holder == place}, **found}


def _is_flat(content: object, most: int) -> bool:
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return most > 0 and all(_is_flat(part, most - 1) for part in parts)
