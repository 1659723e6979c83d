"""A film for LaTeX: a page for each frame, on which lines stay lines, and the few lines that make it play."""

from collections.abc import Generator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread

RATES = (5.0, 8.0, 10.0, 12.0, 15.0)
"""Pages a second: each is drawn anew by the program that shows the document."""
PAGES, LINES = "frames.pdf", "slide.tex"
"""What they are called in the folder: compiled, the lines make a document of another name."""
_LINES = r"""% Compile this file beside {pages} with pdflatex or lualatex (twice), or copy the two marked lines.
% Acrobat Reader, Foxit, PDF-XChange and Okular play the film; other programs show one page of it.
\documentclass[aspectratio=169]{{beamer}}
\usepackage{{animate}} % needed
\setbeamertemplate{{navigation symbols}}{{}}
\begin{{document}}
\begin{{frame}}[plain]
\centering
\animategraphics[controls,poster=last{loop},width=\linewidth]{{{fps:g}}}{{{name}}}{{}}{{}} % needed
\end{{frame}}
\end{{document}}
"""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write a document with a page for each frame and its lines of LaTeX into one folder that is packed."""
    from PySide6.QtGui import QPainter

    from landscape.export.pages import Document

    document = Document(film.size, film.imprint(animated=True))
    painter = QPainter(document.writer)
    try:
        for number, step in enumerate(film.steps.tolist(), start=1):
            if number > 1:
                document.writer.newPage()
            yield from film.painting(painter, step)
            yield number
    finally:
        painter.end()
    content = document.content()
    yield from in_thread(lambda _: _pack(path, film, content))


def _pack(path: Path, film: Film, content: bytes) -> None:
    loop = ",loop" if film.settings.loops == 0 else ""
    lines = _LINES.format(pages=PAGES, name=Path(PAGES).stem, fps=film.fps, loop=loop)
    with ZipFile(path, "w") as folder:
        # Without a date: the same film has the same bytes. Pages are compressed already.
        folder.writestr(ZipInfo(PAGES), content)
        folder.writestr(ZipInfo(LINES), lines.encode(), ZIP_DEFLATED)


FORMAT = Format(
    suffix=".animate.zip",
    titles={"en": "Film for LaTeX (PDF for animate)", "zh": "LaTeX 动画（animate 用 PDF）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    rates=RATES,
    loops=True,
)
