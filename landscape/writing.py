"""The one way a file is written: whole, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path in the same folder; on a clean exit it replaces ``path``, on an error it is removed.

    The content is flushed to the disk before the replacement, so that neither a full disk, a kill nor a power
    cut leaves half a file or harms the one that was there.
    """
    target = Path(path)
    # Not named after the target, whose name may be as long as names can be.
    temporary = target.parent / f".landscape-{secrets.token_hex(8)}{target.suffix}"
    temporary.touch(exist_ok=False)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_text(path: Path | str, text: str) -> None:
    """Write ``text`` as UTF-8, atomically."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
