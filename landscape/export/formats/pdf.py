"""A still picture on a page of its size: text, contour lines, paths and markers as lines, colours as a picture."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the picture of the last step, or of the one that is chosen, as a document of one page."""
    from landscape.export.pages import Document

    document = Document(film.size, film.imprint(animated=False))
    yield from film.painting_still(document.writer)
    content = document.content()
    yield from in_thread(lambda _: path.write_bytes(content))
    yield 1


FORMAT = Format(
    suffix=".pdf",
    titles={"en": "Page (PDF)", "zh": "页面（PDF）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
