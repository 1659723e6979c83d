"""The one way a file of a person's is read: no more of it than it may have, and what cannot be read is told."""

import stat
from pathlib import Path

from landscape.errors import InputError
from landscape.writing import REASONS


def read(path: Path, most: int) -> bytes:
    """Return the content of a file of at most ``most`` bytes, a whole number of millions.

    Raises:
        InputError: The file is larger, cannot be read, or is no file: a pipe may have no end, or never begin.
    """
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise InputError("{file} is no file", file=path)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        impossible = InputError("a name cannot have these characters")
        raise InputError("{file} cannot be read: {reason}", file=path, reason=impossible) from error
    if len(content) > most:
        raise InputError("{file} is larger than {most} megabytes", file=path.name, most=most // 1_000_000)
    return content


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the sentence about a file that cannot be read."""
    return InputError(
        "{file} cannot be read: {reason}", file=path, reason=REASONS.get(error.errno or 0, error.strerror or error)
    )
