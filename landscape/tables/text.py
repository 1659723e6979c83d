"""The text of a file in whatever encoding it is: UTF-8 and UTF-16 by their marks or by themselves, GBK, Latin-1."""

import re
from typing import Final

from landscape.errors import InputError

ENCODINGS: Final = ("utf-8", "utf-16", "gb18030", "cp1252")
"""What can be chosen where the detection is wrong."""
SAMPLE = 1 << 16
"""Bytes that are looked at to tell an encoding."""
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file, and the encoding that it was read in.

    Args:
        content: The bytes.
        name: Of the file, for the message.
        encoding: One of ``ENCODINGS``; empty: the one that is detected.

    Raises:
        InputError: for bytes that are no text in it.
    """
    if content.startswith(_PACKED):
        raise InputError("{file} is a spreadsheet: save it as CSV first", file=name)
    found = encoding or encoding_of(content, name)
    # A mark is told apart from the text wherever it may stand.
    codec = "utf-8-sig" if found == "utf-8" else found
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        if found == "cp1252":
            return content.decode("latin-1"), "latin-1"
        raise InputError("{file} is not text in {encoding}", file=name, encoding=found.upper()) from None
    if "\0" in text:
        raise InputError("{file} is not text: it has NUL bytes", file=name)
    return text, "utf-8" if codec == "utf-8-sig" else found


def encoding_of(content: bytes, name: str) -> str:
    """Return the encoding that the bytes are most likely in."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:SAMPLE]
    if b"\0" in head:
        return _wide(head, name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _national(head)
    return "utf-8"


def _wide(head: bytes, name: str) -> str:
    """Return which UTF-16 has its zero bytes so; text of the West has one in every other place."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 8 or min(even, odd) > max(even, odd) / 8:
        raise InputError("{file} is not text: it has NUL bytes", file=name)
    return "utf-16-le" if odd > even else "utf-16-be"


def _national(head: bytes) -> str:
    """Return whether bytes beyond ASCII come in pairs, as those of GBK do, and make sense so."""
    lengths = {len(run) % 2 for run in _HIGH.findall(head[: head.rfind(b"\n") + 1] or head)}
    if 1 in lengths:
        return "cp1252"
    # Loaded with the first file that is in neither UTF-8 nor UTF-16.
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=["gb18030", "cp1252"]).best()
    return "gb18030" if best is None or best.encoding == "gb18030" else "cp1252"
