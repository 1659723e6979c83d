"""A hand-out to print: a page for each mark, with the picture there, what it shows, the note, and lines to write on."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from landscape.export.deck import Part, parts
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import Turns, in_thread

if TYPE_CHECKING:
    from landscape.export.handout import Sheet


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write a page of A4 for each part of the time line."""
    from PySide6.QtGui import QPainter

    from landscape.export.handout import SHEET, draw_sheet
    from landscape.export.pages import Document

    document = Document(SHEET, film.imprint(animated=True))
    told = parts(film)
    painter = QPainter(document.writer)
    try:
        for number, part in enumerate(told, start=1):
            if number > 1:
                document.writer.newPage()
            sheet = yield from _sheet(film, part, f"{number} / {len(told)}")
            draw_sheet(painter, sheet, film.settings)
            yield number
    finally:
        painter.end()
    content = document.content()
    yield from in_thread(lambda _: path.write_bytes(content))


def _sheet(film: Film, part: Part, place: str) -> Turns["Sheet"]:
    """Paint the picture at the end of a part, and return it with what is told of it."""
    from PySide6.QtGui import QPicture

    from landscape.export.handout import Sheet

    picture = QPicture()
    yield from film.painting(picture, part.end)
    imprint = film.changed(step=part.end).imprint(animated=False)
    return Sheet(picture=picture, size=film.size, place=place, note=part.note, told=imprint.description)


FORMAT = Format(
    suffix=".handout.pdf",
    titles={"en": "Hand-out of the marks (PDF)", "zh": "各标记的讲义（PDF）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda film: len(parts(film)),
    paper=True,
)
