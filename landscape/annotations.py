"""Type annotations held against values: which part of a value does not fit, and what would."""

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, SupportsIndex, TypeVar, Union, get_args, get_origin, get_type_hints

from landscape.errors import InputError, Listing, quoted

Value = TypeVar("Value")


class Misfit(NamedTuple):
    """A value that does not fit an annotation."""

    place: str
    """Where it stands in what was given: ``"domain[1]"``."""
    given: object
    allowed: InputError
    """What would fit there: ``"a whole number"``."""

    @property
    def error(self) -> InputError:
        """The sentence about it."""
        return InputError(
            '"{name}" must be {allowed}, not {given}', name=self.place, allowed=self.allowed, given=quoted(self.given)
        )


def fitting(value: Value) -> Value:
    """Return a dataclass if each of its fields fits its annotation.

    Raises:
        InputError: says which does not.
    """
    found = misfit(type(value), value, "")
    if found is not None:
        raise found.error
    return value


def misfit(hint: Any, given: object, place: str, frozen: bool = False) -> Misfit | None:  # noqa: ANN401
    """Return the first part of ``given`` that does not fit ``hint``; None where all of it does.

    Args:
        hint: An annotation; everything fits one that is not known here.
        given: What was given. For a tuple it may be any sequence of that length, and for an array whatever numbers can
            be read from; numbers are finite.
        place: Where it stands.
        frozen: Whether a tuple must be one: so it is inside of dataclasses, which are compared and hashed.
    """
    origin, parts = get_origin(hint), get_args(hint)
    if hint is Any or isinstance(hint, TypeVar):
        return None
    if _is_array(hint):
        return None if _is_numeric(given) else Misfit(place, given, InputError("numbers"))
    if origin in (Union, UnionType):
        return _of_union(parts, given, place, frozen)
    if origin is Literal:
        fits = isinstance(given, str | int) and given in parts
        return None if fits else Misfit(place, given, InputError("one of {allowed}", allowed=Listing(map(str, parts))))
    if origin is tuple:
        return _of_tuple(parts, given, place, frozen)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_mapping(parts, given, place, frozen)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _of_tuple((parts[0], ...), given, place, False)
    return _of_class(origin or hint, given, place)


def _is_array(hint: Any) -> bool:  # noqa: ANN401
    """Tell whether an annotation is an array of NumPy, or what it makes one of, which is many things."""
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return any((getattr(option, "__module__", None) or "").startswith("numpy") for option in options)


def _is_numeric(given: object) -> bool:
    from numpy import asarray

    try:
        asarray(given, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return False
    # NumPy reads None as NaN.
    return not any(one is None for one in asarray(given, dtype=object).ravel())


def _of_union(parts: Sequence[Any], given: object, place: str, frozen: bool) -> Misfit | None:
    """Return what is wrong by the option that is meant: of several kinds, that none of them fits."""
    options = [part for part in parts if part is not NoneType]
    if given is None and len(options) < len(parts):
        return None
    found = [misfit(option, given, place, frozen) for option in options]
    wrong = [each for each in found if each is not None]
    if len(wrong) < len(found) or not wrong:
        return None
    allowed = wrong[0].allowed
    for each in wrong[1:]:
        allowed = InputError("{one} or {other}", one=allowed, other=each.allowed)
    return wrong[0] if len(wrong) == 1 else Misfit(place, given, allowed)


def _of_tuple(parts: Sequence[Any], given: object, place: str, frozen: bool) -> Misfit | None:
    several = parts[-1:] == (...,)
    values = _values(given, frozen)
    if values is None or not (several or len(values) == len(parts)):
        return Misfit(place, given, _sequence(frozen, None if several else len(parts)))
    hints = [parts[0]] * len(values) if several else parts
    return _first(
        misfit(hint, value, f"{place}[{index}]", frozen)
        for index, (hint, value) in enumerate(zip(hints, values, strict=True))
    )


def _sequence(frozen: bool, count: int | None) -> InputError:
    if count is None:
        return InputError("a tuple") if frozen else InputError("a list")
    return InputError("a tuple of {count}", count=count) if frozen else InputError("a list of {count}", count=count)


def _values(given: object, frozen: bool) -> list[object] | None:
    """Return what is in a tuple, or another sequence where that is as good; None where it is neither."""
    if frozen:
        return list(given) if isinstance(given, tuple) else None
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        return None
    try:
        return list(given)
    except TypeError:  # An array of no dimension
        return None


def _of_mapping(parts: Sequence[Any], given: object, place: str, frozen: bool) -> Misfit | None:
    if not isinstance(given, Mapping):
        return Misfit(place, given, InputError("a table"))
    names, values = parts
    return _first(
        misfit(names, name, place, frozen) or misfit(values, value, f"{place}[{name!r:.40}]", frozen)
        for name, value in given.items()
    )


def _of_class(kind: Any, given: object, place: str) -> Misfit | None:  # noqa: ANN401
    """Return what is wrong with what should be a number, a text, or of a class."""
    if kind in _PLAIN:
        fits, allowed = _PLAIN[kind]
        return None if fits(given) else Misfit(place, given, allowed)
    if not isinstance(kind, type):
        return None
    if not isinstance(given, kind):
        return Misfit(place, given, InputError("a value of the kind {name}", name=kind.__name__))
    if not is_dataclass(kind):
        return None
    hints = types(kind)
    return _first(
        misfit(hints[field.name], getattr(given, field.name), f"{place}.{field.name}".lstrip("."), frozen=True)
        for field in fields(kind)
    )


@cache
def types(kind: type) -> Mapping[str, Any]:
    """Return the annotations of a class; they are found out once, for each time takes a millisecond."""
    return get_type_hints(kind)


def _first(found: Iterable[Misfit | None]) -> Misfit | None:
    return next((each for each in found if each is not None), None)


def _is_whole(given: object) -> bool:
    try:
        operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        return False
    return not isinstance(given, bool)


def _is_finite(given: object) -> bool:
    try:
        return not isinstance(given, str) and math.isfinite(float(given))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return False


_PLAIN: Mapping[Any, tuple[Callable[[object], bool], InputError]] = {
    int: (_is_whole, InputError("a whole number")),
    SupportsIndex: (_is_whole, InputError("a whole number")),
    float: (_is_finite, InputError("a finite number")),
    bool: (lambda given: isinstance(given, bool), InputError("true or false")),
    str: (lambda given: isinstance(given, str), InputError("text")),
    Callable: (callable, InputError("a function")),
}
