"""VP9 in WebM: for browsers and free programs, and for slides made of web pages also without a ground."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.muxing import Codec, film_written

CODEC = Codec(
    name="libvpx-vp9",
    options={"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1", "tile-columns": "2"},
    opaque="yuv420p",
    sheer="yuva420p",
    # Nothing that is drawn by chance: the same film has the same bytes.
    container={"fflags": "+bitexact"},
    audio="libopus",
    link="LANDSCAPE",
)


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film``, whose width and height are even, 4:2:0."""
    yield from film_written(path, film, CODEC)


FORMAT = Format(
    suffix=".webm",
    titles={"en": "Film (WebM, VP9)", "zh": "视频（WebM，VP9）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    multiple=2,
    audible=True,
    sheer=True,
)
