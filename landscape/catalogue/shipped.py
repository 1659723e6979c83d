"""The shipped entries of a catalogue file, each read when it is first asked for: a start needs six of a hundred."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Entry = TypeVar("Entry")

_HEAD = re.compile(r"^\[(\w+)\]$", re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """Return the lines of each table of a catalogue file by its name, its own tables such as ``[name.parameters]`` too.

    No line of a formula is a name in brackets.
    """
    _, *parts = _HEAD.split(text)
    return {name: f"[{name}]{lines}" for name, lines in zip(parts[::2], parts[1::2], strict=True)}


class Shipped(Mapping[str, Entry]):
    """Entries by id, in the order of the file; each is made once, of its own lines.

    Args:
        lines: The lines of each entry.
        make: Returns an entry, of its id and its lines.
    """

    def __init__(self, lines: Mapping[str, str], make: Callable[[str, str], Entry]) -> None:
        self._lines, self._make = lines, make
        self._made: dict[str, Entry] = {}

    def __getitem__(self, name: str) -> Entry:
        """Return an entry."""
        if name not in self._made:
            # Two threads may both make one; both are the same, and one stays.
            self._made.setdefault(name, self._make(name, self._lines[name]))
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such an entry; it is not made."""
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._lines)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)
