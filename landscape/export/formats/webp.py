"""An animated WebP: for web pages, smaller than a GIF, in all colours, and also without a ground."""

from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.stills import picture

QUALITY = {"quality": 85, "method": 2}


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film``; frames last whole milliseconds, and together as long as they should."""
    yield from encoded(film, partial(_encode, path, film, film.imprint(animated=True)))


def _encode(path: Path, film: Film, imprint: Imprint, frames: Iterator[Frame]) -> None:
    sheer = film.settings.transparent
    pictures = (picture(frame, sheer=sheer) for frame in frames)
    ends = np.round(1000 * np.arange(len(film.steps) + 1) / film.fps)
    next(pictures).save(
        path,
        "WEBP",
        save_all=True,
        append_images=pictures,
        duration=np.diff(ends).astype(int).tolist(),
        loop=film.settings.loops,
        xmp=imprint.packet,
        **QUALITY,
    )


FORMAT = Format(
    suffix=".webp",
    titles={"en": "Animation (WebP)", "zh": "动画（WebP）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    loops=True,
    sheer=True,
)
