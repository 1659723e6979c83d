"""What did not change keeps its identity, so that it is not drawn anew."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np

Layer = TypeVar("Layer")

SMALL = 256
"""Arrays of up to so many numbers are compared by what is in them, larger ones by identity."""

PLAIN = frozenset((str, float, int, bool))


def kept(old: Layer | None, new: Layer) -> Layer:
    """Return ``old`` where it is the same as ``new`` in every field, else ``new``."""
    return old if old is not None and _same(old, new) else new


def _same(old: object, new: object) -> bool:
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    if type(old) in PLAIN:
        return old == new
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return old.size <= SMALL and np.array_equal(old, new, equal_nan=True)
    if isinstance(old, (tuple, list)) and isinstance(new, (tuple, list)):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(each, new[name]) for name, each in old.items())
    if is_dataclass(old):
        return all(_same(getattr(old, name), getattr(new, name)) for name in _names(old.__class__))
    return old == new


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(field.name for field in fields(kind))
