"""Mutations of texts, bytes and trees of values."""

import random
from copy import deepcopy
from typing import Any

NUMBERS = [
    "0", "-0.0", "1", "-1", "2", "3.5", "1e-320", "5e-324", "1e-300", "1e300", "1.7976931348623157e308", "6e307",
    "-1e308", "1e999", "0.1", "1e16", "4294967296", "9223372036854775808", "123456789012345678901234567890", "9" * 39,
    "9" * 5000,
]  # fmt: skip
TEXTS = [
    "x", "x**2+y**2", "x**2/1e308+y**2", "lr", "null", "1/0", "x**x**y", "NaN", "himmelblau", "adam", "cosine", "{",
    "../../x", "where(x<y,1/(x-x),2)", "", " ", "theta = theta - lr*g", "a" * 3000, "\x00", "\ud800", "\u202e", "🙂",
    "x\ny", "é\u0301",
]  # fmt: skip
EXTREMES: list[Any] = [
    None, True, False, 0, 1, -1, 2, 7, 63, 64, 100_000, 10**9, 10**11, 2**31, 2**32, 2**63, 2**64, 10**30, 10**400,
    0.5, -0.5, 1e-320, 1e-12, 1e300, -1e300, 1e308, 1.7e308, [], {}, [[]], [1], [1, 2], [[0, 1], [0, 1]],
    [[-1e300, 1e300], [0, 1]], {"a": 1}, {"en": "x"}, *TEXTS,
]  # fmt: skip
_BITS = [*"()[]{},:;\"'\\\n\r\t=.e-#\x00\ufeffé", "\ud800"]


def mutated_text(source: random.Random, text: str, bits: list[str] = _BITS) -> str:
    """Return a text with some of it cut out, doubled, moved, or replaced."""
    for _ in range(source.choice([1, 1, 1, 1, 2, 5])):
        first, last = sorted(source.randrange(len(text) + 1) for _ in range(2))
        last = min(last, first + source.choice([0, 1, 3, 10, 100]))
        piece = text[first:last]
        change = source.randrange(6)
        if change == 0:
            piece = ""
        elif change == 1:
            piece = piece * source.choice([2, 3, 50])
        elif change == 2:
            piece = piece[::-1]
        elif change == 3:
            piece = source.choice(NUMBERS)
        else:
            piece = source.choice(bits) * source.choice([1, 1, 1, 2, 70])
        text = text[:first] + piece + text[last:]
        if len(text) > 100_000:
            break
    return text


def mutated_bytes(source: random.Random, content: bytes) -> bytes:
    """Return bytes of which some are others, missing or more."""
    changed = bytearray(content)
    for _ in range(source.choice([1, 1, 2, 5])):
        at = source.randrange(len(changed) + 1)
        changed[at : at + source.choice([0, 1, 1, 4])] = source.randbytes(source.choice([0, 1, 1, 3]))
    return bytes(changed)


def mutated_tree(source: random.Random, tree: Any) -> Any:
    """Return a tree of dictionaries and lists in which some values are others, missing, doubled or elsewhere."""
    for _ in range(source.choice([1, 1, 1, 2, 4])):
        places = list(_places(tree))
        if not places:
            return source.choice(EXTREMES)
        holder, key = source.choice(places)
        _change(source, holder, key, places)
    return tree


def _change(source: random.Random, holder: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    value, change = holder[key], source.randrange(8)
    if isinstance(value, int | float) and not isinstance(value, bool) and source.random() < 0.6:
        holder[key] = _scaled(source, value)
        return
    if change == 0:
        del holder[key]
    elif change == 1 and isinstance(holder, list):
        holder.extend(deepcopy(value) for _ in range(source.choice([1, 2, 20])))
    elif change == 1:
        holder[source.choice(TEXTS)] = deepcopy(value)
    elif change == 2:
        other, place = source.choice(places)
        if isinstance(other, dict) or place < len(other):
            holder[key] = deepcopy(other.get(place) if isinstance(other, dict) else other[place])
    elif change == 3 and isinstance(value, str):
        holder[key] = mutated_text(source, value)
    elif change in (3, 4, 5) and isinstance(value, int | float) and not isinstance(value, bool):
        holder[key] = _scaled(source, value)
    else:
        holder[key] = deepcopy(source.choice(EXTREMES))


def _scaled(source: random.Random, value: float) -> float:
    if isinstance(value, int):
        return source.choice(
            [value + 1, value - 1, -value, value * 10, value * 10**6, value * 10**20, value % 97 + 0.5]
        )
    power = 10.0 ** source.randint(-320, 300)
    return source.choice([value * power, -value, value * (1 + 1e-15), value * 3, round(value)])


def _places(tree: Any) -> list[tuple[Any, Any]]:
    found, stack, seen = [], [tree], set()
    while stack:
        holder = stack.pop()
        if id(holder) in seen or len(found) > 5000:
            continue
        seen.add(id(holder))
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else []
        found += [(holder, key) for key in keys]
        stack += [holder[key] for key in keys]
    return found
