"""A still picture."""

from collections.abc import Iterator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format


def write(path: Path, film: Film) -> Iterator[int]:
    """Write one frame, losslessly, at exactly the chosen size."""
    from PIL import Image

    frame = film.still()
    Image.fromarray(frame[:, :, 2::-1]).save(path, "PNG", compress_level=6)
    yield 1


FORMAT = Format(
    suffix=".png",
    titles={"en": "Picture (PNG)", "zh": "图片（PNG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
