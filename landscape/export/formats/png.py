"""A still picture."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.stills import picture, texts
from landscape.export.turns import in_thread


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write one frame, losslessly, at exactly the chosen size."""
    frame = yield from film.drawing_still()
    info, sheer = texts(film.imprint(animated=False)), film.settings.transparent
    yield from in_thread(lambda _: picture(frame, sheer=sheer).save(path, "PNG", compress_level=6, pnginfo=info))
    yield 1


FORMAT = Format(
    suffix=".png",
    titles={"en": "Picture (PNG)", "zh": "图片（PNG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
    sheer=True,
)
