"""A still picture."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import PROGRAM, Imprint
from landscape.export.turns import in_thread

if TYPE_CHECKING:
    from PIL.PngImagePlugin import PngInfo


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write one frame, losslessly, at exactly the chosen size."""
    frame = yield from film.drawing_still()
    imprint = film.imprint(animated=False)
    yield from in_thread(lambda _: _encode(path, frame, imprint))
    yield 1


def _encode(path: Path, frame: NDArray[np.uint8], imprint: Imprint) -> None:
    from PIL import Image

    Image.fromarray(frame[:, :, 2::-1]).save(path, "PNG", compress_level=6, pnginfo=texts(imprint))


def texts(imprint: Imprint) -> "PngInfo":
    """Return what a file says of itself as chunks of text."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    named = {"Title": imprint.title, "Description": imprint.citation, "Software": PROGRAM, "Source": imprint.link}
    for name, text in named.items():
        if text:
            info.add_itxt(name, text)
    return info


FORMAT = Format(
    suffix=".png",
    titles={"en": "Picture (PNG)", "zh": "图片（PNG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
