"""The session that a picture, a film or slides carry: its link, wherever in the file its metadata stands.

Every kind of file keeps text in a place of its own; written as it is, the link is found in each of them alike. What
another program has packed anew is looked through, too, as far as that can be done within bounds.
"""

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from landscape.errors import InputError
from landscape.reading import read_first, read_from
from landscape.session.links import PREFIX

MARK = f"{PREFIX}eN".encode()
"""How the link of every session begins: what is compressed has the same first bytes."""
PACKED = b"PK\x03\x04"
"""How a packed folder begins, as slides are."""
SIGNS = (
    b"\x89PNG", b"GIF8", b"RIFF", b"%PDF", b"\x1aE\xdf\xa3", PACKED, b"glTF", b"<svg", b"<?xml", b"<!doctype", b"<html",
    b"\\begin", b"%",
)  # fmt: skip
"""How files that can carry a session begin, in small letters where they are text; films say so after four bytes."""
FILM = b"ftyp"
MOST_PACKED = 200_000_000
"""Bytes that are unpacked at the most."""
_WORD = re.compile(rb"[\w-]+", re.ASCII)


def carries(path: Path) -> bool:
    """Tell whether a file is of a kind that carries a session, and is none itself; InputError where it is unreadable.

    It may have been written without one.
    """
    head = read_first(path, 64).removeprefix(codecs.BOM_UTF8).lstrip()
    return head[4:8] == FILM or head[:1] == b"%" or head.lower().startswith(tuple(sign.lower() for sign in SIGNS))


def carried(path: Path, most: int) -> str:
    """Return the link in a file, of which at most ``most`` bytes are read.

    Raises:
        InputError: There is none, or the file cannot be read.
    """
    found = read_from(path, MARK, most)
    if not found and read_first(path, len(PACKED)) == PACKED:
        found = next(filter(None, _unpacked(path, most)), b"")
    word = _WORD.match(found, len(PREFIX)) if found else None
    if word is None:
        raise InputError("{file} carries no session: it was written without one, or by another program", file=path.name)
    return PREFIX + word[0].decode()


def _unpacked(path: Path, most: int) -> Iterator[bytes]:
    """Yield what stands from the mark on in each file of a packed folder."""
    left = MOST_PACKED
    try:
        with zipfile.ZipFile(path) as folder:
            # What tells of the whole comes before what tells of its films.
            for name in sorted(folder.namelist(), key=lambda name: not name.startswith("customXml/")):
                with folder.open(name) as file:
                    content = file.read(min(left, MOST_PACKED // 4))
                left -= len(content)
                at = content.find(MARK)
                yield content[at : at + most] if at >= 0 else b""
                if left <= 0:
                    return
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError):
        return
