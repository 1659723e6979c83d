"""An animated GIF: for web pages and chats that show no films."""

from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.muxing import mux, rate_of
from landscape.export.reduction import Reduction, shared_palette
from landscape.export.turns import in_thread

RATES = (50.0, 100 / 3, 25.0, 20.0)
"""Frames last 2 to 5 hundredths of a second: of what is shorter, some programs make ten."""
END = b";"
"""What a file ends with."""
_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
"""Wherever in the packet a reader of blocks comes out, from here it is led to the end."""
KEY_FRAMES = (0.0, 0.5, 1.0)
"""Parts of the film from which the palette is taken."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film`` with one palette for all frames, without dithering; frames last whole hundredths of a second."""
    keys: list[Frame] = []
    for part in KEY_FRAMES:
        frame = yield from film.drawing(part * film.last_step)
        keys.append(frame)
    palette = yield from in_thread(lambda _: shared_palette(keys, film.settings.colors))
    yield from encoded(film, partial(encode, path, film, palette))
    imprint = film.imprint(animated=True)
    yield from in_thread(lambda _: _tell(path, imprint))


def _tell(path: Path, imprint: Imprint) -> None:
    """Let the file say of itself what it is: as a comment, and as a packet whose blocks a reader can step over."""
    text = imprint.text.encode()
    blocks = (text[at : at + 255] for at in range(0, len(text), 255))
    told = b"\x21\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
    if imprint.link:
        told += b"\x21\xff\x0bXMP DataXMP" + imprint.packet + _TRAILER
    with path.open("rb+") as file:
        file.seek(-len(END), 2)
        file.write(told + END)


def encode(path: Path, film: Film, palette: NDArray[np.uint8], frames: Iterator[Frame]) -> None:
    """Write frames in the colours of a palette, each only where it is another one than that before."""
    import av

    reduction = Reduction(palette)
    table = np.zeros((256, 4), np.uint8)  # alpha, red, green, blue
    table[: len(palette), 0] = 255
    table[: len(palette), 1:] = palette
    rate = rate_of(film)
    with closing(av.open(str(path), "w", options={"loop": str(_loops(film.settings.loops))})) as container:
        stream = container.add_stream("gif", rate=rate)
        stream.width, stream.height = film.size
        stream.pix_fmt = "pal8"

        def reduced(pixels: Frame) -> av.VideoFrame:
            return av.VideoFrame.from_ndarray((reduction.reduced(pixels), table), format="pal8")

        mux(container, stream, rate, map(reduced, frames))


def _loops(times: int) -> int:
    """Return how the file says how many times it runs: how many more after the first, and -1 for none."""
    return times if times == 0 else times - 1 or -1


FORMAT = Format(
    suffix=".gif",
    titles={"en": "Animation (GIF)", "zh": "动画（GIF）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    loops=True,
    rates=RATES,
)
