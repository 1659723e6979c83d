"""The one way a file of a person's is read: no more of it than it may have, and what cannot be read is told."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from landscape.errors import InputError
from landscape.writing import REASONS

PIECE = 1_000_000
"""Bytes that are looked through at once."""


def read(path: Path, most: int) -> bytes:
    """Return the content of a file of at most ``most`` bytes, a whole number of millions.

    Raises:
        InputError: The file is larger, cannot be read, or is no file: a pipe may have no end, or never begin.
    """
    with _opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise InputError("{file} is larger than {most} megabytes", file=path.name, most=most // 1_000_000)
    return content


def read_first(path: Path, count: int) -> bytes:
    """Return the first bytes of a file, however large it is; InputError where it cannot be read."""
    with _opened(path) as file:
        return file.read(count)


def read_from(path: Path, mark: bytes, most: int) -> bytes:
    """Return what stands in a file from the first ``mark`` on, at most ``most`` bytes of it; nothing where it has none.

    Raises:
        InputError: The file cannot be read, or is no file.
    """
    with _opened(path) as file:
        rest = b""
        while piece := file.read(PIECE):
            seen = rest + piece
            at = seen.find(mark)
            if at >= 0:
                return (seen[at:] + file.read(most))[:most]
            rest = seen[1 - len(mark) :]
    return b""


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read it."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise InputError("{file} is no file", file=path)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        impossible = InputError("a name cannot have these characters")
        raise InputError("{file} cannot be read: {reason}", file=path, reason=impossible) from error


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the sentence about a file that cannot be read."""
    return InputError(
        "{file} cannot be read: {reason}", file=path, reason=REASONS.get(error.errno or 0, error.strerror or error)
    )
