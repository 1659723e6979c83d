"""A still picture."""

from collections.abc import Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write one frame, losslessly, at exactly the chosen size."""
    frame = yield from film.drawing_still()
    yield from in_thread(lambda _: _encode(path, frame))
    yield 1


def _encode(path: Path, frame: NDArray[np.uint8]) -> None:
    from PIL import Image

    Image.fromarray(frame[:, :, 2::-1]).save(path, "PNG", compress_level=6)


FORMAT = Format(
    suffix=".png",
    titles={"en": "Picture (PNG)", "zh": "图片（PNG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
