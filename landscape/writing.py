"""The one way a file is written: whole, or not at all; and the one sentence where it cannot be."""

import errno
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

from landscape.errors import InputError

TEMPORARY = re.compile(r"\.landscape-[0-9a-f]{16}(\.\w+)?")
"""What files are called while they are written. Not after their target, whose name may be as long as names can be."""
FORGOTTEN = 24 * 3600.0
"""Seconds after which such a file is what a process that was killed has left behind."""

REASONS: Mapping[int, InputError] = {
    errno.ENOSPC: InputError("No space left on device"),
    errno.EDQUOT: InputError("Disk quota exceeded"),
    errno.EFBIG: InputError("File too large"),
    errno.EACCES: InputError("Permission denied"),
    errno.EPERM: InputError("Operation not permitted"),
    errno.EROFS: InputError("Read-only file system"),
    errno.ENOENT: InputError("No such file or directory"),
    errno.ENOTDIR: InputError("Not a directory"),
    errno.EISDIR: InputError("Is a directory"),
    errno.ENAMETOOLONG: InputError("File name too long"),
    errno.EIO: InputError("Input/output error"),
}
"""What operating systems say, for its translation."""

NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
"""What the name of a file cannot have on one system or another, or should not."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever stands after the dot."""
LONGEST = 60
"""Letters of a name; a letter takes four of the 255 bytes that most systems allow at the most."""


class WritingError(InputError, OSError):
    """A file cannot be written: one sentence with the path that was given, and an OSError for who expects one."""


@contextmanager
def atomic(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path in the same folder; on a clean exit it replaces ``path``, on an error it is removed.

    The content is flushed to the disk before the replacement, so that neither a full disk, a kill nor a power
    cut leaves half a file or harms the one that was there. What kills have left in that folder is removed.

    Raises:
        WritingError: The place cannot be written, before anything else is done; or what is done raises an OSError.
    """
    target = Path(path)
    with _told(target):
        temporary = _begun(target)
    _unfinished().add(temporary)
    try:
        with _told(target):
            yield temporary
            _replace(target, temporary)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    finally:
        _unfinished().discard(temporary)


def leave(code: int) -> NoReturn:
    """End the process as it is, without waiting for threads that nothing can stop, or taking apart what they use.

    What is not written to its end is removed.
    """
    for temporary in tuple(_unfinished()):
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code)


@cache
def _unfinished() -> set[Path]:
    """Return the temporary files that this process is writing."""
    return set()


def write_text(path: Path | str, text: str) -> None:
    """Write ``text`` as UTF-8, atomically."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def check_writable(path: Path | str) -> None:
    """Try whether there can be a file at a path, as far as that is known before there is one.

    Raises:
        WritingError: There cannot.
    """
    target = Path(path)
    with _told(target):
        _begun(target).unlink()


def file_name(title: str, suffix: str) -> str:
    """Return a name for the file of something with this title: one that every system takes, in small letters."""
    plain = "".join(letter for letter in title.casefold() if unicodedata.category(letter)[0] != "C" or letter.isspace())
    name = NOT_IN_NAMES.sub("-", plain)[:LONGEST].strip(".-")
    return f"{f'landscape-{name}'.strip('-') if RESERVED.match(name) or not name else name}{suffix}"


def _begun(target: Path) -> Path:
    """Return an empty temporary file beside a target that can be replaced."""
    if not _is_possible(target):
        raise _unwritable(target, InputError("a name cannot have these characters"))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        # A device or a pipe would be replaced by a file, for every program.
        raise _unwritable(target, InputError("that is no file"))
    sweep(target.parent)
    temporary = target.parent / f".landscape-{os.urandom(8).hex()}{target.suffix}"
    temporary.touch(exist_ok=False)
    return temporary


def _replace(target: Path, temporary: Path) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    temporary.replace(target)


def sweep(folder: Path, forgotten: float = FORGOTTEN) -> None:
    """Remove what processes that were killed have left in a folder, more than ``forgotten`` seconds ago."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if TEMPORARY.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > forgotten:
                with suppress(OSError):
                    os.unlink(entry.path)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Have an OSError say one sentence, with the path that was given in place of the temporary one."""
    try:
        yield
    except WritingError:
        raise
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or error.strerror or error
        raise _unwritable(target, reason, error.errno) from error


def _unwritable(target: Path, reason: object, number: int | None = None) -> WritingError:
    told = WritingError("{path} cannot be written: {reason}", path=target, reason=reason)
    told.errno = number
    return told


def _is_possible(target: Path) -> bool:
    """Tell whether a path has only characters that this system takes."""
    try:
        return b"\0" not in os.fsencode(target)
    except UnicodeError:
        return False
