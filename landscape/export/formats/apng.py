"""An animated PNG: for web pages and chats, without loss, and also without a ground."""

import struct
import zlib
from collections.abc import Generator, Iterator
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.muxing import rate_of
from landscape.export.stills import picture, texts

SIGNATURE = 8
"""Bytes before the first chunk."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film`` after the specification (W3C PNG, third edition, 11.3.5); of each frame only what has changed."""
    yield from encoded(film, partial(_encode, path, film, film.imprint(animated=True)))


def _encode(path: Path, film: Film, imprint: Imprint, frames: Iterator[Frame]) -> None:
    numbers, before = count(), None
    rate, sheer = rate_of(film), film.settings.transparent
    with path.open("wb") as file:
        for frame in frames:
            top, left, part = _changed(before, frame)
            content = BytesIO()
            picture(part, sheer=sheer).save(
                content, "PNG", compress_level=6, pnginfo=texts(imprint) if before is None else None
            )
            chunks = list(_chunks(content.getvalue()))
            if before is None:
                file.write(content.getvalue()[:SIGNATURE])
                for kind, data in chunks:
                    if kind not in (b"IDAT", b"IEND"):
                        _put(file, kind, data)
                    if kind == b"IHDR":
                        _put(file, b"acTL", struct.pack(">II", len(film.steps), film.settings.loops))
            size = part.shape[1], part.shape[0]
            delay = rate.denominator, rate.numerator
            _put(file, b"fcTL", struct.pack(">IIIIIHHBB", next(numbers), *size, left, top, *delay, 0, 0))
            for data in (data for kind, data in chunks if kind == b"IDAT"):
                if before is None:
                    _put(file, b"IDAT", data)
                else:
                    _put(file, b"fdAT", struct.pack(">I", next(numbers)) + data)
            before = frame
        _put(file, b"IEND", b"")


def _changed(before: Frame | None, frame: Frame) -> tuple[int, int, NDArray[np.uint8]]:
    """Return the smallest rectangle in which a frame is another one than that before, and its upper left corner."""
    if before is None:
        return 0, 0, frame
    other = (before != frame).any(axis=2)
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    if not len(rows):
        return 0, 0, frame[:1, :1]
    return int(rows[0]), int(columns[0]), frame[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG: what each is called, and what is in it."""
    place = SIGNATURE
    while place < len(content):
        size, kind = struct.unpack_from(">I4s", content, place)
        yield kind, content[place + 8 : place + 8 + size]
        place += 12 + size


def _put(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))


FORMAT = Format(
    suffix=".apng",
    titles={"en": "Animation (APNG)", "zh": "动画（APNG）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    loops=True,
    sheer=True,
)
