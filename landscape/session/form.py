"""How frozen values stand in a file: the fields of a dataclass, their types, and nothing that is its default.

Fields and types are those of the dataclass alone, so that a field is written down once. ``((name, value), ...)``
becomes an object with these names. Imports msgspec; only :mod:`landscape.session.files` uses this module.
"""

from collections.abc import Iterable, Mapping, MutableSequence
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin

import msgspec

from landscape.annotations import types
from landscape.errors import InputError, nearest
from landscape.session.later import Unknown, has_some, inside, restore, unknown

Value = TypeVar("Value")


NAMES = ("id", "step")
"""Fields that tell the dataclasses in a list apart, whatever is added, removed or moved."""
Kept: TypeAlias = MutableSequence[Unknown]


def written(value: Any, later: Iterable[Unknown] = (), place: str = "") -> Any:  # noqa: ANN401
    """Return a value as objects, lists, texts and numbers; of a dataclass the fields that are not their default.

    The fields of a newer version are written back where they stood, as far as that is still there.
    """
    if is_dataclass(value) and not isinstance(value, type):
        hints, found = types(type(value)), {}
        for field in fields(value):
            content, at = getattr(value, field.name), inside(place, field.name)
            if content != _default(field) or (content is not None and has_some(at, later)):
                found[field.name] = dict(content) if _is_named(hints[field.name]) else written(content, later, at)
        return restore(found, place, later)
    if isinstance(value, (tuple, list)):
        return [written(each, later, f"{place}[{_name(each, index)}]") for index, each in enumerate(value)]
    return value


def read(kind: type[Value], given: object, place: str = "", kept: Kept | None = None) -> Value:
    """Return the value of a type that was written.

    Args:
        kind: A frozen dataclass.
        given: What stands in the file.
        place: Where that is, for the errors: ``"runs[1]"``.
        kept: Takes the fields that are not known; None: these are errors.

    Raises:
        InputError: A field is missing, unknown or of another type; it is named.
    """
    if not isinstance(given, Mapping):
        raise InputError('the field "{field}" must be an object', field=place)
    hints, known, values = types(kind), {field.name: field for field in fields(kind)}, {}  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            if kept is None:
                raise _unknown(name, known, place)
            kept.append(unknown(place, name, given[name]))
    for name, field in known.items():
        if name in given:
            values[name] = _content(hints[name], given[name], inside(place, name), kept)
        elif _default(field) is MISSING:
            raise InputError('the field "{field}" is missing', field=inside(place, name))
    return kind(**values)


def _content(hint: Any, given: Any, place: str, kept: Kept | None) -> Any:  # noqa: ANN401
    """Return what stands in one field, of the type that the field has."""
    options = (
        [each for each in get_args(hint) if each is not NoneType] if get_origin(hint) in (Union, UnionType) else []
    )
    if len(options) == 1:
        return None if given is None else _content(options[0], given, place, kept)
    if is_dataclass(hint):
        return read(hint, given, place, kept)  # type: ignore[arg-type]
    if _is_named(hint) and isinstance(given, Mapping):
        given = list(given.items())
    parts = get_args(hint)
    if get_origin(hint) is tuple and any(map(is_dataclass, parts)):
        return _several(parts, given, place, kept)
    try:
        return msgspec.convert(given, hint)
    except msgspec.ValidationError as error:
        raise InputError('the field "{field}" must be otherwise: {problem}', field=place, problem=error) from error


def _several(parts: tuple[Any, ...], given: Any, place: str, kept: Kept | None) -> tuple[Any, ...]:  # noqa: ANN401
    """Return dataclasses that stand in a list: any number of one kind, or one of each."""
    kinds = [parts[0]] * len(given) if isinstance(given, list) and parts[-1] is ... else list(parts)
    if not isinstance(given, list) or len(given) != len(kinds):
        raise InputError('the field "{field}" must be a list of {count}', field=place, count=len(kinds))
    pairs = enumerate(zip(kinds, given, strict=True))
    return tuple(_one(kind, each, place, index, kept) for index, (kind, each) in pairs)


def _one(kind: Any, given: Any, place: str, index: int, kept: Kept | None) -> Any:  # noqa: ANN401
    """Return one of the dataclasses in a list, and keep what is unknown in it by its name in place of its index."""
    at, own = f"{place}[{index}]", None if kept is None else list[Unknown]()
    value = _content(kind, given, at, own)
    for holder, name, text in own or ():
        kept.append((f"{place}[{_name(value, index)}]{holder.removeprefix(at)}", name, text))  # type: ignore[union-attr]
    return value


def _name(value: object, index: int) -> str:
    """Return what one of the values in a list is called in a place."""
    return next((f"{name} {getattr(value, name)}" for name in NAMES if hasattr(value, name)), str(index))


def _unknown(name: str, known: Iterable[str], place: str) -> InputError:
    near, field = nearest(name, known), inside(place, name)
    if near:
        return InputError('a session has no field "{field}"; did you mean "{near}"?', field=field, near=near)
    return InputError('a session has no field "{field}"', field=field)


def _is_named(hint: Any) -> bool:  # noqa: ANN401
    """Tell whether values of this type are pairs of a name and something."""
    parts = get_args(hint)
    pair = get_args(parts[0]) if get_origin(hint) is tuple and parts[-1] is ... else ()
    return len(pair) == 2 and pair[0] is str


def _default(field: "Field[Any]") -> Any:  # noqa: ANN401
    return field.default_factory() if field.default_factory is not MISSING else field.default
