"""The words of the language: its constants, its functions, and the other names that people have for them."""

import math
from collections.abc import Mapping

from landscape.formula.tree import ELEMENTARY, REDUCTIONS

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
COMPARE: Mapping[str, str] = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
CALLABLE: Mapping[str, int] = {**ELEMENTARY, **REDUCTIONS, "pow": 2, "prod": 4}
"""Functions as they are typed, with the number of their arguments."""
ALIASES: Mapping[str, str] = {
    "ln": "log", "log_2": "log2", "log_10": "log10", "sgn": "sign", "hypot": "norm", "arctan2": "atan2",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "cosec": "csc", "logistic": "sigmoid",
    **{f"{prefix}{name}": f"a{name}" for prefix in ("arc", "ar") for name in ("sinh", "cosh", "tanh")},
}  # fmt: skip
"""Other names of functions."""
FUNCTION_WORDS = frozenset({*CALLABLE, *ALIASES})
ONLY_CALLED = frozenset({"gamma", "logistic"})
"""Functions whose names are also those of parameters: functions where a bracket follows."""


def function_of(word: str) -> str:
    """Return the name in the language of the function ``word``."""
    return ALIASES.get(word, word)
