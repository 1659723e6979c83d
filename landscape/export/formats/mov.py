"""ProRes 4444 in MOV: for Keynote and for cutting, large, nearly without loss, and also without a ground."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.muxing import Codec, film_written

CODEC = Codec(
    name="prores_ks",
    options={"profile": "4444", "vendor": "apl0"},
    opaque="yuv444p10le",
    sheer="yuva444p10le",
    # In the older way of telling things of a film, none may have more than 65,535 bytes.
    container={"movflags": "+faststart+use_metadata_tags"},
    link="landscape",
)


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film``, whose width and height are even, in 10 bits, 4:4:4."""
    yield from film_written(path, film, CODEC)


FORMAT = Format(
    suffix=".mov",
    titles={"en": "Film (MOV, ProRes 4444)", "zh": "视频（MOV，ProRes 4444）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    multiple=2,
    audible=True,
    sheer=True,
)
