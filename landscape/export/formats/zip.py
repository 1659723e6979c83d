"""The frames of a film as numbered pictures in one folder that is packed: for programs that cut films."""

from collections.abc import Generator, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.stills import picture, texts


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write each frame as a PNG, ``frame-0001.png`` and so on; the first one says what they are of."""
    yield from encoded(film, partial(_encode, path, film, film.imprint(animated=True)))


def _encode(path: Path, film: Film, imprint: Imprint, frames: Iterator[Frame]) -> None:
    digits = max(4, len(str(len(film.steps))))
    with ZipFile(path, "w") as folder:
        for number, frame in enumerate(frames, start=1):
            content = BytesIO()
            info = texts(imprint) if number == 1 else None
            picture(frame, sheer=film.settings.transparent).save(content, "PNG", compress_level=4, pnginfo=info)
            # Without a date: the same film has the same bytes. Pictures are compressed already.
            folder.writestr(ZipInfo(f"frame-{number:0{digits}}.png"), content.getvalue())


FORMAT = Format(
    suffix=".zip",
    titles={"en": "Numbered pictures (PNG in ZIP)", "zh": "编号图片（ZIP 内的 PNG）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    sheer=True,
)
