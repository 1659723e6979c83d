"""A user's mistake, as one sentence that can be translated."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class InputError(ValueError):
    """Something a person gave that cannot be used: says what was given and what is allowed.

    The sentence is kept as ``template`` and ``values``, so that the window can show it in another language: of titles
    by language, as a value, the one in it. ``str(error)`` is the English sentence.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values
        shown = {name: value["en"] if isinstance(value, Mapping) else value for name, value in values.items()}
        super().__init__(template.format(**shown))


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return the name in ``allowed`` most like ``name``, or an empty string where none is alike."""
    close = get_close_matches(name, list(allowed), n=1, cutoff=0.6)
    return close[0] if close else ""
