"""Fuzzy search over words: how well what is typed fits a title, with prefixes, letters left out and slips."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")

WHOLE, BEGINNING, INSIDE, LETTERS, NEARLY = 6.0, 5.0, 3.0, 1.5, 1.0
"""How much it counts that a typed word is a word, begins one, is inside of one, has its letters, or nearly is one."""
TITLED = 3.0
"""How much more, where the title itself begins with all that was typed."""
LENGTH = 0.01
"""How much less for each letter of the title: of two that fit alike, the shorter one comes first."""
ALIKE, LONG = 0.75, 4
"""Part of the letters that must agree in a slip, and how long a word must be for one."""


def best_first(typed: str, known: Iterable[tuple[str, str, T]]) -> list[T]:
    """Return what fits ``typed``, best first; all of it, in its order, where nothing is typed.

    Args:
        typed: Words, of which each must fit.
        known: Title, all words that it can be found by, and what is to be returned.
    """
    query = typed.casefold().split()
    rated = [(fit(query, title.casefold(), words.casefold()), what) for title, words, what in known]
    found = [(-value, what) for value, what in rated if value is not None]
    return [what for _, what in sorted(found, key=lambda pair: pair[0])] if query else [what for _, what in found]


def fit(query: list[str], title: str, words: str) -> float | None:
    """Return how well small-letter words fit; None where one of them does not."""
    if not query:
        return 0.0
    names, own = re.findall(r"\w+", words), re.findall(r"\w+", title)
    total = -LENGTH * len(title)
    for word in query:
        value = max(_fit_of(word, words, names), 1.2 * _fit_of(word, title, own))
        if not value:
            return None
        total += value
    return total + (TITLED if title.startswith(" ".join(query)) else 0.0)


def _fit_of(word: str, text: str, names: list[str]) -> float:
    if word in names:
        return WHOLE
    if any(name.startswith(word) for name in names):
        return BEGINNING
    if word in text:
        return INSIDE
    if any(name[0] == word[0] and _has_letters(name, word) for name in names):
        return LETTERS
    return NEARLY if len(word) >= LONG and any(_is_nearly(word, name) for name in names) else 0.0


def _has_letters(name: str, word: str) -> bool:
    """Tell whether a name has the letters of a word, in their order."""
    letters = iter(name)
    return all(letter in letters for letter in word)


def _is_nearly(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 2:
        return False
    matcher = SequenceMatcher(None, word, name)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
