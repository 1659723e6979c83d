"""Frames as pictures of Pillow, and what a PNG says of itself."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landscape.export.imprint import PROGRAM, Imprint

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.PngImagePlugin import PngInfo


def picture(frame: NDArray[np.uint8], *, sheer: bool) -> "Image":
    """Return a frame as a picture, of which the fourth value is opacity, or is left out."""
    from PIL import Image

    return Image.fromarray(frame[:, :, [2, 1, 0, 3]] if sheer else frame[:, :, 2::-1])


def texts(imprint: Imprint) -> "PngInfo":
    """Return what a file says of itself as chunks of text."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    named = {"Title": imprint.title, "Description": imprint.text, "Software": PROGRAM, "Source": imprint.link}
    for name, text in named.items():
        if text:
            info.add_itxt(name, text)
    return info
